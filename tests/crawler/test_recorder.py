"""What a crawl receives is handed on to be archived; the evidence is put together again from it, to the last fact."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator

import pytest

from core import evidence_json
from core.capture import Capture, Kind, Visit
from core.evidence import Evidence
from core.page import Outcome
from core.plan import Budget, CrawlPlan
from core.portal import Portal
from crawler.options import Crawl, CrawlOptions
from crawler.rebuild import rebuild, stripped
from crawler.recorder import Recorder, public, told
from crawler.run import crawl, run
from tests.crawler.little import TODAY, LittlePortal, Reply, page, words

NAME = "Nguyễn Văn Mạnh"
MENU = {"/": "Trang chủ", "/tin-tuc": "Tin tức", "/hoi-dap": "Hỏi đáp", "/cu": "Trang cũ", "/mat": "Trang đã mất"}
SEARCH = (
    '<form action="/tim" role="search"><input type="search" name="q" placeholder="Tìm kiếm"><button>Tìm</button></form>'
)


def article(number: int) -> str:
    return f"Sở tổ chức hội thảo chuyên đề lần thứ {number} về nông thôn mới"


def answers(portal: LittlePortal) -> None:
    listed = "".join(f'<li><a href="/tin/{n}">{article(n)}</a> <span>{n:02}/11/2026</span></li>' for n in range(1, 9))
    portal.pages |= {
        "/robots.txt": Reply(f"User-agent: *\nSitemap: {portal.root}/sitemap.xml\n", type="text/plain"),
        "/sitemap.xml": Reply(f"<urlset><url><loc>{portal.root}/tin/3</loc></url></urlset>", type="text/xml"),
        "/": Reply(
            page("Sở Thử nghiệm", f"{SEARCH}<ul>{listed}</ul>{words('Trang chủ')}", menu=MENU,
                 head='<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
                 '<link rel="alternate" type="application/rss+xml" href="/hoi-dap/rss">'),
            headers={"Set-Cookie": "phien=bi-mat-123; Path=/; HttpOnly"},
        ),
        "/tin-tuc": page("Tin tức", f"<ul>{listed}</ul>{words('Tin tức')}", menu=MENU),
        "/hoi-dap": page("Hỏi đáp", f"<p>Người hỏi: {NAME}</p><p>01/11/2026</p>{words('Đất đai')}", menu=MENU),
        "/cu": Reply("", 302, headers={"Location": "/tin-tuc"}),
        "/rss.xml": Reply(rss("Tin", article(1), "Văn phòng"), type="application/rss+xml"),
        "/hoi-dap/rss": Reply(rss("Hỏi đáp", f"Công dân {NAME} hỏi về đất đai", NAME), type="application/rss+xml"),
    }  # fmt: skip
    for n in range(1, 9):
        portal.pages[f"/tin/{n}"] = page(article(n), words(f"Đoạn {n}") + f"<p>Ngày {n:02}/11/2026</p>", menu=MENU)

    def otherwise(method: str, path: str) -> Reply:
        if path.startswith("/tim"):
            return Reply(page("Kết quả tìm kiếm", f"<ul>{listed}</ul>" if "zz" not in path else "<p>0</p>", menu=MENU))
        return Reply(page("Không tìm thấy trang", "<p>Trang bạn tìm không tồn tại.</p>", menu=MENU))

    portal.otherwise = otherwise


def rss(title: str, entry: str, author: str) -> str:
    return (
        f"<rss version='2.0'><channel><title>{title}</title><item><title>{entry}</title><author>{author}</author>"
        "<link>/tin/1</link><pubDate>Sun, 01 Nov 2026 08:00:00 +0700</pubDate></item></channel></rss>"
    )


def visit(portal: LittlePortal, kept: list[Capture]) -> Crawl:
    done, _ = run(
        crawl(
            Portal(portal.url), CrawlPlan(budget=Budget(60, 1.0, exhaustive=True)), today=TODAY,
            options=CrawlOptions(allow_private=True, proxy=""), settled=lambda evidence: False,
            progress=lambda progress: None, stop=asyncio.Event(), probe=False, keep=kept.append,
        )
    )  # fmt: skip
    return done


@pytest.fixture(scope="module")
def visited() -> Iterator[tuple[Crawl, list[Capture], LittlePortal]]:
    portal, kept = LittlePortal(), list[Capture]()
    answers(portal)
    yield visit(portal, kept), kept, portal
    portal.close()


def bodies(kept: list[Capture]) -> dict[str, bytes]:
    return {hashlib.sha256(c.body).hexdigest(): c.body for c in kept}


def again(done: Crawl, kept: list[Capture]) -> Evidence:
    """The evidence by way of JSON and the kept bodies alone."""
    assert done.sources is not None
    told = evidence_json.dumps(Visit(stripped(done.evidence), done.sources))
    return rebuild(evidence_json.loads(Visit, told), bodies(kept).__getitem__)


def test_the_evidence_is_put_together_again(visited: tuple[Crawl, list[Capture], LittlePortal]) -> None:
    done, kept, _ = visited
    found = again(done, kept)
    old = done.evidence
    assert len(old.pages) > 10
    assert [p.url for p in found.pages] == [p.url for p in old.pages]
    for before, after in zip(old.pages, found.pages, strict=True):
        assert after == before
        assert after.panels == before.panels
    assert found.feeds == old.feeds and len(old.feeds) == 2
    assert found.sitemaps == old.sitemaps and old.sitemaps[0].locations
    assert found.searches == old.searches and any(t.page for t in old.searches)
    assert found.fetches == dict(old.fetches)
    assert any(f.outcome is Outcome.SOFT_404 for f in found.fetches.values())
    assert found.facts == dict(old.facts)
    assert dataclasses.replace(found, pages=(), facts={}, fetches={}) == dataclasses.replace(
        old, pages=(), facts={}, fetches={}
    )


def test_links_that_are_equal_are_one_object_again(visited: tuple[Crawl, list[Capture], LittlePortal]) -> None:
    done, kept, _ = visited
    assert len(list(again(done, kept).links())) == len(list(done.evidence.links()))


def test_every_exchange_is_told_once(visited: tuple[Crawl, list[Capture], LittlePortal]) -> None:
    done, kept, portal = visited
    asked = sorted(f"{portal.root}{path}" for path in portal.paths())
    assert sorted(c.url for c in kept if c.kind in (Kind.RESPONSE, Kind.FAILURE)) == asked
    assert len(asked) == done.summary.requests


def test_no_asker_and_no_cookie_is_handed_on(visited: tuple[Crawl, list[Capture], LittlePortal]) -> None:
    done, kept, portal = visited
    everything = b"".join(evidence_json.dumps(c.heads) + c.body for c in kept)
    assert done.sources is not None
    everything += evidence_json.dumps(Visit(stripped(done.evidence), done.sources))
    assert NAME.encode() not in everything
    assert b"bi-mat-123" not in everything
    cookie = next(v for c in kept if c.url == portal.url for k, v in c.heads if k.lower() == "set-cookie")
    assert cookie == "phien=(not kept); Path=/; HttpOnly"
    changed = {c.url.removeprefix(portal.root) for c in kept if c.changed}
    assert changed == {"/hoi-dap", "/hoi-dap/rss"}


def test_a_request_without_an_answer_is_told(portal: LittlePortal) -> None:
    portal.pages["/"] = page("Sở", '<a href="/cham">Mục chậm</a>' + words("Sở"), menu={"/cham": "Mục chậm"})
    portal.pages["/cham"] = Reply("x", headers={"Content-Length": "99999999"})
    kept: list[Capture] = []
    visit(portal, kept)
    failed = [c for c in kept if c.kind is Kind.FAILURE]
    assert {c.outcome for c in failed if c.url.endswith("/cham")} == {"too_large"}
    assert all(c.error for c in failed)


def test_secrets_of_a_request_are_not_told() -> None:
    heads = {
        "User-Agent": "decree43",
        "Cookie": "a=b",
        "Authorization": "Basic eA==",
        "X-Token": "t",
        "Range": "bytes=0-9",
    }
    assert told(heads) == (("User-Agent", "decree43"), ("Range", "bytes=0-9"))
    assert public("http://lan:mat-khau@a.gov.vn:81/x?y#z") == "http://a.gov.vn:81/x?y#z"
    assert public("http://a.gov.vn/@x") == "http://a.gov.vn/@x"


AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
HTML = [("Content-Type", "text/html")]


def test_bodies_nobody_reads_are_looked_at_before_they_are_kept() -> None:
    kept: list[Capture] = []
    recorder = Recorder(kept.append, TODAY)
    asked = f"<html><body><h1>Hỏi đáp</h1><p>Người hỏi: {NAME}</p></body></html>".encode()
    plain = b"<html><body><h1>404</h1></body></html>"
    for number, body in enumerate((asked, plain)):
        recorder.answered("GET", f"http://a.vn/{number}", {}, AT, 404, HTML, body, cut=False)
    assert not kept
    recorder.finish()
    assert [NAME.encode() in c.body for c in kept] == [False, False]
    assert [c.changed for c in kept] == [True, False]
    assert kept[1].body == plain


def test_few_bodies_wait_at_a_time() -> None:
    kept: list[Capture] = []
    recorder = Recorder(kept.append, TODAY)
    for number in range(200):
        body = f"<html><body><p>{number}</p></body></html>".encode()
        recorder.answered("GET", f"http://a.vn/{number}", {}, AT, 404, HTML, body, cut=False)
    assert len(kept) >= 200 - 64
    recorder.finish()
    assert len(kept) == 200


def test_the_beginning_of_something_packed_is_not_kept() -> None:
    kept: list[Capture] = []
    recorder = Recorder(kept.append, TODAY)
    heads = [*HTML, ("Content-Encoding", "gzip")]
    recorder.answered("GET", "http://a.vn/", {}, AT, 206, heads, b"\x1f\x8bxxxx", cut=True)
    assert [(c.body, c.cut) for c in kept] == [(b"", True)]
