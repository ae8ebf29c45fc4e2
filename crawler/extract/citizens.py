"""What a page says of people: whether it shows what they asked, and which names on it are theirs or officials'."""

from __future__ import annotations

import re

from core.page import FormPurpose, Page, Table, Zone
from core.text import any_phrase, fold
from crawler.extract.people import Found, names_in, officials_in, people, told
from crawler.extract.scrub import (
    CARD,
    GOV,
    HIDDEN,
    IN_PROSE,
    LABELS,
    MORE,
    SIGNED,
    asks,
    own_part,
)

#: Every cue holds one of these; most texts hold none, and need not be looked at closely.
_TELLING = tuple(told()["telling"].split("|"))
_SLUGS = re.compile(told()["citizen_slugs"], re.I)
#: Sections where only some pages name citizens: a list of who was received does, a schedule of receptions does not.
_COMPLAINTS = re.compile(told()["complaint_slugs"], re.I)
_COMPLAINT_SECTIONS = told()["complaint_titles"].split("|")
_CITIZEN_HEADS = frozenset(told()["citizen_heads"].split("|"))
_OFFICIAL_HEADS = frozenset(told()["official_heads"].split("|"))
_NAME_FIELDS = frozenset(told()["name_fields"].split("|"))
_FIELDS = _NAME_FIELDS | frozenset(told()["other_fields"].split("|")) | _CITIZEN_HEADS
#: Begins of names of fields; the first ones are an official's too.
_PREFIXES = tuple(f"{name} " for name in told()["field_beginnings"].split("|"))
#: Names of fields and columns that an official has too.
_ANYBODY = frozenset(told()["anybody_fields"].split("|"))
#: Who has one of these is an official: name and telephone are published by duty (Article 10.1.k).
_OFFICE = frozenset(told()["office_heads"].split("|"))
_OFFICE_LINE = re.compile(rf"^(?:{told()['office_labels']})\s*:", re.I | re.M)
#: Between lines that do not stand beside each other on the page.
_APART = "\n" * 5
_ASKER = re.compile(rf"\b(?:{LABELS})\s*:|^(?:{LABELS})$", re.I | re.M)
_ANY_NAME = re.compile(r"^(?:họ (?:và )?tên|full name)", re.I)


def is_qa(page: Page) -> bool:
    """Whether the page shows what people asked; a directory beside a box of questions does not."""
    asked = any(f.purpose in (FormPurpose.QUESTION, FormPurpose.COMMENT) and f.zone is Zone.BODY for f in page.forms)
    if asked or _is_section(page) or _names_complainants(page):
        return True
    return _mentions_questions(page) and not _of_officials(page)


def _is_section(page: Page) -> bool:
    """Whether the page is about what people asked, from its address or its title on."""
    return _SLUGS.search(page.url) is not None or asks(page.title, *page.breadcrumb, page.h1)


def is_of_citizens(page: Page) -> bool:
    """Whether every name on the page is a citizen's, officials' aside; elsewhere only those beside questions are."""
    return _is_section(page) or _names_complainants(page)


def _names_complainants(page: Page) -> bool:
    """A page of receptions or complaints that names who came: by a column, a label, a number of an identity card."""
    if not _COMPLAINTS.search(page.url):
        heads = " ".join(map(fold, (page.title, *page.breadcrumb, page.h1)))
        if any_phrase(heads, _COMPLAINT_SECTIONS) is None:
            return False
    of_officials = _of_officials(page)
    names = {fold(name) for name in [f.name for f in page.fields] + [h for t in page.tables for h in t.headers]}
    if names & (_CITIZEN_HEADS if of_officials else _CITIZEN_HEADS | {"ho ten", "ho va ten"}):
        return True
    if any(fold(line) in _CITIZEN_HEADS for line in page.text.split("\n") if len(line) < 60):
        return True
    if HIDDEN in page.text or CARD.search(page.text):
        return True
    return bool(people(page.text, everywhere=False))


def _mentions_questions(page: Page) -> bool:
    if asks(*(h.text for h in page.headings)):
        return True
    if asks(*(f.name for f in page.fields), *(h for t in page.tables for h in t.headers)):
        return True
    text = page.text.casefold()
    if not any(word in text for word in _TELLING):
        return False
    if ("trả lời" in text or "tra loi" in text) and SIGNED.search(page.text):
        return True
    # The menu's own "Tiếp nhận phản ánh, kiến nghị" is on every page where nothing tells the menu apart.
    links = {name for link in page.links for name in (link.text, link.aria, link.title, link.alt)}
    return asks(*(line for line in page.text.split("\n") if line not in links))


