"""Small portals kept as data: one folder each, read here and answered without a network.

A folder holds ``site.yaml``, the Jinja templates it names (``*.j2``) and ``truth.yaml``, what an audit of it must find.
``site.yaml`` says ``name``, ``url_hint``, ``kind``, ``system``, ``charset``, ``default`` (the answer to unknown paths),
``data`` (for the templates), ``dead`` (addresses linked on purpose that lead nowhere) and ``pages``: a path, or a
prefix ending in ``*``, and one of

``template``  a page; ``items`` with ``item: {path, template, twins}`` give it a page (and print twins) for every item
``search``    a page whose template sees ``hits``: the site's own pages that hold the words of the query
``redirect``  another place; ``text`` a literal body; ``file`` a made one (pdf, doc, docx, zip, png)

with ``status``, ``headers``, ``type`` and ``delay`` where they differ. Files named under ``files`` or ``image`` exist.
``hosts`` gives other host names of the portal the prefix under which their pages stand in ``pages``
(``{hoidap.x.gov.vn: /@hoidap}``); templates write their address as ``{{ at('hoidap.x.gov.vn') }}``.
``!ago 3 08:26``, ``!wd 2`` and ``!ahead 20`` are days counted from today, so a fresh portal stays fresh.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app import site_dates, site_files

Data = dict[str, Any]


@dataclass(frozen=True)
class Response:
    """What the portal answers: header names in lower case, the body unpacked."""

    status: int
    headers: dict[str, str]
    body: bytes
    #: Sent in place of the body, piece by piece: a folder may hold films.
    file: Path | None = None


@dataclass(frozen=True)
class Site:
    """A portal that can answer requests; ``respond`` depends on nothing but its arguments."""

    folder: Path
    config: Data
    today: date
    #: What stands at each path, items and files included; keys that end in ``*`` are prefixes.
    pages: dict[str, Data]
    environment: Environment = field(repr=False)
    _index: dict[tuple[str, Callable[[str], str]], str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def name(self) -> str:
        return str(self.config["name"])

    @property
    def kind(self) -> str:
        return str(self.config["kind"])

    @property
    def url_hint(self) -> str:
        return str(self.config["url_hint"])

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Response:
        """The answer to one request; ``target`` is a path with its query."""
        split = urlsplit(target)
        query = {key: values[-1] for key, values in parse_qs(split.query).items()}
        if method == "POST":
            query |= {key: values[-1] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}
        elif method not in ("GET", "HEAD"):
            return Response(405, {"content-type": "text/plain", "allow": "GET, HEAD, POST"}, b"")
        host = next((value for name, value in headers.items() if name.lower() == "host"), self.url_hint)
        under = self.config.get("hosts", {}).get(host.partition(":")[0].lower(), "")
        page = self._find(under + unquote(split.path), split.query)
        return self._answer(page or self.config["default"], unquote(split.path), query, f"http://{host}")

    def html_paths(self) -> Iterator[str]:
        """Paths of the pages that are written by a template and meant for readers."""
        return (
            path for path, page in self.pages.items() if "template" in page and page.get("title") and "*" not in path
        )

    def _find(self, path: str, query: str) -> Data | None:
        path = path.split(";", 1)[0] if self.config.get("session_ids") else path
        if self.config.get("repeat"):
            path = re.sub(rf"^(/({'|'.join(self.config['repeat'])}))+(?=/|$)", "", path) or "/"
        path = re.sub(r"/{2,}", "/", path)
        for known in (f"{path}?{query}", path, path.rstrip("/"), path + "/"):
            if known in self.pages:
                return self.pages[known]
        prefixes = [key for key in self.pages if key.endswith("*") and path.startswith(key[:-1])]
        return self.pages[max(prefixes, key=len)] if prefixes else None

    def _answer(self, page: Data, path: str, query: Mapping[str, str], base: str) -> Response:
        if page.get("delay"):
            time.sleep(float(page["delay"]))
        headers = {key.lower(): str(value) for key, value in page.get("headers", {}).items()}
        if "redirect" in page:
            place = str(page["redirect"]).replace("{path}", path)
            return Response(
                int(page.get("status", 301)), {"location": place, "content-type": "text/html"} | headers, b""
            )
        status = int(page.get("status", 200))
        if "file" in page:
            kind = str(page["file"])
            content = site_files.make_file(kind, str(page.get("title", "")))
            return Response(status, {"content-type": page.get("type", site_files.TYPES[kind])} | headers, content)
        if "template" in page:
            _, colon, port = base.removeprefix("http://").partition(":")
            context: Data = {"page": page, "path": path, "query": query, "base": base, "url": base + path}
            context["at"] = lambda host: f"http://{host}{colon}{port}"
            if "search" in page:
                context |= self._search(page["search"], query)
            text = self.environment.get_template(page["template"]).render(context)
        else:
            text = str(page["text"]).replace("{base}", base)
        charset = str(page.get("charset") or self.config.get("charset", "utf-8"))
        plain = f"text/html; charset={charset.removesuffix('-nfd')}"
        said = str(page.get("type") or self.config.get("content_type") or plain)
        return Response(status, {"content-type": said} | headers, _encode(text, charset))

    def _search(self, how: Data, query: Mapping[str, str]) -> Data:
        words = query.get(how.get("param", "q"), "").strip()
        fold_ = _lower if how.get("accents") == "strict" else fold
        wanted = fold_(words).split()
        within = how.get("within", "")
        hits = [
            self.pages[path] | {"path": path}
            for path in self.html_paths()
            if wanted and path.startswith(within) and self.pages[path].get("searchable", True)
        ]
        hits = [hit for hit in hits if _holds(self._words(hit, fold_), wanted)]
        hits.sort(key=lambda hit: fold_(str(hit["title"])) != " ".join(wanted))
        return {"q": words, "hits": hits[: int(how.get("limit", 30))]}

    def _words(self, hit: Data, fold_: Callable[[str], str]) -> str:
        """Everything a page says, folded: put together once, as a search engine would."""
        key = (hit["path"], fold_)
        if key not in self._index:
            self._index[key] = fold_(_words_of(hit))
        return self._index[key]


def _holds(text: str, wanted: list[str]) -> bool:
    return all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in wanted)


def _words_of(page: Data) -> str:
    parts = (page.get(key, "") for key in ("title", "number", "abstract", "summary", "text"))
    return " ".join(re.sub(r"<[^>]+>", " ", str(part)) for part in parts)


def _lower(text: str) -> str:
    return re.sub(r"[^\w]+", " ", unicodedata.normalize("NFC", text).lower()).strip()


def fold(text: str) -> str:
    """Lower case, no accents, đ as d, one space between words."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^\w]+", " ", "".join(c for c in bare if not unicodedata.combining(c))).strip()


