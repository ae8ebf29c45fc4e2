"""Whether the browser of this machine does what an audit needs: it starts, and draws Vietnamese letters."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.browser.find import Found, find_browser
from crawler.browser.install import driver_ready
from crawler.browser.session import Browser, BrowserFailed
from crawler.guard import Guard
from crawler.ledger import Ledger
from crawler.options import CrawlOptions
from crawler.resolver import Resolver
from crawler.transport import Transport

#: Letters of Vietnamese are drawn, and not all as the same empty box.
_DRAWS = """
() => {
  const draw = (letter) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 48;
    const pen = canvas.getContext('2d');
    pen.font = '32px sans-serif';
    pen.fillText(letter, 4, 38);
    return canvas.toDataURL();
  };
  const drawn = new Set([' ', '\\u1EBE', '\\u1EF9', '\\u0111', '\\uFFFF'].map(draw));
  return drawn.size >= 4;
}
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """``error`` is why no page could be opened; ``letters`` whether Vietnamese is drawn, None when not seen."""

    found: Found | None
    driver: bool
    error: str = ""
    letters: bool | None = None

    @property
    def good(self) -> bool:
        """Whether audits on this machine can use the browser."""
        return self.found is not None and not self.error


async def check() -> Checked:
    """Opens an empty page. Nothing goes out to the network."""
    found, driver = find_browser(), driver_ready()
    if found is None:
        return Checked(None, driver)
    options = CrawlOptions()
    road = Transport(options, Guard(), Resolver())
    browser = Browser(road, Ledger(), options, found=found)
    try:
        async with browser.page(limit=30.0) as sheet:
            return Checked(found, driver, letters=bool(await sheet.evaluate(_DRAWS)))
    except BrowserFailed as error:
        return Checked(found, driver, str(error))
    finally:
        await browser.close()
        await road.close()
