"""Which line of which file a finding speaks of: the link, the heading or the words in the pages of a folder."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, unquote, urljoin, urlsplit

from core.audit import Audit
from core.finding import Candidate, Proof
from core.text import fold

Thing = TypeVar("Thing", Proof, Candidate)
#: Files looked through for one link, and how much of each.
_MOST = 500
_MOST_BYTES = 12 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Spot:
    """A file as reports name it, and a line of it."""

    file: str
    line: int


@dataclass(slots=True)
class _Anchor:
    line: int
    href: str
    text: str = ""


@dataclass(slots=True)
class _Seen:
    """What one page says where."""

    anchors: list[_Anchor] = field(default_factory=list)
    #: Folded words of headings and the title, with their lines; h1 first.
    heads: list[tuple[int, str, int]] = field(default_factory=list)
    #: The line of the first menu, else of the body.
    menu: int = 0
    rows: list[str] = field(default_factory=list)

    @property
    def main(self) -> int:
        """The line of the page's own heading, else of its title, else the first."""
        return min(self.heads)[2] if self.heads else 1


class _Reader(HTMLParser):
    """Lines of links, headings and the menu."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = _Seen()
        self._open: list[_Anchor] = []
        self._head: tuple[int, int] | None = None
        self._words = ""
        self._menu = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, named = self.getpos()[0], dict(attrs)
        if tag == "a":
            anchor = _Anchor(line, (named.get("href") or "").strip())
            anchor.text = named.get("aria-label") or named.get("title") or ""
            self.seen.anchors.append(anchor)
            self._open = [anchor]
        elif tag == "img" and self._open:
            self._open[0].text += f" {named.get('alt') or ''}"
        elif tag == "title" or (len(tag) == 2 and tag[0] == "h" and tag[1] in "123456"):
            self._head = (9 if tag == "title" else int(tag[1]), line)
            self._words = ""
        elif tag == "nav" and not self._menu:
            self._menu, self.seen.menu = True, line
        elif tag == "body" and not self._menu:
            self.seen.menu = line

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = []
        elif self._head is not None and (tag == "title" or tag[:1] == "h"):
            rank, line = self._head
            self.seen.heads.append((rank, fold(self._words), line))
            self._head = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[0].text += data
        if self._head is not None:
            self._words += data


class Lines:
    """The lines of a folder's pages, read when they are asked for."""

    def __init__(self, folder: Path, shown: str, file: Callable[[str], Path | None]) -> None:
        self.folder = folder
        #: The folder as reports name it; "" for the working folder itself.
        self.shown = shown
        self._file = file
        self._read: dict[Path, _Seen] = {}
        self._index: dict[str, list[tuple[str, Spot]]] | None = None

    def home(self) -> Spot:
        """The home page, at its menu."""
        file = self._file("/")
        assert file is not None
        return Spot(self._name(file), max(1, self._seen(file).menu))

    def of(self, thing: Proof | Candidate, base: str) -> Spot | None:
        """Where a proof or candidate stands; None for what is not in the folder's pages."""
        linked = isinstance(thing, Candidate) or thing.kind == "link"
        if linked and (found := self._link(thing.url, thing.text, base)):
            return found
        if not thing.url.startswith(f"{base}/"):
            return None
        file = self._file(unquote(urlsplit(thing.url).path.removeprefix(urlsplit(base).path)))
        if file is None:
            return None if linked else self._link(thing.url, "", base)
        seen = self._seen(file)
        words = fold(thing.text.partition(" (")[0])
        heading = next((line for _, text, line in sorted(seen.heads) if words and text == words), 0)
        quoted = next((n for n, row in enumerate(seen.rows, 1) if len(words) > 5 and words in fold(row)), 0)
        return Spot(self._name(file), heading or quoted or seen.main)

    def _link(self, url: str, text: str, base: str) -> Spot | None:
        """The link to an address, the one of these words before others; without an address the link of these words."""
        links, words = self._links(base), fold(text)
        if not url:
            return next((spot for _, spot in links.get(words, [])), None) if words else None
        found = links.get(_plain(url, base)) or links.get(url) or []
        return next((spot for said, spot in found if words and said == words), found[0][1] if found else None)

    def _links(self, base: str) -> dict[str, list[tuple[str, Spot]]]:
        """Links with their words by address, by what stands in ``href`` and by their words; the home page's first."""
        if self._index is None:
            self._index = {}
            for file in self._pages():
                where = urljoin(f"{base}/", quote(file.relative_to(self.folder).as_posix()))
                for anchor in self._seen(file).anchors:
                    entry = fold(anchor.text), Spot(self._name(file), anchor.line)
                    for key in dict.fromkeys((_plain(_joined(where, anchor.href), base), anchor.href, entry[0])):
                        self._index.setdefault(key, []).append(entry)
        return self._index

    def _pages(self) -> list[Path]:
        home = self._file("/")
        others = sorted(p for p in self.folder.rglob("*.htm*") if p != home and _is_file(p))
        return [*([home] if home else []), *others][:_MOST]

    def _seen(self, file: Path) -> _Seen:
        if file not in self._read:
            reader = _Reader()
            text = _text(file)
            reader.feed(text)
            reader.close()
            reader.seen.rows = text.split("\n")
            self._read[file] = reader.seen
        return self._read[file]

    def _name(self, file: Path) -> str:
        below = file.relative_to(self.folder).as_posix()
        return f"{self.shown}/{below}" if self.shown else below


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # in a folder that may be listed and not entered
        return False


def _text(file: Path) -> str:
    """The page's text; none where it may not be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(_MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def _joined(where: str, href: str) -> str:
    try:
        return urljoin(where, href)
    except ValueError:  # "http://[" is a typing error on the page
        return href


def _plain(url: str, base: str) -> str:
    """An address without what makes no difference on a static host."""
    url = unquote(url.partition("#")[0])
    for tail in ("index.html", "index.htm", ".html", ".htm", "/"):
        if url.startswith(base):
            url = url.removesuffix(tail)
    return url


def located(audit: Audit, lines: Lines, base: str) -> Audit:
    """The audit with file and line on everything that stands in the folder."""

    def told(thing: Thing) -> Thing:
        spot = lines.of(thing, base)
        return dataclasses.replace(thing, file=spot.file, line=spot.line) if spot is not None else thing

    findings = tuple(
        dataclasses.replace(
            finding,
            evidence=tuple(told(proof) for proof in finding.evidence),
            candidates=tuple(told(candidate) for candidate in finding.candidates),
        )
        for finding in audit.findings
    )
    return dataclasses.replace(audit, findings=findings)
