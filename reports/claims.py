"""What a body claimed of itself beside what the audit found, for every report alike."""

from __future__ import annotations

from core.audit import Audit
from core.declared import Agreement, Declared
from core.finding import Text
from reports import words


def told(audit: Audit) -> tuple[Declared, ...]:
    """Those a report shows one by one: what disagrees, the largest gaps first, and what could not be compared."""
    return tuple(item for item in audit.declared if item.agreement is not Agreement.AGREES)


def lead(audit: Audit) -> Text:
    """How many of the claims agree, for which period. Only for an audit that has claims."""
    found = [item.agreement for item in audit.declared]
    named: dict[str, int] = {kind: found.count(kind) for kind in (Agreement.OVER, Agreement.UNDER, Agreement.AGREES)}
    claim = audit.declared[0].claim
    period = words.say("declared.period", begins=words.day(claim.begins), ends=words.day(claim.ends))
    counts = {"all": len(found), **named, "others": len(found) - sum(named.values())}
    return words.say("declared.lead", period=period, **{str(name): str(count) for name, count in counts.items()})


def claimed(item: Declared) -> Text:
    """3/3"""
    points, most = words.points(item.claim.points), words.points(item.claim.max_points)
    return Text(f"{points.vi}/{most.vi}", f"{points.en}/{most.en}")


def gap(item: Declared) -> Text:
    """Points claimed too many (+) or too few (−); a dash where nothing can be compared."""
    if not item.disagrees:
        return Text("–", "–")
    shown, sign = words.points(abs(item.gap)), "+" if item.gap > 0 else "−"
    return Text(sign + shown.vi, sign + shown.en)


def duty(item: Declared) -> Text:
    """The duty as the audit names it, else the id of the claim."""
    return item.finding.title if item.finding else Text(item.claim.rule, item.claim.rule)


def found(item: Declared) -> Text:
    """What the audit found, in its own words."""
    return item.finding.message if item.finding else words.say("declared.absent")
