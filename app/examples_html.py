"""Golden examples of the HTML report, the badge and the feed, beside those of ``app.examples``."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile

from app.feed import feed
from app.keep import open_store
from checks.scoring import score
from core.audit import Audit
from core.finding import Verdict

#: Facts that are the same on every machine.
_FACTS = ("links.", "pages.home.status", "search.", "security.", "updates.")
_VANTAGE = {"ipv6_route": False, "browser": None, "resolver": "system"}


def files(audit: Audit) -> dict[str, bytes]:
    """The examples by file name, without what this machine measured."""
    from reports import badge, html_report

    told = dataclasses.replace(
        audit,
        crawl=dataclasses.replace(audit.crawl, bytes=124_000, longest_burst_per_second=2),
        vantage=_VANTAGE,
        facts={name: value for name, value in audit.facts.items() if name.startswith(_FACTS)},
    )
    return {
        "report.html": html_report.render(told, "vi"),
        "badge.svg": badge.render(told, "vi"),
        "feed.xml": _feed(told),
    }


def _feed(audit: Audit) -> bytes:
    """The feed of two audits: this one, and one of three months before in which two duties stood otherwise."""
    turned = {"ND43-10.1.b": (Verdict.FAIL, 0.0), "ND43-10.1.l": (Verdict.PASS, 1.0)}
    findings = []
    for finding in audit.findings:
        if finding.rule in turned:
            verdict, ratio = turned[finding.rule]
            points = ratio * (finding.max_points or 0)
            finding = dataclasses.replace(finding, verdict=verdict, ratio=ratio, points=points)
        findings.append(finding)
    past = dt.timedelta(days=92)
    before = dataclasses.replace(
        audit,
        id="vi-du-truoc",
        started_at=audit.started_at - past,
        finished_at=audit.finished_at and audit.finished_at - past,
        today=audit.today - past,
        findings=tuple(findings),
        score=score(findings, audit.portal.kind),
    )
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/vi-du.db") as store:
        for one in (before, audit):
            store.save(one)
        return feed(store, audit.portal.url, "vi")
