"""Golden examples of reports, badge and feed, from a bundled demo portal: ``python -m app.examples`` writes them.

The portal is served on loopback, audited as of a fixed day without a browser, and told under its own name. What
differs from run to run (times, the id, the port, measures of this machine) is set to fixed values, so that the same
program writes the same bytes; a test compares them with ``docs/examples/``.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.audit import run
from app.baseline import compare, scored_fails
from app.feed import feed
from app.keep import open_store
from app.settings import AuditRequest
from app.site_server import serve
from app.sites import load_site, sites_folder
from checks.scoring import score
from core import audit_json
from core.audit import Audit
from core.bodies import BodyKind
from core.finding import Proof, Verdict

TARGET = Path(__file__).resolve().parent.parent / "docs" / "examples"
FORMATS = ("junit", "sarif", "md", "html")
PORTAL = "huyen-nukeviet"
DAY = dt.date(2026, 11, 21)
#: Left out, as a portal does that has agreed on it: shows how that is told.
SKIPPED = ("PROD-SOCIAL",)
#: Figures of the crawl that differ from run to run.
_SAME: dict[str, Any] = {"seconds": 12.0, "ledger": (), "bytes": 124_000, "longest_burst_per_second": 2}
#: Facts that are the same on every machine.
_FACTS = ("links.", "pages.home.status", "search.", "security.", "updates.")


def _at(proof: Proof, moment: dt.datetime) -> Proof:
    return dataclasses.replace(proof, observed_at=moment)


def example(portal: str = PORTAL) -> Audit:
    """The audit of a demo portal, the same every time; beside a baseline in which two of its failures are new."""
    site = load_site(sites_folder() / portal, DAY)
    with serve(site) as base:
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
    end = noon + dt.timedelta(seconds=12)
    fixed = dataclasses.replace(
        audit,
        id="vi-du",
        started_at=noon,
        finished_at=end,
        crawl=dataclasses.replace(audit.crawl, **_SAME),
        vantage={"ipv6_route": False, "browser": None, "resolver": "system"},
        facts={name: value for name, value in audit.facts.items() if name.startswith(_FACTS)},
        findings=tuple(
            dataclasses.replace(f, evidence=tuple(p if not p.observed_at else _at(p, end) for p in f.evidence))
            for f in audit.findings
        ),
    )
    text = audit_json.dumps(fixed).decode()
    named = urlsplit(site.url_hint).hostname or site.url_hint.strip("/")
    text = text.replace(urlsplit(base).netloc, named).replace(f"http://{named}", f"https://{named}")
    told = audit_json.loads(text.encode())
    fails = scored_fails(told)
    return dataclasses.replace(told, against=compare(told, frozenset((*fails[2:], "ND43-10.1.l"))))


def files() -> dict[str, bytes]:
    """The examples by file name."""
    from reports import badge
    from reports.registry import render

    audit = example()
    made = dict(render(audit, name, "vi") for name in FORMATS)
    return made | {"badge.svg": badge.render(audit, "vi"), "feed.xml": _feed(audit)}


def _feed(audit: Audit) -> bytes:
    """The feed of two audits: this one, and one of three months before in which two duties stood otherwise."""
    turned = {"ND43-10.1.b": (Verdict.FAIL, 0.0), "ND43-10.1.l": (Verdict.PASS, 1.0)}
    findings = tuple(
        f
        if f.rule not in turned
        else dataclasses.replace(
            f, verdict=(now := turned[f.rule])[0], ratio=now[1], points=now[1] * (f.max_points or 0)
        )
        for f in audit.findings
    )
    past = dt.timedelta(days=92)
    before = dataclasses.replace(
        audit,
        id="vi-du-truoc",
        started_at=audit.started_at - past,
        finished_at=audit.finished_at and audit.finished_at - past,
        today=audit.today - past,
        findings=findings,
        score=score(findings, audit.portal.kind),
    )
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/vi-du.db") as store:
        for one in (before, audit):
            store.save(one)
        return feed(store, audit.portal.url, "vi")


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (TARGET / name).write_bytes(data)
        print(TARGET / name)
