"""Whether an audit repeats: ``python -m bench.accuracy.repeat``.

The recorded evidence of every portal is judged twenty times, its pages in another order and one page in twenty
unread each time; with ``--live`` some portals are visited again while the server dawdles and fails one request in
twenty. Wherever the evidence is the same the verdict must be; where it is not, only "could not be judged" may
take its place: a verdict is never turned from met to not met or back.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.site_server import Mishap
from app.sites import Response
from bench.accuracy import recording
from bench.accuracy.cases import catalogue
from bench.accuracy.corpus import SPLITS, Example, examples
from bench.accuracy.visit import visit
from checks import runner
from core.evidence import Evidence
from core.page import Fetch, Outcome

#: Share of pages, or of requests, that fail.
FAILING = 0.05
#: Seconds a dawdling server takes at most.
_DELAY = 0.05
#: Portals visited again by ``--live``, one of a family.
_LIVE = 6


@dataclass(frozen=True)
class Difference:
    """A duty judged otherwise than before."""

    portal: str
    rule: str
    before: str
    after: str

    @property
    def is_flip(self) -> bool:
        """From met, in whole or in part, to not met, or back."""
        return {self.before, self.after} & {"pass", "partial"} != set() and "fail" in (self.before, self.after)

    @property
    def is_unknown(self) -> bool:
        return self.after == "unknown"


def verdicts(evidence: Evidence) -> dict[str, str]:
    """Every duty's verdict."""
    return {f.rule: f.verdict.value for f in runner.run(catalogue(), evidence)}


def shuffled(evidence: Evidence, seed: int) -> Evidence:
    """The same evidence, its pages after the home page in another order."""
    first, *others = evidence.pages
    random.Random(seed).shuffle(others)
    return dataclasses.replace(evidence, pages=(first, *others))


def lossy(evidence: Evidence, seed: int) -> Evidence:
    """The evidence with one page in twenty unread: their requests ran out of time."""
    chance = random.Random(seed)
    lost = {p.url for p in evidence.pages[1:] if chance.random() < FAILING}
    names = lost | {a for p in evidence.pages if p.url in lost for a in p.aliases}
    fetches = dict(evidence.fetches)
    fetches |= {url: Fetch(url, Outcome.TIMEOUT) for url in names}
    pages = tuple(p for p in evidence.pages if p.url not in lost)
    return dataclasses.replace(evidence, pages=pages, fetches=fetches)


def differences(portal: str, before: dict[str, str], after: dict[str, str]) -> Iterator[Difference]:
    """Duties that are judged otherwise."""
    for rule, verdict in before.items():
        if after[rule] != verdict:
            yield Difference(portal, rule, verdict, after[rule])


def again(example: Example, times: int) -> Iterator[Difference]:
    """What differs when a portal's recording is judged again and again, whole and shuffled, then with losses."""
    evidence = recording.read(example.recorded).evidence
    first = verdicts(evidence)
    for seed in range(times):
        for found in differences(example.name, first, verdicts(shuffled(evidence, seed))):
            yield dataclasses.replace(found, portal=f"{found.portal} (same evidence)")
        yield from differences(example.name, first, verdicts(shuffled(lossy(evidence, seed), seed)))


def live(example: Example, seed: int) -> Iterator[Difference]:
    """What differs when a portal is visited while its server dawdles and fails."""
    before = visit(example.site).audit.findings
    after = visit(example.site, mishap=_mishap(seed)).audit.findings
    first, second = ({f.rule: f.verdict.value for f in found} for found in (before, after))
    yield from differences(example.name, first, second)


def _mishap(seed: int) -> Mishap:
    chance = random.Random(seed)

    def happens(path: str) -> Response | None:
        time.sleep(chance.random() * _DELAY)
        if path != "/" and chance.random() < FAILING:
            return Response(503, {"content-type": "text/plain", "retry-after": "0"}, b"busy")
        return None

    return happens


def one_of_each_family(found: Iterable[Example], count: int = _LIVE) -> list[Example]:
    """The first portal of each family that needs no browser."""
    by_family: dict[str, Example] = {}
    for example in found:
        if not example.site.config.get("browser"):
            by_family.setdefault(example.family, example)
    return list(by_family.values())[:count]


def main() -> None:
    """Prints what differs; ends with 1 where a verdict flipped or differs on the same evidence."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.accuracy.repeat", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--times", type=int, default=20, help="rounds (20)")
    parser.add_argument("--split", choices=(*SPLITS, "all"), default="all")
    parser.add_argument("--live", action="store_true", help="visit portals again, with delays and failures")
    asked = parser.parse_args()
    chosen = list(examples(asked.split))
    found = [d for example in chosen for d in again(example, asked.times)]
    if asked.live:
        found += [d for n, example in enumerate(one_of_each_family(chosen)) for d in live(example, n)]
    bad = [d for d in found if d.is_flip or "same evidence" in d.portal]
    graded = [d for d in found if d not in bad and not d.is_unknown]
    unseen = len(found) - len(bad) - len(graded)
    print(f"{len(chosen)} portals, {asked.times} rounds: {len(found)} verdicts differ;")
    print(f"{unseen} could not be judged, {len(graded)} graded otherwise, {len(bad)} flipped or on the same evidence")
    for one in (*bad, *graded):
        print(f"- {one.portal}, {one.rule}: {one.before}, then {one.after}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