def slug(text: str, lost_d: bool = False) -> str:
    """A title as an address; ``lost_d`` drops the đ as some systems do (``hoi-ap``)."""
    words = fold(re.sub("[đĐ]", "", text) if lost_d else text).replace("_", " ").split()
    return "-".join(words)[:90].strip("-")


def _encode(text: str, charset: str) -> bytes:
    """``utf-8-nfd`` is UTF-8 with loose accents; windows-1258 has letters with one mark, and loose tones."""
    if charset == "utf-8-nfd":
        return unicodedata.normalize("NFD", text).encode()
    if charset != "windows-1258":
        return text.encode(charset, "xmlcharrefreplace")
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        letter = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        out.append(letter + "".join(c for c in parts if c in tones))
    return "".join(out).encode("cp1258", "xmlcharrefreplace")


def paras(text: str) -> Markup:
    """One paragraph a line; lines that begin with a tag stay as they are."""
    lines = [line.strip() for line in str(text).splitlines() if line.strip()]
    return Markup("\n").join(Markup(line) if line.startswith("<") else Markup("<p>%s</p>") % line for line in lines)


def entities(text: str) -> Markup:
    """Letters outside ASCII, and the colon, as numeric entities: how SharePoint stores rich text."""
    marked = str(escape(text)) if not isinstance(text, Markup) else str(text)
    inside = re.sub(r"(>|^)([^<]*)", lambda m: m[1] + m[2].replace(": ", "&#58; "), marked)
    return Markup("".join(c if ord(c) < 128 else f"&#x{ord(c):X};" for c in inside))


