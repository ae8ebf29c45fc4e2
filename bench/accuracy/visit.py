"""A real audit of a portal of the corpus: served on the loopback, visited by the program, its evidence kept."""

from __future__ import annotations

from contextlib import ExitStack

from app import audit as program
from app.settings import AuditRequest
from app.site_server import Mishap, serve
from app.sites import Site
from bench.accuracy.corpus import TODAY
from bench.accuracy.names import resolving
from core.bodies import BodyKind


def visit(site: Site, *, mishap: Mishap | None = None, archive: str | None = None) -> program.Outcome:
    """Audit ``site`` under its own host name; with the browser where the portal asks for it.

    ``archive`` is the folder its answers are kept in.
    """
    config = site.config
    host = site.url_hint.partition(":")[0].lower()
    with ExitStack() as stack:
        served = stack.enter_context(serve(site, mishap=mishap))
        resolver = stack.enter_context(resolving(frozenset({host, *(str(h).lower() for h in config.get("hosts", ()))})))
        port = served.rsplit(":", 1)[1]
        request = AuditRequest(
            url=f"http://{host}:{port}{config.get('start', '/')}",
            kind=BodyKind(site.kind),
            today=TODAY,
            browser=bool(config.get("browser")),
            allow_private=True,
            resolver=resolver,
        )
        return program.run(request, archive=archive)
