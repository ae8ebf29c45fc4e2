"""Two audits against each other: what the portal changed, and what only looks changed.

A duty is better or worse only where both audits judged it, under the same rules, from a place that could see the
same. What could not be judged in one of them is never better or worse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.audit import Audit
from core.finding import Finding, Text, Verdict

#: A vantage entry on which every duty depends.
ANY = "any"


class Why(StrEnum):
    """Why a duty stands differently."""

    BETTER = "better"
    WORSE = "worse"
    #: Other rules judged it; whether the portal changed too cannot be told without judging the old evidence anew.
    RULES = "rules"
    #: The place the audit looked from differs in something the duty depends on.
    VANTAGE = "vantage"
    #: One of the two could not judge it.
    NOT_JUDGED = "not_judged"
    #: One of the two left it out, as it was asked to (``--only``, ``--skip``).
    LEFT_OUT = "left_out"
    #: It applies in one of the two only, under the same rules.
    SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class Difference:
    """One duty that stands differently. ``points`` is what that makes in points reached, what is not judged as none."""

    rule: str
    title: Text
    why: Why
    before: Finding | None
    after: Finding | None
    points: Decimal
    #: For VANTAGE the names of what differs; for BETTER and WORSE ("rules",) where the rules changed it too.
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A duty's section that stands at another address."""

    rule: str
    title: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs from ``before`` to ``after``."""

    before: Audit
    after: Audit
    same_rules: bool
    #: What differs in the vantage, with both values.
    vantage: Mapping[str, tuple[Any, Any]]
    differences: tuple[Difference, ...]
    moved: tuple[Moved, ...]
    #: Duties judged alike, and duties that neither could judge.
    alike: int
    unseen: int

    def of(self, why: Why) -> tuple[Difference, ...]:
        """The differences of one kind, most points first."""
        found = [d for d in self.differences if d.why is why]
        return tuple(sorted(found, key=lambda d: (-abs(d.points), d.rule)))

    def points(self, why: Why) -> Decimal:
        """What all differences of one kind make in points reached."""
        return sum((d.points for d in self.differences if d.why is why), Decimal(0))


def compare(
    before: Audit, after: Audit, depends: Mapping[str, frozenset[str]], rejudged: Audit | None = None
) -> Comparison:
    """The second audit against the first.

    ``depends``: rules by the name of the vantage entry they depend on, or ``ANY``. ``rejudged``: the first audit's
    evidence judged by the second's rules; with it a change of the rules is told from a change of the portal.
    """
    same = before.ruleset.sha256 == after.ruleset.sha256
    vantage = _vantage(before.vantage, after.vantage, depends)
    olds, news = ({f.rule: f for f in audit.findings} for audit in (before, after))
    between = {f.rule: f for f in rejudged.findings} if rejudged is not None else {}
    differences, alike, unseen = [], 0, 0
    left_out = {*before.skipped, *after.skipped}
    for rule in [*olds, *(r for r in news if r not in olds)]:
        old, new = olds.get(rule), news.get(rule)
        told: tuple[Why, tuple[str, ...]] | None = (Why.LEFT_OUT, ())
        if (old and new) or rule not in left_out:
            told = _why(old, new, same, between.get(rule), tuple(n for n in vantage if depends[n] & {rule, ANY}))
        if told is None:
            both = old is not None and new is not None and old.verdict is new.verdict is Verdict.UNKNOWN
            unseen, alike = unseen + both, alike + (not both)
            continue
        shown = new or old
        assert shown is not None  # the rule came from one of the two
        differences.append(Difference(rule, shown.title, told[0], old, new, _points(new) - _points(old), told[1]))
    moved = [
        Moved(rule, new.title, was, now)
        for rule, new in news.items()
        if rule in olds and (was := section(olds[rule])) and (now := section(new)) and _bare(was) != _bare(now)
    ]
    return Comparison(before, after, same, vantage, tuple(differences), tuple(moved), alike, unseen)


def _why(
    old: Finding | None, new: Finding | None, same: bool, between: Finding | None, vantage: tuple[str, ...]
) -> tuple[Why, tuple[str, ...]] | None:
    """Why a duty stands differently, and because of what; None where it stands alike."""
    if old is None or new is None:
        return Why.RULES, ()
    if old.verdict is new.verdict and old.ratio == new.ratio:
        return None if old.max_points == new.max_points else (Why.RULES, ())
    verdicts = (old.verdict, new.verdict)
    if Verdict.NOT_APPLICABLE in verdicts and not same:
        return Why.RULES, ()
    if Verdict.UNKNOWN in verdicts:
        return (Why.VANTAGE, vantage) if vantage else (Why.NOT_JUDGED, ())
    if Verdict.NOT_APPLICABLE in verdicts:
        return Why.SCOPE, ()
    by_rules: tuple[str, ...] = ()
    start = old
    if not same:
        if between is None or between.ratio is None or between.ratio == new.ratio:
            return Why.RULES, ()
        if between.ratio != old.ratio:
            by_rules = ("rules",)
        start = between
    if vantage:
        return Why.VANTAGE, vantage
    return (Why.BETTER if (new.ratio or 0.0) > (start.ratio or 0.0) else Why.WORSE), by_rules


def _vantage(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, object]
) -> dict[str, tuple[Any, Any]]:
    """What differs, of what duties depend on. Of browsers only whether there was one: versions see the same."""
    found = {}
    for name in names:
        was, now = before.get(name), after.get(name)
        if (bool(was) != bool(now)) if name == "browser" else (was != now):
            found[name] = (was, now)
    return found


def section(finding: Finding) -> str:
    """The address of the section that serves a duty; "" where there is none."""
    return next((p.url for p in finding.evidence if p.kind == "page" and p.url), "")


def _bare(url: str) -> str:
    """An address without what does not move a page: the scheme, "www." and a closing slash."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _points(finding: Finding | None) -> Decimal:
    return Decimal(repr(finding.points or 0.0)) if finding is not None else Decimal(0)
