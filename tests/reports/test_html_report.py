"""report.html is one safe file for people, in both languages."""

import base64
import dataclasses
import datetime as dt
import hashlib
import itertools
import re
from types import MappingProxyType

import pytest
from lxml import html

from core.bodies import BodyKind
from core.finding import Proof, Text, Verdict
from core.page import Outcome
from core.portal import Portal
from reports import html_report, words
from tests import samples


def parse(audit, lang="vi"):
    return html.document_fromstring(html_report.render(audit, lang).decode("utf-8"))


def reading(node, lang="vi"):
    """What a reader of one language sees: the other language's spans are left out."""
    other = "en" if lang == "vi" else "vi"
    kept = html.fromstring(html.tostring(node, encoding="unicode"))
    for span in kept.xpath(f'.//span[@class="l"][@lang="{other}"] | .//style | .//script'):
        span.drop_tree()
    return " ".join(kept.text_content().split())


@pytest.fixture(scope="module")
def page():
    return parse(samples.province())


@pytest.fixture(scope="module")
def hostile():
    return parse(samples.hostile())


# --- safety ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("build", [samples.province, samples.hostile])
def test_the_policy_names_exactly_the_style_and_the_script(build):
    page = parse(build())
    (policy,) = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (node,) = page.xpath(f"//{tag}")
        digest = base64.b64encode(hashlib.sha256(node.text.encode("utf-8")).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert rules["img-src"] == "data:"
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(policy.replace(";", " ").split())


@pytest.mark.parametrize("build", [samples.province, samples.hostile])
def test_nothing_is_loaded_and_nothing_runs(build):
    page = parse(build())
    assert not page.xpath("//@src | //@srcset | //@action | //@formaction | //@data | //@background | //@style")
    assert not page.xpath("//img | //iframe | //object | //embed | //form | //base | //video | //audio")
    assert page.xpath("//link/@href") == ["data:,"]
    assert not [name for node in page.iter() for name in node.attrib if name.startswith("on")]
    assert not re.search(r"url\(|@import", page.xpath("//style")[0].text)


def test_hostile_text_stays_text(hostile):
    assert len(hostile.xpath("//script")) == 1 and len(hostile.xpath("//style")) == 1
    raw = html_report.render(samples.hostile())
    assert b"<script>alert" not in raw and b"<img" not in raw
    assert b"{{ 7 * 7 }}" in raw and b"\x00" not in raw and b"\x1b" not in raw
    assert "\u202e" not in raw.decode("utf-8")


def test_only_http_addresses_become_links(hostile):
    for link in hostile.xpath("//a[not(starts-with(@href, '#'))]"):
        assert link.get("href").startswith(("http://", "https://"))
        assert set(link.get("rel").split()) == {"noopener", "noreferrer", "nofollow"}
    assert "javascript:alert(3)" in hostile.text_content()


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://tinh.gov.vn/tin-tức?x=1&y=%20", True),
        ("HTTP://tinh.gov.vn", True),
        ("http://127.0.0.1:8080/", True),
        ("http://[::1]:8080/", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("//tinh.gov.vn/", False),
        ("https:tinh.gov.vn", False),
        ("https://good.vn@evil.example/", False),
        ("https://[::1", False),
        ("https://x.vn/\u202egpj.exe", False),
        ("https://x.vn/" + "a" * 2000, False),
        ("data:text/html,x", False),
        ("", False),
    ],
)
def test_safe_addresses(url, safe):
    assert html_report.safe_url(url) == (url if safe else "")


def test_it_stays_under_two_megabytes():
    long = "Rất dài " * 400
    proofs = tuple(Proof("page", f"{samples.HOME}/{n}/" + "a" * 900, long, long, samples.NOW) for n in range(30))
    findings = tuple(
        dataclasses.replace(f, rule=f"{f.rule}-{n}", evidence=proofs, message=Text(long, long + "."))
        for n in range(6)
        for f in samples.province_findings()
    )
    crawl = dataclasses.replace(
        samples.province().crawl,
        ledger=tuple((f"{samples.HOME}/{n}", "ok", 200, n, 0.1) for n in range(9000)),
    )
    raw = html_report.render(samples.province(findings=findings, crawl=crawl))
    assert len(raw) < html_report.MAX_BYTES
    assert len(html.document_fromstring(raw.decode()).xpath('//*[contains(@class, "duty ")]')) == 144


