"""The demo portals: the server answers like a portal, nothing is dead that should live, the truth files are sound."""

from __future__ import annotations

import http.client
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest
from lxml import html

from app.site_dates import FILTERS, moment, workdays_before
from app.site_server import Served, serve
from app.site_truth import load_truth
from app.sites import Response, Site, bundled_sites, load_site

TODAY = date(2026, 11, 20)
NAMES = bundled_sites()
VERDICTS = {"pass", "partial", "fail", "unknown", "not_applicable"}

#: Every rule of the default catalogue that a portal can be asked about.
RULES = set(
    """
    ND43-10.1.a.1 ND43-10.1.a.2 ND43-10.1.l ND43-10.1.k ND43-10.1.b ND43-10.1.c.1 ND43-10.1.c.2 ND43-10.1.c.3
    ND43-10.1.c.4 ND43-10.1.d.1 ND43-10.1.d.2 ND43-10.1.dd ND43-10.1.e.1 ND43-10.1.e.2 ND43-10.1.e.3 ND43-10.1.e.4
    ND43-10.1.g ND43-10.1.h.1 ND43-10.1.h.2 ND43-10.1.i.1 ND43-10.1.i.2 ND43-10.1.i.3 ND43-10.1.i.4 ND43-11.1
    ND43-11.2 ND43-12 ND43-13 ND43-18.2 ND43-18.1 ND43-18.3 ND43-15.1.a ND43-15.1.b ND43-15.1.c ND43-15.2
    ND43-17.1.dd TT32-16.4.b.1 TT32-16.4.b.2 ND43-14 PROD-RSS TT32-17.1 TT32-18.1 TT32-15.4 ND43-6.1 ND43-7.1
    ND43-5.3 ND43-27.1 ND64-16 TT32-16.2 TT32-16.3.a TT32-16.3.c TT32-11.1 TT32-11.2.b TT32-20 TT25-11 MOST25-PERF
    TCTT-18.4 TCTT-19.1.g TCTT-19.1.c.KH TCTT-19.1.e.TC ND09-3.4 NSNN-15 TCD-24.2 NCSC-TN PROD-SPAM PROD-SEO
    PROD-SHARE PROD-SOCIAL PROD-GOVLINK PROD-UNIFIED PROD-ARTICLE
    """.split()
)


@pytest.fixture(scope="module", params=NAMES)
def site(request: pytest.FixtureRequest) -> Site:
    return load_site(request.param, TODAY)


def get(site: Site, target: str) -> Response:
    return site.respond("GET", target, {"Host": "portal.test"})


def text_of(site: Site, target: str) -> str:
    return get(site, target).body.decode("utf-8")


def links(page: Response, target: str) -> Iterator[str]:
    """Addresses on the same host that the page names, as paths with their query."""
    tree = html.fromstring(page.body)
    for href in tree.xpath("//a/@href | //img/@src | //link[@rel='stylesheet']/@href | //frame/@src"):
        place = urlsplit(urljoin("http://portal.test" + target, str(href)))
        if place.netloc == "portal.test" and not str(href).startswith("#"):
            yield place.path + (f"?{place.query}" if place.query else "")


def walk(site: Site, most: int = 700) -> dict[str, Response]:
    """Every address that can be reached from the home page; endless paths are cut as a reader would."""
    seen: dict[str, Response] = {}
    ahead = ["/"]
    while ahead and len(seen) < most:
        target = ahead.pop(0)
        if target in seen or re.search(r"^/(vi|en|zh|fr|de|ja)(/web|/vi|/en)|xem-theo-ngay/\d\d|nvvithemever", target):
            continue
        answer = seen[target] = get(site, target)
        if answer.status in (301, 302):
            ahead.append(answer.headers["location"])
        elif answer.status == 200 and answer.headers["content-type"].startswith("text/html") and answer.body:
            ahead.extend(links(answer, target))
    return seen


def test_there_are_five_portals_of_five_kinds() -> None:
    kinds = [load_site(name, TODAY).kind for name in NAMES]
    assert len(kinds) >= 5 and len(set(kinds)) >= 5


