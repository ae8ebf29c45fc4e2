"""Judging: catalogue times evidence makes findings. The same evidence gives the same findings."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Iterator

from checks.answers import could_not_look
from checks.catalogue import build
from checks.content import own_items
from checks.doubts import doubts
from checks.gate import claimed_unseen, lost_behind, not_looked
from checks.kind import Kind
from checks.match import STRONG
from checks.say import day, say
from checks.sections import search
from core.evidence import Evidence
from core.finding import Answer, Citation, Confidence, Finding, Text, Verdict, not_applicable, unknown
from core.hosts import host_of
from core.rule import Catalogue, Rule

log = logging.getLogger("decree43.checks")

#: Entries from which a page is a list.
_LIST = 3


def run(
    catalogue: Catalogue, evidence: Evidence, on_crash: Callable[[Rule, Exception], None] | None = None
) -> Iterator[Finding]:
    """Every rule of the catalogue, judged in its order.

    A check that crashes makes its duty unknown with the cause ``crashed``; ``on_crash`` is told.
    """
    for rule in catalogue.rules:
        if evidence.portal.kind not in rule.applies_to:
            answer = not_applicable(say("not_for_this_body"))
        elif not _holds(catalogue, rule, evidence):
            answer = not_applicable(say("not_in_force", day=day(catalogue.judged_as_of(evidence.today))))
        else:
            check = build(rule, catalogue.path)
            answer = _doubted(check, _judge(rule, check, evidence, on_crash), evidence)
        yield _finding(catalogue, rule, answer, evidence)


def _holds(catalogue: Catalogue, rule: Rule, evidence: Evidence) -> bool:
    return catalogue.holds(rule, evidence.portal.kind, evidence.today)


def _doubted(check: Kind, answer: Answer, evidence: Evidence) -> Answer:
    """The answer with what makes its section doubtful, whatever its kind looked at."""
    wording = check.wording()
    if answer.verdict not in (Verdict.PASS, Verdict.PARTIAL) or wording is None or not wording.section:
        return answer
    found = search(evidence, check.rule)
    if found.best is None:
        return answer
    flags = dict.fromkeys((*answer.flags, *doubts(evidence, found, None, dated=False)))
    return dataclasses.replace(answer, flags=tuple(flags))


def open_duties(catalogue: Catalogue, evidence: Evidence) -> frozenset[str]:
    """Duties whose verdict reading on could still change: those that apply and do not pass yet, or pass on a list
    of which no entry was opened.

    Advisories (weight 0) do not keep a crawl going but for that.
    """
    kind = evidence.portal.kind
    return frozenset(
        rule.id
        for rule in catalogue.rules
        if _holds(catalogue, rule, evidence)
        and _crawlable(rule)
        and (
            (
                rule.weight_for(kind) > 0
                and _judge(rule, build(rule, catalogue.path), evidence, None).verdict is not Verdict.PASS
            )
            or _unopened(rule, evidence)
        )
    )


def _unopened(rule: Rule, evidence: Evidence) -> bool:
    """Whether too little is known of what stands behind the entries of the duty's section."""
    best = search(evidence, rule.id).best
    if best is None or best.page is None or best.is_file:
        return False
    host = host_of(best.page.url)
    behind = [i.url for i in own_items(best.page, evidence) if i.url and host_of(i.url) == host]
    opened = sum(evidence.page(u) is not None or evidence.fetch(u) is not None for u in behind)
    if build(rule).samples:
        return opened < min(len(behind), evidence.plan.budget.items_per_section)
    return len(behind) >= _LIST and not opened


def known_by_content(catalogue: Catalogue, evidence: Evidence) -> dict[str, frozenset[str]]:
    """Sections that no label led to, by address: the crawl could not know that their entries matter."""
    found: dict[str, set[str]] = {}
    for rule in catalogue.rules:
        if _holds(catalogue, rule, evidence) and _crawlable(rule):
            for hit in search(evidence, rule.id).accepted:
                if hit.page is not None and hit.score < STRONG and hit.content.plain:
                    found.setdefault(hit.page.url, set()).add(rule.id)
    return {url: frozenset(rules) for url, rules in found.items()}


def _crawlable(rule: Rule) -> bool:
    wording = build(rule).wording()
    return wording is not None and wording.section


def _judge(rule: Rule, check: Kind, evidence: Evidence, on_crash: Callable[[Rule, Exception], None] | None) -> Answer:
    if evidence.home is None:
        return could_not_look(not_looked(evidence, rule.id) or "unreachable")
    if check.of_a_server and evidence.fact("portal.static_folder"):
        return could_not_look("static_folder")
    try:
        answer = check.judge(evidence)
        cause = _may_be_unseen(rule, check, evidence, answer.verdict)
        return could_not_look(cause, search(evidence, rule.id)) if cause else answer
    except Exception as error:  # one broken check must not take the audit with it; exit status 4 tells
        log.exception("the check of %s crashed", rule.id)
        if on_crash is not None:
            on_crash(rule, error)
        return unknown(say("cannot_tell", why=say("cause_crashed")), "crashed", confidence=Confidence.LOW)


def _may_be_unseen(rule: Rule, check: Kind, evidence: Evidence, verdict: Verdict) -> str | None:
    """Why the answer may be another where all is seen, whatever its kind looked at; None where all that counts was."""
    wording = check.wording()
    if wording is None or not wording.section:
        return None
    if verdict in (Verdict.PASS, Verdict.PARTIAL):
        return claimed_unseen(evidence, rule.id)
    if verdict is not Verdict.FAIL:
        return None
    return not_looked(evidence, rule.id, search(evidence, rule.id)) or lost_behind(evidence, rule.id)


def _fix(rule: Rule, answer: Answer) -> Text:
    """What to do: the answer's own advice, and where that does not say all that is missing, the rule's too."""
    if answer.fix is None:
        return rule.fix
    if answer.verdict is not Verdict.PARTIAL or answer.fix_is_all or not rule.fix.vi:
        return answer.fix
    return Text(f"{answer.fix.vi} {rule.fix.vi}", f"{answer.fix.en} {rule.fix.en}")


def _finding(catalogue: Catalogue, rule: Rule, answer: Answer, evidence: Evidence) -> Finding:
    applies = answer.verdict is not Verdict.NOT_APPLICABLE
    weight = rule.weight_for(evidence.portal.kind)
    judged = answer.ratio is not None and applies
    own_will = evidence.portal.kind in catalogue.voluntary
    basis = "voluntary" if rule.basis == "law" and own_will else rule.basis
    citations = (Citation(c.text, c.clause, c.confirmed) for c in catalogue.citations(rule, evidence.today))
    return Finding(
        rule=rule.id,
        group=rule.group,
        title=rule.title,
        verdict=answer.verdict,
        cause=answer.cause,
        basis=basis,
        confidence=answer.confidence,
        flags=answer.flags,
        ratio=answer.ratio,
        points=(answer.ratio or 0.0) * weight if judged else None,
        max_points=weight if applies else None,
        message=answer.message,
        fix=_fix(rule, answer),
        citations=tuple(citations),
        evidence=answer.proofs,
        newest_date=answer.newest_date,
        candidates=answer.candidates,
        note=rule.note,
    )
