"""Rule cases: a few lines of HTML and the verdict they must get (``decree43 rules test``)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin, urlsplit

import yaml

from checks import catalogue as catalogues
from checks import runner
from core.bodies import BodyKind
from core.data_files import read_yaml
from core.errors import CatalogueError
from core.evidence import Evidence, Feed, SearchTrial, Sitemap
from core.finding import Verdict
from core.page import Fetch, Outcome, Page, Zone
from core.plan import Budget
from core.portal import Portal
from core.rule import Catalogue
from crawler.extract import extract
from crawler.extract.repeats import without_repeats
from crawler.urls import canonical

BASE = "http://portal.example.gov.vn"
_TODAY = dt.date(2026, 11, 20)
_KEYS = {
    "pages",
    "facts",
    "kind",
    "name",
    "today",
    "expect",
    "url",
    "components",
    "searches",
    "feeds",
    "sitemaps",
    "stopped",
    "cause",
    "ratio",
    "depth",
    "not_in_menu",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its rule, its name as a sentence, and its raw YAML."""

    rule: str
    name: str
    file: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What a case got; ``wrong`` says in words how that differs from what was expected."""

    case: Case
    got: Verdict
    message: str
    wrong: str = ""


def read(folder: Path) -> Iterator[Case]:
    """Every case of a folder of ``<rule>.yaml`` files. Raises CatalogueError with file and case."""
    for path in sorted(folder.glob("*.yaml")):
        try:
            raw = read_yaml(path)
        except (OSError, yaml.YAMLError) as error:
            raise CatalogueError(
                f"không đọc được / cannot be read: {' '.join(str(error).split())}", where=path.name
            ) from None
        if not isinstance(raw, dict) or "rule" not in raw:
            raise CatalogueError(
                "không nêu nghĩa vụ / names no rule", where=path.name, hint="bắt đầu bằng / begin with `rule: <id>`"
            )
        for name, data in raw.items():
            if name == "rule":
                continue
            if not isinstance(data, dict) or "expect" not in data or set(data) - _KEYS:
                odd = sorted(set(data) - _KEYS) if isinstance(data, dict) else []
                hint = (
                    f"không biết / unknown: {', '.join(odd)}" if odd else "một trường hợp có / a case has pages, expect"
                )
                raise CatalogueError("không phải trường hợp thử / is no case", where=f"{path.name}, {name}", hint=hint)
            yield Case(str(raw["rule"]), str(name), path.name, MappingProxyType(data))


def collect(catalogue: Catalogue, rule: str | None = None) -> list[Case]:
    """The cases of a catalogue and of those it extends; the fields of one of its own change the inherited one's.

    Cases of rules it does not hold are left out; those of a rule under its former id are the rule's.
    """
    wanted = catalogue.rule(rule) if rule else None
    found: dict[tuple[str, str], Case] = {}
    for folder in dict.fromkeys(catalogue.cases):
        for case in read(Path(folder)):
            of = catalogue.rule(case.rule)
            if of is not None and (rule is None or of is wanted):
                before = found.get((of.id, case.name))
                data = {**before.data, **case.data} if before else case.data
                found[of.id, case.name] = dataclasses.replace(case, rule=of.id, data=MappingProxyType(dict(data)))
    return list(found.values())


def run(catalogue: Catalogue, cases: Iterable[Case]) -> Iterator[Result]:
    """Judge every case with its rule."""
    for case in cases:
        rule = catalogue.rule(case.rule)
        if rule is None:
            continue
        evidence = evidence_of(case, catalogue)
        one = dataclasses.replace(catalogue, rules=(rule,))
        finding = next(iter(runner.run(one, evidence)))
        yield Result(case, finding.verdict, finding.message.vi, _wrong(case, finding))


def _wrong(case: Case, finding: Any) -> str:
    expect = case.data["expect"]
    wanted = {expect} if isinstance(expect, str) else set(expect)
    if finding.verdict.value not in wanted:
        return f"expected {' or '.join(sorted(wanted))}, got {finding.verdict.value}: {finding.message.en}"
    if "cause" in case.data and finding.cause != case.data["cause"]:
        return f"expected the cause {case.data['cause']}, got {finding.cause}"
    if "ratio" in case.data and finding.ratio != case.data["ratio"]:
        return f"expected the ratio {case.data['ratio']}, got {finding.ratio}"
    return ""


def evidence_of(case: Case, catalogue: Catalogue) -> Evidence:
    """The evidence a crawl of the case's few pages would have brought."""
    data = case.data
    base = str(data.get("url", BASE)).rstrip("/")
    today = data.get("today", _TODAY)
    kind = BodyKind(data.get("kind", "province"))
    components = tuple(str(c) for c in data.get("components", ()))
    portal = Portal(f"{base}/", kind, str(data.get("name", "Cổng thông tin điện tử")), (), components)
    pages: dict[str, Page] = {}
    fetches: dict[str, Fetch] = {}
    for path, entry in (data.get("pages") or {}).items():
        _add(pages, fetches, urljoin(f"{base}/", str(path)), entry, base, today)
    ordered = list(without_repeats(_by_depth(pages, fetches, f"{base}/", int(data.get("depth", 0)))))
    host = urlsplit(base).netloc
    for page in ordered:
        for link in page.links:
            if link.url and urlsplit(link.url).netloc == host and link.url not in fetches and link.url not in pages:
                fetches[link.url] = Fetch(link.url, Outcome.NOT_FOUND, 404)
    budget = Budget()
    return Evidence(
        portal,
        today,
        tuple(ordered),
        MappingProxyType(fetches),
        MappingProxyType(dict(data.get("facts") or {})),
        catalogues.plan(catalogue, kind, budget),
        tuple(_feed(f, base, today) for f in data.get("feeds", ())),
        tuple(_sitemap(s, base) for s in data.get("sitemaps", ())),
        tuple(_search(s, base, today) for s in data.get("searches", ())),
        str(data.get("stopped", "frontier")),
        dt.datetime.combine(today, dt.time(3), dt.UTC),
    )