def test_every_link_that_should_live_answers_200_and_the_dead_ones_are_dead(site: Site) -> None:
    dead = set(site.config.get("dead", ()))
    reached = walk(site)
    excuse = f"<title>{site.config['default']['title']} -".encode()
    broken = {target for target, answer in reached.items() if answer.status >= 400 or excuse in answer.body}
    assert broken == dead
    assert len(reached) >= 25


def test_every_page_renders_on_awkward_days(site: Site) -> None:
    for day in (date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31), date(2026, 3, 1)):
        other = load_site(site.folder, day)
        for target in other.pages:
            assert get(other, target.replace("*", "1")).status < 500


def test_truth_names_every_known_rule_and_only_those(site: Site) -> None:
    truth = load_truth(site)
    assert set(truth) == RULES
    assert all(set(expected.verdicts) <= VERDICTS and expected.why for expected in truth.values())


def test_truth_has_met_half_met_and_missing_duties(site: Site) -> None:
    sure = {expected.verdicts[0] for expected in load_truth(site).values() if len(expected.verdicts) == 1}
    assert {"pass", "partial", "fail"} <= sure


def test_truth_points_at_pages_that_exist(site: Site) -> None:
    for rule, expected in load_truth(site).items():
        assert all(section in site.pages for section in expected.sections), rule
        assert expected.newest is None or expected.newest <= TODAY, rule


def test_newest_date_of_the_truth_stands_on_the_section_or_its_items(site: Site) -> None:
    shown = [f for name, f in FILTERS.items() if name not in ("rfc822", "iso")]
    for rule, expected in load_truth(site).items():
        if expected.newest is None:
            continue
        section = expected.sections[0]
        items = [item["path"] for item in site.pages[section].get("items") or () if "path" in item]
        text = " ".join(html.fromstring(get(site, path).body).text_content() for path in [section, *items])
        day = expected.newest
        assert any(form(day).rsplit(" ", 1)[0] in text or FILTERS["dmy"](day) in text for form in shown), rule


def test_good_portal_is_fresh_whenever_it_is_served() -> None:
    for day in (date(2026, 11, 22), date(2027, 2, 1), date(2030, 7, 15)):
        page = text_of(load_site("tinh-lien-son", day), "/tin-tuc")
        assert f"{day:%d/%m/%Y}" in page


def test_hard_404_soft_404_and_redirects() -> None:
    assert get(load_site("tinh-lien-son", TODAY), "/khong-co").status == 404
    soft = load_site("huyen-nukeviet", TODAY)
    for target in ("/khong-co", "/sitemap.xml", "/robots.txt"):
        answer = get(soft, target)
        assert answer.status == 200 and "không tìm thấy" in answer.body.decode()
    moved = get(load_site("bo-sharepoint", TODAY), "/")
    assert (moved.status, moved.headers["location"]) == (302, "/Pages/default.aspx")
    assert get(load_site("bo-sharepoint", TODAY), "/Pages/chi-tiet-tin.aspx?ItemID=999").status == 404


def test_liferay_repeats_itself_under_endless_paths_and_ignores_session_ids() -> None:
    site = load_site("so-khcn-liferay", TODAY)
    once = get(site, "/web/guest/lanh-ao-so")
    assert "Phó Giám đốc" in once.body.decode()
    for target in (
        "/vi/web/guest/lanh-ao-so",
        "/vi/vi/en/vi/web/guest/lanh-ao-so",
        "/web/guest/lanh-ao-so;jsessionid=A1",
    ):
        assert get(site, target).status == 200
    assert get(site, "/web/guest/xem-theo-ngay/123456").status == 200


def test_search_finds_known_titles_and_nothing_for_nonsense() -> None:
    site = load_site("tinh-lien-son", TODAY)
    for title in [item["title"] for item in site.pages["/tin-tuc"]["items"]]:
        assert f">{title}</a>" in text_of(site, "/tim-kiem?q=" + quote(title))
    assert "Ngày hội sách" in text_of(site, "/tim-kiem?q=ngay+hoi+sach")
    assert "Không tìm thấy" in text_of(site, "/tim-kiem?q=xyzzyqwv")
    strict = load_site("so-khcn-liferay", TODAY)
    assert "Nghiệm thu mô hình" in text_of(strict, "/web/guest/tim-kiem?keywords=" + quote("nghiệm thu mô hình"))
    assert "Không có kết quả" in text_of(strict, "/web/guest/tim-kiem?keywords=nghiem+thu+mo+hinh")


