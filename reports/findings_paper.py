"""An audit as an official document: findings, what is to be mended, and the evidence in appendices."""

from __future__ import annotations

from pathlib import Path

from core.audit import Audit
from core.declared import Declared
from core.finding import Citation, Finding, Proof, Text, Verdict
from core.sentences import Sentences
from core.text import fold
from reports import claims, ranking, words
from reports.charts import ages
from reports.paper import Align, Appendix, Block, Ending, Heading, Letterhead, Paper, Para, Picture, Table, clean

_sentences = Sentences(Path(__file__).parent)
#: Pieces of evidence told of one duty, and duties named as the first to mend.
_PROOFS = 4
_FIRST = 5


def make(audit: Audit, lang: str = "vi") -> Paper:
    """The document in one language."""
    return _Findings(audit, "en" if lang == "en" else "vi").paper()


class _Findings:
    def __init__(self, audit: Audit, lang: str) -> None:
        self.audit, self.lang = audit, lang
        self.name = clean(audit.portal.name, 200) or clean(audit.portal.url, 200)
        named = fold(self.name).startswith(("cong ", "trang ", "portal"))
        self.portal = self.name if named else self.say("portal_of", name=self.name)
        self.fixes = ranking.fixes(audit)
        self.advice = ranking.advice(audit)

    def say(self, key: str, **values: object) -> str:
        text: str = self.pick(_sentences.say(key, **values))
        return text

    def pick(self, text: Text, limit: int = 4000) -> str:
        return clean(words.pick(text, self.lang), limit)

    def word(self, section: str, key: str) -> str:
        found = words.word(section, key)
        return self.pick(found) if found else clean(key, 80)

    def paper(self) -> Paper:
        audit = self.audit
        head = Letterhead(
            above=self.say("above"),
            issuer=self.say("issuer"),
            number=self.say("number"),
            place_day=self.say("place_day", year=audit.today.year),
            state=self.say("state"),
            motto=self.say("motto"),
        )
        recipients = words.pick(_sentences.say("recipients"), self.lang).split("\n")
        ages_of = self._ages()
        appendices = (*self._duties(), *self._fix_list(), *self._proofs(), *ages_of)
        ending = Ending(self.say("recipients_head"), tuple(recipients), self.say("position"), self.say("hint"))
        return Paper(
            kind=self.say("kind"),
            subject=self.say("subject", portal=self.portal),
            head=head,
            blocks=(*self._general(), *self._result(), *self._strong(), *self._weak(), *self._unseen(), *self._asked()),
            ending=ending,
            appendices=(*appendices, *self._claims("05" if ages_of else "04")),
            tool=clean(audit.tool, 80),
            made=audit.finished_at or audit.started_at,
            lang=self.lang,
        )

    def _general(self) -> list[Block]:
        audit, crawl = self.audit, self.audit.crawl
        url, day, tool = clean(audit.portal.url, 300), self.pick(words.day(audit.today)), clean(audit.tool, 80)
        ruleset = self.pick(audit.ruleset.title, 300)
        end = self.pick(words.moment(audit.finished_at)) if audit.finished_at else "…"
        visited = self.say(
            "visited_words",
            pages=words.number(crawl.pages),
            requests=words.number(crawl.requests),
            size=words.size(crawl.bytes),
            why=self.word("stopped", crawl.stopped_because),
        )
        facts = [
            ("body", self.name),
            ("address", url),
            ("body_kind", self.word("kind", audit.portal.kind.value)),
            ("ruleset", f"{ruleset} ({clean(audit.ruleset.id, 80)})"),
            ("day", day),
            ("taken", self.say("until", start=self.pick(words.moment(audit.started_at)), end=end)),
            ("visited", visited),
            ("audit_id", clean(audit.id, 80)),
            ("tool", tool),
        ]
        rows = tuple((self.say(key), value) for key, value in facts)
        blocks: list[Block] = [
            Para(self.say("intro", ruleset=ruleset, portal=self.portal, url=url, tool=tool, day=day)),
            Heading(self.say("general")),
            Table((self.say("item"), self.say("content")), rows, (0.3, 0.7)),
        ]
        notes = [] if audit.complete else [self.say("incomplete")]
        notes += [self.say("crashed", count=len(audit.crashed))] if audit.crashed else []
        notes += [self.pick(note, 1000) for note in audit.notes]
        if notes:
            blocks += [Para(self.say("notes"), bold=True), *(Para(note, "bullet") for note in notes)]
        return blocks

    def _result(self) -> list[Block]:
        score = self.audit.score
        blocks: list[Block] = [Heading(self.say("result"))]
        if score.value is None or score.low is None or score.high is None:
            blocks.append(Para(self.say("score_none")))
        else:
            value, low, high = (words.index(v) for v in (score.value, score.low, score.high))
            points, most = words.points(score.points), words.points(score.max_points)
            covered = words.percent(score.coverage or 0)
            text = self.say("score", value=value, low=low, high=high, points=points, max=most, covered=covered)
            blocks.append(Para(text))
        rows = []
        for group in score.groups:
            if group.max_points:
                covered_group = "–" if group.coverage is None else self.pick(words.percent(group.coverage))
                points, most = words.points(group.points), words.points(group.max_points)
                rows.append((self.word("group", group.id), self.pick(points), self.pick(most), covered_group))
        if rows:
            heads = tuple(self.say(key) for key in ("group", "points", "max", "coverage"))
            blocks.append(Table(heads, tuple(rows), (0.52, 0.16, 0.16, 0.16), ("left", "right", "right", "right")))
        counts = {v: sum(f.verdict == v for f in self.audit.findings) for v in Verdict}
        told = "; ".join(f"{n} {self.word('verdict', v.value).lower()}" for v, n in counts.items() if n)
        if told:
            blocks.append(Para(self.say("counts", all=len(self.audit.findings), counts=told)))
        blocks.append(Para(self.say("estimate"), italic=True))
        return blocks

    def _strong(self) -> list[Block]:
        met = [self.pick(f.title, 300) for f in self.audit.findings if f.verdict is Verdict.PASS]
        text = self.say("strong_words", count=len(met), titles="; ".join(met)) if met else self.say("strong_none")
        return [Heading(self.say("strong")), Para(text)]

    def _weak(self) -> list[Block]:
        weak = [fix.finding for fix in self.fixes] + list(self.advice)
        blocks: list[Block] = [Heading(self.say("weak"))]
        if self.audit.declared:
            blocks.append(Para(self.pick(claims.lead(self.audit))))
        if not weak:
            return [*blocks, Para(self.say("weak_none"))]
        heads = tuple(self.say(key) for key in ("number_head", "duty", "verdict", "finding", "points"))
        rows = tuple(
            (str(n), self._title(f), self._verdict(f), self.pick(f.message, 400), self._points(f))
            for n, f in enumerate(weak, 1)
        )
        return [
            *blocks,
            Table(heads, rows, (0.07, 0.29, 0.14, 0.37, 0.13), ("center", "left", "left", "left", "center")),
        ]

    def _unseen(self) -> list[Block]:
        unseen = ranking.unseen(self.audit)
        blocks: list[Block] = [Heading(self.say("unseen"))]
        if not unseen:
            return [*blocks, Para(self.say("weak_none"))]
        heads = tuple(self.say(key) for key in ("number_head", "duty", "cause", "max"))
        rows = tuple(
            (str(n), self._title(f), self._cause(f), "–" if not f.max_points else self.pick(words.points(f.max_points)))
            for n, f in enumerate(unseen, 1)
        )
        table = Table(heads, rows, (0.07, 0.4, 0.42, 0.11), ("center", "left", "left", "center"))
        return [*blocks, Para(self.say("unseen_words")), table]

    def _asked(self) -> list[Block]:
        blocks: list[Block] = [Heading(self.say("advice"))]
        if not self.fixes and not self.advice:
            return [*blocks, Para(self.say("advice_none", name=self.name)), Para(self.say("close"))]
        count = len(self.fixes) + len(self.advice)
        blocks.append(Para(self.say("advice_words", name=self.name, count=count)))
        for fix in self.fixes[:_FIRST]:
            title, how = self.pick(fix.finding.title, 300), _opening(self.pick(fix.finding.fix))
            told = self.say("advice_first", title=title, fix=how.rstrip("."), gain=words.points(fix.gain))
            blocks.append(Para(told, "bullet"))
        return [*blocks, Para(self.say("close"))]

    def _duties(self) -> list[Block]:
        heads = tuple(self.say(k) for k in ("number_head", "duty", "citation", "verdict", "points"))
        rows: list[tuple[str, ...]] = []
        strong = set()
        groups = dict.fromkeys(["information", "functions", "technical", *(f.group for f in self.audit.findings)])
        number = 0
        for group in groups:
            found = [f for f in self.audit.findings if f.group == group]
            if found:
                strong.add(len(rows))
                rows.append(("", self.word("group", group), "", "", ""))
            for f in found:
                number += 1
                cited = "\n".join(self._cite(c) for c in f.citations)
                title = self._title(f) + (" (*)" if f.note.vi or f.basis == "product" else "")
                rows.append((str(number), title, cited, self._verdict(f), self._points(f)))
        table = Table(heads, tuple(rows), (0.07, 0.4, 0.26, 0.15, 0.12),
                      ("center", "left", "left", "left", "center"), frozenset(strong))  # fmt: skip
        note = Para(self.say("own_default"), "note")
        return [Appendix(self.say("appendix", number="01"), self.say("all_duties")), table, note]

    def _fix_list(self) -> list[Block]:
        heads = tuple(self.say(k) for k in ("number_head", "duty", "finding", "fix", "citation", "gain"))
        todo = [(fix.finding, self.pick(words.points(fix.gain))) for fix in self.fixes]
        todo += [(f, self.say("no_points")) for f in self.advice]
        rows = tuple(
            (
                str(n),
                self._title(f),
                self.pick(f.message, 500),
                self.pick(f.fix, 600),
                "\n".join(self._cite(c) for c in f.citations),
                gain,
            )
            for n, (f, gain) in enumerate(todo, 1)
        )
        head = Appendix(self.say("appendix", number="02"), self.say("fix_list"), wide=True)
        if not rows:
            return [head, Para(self.say("weak_none"))]
        align: tuple[Align, ...] = ("center", "left", "left", "left", "left", "center")
        return [head, Table(heads, rows, (0.05, 0.2, 0.25, 0.26, 0.15, 0.09), align)]

    def _proofs(self) -> list[Block]:
        heads = tuple(self.say(k) for k in ("number_head", "duty", "verdict", "proof", "seen_at"))
        rows: list[tuple[str, ...]] = []
        for f in self.audit.findings:
            if not (f.evidence or f.candidates):
                continue
            lines = [self._proof(p) for p in f.evidence[:_PROOFS]]
            if len(f.evidence) > _PROOFS:
                lines.append(self.say("more_proofs", count=len(f.evidence) - _PROOFS))
            lines += [
                self.say(
                    "near", text=f"{clean(c.text, 120)} {clean(c.url, 200)}".strip(), why=self.pick(c.why_not, 200)
                )
                for c in f.candidates[:2]
            ]
            times = [p.observed_at for p in f.evidence if p.observed_at is not None]
            seen = self.pick(words.moment(max(times))) if times else "–"
            rows.append((str(len(rows) + 1), self._title(f), self._verdict(f), "\n".join(lines), seen))
        head = Appendix(self.say("appendix", number="03"), self.say("proofs"), wide=True)
        if not rows:
            return [head, Para(self.say("weak_none"))]
        align: tuple[Align, ...] = ("center", "left", "left", "left", "left")
        return [head, Table(heads, tuple(rows), (0.05, 0.24, 0.11, 0.48, 0.12), align)]

    def _ages(self) -> list[Block]:
        """How old the newest item of each section is: a picture, and the same as a table."""
        found = ages.of_audit(self.audit)
        if not found:
            return []
        drawn = ages.draw(found, self.audit.today, self.lang)
        heads = tuple(self.say(k) for k in ("number_head", "duty", "newest", "days", "verdict"))
        rows = tuple(
            (
                str(n),
                self.pick(age.title, 300),
                self.pick(words.day(age.newest)),
                self.pick(words.number((self.audit.today - age.newest).days)),
                self.word("verdict", age.verdict.value),
            )
            for n, age in enumerate(found, 1)
        )
        table = Table(heads, rows, (0.07, 0.45, 0.16, 0.14, 0.18), ("center", "left", "center", "right", "left"))
        head = Appendix(self.say("appendix", number="04"), self.say("ages"))
        return [head, Picture(drawn.png(), clean(f"{drawn.title}. {drawn.text}")), table]

    def _claims(self, number: str) -> list[Block]:
        """What the body claimed of itself, where the audit found something else or nothing."""
        if not self.audit.declared:
            return []
        heads = tuple(self.say(k) for k in ("number_head", "duty", "claim", "found", "gap"))
        rows = tuple(
            (
                str(n),
                self._title(item.finding) if item.finding else clean(item.claim.rule, 60),
                self.pick(claims.claimed(item)),
                self._found(item),
                self.pick(claims.gap(item)),
            )
            for n, item in enumerate(claims.told(self.audit), 1)
        )
        head = Appendix(self.say("appendix", number=number), self.say("claims"))
        if not rows:
            return [head, Para(self.pick(words.say("declared.none")))]
        align: tuple[Align, ...] = ("center", "left", "center", "left", "center")
        return [
            head,
            Para(self.pick(claims.lead(self.audit))),
            Table(heads, rows, (0.07, 0.33, 0.12, 0.36, 0.12), align),
        ]

    def _found(self, item: Declared) -> str:
        told = self.pick(claims.found(item), 400)
        return f"{self._verdict(item.finding)}. {told}" if item.finding else told

    def _proof(self, proof: Proof) -> str:
        kind = self.word("proof", proof.kind)
        told = " – ".join(t for t in (clean(proof.text, 160), clean(proof.value, 120), clean(proof.url, 220)) if t)
        sha = f" (SHA-256 {clean(proof.sha256, 64)[:12]}…)" if proof.sha256 else ""
        return f"{kind}: {told}{sha}"

    def _title(self, f: Finding) -> str:
        return f"{self.pick(f.title, 300)} ({clean(f.rule, 60)})"

    def _verdict(self, f: Finding) -> str:
        return self.word("verdict", f.verdict.value)

    def _cause(self, f: Finding) -> str:
        found = words.word("cause", f.cause or "")
        cause = self.pick(found) if found else clean(f.cause or "–", 80)
        message = self.pick(f.message, 400)
        if fold(message).startswith((fold(cause), "chua danh gia duoc", "not judged", "could not be judged")):
            return message
        return f"{cause}. {message}" if message else cause

    def _points(self, f: Finding) -> str:
        if not f.max_points:
            return "–"
        got = "–" if f.points is None else self.pick(words.points(f.points))
        return f"{got}/{self.pick(words.points(f.max_points))}"

    def _cite(self, citation: Citation) -> str:
        mark = "" if citation.confirmed else f" {self.say('unconfirmed')}"
        return clean(words.cite(citation), 300) + mark


def _opening(text: str, limit: int = 300) -> str:
    """The first sentences, as many as fit; at least one."""
    found = ""
    for sentence in text.split(". "):
        if found and len(found) + len(sentence) > limit:
            break
        found = f"{found}. {sentence}" if found else sentence
    return clean(found, 2 * limit)
