"""The half-year report as a document: sentences chosen by what is known (``sentences.yaml``), three appendices."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.bodies import BodyKind
from core.data_files import read_yaml
from core.numbers import show_number
from core.sentences import Sentences
from reports.halfyear.appendices import appendices
from reports.halfyear.facts import Value, facts
from reports.halfyear.model import HalfYear
from reports.paper import Block, Ending, Heading, Letterhead, Paper, Para, clean

_NAME = re.compile(r"\{(\w+)\}")
_CONDITION = re.compile(r"(\w+) (<=|>=|<|>|=) (-?[\d.]+)")
_HOLDS = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
}


def make(given: HalfYear) -> Paper:
    """The document, in Vietnamese: it is an official text of a Vietnamese body."""
    known = facts(given, Fraction(str(data()["limits"]["dossiers_late"])))
    known["next_period_upper"] = Value(known["next_period"].text.upper())
    head = _words.say
    name = clean(given.office.name, 200).upper()
    committee = head("committee").vi
    letterhead = Letterhead(
        "",
        name if given.office.kind is not BodyKind.PROVINCE or name.startswith(committee) else f"{committee}\n{name}",
        head("number").vi,
        head("place_day", year=given.ends.year).vi,
        head("state").vi,
        head("motto").vi,
    )
    recipients = tuple(head("recipients").vi.split("\n"))
    return Paper(
        kind=head("kind").vi,
        subject=fill(data()["subject"], known),
        head=letterhead,
        blocks=tuple(_body(data()["body"], known, given)),
        ending=Ending(head("recipients_head").vi, recipients, head("position").vi, head("hint").vi),
        appendices=tuple(appendices(given, data())),
        attached=head("attached", year=given.ends.year, issuer=_issuer(given, known)).vi,
        tool=clean(given.tool, 80),
        made=dt.datetime.combine(given.ends, dt.time(), dt.UTC),
    )


def _issuer(given: HalfYear, known: Mapping[str, Value]) -> str:
    name = known["province"].text
    return f"UBND {name}" if given.office.kind is BodyKind.PROVINCE and name.startswith(("tỉnh", "thành")) else name


@lru_cache(maxsize=1)
def data() -> dict[str, Any]:
    """``sentences.yaml``."""
    read: dict[str, Any] = read_yaml(Path(__file__).with_name("sentences.yaml"))
    return read


_words = Sentences(Path(__file__).parent.parent)


def fill(text: str, known: Mapping[str, Value]) -> str:
    """The sentence with its values; KeyError for one that is not known."""
    return _NAME.sub(lambda match: known[match[1]].text, text)


def choose(alternatives: Sequence[Mapping[str, Any]], known: Mapping[str, Value]) -> Mapping[str, Any] | None:
    """The first sentence of which every value is known and every condition holds."""
    for sentence in alternatives:
        named = set(_NAME.findall(sentence["vi"]))
        if named <= known.keys() and all(_holds(text, known) for text in sentence.get("when", ())):
            return sentence
    return None


def _holds(condition: str, known: Mapping[str, Value]) -> bool:
    match = _CONDITION.fullmatch(condition)
    if match is None:
        raise ValueError(f"sentences.yaml: no condition: {condition!r}")
    name, sign, limit = match.groups()
    value = known.get(name)
    return value is not None and value.number is not None and _HOLDS[sign](value.number, Fraction(limit))


def _body(items: Iterable[Mapping[str, Any]], known: Mapping[str, Value], given: HalfYear) -> Iterator[Block]:
    for item in items:
        if "head" in item:
            yield Heading(fill(item["head"], known), item["level"])
        elif "conflicts" in item:
            for one in given.conflicts:
                values = {
                    "title": Value(clean(one.title, 200)),
                    "reported": Value(show_number(one.reported).vi),
                    "summed": Value(show_number(one.summed).vi),
                }
                yield Para(fill(item["conflicts"], values), "bullet")
        else:
            sentence = choose(item["say"], known)
            if sentence is not None:
                text = fill(sentence["vi"], known)
                yield Para(text, sentence.get("style", "body"), italic=bool(sentence.get("italic")))
