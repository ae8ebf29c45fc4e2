"""What a visitor's safety shows from outside: security.txt, security headers, plain parts on a secure page."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.answers import is_html
from crawler.extract.charset import decode
from crawler.extract.parse import parse
from crawler.probes.asking import ask, head
from crawler.probes.scene import Scene
from crawler.transport import FetchFailed, Raw

#: Headers that tell a browser to be careful.
HEADERS = ("strict-transport-security", "content-security-policy", "x-content-type-options", "referrer-policy")
_PLACE = "/.well-known/security.txt"
#: Elements a page cannot be whole without: loaded by plain http they break the page's security.
_PARTS = ".//script[@src]|.//iframe[@src]|.//img[@src]|.//audio[@src]|.//video[@src]|.//source[@src]|.//embed[@src]"
_STYLES = ".//link[@href]"
_FIELD = re.compile(r"^(contact|expires)\s*:\s*(\S.*)$", re.I | re.M)


async def probe(scene: Scene) -> dict[str, Any]:
    """Facts ``security.txt`` (found, expired, invalid, none; RFC 9116), ``security.headers`` (name: there or not)
    and ``security.mixed`` (parts of the home page loaded by plain http; None on a page that came by http itself)."""
    secure = urlsplit(scene.url).scheme == "https"
    return {
        "security.txt": await _security_txt(scene),
        "security.headers": _headers(scene, secure=secure),
        "security.mixed": await _mixed(scene) if secure else None,
    }


async def _security_txt(scene: Scene) -> str | None:
    """None when it could not be looked for."""
    try:
        raw = await ask(scene, urljoin(scene.url, _PLACE))
    except FetchFailed:
        return None
    if raw.status in (404, 410) or 300 <= raw.status < 400:
        return "none"
    if raw.status != 200:
        return None
    if is_html(head(raw, "content-type"), raw.body):
        return "none"  # a "not found" page served as found
    return _read(raw.body.decode("utf-8", "replace"))


def _read(text: str) -> str:
    fields = {name.lower(): value.strip() for name, value in _FIELD.findall(text)}
    if "contact" not in fields:
        return "invalid"
    try:
        ends = dt.datetime.fromisoformat(fields["expires"].upper())
    except (KeyError, ValueError):
        return "invalid"  # RFC 9116 section 2.5.5 demands the field
    return "expired" if ends.replace(tzinfo=ends.tzinfo or dt.UTC) < dt.datetime.now(dt.UTC) else "found"


def _headers(scene: Scene, *, secure: bool) -> dict[str, bool] | None:
    there = scene.evidence.fact("home.headers")
    if there is None:
        return None
    found = {name: name in there for name in HEADERS if secure or name != "strict-transport-security"}
    policy = str(there.get("content-security-policy", ""))
    return found | {"x-frame-options": "x-frame-options" in there or "frame-ancestors" in policy}


async def _mixed(scene: Scene) -> int | None:
    try:
        raw = await ask(scene, scene.url)
    except FetchFailed:
        return None
    return len(plain_parts(raw)) if raw.status == 200 else None


def plain_parts(raw: Raw) -> list[str]:
    """Addresses of the page's own parts that are loaded by plain http (mixed content, W3C)."""
    root = parse(decode(raw.body, head(raw, "content-type")).text)
    if root is None:
        return []
    found = [str(node.get("src") or "") for node in root.xpath(_PARTS)]
    found += [str(n.get("href")) for n in root.xpath(_STYLES) if "stylesheet" in str(n.get("rel") or "").lower()]
    return list(dict.fromkeys(u for u in found if u.strip().lower().startswith("http://")))
