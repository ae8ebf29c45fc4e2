"""The names of people among the words of a page: of citizens, whose names go, and of officials, whose names stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from core.data_files import read_yaml
from core.text import CAPITALS, fold

#: Lines around a question in which a name alone is its asker's.
_NEAR = 3
_LETTER = r"[^\W\d_]"
_RUN = re.compile(rf"(?<![\w'’])[{CAPITALS}][\w'’]*\.?(?:[^\S\n]+[{CAPITALS}][\w'’]*)+")
#: "Phan Thị Thu: cảm ơn Sở", and no telephone.
_SPEAKS = re.compile(rf"\s*:\s*{_LETTER}")
_SIDES = " \t-–—•*·:|.,;\"'“”()[]0123456789)"


class Words(NamedTuple):
    """The data file, made ready."""

    families: frozenset[str]
    doubtful: frozenset[str]
    middles: frozenset[str]
    no_names: frozenset[str]
    titles: frozenset[str]
    never: frozenset[str]
    one_letter: re.Pattern[str]
    small: re.Pattern[str]
    titled: re.Pattern[str]
    labelled: re.Pattern[str]
    asks: re.Pattern[str]
    named_after: re.Pattern[str]
    office_before: re.Pattern[str]
    office_after: re.Pattern[str]
    office_line: re.Pattern[str]
    not_official: re.Pattern[str]
    greeting: re.Pattern[str]
    citizen: re.Pattern[str]
    cues: re.Pattern[str]
    plain: frozenset[str]


@cache
def told() -> dict[str, str]:
    """The data file: each entry as one text, alternatives without the gaps of their lines."""
    data = read_yaml(Path(__file__).with_name("people.yaml"))
    return {key: re.sub(r"\|\s+", "|", str(value).strip()) for key, value in data.items()}


@cache
def words() -> Words:
    """What the data file says, ready to be asked."""
    said = told()

    def listed(key: str) -> frozenset[str]:
        return frozenset(said[key].casefold().split())

    def pattern(text: str) -> re.Pattern[str]:
        return re.compile(text, re.I)

    families, offices = listed("family_names"), said["offices"]
    spelled = "|".join(sorted(families, key=len, reverse=True))
    titles = "|".join(sorted(map(re.escape, listed("titles")), key=len, reverse=True))
    return Words(
        families=families,
        doubtful=listed("doubtful_family_names"),
        middles=listed("middle_names"),
        no_names=frozenset(said["no_names"].split("|")),
        titles=listed("titles"),
        never=listed("never_in_names"),
        one_letter=re.compile(rf"(?<!\w)(?:{said['one_letter_names']})"),
        small=re.compile(
            rf"(?<![\w'])(?:{spelled}) (?:thị (?!trường|trấn|xã|thực|lực|phần|sát|giác|tộc|chính)|"
            rf"văn (?!bản|phòng|h[óo][aá]|kiện|minh|bằng|thư|học|nghệ|xuôi)){_LETTER}+"
            rf"(?: (?!hỏi|gửi|xin|có|ở|trú|là|và|đề|kiến|phản|thắc|cho|tôi|đã|quê|sinh){_LETTER}+"
            r"(?=\s*(?:$|[,(]| hỏi| gửi)))?"
        ),
        titled=pattern(rf"(?<!\w)(?:{said['kin']}|{titles})\s*:?\s*$"),
        labelled=pattern(rf"(?<!\w)(?:{said['asker_labels']})\s*:?\s*(?:(?:{said['kin']})\s+)?$"),
        asks=pattern(rf"\s*(?:\([^)\n]{{0,80}}\)\s*)?(?:,[^,\n]{{0,60}},?\s*)?:?\s*(?:{said['asks']})(?!\w)"),
        named_after=pattern(rf"(?<!\w)(?:{said['named_after']})\s*$"),
        office_before=pattern(rf"(?<!\w)(?:{offices})(?P<between>[^.;!?\n]{{0,60}})$"),
        office_after=pattern(rf"\s*(?:[,(–—-]|là)\s*(?:nguyên\s+|hiện là\s+)?(?:{offices})(?!\w)"),
        office_line=pattern(rf"^\W*(?:{offices})(?!\w)"),
        not_official=pattern(rf"(?<!\w)(?:{said['not_the_official']})(?!\w)"),
        greeting=re.compile(
            rf"(?P<label>(?<!\w)(?i:{said['greetings']})\s+"
            r"(?i:ông/bà|anh/chị|ông|bà|anh|chị|bạn|em|cô|chú|bác|cháu|cụ)\s+)"
            rf"(?!(?i:{offices}|con|đọc|rịa|bộ|sở|phòng|ban)(?!\w))"
            rf"[{CAPITALS}][\w'’]*(?:[^\S\n]+[{CAPITALS}][\w'’]*){{0,4}}"
        ),
        citizen=re.compile(
            r"\s*(?:[,;(–—-]\s*)?(?:[^.\n]{0,60}?[\s,;(])?(?i:số\s+)?"
            rf"(?i:{said['identity_cues']}|thường trú|trú tại|ngụ tại)(?!\w)"
        ),
        cues=re.compile(rf"(?<!\w)(?:{said['list_cues']})(?!\w)"),
        plain=frozenset(map(fold, families)),
    )


class Found(NamedTuple):
    """A name in a line: where, and by what it is one."""

    name: str
    begin: int
    end: int
    #: Stands by itself, in brackets, after a title, a label, or before a word that asks.
    sure: bool
    official: bool
    #: Called an asker, or the number of a card or a home address follows.
    citizen: bool


def people(text: str, *, everywhere: bool, officials: Iterable[str] = ()) -> list[str]:
    """Citizens named in a text of lines, longest first. Not ``everywhere``: only beside what people ask."""
    lines = text.split("\n")
    stays = {fold(name) for name in officials}
    found: dict[str, Found] = {}
    near = -_NEAR - 1
    cued = [False] * len(lines) if everywhere else [_is_cue(line) for line in lines]
    for number, line in enumerate(lines):
        near = number if cued[number] else near
        beside = everywhere or number - near <= _NEAR or any(cued[number + 1 : number + 1 + _NEAR])
        before = lines[number - 1] if number else ""
        after = lines[number + 1] if number + 1 < len(lines) else ""
        for one in names_in(line, before, after):
            if one.official:
                stays.add(fold(one.name))
            elif (beside and (one.sure or (everywhere and len(one.name.split()) > 2))) or one.citizen:
                found.setdefault(one.name, one)
    names = [name for name in found if fold(name) not in stays or found[name].citizen]
    return sorted(names, key=len, reverse=True)


def officials_in(text: str) -> set[str]:
    """The names in a text that stand beside a post."""
    lines = ["", *text.split("\n"), ""]
    return {
        one.name
        for n, line in enumerate(lines[1:-1], 1)
        for one in names_in(line, lines[n - 1], lines[n + 1])
        if one.official
    }


@lru_cache(maxsize=4096)
def _is_cue(line: str) -> bool:
    if not line.strip():
        return False
    if line.rstrip().endswith("?") or "hỏi" in line.casefold():  # without accents a society (hội) asks as well
        return True
    return words().cues.search(fold(line)) is not None


@lru_cache(maxsize=4096)
def names_in(line: str, before: str = "", after: str = "") -> tuple[Found, ...]:
    """The names of people in one line; the lines before and after it may say whose they are."""
    if len(line) < 4:
        return ()
    return tuple(_found(line, before, after))


def _found(line: str, before: str, after: str) -> Iterator[Found]:
    known = words()
    for name, begin, end in (*_spans(line), *_marked(line)):
        ahead, behind = line[:begin], line[end:]
        if known.named_after.search(ahead):
            continue
        alone = line.strip(_SIDES) == name
        labelled = known.labelled.search(ahead) is not None
        titled = labelled or known.titled.search(ahead) is not None
        bracketed = ahead.rstrip().endswith("(") and behind.lstrip()[:1] in (",", ")", "-", "–")
        asks = known.asks.match(behind) is not None
        leads = not ahead.strip(_SIDES) and _SPEAKS.match(behind) is not None
        if not _is_name(name, strong=titled or asks or (alone and not name.isupper())):
            continue
        citizen = labelled or known.citizen.match(behind) is not None
        official = not labelled and _official(ahead, behind, before, after, alone=alone or titled)
        yield Found(
            name,
            begin,
            end,
            alone or leads or titled or bracketed or asks or citizen,
            official,
            citizen and not official,
        )


def _official(ahead: str, behind: str, before: str, after: str, *, alone: bool) -> bool:
    known = words()
    post = known.office_before.search(ahead)
    if post is not None and not known.not_official.search(post["between"]):
        return True
    if known.office_after.match(behind):
        return True
    if not alone or behind.strip(_SIDES):
        return False
    above = len(before) <= 80 and known.office_line.search(before) and not known.not_official.search(before)
    return bool(above) or (len(after) <= 80 and known.office_line.search(after) is not None)


def _spans(line: str) -> Iterator[tuple[str, int, int]]:
    """Runs of words in capitals that begin with a family name, titles before it aside."""
    known = words()
    for run in _RUN.finditer(line):
        parts = list(re.finditer(r"\S+", run.group()))
        first = 0
        while first < len(parts) and parts[first].group().casefold() in known.titles - known.families:
            first += 1
        rest = parts[first : first + 1]
        for part in parts[first + 1 : first + 5]:
            if part.group().casefold().strip(".") in known.never:
                break
            rest.append(part)
        if len(rest) >= 2 and _begins(rest[0].group(), rest[1].group()):
            begin, end = run.start() + rest[0].start(), run.start() + rest[-1].end()
            yield line[begin:end].rstrip("."), begin, end


def _begins(first: str, second: str) -> bool:
    known = words()
    if first.casefold() in known.families:
        return True
    return first.isascii() and first.casefold() in known.plain and second.casefold() in ("thi", "van")


def _marked(line: str) -> Iterator[tuple[str, int, int]]:
    """Names with a letter of their own, and names in small letters that cannot be anything else."""
    known = words()
    for pattern in (known.one_letter, known.small):
        for match in pattern.finditer(line):
            yield match.group(), match.start(), match.end()


def _is_name(name: str, *, strong: bool) -> bool:
    """Whether a run of words is believed to be a name; ``strong``: the words beside it say so."""
    known = words()
    parts = name.split()
    low = [part.casefold() for part in parts]
    if " ".join(low[:2]) in known.no_names or len(parts) > 5:
        return False
    if parts[0][1:2] in ("'", "’") or parts[0] == "Y" or name.islower():
        return True
    middle = len(low) > 2 and (low[1] in known.middles or low[1] in ("thi", "van"))
    if name.isupper() and not (middle or strong):
        return False
    return middle or strong or low[0] not in known.doubtful


def given(name: str) -> str:
    """The name somebody is called by: the last one."""
    return name.split()[-1]
