"""What an audit is asked to do, checked at the door and passed on as one value."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from core.access import Access
from core.audit import VIETNAM
from core.bodies import BodyKind
from core.errors import UsageError

#: Without --format.
FORMATS = ("html", "json")
#: For the help of ``--format``: those that come with the program.
SHIPPED_FORMATS = "html, json, csv, xlsx, docx, pdf, junit, sarif, md"


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """One audit as the command line, a worker or a test asks for it (design 4.1)."""

    url: str
    kind: BodyKind = BodyKind.PROVINCE
    name: str = ""
    rules: str | None = None
    components: tuple[str, ...] = ()
    today: dt.date | None = None
    lang: str = "vi"
    max_pages: int = 300
    max_minutes: float = 15.0
    exhaustive: bool = False
    browser: bool = True
    contact: str = ""
    ignore_robots: str = ""
    allow_private: bool = False
    allow_hosts: tuple[str, ...] = ()
    resolver: str = ""
    #: A file with DNSSEC trust anchors beside the root's.
    trust_anchor: str = ""
    proxy: str = ""
    #: What opens a protected preview.
    access: Access = field(default_factory=Access)
    #: Rules and groups that take part (none named: all), and those that do not.
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    #: The portal is a folder of files that we serve ourselves.
    static_folder: bool = False


def checked_url(url: str) -> str:
    """The address, when it is one a portal can have. Raises UsageError."""
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or " " in text:
        guess = text.removeprefix("//").strip("/")
        hint = (
            f"https://{guess}"
            if "." in guess and " " not in guess and "://" not in guess
            else "https://www.example.gov.vn"
        )
        raise UsageError(
            f"{url!r} không phải địa chỉ cổng / is not the address of a portal",
            hint=f"ghi đầy đủ địa chỉ / give the whole address: {hint}",
        )
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "địa chỉ chứa tên và mật khẩu / the address holds a user name and password",
            hint="export PREVIEW_LOGIN=user:password, --basic-auth-env PREVIEW_LOGIN",
        )
    return text if parts.path else f"{text}/"


def checked_kind(kind: str) -> BodyKind:
    """The kind of body. Raises UsageError with the list."""
    try:
        return BodyKind(kind)
    except ValueError:
        raise UsageError(
            f"không có loại cơ quan {kind!r} / unknown kind of body", hint=f"một trong / one of: {', '.join(BodyKind)}"
        ) from None


def checked_lang(lang: str) -> str:
    """``vi`` or ``en``. Raises UsageError."""
    if lang not in ("vi", "en"):
        raise UsageError(f"không có ngôn ngữ {lang!r} / unknown language", hint="vi or en")
    return lang


def checked_form(form: str) -> str:
    """``text`` or ``json``. Raises UsageError."""
    if form not in ("text", "json"):
        raise UsageError(f"không có dạng {form!r} / unknown form", where="--format", hint="text | json")
    return form


def checked_day(text: str | None) -> dt.date | None:
    """An ISO day. Raises UsageError."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text!r} không phải ngày hợp lệ / is not a day", hint="ghi như / write it as 2026-11-21"
        ) from None


def checked_share(value: float | None, option: str) -> float | None:
    """A share between 0 and 1. Raises UsageError."""
    if value is not None and not 0 <= value <= 1:
        raise UsageError(
            f"{option} {value:g} không phải số từ 0 đến 1 / is not a share",
            hint="ghi một số từ 0 đến 1 / give a number between 0 and 1, as in 0.8",
        )
    return value


def checked_resolver(text: str) -> str:
    """``HOST[:PORT]`` of a resolver that has an address; "" for the system's. Raises UsageError."""
    import socket

    from crawler.guard import split_host

    text = text.strip()
    if not text:
        return ""
    host, port = split_host(text)
    try:
        sound = bool(host) and 0 < (port or 53) <= 65535 and bool(socket.getaddrinfo(host, port or 53))
    except (OSError, UnicodeError):
        sound = False
    if not sound:
        raise UsageError(
            f"không có máy chủ tên miền {text!r} / there is no resolver of that name",
            hint="ghi HOST[:PORT], như 8.8.8.8 hoặc 127.0.0.1:5353 / as in 8.8.8.8 or 127.0.0.1:5353",
        )
    return text


def checked_anchor(path: Path | None) -> str:
    """A file with DNSSEC trust anchors that can be read; "" without one. Raises UsageError."""
    if path is None:
        return ""
    from crawler.dnssec import anchors

    anchors.load(str(path))
    return str(path)


def checked_out(folder: Path) -> Path:
    """A folder that reports can be written to; made when it is not there. Raises UsageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / ".decree43-trial"
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            f"không ghi được vào / cannot write to {folder}: {reason}",
            hint="chọn thư mục khác bằng / name another folder with --out",
        ) from None
    return folder


def read_components(path: Path) -> tuple[str, ...]:
    """Addresses of component portals: one a line, or the first address in each line of a CSV."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"không đọc được / cannot read {path}: {error}",
            hint="mỗi dòng một địa chỉ, hoặc tệp CSV mã UTF-8 / one address a line, or CSV in UTF-8",
        ) from None
    found = []
    for row in csv.reader(io.StringIO(text)):
        address = next((c.strip() for c in row if "://" in c or c.strip().endswith(".vn")), "")
        if address:
            found.append(address if "://" in address else f"https://{address}")
    if not found:
        raise UsageError(
            f"{path} không có địa chỉ nào / holds no address",
            hint="mỗi dòng một địa chỉ / one address a line, as in https://sokhcn.example.gov.vn",
        )
    return tuple(found)


def vietnam_today() -> dt.date:
    """Today's date in Vietnam."""
    return dt.datetime.now(VIETNAM).date()
