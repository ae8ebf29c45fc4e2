"""An audit as an official document: findings and what is to be mended, every duty and the evidence in appendices."""

from __future__ import annotations

from core.audit import Audit
from core.finding import Verdict
from reports import claims, ranking, scores, words
from reports.findings_appendices import appendices
from reports.findings_voice import Voice
from reports.paper import SMALL, Align, Block, Ending, Heading, Letterhead, Paper, Para, Table, clean

#: Duties named in the text: not met, and how to mend the first; the appendices have them all.
_WORST = 10
_FIRST = 5


def make(audit: Audit, lang: str = "vi") -> Paper:
    """The document in one language."""
    voice = Voice(audit, "en" if lang == "en" else "vi")
    say, year = voice.say, audit.today.year
    head = Letterhead(
        above=say("above"),
        issuer=say("issuer"),
        number=say("number"),
        place_day=say("place_day", year=year),
        state=say("state"),
        motto=say("motto"),
    )
    parts = (_general, _result, _strong, _weak, _unseen, _asked)
    return Paper(
        kind=say("kind"),
        subject=say("subject", portal=voice.portal),
        head=head,
        blocks=tuple(block for part in parts for block in part(voice)),
        ending=Ending(say("recipients_head"), voice.lines("recipients"), say("position"), say("hint")),
        appendices=tuple(appendices(voice)),
        attached=say("attached", year=year, issuer=say("issuer")),
        tool=clean(audit.tool, 80),
        made=audit.finished_at or audit.started_at,
        lang=voice.lang,
    )


def _general(voice: Voice) -> list[Block]:
    audit, say, pick = voice.audit, voice.say, voice.pick
    url, day, tool = clean(audit.portal.url, 300), pick(words.day(audit.today)), clean(audit.tool, 80)
    ruleset = pick(audit.ruleset.title, 300)
    facts = [
        ("body", voice.name),
        ("address", url),
        ("body_kind", voice.word("kind", audit.portal.kind.value)),
        ("ruleset", f"{ruleset} ({clean(audit.ruleset.id, 80)})"),
        ("day", day),
        ("taken", _taken(voice)),
        ("visited", _visited(voice)),
        ("audit_id", clean(audit.id, 80)),
        ("tool", tool),
    ]
    rows = tuple((say(key), value) for key, value in facts)
    blocks: list[Block] = [
        Para(say("intro", ruleset=ruleset, portal=voice.portal, url=url, tool=tool, day=day)),
        Heading(say("general")),
        Table((say("item"), say("content")), rows, (0.3, 0.7)),
    ]
    notes = [] if audit.complete else [say("incomplete")]
    notes += [say("crashed", count=len(audit.crashed))] if audit.crashed else []
    notes += [pick(note, 1000) for note in audit.notes]
    if notes:
        blocks += [Para(say("notes"), bold=True), *(Para(note, "bullet") for note in notes)]
    return blocks


def _taken(voice: Voice) -> str:
    start = voice.pick(words.moment(voice.audit.started_at))
    end = voice.pick(words.moment(voice.audit.finished_at)) if voice.audit.finished_at else "…"
    return start if start == end else voice.say("until", start=start, end=end)


def _visited(voice: Voice) -> str:
    crawl = voice.audit.crawl
    return voice.say(
        "visited_words",
        pages=words.number(crawl.pages),
        requests=words.number(crawl.requests),
        size=words.size(crawl.bytes),
        why=voice.word("stopped", crawl.stopped_because),
    )


def _result(voice: Voice) -> list[Block]:
    score, say, pick = voice.audit.score, voice.say, voice.pick
    blocks: list[Block] = [Heading(say("result"))]
    if score.value is None or score.low is None or score.high is None:
        blocks.append(Para(say("score_none")))
    else:
        value, low, high = (words.index(v) for v in (score.value, score.low, score.high))
        covered = words.percent(score.coverage or 0)
        blocks.append(
            Para(say("score", value=value, low=low, high=high, points=scores.reached(voice.audit), covered=covered))
        )
    rows = []
    for group in score.groups:
        if group.max_points:
            covered_group = "–" if group.coverage is None else pick(words.percent(group.coverage))
            points, most = words.points(group.points), words.points(group.max_points)
            rows.append((voice.word("group", group.id), pick(points), pick(most), covered_group))
    if rows:
        heads = voice.heads("group", "points", "max", "coverage")
        blocks.append(Table(heads, tuple(rows), (0.49, 0.15, 0.18, 0.18), ("left", "right", "right", "right")))
    counts = {v: sum(f.verdict == v for f in voice.audit.findings) for v in Verdict}
    told = "; ".join(f"{n} {voice.word('verdict', v.value).lower()}" for v, n in counts.items() if n)
    if told:
        blocks.append(Para(say("counts", all=len(voice.audit.findings), counts=told)))
    blocks.append(Para(say("estimate"), italic=True))
    return blocks


