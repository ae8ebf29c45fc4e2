"""Asking a page a question by script: within a time limit, and trusting nothing it answers."""

from __future__ import annotations

import asyncio
import math
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.text import clean, shorten

if TYPE_CHECKING:
    from playwright.async_api import Page as Tab

#: Seconds a page may take to answer. A page in an endless loop never does.
PATIENCE = 15.0


class NoAnswer(Exception):
    """The page did not answer, or with something else than was asked."""


@lru_cache(maxsize=8)
def script(name: str) -> str:
    """One of our scripts, ``js/<name>.js``."""
    return (Path(__file__).parent / "js" / f"{name}.js").read_text("utf-8")


async def ask(tab: Tab, source: str, about: object = None, *, seconds: float = PATIENCE) -> dict[str, Any]:
    """The object a function in the page returns. Raises NoAnswer when the page hangs, goes away or answers oddly."""
    from playwright.async_api import Error

    try:
        answer = await asyncio.wait_for(tab.evaluate(source, about), seconds)
    except TimeoutError:
        raise NoAnswer(f"the page did not answer in {seconds:.0f} s") from None
    except Error as error:
        raise NoAnswer(shorten(clean(str(error)), 200)) from None
    if not isinstance(answer, dict):
        raise NoAnswer("the page answered with something else")
    return answer


def number(value: object, most: float = 1e9) -> float:
    """A figure from a page, kept between 0 and ``most``; 0 for anything that is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return 0.0
    return min(max(float(value), 0.0), most)


def count(value: object) -> int:
    """A whole number from a page."""
    return round(number(value))


def words(value: object, limit: int = 80) -> str:
    """A short text from a page, on one line."""
    return shorten(clean(value), limit) if isinstance(value, str) else ""


def rows(value: object, most: int) -> list[dict[str, Any]]:
    """The objects of a list from a page."""
    return [row for row in value[:most] if isinstance(row, dict)] if isinstance(value, list) else []
