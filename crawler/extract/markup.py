"""A page's markup as pieces that can be changed one by one, and its words as lines that know their place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import escape, unescape
from typing import NamedTuple

from crawler.extract.scrub import COVER, HIDDEN

_BLOCKS = frozenset(
    """address article aside blockquote body br button caption center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main marquee menu meta nav noscript
    ol option p pre script section select style summary table tbody td template textarea tfoot th thead title
    tr ul""".split()
)
_ATTRIBUTES = r"(?:=\s*\"[^\"]*\"|=\s*'[^']*'|[^>])*+"
#: A script or style with what is in it, a remark, plain characters, a tag. What is none of them is text.
_MARKUP = re.compile(
    rf"<(?P<raw>script|style)\b(?P<head>{_ATTRIBUTES})>(?P<inside>.*?)(?=</(?P=raw)|\Z)"
    rf"|(?P<remark><!--.*?(?:-->|\Z))|(?P<plain><!\[CDATA\[.*?(?:\]\]>|\Z))"
    rf"|<(?P<name>/?[a-zA-Z][\w:-]*|[!?])(?P<attributes>{_ATTRIBUTES})>",
    re.S | re.I,
)
_SPAN = re.compile(f"{COVER}[{COVER} ]*{COVER}|{COVER}")
_COLSPAN = re.compile(r"colspan\s*=\s*[\"']?(\d{1,3})", re.I)
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060")


@dataclass(slots=True)
class Token:
    """A piece of the page as written. ``name`` of a tag is in small letters, that of an end tag begins with "/"."""

    kind: str  # "text", "tag", "script", "style", "comment"
    raw: str
    name: str = ""
    attributes: str = ""


def tokens(source: str) -> list[Token]:
    """The page in pieces that make it up again."""
    found: list[Token] = []
    start = 0
    # Behind the last ">" no tag has an end: looking for one from every "<" there would take for ever.
    for match in _MARKUP.finditer(source, 0, source.rfind(">") + 1):
        begin, end = match.span()
        if begin > start:
            found.append(Token("text", source[start:begin]))
        start = end
        kind = match.lastgroup
        if kind == "attributes":
            found.append(Token("tag", match.group(), match["name"].lower(), match["attributes"]))
        elif kind == "inside":
            name = match["raw"].lower()
            found.append(Token("tag", source[begin : match.start("inside")], name, match["head"]))
            if match["inside"]:
                found.append(Token(name, match["inside"]))
        else:
            found.append(Token("comment" if kind == "remark" else "text", match.group()))
    if start < len(source):
        found.append(Token("text", source[start:]))
    return found


def words_of(raw: str) -> str:
    """The words of a text as written: entities and forms of letters aside."""
    if "&" in raw:
        raw = unescape(raw)
    if raw.isascii() or unicodedata.is_normalized("NFC", raw):
        return raw if raw.isascii() else raw.translate(_UNSEEN) if _HAS_UNSEEN.search(raw) else raw
    return unicodedata.normalize("NFC", raw.translate(_UNSEEN))


_HAS_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060]")


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
    #: Beginning and end in ``text``, number of the token.
    pieces: list[tuple[int, int, int]] = field(default_factory=list)
    #: By table and row.
    tables: list[list[list[Cell]]] = field(default_factory=list)


def lines_of(found: list[Token]) -> Lines:
    """The lines of a page in pieces."""
    lines, out, size = Lines(), [], 0
    tables: list[list[list[Cell]]] = []
    cells: list[Cell | None] = []
    last = "\n"
    for number, token in enumerate(found):
        if token.kind == "text":
            words = words_of(token.raw)
            parts = words.split()
            if not parts:
                if last not in " \n":
                    out.append(" ")
                    size, last = size + 1, " "
                continue
            text = " ".join(parts)
            if words[0].isspace() and last not in " \n":
                text = f" {text}"
            if words[-1].isspace():
                text += " "
            lines.pieces.append((size, size + len(text), number))
            out.append(text)
            size, last = size + len(text), text[-1]
        elif token.kind == "tag" and token.name.lstrip("/") in _BLOCKS:
            name = token.name
            if name in _CELL_ENDS and tables and (cell := cells[-1]) is not None:
                cells[-1] = None
                if tables[-1]:
                    tables[-1][-1].append(cell._replace(end=size))
            if last != "\n":
                out.append("\n")
                size, last = size + 1, "\n"
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
                span = _COLSPAN.search(token.attributes)
                cells[-1] = Cell(size, size, int(span[1]) if span else 1, name == "th")
    lines.text = "".join(out)
    return lines


_CELL_ENDS = frozenset({"td", "th", "/td", "/th", "tr", "/tr", "/table"})


def rewrite(found: list[Token], lines: Lines, covered: str) -> None:
    """Puts ``HIDDEN`` where ``covered`` covers the lines."""
    spans = [m.span() for m in _SPAN.finditer(covered)]
    at, said = 0, -1
    for begin, end, number in lines.pieces:
        while at < len(spans) and spans[at][1] <= begin:
            at += 1
        out, done = "", begin
        for where in range(at, len(spans)):
            low, high = max(spans[where][0], begin), min(spans[where][1], end)
            if low >= end:
                break
            out += lines.text[done:low] + (HIDDEN if where != said else "")
            done, said = high, where
        if done > begin:
            found[number].raw = escape(out + lines.text[done:end], quote=False)
