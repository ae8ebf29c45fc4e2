"""A folder of static files as a portal: served on loopback inside this process for as long as the audit takes.

Addresses are clean as on the usual hosts: ``/tin-tuc`` is ``tin-tuc.html`` or ``tin-tuc/index.html``; what is not
there is answered with the folder's ``404.html`` and status 404. Hidden files and links out of the folder are not
served. Where the pages name their future address (``site_url``), it is taken for the folder's own.
"""

from __future__ import annotations

import asyncio
import dataclasses
import mimetypes
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from app.audit import Outcome
from app.audit import run as run_audit
from app.folder_lines import Lines, located
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


@dataclass(frozen=True)
class Folder:
    """Answers requests from the files under ``root``, as the servers of static portals do."""

    root: Path
    #: The address the portal will have, in whose place ours is written into the pages; "" for none.
    site_url: str = ""
    config: Mapping[str, object] = field(default_factory=lambda: {"server": "static"})

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Response:
        """The answer to one request; ``target`` is a path with its query."""
        if method not in ("GET", "HEAD"):
            return Response(405, {"content-type": "text/plain", "allow": "GET, HEAD"}, b"")
        path = unquote(urlsplit(target).path)
        found = self.file(path)
        if found is None:
            missing = self.file("/404.html")
            text = self._read(missing, headers) if missing is not None else b"<title>404</title>404 Not Found"
            return Response(404, {"content-type": "text/html"}, text)
        if found.name in _INDEX and not path.endswith("/") and found.parent.name == path.rpartition("/")[2]:
            return Response(301, {"location": quote(path) + "/", "content-type": "text/html"}, b"")
        kind = _TYPES.get(found.suffix.lower()) or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        return Response(200, {"content-type": kind}, self._read(found, headers))

    def file(self, path: str) -> Path | None:
        """The file behind an address's path; None where there is none that may be served."""
        parts = [part for part in path.split("/") if part]
        if any(part in ("..", ".") or (part.startswith(".") and part != ".well-known") for part in parts):
            return None
        for form in ("NFC", "NFD"):  # as the name was typed, or as some systems store it
            here = self.root.joinpath(*(unicodedata.normalize(form, part) for part in parts))
            choices = [here / name for name in _INDEX]
            if parts and not path.endswith("/"):
                choices = [here, *choices, here.with_name(f"{here.name}.html"), here.with_name(f"{here.name}.htm")]
            for choice in choices:
                if choice.is_file() and choice.resolve().is_relative_to(self.root.resolve()):
                    return choice
        return None

    def _read(self, file: Path, headers: Mapping[str, str]) -> bytes:
        data = file.read_bytes()
        host = next((value for name, value in headers.items() if name.lower() == "host"), "")
        if self.site_url and host and file.suffix.lower() in _REWRITTEN:
            name = urlsplit(self.site_url).netloc
            for scheme in ("https:", "http:", ""):
                data = data.replace(f"{scheme}//{name}".encode(), f"{scheme and 'http:'}//{host}".encode())
        return data


def checked_folder(text: str) -> Path | None:
    """The folder that is meant; None for what is no path. Raises UsageError for one that cannot be audited."""
    path = Path(text)
    if "://" in text:
        return None
    if not path.is_dir():
        if text.startswith((".", "/", "~")):
            raise UsageError(
                f"không có thư mục / there is no folder {text}",
                hint="nêu thư mục chứa index.html, ví dụ ./dist / name the folder that holds index.html, as in ./dist",
            )
        return None
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
    with serve(served) as base:
        asked = dataclasses.replace(
            request, url=f"{base}/", allow_private=True, static_folder=True, resolver="", proxy=""
        )
        outcome = run_audit(asked, progress, stop)
    lines = Lines(folder, shown_as(folder), served.file)
    audit = located(outcome.audit, lines, str(base))
    return dataclasses.replace(outcome, audit=_told(audit, lines, str(base), site_url))


def shown_as(folder: Path) -> str:
    """The folder as reports name it: below the working folder, where code reviews look for files."""
    here = folder.resolve()
    try:
        name = here.relative_to(Path.cwd()).as_posix()
    except ValueError:
        name = here.name
    return "" if name == "." else name


def _told(audit: Audit, lines: Lines, base: str, site_url: str) -> Audit:
    """The audit with the stand-in for our address of the moment, and with what it looked at."""
    parts = urlsplit(site_url or STAND_IN)
    public = f"{parts.scheme}://{parts.netloc}"
    home = lines.home()
    vantage = {**audit.vantage, "folder": lines.shown or ".", "folder_home": home.file, "folder_home_line": home.line}
    note = say("static_folder", folder=lines.shown or ".", url=f"{public}/")
    audit = dataclasses.replace(audit, vantage=vantage, notes=(note, *audit.notes))
    text = audit_json.dumps(audit).decode()
    text = text.replace(base, public).replace(urlsplit(base).netloc, parts.netloc)
    return audit_json.loads(text.encode())
