"""``report.html``: one file for people, both languages inside, nothing loaded from elsewhere.

What was crawled is hostile: everything is escaped, only http and https addresses become links, and a
content security policy allows no script or style but the two of this report, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from core.audit import Audit
from core.finding import Finding, Proof, Text, Verdict
from reports import claims, ranking, said, scores, words
from reports.words import seen

#: The file stays under this many bytes; long lists are shortened until it does.
MAX_BYTES = 2_000_000

_TEMPLATES = Path(__file__).parent / "templates"
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NOT_IN_URL = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of each list is shown."""

    evidence: int
    candidates: int
    text: int
    ledger: int
    facts: int
    #: Characters of all screenshots together.
    pictures: int


LIMITS = (
    Limits(10, 6, 600, 400, 200, 700_000),
    Limits(4, 3, 300, 200, 80, 300_000),
    Limits(1, 1, 160, 50, 20, 120_000),
    Limits(0, 0, 80, 0, 0, 0),
)


def render(audit: Audit, lang: str = "vi") -> bytes:
    """The report as UTF-8 HTML; ``lang`` is the language shown first."""
    for limits in LIMITS:
        data = _render(audit, "en" if lang == "en" else "vi", limits)
        if len(data) < MAX_BYTES:
            break
    return data


def safe_url(url: str) -> str:
    """The address when it may become a link: http or https with a host, no odd characters; else ""."""
    if len(url) > 1000 or _NOT_IN_URL.search(url):
        return ""
    try:
        parts = urlsplit(url)
        known = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return ""
    return url if known else ""


def _render(audit: Audit, lang: str, limits: Limits) -> bytes:
    css, js = _asset("report.css"), _asset("report.js")
    policy = (
        f"default-src 'none'; script-src '{_hash(js)}'; style-src '{_hash(css)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    groups = [
        (group, [f for f in audit.findings if f.group == group])
        for group in dict.fromkeys(["information", "functions", "technical", *(f.group for f in audit.findings)])
    ]
    text = (
        _environment()
        .get_template("report.html.j2")
        .render(
            audit=audit,
            lang=lang,
            limits=limits,
            css=Markup(css),  # our own files, free of "</"
            js=Markup(js),
            policy=policy,
            groups=[(group, found) for group, found in groups if found],
            counts={v: sum(f.verdict == v for f in audit.findings) for v in Verdict},
            fixes=ranking.fixes(audit),
            advice=ranking.advice(audit),
            unseen=ranking.unseen(audit),
            anchors=_anchors(audit.findings),
            outside=_outside(audit),
            visited=_visited(audit),
            pictures=_pictures(audit, limits.pictures),
        )
    )
    return text.encode("utf-8", "replace")


_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,([A-Za-z0-9+/]+={0,2})")
#: Characters of a picture that is still shown.
_PICTURE_LIMIT = 120_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A screenshot beside its duty: the proof that names it, and its ``data:`` address."""

    proof: Proof
    data: str


def _pictures(audit: Audit, room: int) -> dict[str, list[Picture]]:
    """The screenshots of each rule, each shown once, with the first duty it proves, while there is ``room``."""
    taken = _taken(audit)
    shown: dict[str, list[Picture]] = {f.rule: [] for f in audit.findings}
    for finding in audit.findings:
        for proof in finding.evidence:
            data = taken.get(proof.sha256) if proof.kind == "screenshot" else None
            if data and len(data) <= room:
                room -= len(data)
                del taken[proof.sha256]
                shown[finding.rule].append(Picture(proof, data))
    return shown


def _taken(audit: Audit) -> dict[str, str]:
    """Screenshots kept as ``data:`` addresses in the facts, by their SHA-256."""
    found: dict[str, str] = {}
    for value in audit.facts.values():
        for row in value if isinstance(value, list | tuple) else ():
            data = row.get("data") if isinstance(row, dict) else None
            match = _PICTURE.fullmatch(data) if isinstance(data, str) and len(data) <= _PICTURE_LIMIT else None
            if match and data:
                with suppress(ValueError):
                    found[hashlib.sha256(base64.b64decode(match[1], validate=True)).hexdigest()] = data
    return found


def _outside(audit: Audit) -> Text | None:
    """Why the catalogue does not hold on the day of the audit; None when it does."""
    start, end = audit.ruleset.valid_from, audit.ruleset.valid_to
    if start is not None and audit.today < start:
        return words.say("page.not_yet")
    return words.say("page.ended") if end is not None and end < audit.today else None


def _visited(audit: Audit) -> Text:
    """When the portal was visited; once where beginning and end fall into one minute."""
    start = words.moment(audit.started_at)
    end = words.moment(audit.finished_at) if audit.finished_at else "…"
    return words.say("page.at", start=start) if start == end else words.say("page.period", start=start, end=end)


def _anchors(findings: tuple[Finding, ...]) -> dict[str, str]:
    """The anchor of each rule: its id, letters that do not belong into one replaced."""
    return {f.rule: re.sub(r"[^A-Za-z0-9._-]", "-", f.rule)[:80] for f in findings}


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8").strip()


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        t=lambda name, **values: both(words.say(name, **values)),
        plain=lambda name, lang: words.pick(words.say(name), lang),
        word=_word,
        safe_url=safe_url,
        value_of=lambda proof, limit: _cut(words.proof_value(proof), limit),
        text_of=lambda proof, limit: _cut(words.proof_text(proof), limit),
        known=lambda section, key: both(found) if (found := words.word(section, key)) else None,
        own_value=said.value,
        Verdict=Verdict,
        claims=claims,
        reached=scores.reached,
    )
    env.filters.update(
        both=both,
        index=lambda v: both(words.index(v)),
        points=lambda v: both(words.points(v)),
        percent=lambda v: both(words.percent(v)),
        number=lambda v, digits=0: both(words.number(v, digits)),
        size=lambda v: both(words.size(v)),
        day=lambda v: both(words.day(v)),
        moment=lambda v: both(words.moment(v)),
        index_text=words.index,
        points_text=words.points,
        percent_text=words.percent,
        day_text=words.day,
        moment_text=words.moment,
        number_text=words.number,
        cite=words.cite,
        cut=_cut,
        seen=seen,
        short_url=short_url,
    )
    return env


def both(text: Text) -> Markup:
    """The sentence in both languages, each marked; once where both are the same."""
    vi, en = seen(text.vi), seen(text.en)
    if vi == en or not en:
        return escape(vi)
    if not vi:
        return Markup('<span lang="en">{}</span>').format(en)
    return Markup('<span class="l" lang="vi">{}</span><span class="l" lang="en">{}</span>').format(vi, en)


def short_url(url: str, limit: int = 90) -> str:
    """An address for reading: its middle cut when it is long."""
    shown = seen(url, 3000)
    return shown if len(shown) <= limit else f"{shown[: limit - 25]}…{shown[-24:]}"


def _word(section: str, key: str) -> Markup:
    """The word for a code in both languages; an unknown code is shown as it is."""
    found = words.word(section, key)
    return both(found) if found else Markup("<code>{}</code>").format(seen(key, 80))


def _cut(text: Text, limit: int) -> Markup:
    return both(Text(seen(text.vi, limit), seen(text.en, limit)))
