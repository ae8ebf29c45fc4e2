"""What an address says of people is told to nobody; the portal is asked as it wants to be."""

from __future__ import annotations

import pytest

from core import evidence_json
from core.capture import Capture, Visit
from crawler.private_query import Ways, public
from crawler.rebuild import stripped
from tests.crawler.little import LittlePortal, Reply, page, words
from tests.crawler.test_recorder import again, visit

ROOT = "http://a.gov.vn/hoi-dap/4"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?hoten=Vuong%20Thi%20Mo&sdt=0987654321", "?hoten=***&sdt=***"),
        ("?id=4&amp;ho_ten=V%C6%B0%C6%A1ng+Th%E1%BB%8B+M%C6%A1", "?id=4&amp;ho_ten=***"),
        ("?HoTen=Mo&CCCD=010099998888", "?HoTen=***&CCCD=***"),
        ("?nguoihoi=mo&page=2", "?nguoihoi=***&page=2"),
        ("?email=mo@gmail.com", "?email=***"),
        ("?email=mo%40gmail.com", "?email=***"),
        ("?phone=0987654321", "?phone=***"),
        ("?name=V%C6%B0%C6%A1ng+Th%E1%BB%8B+M%C6%A1", "?name=***"),
        ("?name=Vuong+Thi+Mo", "?name=***"),
        ("?name=News&file=article", "?name=News&file=article"),
        ("?name=van-ban", "?name=van-ban"),
        ("?email=vp%40lienson.gov.vn", "?email=vp%40lienson.gov.vn"),
        ("?hoten=&sdt=", "?hoten=&sdt="),
        ("?q=%C4%91%E1%BA%A5t", "?q=%C4%91%E1%BA%A5t"),
    ],
)
def test_values_of_people_go(query: str, told: str) -> None:
    assert public(ROOT + query) == ROOT + told
    assert public(public(ROOT + query)) == public(ROOT + query)


@pytest.mark.parametrize(
    "script", ['a?b&&email=$("#email").val()', '"?hoten="+ten', "`?sdt=${so}&x`", "var a=1;email=b", "if(x&phone=y())"]
)
def test_scripts_that_build_addresses_still_work(script: str) -> None:
    assert public(script) == script


def test_an_address_in_a_page_is_still_asked_for() -> None:
    ways = Ways()
    body = ways.body(b'<a href="/hd?hoten=Vuong Thi Mo&amp;id=4">x</a>', "http://a.gov.vn/", "text/html")
    assert body == b'<a href="/hd?hoten=***&amp;id=4">x</a>'
    assert ways.asked("http://a.gov.vn/hd?hoten=***&id=4") == "http://a.gov.vn/hd?hoten=Vuong%20Thi%20Mo&id=4"
    assert ways.asked("http://a.gov.vn/x") == "http://a.gov.vn/x"
    picture = b"\x89PNG ?hoten=Mo&"
    assert ways.body(picture, "http://a.gov.vn/a.png", "image/png") is picture


def test_nobody_is_told_by_an_address(portal: LittlePortal) -> None:
    menu = {"/": "Trang chủ", "/hoi-dap": "Hỏi đáp"}
    true, other = "/hoi-dap/4?hoten=Vuong%20Thi%20Mo&sdt=0987654321", "/hoi-dap/4?hoten=Lo%20A%20Dinh&sdt=0912345678"
    second = other.replace("&", "&amp;")
    listed = f'<ul><li><a href="{true}">Cấp sổ đỏ</a></li><li><a href="{second}">Sửa đường</a></li></ul>'
    portal.pages |= {
        "/": page("Sở Thử nghiệm", words("Trang chủ"), menu=menu),
        "/hoi-dap": page("Hỏi đáp", f'{listed}<a href="/chuyen">Gửi</a>{words("Đất")}', menu=menu),
        "/chuyen": Reply("", 302, headers={"Location": "/xem?cmnd=063123456"}),
        "/xem?cmnd=063123456": page("Câu hỏi", words("Trả lời"), menu=menu),
        true: page("Cấp sổ đỏ", words("Sổ đỏ"), menu=menu),
        "/sitemap.xml": Reply(
            f"<urlset><url><loc>{portal.root}{true.replace('&', '&amp;')}</loc></url></urlset>", type="text/xml"
        ),
    }
    kept: list[Capture] = []
    done = visit(portal, kept)
    assert true in portal.paths() and "/xem?cmnd=063123456" in portal.paths()
    assert done.sources is not None
    everything = evidence_json.dumps(Visit(stripped(done.evidence), done.sources))
    everything += b"".join(c.url.encode() + evidence_json.dumps(c.heads) + c.body for c in kept)
    everything += evidence_json.dumps(done.evidence.pages)
    for secret in (b"Vuong", b"0987654321", b"Dinh", b"0912345678", b"063123456"):
        assert secret not in everything
    assert any("hoten=***" in p.url for p in done.evidence.pages)
    found = again(done, kept)
    assert found.pages == done.evidence.pages
    assert found.sitemaps == done.evidence.sitemaps and found.sitemaps[0].locations
    assert found.fetches == dict(done.evidence.fetches)
