"""How the findings on paper speak of an audit: its words in one language, safe to print."""

from __future__ import annotations

from pathlib import Path

from core.audit import Audit
from core.finding import Citation, Finding, Text
from core.sentences import Sentences
from core.text import fold
from reports import ranking, words
from reports.paper import clean

_sentences = Sentences(Path(__file__).parent)
_ROMAN = ("I", "II", "III", "IV", "V", "VI")


class Voice:
    """An audit with its words in one language."""

    def __init__(self, audit: Audit, lang: str) -> None:
        self.audit, self.lang = audit, lang
        self.name = clean(audit.portal.name, 200) or clean(audit.portal.url, 200)
        named = fold(self.name).startswith(("cong ", "trang ", "portal"))
        self.portal = self.name if named else self.say("portal_of", name=self.name)
        self.fixes = ranking.fixes(audit)
        self.advice = ranking.advice(audit)

    def say(self, key: str, **values: object) -> str:
        return self.pick(_sentences.say(key, **values))

    def lines(self, key: str) -> tuple[str, ...]:
        """A sentence of several lines."""
        return tuple(words.pick(_sentences.say(key), self.lang).split("\n"))

    def pick(self, text: Text, limit: int = 4000) -> str:
        return clean(words.pick(text, self.lang), limit)

    def opening(self, text: Text, limit: int) -> str:
        """The first sentences, as many as fit; the first one is cut where it alone is too long."""
        found = ""
        for sentence in self.pick(text).split(". "):
            if found and len(found) + len(sentence) + 2 > limit:
                return found + ("" if found.endswith(".") else ".")
            found = f"{found}. {sentence}" if found else sentence
        return clean(found, limit + 80)

    def word(self, section: str, key: str) -> str:
        found = words.word(section, key)
        return self.pick(found) if found else clean(key, 80)

    def heads(self, *keys: str) -> tuple[str, ...]:
        return tuple(self.say(key) for key in keys)

    def appendix(self, number: int) -> str:
        """Appendices have Roman numbers."""
        return self.say("appendix", number=_ROMAN[number - 1])

    def groups(self) -> list[tuple[str, list[Finding]]]:
        """The findings by group, in the order of the catalogue."""
        names = dict.fromkeys(["information", "functions", "technical", *(f.group for f in self.audit.findings)])
        found = [(name, [f for f in self.audit.findings if f.group == name]) for name in names]
        return [(name, findings) for name, findings in found if findings]

    def title(self, f: Finding) -> str:
        return f"{self.pick(f.title, 300)} ({clean(f.rule, 60)})"

    def verdict(self, f: Finding) -> str:
        return self.word("verdict", f.verdict.value)

    def points(self, f: Finding) -> str:
        if not f.max_points:
            return "–"
        got = "–" if f.points is None else self.pick(words.points(f.points))
        return f"{got}/{self.pick(words.points(f.max_points))}"

    def cause(self, f: Finding) -> str:
        found = words.word("cause", f.cause or "")
        cause = self.pick(found) if found else clean(f.cause or "–", 80)
        message = self.pick(f.message, 300)
        if fold(message).startswith((fold(cause), "chua danh gia duoc", "not judged", "could not be judged")):
            return message
        return f"{cause}. {message}" if message else cause

    def cite(self, citation: Citation) -> str:
        mark = "" if citation.confirmed else f" {self.say('unconfirmed')}"
        return self.pick(words.cite(citation), 300) + mark
