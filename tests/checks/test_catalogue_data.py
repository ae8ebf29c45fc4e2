"""The default catalogue as data: complete, weighed, cited, in both languages, no label that means two duties."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from checks.catalogue import build, load, plan
from checks.match import STRONG, Lexicon
from core.bodies import VOLUNTARY, BodyKind
from core.plan import Budget
from core.rule import Catalogue, Rule
from core.text import fold

INFORMATION = """
    ND43-10.1.a.1 ND43-10.1.a.2 ND43-10.1.l ND43-10.1.k ND43-10.1.b ND43-10.1.c.1 ND43-10.1.c.2 ND43-10.1.c.3
    ND43-10.1.c.4 ND43-10.1.d.1 ND43-10.1.d.2 ND43-10.1.dd ND43-10.1.e.1 ND43-10.1.e.2 ND43-10.1.e.3
    ND43-10.1.e.4 ND43-10.1.g ND43-10.1.h.1 ND43-10.1.h.2 ND43-10.1.i.1 ND43-10.1.i.2 ND43-10.1.i.3
    ND43-10.1.i.4 ND43-11.1 ND43-11.2 ND43-12 ND43-13 ND43-18.2 ND43-18.1 ND43-18.3
""".split()
FUNCTIONS = """
    ND43-15.1.a ND43-15.1.b ND43-15.1.c ND43-15.2 ND43-17.1.dd TT32-16.4.b.1 TT32-16.4.b.2 ND43-14 PROD-RSS
    TT32-17.1 TT32-18.1 TT32-15.4
""".split()
TECHNICAL = """
    ND43-6.1 ND43-7.1 ND43-5.3 ND43-27.1 ND64-16 TT32-16.2 TT32-16.3.a TT32-16.3.c TT32-11.1 TT32-11.2.b TT32-20
    TT25-11 TCTT-18.4 TCTT-19.1.g TCTT-19.1.c.KH TCTT-19.1.e.TC ND09-3.4 NSNN-15 TCD-24.2 MOST25-PERF NCSC-TN
    PROD-SPAM PROD-SEO PROD-SHARE PROD-SOCIAL PROD-GOVLINK PROD-UNIFIED PROD-ARTICLE
