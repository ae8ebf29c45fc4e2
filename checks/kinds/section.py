"""A mandated section: is it there, is it what it says, is it complete, is it fresh."""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from checks import advice
from checks.answers import could_not_look, date_proof, label_of, link_proof, nearest, not_there, page_proof
from checks.doubts import doubts
from checks.fresh import Newest, age, newest, newest_year, posts_per_month
from checks.gate import not_looked, why_unseen
from checks.hits import Search, Why
from checks.kind import Kind
from checks.match import STRONG, WEAK
from checks.parts import Part, Words, find_part, unseen_part
from checks.say import day, join, say
from checks.sections import search
from checks.seen import under
from core.bodies import BodyKind
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, Text, partial, passed
from core.hosts import host_of
from core.page import GONE
from core.plan import Wording
from core.text import fold, shorten


class Fresh(BaseModel):
    """Thresholds of ours for the age of the newest item, and the law's own words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    full_days: int = Field(gt=0)
    half_days: int = Field(gt=0)
    by_kind: dict[BodyKind, tuple[int, int]] = {}
    law: Words | None = None
    #: Dates in the entries' titles count: "Công báo số 45 ngày 12/11/2026".
    title_dates: bool = False
    #: Posts per 30 days and the ratio they earn, richest first: [[10, 1], [5, 0.67], [1, 0.33]].
    per_month: tuple[tuple[int, float], ...] = ()

    def limits(self, kind: BodyKind) -> tuple[int, int]:
        return self.by_kind.get(kind, (self.full_days, self.half_days))


class YearLimit(BaseModel):
    """How many years back the newest year named may lie for the whole, and for half the marks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    full: int = Field(ge=0)
    half: int = Field(ge=0)


class SectionKind(Kind):
    """Fields and helpers shared by all kinds that look for a section."""

    names: tuple[str, ...] = Field(min_length=1)
    weak: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    negatives: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    content: str = "any"
    #: Signs by which a page plainly is the section, whatever its label (``plain.yaml``); without it ``content``'s.
    signs: str = ""
    family: str = ""
    exact_name: bool = False
    external_ok: bool = False
    file_ok: bool = False
    fresh: Fresh | None = None
    newest_year: YearLimit | None = None
    parts: tuple[Part, ...] = ()
    full_parts: int | None = None
    half_parts: int = 1
    #: Partial marks are the share of the parts that are there.
    by_share: bool = False

    def wording(self) -> Wording:
        return Wording(
            self.rule,
            tuple(dict.fromkeys(fold(n) for n in self.names)),
            tuple(dict.fromkeys(fold(n) for n in self.weak)),
            self.slugs,
            tuple(dict.fromkeys(fold(n) for n in self.negatives)),
            tuple(dict.fromkeys(fold(c) for c in self.cues)),
            self.content,
            self.signs,
            self.family,
            file_ok=self.file_ok,
            called=self.names[0],
        )

    def find(self, evidence: Evidence) -> Search:
        """The section of this rule; a page under a vaguer name does not stand in for one that could not be read."""
        found = search(evidence, self.rule)
        best = found.best
        if (
            best is not None
            and best.score < STRONG
            and any(h.blocked is not None and h.score > max(best.score, WEAK - 1) for h in found.rejected)
        ):
            return Search((), found.rejected, below=found.below)
        return found

    def missing(self, evidence: Evidence, found: Search) -> Answer:
        """Not there, or could not look."""
        return not_there(evidence, self.rule, self.names[0], found)

    def proofs(self, found: Search) -> tuple[Proof, ...]:
        """The section's own page first, then the link that led to it (design 4.2)."""
        hit = found.best
        if hit is None or hit.page is None:
            return ()
        more = [page_proof(h.page, label_of(h)) for h in found.accepted[1:4] if h.page is not None]
        return (page_proof(hit.page, label_of(hit)), link_proof(hit), *more)

    def name_of(self, found: Search) -> str:
        return label_of(found.best) if found.best else self.names[0]

    def confidence(self, found: Search) -> Confidence:
        hit = found.best
        if hit is None:
            return Confidence.MEDIUM
        return Confidence.HIGH if hit.score >= STRONG else Confidence.MEDIUM

    def rename_advice(self, found: Search) -> Text | None:
        """Advice when the page is right and its label is not; none where a duty of the same điểm counts it by name."""
        hit = found.best
        if hit is None or hit.score >= STRONG or hit.lent:
            return None
        label = f" {fold(label_of(hit))} "
        if any(f" {fold(name)} " in label for name in self.names):
            return None  # it says so already, among other words
        return say("rename_fix", name=self.name_of(found), wanted=self.names[0])

    def part_state(self, evidence: Evidence, found: Search) -> tuple[list[Part], list[Part]]:
        """Parts of this duty for this kind of body: there, and missing."""
        there: list[Part] = []
        missing: list[Part] = []
        for part in self.parts:
            if part.applies(evidence.portal.kind):
                (there if find_part(part, evidence, found, self.rule) is not None else missing).append(part)
        return there, missing


