"""A folder of static files as a portal: served on loopback inside this process for as long as the audit takes.

Addresses are clean as on the usual hosts: ``/tin-tuc`` is ``tin-tuc.html`` or ``tin-tuc/index.html``; what is not
there is answered with the folder's ``404.html`` and status 404, what may not be read with 403. Hidden files and links
out of the folder are not served. Where the pages name their future address (``site_url``), it is taken for the folder's
own; the folder stands under the path of that address.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import mimetypes
import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from app.audit import Outcome
from app.audit import run as run_audit
from app.folder_lines import Lines, located
from app.folder_name import FolderName, name_of
from app.say import say
from app.settings import AuditRequest
from app.site_server import serve
from app.sites import Response
from core import audit_json
from core.audit import Audit
from core.errors import UsageError

#: Stands for the folder's address in reports when no other is given: the real port differs from run to run.
STAND_IN = "http://localhost"
_INDEX = ("index.html", "index.htm", "default.html")
_TYPES = {".html": "text/html", ".htm": "text/html", ".xml": "text/xml", ".webmanifest": "application/manifest+json"}
_REWRITTEN = (".html", ".htm", ".xml", ".js", ".json", ".txt", ".css")
#: Files named in one sentence.
_NAMED = 5
#: Pages up to this are read whole, to be rewritten and packed; no crawl reads larger ones.
_WHOLE = 12 * 1024 * 1024


@dataclass(frozen=True)
class Folder:
    """Answers requests from the files under ``root``, as the servers of static portals do."""

    root: Path
    #: The address the portal will have, in whose place ours is written into the pages; "" for none.
    site_url: str = ""
    config: Mapping[str, object] = field(default_factory=lambda: {"server": "static"})
    #: Paths that were asked for and could not be read.
    unreadable: set[str] = field(default_factory=set, compare=False)

    @property
    def prefix(self) -> str:
        """The path under which the folder stands, "" for the top: ``/thu`` of ``https://example.gov.vn/thu/``."""
        return unquote(urlsplit(self.site_url).path).rstrip("/")

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Response:
        """The answer to one request; ``target`` is a path with its query."""
        if method not in ("GET", "HEAD"):
            return Response(405, {"content-type": "text/plain", "allow": "GET, HEAD"}, b"")
        path = unquote(urlsplit(target).path)
        if self.prefix and path == self.prefix:
            return _moved(path)
        below = path.removeprefix(self.prefix) if path.startswith(f"{self.prefix}/") else None
        try:
            found = self._look(below) if below is not None else None
            if found is None:
                return self._missing(method, headers)
            if found.name in _INDEX and not path.endswith("/") and found.parent.name == path.rpartition("/")[2]:
                return _moved(path)
            kind = _TYPES.get(found.suffix.lower()) or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
            return self._answer(200, kind, found, method, headers)
        except PermissionError:
            self.unreadable.add(path)
            return Response(403, {"content-type": "text/html"}, b"<title>403</title>403 Forbidden")

    def file(self, path: str) -> Path | None:
        """The file behind a path of the folder; None where there is none that may be served."""
        try:
            return self._look(path)
        except PermissionError:
            return None

    def _look(self, path: str) -> Path | None:
        """As ``file``; raises PermissionError where it is kept from looking."""
        parts = [part for part in path.split("/") if part]
        if any(part in ("..", ".") or (part.startswith(".") and part != ".well-known") for part in parts):
            return None
        kept: PermissionError | None = None
        for form in ("NFC", "NFD"):  # as the name was typed, or as some systems store it
            here = self.root.joinpath(*(unicodedata.normalize(form, part) for part in parts))
            choices = [here / name for name in _INDEX]
            if parts and not path.endswith("/"):
                choices = [here, *choices, here.with_name(f"{here.name}.html"), here.with_name(f"{here.name}.htm")]
            for choice in choices:
                try:
                    if choice.is_file() and choice.resolve().is_relative_to(self.root.resolve()):
                        return choice
                except PermissionError as error:
                    kept = error
                except OSError:  # a name longer than any file's, for one
                    continue
        if kept is not None:
            raise kept
        return None

    def _missing(self, method: str, headers: Mapping[str, str]) -> Response:
        page = self.file("/404.html")
        with contextlib.suppress(PermissionError):
            if page is not None:
                return self._answer(404, "text/html", page, method, headers)
        return Response(404, {"content-type": "text/html"}, b"<title>404</title>404 Not Found")

    def _answer(self, status: int, kind: str, file: Path, method: str, headers: Mapping[str, str]) -> Response:
        """A page with our address written in; any other file as it is, piece by piece. Raises PermissionError."""
        with file.open("rb") as opened:
            page = file.suffix.lower() in _REWRITTEN and os.fstat(opened.fileno()).st_size <= _WHOLE
            if method == "HEAD" or not page:
                return Response(status, {"content-type": kind}, b"", file)
            return Response(status, {"content-type": kind}, self._rewritten(opened.read(), headers))

    def _rewritten(self, data: bytes, headers: Mapping[str, str]) -> bytes:
        """The page with our address where the future one stood."""
        host = next((value for name, value in headers.items() if name.lower() == "host"), "")
        if not self.site_url or not host:
            return data
        ours = f"//{host}{quote(self.prefix)}".encode()
        return _address(self.site_url).sub(lambda found: (b"http:" if found[1] else b"") + ours, data)


