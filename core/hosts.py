"""Which hosts are the same agency (design 4.4 *same agency*)."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit

from core.bodies import BodyKind
from core.portal import Portal

#: Bodies whose service hosts may stand under the parent's domain.
_UNDER_PARENT = frozenset({BodyKind.DEPARTMENT, BodyKind.COMMUNE, BodyKind.GENERAL_DEPARTMENT, BodyKind.DISTRICT})


@lru_cache(maxsize=6144)
def host_of(url: str) -> str:
    """Host in lower case without ``www.``; "" when there is none."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:  # "http://[broken"
        return ""
    return host.removeprefix("www.")


@lru_cache(maxsize=6144)
def netloc_of(url: str) -> str:
    """``host:port`` with the default port of the scheme filled in."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return ""
    return f"{(parts.hostname or '').lower().removeprefix('www.')}:{port}"


@lru_cache(maxsize=1024)
def is_address(host: str) -> bool:
    """Whether the host is an IP address."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def same_agency(url: str, portal: Portal, prefixes: tuple[str, ...] = ()) -> bool:
    """Whether an address belongs to the portal's own agency.

    True for the same host (the port too when the portal is an IP address or localhost), for hosts the
    user named, for service hosts (``prefixes``) under the body's own domain or, for departments and
    communes, the parent's, and for the body's corner of vbpl.vn.
    """
    host, own = host_of(url), host_of(portal.url)
    if not host or not own:
        return False
    named = {h.lower() for h in portal.hosts}
    if named and (host in named or netloc_of(url) in named):
        return True
    if is_address(own) or "." not in own:
        return netloc_of(url) == netloc_of(portal.url)
    if host == own:
        return True
    prefix, _, rest = host.partition(".")
    parent = own.partition(".")[2]
    if prefix in prefixes and (rest == own or (portal.kind in _UNDER_PARENT and rest == parent and rest != "gov.vn")):
        return True
    if host == "vbpl.vn":
        slug = urlsplit(url).path.strip("/").split("/")[0].lower()
        labels = own.removesuffix(".gov.vn").split(".")
        return bool(slug) and slug.replace("-", "") in {label.replace("-", "") for label in labels}
    return False


def without_panel(url: str) -> str:
    """The address of the page round a tab or folded part; the route of a script router belongs to the page."""
    page, mark, name = url.rpartition("#")
    return page if mark and not name.startswith(("/", "!/")) else url
