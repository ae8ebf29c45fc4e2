"""The data behind ranks and plans: groups, categories, bands, efforts, PAPI (``rulesets/ranking``)."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

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


def band(profile: str, value: Decimal | None) -> Text | None:
    """The band of a value under a profile; None without a value or where the data name no bands."""
    entry = data("ranking")["bands"].get(profile)
    if entry is None or value is None:
        return None
    level = next((x for x in entry["levels"] if value >= Decimal(str(x["least"]))), None)
    return text(level) if level else None
