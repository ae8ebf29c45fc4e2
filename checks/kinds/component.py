"""A component portal under its parent: its place, the parent's link to it, and a frame in common."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from checks.answers import could_not_look
from checks.front import foot_text, front, head_text
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import home_cause, percent
from checks.unseen_parts import judge_parts
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, partial
from core.hosts import host_of, is_address
from core.parent import parent_host
from core.text import fold


class Component(Kind):
    """The portal is a component of the parent's (khoản 1 Điều 11 NĐ 224/2026): under its host, and linked from it.

    The parent's host is the portal's without its first label, where a name under .gov.vn is left; a portal on a
    path of the parent's own host is under it too. The link is the fact ``parent.links_here``.
    Passes with both, is partial without the link, fails under no parent. Unknown when a home page was not read, the
    parent's where that could change the verdict, or the portal was visited by number.
    """

    key: ClassVar[str] = "component"

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        if cause:
            return could_not_look(cause)
        host = host_of(evidence.portal.url)
        if is_address(host) or "." not in host:
            return could_not_look("address_is_number")
        parent = parent_host(evidence.portal.url)
        linked = evidence.fact("parent.links_here")
        proofs = [Proof("probe", evidence.portal.url, host, parent)]
        if linked is not None:
            proofs.append(
                Proof("link", str(evidence.fact("parent.url") or ""), str(evidence.fact("parent.link") or ""))
            )
        under = say("component_under", host=host, parent=parent or "….gov.vn")
        if not parent:
            return failed(say("component_alone", host=host), proofs=tuple(proofs[:1]))
        return judge_parts(
            [(under, True), (say("component_linked", parent=parent), linked)],
            "parent_unseen",
            say("cause_parent_unseen"),
            proofs=tuple(proofs),
        )


class ParentFrame(Kind):
    """Header and footer have as much in common with the parent's as ``full_share`` asks for.

    Compared are the words of both (facts ``parent.header`` and ``parent.footer``): twice those in common over all, so
    that the body's own name, which differs, costs a little. Passes from ``full_share`` on, is partial from
    ``half_share`` on, fails below.
    Medium confidence: words are compared, not looks.
    Unknown when the home page or the parent's was not read, or neither shows a header or footer.
    """

    key: ClassVar[str] = "parent_frame"

    full_share: float = Field(default=0.6, gt=0, le=1)
    half_share: float = Field(default=0.3, gt=0, le=1)

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        home = front(evidence)
        if cause or home is None:
            return could_not_look(cause or "unreachable")
        host = host_of(evidence.portal.url)
        if is_address(host) or "." not in host:
            return could_not_look("address_is_number")
        pairs = (
            (_words(head_text(home)), _words(evidence.fact("parent.header"))),
            (_words(foot_text(home)), _words(evidence.fact("parent.footer"))),
        )
        shares = [_common(a, b) for a, b in pairs if a and b]
        if not shares:
            return could_not_look("parent_unseen")
        share = sum(shares) / len(shares)
        url = str(evidence.fact("parent.url") or "")
        proofs = (Proof("probe", url, percent(share)),)
        words = {"share": percent(share), "parent": host_of(url), "limit": percent(self.full_share)}
        if share >= self.full_share:
            return passed(say("frame_alike", **words), proofs=proofs, confidence=Confidence.MEDIUM)
        if share >= self.half_share:
            return partial(say("frame_some", **words), ratio=0.5, proofs=proofs, confidence=Confidence.MEDIUM)
        return failed(say("frame_other", **words), proofs=proofs, confidence=Confidence.MEDIUM)


def _words(text: object) -> set[str]:
    return set(fold(str(text or "")).split())


def _common(one: set[str], other: set[str]) -> float:
    """The share of words two texts have in common (Dice's coefficient)."""
    return 2 * len(one & other) / (len(one) + len(other))
