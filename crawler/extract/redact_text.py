"""Takes citizens' data out of what is no page: texts, tables and data that a portal links or its scripts fetch."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urlsplit

from crawler.extract.citizens import is_office, is_official, is_private
from crawler.extract.people import people, told
from crawler.extract.redact_html import clean_lines, hidden_data
from crawler.extract.scrub import HIDDEN, asks, names_an_asker, scrub

_KINDS = re.compile(r"^\s*(?:text/(?!css|javascript|ecmascript|html)|$)|json|xml|csv|application/octet-stream", re.I)
_ENDING = re.compile(r"\.(?:txt|csv|tsv|json|md|xml|log)$", re.I)
_SLUGS = re.compile(f"{told()['citizen_slugs']}|{told()['complaint_slugs']}", re.I)
_LIST_OF_ADDRESSES = re.compile(rb"<(?:urlset|sitemapindex)\b")
#: Longest text that is taken apart, in bytes; of what is longer nothing is kept where it is about questions.
LONGEST = 8 * 1024 * 1024
_DELIMITERS = ",;\t|"


def redact_text(body: bytes, url: str, content_type: str) -> bytes:
    """The body without askers' data; the body itself where it is no text, or says nothing of questions."""
    path = urlsplit(url).path
    if not (_KINDS.search(content_type.split(";")[0]) or _ENDING.search(path)):
        return body
    if path == "/robots.txt" or _LIST_OF_ADDRESSES.search(body[:2000]) or len(body) < 8:
        return body
    charset = "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = body.decode(charset, "surrogateescape" if charset == "utf-8" else "strict")
    except UnicodeDecodeError:
        return body
    if not _about_questions(text, path):
        return body
    if len(body) > LONGEST:
        return b""
    new = _clean(text)
    return body if new == text else new.encode(charset, "surrogateescape" if charset == "utf-8" else "strict")


def _about_questions(text: str, path: str) -> bool:
    if "\0" in text[:2000]:
        return False
    if _SLUGS.search(path) or names_an_asker(text):
        return True
    lines = text[:20_000].split("\n")[:200]
    return asks(*lines)


def _clean(text: str) -> str:
    try:
        data = json.loads(text.removeprefix("\ufeff"), strict=False)
    except (ValueError, RecursionError):
        data = None
    known = tuple(people(text.replace("\\n", "\n"), everywhere=True))
    if isinstance(data, dict | list):
        known = tuple(people("\n".join(_strings(data)), everywhere=True))
        try:
            new = hidden_data(data, lambda words: scrub(words, known))
        except RecursionError:
            return "{}"
        return text if new == data else json.dumps(new, ensure_ascii=False)
    if text.lstrip("\ufeff \r\n\t").startswith("<"):
        return clean_lines(text)
    return scrub(_columns(text), known)


def _strings(data: object) -> list[str]:
    """Every text in a piece of data, each followed by nothing."""
    if isinstance(data, dict):
        if any(is_office(str(key)) for key in data):
            return []
        return [line for key, value in data.items() if not is_official(str(key)) for line in _strings(value)]
    if isinstance(data, list):
        return [line for value in data for line in _strings(value)]
    return [data, ""] if isinstance(data, str) else []


def _columns(text: str) -> str:
    """A table in text without what stands in an asker's columns."""
    head, newline, rest = text.partition("\n")
    delimiter = max(_DELIMITERS, key=head.count)
    same = rest.partition("\n")[0].count(delimiter) >= head.count(delimiter)
    if not newline or not head.count(delimiter) or ":" in head or not same:
        return text
    heads = [cell.strip().strip("\ufeff\"'\r ") for cell in head.split(delimiter)]
    private = {n for n, cell in enumerate(heads) if is_private(cell.replace("_", " "))}
    if not private or any(map(is_office, heads)):
        return text
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n" if head.endswith("\r") else "\n")
    try:
        for row in csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter):
            writer.writerow([HIDDEN if n in private and cell else cell for n, cell in enumerate(row)])
    except csv.Error:
        return head + newline
    return head + newline + out.getvalue()
