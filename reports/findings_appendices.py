"""The appendices of the findings on paper: every duty, what is to be mended, evidence, ages, claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.declared import Declared
from core.finding import Finding
from reports import claims, words
from reports.charts import ages
from reports.findings_proofs import proofs
from reports.findings_voice import Voice
from reports.paper import SMALL, Align, Appendix, Block, Heading, Para, Picture, Table, clean

#: Sources named beside one duty.
_CITED = 1
#: Letters of a finding and of how to mend it.
_TOLD, _HOW = 150, 220


def appendices(voice: Voice) -> Iterator[Block]:
    """Those there is something for, each with its number. The text speaks of the first three."""
    number = 0
    for make in (_duties, _fix_list, proofs, _ages, _claims):
        title, wide, blocks = make(voice)
        if blocks:
            number += 1
            yield Appendix(voice.appendix(number), title, wide=wide)
            yield from blocks


def _duties(voice: Voice) -> tuple[str, bool, list[Block]]:
    rows: list[tuple[str, ...]] = []
    strong = set()
    for group, found in voice.groups():
        strong.add(len(rows))
        rows.append(("", voice.word("group", group), "", "", ""))
        for f in found:
            title = voice.title(f) + (" (*)" if f.note.vi or f.basis == "product" else "")
            number = len(rows) + 1 - len(strong)
            rows.append((str(number), title, _sources(voice, f), voice.verdict(f), voice.points(f)))
    heads = voice.heads("number_head", "duty", "citation", "verdict", "points")
    align: tuple[Align, ...] = ("center", "left", "left", "left", "center")
    table = Table(heads, tuple(rows), (0.07, 0.37, 0.33, 0.14, 0.09), align, frozenset(strong), size=SMALL)
    return voice.say("all_duties"), False, [table, Para(voice.say("own_default"), "note")]


def _sources(voice: Voice, f: Finding) -> str:
    """The first sources, and how many more there are."""
    cited = [voice.cite(c) for c in f.citations[:_CITED]]
    more = len(f.citations) - _CITED
    return " ".join([*cited, voice.say("more_sources", count=more)] if more > 0 else cited)


def _fix_list(voice: Voice) -> tuple[str, bool, list[Block]]:
    """What costs points, and apart from it what is only advised."""
    scored = [(fix.finding, voice.pick(words.points(fix.gain))) for fix in voice.fixes]
    blocks: list[Block] = []
    if scored:
        blocks += [Heading(voice.say("fix_scored", count=len(scored)), 2), _fixes(voice, scored)]
    if voice.advice:
        blocks += [Heading(voice.say("fix_advised", count=len(voice.advice)), 2), _advised(voice)]
    note = Para(voice.say("fix_words"), "note")
    return voice.say("fix_list"), True, [*blocks, note] if blocks else [Para(voice.say("weak_none"))]


def _fixes(voice: Voice, found: Iterable[tuple[Finding, str]]) -> Table:
    heads = voice.heads("number_head", "duty", "finding", "fix", "gain")
    rows = tuple(
        (str(n), voice.title(f), voice.opening(f.message, _TOLD), voice.opening(f.fix, _HOW), gain)
        for n, (f, gain) in enumerate(found, 1)
    )
    return Table(heads, rows, (0.05, 0.23, 0.29, 0.36, 0.07), ("center", "left", "left", "left", "center"), size=SMALL)


def _advised(voice: Voice) -> Table:
    heads = voice.heads("number_head", "duty", "verdict", "fix")
    rows = tuple(
        (str(n), voice.title(f), voice.verdict(f), voice.opening(f.fix, _HOW)) for n, f in enumerate(voice.advice, 1)
    )
    return Table(heads, rows, (0.05, 0.35, 0.12, 0.48), ("center", "left", "left", "left"), size=SMALL)


def _ages(voice: Voice) -> tuple[str, bool, list[Block]]:
    """How old the newest item of each section is: a picture, and the same as a table."""
    audit = voice.audit
    found = ages.of_audit(audit)
    if not found:
        return "", False, []
    drawn = ages.draw(found, audit.today, voice.lang)
    rows = tuple(
        (
            str(n),
            voice.pick(age.title, 300),
            voice.pick(words.day(age.newest)),
            ages.said((audit.today - age.newest).days, voice.lang),
            voice.word("verdict", age.verdict.value),
        )
        for n, age in enumerate(found, 1)
    )
    heads = voice.heads("number_head", "duty", "newest", "days", "verdict")
    align: tuple[Align, ...] = ("center", "left", "center", "left", "left")
    table = Table(heads, rows, (0.07, 0.43, 0.16, 0.16, 0.18), align, size=SMALL)
    return voice.say("ages"), False, [Picture(drawn.png(), clean(f"{drawn.title}. {drawn.text}")), table]


def _claims(voice: Voice) -> tuple[str, bool, list[Block]]:
    """What the body claimed of itself, where the audit found something else or nothing."""
    audit = voice.audit
    if not audit.declared:
        return "", False, []
    rows = tuple(
        (
            str(n),
            voice.title(item.finding) if item.finding else clean(item.claim.rule, 60),
            voice.pick(claims.claimed(item)),
            _found(voice, item),
            voice.pick(claims.gap(item)),
        )
        for n, item in enumerate(claims.told(audit), 1)
    )
    if not rows:
        return voice.say("claims"), False, [Para(voice.pick(words.say("declared.none")))]
    heads = voice.heads("number_head", "duty", "claim", "found", "gap")
    table = Table(
        heads, rows, (0.07, 0.33, 0.12, 0.35, 0.13), ("center", "left", "center", "left", "center"), size=SMALL
    )
    return voice.say("claims"), False, [Para(voice.pick(claims.lead(audit))), table]


def _found(voice: Voice, item: Declared) -> str:
    told = voice.pick(claims.found(item), 400)
    return f"{voice.verdict(item.finding)}. {told}" if item.finding else told
