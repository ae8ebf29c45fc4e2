"""A province's portal of any size: the bundled good portal, grown by years of news, documents and questions.

Every page gets what large portals put around their pages: style and script blocks, a menu that marks where one is,
columns with the newest and the most read, a counter of visitors, a hundred links to other bodies. Pages come out at
60 to 100 KB with 150 to 400 links, all ready before the first request.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.sites import Data, Site, load_site, slug
from bench import words

PER_PAGE = 20
#: Where the portal grows, and by what share of its new entries.
_GROWTH = {
    "/tin-tuc": 0.44,
    "/van-ban": 0.22,
    "/chi-dao-dieu-hanh": 0.09,
    "/hoi-dap": 0.09,
    "/tuyen-truyen-phap-luat": 0.06,
    "/che-do-chinh-sach": 0.05,
    "/phan-hoi-kien-nghi": 0.03,
    "/khen-thuong-xu-phat": 0.02,
}
_STYLE = "".join(
    f".khoi-{n} .tieu-de a{{color:#{n * 4099 % 0xFFFFFF:06x};font:bold {11 + n % 6}px/1.4 Arial;padding:{n % 9}px}}\n"
    for n in range(90)
)
_SCRIPT = "".join(
    f"var hop{n}=document.getElementById('hop-{n}');"
    f"if(hop{n}){{hop{n}.onclick=function(){{chuyen({n},'muc-{n}');}};}}\n"
    for n in range(70)
)


@dataclass(frozen=True)
class Portal:
    """A portal ready to be served: the bodies of its pages in pieces, many of them shared."""

    site: Site
    bodies: dict[str, tuple[bytes, ...]]

    @property
    def sizes(self) -> list[int]:
        """Bytes of each page, in order."""
        return sorted(sum(map(len, parts)) for parts in self.bodies.values())


def build(count: int, today: date, base: str) -> Portal:
    """A portal with ``count`` pages under the address ``base``; a few more where a list begins another page."""
    site = load_site("tinh-lien-son", today)
    _print_beside_the_page(site)
    lists = _grow(site, count)
    chrome = _Chrome(site)
    bodies: dict[str, tuple[bytes, ...]] = {}
    for path, page, more in _pages(site, lists):
        template = site.environment.get_template(page["template"])
        text = template.render(page=page, path=path.split("?")[0], query={}, base=base, url=base + path)
        bodies[path] = chrome.around(path, page, text, more)
    return Portal(site, bodies)


def _print_beside_the_page(site: Site) -> None:
    """Print views move below the page's own folder, as most systems have them."""
    for item in [p for p in site.pages.values() if "print" in p.get("twins", {})]:
        old = item["twins"]["print"]
        section, _, name = item["path"].rpartition("/")
        item["twins"]["print"] = f"{section}/print/{name}"
        if old in site.pages:
            site.pages[item["twins"]["print"]] = site.pages.pop(old)


def _own(site: Site) -> list[str]:
    return [p for p in site.html_paths() if "search" not in site.pages[p] and "/print/" not in p]


