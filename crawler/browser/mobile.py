"""What a phone shows of a page (Điều 17 TT 32/2017): viewport, width, size of text, size of what is tapped.

Widths are CSS pixels of the screen, 390 (most phones of today) and 360 (small ones). Text under 12 px counts as
small, as in Lighthouse's audit "font-size". A target is small under 24 × 24 px unless there is room around it
(WCAG 2.2, 2.5.8 Target Size (Minimum), with its exceptions for spacing and for links within a sentence); how many
stay under 48 px (Material Design) is told beside it.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from core.hosts import host_of
from crawler.browser.asking import NoAnswer, ask, count, script, words

if TYPE_CHECKING:
    from playwright.async_api import Page as Tab

#: Height of the screen in CSS pixels.
HEIGHT = 844
#: Bytes of a screenshot at most; as a data address a third more.
PICTURE = 45_000
_META = """() => {
  const tags = document.querySelectorAll('meta[name="viewport" i]');
  return { content: tags.length ? tags[tags.length - 1].content : "" };
}"""
_QUALITIES = (45, 30, 15)
_DEVICE_WIDTH = re.compile(r"width\s*=\s*device-width|(?:^|[,;\s])initial-scale\s*=\s*1(?:\.0*)?(?![.\d])", re.I)
_FIXED = re.compile(r"(?:^|[,;\s])width\s*=\s*(\d+)", re.I)
_TWIN_HOSTS = ("m.", "mobile.", "wap.", "touch.")
_TWIN_PATH = re.compile(r"^/(?:m|mobile|wap|di-dong|didong)(?:/|$)", re.I)
#: Two pages that share less than this of their names and of their style sheets are two themes.
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Look:
    """A page on a screen ``width`` wide. Lengths in CSS pixels of that screen."""

    width: int
    #: Declares a viewport that follows the screen, and is laid out in it.
    viewport: bool
    #: So far does the page run past the screen and can be pushed sideways.
    overflow: int
    #: So far does content run past the screen and is cut off without a scroll bar.
    clipped: int
    #: The element that runs furthest: "table.data".
    culprit: str
    chars: int
    small_chars: int
    targets: int
    small_targets: int
    under_48: int

    @property
    def past(self) -> int:
        """Pixels lost to the side, pushed or cut."""
        return max(self.overflow, self.clipped)


@dataclass(frozen=True, slots=True)
class Signature:
    """What a page is built of, to tell two themes apart."""

    sheets: frozenset[str]
    names: frozenset[str]


async def look(tab: Tab, width: int, *, turned: bool = False) -> Look:
    """Measures a page that is open on a screen of that width, or was ``turned`` to it. Raises NoAnswer."""
    meta = await ask(tab, _META)
    follows = follows_screen(words(meta.get("content"), 200), width)
    # Chromium keeps the zoom of the former width, which a phone of this width would never have had.
    seen = await ask(tab, script("mobile"), {"width": width, "unzoomed": turned and follows})
    return Look(
        width,
        viewport=follows and count(seen.get("layout")) <= width + 1,
        overflow=count(seen.get("overflow")),
        clipped=count(seen.get("clipped")),
        culprit=words(seen.get("culprit")),
        chars=count(seen.get("chars")),
        small_chars=count(seen.get("small")),
        targets=count(seen.get("targets")),
        small_targets=count(seen.get("tiny")),
        under_48=count(seen.get("under48")),
    )


async def turn(tab: Tab, width: int) -> None:
    """Gives an open page another width: asks nothing more of the portal, and fires what a turned phone fires."""
    from playwright.async_api import Error

    try:
        await tab.set_viewport_size({"width": width, "height": HEIGHT})
        await tab.wait_for_timeout(250)
    except Error as error:
        raise NoAnswer(words(str(error), 200)) from None


async def signature(tab: Tab) -> Signature:
    """What an open page is built of."""
    found = await ask(tab, script("signature"))
    sheets, names = found.get("sheets"), found.get("names")
    return Signature(frozenset(_strings(sheets)), frozenset(_strings(names)))


def follows_screen(content: str, width: int) -> bool:
    """Whether a viewport declaration follows the width of the screen."""
    fixed = _FIXED.search(content)
    if fixed is not None:
        return int(fixed[1]) <= width
    return _DEVICE_WIDTH.search(content) is not None


def separate(phone_url: str, desktop_url: str, phone: Signature | None, desktop: Signature | None) -> str:
    """How the phone got a site of its own: ``host``, ``path``, ``theme``; "" when it got the same one."""
    own, other = host_of(phone_url), host_of(desktop_url)
    if own != other and own.startswith(_TWIN_HOSTS):
        return "host"
    if _TWIN_PATH.match(urlsplit(phone_url).path) and not _TWIN_PATH.match(urlsplit(desktop_url).path):
        return "path"
    if phone is None or desktop is None:
        return ""
    sheets = _shared(phone.sheets, desktop.sheets)
    names = _shared(phone.names, desktop.names)
    # A responsive page may build its menu twice, yet from the same sheets.
    apart = names < _ALIKE and (sheets < _ALIKE or not (phone.sheets or desktop.sheets))
    return "theme" if apart else ""


async def picture(tab: Tab) -> bytes:
    """The first screen as a small JPEG; empty when it could not be had or is too large."""
    from playwright.async_api import Error

    for quality in _QUALITIES:
        try:
            taken = await tab.screenshot(type="jpeg", quality=quality, scale="css", timeout=8000, animations="disabled")
        except Error:
            return b""
        if len(taken) <= PICTURE:
            return taken
    return b""


def data_address(jpeg: bytes) -> str:
    """A picture as a ``data:`` address, at most 60 kB."""
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode('ascii')}"


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    both = one | other
    return len(one & other) / len(both) if both else 1.0


def _strings(value: Any) -> list[str]:
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []
