"""The demo: a bundled portal served on loopback and audited like any other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from app.audit import Outcome
from app.audit import run as run_audit
from app.settings import AuditRequest, vietnam_today
from app.site_server import serve
from app.sites import bundled_sites, load_site, sites_folder
from core.bodies import NAMES, BodyKind
from core.errors import UsageError
from core.finding import Text

#: Shown when no portal is named.
DEFAULT = "so-khcn-liferay"


class Bundled(NamedTuple):
    """A bundled portal: its folder, what it is called, whose it is, and in what state it is."""

    folder: str
    title: str
    kind: Text
    state: Text


def portals() -> list[Bundled]:
    """The bundled portals."""
    found = []
    for name in bundled_sites():
        site = load_site(sites_folder() / name, vietnam_today())
        state = site.config["state"]
        found.append(Bundled(name, site.name, Text(*NAMES[BodyKind(site.kind)]), Text(state["vi"], state["en"])))
    return found


def run(
    portal: str | None,
    lang: str,
    progress: Callable[[object], None] | None = None,
    stop: asyncio.Event | None = None,
) -> Outcome:
    """Serve one bundled portal and audit it. Raises UsageError for an unknown name."""
    name = portal or DEFAULT
    if name not in bundled_sites():
        raise UsageError(
            f"không có cổng mẫu này / no demo portal {name!r}", hint=f"một trong / one of: {', '.join(bundled_sites())}"
        )
    today = vietnam_today()
    site = load_site(sites_folder() / name, today)
    with serve(site) as base:
        request = AuditRequest(
            url=str(base).rstrip("/") + "/",
            kind=BodyKind(site.kind),
            name=site.name,
            today=today,
            lang=lang,
            allow_private=True,
        )
        return run_audit(request, progress, stop)
