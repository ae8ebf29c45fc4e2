"""The main use case: visit a portal, gather evidence, judge it."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import gc
import importlib.metadata
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.advice import safety_note
from app.archiving import close_archive, open_archive
from app.catalogues import open_catalogue
from app.choice import left_out
from app.judge import judge, kind_note
from app.say import say
from app.settings import AuditRequest, vietnam_today
from checks import catalogue as catalogues
from checks import runner
from core import audit_json
from core.access import Access
from core.audit import Audit
from core.bodies import BodyKind
from core.errors import StorageError
from core.evidence import Evidence
from core.finding import Text
from core.page import Fetch
from core.page import Outcome as FetchOutcome
from core.plan import Budget, Standing
from core.portal import Portal
from core.rule import Catalogue
from core.text import fold

#: Parts of a title that name no body.
_NO_NAMES = frozenset({"trang chu", "home", "home page", "index", "trang thong tin dien tu", "cong thong tin dien tu"})


#: Keys of ``report.json`` whose words are ours.
_CODES = frozenset(
    "schema id tool started_at finished_at today valid_from valid_to sha256 profile rule group verdict cause basis "
    "confidence flags kind stopped_because outcome observed_at newest_date crashed skipped new known vanished "
    "unseen".split()
)
#: Rules that were left out and are named in the head of the report.
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """An audit, the evidence it stands on, and what went wrong on the way."""

    audit: Audit
    evidence: Evidence
    #: Probes, kinds or formats from outside that would not load or crashed.
    problems: tuple[str, ...] = ()
    #: A probe crashed (exit status 4).
    probe_crashed: bool = False
    #: Where the evidence is archived; "" where it is not.
    archive: str = ""


def tool() -> str:
    """Name and version of the program."""
    try:
        return f"decree43 {importlib.metadata.version('decree43')}"
    except importlib.metadata.PackageNotFoundError:
        return "decree43 0.1.0"


def run(
    request: AuditRequest,
    progress: Callable[[object], None] | None = None,
    stop: asyncio.Event | None = None,
    archive: str | None = None,
) -> Outcome:
    """Audit one portal. Raises UsageError and CatalogueError; an unreachable portal is an audit too.

    ``archive`` is the folder or address its evidence is kept at; raises StorageError where that cannot be written.
    """
    from crawler.run import run as in_the_loop

    catalogue = open_catalogue(request.rules, request.today)
    left_out(catalogue, request.only, request.skip)
    return in_the_loop(audit(request, catalogue, progress, stop, archive))


async def audit(
    request: AuditRequest,
    catalogue: Catalogue,
    progress: Callable[[object], None] | None = None,
    stop: asyncio.Event | None = None,
    archive: str | None = None,
) -> Outcome:
    """The same inside a running reactor loop, so that several portals can be audited at once."""
    audit_id = uuid.uuid4().hex[:12]
    writer = open_archive(archive, audit_id, tool())
    try:
        return await _audit(request, catalogue, progress, stop, audit_id, writer)
    except BaseException:
        if writer is not None:
            writer.abandon()
        raise


async def _audit(
    request: AuditRequest,
    catalogue: Catalogue,
    progress: Callable[[object], None] | None,
    stop: asyncio.Event | None,
    audit_id: str,
    writer: Any,
) -> Outcome:
    from crawler.options import CrawlOptions
    from crawler.run import crawl

    started = dt.datetime.now(dt.UTC)
    portal = Portal(request.url, request.kind, request.name, request.allow_hosts, request.components)
    budget = Budget(request.max_pages, request.max_minutes, exhaustive=request.exhaustive)
    plan = catalogues.plan(catalogue, request.kind, budget)
    options = CrawlOptions(
        allow_private=request.allow_private,
        allow_hosts=request.allow_hosts,
        contact=request.contact,
        ignore_robots=request.ignore_robots,
        resolver=request.resolver,
        trust_anchor=request.trust_anchor,
        proxy=request.proxy,
        browser=request.browser,
        access=request.access,
        static_folder=request.static_folder,
    )
    skipped = left_out(catalogue, request.only, request.skip)

    def settled(evidence: Evidence) -> bool | Standing:
        seen = cleaned(evidence)
        still_open = runner.open_duties(catalogue, seen) - set(skipped)
        return not still_open or Standing(still_open, runner.known_by_content(catalogue, seen))

    done, probed = await crawl(
        portal,
        plan,
        today=request.today or vietnam_today(),
        options=options,
        settled=settled,
        progress=progress or (lambda _: None),
        stop=stop or asyncio.Event(),
        keep=writer.keep if writer is not None else None,
    )
    evidence, summary, sources = done.evidence, done.summary, done.sources
    # What the crawl kept for itself refers to itself in circles: on a large portal it would stay until the report.
    del done
    gc.collect()
    if probed.facts:
        evidence = dataclasses.replace(evidence, facts={**evidence.facts, **probed.facts})
    if request.static_folder:
        evidence = dataclasses.replace(evidence, facts={**evidence.facts, "portal.static_folder": True})
    if not portal.name and evidence.home is not None:
        named = dataclasses.replace(portal, name=name_from(evidence.home.title))
        evidence = dataclasses.replace(evidence, portal=named)
    problems = (*probed.problems, *catalogue_problems())
    archived = ""
    if sources is not None:
        try:
            archived = close_archive(writer, evidence, sources, catalogue, tool())
        except StorageError as error:
            failed = say("archive_failed")
            problems = (*problems, f"{failed.vi} / {failed.en}: {error}")
    del sources
    evidence = cleaned(evidence)
    result = judge(
        evidence,
        catalogue,
        summary,
        tool=tool(),
        started_at=started,
        finished_at=dt.datetime.now(dt.UTC),
        vantage=_vantage(request, evidence),
        notes=notes_of(request, evidence, catalogue, skipped),
        audit_id=audit_id,
        skipped=skipped,
    )
    return Outcome(_told(result, request.access), evidence, problems, probed.crashed, archived)


def name_from(title: str) -> str:
    """The body's name in the title of its home page: "Trang chủ - Sở Xây dựng" is Sở Xây dựng."""
    parts = [p.strip() for p in re.split(r"\s+[|\-–—»:]+\s+|\s*[|»]\s*", title) if p.strip()]
    telling = [p for p in parts if fold(p) not in _NO_NAMES]
    return max(telling, key=len, default=title.strip())


