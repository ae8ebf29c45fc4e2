"""Verdicts and findings: what a check answers and what a report prints (design 4.2, 4.4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """pass, partial, fail; unknown: could not look; not_applicable: no such duty for this body."""

    PASS = "pass"
    PARTIAL = "partial"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages."""

    vi: str
    en: str = ""

    @property
    def both(self) -> str:
        """One line for who reads either: “tiếng Việt / English”."""
        return f"{self.vi} / {self.en}" if self.en and self.en != self.vi else self.vi


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence. ``kind``: link, page, date, form, probe, search, screenshot."""

    kind: str
    url: str = ""
    text: str = ""
    value: str = ""
    observed_at: dt.datetime | None = None
    sha256: str = ""
    #: Where it stands in the portal's own files, when a folder was audited: path and line (from 1; 0 for none).
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something near that did not count, and why."""

    url: str
    text: str
    why_not: Text
    #: As in ``Proof``.
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check says about one duty, before weights.

    ``ratio`` is 1 for pass, strictly between 0 and 1 for partial, 0 for fail, None otherwise.
    ``cause`` is set for unknown. ``fix`` is nearer advice, in place of the catalogue's; a partial answer gives both
    unless ``fix_is_all``.
    """

    verdict: Verdict
    message: Text
    ratio: float | None = None
    cause: str | None = None
    confidence: Confidence = Confidence.HIGH
    proofs: tuple[Proof, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    flags: tuple[str, ...] = ()
    newest_date: dt.date | None = None
    fix: Text | None = None
    fix_is_all: bool = False


def _text(message: Text | str) -> Text:
    return Text(message, message) if isinstance(message, str) else message


def passed(message: Text | str, url: str = "", **more: Any) -> Answer:
    """The duty is met. ``url`` is where it can be seen."""
    return _answer(Verdict.PASS, message, url, 1.0, more)


def partial(message: Text | str, url: str = "", *, ratio: float = 0.5, **more: Any) -> Answer:
    """Met in part; the message says which part is missing. ``ratio`` lies strictly between 0 and 1."""
    if not 0 < ratio < 1:
        raise ValueError(f"a partial answer needs a ratio between 0 and 1, not {ratio}")
    return _answer(Verdict.PARTIAL, message, url, ratio, more)


def failed(message: Text | str, url: str = "", **more: Any) -> Answer:
    """Looked for and not met."""
    return _answer(Verdict.FAIL, message, url, 0.0, more)


def unknown(message: Text | str, cause: str = "not_seen", **more: Any) -> Answer:
    """Could not be judged from here; ``cause`` says why in one word."""
    more["cause"] = cause
    return _answer(Verdict.UNKNOWN, message, "", None, more)


def not_applicable(message: Text | str, **more: Any) -> Answer:
    """No such duty for this body or in this situation."""
    return _answer(Verdict.NOT_APPLICABLE, message, "", None, more)


def _answer(verdict: Verdict, message: Text | str, url: str, ratio: float | None, more: dict[str, Any]) -> Answer:
    if url and not more.get("proofs"):
        more["proofs"] = (Proof("page", url),)
    return Answer(verdict, _text(message), ratio, **more)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a duty is written. ``confirmed`` is False where the wording was not seen in a source."""

    text: str
    clause: str
    confirmed: bool = True
    #: First and last day on which it carries the duty; None where the catalogue's own days are meant.
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A judged duty, ready to print and to add up."""

    rule: str
    group: str
    title: Text
    verdict: Verdict
    cause: str | None
    basis: str
    confidence: Confidence
    flags: tuple[str, ...]
    ratio: float | None
    points: float | None
    max_points: float | None
    message: Text
    fix: Text
    citations: tuple[Citation, ...]
    evidence: tuple[Proof, ...]
    newest_date: dt.date | None
    candidates: tuple[Candidate, ...]
    #: Where a number is the product's own default and not law, in words.
    note: Text = field(default_factory=lambda: Text("", ""))