def in_name_only(found: Search) -> Search:
    """The same search where the pages turned out to hold nothing of what the duty names."""
    rejected = tuple(dataclasses.replace(h, why=Why.OTHER_CONTENT) for h in found.accepted)
    return Search((), (*rejected, *found.rejected))


class Section(SectionKind):
    """A mandated section is there under an accepted name, with the content the duty names.

    Passes when a link reads as one of ``names`` (accents and case aside) and the page behind it has
    the ``content``, or when a page plainly is the section under another name (medium confidence),
    with all ``parts`` and no older than ``fresh`` (or, for yearly documents, ``newest_year``) allows.
    Partial when parts are missing, the newest item is too old or posts are too few (``per_month``), or
    no date is shown where one is due.
    Where ``hosts`` are given, a living link under one of ``names`` to one of them is the section too.
    Fails when everything was looked at and it is not there, or there in name only: dead, empty,
    "đang cập nhật", or a label that leads to something else.
    Unknown when a page that could be it was not read.
    """

    key: ClassVar[str] = "section"

    #: Where the law lets the section stand instead of on the portal itself.
    hosts: tuple[str, ...] = ()

    def judge(self, evidence: Evidence) -> Answer:
        elsewhere = self._elsewhere(evidence) if self.hosts else None
        if elsewhere is not None:
            return elsewhere
        found = self.find(evidence)
        there, lacking = self.part_state(evidence, found)
        if found.best is None and not there:
            return self.missing(evidence, found)
        cause = not_looked(evidence, self.rule, found) if found.best is None else None
        if lacking and len(there) < (self.full_parts or len(there) + len(lacking)):
            unseen = next((o for o in (unseen_part(p, evidence) for p in lacking) if o is not None), None)
            cause = why_unseen(evidence, unseen) if unseen is not None else cause
            if cause:
                return could_not_look(cause, found)
        vague = found.best is not None and found.best.score < STRONG and not found.best.content.plain
        if lacking and not there and vague:
            return self.missing(evidence, in_name_only(found))  # another name, and nothing of what is asked for
        return self.graded(evidence, found, there, lacking)

    def _elsewhere(self, evidence: Evidence) -> Answer | None:
        """The link that leads to a place where the section may stand, under one of its names."""
        wanted = {fold(n) for n in self.names}
        for page, link in evidence.links():
            host = host_of(link.url)
            fetch = evidence.fetch(link.url) if link.url else None
            if link.hidden or not host or not under(host, self.hosts) or (fetch and fetch.outcome in GONE):
                continue
            if any(fold(n) in wanted for n in link.names):
                name = shorten(link.label, 80)
                proof = Proof("link", link.url, name, link.zone.value, page.fetched_at, page.sha256)
                return passed(say("link_found", name=name, host=host), proofs=(proof,))
        return None

    def graded(self, evidence: Evidence, found: Search, there: list[Part], lacking: list[Part]) -> Answer:
        """The verdict on a section that is there: parts, then freshness, then its name."""
        name = self.name_of(found)
        parts_ratio, parts_message = self._parts(name, there, lacking, own=found.best is not None)
        last = newest(evidence, found.accepted, titles=bool(self.fresh and self.fresh.title_dates))
        fresh_ratio, fresh_message = self._freshness(evidence, name, last, found)
        if self.newest_year is not None:
            fresh_ratio, fresh_message = self._year(evidence, name, found)
        ratio = min(parts_ratio, fresh_ratio)
        proofs = self.proofs(found) or self._part_proofs(evidence, found, there)
        if last is not None and self.fresh is not None:
            proofs += (date_proof(last.seen, last.url),)
        more: dict[str, Any] = {
            "proofs": proofs,
            "candidates": nearest(evidence, self.rule, found) if ratio < 1 else (),
            "newest_date": last.seen.day if last else None,
            "confidence": self.confidence(found),
            "fix": self.rename_advice(found),
            "flags": doubts(evidence, found, last, dated=self.fresh is not None),
        }
        if ratio < 1 and found.best is not None:
            add = advice.add(name, [p.title.text() for p in lacking]) if parts_ratio < 1 else None
            update = self._update(evidence, name, last) if fresh_ratio < 1 else None
            more |= advice.whole(self.rename_advice(found), add, update)
        if ratio < 1:
            said = [m for r, m in ((parts_ratio, parts_message), (fresh_ratio, fresh_message)) if r < 1 and m]
            message = said[0] if len(said) == 1 else say("and_also", first=said[0], second=said[1])
            return partial(message, ratio=ratio, **more)
        if self.exact_name and found.best is not None and not self._named_exactly(found):
            more |= advice.whole(say("rename_fix", name=name, wanted=self.names[0]))
            return partial(say("wrong_name", name=name, wanted=self.names[0]), ratio=0.5, **more)
        if found.renamed and self.rename_advice(found) is not None:
            return passed(say("met_renamed", name=name, wanted=self.names[0]), **more)
        if fresh_message is not None and last is not None:
            return passed(say("met_fresh", name=name, day=day(last.seen.day)), **more)
        return passed(parts_message if there and parts_message else say("met", name=name), **more)

    def _parts(self, name: str, there: list[Part], lacking: list[Part], *, own: bool) -> tuple[float, Text | None]:
        if not there and not lacking:
            return 1.0, None
        need = self.full_parts or len(there) + len(lacking)
        if len(there) >= need:
            return 1.0, say("parts_all", found=join([p.title.text() for p in there]))
        missing = join([p.title.text() for p in lacking])
        message = say("parts_missing", name=name, missing=missing)
        if there and not own:  # found by its parts alone: there is no section to name
            message = say("fn_parts_some", found=join([p.title.text() for p in there]), missing=missing)
        if self.by_share and there:
            return len(there) / (len(there) + len(lacking)), message
        return (0.5 if len(there) >= self.half_parts else 0.25), message

    def _freshness(
        self, evidence: Evidence, name: str, last: Newest | None, found: Search
    ) -> tuple[float, Text | None]:
        if self.fresh is None or found.best is None:
            return 1.0, None
        if last is None:
            return 0.5, say("no_date", name=name)
        full, half = self.fresh.limits(evidence.portal.kind)
        if age(last.seen.day, evidence.today, full) <= full:
            if self.fresh.per_month:
                rate = posts_per_month(evidence, found.accepted)
                ratio = next((r for least, r in self.fresh.per_month if rate >= least), 0.25)
                if ratio < 1:
                    return ratio, say("few_posts", name=name, rate=rate, wanted=self.fresh.per_month[0][0])
            return 1.0, say("met_fresh", name=name, day=day(last.seen.day))
        ratio = 0.5 if age(last.seen.day, evidence.today, half) <= half else 0.25
        days = (evidence.today - last.seen.day).days
        unit = say("workdays" if full < 8 else "days")
        return ratio, say("stale", name=name, day=day(last.seen.day), age=days, limit=full, unit=unit)

    def _update(self, evidence: Evidence, name: str, last: Newest | None) -> Text:
        """What to put up and by when, for a section that is old, undated or thin."""
        if self.newest_year is not None:
            return advice.update(name, say("update_year", year=evidence.today.year - self.newest_year.full))
        assert self.fresh is not None
        full, _ = self.fresh.limits(evidence.portal.kind)
        when = {"limit": full, "unit": say("workdays" if full < 8 else "days")}
        if last is None:
            what = say("update_dates", **when)
        elif age(last.seen.day, evidence.today, full) <= full:
            what = say("update_more", wanted=self.fresh.per_month[0][0])
        else:
            what = say("update_new", **when)
        return advice.update(name, what, self.fresh.law.text() if self.fresh.law else None)

    def _year(self, evidence: Evidence, name: str, found: Search) -> tuple[float, Text | None]:
        """For yearly documents: the newest year named in titles, files and headings of the section."""
        year = newest_year(evidence, found.accepted, tuple(fold(n) for n in self.names))
        limit = self.newest_year
        if limit is None or found.best is None:
            return 1.0, None
        if year is None:
            return 0.5, say("no_year", name=name)
        back = evidence.today.year - year
        if back <= limit.full:
            return 1.0, None
        return (0.5 if back <= limit.half else 0.25), say("old_year", name=name, year=year)

    def _part_proofs(self, evidence: Evidence, found: Search, there: list[Part]) -> tuple[Proof, ...]:
        pages = (find_part(p, evidence, found) for p in there)
        return tuple(dict.fromkeys(page_proof(p) for p in pages if p is not None))

    def _named_exactly(self, found: Search) -> bool:
        wanted = {fold(n) for n in self.names}
        return any(
            fold(n) in wanted
            for h in found.accepted
            for n in (*h.link.names, h.link.image, h.page.h1 if h.page else "")
        )