# --- languages -------------------------------------------------------------------------------------


def test_vietnamese_first_and_english_inside(page):
    assert page.get("lang") == page.get("data-lang") == "vi"
    assert page.xpath("//title")[0].text.startswith("Báo cáo kiểm tra cổng thông tin điện tử")
    assert "Tin mới nhất đăng ngày 20/11/2026." in reading(page)
    assert "The newest item is of 20 November 2026." in reading(page, "en")


def test_english_first_when_asked():
    page = parse(samples.province(), "en")
    assert page.get("lang") == page.get("data-lang") == "en"
    assert page.xpath("//title")[0].text.startswith("Portal audit report")


def test_every_sentence_in_two_languages_is_marked(page):
    pairs = page.xpath('//span[@class="l"]')
    assert {node.get("lang") for node in pairs} == {"vi", "en"}
    assert len(page.xpath('//span[@class="l"][@lang="vi"]')) == len(page.xpath('//span[@class="l"][@lang="en"]'))


def test_the_style_hides_one_language_without_a_script(page):
    style = page.xpath("//style")[0].text
    assert 'html[data-lang="vi"] .l[lang="en"], html[data-lang="en"] .l[lang="vi"] { display: none; }' in style


@pytest.mark.parametrize(
    ("lang", "value", "points", "day"),
    [("vi", "0,686", "1.234,5", "20/11/2026"), ("en", "0.686", "1,234.5", "20 Nov 2026")],
)
def test_numbers_and_days_as_each_language_writes_them(page, lang, value, points, day):
    assert value in reading(page.get_element_by_id("score"), lang)
    assert words.pick(words.points(1234.5), lang) == points
    assert day in reading(page.get_element_by_id("ND43-10.1.b"), lang)


def test_every_text_has_both_languages_and_every_code_a_word():
    for section, entries in words._texts().items():
        for key, entry in entries.items():
            assert set(entry) == {"vi", "en"} and entry["vi"].strip() and entry["en"].strip(), (section, key)
            braces = re.compile(r"{\w+}")
            assert set(braces.findall(entry["vi"])) == set(braces.findall(entry["en"])), (section, key)
    for section, codes in {
        "verdict": Verdict,
        "outcome": Outcome,
        "kind": BodyKind,
        "stopped": ("settled", "budget", "time", "frontier", "interrupted", "unreachable"),
        "cause": (
            "blocked",
            "timeout",
            "robots",
            "budget",
            "not_opened",
            "needs_browser",
            "no_ipv6_route",
            "no_date",
            "interrupted",
        ),
        "proof": ("link", "page", "date", "form", "probe", "search", "screenshot"),
    }.items():
        assert not [code for code in codes if not words.word(section, str(code))], section


# --- what it says ----------------------------------------------------------------------------------


def test_the_head_says_what_was_audited(page):
    head = reading(page.xpath("//header")[0])
    for words_ in (
        "Cổng Thông tin điện tử tỉnh Mẫu",
        "https://tinhmau.gov.vn/",
        "21/11/2026",
        "UBND tỉnh, thành phố trực thuộc Trung ương",
        "nd43-2011",
        "không còn hiệu lực vào ngày kiểm tra",
    ):
        assert words_ in head
    assert not page.xpath('//header//*[contains(@class, "small")]')  # one line, one size
    assert "Ngày kiểm tra nằm ngoài thời gian hiệu lực" in reading(page.xpath('//*[@class="notes"]')[0])


def test_the_head_knows_whether_the_catalogue_is_over_or_still_to_come():
    info = samples.province().ruleset
    for start, end, said in (
        (dt.date(2027, 1, 1), None, "chưa có hiệu lực vào ngày kiểm tra"),
        (dt.date(2011, 1, 1), dt.date(2022, 8, 14), "không còn hiệu lực vào ngày kiểm tra"),
        (dt.date(2011, 1, 1), None, ""),
    ):
        audit = samples.province(ruleset=dataclasses.replace(info, valid_from=start, valid_to=end))
        head = reading(parse(audit).xpath("//header")[0])
        assert (said in head) if said else ("hiệu lực vào ngày kiểm tra" not in head)


