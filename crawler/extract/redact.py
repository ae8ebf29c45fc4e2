"""Takes citizens' data out of question-and-answer pages before anything is kept.

Counts, dates and the subjects of questions stay; names, phones, e-mail and postal addresses, identity numbers go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from core.page import Field, FormPurpose, Link, Page, Table, Zone
from core.text import CAPITALS, any_phrase, fold
from crawler.extract.people import Found, given, names_in, officials_in, people, told, words
from crawler.extract.tables import is_label

HIDDEN = "[đã ẩn]"

_CUES = (
    "nguoi hoi", "nguoi gui", "nguoi dat cau hoi", "ngay hoi", "ngay tra loi", "don vi tra loi", "noi dung cau hoi",
    "noi dung tra loi",
    "cau hoi", "hoi dap", "gui cau hoi", "dat cau hoi", "phan anh kien nghi", "y kien cong dan", "cong dan hoi",
    "tra loi cong dan",
    "giao luu truc tuyen", "doi thoai truc tuyen", "noi dung hoi", "noi dung phan anh", "ban doc hoi",
    "nguoi kien nghi", "nguoi phan anh", "ban doc viet", "y kien ban doc", "thu ban doc", "hop thu ban doc",
)  # fmt: skip
#: Every cue holds one of these; most texts hold none, and need not be looked at closely.
_TELLING = (
    "hỏi", "hoi", "trả lời", "tra loi", "phản ánh", "phan anh", "người gửi", "nguoi gui",
    "người kiến nghị", "nguoi kien nghi", "ý kiến công dân", "y kien cong dan",
    "bạn đọc", "ban doc", "lưu trực tuyến", "luu truc tuyen", "thoại trực tuyến", "thoai truc tuyen",
)  # fmt: skip
_SLUGS = re.compile(told()["citizen_slugs"], re.I)
#: Sections where only some pages name citizens: a list of who was received does, a schedule of receptions does not.
_COMPLAINTS = re.compile(told()["complaint_slugs"], re.I)
_SECTIONS, _COMPLAINT_SECTIONS = told()["citizen_titles"].split("|"), told()["complaint_titles"].split("|")
_CITIZEN_HEADS = frozenset(told()["citizen_heads"].split("|"))
_OFFICIAL_HEADS = frozenset(told()["official_heads"].split("|"))
_NAME_FIELDS = (
    "nguoi hoi", "nguoi gui", "ho ten", "ho va ten", "nguoi dat cau hoi", "ten nguoi hoi", "ten nguoi gui",
    "nguoi kien nghi", "nguoi phan anh",
    "cong dan", "ten cong dan", "nguoi gop y", "tac gia gop y", "hoi boi", "gui boi", "ten", "khach hang",
    "nguoi lien he", "ban doc", "asker", "sender", "full name", "doanh nghiep hoi",
)  # fmt: skip
_OTHER_FIELDS = (
    "dien thoai", "so dien thoai", "dt", "sdt", "di dong", "email", "e mail", "thu dien tu", "dia chi",
    "dia chi nguoi hoi", "dia chi nguoi gui", "dia chi lien he", "noi o",
    "thuong tru", "cmnd", "cccd", "so cmnd", "so cccd", "cmnd cccd", "can cuoc", "so can cuoc", "so dinh danh",
    "ho khau", "nghe nghiep", "ngay sinh", "nam sinh", "phone", "address", "que quan",
)  # fmt: skip
_FIELDS = frozenset((*_NAME_FIELDS, *_OTHER_FIELDS)) | _CITIZEN_HEADS

#: Begins a heading, no name.
_NO_NAME = r"(?!(?:PHẢN ÁNH|KIẾN NGHỊ|HỎI|ĐÁP|GÓP Ý|Phản Ánh|Kiến Nghị|Góp Ý|Hỏi)\b)"
#: On one line: heads of columns that follow one another are no name.
_NAME = rf"{_NO_NAME}[{CAPITALS}][\w.]*(?:[^\S\n]+[{CAPITALS}][\w.]*){{1,5}}"
_LABEL_VI = (
    r"người (?:hỏi|gửi|đặt câu hỏi|kiến nghị|phản ánh|góp ý|khiếu nại|tố cáo|nộp đơn|viết đơn)|"
    r"họ (?:và )?tên(?: người (?:hỏi|gửi|đặt câu hỏi))?|tên "
    r"(?:người (?:hỏi|gửi)|công dân)|"
    r"gửi bởi|hỏi bởi|được hỏi bởi|công dân|bạn đọc|asked by|sent by|full name"
)
_OTHER_VI = (
    r"địa chỉ(?: (?:người (?:hỏi|gửi)|liên hệ|thường trú))?|thường trú(?: tại)?|trú tại|nơi ở|hộ khẩu(?: thường trú)?|"
    r"số (?:cmnd|cccd|căn cước|định danh)|cmnd(?:/cccd)?|cccd|"
    r"(?:số )?điện thoại|đt|sđt|email|e-mail|thư điện tử|ngày sinh|năm sinh|nghề nghiệp|quê quán"
)
_LABELLED = re.compile(
    rf"(?P<label>\b(?:{_LABEL_VI}|{_OTHER_VI})\s*:\s*)(?P<value>\n?[^\n|;]*?)(?=\s*(?:[|;\n]|$|\s[-–]\s|\(|"
    rf"[,.]?\s+(?:{_OTHER_VI}|ngày|lúc|vào|câu hỏi|nội dung|đơn vị|lĩnh vực|thời gian|trạng thái)\b))",
    re.I,
)
#: What follows a value on its line.
_MORE = re.compile(
    rf"\s*(?:[|;\n]|\s[-–]\s|\(|[,.]?\s+(?:{_OTHER_VI}|ngày|lúc|vào|câu hỏi|nội dung|đơn vị|lĩnh vực|thời gian|"
    rf"trạng thái)\b).*",
    re.I | re.S,
)
_LABEL_LINE = re.compile(rf"^(?:{_LABEL_VI}|{_OTHER_VI})\s*:?$", re.I)
_SELF = re.compile(rf"(?P<label>\b(?:[Tt]ôi|[Ee]m|[Cc]háu|[Mm]ình|[Cc]on)\s+(?:tên\s+)?(?:là|tên)\s*:?\s*){_NAME}")
_ASKS = re.compile(
    rf"(?P<label>^|\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Bb]ạn|[Cc]ông dân|[Cc]ử tri|[Bb]ạn đọc|Ô\.|B\.)"
    rf"\s+){_NAME}(?=\s*(?:\([^)\n]{{0,80}}\)\s*)?(?:,[^,\n]{{0,60}},?\s*)?(?:hỏi|gửi|đề nghị|kiến nghị|phản ánh|thắc "
    rf"mắc|có câu hỏi))",
    re.M,
)
_TITLED = re.compile(rf"(?P<label>\b(?:[Nn]gười (?:hỏi|gửi)|[Cc]ông dân|[Bb]ạn đọc)\s+(?:[Ôô]ng\s+|[Bb]à\s+)?){_NAME}")
#: A line that says who wrote: "Ông Hà Văn Lẻ (Hòa An) - gửi lúc 02/11/2026".
_SIGNED = re.compile(
    rf"(?P<label>^(?:Ông|Bà|Anh|Chị|Cô|Chú|Bác|Em|Bạn)\s+){_NAME}(?:\s*\([^)\n]{{0,60}}\))?"
    rf"(?=\s*(?:$|[-–,]\s*(?:gửi|hỏi|viết|đã gửi|lúc|ngày)))",
    re.M,
)
_LIVES = re.compile(
    r"(?P<label>\b(?:trú tại|thường trú(?: tại)?|ngụ tại|sinh sống tại|sống tại|hộ khẩu tại)\s+)[^.;\n]{3,120}"
)
_EMAIL = re.compile(r"[\w.+\-]+\s?(?:@|\(at\)|\[at\])\s?[\w\-]+(?:\.[\w\-]+)+")
_PHONE = re.compile(r"(?<![\d/.\-])(?:\+?84|0)(?:[\s.\-]?\d){8,10}(?![\d/])")
#: Landlines and service numbers are an agency's, as is a mobile that a line offers to call.
_OFFICE_PHONE = re.compile(r"(?:\+?84[\s.\-]?|0)2|1[89]00")
_OFFERED = re.compile(r"(?:đường dây nóng|hotline|trực ban|tiếp nhận|liên hệ|văn phòng|bộ phận)[^\n]{0,60}$", re.I)
_MAIL_TO = re.compile(r"(?:e-?mail|thư điện tử|h[òộ][mp] thư)[^\n@]{0,30}$", re.I)
_IDENTITY = re.compile(r"(?<![\d/.\-])(?:\d{12}|\d{9})(?![\d/.\-])")
#: After a word that says what it is, a number of an identity card may be written in groups, an account in any way.
_CARD = re.compile(
    rf"(?P<label>(?<!\w)(?:{told()['identity_cues']})(?!\w)[^\d\n]{{0,24}})\d(?:[ .\-]?\d){{7,11}}(?!\d)", re.I
)
_ACCOUNT = re.compile(
    rf"(?P<label>(?<!\w)(?:{told()['account_cues']})(?!\w)[^\d\n]{{0,24}})\d(?:[ .\-]?\d){{5,18}}(?!\d)", re.I
)
_FESTIVAL = re.compile("ngày hội", re.I)
_SIX_DIGITS = re.compile(r"\d(?:[\s.\-]?\d){5}")
_IN_PROSE = (
    (_SELF, ("là", "tên")),
    (_ASKS, ("hỏi", "gửi", "đề nghị", "kiến nghị", "phản ánh", "thắc mắc")),
    (_TITLED, ("gười hỏi", "gười gửi", "ông dân", "ạn đọc")),
    (_SIGNED, ("Ông ", "Bà ", "Anh ", "Chị ", "Cô ", "Chú ", "Bác ", "Em ", "Bạn ")),
    (_LIVES, ("trú tại", "thường trú", "ngụ tại", "sống tại", "hộ khẩu tại")),
)
_GREETING = words().greeting
_GOV = re.compile(r"@(?:[\w\-]+\.)*gov\.vn$", re.I)


#: Who has one of these is an official: name and telephone are published by duty (Article 10.1.k).
_OFFICE = frozenset("chuc vu|chuc danh|position|chuc vu chuc danh|chuc danh chuc vu|chuc vu don vi".split("|"))
_OFFICE_LINE = re.compile(r"^(?:chức vụ|chức danh|position)\s*:", re.I | re.M)


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
    if HIDDEN in page.text or _CARD.search(page.text):
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
    if ("trả lời" in text or "tra loi" in text) and _SIGNED.search(page.text):
        return True
    # The menu's own "Tiếp nhận phản ánh, kiến nghị" is on every page where nothing tells the menu apart.
    links = {name for link in page.links for name in (link.text, link.aria, link.title, link.alt)}
    return asks(*(line for line in page.text.split("\n") if line not in links))


#: Names of fields and columns that an official has too.
_ANYBODY = frozenset(("ho ten", "ho va ten", "full name", "ten", "nguoi lien he", "doanh nghiep hoi"))
_ASKER = re.compile(rf"\b(?:{_LABEL_VI})\s*:|^(?:{_LABEL_VI})$", re.I | re.M)
_ANY_NAME = re.compile(r"^(?:họ (?:và )?tên|full name)", re.I)


def names_askers(page: Page) -> bool:
    """Whether the page names who asked: by a label, a column, or in the words of a question."""
    names = {fold(name) for name in [f.name for f in page.fields] + [h for t in page.tables for h in t.headers]}
    of_officials = _of_officials(page)
    if names & (frozenset(_NAME_FIELDS) - (_ANYBODY if of_officials else frozenset())):
        return True
    if any(name.startswith(_PREFIXES[2:4]) for name in names) or names & _CITIZEN_HEADS:
        return True
    texts = (page.text, page.title, *(i.title for i in page.items), *(i.summary for i in page.items), *page.loose_words)
    for text in texts:
        if any(not (of_officials and _ANY_NAME.match(m.group().strip())) for m in _ASKER.finditer(text)):
            return True
        if any(any(w in text for w in needed) and pattern.search(text) for pattern, needed in _IN_PROSE):
            return True
    return False


def names_an_asker(text: str) -> bool:
    """Whether a text names who asked: by a label with something behind it, or in the words of a question."""
    if any(m["value"].strip() for m in _ASKER_NAMED.finditer(text)):
        return True
    return any(any(w in text for w in needed) and pattern.search(text) for pattern, needed in _IN_PROSE[:3:2])


_ASKER_NAMED = re.compile(
    r"\b(?:người (?:hỏi|gửi|đặt câu hỏi|kiến nghị|phản ánh|góp ý|khiếu nại|tố cáo)|hỏi bởi|gửi bởi|asked by)\s*:\s*"
    r"(?P<value>[^\n<|;]{2,80})",
    re.I,
)


def _of_officials(page: Page) -> bool:
    names = [f.name for f in page.fields] + [h for t in page.tables for h in t.headers]
    return any(fold(name) in _OFFICE for name in names) or _OFFICE_LINE.search(page.text) is not None


def asks(*lines: str) -> bool:
    """Whether one of the cues stands in the lines; "ngày hội" (a festival) is no "ngày hỏi"."""
    # Folded line by line, because most lines stand on many pages and are remembered.
    told = (fold(_FESTIVAL.sub(" ", line)) for line in lines)
    return any_phrase(" ".join([words for words in told if words]), _CUES) is not None


def scrub(text: str, known: Iterable[str] = (), *, asked: bool = True) -> str:
    """A text of a question-and-answer page without its askers' data; ``known`` are names found elsewhere on it.

    Where no asker is named on the page (``asked``), what the agency says of itself stays: its address, its numbers.
    """
    if not text:
        return text
    text = _without(text, tuple(known), _hidden)
    return _scrub_label(text, asked) if len(text) <= 240 else _scrub(text, asked)


def _without(text: str, known: tuple[str, ...], cover: Callable[[str], str]) -> str:
    """The text without what is known to be an asker's, and without the name the asker is called by."""
    if not known:
        return text
    found, called = _spellings(known)
    text = found.sub(
        lambda m: cover(m["name"]) + (cover(m["beside"]) if _is_place(m["beside"]) else m["beside"] or ""), text
    )
    return called.sub(lambda m: m["label"] + cover(m.group()[len(m["label"]) :]), text) if called is not None else text