def _add(pages: dict[str, Page], fetches: dict[str, Fetch], url: str, entry: Any, base: str, today: dt.date) -> None:
    url = canonical(url, base)
    if isinstance(entry, str):
        entry = {"html": entry}
    outcome = Outcome(entry.get("outcome", "ok"))
    status = int(entry.get("status", 200))
    if status in (404, 410):
        outcome = Outcome.NOT_FOUND
    elif status in (401, 403, 429):
        outcome = Outcome.BLOCKED
    elif status >= 500:
        outcome = Outcome.SERVER_ERROR
    final = canonical(urljoin(url, entry["redirect"]), base) if "redirect" in entry else url
    if outcome is Outcome.OK and final != url and urlsplit(final).path in ("", "/"):
        outcome = Outcome.REDIRECT_HOME
    kind = str(entry.get("type", "text/html" if "html" in entry else ""))
    fetches[url] = Fetch(url, outcome, status, final, kind)
    if outcome is Outcome.OK and "html" in entry:
        body = str(entry["html"]).encode("utf-8")
        pages[url] = extract(body, url, content_type="text/html; charset=utf-8", today=today)


def _by_depth(pages: dict[str, Page], fetches: dict[str, Fetch], home: str, least: int) -> list[Page]:
    """Pages in order of clicks from the home page; those no link reaches come last."""
    first = pages.get(canonical(home, home))
    if first is None:
        return []
    depth = {first.url: least}
    queue = [first]
    for page in queue:
        for link in page.links:
            target = pages.get(link.url) or pages.get(getattr(fetches.get(link.url), "final_url", ""))
            if target is not None and target.url not in depth:
                frame = link.zone is Zone.FRAME
                depth[target.url] = depth[page.url] + (0 if frame else 1)
                queue.append(target)
        for frame_url in page.frames:
            if frame_url in pages and frame_url not in depth:
                depth[frame_url] = depth[page.url]
                queue.append(pages[frame_url])
    queue += [p for u, p in pages.items() if u not in depth]
    return [dataclasses.replace(p, depth=depth.get(p.url, 3)) for p in queue]


def _feed(data: dict[str, Any], base: str, today: dt.date) -> Feed:
    from core.page import Item, SeenDate

    entries = tuple(
        Item(
            str(e["title"]),
            urljoin(base, str(e.get("url", ""))),
            (SeenDate(e["date"]),) if "date" in e else (),
        )
        for e in data.get("entries", ())
    )
    return Feed(urljoin(f"{base}/", data["url"]), str(data.get("title", "")), entries, str(data.get("error", "")))


def _sitemap(data: dict[str, Any], base: str) -> Sitemap:
    places = tuple(urljoin(f"{base}/", str(u)) for u in data.get("locations", ()))
    return Sitemap(urljoin(f"{base}/", data["url"]), places, len(places), False, str(data.get("error", "")))


def _search(data: dict[str, Any], base: str, today: dt.date) -> SearchTrial:
    url = canonical(urljoin(f"{base}/", str(data.get("url", "/tim-kiem?q=x"))), base)
    outcome = Outcome(data.get("outcome", "ok"))
    page = (
        extract(str(data["html"]).encode(), url, content_type="text/html; charset=utf-8", today=today)
        if "html" in data
        else None
    )
    expected = canonical(urljoin(f"{base}/", str(data["expected"])), base) if "expected" in data else ""
    by_hand = bool(data.get("by_hand", False))
    return SearchTrial(str(data["kind"]), str(data.get("query", "")), url, outcome, page, expected, by_hand)
