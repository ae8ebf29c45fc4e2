"""What axe-core and a watch of five seconds say of a page, by the points of khoản 1 Điều 18 TT 32/2017.

``axe_points.yaml`` says which rule of axe-core speaks of which point. Elements that axe-core could not decide upon
(text over a picture) are left out of the shares; of pages with more than 500 texts every so many are looked at for
contrast. Frames are not looked into, nor is text within moving pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from core.data_files import read_yaml
from crawler.browser.asking import NoAnswer, ask, count, rows, script, words

if TYPE_CHECKING:
    from playwright.async_api import Page as Tab

#: Seconds a moving text is watched: WCAG 2.2.2 speaks of more than five.
WATCH = 5.25
#: Seconds axe-core may take.
PATIENCE = 25.0
#: Elements at fault that are shown for a rule.
_EXAMPLES = 3
#: Parts of the check that have a share of sound elements.
SHARES = ("contrast", "alt", "links", "tables")


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule of axe-core that was broken: point of the circular, elements at fault, the mark-up of some."""

    rule: str
    point: str
    nodes: int
    impact: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """One page. ``good`` and ``bad`` count elements by the part they speak of."""

    faults: tuple[Fault, ...] = ()
    good: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    bad: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    headings: int = 0
    #: Things that move by themselves, and that blink; None when they could not be watched.
    moving: int | None = None
    movers: tuple[str, ...] = ()
    version: str = ""


@lru_cache(maxsize=1)
def points() -> Mapping[str, dict[str, Any]]:
    """Rules of axe-core by id, each with its point and its names."""
    return MappingProxyType(read_yaml(Path(__file__).parent / "axe_points.yaml"))


@lru_cache(maxsize=1)
def _source() -> str:
    """axe-core, as its package carries it."""
    try:
        return (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    except (ImportError, OSError) as error:
        raise NoAnswer(f"axe-core is not installed: {error}") from None


async def inspect(tab: Tab, *, seconds: float = WATCH) -> Inspection:
    """Watches an open page for moving text, then has axe-core look at it. Raises NoAnswer."""
    moving, movers = await watch(tab, seconds)
    # Given as a function's body, so that it is run as a script would be, whatever the page's own rules for scripts say.
    await ask(tab, f"() => {{ {_source()}\n; return {{}}; }}", seconds=PATIENCE)
    counted = {rule: [e.get("share", ""), e.get("pictured", e).get("share", "")] for rule, e in points().items()}
    found = await ask(tab, script("axe"), {"rules": counted, "most": _EXAMPLES}, seconds=PATIENCE)
    parts = found.get("parts")
    good, bad = _counts(parts, "good"), _counts(parts, "bad")
    faults: list[Fault] = []
    for row in _of_ours(found.get("violations")):
        examples = tuple(words(e, 160) for e in row.get("examples") or () if isinstance(e, str))[:_EXAMPLES]
        if nodes := count(row.get("nodes")):
            faults.append(Fault(row["rule"], _point(row), nodes, words(row.get("impact"), 20), examples))
    return Inspection(
        tuple(faults),
        good,
        bad,
        count(found.get("headings")),
        moving,
        movers,
        words(found.get("version"), 20),
    )


async def watch(tab: Tab, seconds: float = WATCH) -> tuple[int | None, tuple[str, ...]]:
    """How many texts move or blink by themselves for ``seconds``, and what they are called; None: not to be seen."""
    try:
        seen = await ask(tab, script("moving"), {"seconds": seconds}, seconds=seconds * 3 + 5)
    except NoAnswer:
        return None, ()
    named = tuple(words(e, 60) for e in seen.get("examples") or () if isinstance(e, str))[:8]
    return count(seen.get("moving")) + count(seen.get("blinking")), named


def share(pages: Iterable[Inspection], part: str) -> float | None:
    """The share of sound elements over pages, of those that could be decided upon; None where there are none."""
    listed = list(pages)
    good = sum(p.good.get(part, 0) for p in listed)
    bad = sum(p.bad.get(part, 0) for p in listed)
    return round(good / (good + bad), 4) if good + bad else None


def _of_ours(value: object) -> list[dict[str, Any]]:
    return [row for row in rows(value, 200) if isinstance(row.get("rule"), str) and row["rule"] in points()]


def _point(row: dict[str, Any]) -> str:
    """The point a broken rule speaks of; for links around a picture it may be another one."""
    entry = points()[row["rule"]]
    pictured = row.get("pictured") is True and "pictured" in entry
    return str((entry["pictured"] if pictured else entry)["point"])


def _counts(parts: object, side: str) -> Mapping[str, int]:
    """Good or bad elements by the part they count for."""
    known = parts if isinstance(parts, dict) else {}
    return MappingProxyType({p: count(known[p].get(side)) if isinstance(known.get(p), dict) else 0 for p in SHARES})
