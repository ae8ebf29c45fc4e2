"""Takes citizens' data out of the HTML of question-and-answer pages, so that the page itself may be kept.

Everything else stays as it was written. ``None`` says that it cannot be done here: what was read of the page is kept
in its place then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from html import escape, unescape
from typing import Any

from core.page import Page
from crawler.extract.charset import Decoded, decode
from crawler.extract.citizens import all_known, is_office, is_private, is_qa, names_askers, officials_of
from crawler.extract.markup import Lines, Token, lines_of, rewrite, tokens, words_of
from crawler.extract.people import people
from crawler.extract.redact import redact
from crawler.extract.scrub import COVER, HIDDEN, bare_name, covered, is_gov_mail, scrub

#: Longest page that is taken apart, in bytes.
LONGEST = 3 * 1024 * 1024
#: Letters that are not what they seem: words cannot be found in them.
_UNREADABLE = frozenset({"legacy_font", "mojibake", "cp1258"})
_ATTRIBUTE = re.compile(r"""([\w:@.-]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""")
_WORDED = re.compile(
    r"""\b(?:title|alt|aria-label|placeholder|content|value|summary|data-[\w-]+)(\s*)(=\s*)("[^"]*"|'[^']*')""", re.I
)
#: Attributes that name things or say where they are.
_NO_WORDS = frozenset(
    """id class style src srcset href action name type method rel lang dir target width height for role http-equiv
    charset media property itemprop itemtype colspan rowspan integrity crossorigin""".split()
)
#: A tag without any of these says nothing.
_WORTH_A_LOOK = re.compile(
    r"\b(?:title|alt|aria-\w+|value|placeholder|content|label|summary|data-[\w-]+|on[a-z]+)\s*=|mailto:|tel:|@", re.I
)
#: Names under which scripts hold what people wrote of themselves.
_KEY = re.compile(
    r"""(["'](?:ho_?ten|ho_?va_?ten|ten_?nguoi_?\w+|nguoi_?(?:hoi|gui)|full_?name|asker\w*|sender\w*|author\w*|"""
    r"""e?-?mail|phone\w*|mobile|tel(?:ephone)?|(?:so_?)?dien_?thoai|sdt|dia_?chi\w*|address|cmnd|cccd)["']\s*:\s*)"""
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""",
    re.I,
)
#: A text in a script, as long as a name with its number or address is.
_LITERAL = re.compile(r"""\"((?:[^"\\\n]|\\.){5,160})\"|'((?:[^'\\\n]|\\.){5,160})'""")
_PAIR = re.compile(r"[\"']\s*:")
_PERSON = ("name", "email", "telephone", "address", "url", "image", "givenName", "familyName")
_MAIL_TO = re.compile(r"^\s*(mailto|tel):", re.I)


def shows_questions(page: Page) -> bool:
    """Whether the page or one of its folded parts shows what people asked."""
    return is_qa(page) or any(is_qa(panel) for panel in page.panels)


def clean_lines(source: str) -> str:
    """Markup of what people asked (an entry of a feed, say) without who asked."""
    found = tokens(source)
    lines = lines_of(found)
    known = people(f"{lines.text}{_said(found)}", everywhere=True)
    rewrite(found, lines, covered(lines.text, known, asked=True))
    for token in found:
        if token.kind == "comment":
            token.raw = "<!-- -->"
        elif token.kind == "tag" and _says_something(token.attributes):
            _attributes(token, lambda text: scrub(text, known))
    return "".join(token.raw for token in found)


