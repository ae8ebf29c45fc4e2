"""``plan``: which duties to mend first, and what rank each step would bring."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.body_names import PortalNames
from app.catalogues import open_catalogue
from app.ranking_data import data, group_of, text
from app.ranking_words import number
from app.say import say
from core.audit import Audit
from core.errors import CatalogueError, UsageError
from core.finding import Finding, Text, Verdict
from core.planning import Index, Step, steps, unseen
from core.ranking import Bounds, exact, rank_range
from core.rounds import Round
from core.rule import Catalogue, Effort
from storage import rounds as kept
from storage.find_body import BodyFinder


@dataclass(frozen=True, slots=True)
class Standing:
    """A place among the other bodies of a round: rank by value, and the ranks that are possible."""

    rank: int | None
    best: int
    worst: int
    of: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps from where an audit stands; standings are there when a round was given, one more than steps."""

    audit: Audit
    start: Index
    steps: tuple[Step, ...]
    unseen: tuple[Finding, ...]
    round: Round | None = None
    standings: tuple[Standing, ...] = ()
    notes: tuple[Text, ...] = ()
    #: What the register calls the body, else the portal's own name.
    name: str = ""

    def standing(self, after: int) -> Standing | None:
        """The standing after so many steps; None without a round."""
        return self.standings[after] if self.standings else None


def plan(store: Any, audit_id: str, round_id: str | None = None, rules: str | None = None) -> Plan:
    """The plan of a kept audit; ``rules`` is the catalogue that says what each duty takes, else the audit's own.

    Raises AuditNotFound, RoundNotFound, CatalogueError, and UsageError for a body not in the round.
    """
    audit: Audit = store.load(audit_id)
    catalogue = _catalogue(audit, rules)
    score = audit.score
    start = Index(exact(score.value), exact(score.low), exact(score.high))
    found = steps(audit.findings, lambda finding: effort_of(finding, catalogue))
    rest = unseen(audit.findings)
    notes = [say("plan_own", rules=rules) if rules else say("plan_default")]
    name = PortalNames(store).of_kept(audit.id)
    if round_id is None:
        return Plan(audit, start, found, rest, notes=tuple(notes), name=name)
    round_ = kept.load(store, round_id)
    others, other_audit = _others(store, audit, round_)
    if other_audit not in (None, audit.id):
        notes.append(say("plan_other_audit", other=other_audit, audit=audit.id))
    notes.append(say("plan_others"))
    standings = tuple(_standing(i, others) for i in (start, *(s.index for s in found)))
    return Plan(audit, start, found, rest, round_, standings, tuple(notes), name)


def _catalogue(audit: Audit, rules: str | None) -> Catalogue:
    """The one named, else the audit's where it comes with the program, else the default one."""
    if rules:
        return open_catalogue(rules, audit.today)
    try:
        return open_catalogue(audit.ruleset.id)
    except CatalogueError:
        return open_catalogue(None)


def effort_of(finding: Finding, catalogue: Catalogue) -> Effort:
    """What it takes to meet a duty by the catalogue; less where part of it is there."""
    defaults = data("efforts")
    rule = catalogue.rule(finding.rule)
    otherwise = Effort(defaults["otherwise"]["kind"], Decimal(str(defaults["otherwise"]["days"])))
    effort = rule.effort if rule and rule.effort else otherwise
    if finding.verdict is Verdict.PARTIAL:
        return Effort(effort.kind, effort.days * Decimal(str(defaults["partly"])))
    return effort


def effort_title(kind: str) -> Text:
    """What a kind of work is called."""
    return text(data("efforts")["kinds"][kind])


def recheck(finding: Finding) -> Text:
    """How to look again at a duty that could not be judged, by its cause."""
    ways = data("efforts")["recheck"]
    return text(ways.get(finding.cause or "otherwise", ways["otherwise"]))


def _others(store: Any, audit: Audit, round_: Round) -> tuple[Bounds, str | None]:
    """The other bodies of the audit's group and profile in a round, and the audit its own body stands there by."""
    entries = [e for e in kept.entries(store, round_.id, "portal") if e.profile == audit.score.profile]
    who = kept.who(store, round_)
    own = next((e for e in entries if e.audit == audit.id), None)
    if own is None:
        row = next(iter(kept.judged(store, [audit.id])))
        body = BodyFinder(store).owner(row)
        own = next((e for e in entries if e.body == body), None)
    if own is None:
        raise UsageError(
            f"cơ quan của lần kiểm tra {audit.id} không có trong đợt / its body does not stand in the round",
            where=round_.id,
            hint=f"bộ điểm / profile {audit.score.profile}; xem / see `decree43 rank {round_.id}`",
        )
    group = group_of(who[own.body].kind)
    rest = [e for e in entries if e is not own and group_of(who[e.body].kind) == group]
    return Bounds((exact(e.value), exact(e.low), exact(e.high)) for e in rest), own.audit


def _standing(at: Index, others: Bounds) -> Standing:
    best, worst = rank_range(at.low, at.high, others)
    return Standing(others.rank(at.value), best, worst, others.count + 1)


def outcome(found: Plan, after: int) -> Text:
    """What the first steps bring, as a sentence: "sửa 5 mục → từ hạng 55 lên khoảng 26–31"."""
    if not after:
        return say("plan_nothing")
    last = found.steps[after - 1]
    parts = {"n": after, "days": _days(last.days), "points": _points(last.gained)}
    before, now = found.standing(0), found.standing(after)
    if before is None or now is None:
        start = number(found.start.value) if found.start.value is not None else Text("–", "–")
        value = number(last.index.value) if last.index.value is not None else Text("–", "–")
        return say("plan_value", before=start, now=value, **parts)
    was = say("plan_rank", rank=before.rank) if before.rank is not None else say("plan_unranked")
    sure = now.best == now.worst
    where = say("plan_rank", rank=now.best) if sure else say("plan_between", best=now.best, worst=now.worst)
    if sure and now.best == before.rank:
        return say("plan_stays", now=where, of=now.of, **parts)
    if before.rank is not None and now.worst >= before.rank:
        return say("plan_to", before=was, now=where, of=now.of, **parts)
    return say("plan_up", before=was, now=where, of=now.of, **parts)


def _days(days: Decimal) -> Text:
    plain = f"{days.normalize():f}"
    return Text(plain.replace(".", ","), plain)


def _points(points: Decimal) -> Text:
    return _days(points)
