"""A page's markup as pieces that can be changed one by one, and its words as lines that know their place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import escape, unescape
from typing import NamedTuple

from crawler.extract.redact import COVER, HIDDEN

_BLOCKS = frozenset(
    """address article aside blockquote body br button caption center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main marquee menu meta nav noscript
    ol option p pre script section select style summary table tbody td template textarea tfoot th thead title
    tr ul""".split()
)
_RAW = frozenset({"script", "style"})
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)
_SECTION = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|$)", re.S)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*+|[!?])((?:=\s*\"[^\"]*\"|=\s*'[^']*'|[^>])*+)>", re.S)
_SPACE = re.compile(r"\s+")
_PIECE = re.compile(r"\S+|\s+")
_SPAN = re.compile(f"{COVER}[{COVER} ]*{COVER}|{COVER}")
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060")
#: Signs of tags without an end, after which the markup is not taken for such.
_MOST_BROKEN = 50


class Tangled(ValueError):
    """The markup cannot be taken apart."""


@dataclass(slots=True)
class Token:
    """A piece of the page as written. ``name`` of a tag is in small letters, that of an end tag begins with "/"."""

    kind: str  # "text", "tag", "script", "style", "comment"
    raw: str
    name: str = ""
    attributes: str = ""


def tokens(source: str) -> list[Token]:
    """The page in pieces that make it up again. Raises Tangled."""
    found: list[Token] = []
    at = start = broken = 0
    end = len(source)

    def text(until: int) -> None:
        if until > start:
            found.append(Token("text", source[start:until]))

    while (at := source.find("<", at)) >= 0:
        if source.startswith("<!--", at):
            match = _COMMENT.match(source, at)
            piece = Token("comment", match.group()) if match else None
        elif source.startswith("<![CDATA[", at):
            match = _SECTION.match(source, at)
            piece = Token("text", match.group()) if match else None
        elif source[at + 1 : at + 2].isalpha() or source[at + 1 : at + 2] in ("/", "!", "?"):
            match = _TAG.match(source, at)
            piece = Token("tag", match.group(), (match[1] + match[2]).lower(), match[3]) if match else None
        else:
            at += 1
            continue
        if match is None or piece is None:
            broken += 1
            if broken > _MOST_BROKEN:
                raise Tangled("too many tags without an end")
            at += 1
            continue
        text(at)
        found.append(piece)
        at = start = match.end()
        if piece.name in _RAW:
            close = re.compile(rf"</{piece.name}", re.I).search(source, at)
            stop = close.start() if close else end
            if stop > at:
                found.append(Token(piece.name, source[at:stop]))
            at = start = stop
    text(end)
    return found


def words_of(raw: str) -> str:
    """The words of a text as written: entities and forms of letters aside."""
    if "&" in raw:
        raw = unescape(raw)
    return raw if raw.isascii() else unicodedata.normalize("NFC", raw.translate(_UNSEEN))


class Cell(NamedTuple):
    """A cell of a table: beginning and end in the lines, columns it spans, whether it is marked as a head."""

    begin: int
    end: int
    span: int
    head: bool


@dataclass(slots=True)
class Lines:
    """The words of a page, one line for each block, and the token each stands in."""

    text: str = ""
    #: Beginning and end in ``text``, number of the token, beginning in its words.
    pieces: list[tuple[int, int, int, int]] = field(default_factory=list)
    #: Words of each text token, by number.
    words: dict[int, str] = field(default_factory=dict)
    #: By table and row.
    tables: list[list[list[Cell]]] = field(default_factory=list)


def lines_of(found: list[Token]) -> Lines:
    """The lines of a page in pieces."""
    lines, out, size = Lines(), [], 0
    tables: list[list[list[Cell]]] = []
    cells: list[Cell | None] = []

    def put(part: str) -> None:
        nonlocal size
        out.append(part)
        size += len(part)

    def leave_cell() -> None:
        if tables and cells and (cell := cells[-1]) is not None:
            cells[-1] = None
            if tables[-1]:
                tables[-1][-1].append(cell._replace(end=size))

    for number, token in enumerate(found):
        if token.kind == "text":
            words = lines.words[number] = words_of(token.raw)
            for piece in _PIECE.finditer(words):
                if piece.group().isspace():
                    if out and not out[-1].endswith((" ", "\n")):
                        lines.pieces.append((size, size + 1, number, piece.start()))
                        put(" ")
                    continue
                lines.pieces.append((size, size + len(piece.group()), number, piece.start()))
                put(piece.group())
        elif token.kind == "tag" and token.name.lstrip("/") in _BLOCKS:
            name = token.name
            if name in ("td", "th", "/td", "/th", "tr", "/tr", "/table"):
                leave_cell()
            if out and not out[-1].endswith("\n"):
                put("\n")
            if name == "table":
                tables.append([])
                cells.append(None)
                lines.tables.append(tables[-1])
            elif name == "/table" and tables:
                tables.pop()
                cells.pop()
            elif name == "tr" and tables:
                tables[-1].append([])
            elif name in ("td", "th") and cells:
                span = re.search(r"colspan\s*=\s*[\"']?(\d{1,3})", token.attributes, re.I)
                cells[-1] = Cell(size, size, int(span[1]) if span else 1, name == "th")
    lines.text = "".join(out)
    return lines


def rewrite(found: list[Token], lines: Lines, covered: str) -> bool:
    """Puts ``HIDDEN`` where ``covered`` covers the lines; whether anything was changed."""
    spans = [(m.start(), m.end()) for m in _SPAN.finditer(covered)]
    if not spans:
        return False
    changes: dict[int, list[tuple[int, int, str]]] = {}
    at, said = 0, -1
    for begin, end, number, offset in lines.pieces:
        while at < len(spans) and spans[at][1] <= begin:
            at += 1
        for where in range(at, len(spans)):
            first, last = spans[where]
            if first >= end:
                break
            low, high = max(first, begin), min(last, end)
            word = HIDDEN if where != said else ""
            said = where
            changes.setdefault(number, []).append((offset + low - begin, offset + high - begin, word))
    for number, parts in changes.items():
        words = lines.words[number]
        for low, high, word in reversed(parts):
            words = words[:low] + word + words[high:]
        found[number].raw = escape(_SPACE.sub(" ", words), quote=False)
    return True
