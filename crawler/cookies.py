"""Cookies for portals that send a visitor in a circle until he brings one back; nobody else's are kept."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit


class Cookies:
    """What each host offered; sent back only to hosts that were found to insist."""

    def __init__(self) -> None:
        self._offered: dict[str, dict[str, str]] = {}
        self._insists: set[str] = set()

    def offer(self, url: str, said: list[str]) -> None:
        """The Set-Cookie heads of an answer."""
        host = urlsplit(url).netloc
        for head in said:
            try:
                parsed = SimpleCookie(head)
            except CookieError:
                continue
            kept = self._offered.setdefault(host, {})
            for name, morsel in parsed.items():
                if len(kept) < 20 and len(morsel.coded_value) < 4096:
                    kept[name] = morsel.coded_value

    def insist(self, url: str) -> bool:
        """The host sends visitors in a circle: True when it has offered a cookie that was not tried yet."""
        host = urlsplit(url).netloc
        if host in self._insists or not self._offered.get(host):
            return False
        self._insists.add(host)
        return True

    def head(self, url: str) -> dict[str, str]:
        """The Cookie head for a request, where one is needed."""
        host = urlsplit(url).netloc
        if host not in self._insists:
            return {}
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self._offered[host].items())}
