"""Labelled values outside tables: definition lists and lines like "Số ký hiệu: 12/QĐ-UBND"."""

from __future__ import annotations

import re

from lxml import etree

from core.page import Field
from core.text import fold
from crawler.extract.parse import EDGE, LINK, Node, words
from crawler.extract.tables import is_label

MAX_FIELDS = 60
_VALUE_LIMIT = 400
_LINE = re.compile(r"^[-–•*+\s]*([A-ZĐÀ-Ỵ][^:\n.;!?\"]{1,44})\s*:\s*(\S.*)?$")
_MANY = re.compile(r"[|;•]\s*(?=[A-ZĐÀ-Ỵ][^:|;\n]{1,30}:)")
_DATE = re.compile(r"\d\s?[-/.]\s?\d")
_AUTHORS = etree.XPath(
    ".//@rel[.='author']/..|.//@itemprop[.='author']/.."
    "|descendant-or-self::*/@class"
    "[contains(.,'author') or contains(.,'byline') or contains(.,'posted-by') or contains(.,'tac')]/.."
)
_AUTHOR_CLASS = re.compile(
    r"\b(?:byline|(?:article|post|entry|news)-author|author-name|author vcard|vcard author|posted-by|tac-?gia)\b"
)
_BY = re.compile(r"^(?:by|bởi|đăng bởi|người viết|tác giả|nguồn|theo)\b\s*:?\s*", re.I)
_COMMENT = re.compile(r"\bcomment", re.I)
_CLOCK = re.compile(r"\d\s*$")


def read_fields(body: Node, text: str) -> list[Field]:
    """Fields of definition lists, then those of the main text's lines, in order and without repeats."""
    found: dict[Field, None] = {}
    for node in body.iter("dl"):
        name = ""
        for child in node.iter("dt", "dd"):
            value = words(child)
            if child.tag == "dt":
                name = value.rstrip(" :")
            elif name and value and len(name) <= 60:
                found[Field(name, value[:_VALUE_LIMIT])] = None
    found |= dict.fromkeys(_paired(body))
    author = _author(body)
    if author:
        found[Field("Tác giả", author)] = None
    if ":" in text:
        lines = text[:12000].split("\n")
        for number, line in enumerate(lines):
            if ":" not in line or len(found) >= MAX_FIELDS:
                continue
            for part in _MANY.split(line) if len(line) < 400 else (line,):
                match = _LINE.match(part)
                if not match or _CLOCK.search(match[1]) or _DATE.search(match[1]) or len(match[1].split()) > 8:
                    continue
                name, value = match[1].strip(), match[2] or ""
                if not value and number + 1 < len(lines):
                    after = lines[number + 1]
                    value = "" if is_label(after) or len(after) > 300 else after
                if value and not value.startswith("//"):
                    found[Field(name, value.strip()[:_VALUE_LIMIT])] = None
    return list(found)[:MAX_FIELDS]


_TWO = etree.XPath("(.//div|.//li|.//p)[count(*)=2]")
_LABEL_CLASS = re.compile(r"label|caption|\b(?:name|key|ten|nhan|tieu-?de|left|trai|l)\b", re.I)


def _paired(body: Node) -> list[Field]:
    """Rows of a label and a value in elements of their own, as Drupal and card designs write them.

    At least two rows of the same shape are needed, half of whose labels name values or are marked as labels.
    """
    rows: dict[tuple[str, ...], list[tuple[str, str, bool]]] = {}
    for node in _TWO(body):
        first, second = node
        if next(first.iter("a", "img", "input", "ul", "table", "h1", "h2", "h3"), None) is not None:
            continue
        name = words(first)
        if not 1 < len(name) <= 60 or (not name.endswith(":") and len(name) > 45) or _DATE.search(name):
            continue
        value = words(second)
        if value and len(value) <= _VALUE_LIMIT * 2 and not (node.text or "").strip(EDGE + LINK + " \n\t"):
            kind = first.get("class") or ""
            shape = (node.tag, first.tag, kind, second.tag, (second.get("class") or "").split(" ")[0])
            marked = is_label(name) or bool(_LABEL_CLASS.search(kind))
            rows.setdefault(shape, []).append((name.rstrip(" :"), value[:_VALUE_LIMIT], marked))
    found: list[Field] = []
    for pairs in rows.values():
        if len(pairs) >= 2 and sum(marked for _, _, marked in pairs) * 2 >= len(pairs):
            found += [Field(name, value) for name, value, _ in pairs]
    return found


def _author(body: Node) -> str:
    """Who wrote it, where the mark-up says so and the words do not: "By Thu Hà", a name under the title."""
    for node in _AUTHORS(body):
        if not (
            node.get("rel") == "author"
            or node.get("itemprop") == "author"
            or _AUTHOR_CLASS.search(node.get("class") or "")
        ):
            continue
        if any(_COMMENT.search(f"{a.get('class') or ''} {a.get('id') or ''}") for a in node.iterancestors()):
            continue
        name = _BY.sub("", words(node)).strip()
        if 2 <= len(name) <= 80 and any(c.isalpha() for c in name):
            return name
    return ""


#: Names of the fields that only documents, projects and the like have.
_DOCUMENT = frozenset(
    "so ky hieu|so hieu|so van ban|ngay ban hanh|trich yeu|co quan ban hanh|loai van ban|nguoi ky|ngay hieu luc|ngay "
    "co hieu luc".split("|")
)


def has_document_fields(fields: list[Field]) -> bool:
    """Whether the fields describe a document."""
    return sum(fold(f.name) in _DOCUMENT for f in fields) >= 2
