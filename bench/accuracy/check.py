"""Look a portal of the corpus over: every link answered, every truth complete (``python -m bench.accuracy.check``)."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import yaml
from lxml import html

from app.site_truth import load_truth
from app.sites import Site, load_site

#: What is there, or is not, in the words of the corpus' README.
STATES = frozenset(
    "named renamed picture parts stale undated dead soft_404 empty mislabelled words_only hidden elsewhere absent "
    "gaming unseen".split()
)
FAMILIES = frozenset(
    "liferay sharepoint nukeviet dotnetnuke joomla wordpress frames hand-made spa lotus drupal other".split()
)
VERDICTS = frozenset({"pass", "partial", "fail", "unknown", "not_applicable"})


def problems(site: Site) -> Iterator[str]:
    """Every fault of a portal's data, in words: links that lead nowhere unannounced, truths that are incomplete."""
    if site.config.get("system") not in FAMILIES:
        yield f"site.yaml: system {site.config.get('system')!r} is none of {', '.join(sorted(FAMILIES))}"
    for path, page in site.pages.items():
        if "template" in page and "/" not in str(page.get("type", "text/html")):
            yield f"{path}: `type` is the content type of the answer; call the template's own value otherwise"
    dead = set(site.config.get("dead", ()))
    for path, wrong in _unanswered(site):
        if path not in dead and not any(d.endswith("*") and path.startswith(d[:-1]) for d in dead):
            yield f"{path}: {wrong}; name it under `dead` if it is meant"
    yield from _untrue(site)


def reached(site: Site) -> dict[str, tuple[int, str]]:
    """Status and text of every page of the portal that links lead to, by path; the home page first."""
    seen: dict[str, tuple[int, str]] = {}
    queue = [str(site.config.get("start", "/"))]
    for path in queue:
        if path in seen:
            continue
        answer = site.respond("GET", path, {"host": site.url_hint})
        is_text = "html" in answer.headers.get("content-type", "")
        text = answer.body.decode("utf-8", "replace") if is_text else ""
        seen[path] = (answer.status, text)
        if "location" in answer.headers:
            queue.append(_path(site, path, answer.headers["location"]))
        if text.strip() and answer.status == 200:
            queue += [p for p in (_path(site, path, link) for link in _links(text)) if p]
    return seen


def _links(text: str) -> list[str]:
    tree = html.fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text))
    found = [str(v) for v in tree.xpath("//a/@href | //area/@href | //frame/@src | //iframe/@src | //img/@src")]
    return [v for v in found if not re.match(r"(?i)(mailto|tel|javascript|data):|#|$", v.strip())]


def _path(site: Site, page: str, link: str) -> str:
    base = f"http://{site.url_hint}"
    split = urlsplit(urljoin(base + page, urldefrag(link)[0]))
    if split.hostname != site.url_hint.partition(":")[0]:
        return ""
    return (split.path or "/") + (f"?{split.query}" if split.query else "")


def _unanswered(site: Site) -> Iterator[tuple[str, str]]:
    for path, (status, _) in reached(site).items():
        if status >= 400:
            yield path, f"answers {status}"


def _untrue(site: Site) -> Iterator[str]:
    raw = yaml.safe_load((site.folder / "truth.yaml").read_text(encoding="utf-8"))
    for rule, row in raw.items():
        missing = [key for key in ("verdict", "state", "why") if key not in row]
        if missing:
            yield f"truth.yaml, {rule}: no {', '.join(missing)}"
        if "state" in row and row["state"] not in STATES:
            yield f"truth.yaml, {rule}: state {row.get('state')!r} is none of {', '.join(sorted(STATES))}"
    for rule, expected in load_truth(site).items():
        odd = set(expected.verdicts) - VERDICTS
        if odd:
            yield f"truth.yaml, {rule}: no verdicts: {', '.join(sorted(odd))}"
        for section in expected.sections:
            if section.startswith("/") and site.respond("GET", section, {"host": site.url_hint}).status >= 400:
                yield f"truth.yaml, {rule}: its section {section} does not answer"


def main() -> None:
    """Print what is wrong with each portal named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="+", type=Path)
    folders: list[Path] = parser.parse_args().folder
    for folder in folders:
        missing = [name for name in ("site.yaml", "truth.yaml") if not (folder / name).is_file()]
        if missing:
            parser.error(f"{folder} is no portal of the corpus: it has no {' and no '.join(missing)}")
    for folder in folders:
        site = load_site(folder, dt.date.today())
        found = list(problems(site))
        pages = sum(1 for status, text in reached(site).values() if status == 200 and text)
        print(
            f"{folder.name}: {site.name} ({site.kind}, {site.config.get('system')}), {pages} pages, {len(found)} faults"
        )
        for fault in found:
            print(f"  {fault}")


if __name__ == "__main__":
    main()