def sites_folder() -> Path:
    """Where the bundled portals lie: inside the installed package, else in the checkout."""
    shipped = Path(str(resources.files("app"))) / "shipped" / "sites"
    return shipped if shipped.is_dir() else Path(__file__).resolve().parent.parent / "tests" / "sites"


def bundled_sites() -> list[str]:
    """Names of the bundled portals, sorted."""
    return sorted(path.parent.name for path in sites_folder().glob("*/site.yaml"))


def load_site(folder: Path | str, today: date) -> Site:
    """Read a portal from its folder, or a bundled one by its name, as it stands on ``today``."""
    place = Path(folder)
    place = place if (place / "site.yaml").is_file() else sites_folder() / str(folder)
    environment = Environment(
        loader=FileSystemLoader([place, place.parent]), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= site_dates.FILTERS | {"paras": paras, "entities": entities, "slug": slug}
    environment.globals |= site_dates.helpers(today)
    raw = yaml.load((place / "site.yaml").read_text(encoding="utf-8"), Loader=_loader(today))
    config: Data = _filled(raw, environment)
    pages = dict(_pages(config))
    for path in [path for page in pages.values() for path in _files_of(page)] + list(config.get("files", ())):
        pages.setdefault(path, {"file": path.rsplit(".", 1)[1], "title": path.rsplit("/", 1)[1], "searchable": False})
    site = Site(place, config, today, pages, environment)
    environment.globals |= {"site": config, "data": config.get("data", {}), "pages": pages}
    return site


def _pages(config: Data) -> Iterator[tuple[str, Data]]:
    """Every page of the configuration, then the pages of its items and their twins."""
    lost_d = bool(config.get("lost_d"))
    for path, page in config["pages"].items():
        page["path"] = path
        yield path, page
        shape = page.get("item") or {}
        for number, item in enumerate(page.get("items", ()), start=1):
            item.setdefault("id", 1000 + number)
            item.setdefault("slug", slug(item["title"], lost_d))
            if not shape or "href" in item:
                continue
            item["section"] = page
            item["path"] = shape["path"].format(**item)
            item.setdefault("template", shape["template"])
            yield item["path"], item
            for name, (twin, template) in shape.get("twins", {}).items():
                item.setdefault("twins", {})[name] = twin.format(**item)
                if template in site_files.TYPES:
                    yield item["twins"][name], {"file": template, "title": item["title"], "searchable": False}
                else:
                    yield item["twins"][name], item | {"template": template, "searchable": False}


def _files_of(page: Data) -> Iterator[str]:
    for holder in (page, *page.get("items", ())):
        yield from holder.get("files", ())
        yield from (holder[key] for key in ("image",) if key in holder)


def _loader(today: date) -> type[yaml.SafeLoader]:
    class Loader(yaml.SafeLoader):
        """The safe loader with dates counted from today."""

    def days(sign: int) -> Any:
        def build(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> date | datetime:
            count, _, clock = str(loader.construct_scalar(node)).partition(" ")
            return site_dates.moment(today + sign * timedelta(days=int(count)), clock)

        return build

    def workdays(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> date | datetime:
        count, _, clock = str(loader.construct_scalar(node)).partition(" ")
        return site_dates.moment(site_dates.workdays_before(today, int(count)), clock)

    Loader.add_constructor("!ago", days(-1))
    Loader.add_constructor("!ahead", days(1))
    Loader.add_constructor("!wd", workdays)
    return Loader


def _filled(value: Any, environment: Environment) -> Any:
    """``{{ … }}`` in any text of the data is worked out once, at loading."""
    if isinstance(value, dict):
        return {_filled(key, environment): _filled(item, environment) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, environment) for item in value]
    if isinstance(value, str) and "{{" in value:
        return environment.from_string(value).render()
    return value
