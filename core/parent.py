"""Whose component a portal is, by its address."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.hosts import host_of

_STATE = ".gov.vn"


def parent_host(url: str) -> str:
    """Host of the portal one level up: ``laocai.gov.vn`` for ``sokhcn.laocai.gov.vn``; "" where there is none.

    A portal on a path of a third-level host (``laocai.gov.vn/sokhcn``) has that host itself.
    """
    host = host_of(url)
    if not host.endswith(_STATE):
        return ""
    labels = host.removesuffix(_STATE).split(".")
    if len(labels) >= 2:
        return ".".join(labels[1:]) + _STATE
    return host if urlsplit(url).path.strip("/") else ""
