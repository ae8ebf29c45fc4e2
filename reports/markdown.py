"""``report.md``: the summary for a pull request, in GitHub's and GitLab's Markdown.

Short first: score, coverage, counts, what changed against the baseline; then tables of what is not met, partly met
and could not be judged. What was crawled is hostile: no letter of it works as Markdown, HTML or a mention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.audit import Audit
from core.finding import Finding, Text, Verdict
from core.text import shorten
from reports import claims, ranking, words
from reports.html_report import safe_url
from reports.places import Place, place_of
from reports.words import pick, seen

#: Rows of one table; a comment on a pull request may hold 65,536 characters.
MOST = 40
_MARKS = {"pass": "✅", "partial": "🟡", "fail": "❌", "unknown": "❔", "not_applicable": "➖"}
_SPECIAL = re.compile(r"[\\`*_\[\]|<>&~]|:(?=//)")
#: People, issues, merge requests, labels …: GitHub and GitLab look for them in the finished page.
_REFERENCE = re.compile(r"([@#!~%$])(?=\w)")


def render(audit: Audit, lang: str = "vi") -> bytes:
    """The summary as UTF-8 Markdown."""

    def say(name: str, **values: Text | str) -> str:
        return pick(words.say(name, **values), lang)

    name = audit.portal.name or audit.portal.url
    lines = [f"## {say('page.title')}: {plain(name, 150)}", ""]
    if not audit.complete:
        lines += [f"> ⚠️ {plain(say('page.incomplete'))}", ""]
    lines += [*_head(audit, lang), ""]
    lines += _against(audit, lang)
    fails = [fix for fix in ranking.fixes(audit) if fix.finding.verdict is Verdict.FAIL]
    partials = [fix for fix in ranking.fixes(audit) if fix.finding.verdict is Verdict.PARTIAL]
    for head, found, opened in (("ci.fails", fails, True), ("ci.partials", partials, False)):
        rows = [(*_told(audit, fix.finding, lang), f"+{pick(words.points(fix.gain), lang)}") for fix in found]
        heads = [say(f"ci.{key}") for key in ("duty", "wrong", "fix", "place", "gain")]
        lines += _table(say(head), heads, rows, lang, opened=opened)
    differing = [
        (
            f"{_code(item.claim.rule)}<br>{plain(pick(claims.duty(item), lang), 120)}",
            pick(claims.claimed(item), lang),
            plain(pick(claims.found(item), lang), 300),
            pick(claims.gap(item), lang),
        )
        for item in audit.declared
        if item.disagrees
    ]
    heads = [say(f"declared.{key}") for key in ("duty", "claim", "found", "gap")]
    lines += _table(say("declared.heading"), heads, differing, lang, opened=False)
    unseen = [
        (
            _duty(f, lang),
            plain(pick(words.word("cause", f.cause or "other") or f.message, lang), 200),
        )
        for f in ranking.unseen(audit)
    ]
    lines += _table(say("ci.unknowns"), [say(f"ci.{key}") for key in ("duty", "why")], unseen, lang, opened=False)
    advice = [_told(audit, f, lang) for f in ranking.advice(audit)]
    heads = [say(f"ci.{key}") for key in ("duty", "wrong", "fix", "place")]
    lines += _table(say("ci.advice"), heads, advice, lang, opened=False)
    lines += [f"> {plain(pick(note, lang))}" + "\n" for note in audit.notes]
    made = say("ci.made", tool=audit.tool, ruleset=audit.ruleset.id, day=words.day(audit.today))
    lines += [f"<sub>{plain(made)} {plain(say('score.estimate'))}</sub>"]
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8", "replace")


def plain(text: str, limit: int = 600) -> str:
    """The text with every letter that Markdown, HTML or a mention would take for its own made harmless."""
    apart = _REFERENCE.sub("\\1\u200b", seen(text, limit))
    # A numeric entity stays itself in a table, in a quotation and in HTML alike.
    return _SPECIAL.sub(lambda m: f"&#{ord(m[0])};", apart)


def _head(audit: Audit, lang: str) -> list[str]:
    score = audit.score
    if score.value is None or score.low is None or score.high is None:
        value = pick(words.say("score.none"), lang)
    else:
        shown = {n: words.index(v) for n, v in (("value", score.value), ("low", score.low), ("high", score.high))}
        value = f"**{pick(words.say('summary.score_of', **shown), lang)}**"
    counts = {v: sum(f.verdict == v for f in audit.findings) for v in Verdict}
    shown_counts = " · ".join(
        f"{_MARKS[v.value]} {n} {pick(words.say(f'verdict.{v.value}'), lang).lower()}" for v, n in counts.items() if n
    )
    rows = [("summary.score", value)]
    if score.coverage is not None:
        rows.append(("summary.coverage", pick(words.percent(score.coverage), lang)))
    rows += [("summary.duties", shown_counts), ("page.address", _link(audit.portal.url))]
    head = [f"| {pick(words.say(name), lang)} | {text} |" for name, text in rows]
    return [head[0], "| --- | --- |", *head[1:]]


def _link(url: str, called: str = "") -> str:
    """The address as a link where it may be one, else as harmless text."""
    safe = safe_url(url)
    return f"[{plain(called or url, 80)}](<{safe.replace('|', '%7C')}>)" if safe else plain(url, 120)


def _where(audit: Audit, place: Place, lang: str) -> str:
    """File and line; else a link, called by its path on the portal itself: tables are narrow."""
    if place.file:
        return _code(str(place))
    home = audit.portal.url.rstrip("/")
    path = place.url.removeprefix(home) if place.url.startswith(f"{home}/") else ""
    return _link(place.url, pick(words.say("ci.home"), lang) if path == "/" else shorten(path, 40))


def _duty(finding: Finding, lang: str) -> str:
    return f"{_code(finding.rule)}<br>{plain(pick(finding.title, lang), 120)}"


def _code(text: str) -> str:
    return f"`{re.sub(r'[`|<>]', '', seen(text, 160))}`"


def _told(audit: Audit, finding: Finding, lang: str) -> tuple[str, ...]:
    return (
        _duty(finding, lang),
        plain(pick(finding.message, lang), 300),
        plain(pick(finding.fix, lang), 240),
        _where(audit, place_of(audit, finding), lang),
    )


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], lang: str, *, opened: bool) -> list[str]:
    if not rows:
        return []
    table = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    table += [f"| {' | '.join(row)} |" for row in rows[:MOST]]
    table += _rest(rows, lang)
    head = f"{plain(title)} ({len(rows)})"
    if opened:
        return [f"### {head}", "", *table, ""]
    return [f"<details><summary>{head}</summary>", "", *table, "", "</details>", ""]


def _rest(rows: Sequence[object], lang: str) -> list[str]:
    """How many more there are than a list or a table holds."""
    return ["", pick(words.say("ci.more", n=str(len(rows) - MOST)), lang)] if len(rows) > MOST else []


def _against(audit: Audit, lang: str) -> list[str]:
    if audit.against is None:
        return []

    found = {f.rule: f for f in audit.findings}

    def named(rule: str, now: bool) -> str:
        finding = found.get(rule)
        if finding is None:
            return _code(rule)
        stands = words.say("ci.now", verdict=words.say(f"verdict.{finding.verdict.value}")) if now else ""
        return f"{_code(rule)} {plain(pick(finding.title, lang), 100)} {plain(pick(stands, lang))}".rstrip()

    rows = [
        ("❌", "ci.new_list", audit.against.new),
        ("✅", "ci.vanished_list", audit.against.vanished),
        ("❔", "ci.unseen_list", audit.against.unseen),
    ]
    body = []
    for mark, name, rules in rows:
        if rules or name != "ci.unseen_list":
            told = "; ".join(named(rule, name == "ci.vanished_list") for rule in rules)
            head = f"- {mark} **{pick(words.say(name), lang)} ({len(rules)})**: "
            body.append(head + (told or pick(words.say("ci.none"), lang)))
    lines = [f"### {pick(words.say('ci.baseline'), lang)}", "", *body, ""]
    if known := [f"- {named(rule, False)}" for rule in audit.against.known[:MOST]]:
        head = f"➖ {pick(words.say('ci.known_list'), lang)} ({len(audit.against.known)})"
        known += _rest(audit.against.known, lang)
        lines += [f"<details><summary>{head}</summary>", "", *known, "", "</details>", ""]
    return lines
