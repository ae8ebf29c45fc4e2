"""The scene: thirty portals of the labelled corpus in two rounds, judged once for all databases and for the sheet."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.audit import tool
from app.judge import judge
from bench.accuracy import recording
from bench.accuracy.cases import catalogue
from bench.accuracy.corpus import TODAY, Example, examples
from bench.accuracy.visit import visit
from checks import runner
from core.audit import Audit, CrawlSummary
from core.comparison import section
from core.evidence import Evidence
from core.page import Page
from tests.scene.changes import a_while_later, kept_up, unanswered, without

HERE = Path(__file__).resolve().parent
BODIES, FIGURES = HERE / "bodies.csv", HERE / "figures.csv"
FIRST, SECOND = "dot-1", "dot-2"
#: Days between the rounds.
BETWEEN = 91
DAYS = {FIRST: TODAY, SECOND: TODAY + dt.timedelta(BETWEEN)}
#: Bodies that stand in one round only; all others of bodies.csv in both. Two are merged into one, one is new.
ONLY = {"xa-khanh-dong": FIRST, "xa-long-quang": FIRST, "xa-khanh-long": SECOND, "xa-ban-moi": SECOND}
#: The recorded portal of a body that is not called like it.
PORTALS = {"xa-khanh-long": "xa-w3"}
#: Audited on the network in the first round, with their archives.
LIVE = ("bo-w2", "tinh-w1", "so-nnmt-sp", "so-w1", "huyen-w2", "xa-tan-my")
#: What changed: the section that serves a duty is put up after the first round, taken away, or gives no answer.
PUT_UP = {"bo-la": "ND43-10.1.dd", "so-cong-thuong": "ND43-10.1.c.1", "tinh-khaithac": "ND43-12"}
TAKEN_AWAY = {
    "bo-giao-thong": "ND43-10.1.c.4", "bo-w2": "ND43-10.1.dd", "cuc-w4": "ND43-10.1.dd", "huyen-w2": "ND43-10.1.c.3",
    "so-w1": "ND43-10.1.e.2", "tinh-w1": "ND43-10.1.dd", "xa-tan-my": "ND43-10.1.c.1",
}  # fmt: skip
UNANSWERED = {
    "bo-w4": "ND43-10.1.dd", "huyen-wp-la": "ND43-10.1.b", "so-nnmt-asp": "ND43-10.1.c.1", "tinh-w3": "ND43-10.1.g",
    "xa-thucong-la": "ND43-10.1.b",
}  # fmt: skip
#: Portals on which nothing was put up between the rounds.
SILENT = frozenset({"huyen-ba-khe", "so-dnn-la", "so-nukeviet-la", "tinh-chu-hoa", "tinh-ha-thanh", "xa-thucong-la"})


@dataclass(frozen=True)
class Judged:
    """One body's audit in a round, the pages it read, and where a live audit is archived."""

    body: str
    audit: Audit
    pages: tuple[Page, ...]
    archive: str | None = None


#: Audits by round and body.
Scene = Mapping[str, Mapping[str, Judged]]


def play(archive: Path) -> Scene:
    """Both rounds judged; ``archive`` is the folder for the live audits' answers."""
    known = {example.name: example for example in examples("tune")}
    scene: dict[str, dict[str, Judged]] = {FIRST: {}, SECOND: {}}
    for body in bodies():
        example = known[PORTALS.get(body, body)]
        evidence = recording.read(example.recorded).evidence
        if ONLY.get(body) != SECOND:
            live = body in LIVE
            scene[FIRST][body] = _visited(body, example, archive) if live else _first(body, evidence)
        if ONLY.get(body) != FIRST:
            scene[SECOND][body] = _second(body, evidence)
    return scene


def bodies() -> tuple[str, ...]:
    """Ids of the bodies that have a portal, as bodies.csv lists them."""
    with BODIES.open(encoding="utf-8", newline="") as lines:
        return tuple(row["Mã"] for row in csv.DictReader(lines))


def audit_id(round_: str, body: str) -> str:
    return f"{round_}-{body}"


def _visited(body: str, example: Example, archive: Path) -> Judged:
    done = visit(example.site, archive=str(archive))
    assert done.archive and not done.problems
    return Judged(body, done.audit, done.evidence.pages, done.archive)


def _first(body: str, evidence: Evidence) -> Judged:
    if rule := PUT_UP.get(body):
        evidence = without(evidence, _address(evidence, rule))
    return _judged(FIRST, body, evidence)


def _second(body: str, evidence: Evidence) -> Judged:
    if rule := TAKEN_AWAY.get(body):
        evidence = without(evidence, _address(evidence, rule))
    if rule := UNANSWERED.get(body):
        evidence = unanswered(evidence, _address(evidence, rule))
    return _judged(SECOND, body, (a_while_later if body in SILENT else kept_up)(evidence, BETWEEN))


def _address(evidence: Evidence, rule: str) -> str:
    """Where the portal has its section for a duty."""
    alone = replace(catalogue(), rules=tuple(r for r in catalogue().rules if r.id == rule))
    return section(next(iter(runner.run(alone, evidence))))


def _judged(round_: str, body: str, evidence: Evidence) -> Judged:
    at = dt.datetime.combine(DAYS[round_], dt.time(3), dt.UTC)
    audit = judge(
        evidence,
        catalogue(),
        CrawlSummary(pages=len(evidence.pages), stopped_because=evidence.stopped_because),
        tool=tool(),
        started_at=at,
        finished_at=at,
        vantage={"ipv6_route": None, "browser": None, "dnssec": None},
        audit_id=audit_id(round_, body),
    )
    assert not audit.crashed
    return Judged(body, replace(audit, complete=True), evidence.pages)