@lru_cache(maxsize=64)
def _spellings(known: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """Finds what is known, names of three words in letters of any size; and "ông Khang", called so before."""
    each = (f"(?i:{re.escape(k)})" if len(k.split()) > 2 else f"{re.escape(k)}|{re.escape(k.upper())}" for k in known)
    whole = re.compile(rf"(?<!\w)(?P<name>{'|'.join(each)})(?!\w)(?P<beside>\s*\([^)\n]{{3,80}}\))?")
    names = sorted({re.escape(given(k)) for k in known if _BARE_NAME.fullmatch(k) and len(given(k)) > 1})
    if not names:
        return whole, None
    titles = r"[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Bb]ạn|[Ee]m|[Cc]háu|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]ụ"
    return whole, re.compile(rf"(?P<label>(?<!\w)(?:{titles})\s+)(?:{'|'.join(names)})(?!\w)(?!\s+[{CAPITALS}])")


_PLACE = re.compile(r"\b(?:số|thôn|bản|tổ|xóm|ấp|xã|phường|thị|huyện|quận|tỉnh|tp|thành phố|đường|phố|khu)\b", re.I)


def _is_place(beside: str | None) -> bool:
    return bool(beside) and _PLACE.search(beside or "") is not None


def _is_head(line: str) -> bool:
    """Whether a line is the head of a column or of a field: beside "Người hỏi" stands "Câu hỏi"."""
    return is_label(line) or fold(line) in _CUES


def _hidden(value: str) -> str:
    return HIDDEN


def _scrub(text: str, asked: bool, cover: Callable[[str], str] = _hidden) -> str:
    """Each pattern is tried only where words it cannot do without stand: most texts have none of them.

    ``cover`` says what stands in the place of what is hidden.
    """

    def mail(match: re.Match[str]) -> str:
        own = _GOV.search(match.group()) or (not asked and _MAIL_TO.search(text, 0, match.start()))
        return match.group() if own else cover(match.group())

    def phone(match: re.Match[str]) -> str:
        own = _OFFICE_PHONE.match(match.group()) or (not asked and _OFFERED.search(text, 0, match.start()))
        return match.group() if own else cover(match.group())

    def labelled(match: re.Match[str]) -> str:
        value = match["value"].strip()
        if not value or (_GOV.search(value) and " " not in value):
            return match.group()
        return match["label"] + cover(match["value"])

    def prose(match: re.Match[str]) -> str:
        label = match["label"] or ""
        return label + cover(match.group()[len(label) :])

    if "@" in text or "(at)" in text or "[at]" in text:
        text = _EMAIL.sub(mail, text)
    if asked and ":" in text:
        text = _LABELLED.sub(labelled, text)
    if _SIX_DIGITS.search(text):
        text = _CARD.sub(prose, text)
        text = _ACCOUNT.sub(prose, text)
        text = _PHONE.sub(phone, text)
        text = _IDENTITY.sub(lambda m: cover(m.group()), text)
    for pattern, needed in _IN_PROSE:
        if any(word in text for word in needed):
            text = pattern.sub(prose, text)
    text = _GREETING.sub(prose, text)
    if asked and "\n" in text:
        lines = text.split("\n")
        for number, line in enumerate(lines[:-1]):
            after = lines[number + 1]
            if _LABEL_LINE.match(line) and not _LABEL_LINE.match(after) and not _is_head(after):
                lines[number + 1] = cover(after)
        text = "\n".join(lines)
    return text


_scrub_label = lru_cache(maxsize=3072)(_scrub)


#: Stands for one hidden sign; no page has it, and no pattern takes it for a letter.
COVER = "\ue010"
_NO_END = re.compile(r"[^\n]")


def covered(text: str, known: Iterable[str], *, asked: bool) -> str:
    """``scrub`` for a text that has to keep its length: a sign stands for each one that is hidden."""

    def cover(value: str) -> str:
        return _NO_END.sub(COVER, value)

    return _scrub(_without(text, tuple(known), cover), asked, cover)


def redact(page: Page) -> Page:
    """The page as it may be kept: unchanged unless it shows what people asked."""
    if page.panels:
        page = replace(page, panels=tuple(map(redact, page.panels)))
    if not is_qa(page):
        return page
    asked = names_askers(page)
    known = all_known(page, asked=asked)
    officials = officials_of(page)

    def hide(text: str) -> str:
        return scrub(text, known, asked=asked)

    return replace(
        page,
        title=hide(page.title),
        headings=tuple(replace(h, text=hide(h.text)) for h in page.headings),
        breadcrumb=tuple(map(hide, page.breadcrumb)),
        text=hide(page.text),
        links=tuple(_link(k, hide) for k in page.links),
        loose_words=tuple(dict.fromkeys(w for w in map(hide, page.loose_words) if w in officials or not bare_name(w))),
        items=tuple(replace(i, title=hide(i.title), summary=hide(i.summary)) for i in page.items),
        tables=tuple(_table(t, hide, asked) for t in page.tables),
        fields=tuple(_field(f, hide) if asked else Field(hide(f.name), hide(f.value)) for f in page.fields),
        attachments=tuple(replace(a, text=hide(a.text)) for a in page.attachments),
        images=tuple(replace(i, alt=hide(i.alt)) for i in page.images),
        head_images=tuple(replace(i, alt=hide(i.alt)) for i in page.head_images),
        dates=tuple(replace(d, text=hide(d.text)) for d in page.dates),
        forms=tuple(replace(f, text=hide(f.text)) for f in page.forms),
        meta=MappingProxyType({k: hide(v) for k, v in page.meta.items()}),
    )


_PREFIXES = (
    "ho va ten ", "ho ten ", "nguoi hoi ", "nguoi gui ", "dia chi ", "dien thoai ", "so dien thoai ", "email ",
    "so cmnd ", "cmnd ", "cccd ",
)  # fmt: skip


def is_private(label: str) -> bool:
    """Whether what stands under the label is an asker's own."""
    words = fold(label)
    return words in _FIELDS or words.startswith(_PREFIXES)


def known_askers(page: Page) -> list[str]:
    """Values that fields and columns say are an asker's: they are taken out wherever they stand."""
    found = {_own_part(f.value)[0] for f in page.fields if is_private(f.name)}
    for table in filter(_asked_by_people, page.tables):
        columns = [n for n, head in enumerate(table.headers) if is_private(head)]
        found.update(row[n] for row in table.rows for n in columns if n < len(row))
    kept = {h for t in page.tables for h in t.headers}
    found = {_MORE.sub("", value) for value in found}
    usable = {
        v for v in found - kept if 5 <= len(v) <= 160 and HIDDEN not in v and not v.endswith(":") and not _GOV.search(v)
    }
    return sorted(usable, key=len, reverse=True)


def all_known(page: Page, *, asked: bool, more: str = "") -> list[str]:
    """Everything that is an asker's own on a page that shows questions; ``more``: lines it has besides."""
    found = set(known_askers(page)) if asked else set()
    lines = "\n".join((_told_on(page), more))
    found.update(people(lines, everywhere=is_of_citizens(page), officials=officials_of(page)))
    return sorted(found, key=len, reverse=True)


def _told_on(page: Page) -> str:
    """The words of a page as lines, what stands around its main part aside."""
    cells = (cell for t in filter(_asked_by_people, page.tables) for row in t.rows for cell in (*row, ""))
    items = (line for i in page.items for line in (i.title, i.summary))
    links = (k.text for k in page.links if k.zone is Zone.BODY)
    files = (a.text for a in page.attachments)
    return "\n".join((page.text, page.title, *items, *cells, *links, *files, *page.loose_words))


def officials_of(page: Page) -> set[str]:
    """Names of those who lead, answer, sign or receive, as the page says."""
    found = officials_in(f"{page.header_text}\n{page.footer_text}\n{page.text}")
    found.update(name.name for line in (page.header_text, page.footer_text) for name in _names(line))
    for field in page.fields:
        if fold(field.name) in _OFFICIAL_HEADS or is_office(field.name):
            found.update(name.name for name in _names(field.value))
    for table in page.tables:
        every = not _asked_by_people(table)
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


_BARE_NAME = re.compile(_NAME)


def bare_name(text: str) -> bool:
    """Whether the text is the name of a person and nothing else."""
    return (
        bool(_BARE_NAME.fullmatch(text)) and fold(text).split(" ")[0] in words().plain and 2 <= len(text.split()) <= 5
    )


def _link(link: Link, hide: Callable[[str], str]) -> Link:
    if link.dead in ("mailto", "tel") and not _GOV.search(link.href.split("?")[0]):
        return replace(link, href="", text=hide(link.text), title="", aria="")
    if link.zone in (Zone.MENU, Zone.HEADER, Zone.FOOTER) or not (link.text or link.title):
        return link
    text, title = hide(link.text), hide(link.title)
    return link if (text, title) == (link.text, link.title) else replace(link, text=text, title=title)


#: Where the next label begins on a line that is read as one field: "Người kiến nghị: A. Nội dung: …".
_NEXT = re.compile(
    rf"[,.;]?\s+(?=(?:{_OTHER_VI}|ngày|câu hỏi|nội dung|tiêu đề|chủ đề|đơn vị|lĩnh vực|thời gian|trạng thái|trả lời|"
    r"ý kiến|kết quả)\b[^:\n]{0,30}:)",
    re.I,
)


def _own_part(value: str) -> tuple[str, str]:
    """What belongs to a label of its value, and what the next label on the line begins."""
    following = _NEXT.search(value)
    return (value[: following.start()], value[following.start() :]) if following else (value, "")


def _field(field: Field, hide: Callable[[str], str]) -> Field:
    if is_private(field.name) and not _GOV.search(field.value):
        _, rest = _own_part(field.value)
        return replace(field, value=HIDDEN + hide(rest))
    return Field(hide(field.name), hide(field.value))


def is_office(label: str) -> bool:
    """Whether it stands over the posts of officials."""
    return fold(label) in _OFFICE


def is_gov_mail(address: str) -> bool:
    """Whether it is an agency's own address of e-mail."""
    return _GOV.search(address) is not None


def _asked_by_people(table: Table) -> bool:
    return not any(map(is_office, table.headers))


def _table(table: Table, hide: Callable[[str], str], asked: bool) -> Table:
    if not _asked_by_people(table):
        return table
    private = {n for n, head in enumerate(table.headers) if asked and is_private(head)}
    rows = tuple(tuple(HIDDEN if n in private and c else hide(c) for n, c in enumerate(r)) for r in table.rows)
    return replace(table, rows=rows)
