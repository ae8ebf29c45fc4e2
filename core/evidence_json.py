"""Evidence and its parts as JSON and back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from core.page import Link, Page

T = TypeVar("T")


class NotReadable(ValueError):
    """The bytes are no JSON of that form; the message says where."""


def dumps(value: Any) -> bytes:
    """A frozen value as JSON; what stands at its default is left out: nine tenths of a page are defaults."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), default=_time).encode(
        "utf-8", "replace"
    )


def loads(kind: type[T], data: bytes) -> T:
    """The value of that kind. Raises NotReadable."""
    try:
        found: T = _form(kind).validate_python(json.loads(data))  # type: ignore[arg-type]  # a class is hashable
        return found
    except (ValidationError, ValueError, RecursionError) as error:
        raise NotReadable(" ".join(str(error).split())[:300]) from None


@cache
def _form(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def shared(pages: Iterable[Page], known: dict[Link, Link]) -> Iterable[Page]:
    """Equal links as one object again, as the crawl keeps them."""
    for page in pages:
        links = tuple(known.setdefault(link, link) for link in page.links)
        yield dataclasses.replace(page, links=links, panels=tuple(shared(page.panels, known)))


def _time(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((f, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {f.name: _plain(found) for f, found in fields if not _is_default(f, found)}
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(_plain(v) for v in value)
    return [_plain(v) for v in value] if isinstance(value, tuple | list) else value


def _is_default(field: dataclasses.Field[Any], value: Any) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(value == field.default)
    return field.default_factory is not dataclasses.MISSING and bool(value == field.default_factory())