def redact_html(body: bytes, page: Page, content_type: str) -> bytes | None:
    """The body of a page that ``shows_questions`` without its askers' data; None where that cannot be done."""
    decoded = decode(body, content_type)
    if len(body) > LONGEST or decoded.traits & _UNREADABLE:
        return None
    source = _text(body, decoded)
    if source is None:
        return None
    parts = [p for p in (page, *page.panels) if is_qa(p)]
    asked = any(map(names_askers, parts))
    alone = {w for p in parts for w in set(p.loose_words) - officials_of(p) if bare_name(w)} if asked else set()
    around = {line for line in f"{page.header_text}\n{page.footer_text}".split("\n") if line}
    found = tokens(source)
    lines = lines_of(found)
    known = _known(parts or [page], _main(lines.text, around) + _said(found, scripts=bool(parts)), asked=asked)
    hidden = covered(lines.text, known, asked=asked)
    rewrite(found, lines, _cells(_lines(lines.text, hidden, alone, around), lines, asked=asked))

    def hide(text: str) -> str:
        return scrub(text, known, asked=asked)

    for token in found:
        if token.kind == "comment":
            token.raw = token.raw if hide(words_of(token.raw)) == words_of(token.raw) else "<!-- -->"
        elif token.kind == "script":
            token.raw = _script(token.raw, known, hide)
        elif token.kind == "tag" and _says_something(token.attributes):
            _attributes(token, hide)
    changed = "".join(token.raw for token in found)
    if any(name in changed or name in unescape(changed) for name in known):
        return None
    return body if changed == source else _bytes(changed, decoded.charset)


def _known(parts: list[Page], more: str, *, asked: bool) -> list[str]:
    """What is an asker's own on a page or on one of its folded parts."""
    found = {name for part in parts for name in all_known(part, asked=asked, more=more)}
    return sorted(found, key=len, reverse=True)


def _main(text: str, around: set[str]) -> str:
    """The lines that do not stand in the banner or at the foot."""
    return "\n".join("" if line.strip() in around else line for line in text.split("\n"))


def _said(found: Iterable[Token], *, scripts: bool = True) -> str:
    """Words in attributes, and in remarks and scripts where ``scripts`` says so: lines that stand for themselves."""
    values: list[str] = []
    for token in found:
        if token.kind == "tag" and _says_something(token.attributes):
            values += (words_of(m[3].strip("\"'")) for m in _WORDED.finditer(token.attributes))
        elif scripts and token.kind == "comment":
            values.append(words_of(token.raw.strip("<!->")))
        elif scripts and token.kind == "script":
            values += (_plain_words(m[1] or m[2]) for m in _LITERAL.finditer(token.raw))
    return "".join(f"\n\n\n\n\n{value}" for value in dict.fromkeys(values))


def _plain_words(literal: str) -> str:
    """A text in a script as people read it."""
    if "\\" not in literal:
        return words_of(literal)
    try:
        return words_of(json.loads(f'"{literal}"', strict=False))
    except ValueError:
        return ""


@lru_cache(maxsize=8192)
def _says_something(attributes: str) -> bool:
    return _WORTH_A_LOOK.search(attributes) is not None


def settled(page: Page) -> Page | None:
    """The page as ``redact`` leaves it; None where anything was left on it that had to be hidden."""
    clean = redact(page)
    return clean if _plain(clean) == _plain(page) else None


def _plain(page: Page) -> Page:
    """The page with what was taken out of its markup already written as ``redact`` writes it."""
    return replace(
        page,
        links=tuple(replace(k, href="") if k.href.lower() in ("mailto:", "tel:") else k for k in page.links),
        fields=tuple(
            replace(f, value=HIDDEN) if f.value.startswith((HIDDEN, "(")) or f.value.endswith(":") else f
            for f in page.fields
        ),
        loose_words=tuple(w for w in page.loose_words if not bare_name(w)),
        panels=tuple(map(_plain, page.panels)),
    )


def _text(body: bytes, decoded: Decoded) -> str | None:
    """The text as written, when writing it again gives the body."""
    try:
        text = body.decode(decoded.charset)
        return text if text.encode(decoded.charset) == body else None
    except (LookupError, ValueError):
        return None


def _bytes(text: str, charset: str) -> bytes:
    """In the page's own charset; letters it does not have as entities."""
    return text.encode(charset, "xmlcharrefreplace")


def _lines(text: str, hidden: str, names: set[str], around: set[str]) -> str:
    """Covers lines that are one of the names and nothing else; what the banner and the foot say of the agency stays."""
    lines = zip(text.split("\n"), hidden.split("\n"), strict=True)
    return "\n".join(
        (COVER * len(new) if new.strip() in names else new) if old.strip() not in around else old for old, new in lines
    )


def _cells(text: str, lines: Lines, *, asked: bool) -> str:
    """Columns and cells whose head says that they are an asker's own."""
    if not asked:
        return text
    out = list(text)
    for rows in (list(filter(None, table)) for table in lines.tables):
        heads = [lines.text[c.begin : c.end].strip() for c in rows[0]] if rows else []
        if any(map(is_office, heads)):
            continue
        headed = len(heads) > 2 or (len(heads) > 1 and all(c.head for c in rows[0]))
        columns, column = set(), 0
        for head, cell in zip(heads, rows[0] if rows else (), strict=True):
            columns |= set(range(column, column + cell.span)) if headed and is_private(head) else set()
            column += cell.span
        for row in rows[headed:]:
            column, before = 0, ""
            for cell in row:
                words = lines.text[cell.begin : cell.end].strip()
                mine = column in columns or (not headed and is_private(before))
                if mine and words and not is_private(words) and not is_gov_mail(words):
                    out[cell.begin : cell.end] = [c if c == "\n" else COVER for c in out[cell.begin : cell.end]]
                column += cell.span
                before = words
    return "".join(out)


def _attributes(token: Token, hide: Callable[[str], str]) -> None:
    """Words in attributes; what a hidden field holds; addresses to write or call."""
    secret_field = token.name == "input" and re.search(r"type\s*=\s*[\"']?hidden", token.attributes, re.I)
    to_person = False

    def change(match: re.Match[str]) -> str:
        nonlocal to_person
        name, quoted = match[1].lower(), match[3]
        value = quoted[1:-1] if quoted[:1] in "\"'" else quoted
        words = words_of(value)
        if name == "href" and _MAIL_TO.match(words) and not is_gov_mail(words.split("?")[0]):
            to_person = True
            return f'{match[1]}{match[2]}"{words.split(":")[0].strip().lower()}:"'
        if name == "value" and secret_field:
            return f'{match[1]}{match[2]}""'
        if name in _NO_WORDS or not value:
            return match.group()
        new = hide(words)
        return match.group() if new == words else f'{match[1]}{match[2]}"{escape(new)}"'

    attributes = _ATTRIBUTE.sub(change, token.attributes)
    if to_person:
        attributes = re.sub(r"\b(title|aria-label)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", r'\1=""', attributes)
    if attributes != token.attributes:
        token.raw = f"<{token.name}{attributes}>"
        token.attributes = attributes


def _script(raw: str, known: Iterable[str], hide: Callable[[str], str]) -> str:
    """Data in scripts: linked data by its own form, everything else by its names and its words."""
    try:
        data = json.loads(raw, strict=False)
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict | list):
        try:
            new = hidden_data(data, hide)
        except RecursionError:
            return "{}"
        return raw if new == data else json.dumps(new, ensure_ascii=False).replace("</", "<\\/")
    for name in known:
        for form in {name, json.dumps(name)[1:-1], escape(name)}:
            raw = raw.replace(form, HIDDEN)
    if _PAIR.search(raw):
        raw = _KEY.sub(lambda m: f"{m[1]}{m[2][0]}{HIDDEN}{m[2][0]}", raw)
    return hide(raw)


def hidden_data(value: Any, hide: Callable[[str], str]) -> Any:
    """Data without what stands under an asker's names and without what ``hide`` finds in its words."""
    if isinstance(value, dict):
        someone = "Person" in str(value.get("@type", ""))
        return {
            k: HIDDEN
            if v and isinstance(v, str) and ((someone and k in _PERSON) or _KEY.match(f'"{k}":""') or is_private(k))
            else hidden_data(v, hide)
            for k, v in value.items()
        }
    if isinstance(value, list):
        return [hidden_data(v, hide) for v in value]
    return hide(value) if isinstance(value, str) else value
