"""The figures as Markdown, for the terminal and for docs/accuracy.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from bench.accuracy.cases import Judged
from bench.accuracy.score import Case, Figures, grouped

_HEAD = "| {} | cases | recall | precision | verdict exact | unknown | right address | newest date |"
_LINE = "|---|---|---|---|---|---|---|---|"
_QUOTED = re.compile(r"“[^”]*”")


def tables(found: list[Judged], split: str) -> Iterator[str]:
    """Everything there is to say about one split, part by part."""
    cases = [c for j in found for c in j.cases]
    yield f"## {split}: {len(found)} portals, {len(cases)} truths\n"
    yield "\n".join((_HEAD.format("all"), _LINE, _row("the program", Figures(tuple(cases))))) + "\n"
    yield "### Beside three simple matchers, on the duties that are sections\n"
    yield "\n".join(_beside(found)) + "\n"
    views = {"group": lambda c: c.group, "family": lambda c: c.example.family, "state": lambda c: c.truth.state or "–",
             "rule": lambda c: c.rule, "portal": lambda c: c.example.name}  # fmt: skip
    for name, by in views.items():
        yield f"### By {name}\n"
        rows = (_row(key, figures) for key, figures in grouped(cases, by).items())
        yield "\n".join((_HEAD.format(name), _LINE, *rows)) + "\n"
    mistakes = {
        "False fails": lambda c: c.false_fail,
        "False passes": lambda c: c.false_pass,
        "Could not be judged, though it can": lambda c: c.judgeable and c.got == "unknown",
        "There, but graded otherwise": lambda c: c.is_there and c.got in ("pass", "partial") and not c.right,
    }
    for name, is_one in mistakes.items():
        ones = [c for c in cases if is_one(c)]
        yield f"### {name}: {len(ones)}\n"
        if ones:
            yield "\n".join(map(partial(_listed, hide=split == "test"), ones)) + "\n"


def _row(name: str, f: Figures) -> str:
    cells = (f.recall, f.precision, f.exact, f.unknown, f.section, f.newest)
    return f"| {name} | {len(f.cases)} | " + " | ".join(str(c) for c in cells) + " |"


def _beside(found: list[Judged]) -> Iterator[str]:
    references = by_matcher(found)
    rules = {c.rule for cases in references.values() for c in cases}
    ours = tuple(c for j in found for c in j.cases if c.rule in rules)
    yield "| who | recall | precision | false passes | false fails |"
    yield "|---|---|---|---|---|"
    for name, cases in ({"**the program**": ours} | references).items():
        f = Figures(cases)
        passes, fails = sum(c.false_pass for c in cases), sum(c.false_fail for c in cases)
        yield f"| {name} | {f.recall} | {f.precision} | {passes} | {fails} |"


def by_matcher(found: Iterable[Judged]) -> Mapping[str, tuple[Case, ...]]:
    """All cases of each reference matcher."""
    together: dict[str, tuple[Case, ...]] = {}
    for judged in found:
        for name, cases in judged.references.items():
            together[name] = together.get(name, ()) + cases
    return together


def _listed(case: Case, *, hide: bool) -> str:
    """One mistake with the reason given; words of a test portal are left out, nobody is to mend rules by them."""
    reason = _QUOTED.sub("“…”", case.reason) if hide else case.reason
    expected = "/".join(case.truth.verdicts)
    why = "" if hide else f" — {case.truth.why}"
    return f"- {case.rule}, {case.example.name}, {case.truth.state}: {case.got}, should be {expected}. {reason}{why}"
