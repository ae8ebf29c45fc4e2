"""The parts of pages read before: menus, footers and boxes stand on page after page, byte for byte."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

from core.page import Attachment, Field, Form, Image, Item, Link, SeenDate, Table, Zone
from crawler.extract.controls import Counts


@dataclass(slots=True)
class Part:
    """What one part of a page holds."""

    zone: Zone
    text: str = ""
    links: tuple[Link, ...] = ()
    loose: tuple[str, ...] = ()
    forms: list[Form] = field(default_factory=list)
    #: Lists in page order, each with the number of links before it; entries are numbered when the page is whole.
    lists: list[tuple[int, list[Item]]] = field(default_factory=list)
    #: Lines that belong to entries of lists.
    used: frozenset[str] = frozenset()
    tables: list[Table] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    #: Dates of a menu, header or footer.
    dates: tuple[SeenDate, ...] = ()
    counts: Counts = field(default_factory=Counts)
    controls: frozenset[str] = frozenset()
    #: Of its blocks, which were read on their own, see ``Choices``.
    chosen: str = ""


class Choices:
    """Which blocks of a page are read on their own, one sign for each that could be: "1" yes, "0" no.

    It hangs on what was read before, and a little of what a page gives hangs on it. So the choices made for a page
    are noted; with those noted before, the page is read as it was then.
    """

    def __init__(self, noted: str | None = None) -> None:
        self.again = noted is not None
        self._noted = iter(noted or "")
        self.made: list[str] = []

    def noted(self) -> bool:
        """What was chosen here before."""
        return next(self._noted, "0") == "1"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What reading a part depends on besides its own markup."""

    url: str
    base: str
    today: dt.date
    #: Class and id names that the page's style block hides.
    hiding: frozenset[str]
    one_form: bool
    #: Whether anything on the page is hidden by attribute, or led somewhere by script.
    hides: bool
    scripted: bool
    choices: Choices = field(default_factory=Choices)

    def key(self, zone: Zone, source: bytes, *, block: bool = False) -> Hashable:
        """Equal for parts (or for blocks inside them) that read alike, relative addresses aside."""
        host = self.base.split("/", 3)[:3]
        told = (self.today, self.one_form, self.hiding, self.hides, self.scripted)
        return (zone, block, len(source), hash(source), *host, told)

    def folder(self) -> str:
        """What relative addresses hang on."""
        return self.base.split("?")[0].rsplit("/", 1)[0]


class Memory:
    """Parts by their markup, the longest unused forgotten first."""

    def __init__(self, parts: int = 400, met: int = 30_000) -> None:
        self._parts: OrderedDict[Hashable, Part] = OrderedDict()
        self._met: OrderedDict[int, None] = OrderedDict()
        self._limits = parts, met

    def get(self, key: Hashable, folder: str) -> Part | None:
        """The part, when it was read before for any page or for one in the same folder."""
        for name in (key, (key, folder)):
            part = self._parts.get(name)
            if part is not None:
                self._parts.move_to_end(name)
                return part
        return None

    def put(self, key: Hashable, part: Part, around: Surroundings) -> None:
        """Remembers a part, unless it means something else on every page."""
        reach = _reach(part, around.url)
        if reach < 2:
            self._parts[key if reach == 0 else (key, around.folder())] = part
            if len(self._parts) > self._limits[0]:
                self._parts.popitem(last=False)

    def met(self, key: Hashable) -> bool:
        """Whether a block was met before; notes it if not."""
        number = hash(key)
        if number in self._met:
            return True
        self._met[number] = None
        if len(self._met) > self._limits[1]:
            self._met.popitem(last=False)
        return False


def _reach(part: Part, url: str) -> int:
    """0: the same on every page of the host; 1: in its folder; 2: on its page only."""
    if any(form.action == url for form in part.forms):
        return 2
    reach = 0
    for link in part.links:
        href = link.href.lstrip()
        if not link.url or href.startswith("/"):
            continue
        if not href or href[0] == "?":
            return 2
        if ":" not in href.split("/", 1)[0]:
            reach = 1
    return 1 if part.images and reach == 0 and any(not i.url.startswith(("http", "/")) for i in part.images) else reach