def _address(site_url: str) -> re.Pattern[bytes]:
    """The future address in a page, with or without its scheme; no longer name or path that begins like it."""
    parts = urlsplit(site_url)
    path = unquote(parts.path).rstrip("/")
    spelled = "|".join(re.escape(one.encode().decode("latin-1")) for one in dict.fromkeys((path, quote(path))))
    host = re.escape(parts.netloc.encode().decode("latin-1"))
    return re.compile(rf"(https?:)?//{host}(?:{spelled})(?![\w\x80-\xff:%-]|\.\w)".encode("latin-1"), re.I)


def _moved(path: str) -> Response:
    return Response(301, {"location": quote(path) + "/", "content-type": "text/html"}, b"")


def _no_folder(text: str) -> None:
    """An address is no folder. Raises UsageError for what is written like one."""
    if text.startswith((".", "/", "~")):
        raise UsageError(
            f"không có thư mục / there is no folder {text}",
            hint="dựng cổng trước, hoặc nêu thư mục chứa index.html / build the portal first, or name the folder that "
            "holds index.html: ./dist",
        )


def checked_folder(text: str) -> Path | None:
    """The folder that is meant; None for what is no path. Raises UsageError for one that cannot be audited."""
    path = Path(text)
    if "://" in text:
        return None
    try:
        if not path.is_dir():
            _no_folder(text)
            return None
        home = next((path / name for name in _INDEX if (path / name).is_file()), None)
        with home.open("rb") if home is not None else contextlib.nullcontext():
            pass
    except OSError as error:
        raise UsageError(
            f"không đọc được thư mục / the folder cannot be read: {text} ({error.strerror})",
            hint="cho người chạy quyền đọc / let the one who runs this read it: chmod -R a+rX",
        ) from None
    if Folder(path).file("/") is None:
        raise UsageError(
            f"thư mục {text} không có index.html / the folder holds no index.html",
            hint="nêu thư mục đã dựng xong, ví dụ ./dist / name the folder of the built portal, as in ./dist",
        )
    return path


def run(
    request: AuditRequest,
    folder: Path,
    site_url: str = "",
    progress: Callable[[object], None] | None = None,
    stop: asyncio.Event | None = None,
) -> Outcome:
    """Audits a folder; ``request.url`` is not used. Raises UsageError and CatalogueError."""
    served = Folder(folder, site_url)
    with serve(served) as host:
        base = f"{host}{quote(served.prefix)}"
        asked = dataclasses.replace(
            request, url=f"{base}/", allow_private=True, static_folder=True, resolver="", proxy=""
        )
        outcome = run_audit(asked, progress, stop)
    name = name_of(folder, os.environ)
    lines = Lines(folder, name.shown, served.file)
    audit = _told(located(outcome.audit, lines, base), name, lines, str(host), served)
    return dataclasses.replace(outcome, audit=audit, problems=(*outcome.problems, *_unreadable(served, request.lang)))


def _unreadable(served: Folder, lang: str) -> tuple[str, ...]:
    """One sentence for the files that could not be read."""
    if not served.unreadable:
        return ()
    names = sorted(served.unreadable)
    shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    said = say("unreadable_files", count=len(names), files=shown)
    return (said.en if lang == "en" else said.vi,)


def _told(audit: Audit, name: FolderName, lines: Lines, base: str, served: Folder) -> Audit:
    """The audit with the stand-in for our address of the moment, and with what it looked at."""
    parts = urlsplit(served.site_url or STAND_IN)
    public = f"{parts.scheme}://{parts.netloc}"
    home, shown = lines.home(), name.shown or "."
    vantage = {**audit.vantage, "folder": shown, "folder_home": home.file, "folder_home_line": home.line}
    if not name.in_repository:
        vantage["folder_outside"] = True
    note = say("static_folder", folder=shown, url=f"{public}{quote(served.prefix)}/")
    audit = dataclasses.replace(audit, vantage=vantage, notes=(note, *audit.notes))
    text = audit_json.dumps(audit).decode()
    text = text.replace(base, public).replace(urlsplit(base).netloc, parts.netloc)
    return audit_json.loads(text.encode())
