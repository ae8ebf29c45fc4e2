"""Vietnamese text: capitals, folding, cutting, and what says that there is nothing yet."""

from __future__ import annotations

import re
import unicodedata

import pytest

from core.text import (
    CAPITALS,
    announces_later,
    any_phrase,
    clean,
    contains_phrase,
    fold,
    shorten,
    slug_words,
    strip_marks,
)

#: The letters of the Vietnamese alphabet with every tone.
_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = sorted({unicodedata.normalize("NFC", v + t) for v in _VOWELS for t in _TONES} | set("bcdđghklmnpqrstvx"))


@pytest.mark.parametrize("letter", SMALL)
def test_a_class_of_capitals_holds_capitals_only(letter: str) -> None:
    assert re.fullmatch(f"[{CAPITALS}]", letter.upper())
    assert not re.fullmatch(f"[{CAPITALS}]", letter)


def test_capitals_are_written_once_each() -> None:
    spelled = CAPITALS.removeprefix("A-Z")
    assert len(spelled) == len(set(spelled)) == len([c for c in SMALL if not c.isascii()])
    assert not set("-]^\\") & set(spelled)


@pytest.mark.parametrize(
    "label",
    [
        "HOI - DAP",
        "Hỏi – Đáp",
        "hỏi đáp",
        "Ho\u0309i đa\u0301p",
        "H&#7887;i &#273;&aacute;p",
        "Hỏi\u00a0\u200bđáp",
        "»Hỏi/Đáp«",
    ],
)
def test_ways_to_write_a_label_are_one(label: str) -> None:
    assert fold(label) == "hoi dap"


def test_long_text_is_folded_like_short_lines() -> None:
    lines = [f"Dòng thứ {n}: Quyết định số {n}/QĐ-UBND" for n in range(40)]
    assert fold("\n".join(lines)) == " ".join(fold(line) for line in lines)
    assert fold(" ".join(lines)) == fold("\n".join(lines))


def test_marks_go_and_the_rest_stays() -> None:
    assert strip_marks("Địa chỉ: Số 1, Đường Nguyễn Huệ") == "Dia chi: So 1, Duong Nguyen Hue"
    assert strip_marks("Ki\u0306 日本") == "Ki 日本"


def test_text_is_shown_as_people_read_it() -> None:
    assert clean("  Tin\u200b  tư\u0301c\n mới \ufeff") == "Tin tức mới"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/hoi-ap.html", "hoi ap"),
        ("/web/guest/lich-cong-tac", "lich cong tac"),
        ("/tin-tuc/van-ban-123456.aspx?x=1#a", "van ban"),
        ("/#!/gioi-thieu", "gioi thieu"),
        ("/vi/index.html", "vi"),
        ("/web/guest/", ""),
    ],
)
def test_the_last_telling_part_of_an_address(url: str, words: str) -> None:
    assert slug_words(url) == words


def test_phrases_stand_on_word_boundaries() -> None:
    assert contains_phrase("lich cong tac tuan", "cong tac")
    assert not contains_phrase("lich cong tac tuan", "cong ta")
    assert any_phrase("lich cong tac tuan", ("", "ich", "tuan", "lich")) == "tuan"
    assert any_phrase("lich cong tac tuan", ("ich",)) is None


@pytest.mark.parametrize(
    "line",
    [
        "Nội dung đang được cập nhật", "Mục này đang chờ biên tập", "Hiện chưa có tin nào", "Không có dữ liệu",
        "Chuyên mục sẽ sớm hoàn thiện", "CHƯA CÓ VĂN BẢN", "Trang đang xây dựng",
    ],
)  # fmt: skip
def test_a_line_that_says_there_is_nothing_yet(line: str) -> None:
    assert announces_later(line)


@pytest.mark.parametrize(
    "line",
    [
        "Tỉnh đang tập trung triển khai dự án đường ven biển", "Ngày cập nhật: 12/11/2026",
        "Cập nhật tình hình bão số 5", "Đã bổ sung hồ sơ", "Khánh thành nhà văn hóa xây dựng trong hai năm",
        "Sở Xây dựng",
        "Hiện chưa có tin nào" + " về vụ việc đó tại địa bàn các xã vùng cao biên giới của tỉnh" * 2,
    ],
)  # fmt: skip
def test_a_line_that_tells_something(line: str) -> None:
    assert not announces_later(line)


def test_text_is_cut_at_a_word() -> None:
    assert shorten("Ủy ban nhân dân tỉnh", 12) == "Ủy ban…"
    assert shorten("Ủy ban", 6) == "Ủy ban"
    assert len(shorten("chữ " * 100)) <= 160
