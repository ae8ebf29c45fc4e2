"""The short summary for the terminal: score, coverage, counts, what to mend first, where the files are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.audit import Audit
from core.finding import Text, Verdict
from reports import ranking, words

#: How many duties to mend are named.
TOP = 5


def render(audit: Audit, lang: str = "vi", files: Iterable[str | Path] = ()) -> str:
    """Plain lines, no colours; ``files`` are the reports written."""

    def say(name: str, **values: Text | str) -> str:
        return words.pick(words.say(name, **values), lang)

    rows: list[tuple[str, list[str]]] = []
    name, url = words.seen(audit.portal.name, 120), words.seen(audit.portal.url, 300)
    rows.append((say("summary.portal"), [f"{name} – {url}" if name else url]))
    score = audit.score
    if score.value is None or score.low is None or score.high is None:
        rows.append((say("summary.score"), [say("score.none")]))
    else:
        value, low, high = words.index(score.value), words.index(score.low), words.index(score.high)
        rows.append((say("summary.score"), [say("summary.score_of", value=value, low=low, high=high)]))
    if score.coverage is not None:
        rows.append((say("summary.coverage"), [words.pick(words.percent(score.coverage), lang)]))
    counts = {v: sum(f.verdict == v for f in audit.findings) for v in Verdict}
    shown = [f"{counts[v]} {say(f'verdict.{v.value}').lower()}" for v in Verdict if counts[v]]
    if shown:
        rows.append((say("summary.duties"), [", ".join(shown)]))
    if audit.against is not None:
        told = [("new", "ci.new_list"), ("vanished", "ci.vanished_list"), ("unseen", "ci.unseen_list")]
        changes = [
            f"{say(name)}: {', '.join(words.seen(rule, 60) for rule in rules) or say('ci.none')}"
            for field, name in told
            if (rules := getattr(audit.against, field)) or field != "unseen"
        ]
        rows.append((say("ci.baseline"), changes))
    if audit.skipped:
        rows.append((say("ci.skipped"), [say("ci.duties", n=str(len(audit.skipped)))]))
    fixes = ranking.fixes(audit)[:TOP]
    if fixes:
        lines = [
            f"{say('fixes.gain', points=words.points(fix.gain))}: "
            f"{words.seen(words.pick(fix.finding.title, lang), 90)} ({words.seen(fix.finding.rule, 60)})"
            for fix in fixes
        ]
        rows.append((say("summary.fixes"), lines))
    paths = [str(path) for path in files]
    if paths:
        rows.append((say("summary.files"), paths))

    width = max(len(head) for head, _ in rows) + 2
    lines = []
    if not audit.complete:
        lines.append(f"! {say('page.incomplete')}")
    for head, body in rows:
        lines += [f"{head + ':' if i == 0 else '':<{width}}{line}" for i, line in enumerate(body)]
    lines.append(say("score.estimate"))
    return "\n".join(lines) + "\n"
