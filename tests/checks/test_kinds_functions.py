"""The kinds for functions and technical duties: at least a pass, a fail and an unknown of each."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import ValidationError

from checks.articles import articles
from checks.kind import Kind
from checks.kinds.functions import FUNCTIONS
from core.bodies import BodyKind
from core.evidence import Evidence, Feed, SearchTrial, Sitemap
from core.finding import Answer, Confidence, Verdict
from core.page import (
    Access,
    DateRole,
    Fetch,
    Field,
    Form,
    FormPurpose,
    Image,
    Input,
    Item,
    Link,
    Outcome,
    Page,
    SeenDate,
    Zone,
)  # fmt: skip
from core.plan import CrawlPlan, Wording
from core.portal import Portal

BASE = "https://tinh.gov.vn"
TODAY = dt.date(2026, 11, 20)
KINDS = {kind.key: kind for kind in FUNCTIONS}
PASS, PARTIAL, FAIL = Verdict.PASS, Verdict.PARTIAL, Verdict.FAIL
UNKNOWN, NOT_APPLICABLE = Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def at(path: str) -> str:
    return path if "//" in path or not path else BASE + path


def link(path: str, text: str = "", zone: Zone = Zone.MENU, **more: Any) -> Link:
    return Link(at(path), href=path, text=text, zone=zone, **more)


def page(path: str = "/", *links: Link, **more: Any) -> Page:
    more.setdefault("depth", 0 if path == "/" else 1)
    more["traits"] = frozenset(more.get("traits", ()))
    more["controls"] = frozenset(more.get("controls", ()))
    text = more.setdefault("text", "Nội dung của trang. " * 20)
    more.setdefault("text_length", len(text))
    return Page(at(path), links=links, **more)


def evidence(*pages: Page, **more: Any) -> Evidence:
    kind, url = more.pop("kind", BodyKind.PROVINCE), more.pop("url", BASE + "/")
    portal = Portal(url, kind, more.pop("name", ""), (), more.pop("components", ()))
    ends = {at(u): o for u, o in more.pop("ends", {}).items()}
    fetches = {p.url: Fetch(p.url, Outcome.OK, 200, p.url) for p in pages}
    fetches |= {u: Fetch(u, o, 404 if o is Outcome.NOT_FOUND else None) for u, o in ends.items()}
    facts = MappingProxyType(more.pop("facts", {}))
    return Evidence(portal, TODAY, pages, MappingProxyType(fetches), facts, **more)


def judge(key: str, seen: Evidence, /, **fields: Any) -> Answer:
    kind: Kind = KINDS[key].model_validate(fields).bind("MAP")
    answer = kind.judge(seen)
    assert answer.message.vi and answer.message.en
    assert "{" not in answer.message.vi + answer.message.en
    assert (answer.cause is not None) == (answer.verdict is UNKNOWN)
    if answer.verdict is PARTIAL:
        assert answer.ratio is not None and 0 < answer.ratio < 1
    assert kind.judge(seen) == answer
    return answer


def check(key: str, seen: Evidence, verdict: Verdict, cause: str | None = None, /, **fields: Any) -> Answer:
    answer = judge(key, seen, **fields)
    assert (answer.verdict, answer.cause) == (verdict, cause), answer.message.en
    return answer


DOWN = evidence(ends={"/": Outcome.TIMEOUT})
SHELL = evidence(page(traits=["shell"]))
FIELDS: dict[str, dict[str, Any]] = {
    "link_to": {"hosts": ["chinhphu.vn"]},
    "site_map_page": {"names": ["Sơ đồ cổng"], "content": "sitemap"},
    "metadata": {"elements": [{"id": "title", "names": ["dc.title"]}]},
    "domain": {"patterns": {"province": [r"^(www\.)?{province}\.gov\.vn$"]}},
    "footer": {"fields": [{"id": "address", "title": {"vi": "địa chỉ", "en": "address"}, "cues": ["Địa chỉ"]}]},
    "clicks": {"clicks": 3, "rule": "S"},
    "measuring_code": {"hosts": ["do.gov.vn"]},
    "satisfaction": {"names": ["Mức độ hài lòng"]},
    "topics": {
        "names": ["Công khai"],
        "full_topics": 1,
        "topics": [{"id": "budget", "title": {"vi": "Ngân sách", "en": "Budget"}, "names": ["Công khai ngân sách"]}],
    },
}


@pytest.mark.parametrize("key", sorted(KINDS))
def test_a_portal_that_does_not_answer_fails_nothing(key: str) -> None:
    assert judge(key, DOWN, **FIELDS.get(key, {})).verdict is UNKNOWN


@pytest.mark.parametrize("key", sorted(KINDS))
def test_a_home_page_built_by_script_fails_nothing(key: str) -> None:
    answer = judge(key, SHELL, **FIELDS.get(key, {}))
    assert answer.verdict is UNKNOWN or key == "domain"


@pytest.mark.parametrize("key", sorted(KINDS))
def test_every_kind_has_its_manual(key: str) -> None:
    manual = KINDS[key].__doc__ or ""
    for word in ("ass", "nknown"):
        assert word in manual


# -- links ------------------------------------------------------------------------------------------------


def test_link_to() -> None:
    there = evidence(page("/", link("https://www.chinhphu.vn/", "Chính phủ", Zone.FOOTER)))
    check("link_to", there, PASS, hosts=["chinhphu.vn"])
    check("link_to", evidence(page("/", link("/tin", "Tin")), page("/tin")), FAIL, hosts=["chinhphu.vn"])
    dead = evidence(page("/", Link("", href="#", text="Cổng Chính phủ", dead="hash")))
    assert check("link_to", dead, FAIL, labels=["Cổng Chính phủ"]).candidates
    unread = evidence(page("/", link("/lien-ket", "Liên kết")), ends={"/lien-ket": Outcome.ROBOTS})
    check("link_to", unread, UNKNOWN, "robots", hosts=["chinhphu.vn"])


def test_a_share_button_is_no_fanpage() -> None:
    sharing = page(
        "/", link("https://www.facebook.com/sharer/sharer.php?u=x", "Facebook"), link("https://facebook.com/")
    )
    check("link_to", evidence(sharing), FAIL, hosts=["facebook.com"])
    own = page("/", link("https://www.facebook.com/congtinh", "Fanpage"))
    check("link_to", evidence(own), PASS, hosts=["facebook.com"])
    framed = page("/", frames=("https://www.facebook.com/plugins/page.php?href=x",))
    check("link_to", evidence(framed), PASS, hosts=["facebook.com"])


STATE = [link(f"https://so{i}.tinh.gov.vn/", f"Sở {i}", Zone.BODY) for i in range(6)]


def test_agency_links() -> None:
    answer = check("agency_links", evidence(page("/", *STATE)), PASS)
    assert answer.confidence is Confidence.MEDIUM
    check("agency_links", evidence(page("/", *STATE[:2])), PARTIAL)
    check("agency_links", evidence(page("/")), FAIL)
    dead = evidence(page("/", *STATE), ends={STATE[0].url: Outcome.NOT_FOUND, STATE[1].url: Outcome.OK})
    check("agency_links", dead, PARTIAL)
    silent = evidence(page("/", *STATE), ends={STATE[0].url: Outcome.DNS, STATE[1].url: Outcome.OK})
    check("agency_links", silent, PASS)


def test_agency_links_with_an_inventory() -> None:
    listed = tuple(k.url for k in STATE)
    assert check("agency_links", evidence(page("/", *STATE), components=listed), PASS).confidence is Confidence.HIGH
    few = check("agency_links", evidence(page("/", *STATE[:2]), components=listed), PARTIAL)
    assert few.ratio == 0.25 and "2" in few.message.vi
    unread = evidence(page("/", *STATE[:2], link("/x", "X")), components=listed, ends={"/x": Outcome.BUDGET})
    check("agency_links", unread, UNKNOWN, "not_opened")
    check("agency_links", dataclasses.replace(unread, stopped_because="budget"), UNKNOWN, "budget")


def test_no_spam() -> None:
    check("no_spam", evidence(page("/", *STATE)), PASS)
    check("no_spam", evidence(page("/", link("https://nhacai88.example.com/", "Trang chủ", hidden=True))), FAIL)
    check("no_spam", evidence(page("/", link("https://xyz.example/", "casino online", Zone.BODY))), FAIL)
    warning = link("https://bao.example.vn/1", "Công an triệt phá đường dây đánh bạc qua mạng lớn nhất tỉnh", Zone.BODY)
    check("no_spam", evidence(page("/", warning, link("/canh-bao", "Cảnh báo cá cược"))), PASS)


def test_a_home_page_of_frames_is_read_as_one() -> None:
    home = page(text="Khung trang", traits=["frameset"])
    top = page("/tren.htm", link("/", "Trang chủ", Zone.BODY), depth=0, text="Ủy ban nhân dân xã Khe Trúc")
    left = page("/trai.htm", *STATE, link("/so-do", "Sơ đồ trang", Zone.BODY), depth=0, text="Liên kết", forms=(BOX,))
    seen = evidence(home, top, left, page("/so-do"))
    check("agency_links", seen, PASS)
    assert check("header", seen, UNKNOWN, "needs_browser", menu=MENU).message.vi
    check("search_box", seen, UNKNOWN, "no_sample")


def test_one_site() -> None:
    check("one_site", evidence(page(traits=["viewport"])), PASS)
    twin = link("https://m.tinh.gov.vn/", "Phiên bản di động", Zone.FOOTER)
    check("one_site", evidence(page("/", twin, traits=["viewport"])), PARTIAL)
    check("one_site", evidence(page("/", link("/mobile/", "Mobile"))), FAIL)


def test_readable_links() -> None:
    good: dict[str, Any] = {"title": "Tin", "meta": {"description": "Mô tả"}, "canonical": BASE}
    check("readable_links", evidence(page(**good), page("/tin-tuc", **good)), PASS)
    check("readable_links", evidence(page("/"), page("/tin-tuc")), PARTIAL)
    bad = [page(f"/?id={i}", depth=1) for i in range(9)]
    check("readable_links", evidence(page("/"), *bad), FAIL)


# -- search -----------------------------------------------------------------------------------------------

TITLE = "Khai mạc kỳ họp thứ mười Hội đồng nhân dân"
BOX = Form(BASE + "/tim-kiem", "get", FormPurpose.SEARCH, (Input("q", "search"),), Zone.HEADER)


def answer_page(*titles: str, text: str = "Kết quả tìm kiếm") -> Page:
    items = tuple(Item(t, f"{BASE}/bai/{n}-{len(t)}") for n, t in enumerate(titles))
    return page("/tim-kiem", items=items, text=text)


def trial(kind: str, found: Page | None = None, outcome: Outcome = Outcome.OK) -> SearchTrial:
    query = "zzqxwv" if kind == "nonsense" else TITLE
    return SearchTrial(kind, query, f"{BASE}/tim-kiem?q={kind}", outcome, found)


def searched(*trials: SearchTrial, form: Form = BOX) -> Evidence:
    return evidence(page(forms=(form,)), searches=trials)


HIT = answer_page(TITLE, "Tin khác của tỉnh hôm nay")
NONE = answer_page(text="Không tìm thấy kết quả nào.")


def test_a_search_that_works() -> None:
    answer = check("search_box", searched(trial("known", HIT), trial("nonsense", NONE)), PASS)
    assert "search_no_filters" in answer.flags and {p.kind for p in answer.proofs} == {"form", "search"}
    check("search_box", searched(trial("known", HIT), trial("nonsense", None, Outcome.SOFT_404)), PASS)
    plain = searched(trial("known", HIT), trial("plain", NONE), trial("nonsense", NONE))
    assert "search_needs_accents" in check("search_box", plain, PASS).flags


def test_a_search_that_returns_everything_or_misses() -> None:
    same = searched(trial("known", HIT), trial("nonsense", HIT))
    assert "zzqxwv" in check("search_box", same, PARTIAL).message.vi
    assert check("search_box", searched(trial("known", NONE), trial("nonsense", NONE)), PARTIAL).ratio == 0.5
    other = answer_page("Một tin nào đó không liên quan")
    assert check("search_box", searched(trial("known", NONE), trial("nonsense", other)), PARTIAL).ratio == 0.25


def test_a_search_that_does_nothing() -> None:
    check("search_box", searched(trial("known", None, Outcome.NOT_FOUND)), FAIL)
    check("search_box", searched(trial("known", None, Outcome.REDIRECT_HOME)), FAIL)
    check("search_box", searched(trial("known", page(forms=(BOX,)))), FAIL)
    check("search_box", evidence(page()), FAIL)


def test_a_search_that_could_not_be_tried() -> None:
    check("search_box", searched(trial("known", None, Outcome.ROBOTS)), UNKNOWN, "robots")
    check("search_box", searched(trial("known", None, Outcome.TIMEOUT)), UNKNOWN, "timeout")
    check("search_box", searched(trial("known", HIT), trial("nonsense", None, Outcome.TIMEOUT)), UNKNOWN, "timeout")
    post = dataclasses.replace(BOX, method="post")
    check("search_box", searched(form=post), UNKNOWN, "needs_browser")
    check("search_box", searched(form=dataclasses.replace(BOX, method="script", action="")), UNKNOWN, "needs_browser")
    check("search_box", searched(), UNKNOWN, "no_sample")
    shell = dataclasses.replace(HIT, traits=frozenset({"shell"}))
    check("search_box", searched(trial("known", shell)), UNKNOWN, "needs_browser")


def test_a_link_to_the_search_page_counts_as_a_box() -> None:
    pages = (page("/", link("/tim-kiem", "Tìm kiếm")), page("/tim-kiem", forms=(BOX,)))
    seen = evidence(*pages, searches=(trial("known", HIT), trial("nonsense", NONE)))
    check("search_box", seen, PASS)
    unread = evidence(page("/", link("/tim-kiem", "Tìm kiếm")), ends={"/tim-kiem": Outcome.ROBOTS})
    check("search_box", unread, UNKNOWN, "robots")


# -- machines ---------------------------------------------------------------------------------------------


def test_xml_sitemap() -> None:
    url = f"{BASE}/sitemap.xml"
    check("xml_sitemap", evidence(page(), sitemaps=(Sitemap(url, (BASE + "/tin",), 1),)), PASS)
    check("xml_sitemap", evidence(page(), sitemaps=(Sitemap(url, ("https://a.example/tin",), 1),)), PARTIAL)
    check("xml_sitemap", evidence(page(), sitemaps=(Sitemap(url),)), FAIL)
    check("xml_sitemap", evidence(page(), sitemaps=(Sitemap(url, error="HTML"),)), FAIL)
    check("xml_sitemap", evidence(page(), ends={"/sitemap.xml": Outcome.NOT_FOUND}), FAIL)
    check("xml_sitemap", evidence(page(), page("/sitemap.xml")), FAIL)
    check("xml_sitemap", evidence(page(), ends={"/sitemap.xml": Outcome.ROBOTS}), UNKNOWN, "robots")
    check("xml_sitemap", evidence(page()), UNKNOWN, "not_opened")


def test_feed() -> None:
    url = f"{BASE}/rss"
    check("feed", evidence(page(), feeds=(Feed(url, "Tin", (Item("a"),)),)), PASS)
    check("feed", evidence(page(), feeds=(Feed(url),)), FAIL)  # a feed without entries brings nothing
    check("feed", evidence(page(), feeds=(Feed(url, error="HTML"),)), FAIL)
    check("feed", evidence(page()), FAIL)
    check("feed", evidence(page(feeds=(url,)), ends={url: Outcome.TIMEOUT}), UNKNOWN, "timeout")


def test_metadata() -> None:
    fields: dict[str, Any] = {
        "elements": [{"id": "title", "names": ["dc.title"]}, {"id": "date", "names": ["dc.date", "dcterms.date"]}],
        "fallback": ["og:title"],
    }
    check("metadata", evidence(page(meta={"dc.title": "A", "dcterms.date.issued": "2026"})), PASS, **fields)
    half = check("metadata", evidence(page(meta={"dc:title": "A", "dc.date": " "})), PARTIAL, **fields)
    assert half.ratio == 0.5 and "date" in half.message.en
    assert check("metadata", evidence(page(meta={"og:title": "A"})), PARTIAL, **fields).ratio == 0.5
    check("metadata", evidence(page()), UNKNOWN, "not_in_html", **fields)


def test_domain() -> None:
    rule = {"patterns": {"province": r"^(www\.)?{province}\.gov\.vn$"}, "provinces": ["tinh"]}
    check("domain", evidence(page()), PASS, **rule)
    check("domain", evidence(page(), url="https://khac.gov.vn/"), PARTIAL, **rule)
    check("domain", evidence(page(), url="https://tinh.com.vn/"), FAIL, **rule)
    check("domain", evidence(page(), url="http://127.0.0.1:8080/"), UNKNOWN, "address_is_number", **rule)
    check("domain", evidence(page(), url="http://localhost/"), UNKNOWN, "address_is_number", **rule)
    check("domain", evidence(page(), kind=BodyKind.PARTY), NOT_APPLICABLE, **rule)
    with pytest.raises(ValidationError, match="regular expression"):
        KINDS["domain"].model_validate({"patterns": {"province": ["("]}})


def test_unicode() -> None:
    check("unicode", evidence(page(), page("/a", traits=["nfd"])), PASS)
    good = [page(f"/{i}") for i in range(8)]
    check("unicode", evidence(page(), *good, page("/b", traits=["mojibake"])), PARTIAL)
    check("unicode", evidence(page(traits=["legacy_font"])), FAIL)
    check("unicode", evidence(page(traits=["cp1258"])), FAIL)


def test_https_ipv6_and_measurements() -> None:
    check("https", evidence(page()), UNKNOWN, "needs_tls")
    check("https", evidence(page(), facts={"tls.ok": True}), PASS)
    check("https", evidence(page(), facts={"tls.ok": False, "tls.error": "expired"}), PARTIAL)
    plain = evidence(dataclasses.replace(page(), url="http://tinh.gov.vn/"), facts={"tls.error": "refused"})
    check("https", plain, FAIL)

    check("ipv6", evidence(page()), UNKNOWN, "no_ipv6_route")
    three = {"dns.aaaa": True, "ipv6.http": True, "dnssec.valid": True}
    check("ipv6", evidence(page(), facts=three), PASS)
    check("ipv6", evidence(page(), facts=three | {"ipv6.http": None, "dnssec.valid": False}), PARTIAL)
    check("ipv6", evidence(page(), facts=three | {"ipv6.http": None}), UNKNOWN, "no_ipv6_route")
    check("ipv6", evidence(page(), facts={"dns.aaaa": False, "dnssec.valid": False}), FAIL)

    check("availability", evidence(page()), UNKNOWN, "needs_probe")
    for share, verdict in ((1.0, PASS), (0.95, PARTIAL), (0.5, FAIL)):
        check("availability", evidence(page(), facts={"availability.share": share}), verdict)


def test_accessibility() -> None:
    good = Access(images=10, links=50, headings=5, tables=1)
    check("accessibility", evidence(page(access=good)), UNKNOWN, "needs_browser")
    check("accessibility", evidence(page(access=good), facts={"a11y.contrast": True}), PASS)
    no_alt = dataclasses.replace(good, images_without_alt=8)
    assert check("accessibility", evidence(page(access=no_alt)), PARTIAL).ratio == 0.75
    bad = Access(10, 9, 0, 0, 10, 9, 2, 2, 0, 1)
    check("accessibility", evidence(page(access=bad)), UNKNOWN, "needs_browser")
    check("accessibility", evidence(page(access=bad), facts={"a11y.contrast": False}), FAIL)


# -- the page's frame -------------------------------------------------------------------------------------

MENU = [{"id": "home", "names": ["Trang chủ"]}, {"id": "map", "names": ["Sơ đồ cổng", "Sơ đồ trang"]}]
LOGO = Link(BASE + "/", alt="Quốc huy", image="quoc huy", zone=Zone.HEADER)


def test_header() -> None:
    bars = (link("/", "Trang chủ"), link("/so-do", "SƠ ĐỒ CỔNG"))
    name = "CỔNG THÔNG TIN ĐIỆN TỬ TỈNH LIÊN SƠN"
    check("header", evidence(page("/", LOGO, *bars, header_text=name)), PASS, menu=MENU)
    lacking = check("header", evidence(page("/", LOGO, bars[0], header_text="PORTAL")), PARTIAL, menu=MENU)
    assert "Sơ đồ cổng" in lacking.message.vi and lacking.ratio == 0.5
    dead = evidence(page("/", LOGO, *bars, header_text=name), ends={"/so-do": Outcome.NOT_FOUND})
    check("header", dead, PARTIAL, menu=MENU)
    check("header", evidence(page("/", link("/x", "X"))), FAIL, menu=MENU)
    check("header", evidence(page("/", *bars, header_text=name)), UNKNOWN, "needs_browser", menu=MENU)


def footer_field(key: str, *cues: str) -> dict[str, Any]:
    return {"id": key, "title": {"vi": key, "en": key}, "cues": list(cues)}


FOOTER = [
    footer_field("copyright", "Bản quyền", "©"), footer_field("unit", "Cơ quan chủ quản"),
    footer_field("responsible", "Chịu trách nhiệm"), footer_field("address", "Địa chỉ"),
    footer_field("phone", "Điện thoại"), footer_field("email", "Email"),
]  # fmt: skip


def test_footer() -> None:
    full = (
        "© 2026 Ủy ban nhân dân tỉnh Liên Sơn. Chịu trách nhiệm: Ông A. Địa chỉ: 2 Hòa Bình. "
        "Điện thoại: (0299) 3 812 345. Email: a@tinh.gov.vn"
    )
    check("footer", evidence(page(footer_text=full)), PASS, fields=FOOTER)
    empty = "Bản quyền thuộc Sở. Địa chỉ: Điện thoại: Email: a@tinh.gov.vn"
    some = check("footer", evidence(page(footer_text=empty)), PARTIAL, fields=FOOTER)
    assert "address" in some.message.en.split("Missing")[1] and "phone" in some.message.en.split("Missing")[1]
    check("footer", evidence(page(footer_text="Lượt truy cập: 123")), FAIL, fields=FOOTER)


# -- articles ---------------------------------------------------------------------------------------------


def article(n: int, end: str = "Tác giả: Lưu Văn A", **more: Any) -> Page:
    more.setdefault("traits", ["article"])
    return page(f"/bai-{n}", text=f"Nội dung bài viết số {n} của tỉnh.\nĐoạn hai.\n{end}", **more)


def test_article_controls() -> None:
    both = [article(n, controls=["print", "save"]) for n in range(4)]
    check("article_controls", evidence(page(), *both), PASS, controls=["print", "save"])
    one = [article(n, controls=["print"]) for n in range(4)]
    assert check("article_controls", evidence(page(), *one), PARTIAL, controls=["print", "save"]).ratio == 0.5
    check("article_controls", evidence(page(), *one), FAIL, controls=["share_zalo"])
    check("article_controls", evidence(page()), UNKNOWN, "no_sample")


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("Tác giả: Lưu Văn A", True),
        ("Nguồn: Báo Liên Sơn", True),
        ("(Theo TTXVN)", True),
        ("Nguyễn Văn An", True),
        ("Bài và ảnh: PV", True),
        ("Nguồn:", False),
        ("Nguồn: In bài viết", False),
        ("Các đại biểu đã thông qua nghị quyết.", False),
    ],
)
def test_attribution_by_its_words(end: str, said: bool) -> None:
    check("attribution", evidence(page(), article(1, end)), PASS if said else FAIL)


def test_attribution() -> None:
    check("attribution", evidence(page(), article(1), article(2), article(3, "Nguồn:"), article(4, "Hết.")), PARTIAL)
    named = article(1, "Hết.", fields=(Field("Tác giả", "Trần B"),))
    check("attribution", evidence(page(), named), PASS)
    check("attribution", evidence(page()), UNKNOWN, "no_sample")
    cut = dataclasses.replace(article(1, "Hết."), text_length=20000)
    check("attribution", evidence(page(), cut), UNKNOWN, "no_sample")


def test_article_quality() -> None:
    shown: dict[str, Any] = {"images": (Image("anh", "ảnh"),)}
    check("article_quality", evidence(page(), article(1, **shown)), PASS)
    check("article_quality", evidence(page(), article(1)), PARTIAL)
    check("article_quality", evidence(page(), article(1, traits=["article", "mojibake"])), FAIL)
    check("article_quality", evidence(page()), UNKNOWN, "no_sample")


# -- dates ------------------------------------------------------------------------------------------------


def test_maintenance_notice() -> None:
    def told(posted: dt.date | None, text: str) -> Evidence:
        title = "Thông báo tạm ngừng hoạt động Cổng thông tin điện tử để bảo trì"
        dates = (SeenDate(posted),) if posted else ()
        return evidence(page(), page("/tb", title=title, text=text, dates=dates, traits=["article"]))

    check("maintenance_notice", told(dt.date(2026, 11, 2), "Từ 8h ngày 20/11/2026 đến hết ngày."), PASS)
    check("maintenance_notice", told(dt.date(2026, 11, 13), "Từ ngày 20/11/2026."), PARTIAL)
    check("maintenance_notice", told(dt.date(2026, 11, 20), "Từ ngày 20/11/2026."), FAIL)
    check("maintenance_notice", told(None, "Từ ngày 20/11/2026."), PARTIAL)
    power = page(items=(Item("Thông báo tạm ngừng cung cấp điện và bảo trì hệ thống cấp điện"),))
    check("maintenance_notice", evidence(power), NOT_APPLICABLE)
    listed = page(items=(Item("Tạm dừng hoạt động website để nâng cấp", BASE + "/tb"),))
    check("maintenance_notice", evidence(listed, ends={"/tb": Outcome.TIMEOUT}), UNKNOWN, "timeout")
    left = check("maintenance_notice", evidence(listed), UNKNOWN, "not_opened")  # an older entry of a list
    assert "hạn mức" not in left.message.vi and [c.url for c in left.candidates] == [at("/tb")]
    check("maintenance_notice", evidence(listed, stopped_because="budget"), UNKNOWN, "budget")


def test_disclosure_lateness() -> None:
    def document(n: int, shown: int) -> Page:
        dates = (SeenDate(dt.date(2026, 11, 2), DateRole.ISSUED), SeenDate(dt.date(2026, 11, shown)))
        return page(f"/vb/{n}", title=f"Quyết định {n}", dates=dates, fields=(Field("Số", "1"),))

    quick, slow = document(1, 4), document(2, 18)
    check("disclosure_lateness", evidence(page(), quick), PASS)
    check("disclosure_lateness", evidence(page(), quick, slow), PARTIAL)
    assert "12" in check("disclosure_lateness", evidence(page(), slow), FAIL).message.vi
    check("disclosure_lateness", evidence(page()), UNKNOWN, "no_date")


# -- sections ---------------------------------------------------------------------------------------------

SECTIONS = CrawlPlan(
    (
        Wording("S", ("dich vu cong truc tuyen",)),
        Wording("N", ("tin tuc",)),
        Wording("MAP", ("so do cong",), content="sitemap"),
    )
)


def test_clicks() -> None:
    service = link("/dvc", "Dịch vụ công trực tuyến")
    fields: dict[str, Any] = {"clicks": 3, "rule": "S"}
    near = evidence(page("/", service), page("/dvc"), plan=SECTIONS)
    check("clicks", near, PASS, **fields)
    far = evidence(page("/", link("/a", "A")), page("/a", service), page("/dvc", depth=4), plan=SECTIONS)
    check("clicks", far, FAIL, **fields)
    away = evidence(page("/", link("https://dichvucong.khac.gov.vn/", service.text)), plan=SECTIONS)
    check("clicks", away, PASS, **fields)
    check("clicks", evidence(page("/"), plan=SECTIONS), FAIL, **fields)
    unread = evidence(page("/", service), plan=SECTIONS, ends={"/dvc": Outcome.SERVER_ERROR})
    check("clicks", unread, UNKNOWN, "server_error", **fields)


def test_prominence() -> None:
    news, service = link("/tin-tuc", "Tin tức"), link("/dvc", "Dịch vụ công trực tuyến")
    near = evidence(page("/", news, service), page("/tin-tuc"), page("/dvc"), plan=SECTIONS)
    check("prominence", near, PASS, rules=["N", "S"])
    half = evidence(page("/", news), page("/tin-tuc", service), page("/dvc", depth=2), plan=SECTIONS)
    assert "Dịch vụ công" in check("prominence", half, PARTIAL, rules=["N", "S"]).message.vi
    deep = evidence(page("/", link("/a", "A")), page("/a", service), page("/dvc", depth=2), plan=SECTIONS)
    check("prominence", deep, FAIL, rules=["N", "S"])
    one = evidence(page("/", news), page("/tin-tuc"), plan=SECTIONS)
    assert "“S”" in check("prominence", one, PARTIAL, rules=["N", "S"]).message.vi
    unread = evidence(page("/", news, service), page("/tin-tuc"), ends={"/dvc": Outcome.TIMEOUT}, plan=SECTIONS)
    check("prominence", unread, UNKNOWN, "timeout", rules=["N", "S"])
    check("prominence", evidence(page("/"), plan=SECTIONS), UNKNOWN, "no_section", rules=["N", "S"])


def test_site_map_page() -> None:
    entries = [link(f"/muc-{c}", f"Mục {c}") for c in "abcde"]
    home = page("/", *entries, link("/so-do", "Sơ đồ cổng"))
    living = [page(e.url.removeprefix(BASE), *home.links) for e in entries]
    fields: dict[str, Any] = {"names": ["Sơ đồ cổng"], "content": "sitemap"}

    def mapped(count: int) -> Evidence:
        own = [dataclasses.replace(e, zone=Zone.BODY) for e in entries[:count]]
        items = tuple(Item(f"Mục {n}", f"{BASE}/khac/{n}") for n in range(5))
        target = page("/so-do", *home.links, *own, items=items, title="Sơ đồ cổng")
        return evidence(home, target, *living, plan=SECTIONS)

    check("site_map_page", mapped(5), PASS, **fields)
    assert check("site_map_page", mapped(3), PARTIAL, **fields).ratio == 0.5
    check("site_map_page", mapped(1), FAIL, **fields)
    check("site_map_page", mapped(0), FAIL, **fields)
    bare = [page(e.url.removeprefix(BASE), *entries) for e in entries]
    check("site_map_page", evidence(page("/", *entries), *bare, plan=SECTIONS), FAIL, **fields)
    unread = evidence(home, *living, plan=SECTIONS, ends={"/so-do": Outcome.BLOCKED})
    check("site_map_page", unread, UNKNOWN, "blocked", **fields)


# -- what counts as an article, as the foot of a page -------------------------------------------------------


def test_articles_are_told_from_sections_documents_and_print_pages() -> None:
    bars = (link("/", "Trang chủ"), link("/tin-tuc", "Tin tức"), link("/lien-he", "Liên hệ"))
    titles = ["Khánh thành mười hai cầu treo", "Quyết định ban hành quy chế", "Giới thiệu chung về tỉnh"]
    items = tuple(Item(t, f"{BASE}/bai-{n}", (SeenDate(TODAY),)) for n, t in enumerate(titles))
    home = page("/", *bars, items=items)
    news = page("/bai-0", *bars, title=titles[0], controls=["print", "save"], depth=2)
    twin = page("/in/bai-0", title=titles[0], traits=["article"], jsonld_types=("NewsArticle",), depth=3)
    document = page("/bai-1", *bars, title=titles[1], fields=(Field("Số ký hiệu", "12/QĐ-UBND"),), depth=2)
    section = page("/tin-tuc", *bars, title="Tin tức", traits=["article"])
    seen = evidence(home, section, news, twin, document)
    assert [p.url for p in articles(seen)] == [news.url]
    check("article_controls", seen, PASS)


def test_an_empty_source_is_not_filled_by_the_frame() -> None:
    home = page(text="CỔNG THÔNG TIN ĐIỆN TỬ BỘ PHÁT TRIỂN MIỀN NÚI")
    empty = article(1, "Nguồn:", fields=(Field("Nguồn", "Cổng Thông tin điện tử Bộ Phát triển Miền núi"),))
    check("attribution", evidence(home, empty), FAIL)
    other = article(1, "Nguồn:", fields=(Field("Nguồn", "Báo Liên Sơn"),))
    check("attribution", evidence(home, other), PASS)


def test_a_foot_that_is_marked_in_part() -> None:
    text = "Nội dung.\nTrụ sở: Số 99 phố Đỉnh Sương. Điện thoại: 024.3999.1234. Email: a@b.example.gov.vn"
    home = page(footer_text="Chịu trách nhiệm: Ông A. Bản quyền thuộc Bộ.", text=text)
    lacking = check("footer", evidence(home), PARTIAL, fields=FOOTER).message.en.split("Missing")[1]
    assert "phone" not in lacking and "email" not in lacking and "unit" in lacking


def test_moving_text_on_the_home_page_is_enough() -> None:
    others = [page(f"/{n}", access=Access(headings=1)) for n in range(40)]
    home = page(access=Access(headings=1, moving=1))
    assert check("accessibility", evidence(home, *others), PARTIAL).ratio == 0.75


def test_a_switch_to_a_second_look_for_phones() -> None:
    switch = link("/?mobile=1", "Giao diện di động", Zone.FOOTER)
    check("one_site", evidence(page("/", switch, traits=["viewport"])), PARTIAL)


# -- what only looks like it ---------------------------------------------------------------------------------


def test_a_name_that_leads_astray_is_no_link_to_a_state_service() -> None:
    fields: dict[str, Any] = {"hosts": ["dichvucong.gov.vn"], "labels": ["Cổng dịch vụ công quốc gia"]}
    astray = evidence(page("/", link("https://dulich.example.com/", "Cổng dịch vụ công quốc gia")))
    assert "dulich.example.com" in check("link_to", astray, FAIL, **fields).message.en
    other = evidence(page("/", link("https://dvc.tinh.example.gov.vn/", "Cổng dịch vụ công quốc gia")))
    check("link_to", other, PASS, **fields)


@pytest.mark.parametrize(
    ("label", "verdict"),
    [
        ("Cho vay nông nghiệp, nông thôn", PASS),
        ("Cho vay nong nghiep", PASS),
        ("Vay nóng trong ngày", FAIL),
        ("Vay nong trong ngay", FAIL),
        ("Phòng, chống đánh bạc", PASS),
    ],
)
def test_spam_words_with_and_without_accents(label: str, verdict: Verdict) -> None:
    check("no_spam", evidence(page("/", link("https://xyz.example.com/", label, Zone.BODY))), verdict)


def test_an_advert_among_the_portals_own_pages() -> None:
    text = "Tài xỉu online, nổ hũ, cá cược bóng đá. Khuyến mãi khi đăng ký nhận thưởng."
    advert = page("/tai-lieu/x.html", title="Nhà cái số một", text=text)
    check("no_spam", evidence(page("/"), advert), FAIL)
    news = page("/tin/1", title="Triệt phá nhà cái cá cược", text=text + " Công an khởi tố.")
    check("no_spam", evidence(page("/"), news), PASS)


def test_dead_entries_of_a_site_map_are_none() -> None:
    entries = [link(f"/muc-{c}", f"Mục {c}") for c in "abcd"]
    home = page("/", *entries, link("/so-do", "Sơ đồ cổng"))
    living = [page(e.url.removeprefix(BASE), *home.links) for e in entries]
    dead = [link(f"/cu-{c}", f"Mục {c}", Zone.BODY) for c in "abcd"]
    items = tuple(Item(f"Mục {c}", f"{BASE}/cu-{c}") for c in "abcd")
    target = page("/so-do", *home.links, *dead, items=items, title="Sơ đồ cổng")
    ends = {f"/cu-{c}": Outcome.NOT_FOUND for c in "abcd"}
    seen = evidence(home, target, *living, plan=SECTIONS, ends=ends)
    check("site_map_page", seen, FAIL, names=["Sơ đồ cổng"], content="sitemap")


def test_an_emblem_at_the_head_needs_no_link() -> None:
    home = page("/", text="Sở Xây dựng tỉnh Hà Sơn\nTin mới", head_images=(Image("quoc huy", "", True),))
    assert "Missing" not in check("header", evidence(home), PASS).message.en
    bare = page("/", text="Sở Xây dựng tỉnh Hà Sơn\nTin mới")
    check("header", evidence(bare), UNKNOWN, "needs_browser")
