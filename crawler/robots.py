"""robots.txt of every host, as RFC 9309 reads it."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from core.page import Outcome
from crawler.answers import Answer, is_html

_TOKEN = "decree43"
_CUT_OFF = frozenset({Outcome.NO_HOST, Outcome.DNS, Outcome.REFUSED, Outcome.TLS, Outcome.GUARD})


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host allows. ``kind``: found, none, html, unreachable, ignored."""

    kind: str
    parsed: Protego | None = None
    sitemaps: tuple[str, ...] = ()
    delay: float = 0.0
    answer: Answer | None = None

    @property
    def cut_off(self) -> bool:
        """Whether the server could not be reached at all, which robots.txt has no part in."""
        return self.answer is not None and self.answer.outcome in _CUT_OFF

    def allows(self, url: str) -> bool:
        """Whether the address may be asked for."""
        if self.kind == "unreachable":
            return self.cut_off
        return self.parsed is None or bool(self.parsed.can_fetch(url, _TOKEN))


def read_rules(body: bytes) -> Rules:
    """What the bytes of a robots.txt allow."""
    parsed = Protego.parse(body[: 512 * 1024].decode("utf-8-sig", "replace"))
    return Rules("found", parsed, tuple(parsed.sitemaps), float(parsed.crawl_delay(_TOKEN) or 0.0))


class Robots:
    """Reads each host's file once; ``ask`` fetches an address without asking robots."""

    def __init__(self, ask: Callable[[str], Awaitable[Answer]], *, ignore: bool = False) -> None:
        self._ask = ask
        self._ignore = ignore
        self._rules: dict[str, asyncio.Future[Rules]] = {}

    async def rules(self, url: str) -> Rules:
        """The rules of the address's host."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._read(origin))
        return await asyncio.shield(self._rules[origin])

    async def _read(self, origin: str) -> Rules:
        answer = await self._ask(f"{origin}/robots.txt")
        if answer.status is None or answer.status >= 500 or answer.status == 429:
            if answer.outcome in (Outcome.BAD_REDIRECT, Outcome.EXTERNAL):
                return Rules("none", answer=answer)
            return Rules("unreachable" if not self._ignore else "ignored", answer=answer)
        if answer.outcome is not Outcome.OK:
            return Rules("none", answer=answer)
        if is_html(answer.content_type, answer.body):
            return Rules("html", answer=answer)
        found = read_rules(answer.body)
        if self._ignore:
            return Rules("ignored", sitemaps=found.sitemaps, answer=answer)
        return dataclasses.replace(found, answer=answer)

    def known(self, url: str) -> Rules | None:
        """The rules of the address's host when they were read already."""
        parts = urlsplit(url)
        task = self._rules.get(f"{parts.scheme}://{parts.netloc}")
        done = task is not None and task.done() and not task.cancelled() and task.exception() is None
        return task.result() if task is not None and done else None
