"""The words of the reports (``texts.yaml``); numbers, days and citations as each language writes them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path

from core.audit import VIETNAM
from core.audit_json import round_half_up
from core.data_files import read_yaml
from core.days import show_day
from core.finding import Proof, Text
from core.text import clean
from reports import said
from reports.citations import cite as cite

LANGUAGES = ("vi", "en")

#: Control and direction characters, halves of pairs: a terminal obeys them, a browser is misled.
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2066-\u2069\ud800-\udfff]")


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    texts: dict[str, dict[str, dict[str, str]]] = read_yaml(Path(__file__).parent / "texts.yaml")
    return texts


def say(name: str, **values: Text | str) -> Text:
    """The sentence ``section.key``, its braces filled in; a value may differ by language."""
    section, _, key = name.partition(".")
    entry = _texts()[section][key]

    def filled(lang: str) -> str:
        if not values:
            return entry[lang]
        return entry[lang].format(**{k: pick(v, lang) for k, v in values.items()})

    return Text(filled("vi"), filled("en"))


def word(section: str, key: str) -> Text | None:
    """The word for a code, or None where there is none."""
    entry = _texts()[section].get(key)
    return Text(entry["vi"], entry["en"]) if entry else None


def pick(text: Text | str, lang: str) -> str:
    """The sentence in one language, the other standing in where it is missing."""
    if isinstance(text, str):
        return text
    return (text.en or text.vi) if lang == "en" else (text.vi or text.en)


def number(value: float, digits: int = 0, *, fixed: bool = True) -> Text:
    """1.234,5 in Vietnamese, 1,234.5 in English; without ``fixed`` trailing zeros are dropped."""
    en = f"{round_half_up(value, digits):,.{digits}f}"
    if not fixed and "." in en:
        en = en.rstrip("0").rstrip(".")
    return Text(en.translate(str.maketrans(",.", ".,")), en)


def points(value: float) -> Text:
    """Points with as many decimals as they need, at most two."""
    return number(value, 2, fixed=False)


def index(value: float) -> Text:
    """A score from 0 to 1 with three decimals: 0,911."""
    return number(value, 3)


def percent(value: float) -> Text:
    """A share as per cent, at most one decimal."""
    shown = number(value * 100, 1, fixed=False)
    return Text(shown.vi + "%", shown.en + "%")


def size(count: int) -> Text:
    """Bytes as people read them: 12,3 MB."""
    for unit, limit in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= limit:
            shown = number(count / limit, 1)
            return Text(f"{shown.vi} {unit}", f"{shown.en} {unit}")
    return Text(f"{count} B", f"{count} B")


def day(value: dt.date) -> Text:
    """21/11/2026 in Vietnamese, 21 Nov 2026 in English."""
    return show_day(value)


def moment(value: dt.datetime) -> Text:
    """A time in Vietnam, day and minute."""
    local = value.astimezone(VIETNAM)
    shown = day(local.date())
    return Text(f"{local:%H:%M} {shown.vi}", f"{shown.en} {local:%H:%M}")


#: What the value of a proof means, by the kind of proof: sections of ``texts.yaml``, the first that knows it.
_VALUES = {
    "link": ("zone", "outcome"), "search": ("trial",), "form": ("method",), "probe": ("measured",),
}  # fmt: skip
#: Kinds of proof whose words are our own and not the page's.
OWN_WORDS = ("probe", "date")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?:T[\d:.+Z-]+)?")


def proof_text(proof: Proof) -> Text:
    """The words of a proof: our own in both languages, else as they stand on the page."""
    named = word("measure", proof.text) if proof.kind == "probe" else None
    own = said.text(proof.text) if proof.kind in OWN_WORDS else None
    return named or own or Text(proof.text, proof.text)


def proof_value(proof: Proof) -> Text:
    """The value of a proof for people: a word where it is a code, days as they are written; else as it is."""
    text = "" if proof.value in (None, "None") and proof.kind != "probe" else str(proof.value)
    own = said.value(text) if proof.kind == "probe" else None
    if own is not None:
        return own
    for section in _VALUES.get(proof.kind, ()):
        if found := word(section, text.lower() if section == "method" else text):
            return found
    return days(text) if proof.kind in ("date", "probe") else Text(text, text)


def days(text: str) -> Text:
    """A text with its ISO days as each language writes them."""
    found = [(match[0], _day(match)) for match in _ISO_DAY.finditer(text)]
    vi = en = text
    for iso, shown in found:
        vi, en = vi.replace(iso, shown.vi), en.replace(iso, shown.en)
    return Text(vi, en)


def _day(found: re.Match[str]) -> Text:
    try:
        return day(dt.date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:  # 2026-02-31 is a typing error and no day
        return Text(found[0], found[0])


def seen(text: object, limit: int = 2000) -> str:
    """Crawled text as it may be shown: no control or direction characters, not endless."""
    shown = clean(_ODD.sub(" ", str(text)))
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