def test_commune_speaks_windows_1258() -> None:
    page = get(load_site("xa-thu-cong", TODAY), "/gioithieu.htm")
    assert page.headers["content-type"] == "text/html"
    text = page.body.decode("cp1258")
    assert "Giới thiệu xã Khe Trúc" in unicodedata.normalize("NFC", text)
    assert not unicodedata.is_normalized("NFC", text)
    assert b"&#" not in page.body


def test_department_has_pages_with_loose_accents() -> None:
    page = get(load_site("so-khcn-liferay", TODAY), "/web/guest/danh-ba")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert unicodedata.is_normalized("NFD", page.body.decode())


def test_ministry_writes_numeric_entities() -> None:
    assert b"Ch&#xED;nh ph&#x1EE7;" in get(load_site("bo-sharepoint", TODAY), "/Pages/gioi-thieu.aspx").body


def test_files_are_what_they_say() -> None:
    site = load_site("tinh-lien-son", TODAY)
    starts = {
        "/tep/15-ct-ubnd.pdf": b"%PDF-1.4",
        "/tep/96-kh-ubnd.docx": b"PK\x03\x04",
        "/tep/41-qd-ubnd.doc": b"{\\rtf1",
    }
    for target, start in starts.items():
        assert get(site, target).body.startswith(start)
    picture = get(site, "/anh/tin/hop-bao.png")
    assert picture.body.startswith(b"\x89PNG") and picture.headers["content-type"] == "image/png"


def test_dates_in_the_forms_of_real_portals() -> None:
    day = moment(date(2019, 4, 26), "14:39")
    assert FILTERS["long_vi"](day) == "Thứ Sáu, ngày 26 tháng 4 năm 2019 - 14:39"
    assert FILTERS["nuke"](day) == "Thứ sáu - 26/04/2019 14:39"
    assert FILTERS["odd_pm"](day) == "14:39 PM 26/04/2019"
    assert FILTERS["sa_ch"](day) == "26/04/2019 02:39 CH"
    assert FILTERS["rfc822"](day) == "Fri, 26 Apr 2019 14:39:00 +0700"
    assert workdays_before(date(2026, 11, 23), 1) == date(2026, 11, 20)
    assert workdays_before(date(2026, 11, 20), -1) == date(2026, 11, 23)


def test_same_request_same_answer(site: Site) -> None:
    assert get(site, "/") == get(load_site(site.folder, TODAY), "/")


def ask(base: Served, method: str, target: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=5)
    connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_server_knows_head_gzip_and_keeps_a_record() -> None:
    with serve(load_site("tinh-lien-son", TODAY)) as base:
        plain = urlopen(base + "/tin-tuc", timeout=5).read()
        packed = ask(base, "GET", "/tin-tuc", Accept_Encoding="gzip")
        head = ask(base, "HEAD", "/tin-tuc")
        assert packed.getheader("Content-Encoding") == "gzip" and packed.version == 11
        assert int(packed.getheader("Content-Length") or 0) < len(plain)
        assert (head.status, int(head.getheader("Content-Length") or 0)) == (200, len(plain))
        assert ask(base, "GET", "/khong-co").status == 404
        assert ask(base, "DELETE", "/tin-tuc").status == 405
        urlopen(Request(base + "/rss/tin-tuc.xml", headers={"User-Agent": "kiem-tra/1"}), timeout=5).read()
        assert base.paths()[:3] == ["/tin-tuc", "/tin-tuc", "/tin-tuc"]
        assert base.requests[-1].user_agent == "kiem-tra/1"
        assert base.concurrent >= 1


def test_addresses_in_sitemap_feed_and_canonical_are_those_of_the_server() -> None:
    with serve(load_site("tinh-lien-son", TODAY)) as base:
        for target in ("/sitemap.xml", "/rss/tin-tuc.xml", "/robots.txt", "/tin-tuc"):
            assert base in urlopen(base + target, timeout=5).read().decode()
