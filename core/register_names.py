"""Which ways of writing a body's name mean the same name (``register_names.yaml``), and ids made of names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from core.data_files import read_yaml
from core.hosts import host_of, is_address, netloc_of
from core.text import fold

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: Longer ids do not fit the database.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class _Words:
    heads: re.Pattern[str]
    levels: re.Pattern[str]
    first: re.Pattern[str]
    firsts: dict[str, str]
    last: re.Pattern[str]
    short: re.Pattern[str]
    shorts: dict[str, str]


@cache
def _words() -> _Words:
    data = read_yaml(Path(__file__).with_name("register_names.yaml"))
    return _Words(
        re.compile(rf"(?:(?:{_any(data['administration'])})\b ?)+"),
        re.compile(rf"({_any(data['levels'])})\b ?"),
        re.compile(rf"({_any(data['first'])})\b"),
        data["first"],
        re.compile(rf" (?:{_any(data['last'])})$"),
        re.compile(rf"\b({_any(data['short'])})\b"),
        data["short"],
    )


def _any(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """The name folded and spelled out: "TP.HCM" becomes "thanh pho ho chi minh"."""
    words = _words()
    text = " ".join(word for word in fold(name).split() if word != "va")
    head = words.heads.match(text)
    text = text[head.end() :] if head else text
    first = words.first.match(text)
    text = f"{words.firsts[first[1]]}{text[first.end() :]}" if first else text
    return words.short.sub(lambda m: words.shorts[m[1]], text)


@lru_cache(maxsize=8192)
def key(name: str) -> str:
    """What is the same for every way of writing the name: "UBND tỉnh Lào Cai" and "Lào Cai" are "lao cai"."""
    text, words = plain(name), _words()
    level = words.levels.match(text)
    rest = text[level.end() :] if level else text
    return words.last.sub("", rest) or text


def level(name: str) -> str:
    """The word of level in front: "tinh", "thanh pho", or ""."""
    found = _words().levels.match(plain(name))
    return found[1].removesuffix(" truc thuoc trung uong") if found else ""


def agree(one: str, other: str) -> bool:
    """Whether two names may be one: the same key, and no two different levels."""
    return key(one) == key(other) and (level(one) == level(other) or "" in (level(one), level(other)))


def splits(name: str) -> tuple[tuple[str, str], ...]:
    """Every way to read "Sở Nội vụ tỉnh Lào Cai" as a name and the parent's name, both as keys."""
    words = plain(name).split()
    return tuple((" ".join(words[:i]), key(" ".join(words[i:]))) for i in range(1, len(words)))


def slug(name: str) -> str:
    """An id made of a name: letters, digits and hyphens. "Sở Nội vụ" becomes "so-noi-vu"."""
    return "-".join(fold(name).split())[:_LONGEST].strip("-")


def is_id(text: str) -> bool:
    """Whether the text can be an id."""
    return len(text) <= _LONGEST and _ID.fullmatch(text) is not None


def place(url: str) -> str:
    """Host of an address without ``www.``; with the port where the host alone does not tell one portal from another."""
    host = host_of(url)
    return netloc_of(url) if host and (is_address(host) or "." not in host) else host


def path(url: str) -> str:
    """The path of an address between slashes: ``/sokhcn/``; ``/`` at the root."""
    try:
        inner = urlsplit(url).path.strip("/")
    except ValueError:  # "http://[broken"
        return "/"
    return f"/{inner}/" if inner else "/"


def whole_address(text: str) -> str:
    """An address as it is kept: with a scheme, host in lower case, no fragment. Raises ValueError."""
    text = text.strip()
    if "://" not in text:
        text = f"https://{text}"
    parts = urlsplit(text)
    _ = parts.port  # raises for a port that is none
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or re.search(r"\s", text):
        raise ValueError(text)
    if "." not in parts.hostname and parts.hostname != "localhost" and ":" not in parts.hostname:
        raise ValueError(text)
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), fragment="").geturl()
