"""Declared against observed: each claim of a body beside the finding of an audit, disagreements first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

from checks.say import say
from core.declared import Agreement, Declared
from core.figures import Claim
from core.finding import Finding, Text, Verdict
from core.numbers import exact, half_up, show_number

_ORDER = tuple(Agreement)
#: Below this share of the claim's maximum the two are the same: half a point of a hundred.
_SAME = Fraction(1, 200)


def compare(
    claims: Iterable[Claim], findings: Iterable[Finding], renamed: Mapping[str, str] = MappingProxyType({})
) -> tuple[Declared, ...]:
    """Every claim compared, the largest gaps first; what could not be judged is never a disagreement.

    ``renamed`` gives the id a claim's duty has in the audit, where a later law gave it another one.
    """
    by_rule = {finding.rule: finding for finding in findings}
    found = [_declared(claim, by_rule.get(renamed.get(claim.rule, claim.rule))) for claim in claims]
    return tuple(sorted(found, key=lambda d: (_ORDER.index(d.agreement), -abs(d.gap), d.claim.rule)))


def _declared(claim: Claim, finding: Finding | None) -> Declared:
    agreement, gap = _agreement(claim, finding)
    shown = Text(*(f"{getattr(show_number(claim.points), lang)}/{getattr(show_number(claim.max_points), lang)}"
                   for lang in ("vi", "en")))  # fmt: skip
    seen = _seen(finding) if finding is not None else Text("", "")
    text = say(f"declared_{agreement}", claim=shown, seen=seen, rule=claim.rule)
    return Declared(claim, finding, agreement, text, float(half_up(gap, Fraction(1, 100))))


def _agreement(claim: Claim, finding: Finding | None) -> tuple[Agreement, Fraction]:
    if finding is None:
        return Agreement.ABSENT, Fraction(0)
    if finding.verdict is Verdict.NOT_APPLICABLE:
        return Agreement.NOT_APPLICABLE, Fraction(0)
    if finding.verdict is Verdict.UNKNOWN or finding.ratio is None:
        return Agreement.UNKNOWN, Fraction(0)
    gap = exact(claim.points) / exact(claim.max_points) - exact(finding.ratio)
    if abs(gap) < _SAME:
        return Agreement.AGREES, Fraction(0)
    return (Agreement.OVER if gap > 0 else Agreement.UNDER), gap * exact(claim.max_points)


def _seen(finding: Finding) -> Text:
    """The finding's own words, without the full stop and begun in small letters, as a part of a sentence."""
    return Text(_clause(finding.message.vi), _clause(finding.message.en))


def _clause(sentence: str) -> str:
    text = sentence.strip().rstrip(".")
    # An abbreviation at the head ("VBQPPL …") keeps its capitals.
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
