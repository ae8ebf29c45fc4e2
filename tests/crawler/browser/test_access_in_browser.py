"""A protected preview over HTTPS in the browser: request by request, redirects included."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from core.access import Access, origin_of
from core.page import Outcome
from crawler.browser.session import Browser
from crawler.guard import Guard
from crawler.ledger import Ledger
from crawler.options import CrawlOptions
from crawler.resolver import Resolver
from crawler.run import run
from crawler.transport import Transport
from tests.browsers import needs_browser
from tests.lab.certificates import make_authority
from tests.protected import guarded

TOKEN = "the-token-4711"


@pytest.fixture
def context(tmp_path: Path) -> ssl.SSLContext:
    return make_authority(tmp_path).server("localhost")


@needs_browser
def test_nothing_follows_a_redirect_to_another_host(context: ssl.SSLContext) -> None:
    def stranger(path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], str]:
        return 200, {"Access-Control-Allow-Origin": "*"}, "<title>Khác</title>"

    with guarded(stranger, context) as other:

        def portal(path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], str]:
            if path.startswith("/di"):
                return 302, {"Location": f"{other.url}/den"}, ""
            script = f"Promise.allSettled([fetch('/gan'), fetch('/di'), fetch('{other.url}/lay')])"
            script += ".then(() => { document.title = 'xong' })"
            return 200, {"Set-Cookie": "rieng=1"}, f"<title>a</title><p>{TOKEN}<script>{script}</script>"

        with guarded(portal, context) as own:
            access = Access(
                origin_of(own.url), (("Authorization", f"Bearer {TOKEN}"), ("Cookie", f"phien={TOKEN}")), (TOKEN,)
            )
            hosts = (f"127.0.0.1:{own.port}", f"127.0.0.1:{other.port}")
            options = CrawlOptions(allow_hosts=hosts, access=access)

            async def look() -> str:
                road = Transport(options, Guard(allow_hosts=hosts), Resolver())
                browser = Browser(road, Ledger(), options)
                try:
                    async with browser.page() as sheet:
                        opened = await sheet.open(f"{own.url}/")
                        assert opened.outcome is Outcome.OK
                        return str(await sheet.evaluate("() => document.title + document.body.innerText"))
                finally:
                    await browser.close()
                    await road.close()

            shown = run(look())
        ours = {path: headers for path, headers in own.asked if path != "/favicon.ico"}
    assert shown.startswith("xong") and TOKEN not in shown
    assert {"/", "/gan", "/di"} <= ours.keys()
    assert all(headers.get("authorization") == f"Bearer {TOKEN}" for headers in ours.values())
    assert all(f"phien={TOKEN}" in headers.get("cookie", "") for headers in ours.values())
    assert {"/den", "/lay"} <= {path for path, _ in other.asked}
    assert TOKEN not in other.everything()
