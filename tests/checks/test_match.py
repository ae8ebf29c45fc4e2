"""Labels and the duties they mean: order, accents, misspellings, false friends, neighbours."""

import pytest

from checks.match import STRONG, WEAK, Lexicon
from core.page import Link
from core.plan import Wording
from core.text import fold


def words(rule: str, strong: str, weak: str = "", slugs: str = "", negatives: str = "", family: str = "") -> Wording:
    def many(text: str) -> tuple[str, ...]:
        return tuple(fold(t) for t in text.split("|") if t)

    return Wording(rule, many(strong), many(weak), tuple(slugs.split()), many(negatives), family=family)


LEXICON = Lexicon(
    (
        words("news", "Tin tức|Tin tức - Sự kiện", "Thông báo", "tin-tuc"),
        words("qa", "Hỏi đáp|Trao đổi - Hỏi đáp", "", "hoi-dap hoi-ap"),
        words("map", "Sơ đồ cổng|Sơ đồ trang|Sitemap", "", "so-do-cong", "Sơ đồ tổ chức"),
        words("about", "Giới thiệu|Sơ đồ tổ chức", "", "gioi-thieu", "Giới thiệu sách"),
        words("tender", "Đấu thầu, mua sắm công|Dự án - Đấu thầu", "", "dau-thau", "Dự án luật"),
        words("stats", "Thống kê|Báo cáo thống kê", "", "thong-ke", "Thống kê truy cập"),
        words("schedule", "Lịch công tác|Lịch làm việc", "", "lich-cong-tac", "Lịch tiếp công dân"),
        words("reception", "Lịch tiếp công dân|Tiếp công dân"),
        words("services", "Dịch vụ công trực tuyến", "", "dich-vu-cong"),
        words("guide", "Hướng dẫn sử dụng dịch vụ công trực tuyến|Hướng dẫn sử dụng"),
    )
)


def best(text: str) -> tuple[str, int]:
    found = LEXICON.label(text)
    return max(((r, m.score) for r, m in found.items()), key=lambda rs: rs[1], default=("", 0))


@pytest.mark.parametrize(
    ("label", "rule"),
    [
        ("HOI - DAP", "qa"),
        ("Hỏi – Đáp", "qa"),
        ("Sự kiện - Tin tức", "news"),
        ("Tin tức của Sở", "news"),
        ("1. Tin tức", "news"),
        ("Thông tin thống kê", "stats"),
        ("Lịch công tác tuần", "schedule"),
        ("Lịch tiếp công dân", "reception"),
        ("Đấu thấu, mua sắm công", "tender"),
        ("Đấu thầu mua săm công", "tender"),
        ("Hướng dẫn sử dụng dịch vụ công trực tuyến", "guide"),
        ("Sơ đồ tổ chức", "about"),
    ],
)
def test_a_label_means_its_duty(label: str, rule: str) -> None:
    found, score = best(label)
    assert found == rule and score >= STRONG


@pytest.mark.parametrize(
    ("label", "not_rule"),
    [
        ("Thống kê truy cập", "stats"),
        ("Giới thiệu sách mới", "about"),
        ("Dự án luật", "tender"),
        ("Sơ đồ tổ chức", "map"),
        ("Lịch tiếp công dân", "schedule"),
    ],
)
def test_false_friends_do_not_match(label: str, not_rule: str) -> None:
    assert LEXICON.label(label).get(not_rule) is None or LEXICON.label(label)[not_rule].score < WEAK


def test_a_word_inside_a_sentence_is_no_label() -> None:
    found = LEXICON.label("Hội nghị triển khai nhiệm vụ và cung cấp tin tức cho báo chí tỉnh năm 2026")
    assert all(m.score < STRONG for m in found.values())


def test_a_picture_is_read_by_its_file_name_then_its_slug() -> None:
    by_image = LEXICON.link(Link("http://a.gov.vn/x1", image="hoi dap"))
    assert by_image["qa"].score >= STRONG and by_image["qa"].how == "image"
    by_slug = LEXICON.link(Link("http://a.gov.vn/web/guest/hoi-ap"))
    assert by_slug["qa"].score >= STRONG


def test_words_win_over_the_slug() -> None:
    fits = LEXICON.link(Link("http://a.gov.vn/so-do-cong", text="Liên hệ quảng cáo"))
    assert fits.get("map") is None or fits["map"].score < STRONG


def test_empty_words_leave_the_naming_to_the_title() -> None:
    fits = LEXICON.link(Link("http://a.gov.vn/1", text="Xem thêm", title="Tin tức"))
    assert fits["news"].score >= STRONG
