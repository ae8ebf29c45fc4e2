"""The data behind ranks and plans: groups, categories, bands, efforts, PAPI (``rulesets/ranking``)."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from checks import profile_file
from checks.catalogue import shipped
from core.data_files import read_yaml
from core.errors import UsageError
from core.finding import Text


def file(name: str) -> Path:
    """A file of the folder ``rulesets/ranking``, as it is shipped."""
    return shipped("rulesets", "ranking", name)


@cache
def data(name: str) -> Any:
    """The value of one of the YAML files."""
    return read_yaml(file(f"{name}.yaml"))


def text(entry: dict[str, str]) -> Text:
    """The words of an entry in both languages."""
    return Text(entry["vi"], entry["en"])


@cache
def groups() -> dict[str, tuple[frozenset[str], Text]]:
    """Groups that are ranked, by code: kinds of body and title."""
    return {code: (frozenset(g["kinds"]), text(g["title"])) for code, g in data("ranking")["groups"].items()}


def checked_group(code: str | None) -> str | None:
    """A group's code. Raises UsageError with the list."""
    if code is not None and code not in groups():
        raise UsageError(
            f"không có nhóm {code!r} / unknown group",
            where="--group",
            hint=f"một trong / one of: {', '.join(f'{k} ({g[1].vi})' for k, g in groups().items())}",
        )
    return code


@cache
def group_of(kind: str) -> str:
    """The group a kind of body is ranked in."""
    return next((code for code, (kinds, _) in groups().items() if kind in kinds), "ver")


def category_title(category: str) -> Text:
    """What a category of a published table is called; its own name where the data do not know it."""
    entry = data("ranking")["categories"].get(category)
    return text(entry) if entry else Text(category, category)


@cache
def levels(profile: str) -> tuple[tuple[Decimal, Text], ...]:
    """The bands of a profile, lowest first: the least value of each and its name. Empty where it has none."""
    if profile not in profile_file.ids():
        return ()
    known = [(Decimal(str(b.at_least.value)), Text(b.title.vi, b.title.en)) for b in profile_file.read(profile).bands]
    return tuple(sorted(known, key=lambda level: level[0]))


def bands(profile: str, low: Decimal, high: Decimal) -> tuple[Text, ...]:
    """The bands that values from low to high lie in, lowest first."""
    known = levels(profile)
    first = max((i for i, (least, _) in enumerate(known) if least <= low), default=0)
    return tuple(name for i, (least, name) in enumerate(known) if i >= first and least <= high)