def _grow(site: Site, count: int) -> dict[str, list[Data]]:
    """Adds entries until the portal has its pages; returns the entries of every list."""
    lists: dict[str, list[Data]] = {p: site.pages[p]["items"] for p in _GROWTH}
    labels = [[name, f"/tin-tuc/{slug(name)}"] for name in words.CATEGORIES]
    next(g for g in site.config["data"]["menu"] if g["href"] == "/tin-tuc")["children"] = labels
    for name, path in labels:
        lists[path] = []
        site.pages[path] = {"template": "list.j2", "title": name, "items": lists[path], "clock": True, "path": path}
    chance = random.Random(43)
    wanted = count - len(_own(site))
    made = 0
    sections = random.Random(2011).choices(list(_GROWTH), list(_GROWTH.values()), k=max(wanted, 1))
    while made + _pagers(lists) < wanted:
        section = sections[made]
        item = _entry(chance, site.today, section, made)
        made += 1
        shape = site.pages[section]["item"]
        item |= {"section": site.pages[section], "template": shape["template"]}
        item["path"] = f"{section}/{item['slug']}-{item['id']}.html"
        if shape["template"] == "article.j2":
            save = f"{section}/luu/{item['slug']}.pdf"
            item["twins"] = {"print": item["path"].replace(section, f"{section}/print"), "save": save}
            site.pages[save] = {"file": "pdf", "title": item["title"], "searchable": False}
        lists[section].append(item)
        site.pages[item["path"]] = item
        site.pages.update({path: {"file": "pdf", "title": path} for path in item.get("files", ())})
        if section == "/tin-tuc":
            lists[labels[made % len(labels)][1]].append(item)
    for entries in lists.values():
        entries.sort(key=lambda i: _day(i["date"]), reverse=True)
    return lists


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _pagers(lists: dict[str, list[Data]]) -> int:
    return sum(max(0, -(-len(entries) // PER_PAGE) - 1) for entries in lists.values())


def _entry(chance: random.Random, today: date, section: str, number: int) -> Data:
    """One entry of the past years, older than everything the bundled portal shows."""
    day = today - timedelta(days=200 + number // 4)
    title = words.headline(chance, number)
    entry: Data = {"id": 20_000 + number, "title": title, "slug": slug(title), "date": day}
    if section in ("/van-ban", "/chi-dao-dieu-hanh"):
        symbol = chance.choice(("QĐ-UBND", "KH-UBND", "CT-UBND", "TB-UBND"))
        entry |= {"number": f"{number + 100}/{symbol}", "form": "Quyết định", "issued": day - timedelta(days=1)}
        entry |= {"files": [f"/tep/vb-{number}.pdf"], "text": words.paragraphs(chance, 12)}
        return entry
    if section == "/hoi-dap":
        return entry | {
            "asked": day - timedelta(days=9), "summary": words.sentence(chance), "unit": "Sở Tài chính",
            "text": words.paragraphs(chance, 10),
        }  # fmt: skip
    moment = datetime(day.year, day.month, day.day, 7 + number % 10, number % 60)
    return entry | {
        "date": moment if section == "/tin-tuc" else day, "image": f"/anh/tin/{number}.png",
        "summary": words.sentence(chance), "author": words.person(chance), "text": words.paragraphs(chance, 18),
    }  # fmt: skip


def _pages(site: Site, lists: dict[str, list[Data]]) -> Iterator[tuple[str, Data, str]]:
    """Every page: its address, its data, and what is added to its main part."""
    news, at = lists["/tin-tuc"], {id(e): n for es in lists.values() for n, e in enumerate(es)}
    for path in _own(site):
        page = site.pages[path]
        if path in lists:
            entries = lists[path]
            last = max(1, -(-len(entries) // PER_PAGE))
            for number in range(1, last + 1):
                shown = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
                where = path if number == 1 else f"{path}?trang={number}"
                yield where, page | {"items": shown}, _pager(path, number, last)
        elif "section" in page and page["section"]["path"] in lists:
            entries = lists[page["section"]["path"]]
            place = at[id(page)]
            yield path, page, _related(entries[max(0, place - 10) : place] + entries[place + 1 : place + 16])
        else:
            yield path, page, _related(news[:12])


def _pager(path: str, number: int, last: int) -> str:
    shown = [n for n in range(1, last + 1) if n in (1, last) or abs(n - number) <= 4]
    links = (f'<li><a href="{path}{f"?trang={n}" if n > 1 else ""}">{n}</a></li>' for n in shown if n != number)
    return f'<ul class="pagination"><li class="active">{number}</li>{"".join(links)}</ul>' if last > 1 else ""


def _related(entries: list[Data]) -> str:
    rows = "".join(
        f'<li class="tin-khac"><a href="{e["path"]}" title="{e["title"]}">{e["title"]}</a> '
        f'<span class="ngay">({e["date"]:%d/%m/%Y})</span></li>'
        for e in entries
    )
    return f'<div class="tin-lien-quan"><h3>Các tin khác</h3><ul>{rows}</ul></div>'


class _Chrome:
    """What stands around the main part of every page."""

    def __init__(self, site: Site) -> None:
        news, acts = site.pages["/tin-tuc"]["items"], site.pages["/van-ban"]["items"]
        self._head = f"<style>\n{_STYLE}</style>\n<script>\n{_SCRIPT}</script>\n</head>".encode()
        self._upper = "".join(
            (
                '<div class="cot-phai" id="cot-phai">',
                _box("Tin mới nhất", news[:18], lambda e: f'<img src="{e["image"]}" alt="" width="80" height="60">'),
                _box("Xem nhiều nhất", news[20:38], lambda e: ""),
                _box("Văn bản mới ban hành", acts[:14], lambda e: f"<b>{e['number']}</b> "),
                '<div class="khoi-thong-ke"><h3>Thống kê truy cập</h3><p>Tổng lượt truy cập: ',
            )
        ).encode()
        others = "".join(
            f'<li class="lien-ket-item"><a target="_blank" rel="noopener" href="https://{slug(name).replace("-", "")}'
            f'.lienson.example.gov.vn/" title="Trang thông tin điện tử {name}">{name}</a></li>'
            for name in words.COMMUNES
        )
        self._lower = (
            "</p></div></div></main>\n"
            f"<div class='lien-ket-web'><h3>Liên kết trang xã, phường</h3><ul>{others}</ul></div>"
        ).encode()

    def around(self, path: str, page: Data, text: str, more: str) -> tuple[bytes, ...]:
        """A page's body in pieces: its own, and those it shares with the others."""
        if page.get("lang"):  # the foreign pages are small, as everywhere
            return (text.encode(),)
        section = page.get("section", page).get("path", path)
        text = text.replace(f'<li><a href="{section}">', f'<li class="active"><a href="{section}">', 1)
        head, _, rest = text.partition("</head>")
        main, _, foot = rest.partition("</main>")
        visits = f"{15_204_331 + len(text) * 7:,}".replace(",", ".")
        own = f"{main}{more}".encode()
        return head.encode(), self._head, own, self._upper, visits.encode(), self._lower, foot.encode()


def _box(title: str, entries: list[Data], before: Callable[[Data], Any]) -> str:
    rows = "".join(
        f'<li class="item clearfix"><a class="item-title" href="{e["path"]}" title="{e["title"]}">'
        f'{before(e)}{e["title"]}</a><span class="date"><i class="fa fa-clock-o"></i> {e["date"]:%d/%m/%Y}</span></li>'
        for e in entries
    )
    return f'<div class="khoi-ben"><h3 class="tieu-de-khoi"><span>{title}</span></h3><ul>{rows}</ul></div>'
