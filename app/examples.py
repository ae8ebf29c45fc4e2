"""Golden examples of the reports, from a bundled demo portal: ``python -m app.examples`` writes them.

The portal is served on loopback, audited as of a fixed day without a browser, and told under its own name. What
differs from run to run (times, the id, the port, measures of this machine) is set to fixed values, so that the same
program writes the same bytes; a test compares them with ``docs/examples/``.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from app.audit import run
from app.baseline import compare, scored_fails
from app.settings import AuditRequest
from app.site_server import serve
from app.sites import load_site, sites_folder
from core import audit_json
from core.audit import Audit
from core.bodies import BodyKind
from crawler import visit

TARGET = Path(__file__).resolve().parent.parent / "docs" / "examples"
FORMATS = ("json", "junit", "sarif", "md", "csv", "xlsx")
PORTAL = "huyen-nukeviet"
DAY = dt.date(2026, 11, 21)
#: Left out, as a portal does that has agreed on it: shows how that is told.
SKIPPED = ("PROD-SOCIAL",)
#: What this machine measures of itself and its network, as another might have.
_MILLISECONDS, _BURST, _BYTES, _RESOLVER = 12, 40, 124_600, "system (192.0.2.53)"


def example(portal: str = PORTAL) -> Audit:
    """The audit of a demo portal, the same every time; beside a baseline in which two of its failures are new."""
    site = load_site(sites_folder() / portal, DAY)
    with serve(site) as base, _one_at_a_time():
        request = AuditRequest(
            url=f"{base}/",
            kind=BodyKind(site.kind),
            name=site.name,
            today=DAY,
            browser=False,
            allow_private=True,
            skip=SKIPPED,
        )
        audit = run(request).audit
    noon = dt.datetime.combine(DAY, dt.time(5), dt.UTC)
    crawl = dataclasses.replace(audit.crawl, seconds=12.0, bytes=_BYTES, longest_burst_per_second=_BURST, ledger=())
    facts = {name: _steady(name, value) for name, value in audit.facts.items()}
    vantage = dict(audit.vantage) | {"resolver": _RESOLVER}
    findings = tuple(
        dataclasses.replace(f, evidence=tuple(dataclasses.replace(p, observed_at=noon) for p in f.evidence))
        for f in audit.findings
    )
    ended = noon + dt.timedelta(seconds=12)
    fixed = dataclasses.replace(
        audit,
        id="vi-du",
        started_at=noon,
        finished_at=ended,
        crawl=crawl,
        facts=facts,
        vantage=vantage,
        findings=findings,
    )
    text = audit_json.dumps(fixed).decode()
    named = urlsplit(site.url_hint).hostname or site.url_hint.strip("/")
    text = text.replace(urlsplit(base).netloc, named).replace(f"http://{named}", f"https://{named}")
    told = audit_json.loads(text.encode())
    fails = scored_fails(told)
    return dataclasses.replace(told, against=compare(told, frozenset((*fails[2:], "ND43-10.1.l"))))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Pages are asked for one after the other, so that no machine meets them in another order."""
    usual = visit.WORKERS
    visit.WORKERS = 1
    try:
        yield
    finally:
        visit.WORKERS = usual


def _steady(name: str, value: object) -> object:
    """A fact without what this machine measured."""
    if name in ("vantage.resolver", "availability.hours"):
        return _RESOLVER if name == "vantage.resolver" else 0.0
    return _MILLISECONDS if name.endswith("_ms") and value is not None else value


def files() -> dict[str, bytes]:
    """The examples by file name."""
    from app import examples_html, examples_sheets
    from reports.registry import render

    audit = example()
    made = dict(render(audit, name, "vi") for name in FORMATS)
    return made | examples_sheets.files(audit) | examples_html.files(audit)


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (TARGET / name).write_bytes(data)
        print(TARGET / name)