def names_askers(page: Page) -> bool:
    """Whether the page names who asked: by a label, a column, or in the words of a question."""
    names = {fold(name) for name in [f.name for f in page.fields] + [h for t in page.tables for h in t.headers]}
    of_officials = _of_officials(page)
    if names & (_NAME_FIELDS - (_ANYBODY if of_officials else frozenset())):
        return True
    if any(name.startswith(_PREFIXES[2:4]) for name in names) or names & _CITIZEN_HEADS:
        return True
    texts = (page.text, page.title, *(i.title for i in page.items), *(i.summary for i in page.items), *page.loose_words)
    for text in texts:
        if any(not (of_officials and _ANY_NAME.match(m.group().strip())) for m in _ASKER.finditer(text)):
            return True
        if any(any(w in text for w in needed) and pattern.search(text) for pattern, needed in IN_PROSE):
            return True
    return False


def _of_officials(page: Page) -> bool:
    names = [f.name for f in page.fields] + [h for t in page.tables for h in t.headers]
    return any(fold(name) in _OFFICE for name in names) or _OFFICE_LINE.search(page.text) is not None


def is_private(label: str) -> bool:
    """Whether what stands under the label is an asker's own."""
    words = fold(label)
    return words in _FIELDS or words.startswith(_PREFIXES)


def known_askers(page: Page) -> list[str]:
    """Values that fields and columns say are an asker's: they are taken out wherever they stand."""
    found = {own_part(f.value)[0] for f in page.fields if is_private(f.name)}
    for table in filter(asked_by_people, page.tables):
        columns = [n for n, head in enumerate(table.headers) if is_private(head)]
        found.update(row[n] for row in table.rows for n in columns if n < len(row))
    kept = {h for t in page.tables for h in t.headers}
    found = {MORE.sub("", value) for value in found}
    usable = {
        v for v in found - kept if 5 <= len(v) <= 160 and HIDDEN not in v and not v.endswith(":") and not GOV.search(v)
    }
    return sorted(usable, key=len, reverse=True)


def all_known(page: Page, *, asked: bool, more: str = "") -> list[str]:
    """Everything that is an asker's own on a page that shows questions; ``more``: lines it has besides."""
    found = set(known_askers(page)) if asked else set()
    lines = _APART.join((_told_on(page), more))
    found.update(people(lines, everywhere=is_of_citizens(page), officials=officials_of(page)))
    return sorted(found, key=len, reverse=True)


def _told_on(page: Page) -> str:
    """The words of a page as lines, what stands around its main part aside."""
    cells = (cell for t in filter(asked_by_people, page.tables) for row in t.rows for cell in (*row, ""))
    items = (line for i in page.items for line in (i.title, i.summary, ""))
    alone = (k.text for k in page.links if k.zone is Zone.BODY), (a.text for a in page.attachments), page.loose_words
    return _APART.join((page.text, page.title, "\n".join(items), "\n".join(cells), *map("\n\n".join, alone)))


def officials_of(page: Page) -> set[str]:
    """Names of those who lead, answer, sign or receive, as the page says."""
    found = officials_in(f"{page.header_text}\n{page.footer_text}\n{page.text}")
    found.update(name.name for line in (page.header_text, page.footer_text) for name in _names(line))
    for field in page.fields:
        if fold(field.name) in _OFFICIAL_HEADS or is_office(field.name):
            found.update(name.name for name in _names(field.value))
    for table in page.tables:
        every = not asked_by_people(table)
        columns = {n for n, head in enumerate(table.headers) if every or is_official(head)}
        found.update(
            name.name for r in table.rows for n, cell in enumerate(r) if every or n in columns for name in _names(cell)
        )
    return found


def _names(text: str) -> list[Found]:
    return [name for line in text.split("\n") for name in names_in(line)]


def is_official(head: str) -> bool:
    """Whether officials stand under the head of a column."""
    return fold(head) in _OFFICIAL_HEADS or is_office(head)


def is_office(label: str) -> bool:
    """Whether it stands over the posts of officials."""
    return fold(label) in _OFFICE


def asked_by_people(table: Table) -> bool:
    return not any(map(is_office, table.headers))