def cleaned(evidence: Evidence) -> Evidence:
    """The evidence with the lines that the portal repeats on every page taken out of its pages' texts."""
    from crawler.extract.repeats import without_repeats

    return dataclasses.replace(evidence, pages=without_repeats(evidence.pages))


def catalogue_problems() -> tuple[str, ...]:
    """Kinds of check from outside that would not load."""
    from checks.registry import kinds

    return kinds().broken


def _vantage(request: AuditRequest, evidence: Evidence) -> dict[str, object]:
    """Where the audit looked from, as its probes found it; None where they did not look."""
    from crawler.recorder import public

    return {
        "ipv6_route": evidence.fact("vantage.ipv6_route"),
        "browser": None if evidence.fact("browser.error") else evidence.fact("browser.version"),
        "resolver": evidence.fact("vantage.resolver") or request.resolver or "system",
        "dnssec": evidence.fact("vantage.dnssec"),
        "clock_offset": evidence.fact("vantage.clock_offset"),
        **({"trust_anchor": request.trust_anchor} if request.trust_anchor else {}),
        **({"proxy": public(request.proxy)} if request.proxy else {}),
    }


def _told(audit: Audit, access: Access) -> Audit:
    """The audit as it may be told: without a secret that the portal showed back, in an address for one."""
    if not access:
        return audit

    def hidden(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: hidden(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [hidden(v, key) for v in value]
        # What a word means to programs stays: a password may be "pass".
        return access.hide(value) if isinstance(value, str) and key not in _CODES else value

    return audit_json.audit_from_dict(hidden(audit_json.audit_to_dict(audit)))


def _named(catalogue: Catalogue, rules: Sequence[str]) -> Text:
    """Duties by title and id; how many they are is said beside them, all of them are in ``audit.skipped``."""
    known = [(catalogue.rule(name), name) for name in rules[:_NAMED]]
    more = " …" if len(rules) > _NAMED else ""
    vi = "; ".join(f"{rule.title.vi} ({name})" if rule else name for rule, name in known)
    en = "; ".join(f"{rule.title.en or rule.title.vi} ({name})" if rule else name for rule, name in known)
    return Text(vi + more, en + more)


def notes_of(
    request: AuditRequest, evidence: Evidence, catalogue: Catalogue, skipped: tuple[str, ...] = ()
) -> tuple[Text, ...]:
    """Sentences for the head of the report: kind against host, robots.txt, what could not be seen."""
    notes: list[Text] = []
    hint = kind_note(evidence.portal.host, request.kind, provinces(catalogue))
    if skipped:
        notes.append(say("skipped", count=len(skipped), rules=_named(catalogue, skipped)))
    if hint is not None:
        notes.append(hint)
    if request.ignore_robots:
        notes.append(say("robots_ignored", reason=request.ignore_robots))
    if evidence.home is None:
        notes.append(say("not_audited", cause=home_failure(evidence)))
    elif "shell" in evidence.home.traits:
        notes.append(say("shell"))
    safety = safety_note(evidence.facts)
    if safety is not None:
        notes.append(safety)
    if evidence.stopped_because == "interrupted":
        notes.append(say("interrupted"))
    return tuple(notes)


def home_failure(evidence: Evidence) -> Text:
    """Why the home page could not be read, in one sentence."""
    fetch: Fetch | None = evidence.fetch(evidence.portal.url) or next(iter(evidence.fetches.values()), None)
    if fetch is None:
        return say("stopped_early")
    from checks.gate import CAUSES
    from checks.say import say as of_finding

    sentence = of_finding(f"cause_{CAUSES.get(fetch.outcome, 'unreachable')}")
    status = f" (HTTP {fetch.status})" if fetch.status and fetch.status >= 400 else ""
    return Text(sentence.vi.rstrip(".") + status + ".", sentence.en.rstrip(".") + status + ".")


def refused_as_private(evidence: Evidence) -> bool:
    """Whether the home page was not asked because its address is private."""
    fetch = evidence.fetch(evidence.portal.url)
    return fetch is not None and fetch.outcome is FetchOutcome.GUARD


def asks_for_login(evidence: Evidence) -> bool:
    """Whether the home page is closed to those who do not sign in."""
    fetch: Fetch | None = evidence.fetch(evidence.portal.url) or next(iter(evidence.fetches.values()), None)
    return fetch is not None and fetch.status == 401


def provinces(catalogue: Catalogue) -> frozenset[str]:
    """Domain labels of provinces, from the catalogue's data."""
    found: set[str] = set()
    for entry in catalogue.data.get("provinces", ()):
        labels = entry.get("labels", ()) if isinstance(entry, dict) else (entry,)
        found.update(str(label) for label in labels)
    return frozenset(found)


def kinds_of_body() -> tuple[str, ...]:
    """Every kind of body, for help texts."""
    return tuple(k.value for k in BodyKind)
