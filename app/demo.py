"""The demo: a bundled portal served on loopback and audited like any other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from app.audit import Outcome
from app.audit import run as run_audit
from app.settings import AuditRequest, vietnam_today
from app.site_server import serve
from app.sites import bundled_sites, load_site, sites_folder
from core.bodies import BodyKind
from core.errors import UsageError

#: Shown when no portal is named.
DEFAULT = "so-khcn-liferay"


def portals() -> list[tuple[str, str]]:
    """Bundled portals: folder name and title."""
    today = vietnam_today()
    return [(name, load_site(sites_folder() / name, today).name) for name in bundled_sites()]


def run(
    portal: str | None,
    lang: str,
    progress: Callable[[object], None] | None = None,
    stop: asyncio.Event | None = None,
) -> Outcome:
    """Serve one bundled portal and audit it. Raises UsageError for an unknown name."""
    name = portal or DEFAULT
    if name not in bundled_sites():
        raise UsageError(f"no demo portal {name!r}", hint=f"one of: {', '.join(bundled_sites())}")
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
