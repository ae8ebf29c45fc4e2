"""A protected preview in the browser: our headers on the requests to its origin, and on no others.

Plain HTTP gets them from our proxy. What goes through a tunnel gets them here, request by request: a redirect is a
request of its own to DevTools' ``Fetch``, unlike to playwright's routes, so that nothing follows it to another host.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from core.access import Access

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Page


async def present(page: Page, access: Access) -> None:
    """From now on the page shows what opens the preview; nothing to do over plain HTTP."""
    if not access.origin.startswith("https:") or not access:
        return
    session = await page.context.new_cdp_session(page)
    waiting: set[asyncio.Task[None]] = set()

    def paused(event: dict[str, Any]) -> None:
        task = asyncio.ensure_future(_go_on(session, event, access))
        waiting.add(task)
        task.add_done_callback(waiting.discard)

    session.on("Fetch.requestPaused", paused)
    # The default port is not written in addresses: all of the host's are looked at, and each compared by origin.
    host = access.origin.removeprefix("https://").rpartition(":")[0]
    host = f"[{host}]" if ":" in host else host
    patterns = [{"urlPattern": f"https://{host}{rest}", "requestStage": "Request"} for rest in ("/*", ":*")]
    await session.send("Fetch.enable", {"patterns": patterns})


async def _go_on(session: CDPSession, event: dict[str, Any], access: Access) -> None:
    request = event["request"]
    more: dict[str, Any] = {"requestId": event["requestId"]}
    if access.opens(request["url"]):
        headers = access.onto(request["url"], request["headers"])
        more["headers"] = [{"name": name, "value": value} for name, value in headers.items()]
    with contextlib.suppress(Exception):  # the page was closed meanwhile
        await session.send("Fetch.continueRequest", more)


def hidden(answer: Any, access: Access) -> Any:
    """What a script of ours answered, without the secrets a page may show back."""
    if not access:
        return answer
    if isinstance(answer, str):
        return access.hide(answer)
    if isinstance(answer, list):
        return [hidden(value, access) for value in answer]
    if isinstance(answer, dict):
        return {key: hidden(value, access) for key, value in answer.items()}
    return answer