def _strong(voice: Voice) -> list[Block]:
    findings = voice.audit.findings
    met = sum(f.verdict is Verdict.PASS for f in findings)
    blocks: list[Block] = [Heading(voice.say("strong"))]
    if not met:
        return [*blocks, Para(voice.say("strong_none"))]
    blocks.append(Para(voice.say("strong_words", count=met, all=len(findings), appendix=voice.appendix(1))))
    for group, found in voice.groups():
        count = sum(f.verdict is Verdict.PASS for f in found)
        told = voice.say("strong_group", group=voice.word("group", group), count=count, all=len(found))
        blocks.append(Para(told, "bullet"))
    return blocks


def _weak(voice: Voice) -> list[Block]:
    blocks: list[Block] = [Heading(voice.say("weak"))]
    if voice.audit.declared:
        blocks.append(Para(voice.pick(claims.lead(voice.audit))))
    if not voice.fixes and not voice.advice:
        return [*blocks, Para(voice.say("weak_none"))]
    return [*blocks, *_weak_scored(voice), *_weak_advice(voice)]


def _weak_scored(voice: Voice) -> list[Block]:
    """What costs points: the first of the list, the rest stands in the appendix."""
    fixes, say = voice.fixes, voice.say
    blocks: list[Block] = [Heading(say("weak_scored", count=len(fixes)), 2)]
    if not fixes:
        return [*blocks, Para(say("weak_none"))]
    gain = words.points(sum(fix.gain for fix in fixes))
    told = say("weak_scored_words", count=len(fixes), gain=gain, appendix=voice.appendix(2))
    if len(fixes) > _WORST:
        told = f"{told} {say('weak_first', first=_WORST)}"
    rows = tuple(
        (
            str(n),
            voice.title(fix.finding),
            voice.verdict(fix.finding),
            voice.opening(fix.finding.message, 200),
            voice.pick(words.points(fix.gain)),
        )
        for n, fix in enumerate(fixes[:_WORST], 1)
    )
    heads = voice.heads("number_head", "duty", "verdict", "finding", "gain")
    align: tuple[Align, ...] = ("center", "left", "left", "left", "center")
    return [*blocks, Para(told), Table(heads, rows, (0.07, 0.3, 0.14, 0.38, 0.11), align, size=SMALL)]


def _weak_advice(voice: Voice) -> list[Block]:
    """What costs none: named in a sentence."""
    advice = voice.advice
    if not advice:
        return []
    titles = "; ".join(voice.pick(f.title, 160) for f in advice[:_FIRST])
    more = " " + voice.say("weak_advice_more", count=len(advice) - _FIRST) if len(advice) > _FIRST else ""
    told = voice.say("weak_advice_words", titles=titles + more, appendix=voice.appendix(2))
    return [Heading(voice.say("weak_advice", count=len(advice)), 2), Para(told)]


def _unseen(voice: Voice) -> list[Block]:
    unseen, say = ranking.unseen(voice.audit), voice.say
    blocks: list[Block] = [Heading(say("unseen"))]
    if not unseen:
        return [*blocks, Para(say("weak_none"))]
    rows = tuple(
        (
            str(n),
            voice.title(f),
            voice.cause(f),
            "–" if not f.max_points else voice.pick(words.points(f.max_points)),
        )
        for n, f in enumerate(unseen, 1)
    )
    heads = voice.heads("number_head", "duty", "cause", "max")
    table = Table(heads, rows, (0.07, 0.36, 0.42, 0.15), ("center", "left", "left", "center"), size=SMALL)
    return [*blocks, Para(say("unseen_words")), table]


def _asked(voice: Voice) -> list[Block]:
    fixes, advice, say = voice.fixes, voice.advice, voice.say
    blocks: list[Block] = [Heading(say("advice"))]
    if not fixes and not advice:
        return [*blocks, Para(say("advice_none", name=voice.name)), Para(say("close"))]
    key = "advice_words" if fixes else "advice_only"
    told = say(key, name=voice.name, count=len(fixes), others=len(advice), appendix=voice.appendix(2))
    blocks.append(Para(told))
    for fix in fixes[:_FIRST]:
        title, how = voice.pick(fix.finding.title, 300), voice.opening(fix.finding.fix, 300)
        first = say("advice_first", title=title, fix=how.rstrip("."), gain=words.points(fix.gain))
        blocks.append(Para(first, "bullet"))
    return [*blocks, Para(say("close"))]
