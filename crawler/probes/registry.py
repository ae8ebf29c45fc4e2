"""Running the probes: our own and those that come by the entry point group ``decree43.probes``."""

from __future__ import annotations

import asyncio
import importlib.metadata
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from core.plan import Budget
from core.portal import Portal
from crawler.probes import (
    accessibility,
    availability,
    dnssec,
    ipv6,
    mobile,
    parent,
    performance,
    records,
    security,
    tls,
    vantage,
)
from crawler.probes.scene import Scene

GROUP = "decree43.probes"
#: Seconds one probe may take.
LIMIT = 60.0

#: A probe from outside: facts by dotted name.
Probe = Callable[[Portal, Budget], Awaitable[dict[str, Any]]]
#: One of ours.
OwnProbe = Callable[[Scene], Awaitable[dict[str, Any]]]

#: Our own probes, in the order they run, with the seconds each may take.
BUILT_IN: tuple[tuple[str, OwnProbe, float], ...] = (
    ("vantage", vantage.probe, 15.0),
    ("dns", records.probe, 15.0),
    ("ipv6", ipv6.probe, 45.0),
    ("dnssec", dnssec.probe, 30.0),
    ("tls", tls.probe, 45.0),
    ("availability", availability.probe, 45.0),
    ("security", security.probe, 30.0),
    ("parent", parent.probe, 30.0),
    ("mobile", mobile.probe, mobile.LIMIT),
    ("accessibility", accessibility.probe, accessibility.LIMIT),
    ("performance", performance.probe, performance.LIMIT),
)

#: Those that measure a server or its name; a folder of files has neither.
OF_A_SERVER = frozenset({"vantage", "dns", "ipv6", "dnssec", "tls", "availability", "security", "performance"})

log = logging.getLogger("decree43.probes")


@dataclass(frozen=True, slots=True)
class Probed:
    """Facts by dotted name, and what would not load or crashed."""

    facts: dict[str, Any]
    problems: tuple[str, ...] = ()
    crashed: bool = False


async def run_probes(scene: Scene) -> Probed:
    """Ask every probe, one after another. One that crashes or hangs is named, and the audit goes on."""
    probed = Probed({})
    for name, own, limit in BUILT_IN:
        if scene.options.static_folder and name in OF_A_SERVER:
            continue
        probed = await _one(probed, scene, name, partial(own, scene), limit)
    for entry in importlib.metadata.entry_points(group=GROUP):
        try:
            loaded = entry.load()
            probe: Probe = getattr(loaded, "probe", loaded)
        except Exception as error:  # a stranger's package must not stop an audit
            probed = _problem(probed, f"{entry.name} ({entry.value}): {error}")
            continue
        probed = await _one(probed, scene, entry.name, partial(probe, scene.portal, scene.budget), LIMIT)
    return probed


async def _one(
    probed: Probed, scene: Scene, name: str, ask: Callable[[], Awaitable[dict[str, Any]]], limit: float
) -> Probed:
    limit = min(limit, scene.left)
    if limit <= 0:
        return _problem(probed, f"{name}: no time was left")
    scene.say(name)
    try:
        facts = await asyncio.wait_for(ask(), limit)
    except TimeoutError:
        return _problem(probed, f"{name}: no answer in {limit:.0f} s")
    except Exception as error:
        log.exception("the probe %s crashed", name)
        return _problem(probed, f"{name}: {error}", crashed=True)
    return Probed({**probed.facts, **facts}, probed.problems, probed.crashed)


def _problem(probed: Probed, what: str, *, crashed: bool = False) -> Probed:
    return Probed(probed.facts, (*probed.problems, what), probed.crashed or crashed)