""".split()

MINISTRIES_AND_PROVINCES = frozenset({BodyKind.MINISTRY, BodyKind.GOVERNMENT_AGENCY, BodyKind.PROVINCE})
#: Duties the law's own words limit to some kinds of body; all others hold for every kind.
LIMITED = {
    "ND43-10.1.g": frozenset({BodyKind.PROVINCE}),
    "ND43-11.1": MINISTRIES_AND_PROVINCES,
    "ND43-11.2": MINISTRIES_AND_PROVINCES,
    "ND43-12": MINISTRIES_AND_PROVINCES,
    "ND43-13": MINISTRIES_AND_PROVINCES,
    "ND43-6.1": frozenset(BodyKind) - VOLUNTARY,
    "ND09-3.4": MINISTRIES_AND_PROVINCES,
    "MOST25-PERF": MINISTRIES_AND_PROVINCES,
}
CLAUSE = re.compile(r"^(?:điểm [a-zđ] )?(?:khoản \d+(?: và khoản \d+)? )?Điều \d+(?:(?:, Điều \d+)* và Điều \d+)?$")

#: Labels as they stand on real portals, by the duty (or the family of duties) they mean.
REAL = {
    "a": (
        "Giới thiệu|Giới thiệu về Sở Tài chính|GIỚI THIỆU CHUNG|Sơ đồ - Tổ chức|"
        "Chức năng, nhiệm vụ của Văn phòng|Lãnh đạo UBND tỉnh Lào Cai|Ban Giám đốc Sở|"
        "Lãnh đạo Sở qua các thời kỳ|Bản đồ hành chính tỉnh"
    ),
    "ND43-10.1.b": (
        "Tin tức - Sự kiện|Tin hoạt động của ngành Y tế|Tin tức & Sự kiện|Hoạt động của lãnh đạo|"
        "Thông báo - Giấy mời|Điểm tin báo chí"
    ),
    "ND43-10.1.c.1": (
        "Th.tin chỉ đạo|Văn bản chỉ đạo điều hành|VB CĐĐH|Thông tin lãnh đạo, chỉ đạo|"
        "Thông tin chỉ đạo, điều hành của Bộ|Thông báo kết luận"
    ),
    "ND43-10.1.c.2": (
        "Phản hồi kiến nghị|Trả lời kiến nghị cử tri|Kết quả giải quyết KNTC|KQGQ đơn thư|"
        "Kết quả xử lý phản ánh, kiến nghị"
    ),
    "ND43-10.1.c.3": (
        "Khen thưởng - Xử phạt|Thi đua - Khen thưởng|Quyết định xử phạt vi phạm hành chính|Kết luận thanh tra"
    ),
    "ND43-10.1.c.4": (
        "Lịch làm việc của lãnh đạo UBND tỉnh|Lịch công tác tuần|LỊCH CÔNG TÁC|"
        "Chương trình công tác tuần|Lịch làm việc Ban Giám đốc Sở Y tế"
    ),
    "TCD-24.2": "Lịch tiếp công dân|Lịch tiếp công dân của lãnh đạo",
    "d": (
        "Thông tin tuyên truyền|Phổ biến giáo dục pháp luật|Tuyên truyền PBGDPL|Chế độ, chính sách|"
        "Chính sách mới|Hướng dẫn thực hiện pháp luật|Giới thiệu văn bản mới"
    ),
    "ND43-10.1.dd": (
        "Chiến lược - Quy hoạch|Quy hoạch - Kế hoạch|Quy hoạch tỉnh Lào Cai|"
        "Chiến lược, quy hoạch, kế hoạch phát triển ngành|Kế hoạch sử dụng đất"
    ),
    "e": "Văn bản QPPL|Văn bản pháp quy|Văn bản của Sở|Hệ thống văn bản|Văn bản Trung ương|Tra cứu văn bản",
    "ND43-10.1.g": "Công báo tỉnh|Công báo điện tử",
    "h": (
        "Thông tin dự án đầu tư|Đấu thấu mua sắm công|Mua sắm - mời thầu|Đầu tư - Đấu thầu|"
        "Thông báo mời thầu|Dự án, hạng mục đầu tư, đấu thầu|Đấu giá quyền sử dụng đất"
    ),
    "i": (
        "Góp ý dự thảo văn bản|Lấy ý kiến người dân|Dự thảo VBQPPL|Văn bản dự thảo|"
        "Lấy ý kiến dự thảo văn bản QPPL|Phản ánh kiến nghị|"
        "Tiếp nhận phản ánh, kiến nghị về quy định hành chính|Đường dây nóng|Hộp thư góp ý"
    ),
    "kl": "Danh bạ điện thoại|Danh bạ thư điện tử|Liên hệ|Thông tin liên hệ|Liên hệ - Góp ý",
    "11": (
        "Đề tài khoa học|Công trình - Đề tài|Nhiệm vụ khoa học và công nghệ|Kết quả nghiên cứu khoa học|"
        "Chương trình, đề tài khoa học"
    ),
    "ND43-12": "Thông tin thống kê|Tình hình kinh tế - xã hội|Niên giám thống kê|Báo cáo thống kê",
    "ND43-13": "English|Tiếng Anh",
    "18": (
        "Dịch vụ công trực tuyến|Cổng dịch vụ công tỉnh|Hướng dẫn sử dụng dịch vụ công trực tuyến|"
        "Thống kê hồ sơ|Tình hình giải quyết hồ sơ"
    ),
    "qa": (
        "Hỏi - Đáp|Hỏi đáp trực tuyến|Đặt câu hỏi|Đối thoại trực tuyến|Trao đổi - Hỏi đáp|"
        "Công dân hỏi - Giám đốc trả lời"
    ),
    "TT32-16.4.b.1": "Sơ đồ cổng|Sơ đồ website|Site map",
    "TT32-11.1": "Câu hỏi thường gặp",
    "TT25-11": "Chính sách bảo mật",
    "TCTT-19.1.g": "Tiếp cận thông tin|Công khai & Minh bạch",
    "TCTT-19.1.c.KH": "Chương trình công tác năm|Kế hoạch công tác năm 2026",
    "TCTT-19.1.e.TC": "Báo cáo tài chính năm",
    "ND09-3.4": "Người phát ngôn",
    "NSNN-15": "Công khai ngân sách|Dự toán - Quyết toán|Công khai ngân sách nhà nước năm 2026",
}
#: Labels on every second portal that mean none of the duties.
NEIGHBOURS = (
    "Thống kê truy cập|Thăm dò ý kiến|Quy hoạch cán bộ|Sở Khoa học và Công nghệ|Dự án luật|"
    "Giới thiệu sách|Sở Kế hoạch và Đầu tư|Tin tuyển dụng|Lịch sử Đảng bộ|Giới thiệu việc làm|"
    "Kế hoạch hóa gia đình|Bình chọn|Lượt truy cập|Soạn thảo văn bản|Quản lý văn bản và điều hành|"
    "Đăng nhập|Trang chủ|Thư viện ảnh|Video|Cổng Dịch vụ công quốc gia|Liên kết website|"
    "Sở Thông tin và Truyền thông|Sở Tư pháp|Thanh tra tỉnh|Dữ liệu mở|Tuyển dụng|Ban Dân tộc|"
    "Sở Văn hóa, Thể thao và Du lịch|Sở Tài nguyên và Môi trường|Văn phòng UBND tỉnh|"
    "Ban Quản lý dự án đầu tư xây dựng|Hội đồng nhân dân tỉnh|Công báo Chính phủ|Chính phủ|"
    "Bộ Khoa học và Công nghệ|Sở Nội vụ|Cục Thống kê|Trung tâm dịch vụ việc làm|"
    "Trường Chính trị tỉnh|Báo Lào Cai|Đài Phát thanh - Truyền hình"
)


@cache
def catalogue() -> Catalogue:
    return load()


def rules() -> tuple[Rule, ...]:
    return catalogue().rules


each_rule = pytest.mark.parametrize("rule", rules(), ids=lambda r: r.id)


def labels(rule: Rule, key: str) -> set[str]:
    return {fold(str(label)) for label in rule.params.get(key, ())}


def sections() -> dict[str, str]:
    """Rules that look for a section, with the family that may share its page."""
    found = {}
    for rule in rules():
        wording = build(rule).wording()
        if wording is not None and wording.section:
            found[rule.id] = wording.family or rule.id
    return found


def in_two_families(key: str) -> dict[str, set[str]]:
    family = sections()
    owners: dict[str, set[str]] = defaultdict(set)
    for rule in rules():
        if rule.id in family:
            for label in labels(rule, key):
                owners[label].add(family[rule.id])
    return {label: families for label, families in owners.items() if len(families) > 1}


def test_every_duty_is_there_and_nothing_else() -> None:
    by_group: dict[str, list[str]] = defaultdict(list)
    for rule in rules():
        by_group[rule.group].append(rule.id)
    assert sorted(by_group["information"]) == sorted(INFORMATION)
    assert sorted(by_group["functions"]) == sorted(FUNCTIONS)
    assert sorted(by_group["technical"]) == sorted(TECHNICAL)


@pytest.mark.parametrize("kind", sorted(MINISTRIES_AND_PROVINCES))
@pytest.mark.parametrize(("group", "total"), [("information", 160), ("functions", 40), ("technical", 0)])
def test_weights_add_up(kind: BodyKind, group: str, total: float) -> None:
    assert sum(r.weight_for(kind) for r in rules() if r.group == group and kind in r.applies_to) == total


@each_rule
def test_a_duty_holds_for_every_kind_unless_the_law_limits_it(rule: Rule) -> None:
    assert rule.applies_to == LIMITED.get(rule.id, frozenset(BodyKind))


@each_rule
def test_it_speaks_both_languages(rule: Rule) -> None:
    for text in (rule.title, rule.fix, rule.note):
        assert text.vi.strip() and text.en.strip(), rule.id
        assert fold(text.vi) != fold(text.en)
    assert rule.fix.vi.endswith((".", ").")) and rule.fix.en.endswith((".", ")."))


@each_rule
def test_citations_are_whole(rule: Rule) -> None:
    if rule.basis == "law":
        assert any(c.confirmed for c in rule.citations)
    for citation in rule.citations:
        assert CLAUSE.match(citation.clause) or not citation.confirmed, citation


def test_decree_43_is_cited_by_its_letters() -> None:
    """The id's letter and the citation's agree; ``dd`` is đ, and our own last number is not cited."""
    for rule in rules():
        point = re.match(r"^ND43-(10|17)\.1\.([a-z]+)", rule.id)
        if point:
            letter = point[2].replace("dd", "đ")
            # the timeliness of documents (e.4) stands in Điều 17
            clauses = {c.clause for c in rule.citations if c.text == "NĐ 43/2011/NĐ-CP"}
            assert f"điểm {letter} khoản 1 Điều {point[1]}" in clauses, rule.id


@each_rule
def test_own_numbers_are_told_as_such(rule: Rule) -> None:
    """Every scored duty and every duty with a threshold of ours says so in words."""
    numbers = {"fresh", "full_share", "half_share", "share", "min_share", "full_parts", "full_fields", "dead_share"}
    ours = any(rule.params.get(n) for n in numbers) or any(rule.weight.values())
    if ours:
        assert "phần mềm" in rule.note.vi
        assert "product" in rule.note.en


def test_no_strong_label_means_two_duties() -> None:
    assert in_two_families("names") == {}


def test_no_address_means_two_duties() -> None:
    assert in_two_families("slugs") == {}


@each_rule
def test_labels_of_a_rule_do_not_contradict(rule: Rule) -> None:
    names, weak, negatives = (labels(rule, key) for key in ("names", "weak", "negatives"))
    assert not names & negatives
    assert not names & weak
    assert not weak & negatives
    assert "" not in names | weak | negatives


@each_rule
def test_no_label_is_written_twice(rule: Rule) -> None:
    if rule.id not in sections():
        return
    for key in ("names", "weak", "negatives", "slugs"):
        written = [fold(str(label)) for label in rule.params.get(key, ())]
        twice = {label for label in written if written.count(label) > 1}
        assert not twice, (key, twice)


@pytest.mark.parametrize(
    ("rule_id", "label"),
    [
        ("ND43-12", "Thống kê truy cập"),
        ("ND43-10.1.dd", "Quy hoạch cán bộ"),
        ("ND43-10.1.h.1", "Dự án luật"),
        ("ND43-10.1.a.1", "Giới thiệu sách"),
        ("ND43-11.1", "Sở Khoa học và Công nghệ"),
        ("ND43-10.1.i.2", "Thăm dò ý kiến"),
        ("TT32-16.4.b.1", "Sơ đồ tổ chức"),
        ("ND43-10.1.c.4", "Lịch tiếp công dân"),
        ("ND43-10.1.e.1", "Văn bản dự thảo"),
        ("ND43-10.1.g", "Công báo Chính phủ"),
        ("ND43-10.1.a.2", "Lịch làm việc của lãnh đạo"),
        ("ND43-18.2", "Cổng dịch vụ công quốc gia"),
    ],
)
def test_false_friends_are_known(rule_id: str, label: str) -> None:
    rule = catalogue().rule(rule_id)
    assert rule is not None
    assert fold(label) in labels(rule, "negatives")


@pytest.mark.parametrize("kind", list(BodyKind))
def test_every_kind_of_body_gets_a_crawl_plan(kind: BodyKind) -> None:
    made = plan(catalogue(), kind, Budget())
    assert {w.rule for w in made.wordings} >= set(sections())
    assert "dichvucong" in made.service_prefixes


@each_rule
def test_parts_have_ids_and_words(rule: Rule) -> None:
    for key in ("parts", "fields"):
        entries: list[dict[str, Any]] = list(rule.params.get(key) or ())
        assert len({e["id"] for e in entries}) == len(entries)
        for entry in entries:
            assert entry["title"]["vi"] and entry["title"]["en"]
            assert entry.get("names") or entry.get("cues")


def test_the_parts_the_law_counts() -> None:
    """Nine project fields, seven of a document, four planning fields, three states, five of statistics …"""
    counts = {
        ("ND43-10.1.e.1", "fields"): 7,
        ("ND43-10.1.h.2", "fields"): 9,
        ("ND43-10.1.dd", "parts"): 4,
        ("ND43-10.1.h.1", "parts"): 3,
        ("ND43-12", "parts"): 5,
        ("ND43-13", "parts"): 3,
        ("ND43-18.3", "parts"): 2,
        ("ND43-14", "elements"): 6,
        ("TT32-16.3.a", "menu"): 4,
        ("TT32-16.3.c", "fields"): 6,
    }
    for (rule_id, key), count in counts.items():
        rule = catalogue().rule(rule_id)
        assert rule is not None
        assert len(rule.params[key]) == count, rule_id


def test_territories_and_agencies_introduce_themselves_differently() -> None:
    rule = catalogue().rule("ND43-10.1.a.1")
    assert rule is not None

    def parts(kind: str) -> set[str]:
        return {p["id"] for p in rule.params["parts"] if kind in p["applies_to"]}

    assert parts("department") == parts("ministry") == {"structure", "duties", "history"}
    assert parts("province") == parts("district") == {"administration", "map", "nature", "culture", "heritage"}
    assert all(parts(kind) for kind in BodyKind)


def test_the_timeline_has_no_gap() -> None:
    spans = catalogue().timeline
    assert (spans[0].valid_from, spans[0].valid_to) == (catalogue().valid_from, catalogue().valid_to)
    for earlier, later in pairwise(spans):
        assert earlier.valid_to is not None
        assert later.valid_from == earlier.valid_to + dt.timedelta(days=1)
    assert spans[-1].valid_to is None


def test_the_provinces_before_and_after_the_merger() -> None:
    before, after = catalogue().data["provinces"], catalogue().data["provinces_2025"]
    assert (len(before), len(after)) == (63, 34)
    assert {p["since_2025"] for p in before} == {p["name"] for p in after}
    assert sorted(n for p in after for n in p["of"]) == sorted(p["name"] for p in before)
    assert {label for p in before for label in p["labels"]} == set(catalogue().data["province_labels"])


@cache
def lexicon() -> Lexicon:
    return Lexicon(plan(catalogue(), BodyKind.PROVINCE, Budget()).wordings)


@pytest.mark.parametrize(("family", "label"), [(k, label) for k, many in REAL.items() for label in many.split("|")])
def test_a_real_label_means_its_duty(family: str, label: str) -> None:
    fits = lexicon().label(label)
    top = max((m.score for m in fits.values()), default=0)
    assert top >= STRONG
    best = [r for r, m in fits.items() if m.score == top]
    assert family in {lexicon().family[r] for r in best} | set(best)
    assert len({lexicon().family[r] for r in best}) == 1


@pytest.mark.parametrize("label", NEIGHBOURS.split("|"))
def test_a_neighbour_means_no_duty(label: str) -> None:
    assert max((m.score for m in lexicon().label(label).values()), default=0) < STRONG
