"""Addresses: one spelling for one page, same-site test, traps and twins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit

#: Query names that never change what a page shows.
_TRACKING = frozenset(
    """fbclid gclid dclid gbraid wbraid yclid msclkid igshid mc_cid mc_eid _ga _gl zarsrc zanid _hsenc _hsmi
    phpsessid jsessionid sessionid session_id sessid cfid cftoken p_auth p_p_col_id p_p_col_pos p_p_col_count
    _""".split()
)
_TRACKING_PREFIXES = ("utm_", "aspsessionid", "pk_campaign", "pk_kwd", "_openstat")
#: Names dropped only with the value that is Liferay's default anyway.
_DEFAULTS = {"p_p_state": "normal", "p_p_mode": "view", "p_p_lifecycle": "0"}
#: ``sid`` is a session on some systems and the story number on PHP-Nuke: its value tells.
_SESSION_VALUE = re.compile(r"(?=[^a-z]*[a-z])[0-9a-z]{16,}", re.I)

_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?&=+,;@!$'()*]*")
#: Addresses from the root in which nothing needs mending.
_FAST_PATH = re.compile(r"(?:/(?![./])[A-Za-z0-9\-._~,=+@!]*)+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_JUNK = re.compile(r"[\x00-\x20\x7f]+")
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.I)
#: ASP.NET session in the path: /(S(abc…))/
_COOKIELESS = re.compile(r"/\((?:[SAF]\([0-9a-z]{8,}\))+\)(?=/|$)", re.I)
_HOST = re.compile(r"[a-z0-9_\-.]+|\[[0-9a-f:.]+\]")
#: What a script router keeps behind the hash: ``#/tin-tuc``, ``#!/tin-tuc``.
ROUTE = re.compile(r"!?/[^/]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.I)
_PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 2000

_LOCALES = frozenset({"vi", "en", "vn", "fr", "zh", "ja", "ko", "ru", "lo", "km", "vi-vn", "en-us", "vi_vn", "en_us"})
_TWIN_PARTS = frozenset({"print", "savefile", "sendmail", "printpage", "in-bai", "in-trang", "pdf", "amp"})
_TWIN_QUERY = re.compile(
    r"(?:print|in|savefile|pop|tmpl|format|layout|theme|nv_?theme|skin|template|templateid|mobile|amp|output|"
    r"view_mode|ismobile|font|fontsize|contrast|printable|isprint|p_p_state|themeid)",
    re.I,
)
_TWIN_VALUES = frozenset({"1", "true", "yes", "on", "print", "component", "pdf", "pop_up", "exclusive", "m", "r", "d"})
_CALENDAR_PATH = re.compile(
    r"/(?:calendar|event-?calendar|events?/(?:month|day|week|list|today)|lich-su-kien/\d|icalrepeat|ical)"
    r"(?:[/._-]|$)|/events?/\d{4}-\d\d|/lich-van-nien/|/archive/\d{4}/\d{1,2}/\d{1,2}$",
    re.I,
)
_CALENDAR_QUERY = re.compile(
    r"(?:^|&)(?:tribe-bar-date|eventdate|calendardate|cal_?(?:date|month|year|day)|mini_?cal\w*|ical|"
    r"option=com_(?:jevents|jcalpro)|task=(?:month|week|day|year)\.\w+|calmonth|calyear)\b",
    re.I,
)
_ACTION_QUERY = re.compile(
    r"(?:^|&)(?:replytocom|add-to-cart|share|task=(?:logout|registers?)|action=(?:login|logout|register|delete))(?:=|"
    r"&|$)",
    re.I,
)


def _escapes(match: re.Match[str]) -> str:
    digits = match.group(1)
    if digits is None:
        return "%25"
    code = int(digits, 16)
    return chr(code) if code in _UNRESERVED else f"%{digits.upper()}"


def _encode(part: str, safe: str) -> str:
    """Percent-encoding in one spelling: what need not be escaped is not, the rest in upper case."""
    if _PLAIN.fullmatch(part):
        return part
    return quote(_ESCAPE.sub(_escapes, part), safe=safe + "%")


def _dots(path: str) -> str:
    if "/." not in path and "//" not in path:
        return path
    out: list[str] = []
    parts = path.split("/")
    for number, part in enumerate(parts):
        if part == "..":
            if len(out) > 1:
                out.pop()
        elif part != "." and (part or number in (0, len(parts) - 1)):
            out.append(part)
    if parts[-1] in (".", ".."):
        out.append("")
    path = "/".join(out)
    return path if path.startswith("/") else f"/{path}"


def _query(query: str) -> str:
    kept = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        key = name.lower()
        if not pair or key in _TRACKING or key.startswith(_TRACKING_PREFIXES):
            continue
        if _DEFAULTS.get(key) == value.lower() and key in _DEFAULTS:
            continue
        if key == "sid" and _SESSION_VALUE.fullmatch(value):
            continue
        if key.startswith("_") and key.endswith(("_redirect", "_backurl")):
            continue  # Liferay: carries the address one came from, a new page for each way in
        kept.append(_encode(pair, "/:?@!$'()*+,;=-._~[]|"))
    return "&".join(kept)


def canonical(url: str, base: str = "") -> str:
    """The one spelling of an address, made absolute on ``base``; "" when it is no web address."""
    url = url.strip() if url else ""
    if base and url[:1] == "/" and _FAST_PATH.fullmatch(url):
        return _origin(base) + url  # nine links in ten: nothing to mend
    # An address from the root or a full one resolves alike on every page of the host: shared in the cache.
    if base and (_SCHEME.match(url) or (url[:1] == "/" and url[:2] != "//")):
        base = "" if url[:1] != "/" else "/".join(base.split("/", 3)[:3])
    return _canonical(url, base)


@lru_cache(maxsize=512)
def _origin(base: str) -> str:
    return _canonical("/", "/".join(base.split("/", 3)[:3]))[:-1]


@lru_cache(maxsize=6144)
def _canonical(url: str, base: str) -> str:
    try:
        url = _JUNK.sub(lambda m: "%20" if m.group() == " " else "", url.replace("\\", "/"))
        parts = urlsplit(urljoin(base, url) if base else url)
        scheme = parts.scheme.lower()
        host = (parts.hostname or "").rstrip(".").lower()
        port = parts.port
        if scheme not in _PORTS or not host:
            return ""
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
        if ":" in host:
            host = f"[{host}]"
    except (ValueError, UnicodeError):
        return ""
    if not _HOST.fullmatch(host) or ".." in host:
        return ""
    path = _encode(parts.path, "/:@!$&'()*+,;=-._~")
    path = _dots(_COOKIELESS.sub("", _SESSION_PATH.sub("", path)) or "/")
    netloc = host if port is None or port == _PORTS[scheme] else f"{host}:{port}"
    query = _query(parts.query) if parts.query else ""
    out = f"{scheme}://{netloc}{path}?{query}" if query else f"{scheme}://{netloc}{path}"
    if parts.fragment and ROUTE.match(parts.fragment):
        out += "#" + _encode(parts.fragment, "/:@!$&'()*+,;=-._~?")
    return out if len(out) <= MAX_LENGTH else ""


def host_of(url: str) -> str:
    """Host with its port when it is not the usual one, lower case."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return ""
    return host if port is None or port == _PORTS.get(parts.scheme) else f"{host}:{port}"


