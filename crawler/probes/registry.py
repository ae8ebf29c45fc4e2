"""Running the probes: our own and those that come by the entry point group ``decree43.probes``."""

from __future__ import annotations

import asyncio
import importlib.metadata
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from core.plan import Budget
from core.portal import Portal

GROUP = "decree43.probes"
#: Seconds one probe may take.
LIMIT = 60.0

Probe = Callable[[Portal, Budget], Awaitable[dict[str, Any]]]

#: Our own probes.
BUILT_IN: tuple[tuple[str, Probe], ...] = ()

log = logging.getLogger("decree43.probes")


@dataclass(frozen=True, slots=True)
class Probed:
    """Facts by dotted name, and what would not load or crashed."""

    facts: dict[str, Any]
    problems: tuple[str, ...] = ()
    crashed: bool = False


async def run_probes(portal: Portal, budget: Budget) -> Probed:
    """Ask every probe, one after another. One that crashes or hangs is named, and the audit goes on."""
    facts: dict[str, Any] = {}
    problems: list[str] = []
    crashed = False
    probes = list(BUILT_IN)
    for entry in importlib.metadata.entry_points(group=GROUP):
        try:
            loaded = entry.load()
            probes.append((entry.name, getattr(loaded, "probe", loaded)))
        except Exception as error:  # a stranger's package must not stop an audit
            problems.append(f"{entry.name} ({entry.value}): {error}")
    for name, probe in probes:
        try:
            facts.update(await asyncio.wait_for(probe(portal, budget), LIMIT))
        except TimeoutError:
            problems.append(f"{name}: no answer in {LIMIT:.0f} s")
        except Exception as error:
            log.exception("the probe %s crashed", name)
            problems.append(f"{name}: {error}")
            crashed = True
    return Probed(facts, tuple(problems), crashed)