def test_a_visit_within_one_minute_is_told_once():
    at = samples.NOW
    for later, joined in ((dt.timedelta(0), False), (dt.timedelta(minutes=9), True)):
        head = reading(parse(samples.province(finished_at=at + later)).xpath("//header")[0])
        assert ("–" in head.partition("Thời gian thu thập")[2].partition("(giờ Việt Nam)")[0]) is joined


def test_the_resolver_is_named_in_words():
    page = parse(samples.province(vantage=MappingProxyType({"resolver": "system"})))
    told = reading(page.get_element_by_id("ledger"))
    assert "theo cài đặt của máy kiểm tra" in told and "system" not in told


def test_the_score_with_its_range_and_what_it_is_not(page):
    score = reading(page.get_element_by_id("score"))
    for words_ in (
        "0,537 – 0,754",
        "78,3%",
        "61,75 trên 90 điểm đã kiểm tra được (tổng 115 điểm)",
        "Điểm ước tính theo bộ trọng số mặc định của phần mềm, không phải kết quả của Bộ.",
        "là mặc định của phần mềm, không phải quy định của pháp luật",
    ):
        assert words_ in score
    bar = {rect.get("class"): rect for rect in page.xpath('//figure//*[local-name()="rect"]')}
    assert (bar["sure"].get("width"), bar["may"].get("x"), bar["may"].get("width")) == ("537", "537", "217")


def test_nothing_judged_has_no_score():
    page = parse(samples.province(findings=()))
    assert "Chưa đủ căn cứ để tính điểm" in reading(page.get_element_by_id("score"))
    assert not page.xpath("//figure")


def test_what_to_do_is_ordered_by_points(page):
    gains = [reading(node) for node in page.xpath('//*[@id="fixes"]//*[@class="gain"]')]
    assert [re.search(r"thêm (\S+) điểm", gain)[1] for gain in gains] == [
        "6",
        "5",
        "5",
        "4",
        "3,75",
        "3",
        "1,5",
    ]
    first = reading(page.xpath('//*[@id="fixes"]//li')[0])
    assert "Không tìm thấy chuyên mục" in first and "Mở chuyên mục" in first
    assert "điểm h khoản 1 Điều 10 NĐ 43/2011/NĐ-CP" in first


def test_every_duty_has_its_anchor_and_its_grounds(page):
    assert len(page.xpath("//article")) == 24
    duty = reading(page.get_element_by_id("ND43-10.1.c.4"))
    for words_ in (
        "Không đạt",
        "0/5 điểm",
        "điểm c khoản 1 Điều 10 NĐ 43/2011/NĐ-CP",
        "Theo luật",
        "https://tinhmau.gov.vn/lich-cong-tac",
        "Lịch tiếp công dân",
        "không phải lịch làm việc của lãnh đạo",
        "đang cập nhật",
    ):
        assert words_ in duty
    assert "tối đa 10 điểm" in reading(page.get_element_by_id("ND43-12"))
    assert "mặc định của phần mềm" in reading(page.get_element_by_id("ND43-10.1.b")).lower()
    assert "chưa đối chiếu nguyên văn" in reading(page.get_element_by_id("TCTT-19.1.e.TC"))


def test_what_could_not_be_judged_and_why(page):
    rows = [reading(row) for row in page.xpath('//*[@id="unseen"]//tbody/tr')]
    assert len(rows) == 5 and "Cổng từ chối truy cập" in rows[0]
    assert "25 điểm" in reading(page.get_element_by_id("unseen"))


def test_the_ledger(page):
    ledger = reading(page.get_element_by_id("ledger"))
    for words_ in (
        "212",
        "240",
        "12,3 MB",
        "61,2",
        "Mọi nội dung đã rõ",
        "robots.txt: 200",
        "decree43/0.1.0",
        "Không có trang (404)",
        "/van-ban/tep-lon.pdf",
    ):
        assert words_ in ledger


def test_a_long_ledger_is_cut_and_says_so():
    crawl = dataclasses.replace(
        samples.province().crawl,
        ledger=tuple((f"{samples.HOME}/{n}", "ok", 200, n, 0.1) for n in range(1000)),
    )
    page = parse(samples.province(crawl=crawl))
    assert len(page.xpath('//*[@class="scroll"]//tbody/tr')) == 400
    assert "hiện 400 trên 1.000 yêu cầu" in reading(page.get_element_by_id("ledger"))


