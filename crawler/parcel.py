"""Pages on their way between two processes: what stood on an earlier page is named by its number only."""

from __future__ import annotations

import copyreg
import pickle
from array import array
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from core.page import (
    Access,
    Attachment,
    Field,
    Form,
    Heading,
    Image,
    Input,
    Item,
    Link,
    Page,
    SeenDate,
    Table,
)

#: Links that get a number; a portal's menus, boxes and footers hold far fewer.
NUMBERED = 8_000
_NAMES = tuple(f.name for f in fields(Page))
_VALUES = attrgetter(*_NAMES)
_LINKS, _META, _PANELS = (_NAMES.index(name) for name in ("links", "meta", "panels"))


def _plain(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    """How a frozen class is pickled by its values: several times faster than by ``__getstate__``."""
    values = attrgetter(*(f.name for f in fields(kind)))
    return lambda one: (kind, values(one))


for _kind in (Access, Attachment, Field, Form, Heading, Image, Input, Item, Link, SeenDate, Table):
    copyreg.pickle(_kind, _plain(_kind))  # type: ignore[arg-type]  # the stub wants plain objects


class Packer:
    """Packs pages for one ``Unpacker``, which has to get every parcel in the same order."""

    def __init__(self) -> None:
        self._numbers: dict[Link, int] = {}
        #: The same by identity; what is in here stays alive in ``_numbers``.
        self._seen: dict[int, int] = {}

    def pack(self, page: Page) -> bytes:
        """One page in bytes."""
        new: list[Link] = []
        values = self._values(page, new)
        return pickle.dumps((new, values), pickle.HIGHEST_PROTOCOL)

    def _values(self, page: Page, new: list[Link]) -> tuple[Any, ...]:
        values = list(_VALUES(page))
        values[_META] = dict(page.meta)
        values[_LINKS] = self._links(page.links, new)
        values[_PANELS] = tuple(self._values(panel, new) for panel in page.panels)
        return tuple(values)

    def _links(self, links: tuple[Link, ...], new: list[Link]) -> tuple[array[int], list[Link]]:
        """Numbers in page order, and the links without a number, which stand as -1."""
        numbers, rest = array("i"), []
        seen, known = self._seen, self._numbers
        for link in links:
            number = seen.get(id(link), -1)
            if number < 0:
                number = known.get(link, -1)
                if number < 0 and len(known) < NUMBERED:
                    number = known[link] = seen[id(link)] = len(known)
                    new.append(link)
                elif number < 0:
                    rest.append(link)
            numbers.append(number)
        return numbers, rest


class Unpacker:
    """The other end of a ``Packer``."""

    def __init__(self) -> None:
        self._known: list[Link] = []

    def unpack(self, parcel: bytes) -> Page:
        """The page, equal to the one packed."""
        new, values = pickle.loads(parcel)
        self._known += new
        return self._page(values)

    def _page(self, packed: tuple[Any, ...]) -> Page:
        values = list(packed)
        numbers, rest = values[_LINKS]
        known, others = self._known, iter(rest)
        values[_LINKS] = tuple([known[n] if n >= 0 else next(others) for n in numbers])
        values[_META] = MappingProxyType(values[_META])
        values[_PANELS] = tuple(map(self._page, values[_PANELS]))
        return Page(*values)
