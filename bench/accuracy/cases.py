"""From portals to cases: visited by the program or taken from their recordings, judged, and put beside the truth."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial

from app import audit as program
from app.catalogues import open_catalogue
from bench.accuracy import recording
from bench.accuracy.corpus import Example
from bench.accuracy.references import MATCHERS, judged
from bench.accuracy.score import Case, case
from bench.accuracy.visit import visit
from checks import runner
from checks.catalogue import build
from core.evidence import Evidence
from core.finding import Finding
from core.rule import Catalogue

#: Portals visited at the same time.
WORKERS = 2


@dataclass(frozen=True)
class Judged:
    """One portal's cases: the program's, and those of each reference matcher."""

    example: Example
    cases: tuple[Case, ...]
    references: dict[str, tuple[Case, ...]]
    findings: tuple[Finding, ...]


@cache
def catalogue() -> Catalogue:
    """The default catalogue."""
    return open_catalogue(None)


@cache
def section_names() -> dict[str, tuple[str, ...]]:
    """The accepted names of every duty that is a section, as the catalogue writes them."""
    found = {}
    for rule in catalogue().rules:
        wording = build(rule).wording()
        if wording is not None and wording.section and rule.params.get("names"):
            found[rule.id] = tuple(str(n) for n in rule.params["names"])
    return found


def live(examples: Iterable[Example], *, record: bool = False) -> Iterator[Judged]:
    """Visit every portal with the real program; ``record`` keeps the evidence for later."""
    with ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(partial(_live, record=record), examples)


def _live(example: Example, *, record: bool) -> Judged:
    done: program.Outcome = visit(example.site)
    if record:
        recording.write(example.recorded, recording.Recording(example.fingerprint, done.evidence))
    return put_beside(example, done.evidence, done.audit.findings)


def recorded(examples: Iterable[Example]) -> Iterator[Judged]:
    """Judge the recorded evidence of every portal. Raises ValueError where a recording is older than its portal."""
    for example in examples:
        kept = recording.read(example.recorded)
        if kept.fingerprint != example.fingerprint:
            raise ValueError(f"{example.name} has changed since it was recorded: python -m bench.accuracy --record")
        yield put_beside(example, kept.evidence, tuple(runner.run(catalogue(), kept.evidence)))


def put_beside(example: Example, evidence: Evidence, findings: tuple[Finding, ...]) -> Judged:
    """Findings beside what is true; duties without a known truth are left out."""
    truth = example.truth
    cases = [case(example, f, truth[f.rule]) for f in findings if f.rule in truth and f.verdict != "not_applicable"]
    others = {name: tuple(judged(m, cases, evidence, section_names())) for name, m in MATCHERS.items()}
    return Judged(example, tuple(cases), others, findings)
