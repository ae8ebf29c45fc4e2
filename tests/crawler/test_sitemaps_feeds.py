"""Sitemaps and feeds as portals have them, and what they serve in their place."""

from __future__ import annotations

import datetime as dt
import gzip

import pytest

from core.page import DateSource, Outcome
from crawler.answers import Answer
from crawler.feeds import looks_like_feed, read_feed
from crawler.sitemaps import read_sitemap
from tests.crawler.little import LittlePortal, Reply, page, visit

INDEX = """<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>{0}/a.xml.gz</loc></sitemap><sitemap><loc>{0}/b.xml</loc></sitemap></sitemapindex>"""
URLS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>{0}/hoi-dap</loc><lastmod>2026-01-01</lastmod><image:image><image:loc>{0}/x.jpg</image:loc></image:image></url>
<url><loc> {0}/tin/1 </loc></url></urlset>"""


def answer(body: str | bytes, kind: str = "application/xml", status: int = 200) -> Answer:
    raw = body.encode() if isinstance(body, str) else body
    return Answer("http://a.vn/f", Outcome.OK, "http://a.vn/f", status, raw, kind)


def test_index_with_packed_sitemaps_named_by_robots(portal: LittlePortal) -> None:
    portal.pages["/robots.txt"] = Reply(f"Sitemap: {portal.root}/ban-do.xml", type="text/plain")
    portal.pages["/ban-do.xml"] = Reply(INDEX.format(portal.root), type="application/xml")
    portal.pages["/a.xml.gz"] = Reply(gzip.compress(URLS.format(portal.root).encode()), type="application/gzip")
    portal.pages["/b.xml"] = Reply(page("Không có"), type="text/html")
    portal.pages["/"] = page("Trang chủ")
    portal.pages["/hoi-dap"] = page("Hỏi đáp")
    portal.pages["/tin/1"] = page("Tin 1")
    done = visit(portal, exhaustive=True).evidence
    maps = {s.url.removeprefix(portal.root): s for s in done.sitemaps}
    assert set(maps) == {"/ban-do.xml", "/a.xml.gz", "/b.xml", "/sitemap.xml"}
    assert maps["/ban-do.xml"].is_index
    assert maps["/a.xml.gz"].locations == (f"{portal.root}/hoi-dap", f"{portal.root}/tin/1")
    assert maps["/b.xml"].error == "html"
    assert maps["/sitemap.xml"].error == "http_404"
    assert {p.url for p in done.pages} == {portal.url, f"{portal.root}/hoi-dap", f"{portal.root}/tin/1"}


def test_cut_and_strange_sitemaps() -> None:
    cut = read_sitemap(answer(URLS.format("http://a.vn")[:-60]), "http://a.vn/s.xml")
    assert cut.total >= 1 and not cut.error
    assert read_sitemap(answer("<rss></rss>"), "u").error == "no_sitemap"
    assert read_sitemap(answer(""), "u").error == "broken_xml"
    bomb = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><urlset><url><loc>http://a.vn/&c;</loc></url></urlset>'
    assert read_sitemap(answer(bomb), "u").total <= 1
    assert read_sitemap(answer("http://a.vn/1\nhttp://a.vn/2\n", "text/plain"), "u").total == 2


RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Tin tức</title>
<item><title>Hội nghị &amp; triển khai</title><link>/tin/1</link><pubDate>Fri, 20 Nov 2026 23:30:00 GMT</pubDate></item>
<item><title>Không chuẩn</title><link>http://a.vn/tin/2</link><pubDate>17/10/2026 14:39</pubDate></item>
</channel></rss>"""


def test_feed_entries_have_dates_of_vietnam() -> None:
    feed = read_feed(answer(RSS), "http://a.vn/rss")
    first, second = feed.entries
    assert (feed.title, first.title, first.url) == ("Tin tức", "Hội nghị & triển khai", "http://a.vn/tin/1")
    assert first.dates[0].day == dt.date(2026, 11, 21) and first.dates[0].source is DateSource.FEED
    assert second.dates[0].day == dt.date(2026, 10, 17) and second.dates[0].minute == 879


def test_what_is_no_feed() -> None:
    assert read_feed(answer(page("RSS"), "text/html"), "u").error == "html"
    assert read_feed(answer("{}", "application/json"), "u").error == "no_feed"
    empty = read_feed(answer('<rss version="2.0"><channel><title>Trống</title></channel></rss>'), "u")
    assert (empty.entries, empty.error, empty.title) == ((), "", "Trống")
    assert read_feed(answer("", status=404), "u").error == "http_404"


@pytest.mark.parametrize(
    "path", ["rss", "rss/tin-tuc.xml", "tin-tuc.rss", "vi/feeds/", "feed", "rss.aspx?cat=3", "atom.xml"]
)
def test_addresses_of_feeds(path: str) -> None:
    assert looks_like_feed(path)


@pytest.mark.parametrize("path", ["tin-tuc", "progress", "feedback.aspx", "gop-y", "rssi-la-gi.html"])
def test_addresses_of_no_feeds(path: str) -> None:
    assert not looks_like_feed(path)


def test_declared_and_linked_feeds_are_read(portal: LittlePortal) -> None:
    declared = ("/khai-bao.xml", "/hong.xml")
    head = "".join(f'<link rel="alternate" type="application/rss+xml" href="{url}">' for url in declared)
    portal.pages["/"] = page("Trang chủ", menu={"/rss": "RSS"}, head=head)
    portal.pages["/rss"] = page("Kênh RSS", '<ul><li><a href="/rss/tin.xml">Tin tức</a></li></ul>')
    portal.pages["/rss/tin.xml"] = portal.pages["/khai-bao.xml"] = Reply(RSS, type="text/xml")
    portal.pages["/hong.xml"] = page("Trang khác")
    done = visit(portal).evidence
    feeds = {f.url.removeprefix(portal.root): (len(f.entries), f.error) for f in done.feeds}
    assert feeds == {
        "/khai-bao.xml": (2, ""),
        "/rss/tin.xml": (2, ""),
        "/hong.xml": (0, "html"),
    }
    assert done.page(f"{portal.root}/rss") is not None