def own_will():
    """The findings of a body that the catalogue does not bind."""
    return tuple(dataclasses.replace(f, basis="voluntary") for f in samples.province_findings())


def test_warnings_stand_in_the_head():
    page = parse(
        samples.province(
            portal=Portal(samples.HOME, BodyKind.COMMUNE),
            findings=own_will(),
            complete=False,
            finished_at=None,
            crashed=("ND43-12",),
        )
    )
    notes = reading(page.xpath('//*[@class="notes"]')[0])
    for words_ in ("Báo cáo chưa đầy đủ", "ND43-12", "tự nguyện áp dụng"):
        assert words_ in notes


def test_values_of_proofs_are_words():
    proofs = (Proof("link", samples.HOME, "Tin tức", "menu"), Proof("date", samples.HOME, "hôm qua", "2026-11-20"))
    found = samples.finding("X-1", Verdict.PASS, "Tin tức", "Điều 1", 1, evidence=proofs)
    text = reading(parse(samples.province(findings=(found,))))
    assert "trong trình đơn" in text and "20/11/2026" in text


def test_that_the_check_is_voluntary_is_said_once():
    note = Text("UBND cấp xã: đánh giá trên cơ sở tự nguyện áp dụng.", "Voluntary.")
    page = parse(samples.province(portal=Portal(samples.HOME, BodyKind.COMMUNE), findings=own_will(), notes=(note,)))
    assert reading(page.xpath('//*[@class="notes"]')[0]).count("tự nguyện áp dụng") == 1


def test_a_commune_that_the_law_binds_is_not_told_otherwise():
    page = parse(samples.province(portal=Portal(samples.HOME, BodyKind.COMMUNE)))
    assert "tự nguyện áp dụng" not in reading(page.xpath('//*[@class="notes"]')[0])


def test_an_unknown_code_is_shown_as_it_is():
    odd = samples.finding("X-1", Verdict.UNKNOWN, "Lạ", "Điều 1", 1, cause="solar_flare", flags=("odd_flag",))
    page = parse(samples.province(findings=(odd,), vantage=MappingProxyType({"moon": True})))
    assert "solar_flare" in page.text_content() and "odd_flag" in page.text_content()


# --- for everybody ---------------------------------------------------------------------------------


def test_landmarks_headings_and_tables(page):
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.xpath(f"//{landmark}")) == 1 or landmark == "header"
    assert len(page.xpath("//h1")) == 1
    levels = [int(node.tag[1]) for node in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    for table in page.xpath("//table"):
        assert table.xpath("./caption") or table.xpath("ancestor::details/summary")
        assert all(cell.get("scope") for cell in table.xpath(".//th"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [href[1:] for href in page.xpath("//a[starts-with(@href, '#')]/@href")]
    assert set(targets) <= set(ids)
    for label in page.xpath("//@aria-labelledby"):
        assert label in ids


def test_a_verdict_is_an_icon_and_a_word(page):
    symbols = set(page.xpath('//*[local-name()="symbol"]/@id'))
    for chip in page.xpath('//span[starts-with(@class, "chip ")]'):
        verdict = chip.get("class").split()[1]
        assert f"i-{verdict}" in symbols
        assert reading(chip) == words.say(f"verdict.{verdict}").vi


def test_the_same_audit_gives_the_same_bytes():
    assert html_report.render(samples.province()) == html_report.render(samples.province())


def test_screenshots_stand_beside_their_finding():
    audit = samples.province()
    taken = b"\xff\xd8\xff\xe0 a picture"
    data = "data:image/jpeg;base64," + base64.b64encode(taken).decode()
    proof = Proof("screenshot", "https://a.gov.vn/", "", "390 px", None, hashlib.sha256(taken).hexdigest())
    strange = "data:image/svg+xml;base64,PHN2Zy8+"
    first = dataclasses.replace(audit.findings[0], evidence=(proof,))
    facts = {"mobile.screenshots": [{"url": "https://a.gov.vn/", "data": data}, {"url": "x", "data": strange}]}
    shown = parse(dataclasses.replace(audit, findings=(first, *audit.findings[1:]), facts=facts))
    assert shown.xpath("//img[@class='shot']/@src") == [data]
    assert strange not in html.tostring(shown, encoding="unicode")
    assert data[40:80] not in " ".join(shown.xpath("//table//text()"))
