"""Finding a body by whatever people name it with: id, code, address or name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.register import Body, holds
from core.register_names import agree, key, path, place, plain, splits
from core.text import fold

_ADDRESS = re.compile(r"\S+://\S+|[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/\S*)?", re.ASCII)
#: What may stand before the last dot of a name that is no address: "TP.HCM" has no such ending.
_ENDING = re.compile(r"\.(?:vn|com|net|org|info|test|local|localhost|\d+)(?=[:/]|$)", re.I)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a text could mean, for a query."""

    text: str
    id: str
    codes: tuple[str, ...]
    place: str
    path: str
    key: str
    #: (own name, parent's name), as keys.
    splits: tuple[tuple[str, str], ...]


def wanted(text: str) -> Wanted:
    """The readings of a text."""
    text = text.strip()
    codes: tuple[str, ...] = () if " " in text or not text else (text,)
    if text.isdigit():  # spreadsheets eat a leading nought
        codes = tuple(dict.fromkeys((text, text.zfill(2))))
    address = text if "://" in text else f"https://{text}"
    is_address = _ADDRESS.fullmatch(text) and ("://" in text or _ENDING.search(text))
    where = (place(address), path(address)) if is_address else ("", "")
    return Wanted(text, text.lower(), codes, *where, key(text), splits(text))


def choose(
    text: str, candidates: Iterable[Body], day: dt.date | None = None, parents: Mapping[str, Body] | None = None
) -> list[Body]:
    """The candidates that the text names, by the best reading that names any: id, code, address, name as it is
    written, name in another way of writing, name followed by the parent's name.

    With a day only bodies that existed then (an id names its body whatever the day), and among them those whose name
    or address it was on that day, where there are such. Newest first. Several mean that the text is ambiguous.
    """
    want = wanted(text)
    everybody = list(candidates)
    if named := [body for body in everybody if body.id == want.id]:
        return named[:1]
    if not plain(want.text):
        return []
    pool = [body for body in everybody if day is None or body.exists(day)]
    for reading in (_by_code, _by_address, _by_same_name, _by_name, _by_alias):
        found = [body for body in pool if reading(want, body, None)]
        if found:
            then = [body for body in found if reading(want, body, day)] if day else []
            return _newest_first(_nearest(want, then or found) if reading is _by_address else then or found)
    above = parents or {}
    return _newest_first(body for body in pool if _by_name_and_parent(want, body, above.get(body.parent or "")))


def owner(url: str, candidates: Iterable[Body], day: dt.date) -> Body | None:
    """The candidate whose portal an address was on a day: its host is the portal's own, its path the portal's or below.

    A department's host under the province's domain is not the province's portal. Where several bodies live on one
    host, the longest path decides.
    """
    where, way = place(url), path(url)
    fitting = [
        (len(path(own)), body)
        for body in candidates
        if (own := body.url_on(day)) and place(own) == where and way.startswith(path(own))
    ]
    return max(fitting, key=lambda found: found[0])[1] if where and fitting else None


def _nearest(want: Wanted, bodies: list[Body]) -> list[Body]:
    """Of several bodies on one host, those with the longest path that the address begins with."""
    deepest = max(_depth(want, body, None) for body in bodies)
    return [body for body in bodies if _depth(want, body, None) == deepest]


def _newest_first(bodies: Iterable[Body]) -> list[Body]:
    by_id = sorted({body.id: body for body in bodies}.values(), key=lambda body: body.id)
    return sorted(by_id, key=lambda body: body.valid_from or dt.date.min, reverse=True)


def _by_code(want: Wanted, body: Body, day: dt.date | None) -> bool:
    return body.code in want.codes


def _by_address(want: Wanted, body: Body, day: dt.date | None) -> bool:
    return _depth(want, body, day) > 0


def _depth(want: Wanted, body: Body, day: dt.date | None) -> int:
    """How much of the wanted address's path a portal of the body shares; 0 when none of its portals is there."""
    if not want.place:
        return 0
    then = [a.url for a in body.addresses if day is None or holds(a.valid_from, a.valid_to, day)]
    there = [path(url) for url in then if place(url) == want.place]
    return max((len(shared) for shared in there if want.path.startswith(shared)), default=0)


def _by_same_name(want: Wanted, body: Body, day: dt.date | None) -> bool:
    """Spelled out the same, level and all."""
    return any(
        plain(n.name) == plain(want.text) and (day is None or holds(n.valid_from, n.valid_to, day)) for n in body.names
    )


def _by_name(want: Wanted, body: Body, day: dt.date | None) -> bool:
    return any(agree(n.name, want.text) and (day is None or holds(n.valid_from, n.valid_to, day)) for n in body.names)


def _by_alias(want: Wanted, body: Body, day: dt.date | None) -> bool:
    return any(fold(alias) == fold(want.text) for alias in body.aliases)


def _by_name_and_parent(want: Wanted, body: Body, parent: Body | None) -> bool:
    if parent is None:
        return False
    own, above = {key(n.name) for n in body.names}, {key(n.name) for n in parent.names}
    return any(head in own and tail in above for head, tail in want.splits)
