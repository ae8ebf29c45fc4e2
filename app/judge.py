"""Evidence to audit: every duty judged, scored, and the words for the head of the report."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Mapping
from typing import Any

from app.say import say
from checks import runner, scoring, volume
from core.audit import Audit, CrawlSummary, RulesetInfo
from core.bodies import NAMES, BodyKind
from core.days import show_day
from core.evidence import Evidence
from core.finding import Text
from core.rule import Catalogue, Rule
from core.updates import PREFIX

log = logging.getLogger(__name__)


def judge(
    evidence: Evidence,
    catalogue: Catalogue,
    crawl: CrawlSummary,
    *,
    tool: str,
    started_at: dt.datetime,
    finished_at: dt.datetime,
    vantage: Mapping[str, Any],
    notes: tuple[Text, ...] = (),
    audit_id: str = "",
    skipped: tuple[str, ...] = (),
) -> Audit:
    """The audit of one portal. Judging the same evidence again gives the same findings and score.

    Rules in ``skipped`` take no part in it.
    """
    crashed: list[str] = []

    def on_crash(rule: Rule, error: Exception) -> None:
        crashed.append(rule.id)

    # Judged beside all the others, so that leaving some out changes no verdict of the rest.
    findings = tuple(f for f in runner.run(catalogue, evidence, on_crash) if f.rule not in skipped)
    facts = _facts(evidence, crashed)
    complete = evidence.stopped_because not in ("interrupted", "unreachable")
    head = RulesetInfo(catalogue.id, catalogue.title, catalogue.valid_from, catalogue.valid_to, catalogue.sha256)
    return Audit(
        id=audit_id or uuid.uuid4().hex[:12],
        tool=tool,
        portal=evidence.portal,
        ruleset=head,
        started_at=started_at,
        finished_at=finished_at,
        today=evidence.today,
        complete=complete,
        score=scoring.score(findings, evidence.portal.kind),
        findings=findings,
        facts=facts,
        crawl=crawl,
        vantage=vantage,
        notes=(*validity_notes(catalogue, evidence.today), *voluntary_note(catalogue, evidence.portal.kind), *notes),
        crashed=tuple(rule for rule in crashed if rule not in skipped),
        skipped=skipped,
    )


def _facts(evidence: Evidence, crashed: list[str]) -> dict[str, Any]:
    """What was measured, and how much the portal puts up: counted anew when old evidence is judged again."""
    measured = {name: value for name, value in evidence.facts.items() if not name.startswith(PREFIX)}
    try:
        return measured | volume.facts(evidence)
    except Exception:  # a count must not take the audit with it; exit status 4 tells
        log.exception("counting the updates crashed")
        crashed.append("updates")
        return measured


def validity_notes(catalogue: Catalogue, today: dt.date) -> tuple[Text, ...]:
    """A note when the day of the audit lies outside the catalogue's validity: which law is in force then."""
    begins, ends = catalogue.valid_from, catalogue.valid_to
    if (begins is None or begins <= today) and (ends is None or today <= ends):
        return ()
    now = next(
        (v for v in catalogue.timeline if v.valid_from <= today and (v.valid_to is None or today <= v.valid_to)),
        None,
    )
    day = show_day(today)
    vi = f"Ngày kiểm tra {day.vi} nằm ngoài thời gian hiệu lực của bộ tiêu chí này"
    en = f"The day of the audit, {day.en}, lies outside the validity of this catalogue"
    if begins and ends:
        first, last = show_day(begins), show_day(ends)
        vi += f" ({first.vi} – {last.vi})"
        en += f" ({first.en} – {last.en})"
    if now is not None:
        vi += f"; văn bản đang có hiệu lực là {now.title.vi}"
        en += f"; the text in force is {now.title.en}"
    vi += ". Kết quả là kiểm tra tự nguyện hoặc đối chiếu lịch sử, không phải kết luận về vi phạm."
    en += ". This is a voluntary or historical check and no finding of a breach."
    return (Text(vi, en),)


def voluntary_note(catalogue: Catalogue, kind: BodyKind) -> tuple[Text, ...]:
    """A note for bodies that the law of the catalogue does not bind."""
    if kind not in catalogue.voluntary:
        return ()
    called = Text(*NAMES[kind])
    own = catalogue.voluntary_note
    if own.vi:
        return (Text(own.vi.replace("{kind}", called.vi), own.en.replace("{kind}", called.en)),)
    return (say("voluntary", kind=called),)


def kind_note(host: str, kind: BodyKind, provinces: frozenset[str]) -> Text | None:
    """A loud hint when host and kind of body disagree, as ``sokhcn.laocai.gov.vn`` for a province."""
    if not host.endswith(".gov.vn"):
        return None
    labels = host.removesuffix(".gov.vn").removeprefix("www.").split(".")
    under_province = len(labels) >= 2 and labels[-1] in provinces
    is_province = len(labels) == 1 and labels[0] in provinces
    wrong = (
        (kind is BodyKind.PROVINCE and not is_province)
        or (kind in (BodyKind.MINISTRY, BodyKind.GOVERNMENT_AGENCY) and (is_province or len(labels) > 1))
        or (kind in (BodyKind.DEPARTMENT, BodyKind.DISTRICT, BodyKind.COMMUNE) and is_province)
    )
    if not wrong:
        return None
    likely = "department, district, commune" if under_province else "province" if is_province else "ministry"
    vi, en = NAMES[kind]
    return Text(
        f"Tên miền {host} không giống của loại cơ quan “{vi}”. Nếu sai, hãy chạy lại với --kind ({likely}).",
        f"The host {host} does not look like that of a {en.lower()}. "
        f"If the kind is wrong, run again with --kind ({likely}).",
    )