def same_site(url: str, hosts: Iterable[str]) -> bool:
    """Whether the address is on one of the hosts; ``www.`` makes no difference."""
    host = host_of(url).removeprefix("www.")
    return bool(host) and any(host == known.lower().removeprefix("www.") for known in hosts)


def is_trap(url: str) -> bool:
    """An address that only leads deeper into the same: locale loops, calendars, log-outs, endless paths."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    segments = [s.lower() for s in parts.path.split("/") if s]
    if len(url) > 900 or len(segments) > 14:
        return True
    locales = [s for s in segments if s in _LOCALES]
    if len(locales) > 2:
        return True
    if len(locales) == 2 and segments.index(locales[0]) + 1 == segments.index(locales[1]):
        return True  # Liferay: /en/vi/…
    if any(segments.count(s) > 2 for s in set(segments) if not s.isdigit()):
        return True
    if _CALENDAR_PATH.search(parts.path) or _CALENDAR_QUERY.search(parts.query):
        return True
    return bool(_ACTION_QUERY.search(parts.query))


def twin_key(url: str) -> str:
    """Equal for addresses that show the same page: print and save twins, themes, locale loops, order of names."""
    try:
        parts = urlsplit(url)
        host = host_of(url)
    except ValueError:
        return url
    segments: list[str] = []
    route = parts.fragment if ROUTE.match(parts.fragment) else ""
    for part in (parts.path + route).split("/"):
        low = part.lower()
        if not part or low in _TWIN_PARTS:
            continue
        if low in _LOCALES and segments and segments[-1].lower() in _LOCALES:
            segments[-1] = part  # the last of a run of locales is the one that is shown
            continue
        segments.append(part)
    query = []
    for pair in parts.query.split("&"):
        name, _, value = pair.partition("=")
        low = value.lower()
        if not pair or (_TWIN_QUERY.fullmatch(name) and (low in _TWIN_VALUES or name.lower().endswith("theme"))):
            continue
        query.append(pair)
    tail = "?" + "&".join(sorted(query)) if query else ""
    return f"{host.removeprefix('www.')}/{'/'.join(segments)}{tail}"
