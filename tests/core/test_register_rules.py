"""Bodies over time, the ways of writing their names, and what is wrong with a register."""

import datetime as dt

import pytest

from core.bodies import BodyKind
from core.register import Address, Body, Named, Register, Succession
from core.register_check import problems
from core.register_find import choose
from core.register_names import agree, is_id, key, plain, slug, whole_address

DAY = dt.date


def body(name, title="", *, url="", parent=None, code="", begins=None, ends=None, kind=BodyKind.PROVINCE):
    addresses = (Address(url),) if url else ()
    return Body(name, kind, (Named(title or name),), addresses, parent, code, begins, ends)


MERGED = DAY(2025, 7, 1)
OLD = body("lao-cai", "Tỉnh Lào Cai", url="https://laocai.gov.vn", code="10", ends=DAY(2025, 6, 30))
OTHER = body("yen-bai", "Tỉnh Yên Bái", url="https://yenbai.gov.vn", code="15", ends=DAY(2025, 6, 30))
NEW = body("lao-cai-2025", "Tỉnh Lào Cai", url="https://laocai.gov.vn", code="15", begins=MERGED)
STEPS = (Succession("lao-cai", "lao-cai-2025", MERGED, True), Succession("yen-bai", "lao-cai-2025", MERGED))
REGISTER = Register({b.id: b for b in (OLD, OTHER, NEW)}, STEPS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tỉnh Lào Cai", "LÀO CAI"),
        ("Tỉnh Lào Cai", "UBND tỉnh Lào Cai"),
        ("Tỉnh Lào Cai", "Cổng Thông tin điện tử tỉnh Lào Cai"),
        ("Tỉnh Lào Cai", "Trang tin điện tử HĐND và UBND tỉnh Lào Cai"),
        ("Thành phố Hồ Chí Minh", "TP.HCM"),
        ("Thành phố Hồ Chí Minh", "TPHCM"),
        ("Thành phố Hồ Chí Minh", "Uỷ ban nhân dân TP. Hồ Chí Minh"),
        ("Tỉnh Thừa Thiên Huế", "Thừa Thiên - Huế"),
        ("Tỉnh Bà Rịa - Vũng Tàu", "BR-VT"),
        ("Tỉnh Đắk Lắk", "Đăk Lăk"),
        ("Tỉnh Đắk Lắk", "Đắc Lắc"),
        ("Tỉnh Hòa Bình", "Hoà Bình"),
        ("Tỉnh Kon Tum", "KonTum"),
        ("Bộ Khoa học và Công nghệ", "Bộ KH&CN"),
        ("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTTDL"),
        ("Ngân hàng Nhà nước Việt Nam", "NHNN"),
    ],
)
def test_ways_of_writing_one_name(one, other):
    assert agree(one, other) and agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tỉnh Lào Cai", "Thành phố Lào Cai"),
        ("Tỉnh Lào Cai", "Tỉnh Lai Châu"),
        ("Huyện Sa Pa", "Thị xã Sa Pa"),
        ("Tỉnh Lào Cai", "Sở Nội vụ tỉnh Lào Cai"),
        ("Tỉnh Lào Cai", "HĐND tỉnh Lào Cai"),
        ("Tỉnh Lào Cai", "Tỉnh ủy Lào Cai"),
        ("Tỉnh Lào Cai", "Văn phòng UBND tỉnh Lào Cai"),
    ],
)
def test_names_that_are_not_one(one, other):
    assert not agree(one, other)


def test_names_become_ids():
    assert slug("Sở Nội vụ") == "so-noi-vu" and slug("Đắk Lắk") == "dak-lak"
    assert is_id("lao-cai-2025") and not any(map(is_id, ("", "Lào-cai", "a b", "-a", "a--b", "x" * 200)))
    assert key("UBND tỉnh Lào Cai") == "lao cai" and plain("P. Sa Pa") == "phuong sa pa"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("laocai.gov.vn", "https://laocai.gov.vn"),
        ("HTTP://LaoCai.gov.vn/Trang#x", "http://laocai.gov.vn/Trang"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
        ("http://localhost:8080", "http://localhost:8080"),
    ],
)
def test_addresses_are_kept_in_one_way(text, kept):
    assert whole_address(text) == kept


@pytest.mark.parametrize(
    "text", ["", "chưa có", "ht tp://x", "ftp://a.gov.vn", "https://a.gov.vn:99999", "http://[x", "abc"]
)
def test_what_is_no_address(text):
    with pytest.raises(ValueError):
        whole_address(text)


def test_a_merged_body_is_compared_with_the_one_it_continues():
    before = REGISTER.predecessors("lao-cai-2025", DAY(2017, 12, 31))
    assert [(f.body.id, f.main) for f in before] == [("lao-cai", True), ("yen-bai", False)]
    assert [(f.body.id, f.main) for f in REGISTER.predecessors("lao-cai-2025", DAY(2026, 1, 1))] == [
        ("lao-cai-2025", True)
    ]
    assert [f.body.id for f in REGISTER.predecessors("lao-cai-2025", MERGED)] == ["lao-cai-2025"]
    assert not REGISTER.predecessors("nobody", MERGED)


def test_where_a_body_went():
    assert REGISTER.successor("yen-bai", DAY(2026, 1, 1)) == NEW
    assert REGISTER.successor("yen-bai", DAY(2020, 1, 1)) == OTHER
    assert REGISTER.merged("yen-bai") == STEPS[1] and REGISTER.merged("lao-cai-2025") is None
    ended = Register({"x": body("x", ends=DAY(2020, 1, 1))})
    assert ended.successor("x", DAY(2021, 1, 1)) is None


def test_two_mergers_in_a_row():
    third = body("bac", begins=DAY(2030, 1, 1))
    middle = body("lao-cai-2025", begins=MERGED, ends=DAY(2029, 12, 31))
    steps = (*STEPS, Succession("lao-cai-2025", "bac", DAY(2030, 1, 1), True))
    chain = Register({b.id: b for b in (OLD, OTHER, middle, third)}, steps)
    assert [(f.body.id, f.main) for f in chain.predecessors("bac", DAY(2016, 1, 1))] == [
        ("lao-cai", True),
        ("yen-bai", False),
    ]
    assert chain.successor("yen-bai", DAY(2031, 1, 1)) == third


def test_when_the_main_one_was_not_there_yet_none_is_main():
    late = body("lao-cai", begins=DAY(2020, 1, 1), ends=DAY(2025, 6, 30))
    register = Register({b.id: b for b in (late, OTHER, NEW)}, STEPS)
    assert [(f.body.id, f.main) for f in register.predecessors("lao-cai-2025", DAY(2016, 1, 1))] == [("yen-bai", False)]


def test_who_was_there_on_a_day():
    assert [b.id for b in REGISTER.at(DAY(2025, 6, 30), [BodyKind.PROVINCE])] == ["lao-cai", "yen-bai"]
    assert [b.id for b in REGISTER.at(MERGED)] == ["lao-cai-2025"]
    assert not REGISTER.at(MERGED, [BodyKind.MINISTRY]) and not REGISTER.at(MERGED, parent="lao-cai")


def test_names_and_addresses_of_a_day():
    hue = Body(
        "hue",
        BodyKind.PROVINCE,
        (Named("Tỉnh Thừa Thiên Huế", None, DAY(2024, 12, 31)), Named("Thành phố Huế", DAY(2025, 1, 1))),
        (Address("https://a.vn", None, DAY(2024, 12, 31)), Address("https://b.vn", DAY(2025, 1, 1))),
    )
    assert (hue.name_on(DAY(2024, 12, 31)), hue.url_on(DAY(2024, 12, 31))) == ("Tỉnh Thừa Thiên Huế", "https://a.vn")
    assert (hue.name_on(DAY(2025, 1, 1)), hue.url_on(DAY(2025, 1, 1))) == ("Thành phố Huế", "https://b.vn")
    assert OLD.url_on(DAY(2026, 1, 1)) == "" and OLD.name_on(DAY(2026, 1, 1)) == "Tỉnh Lào Cai"


@pytest.mark.parametrize(
    ("text", "day", "ids"),
    [
        ("Lào Cai", DAY(2017, 1, 1), ["lao-cai"]),
        ("Lào Cai", DAY(2026, 1, 1), ["lao-cai-2025"]),
        ("Lào Cai", None, ["lao-cai-2025", "lao-cai"]),
        ("15", DAY(2017, 1, 1), ["yen-bai"]),
        ("15", DAY(2026, 1, 1), ["lao-cai-2025"]),
        ("https://www.laocai.gov.vn/tin-tuc", DAY(2026, 1, 1), ["lao-cai-2025"]),
        ("yenbai.gov.vn", DAY(2017, 1, 1), ["yen-bai"]),
        ("Yên Bái", DAY(2026, 1, 1), []),
        ("lao-cai", DAY(2026, 1, 1), ["lao-cai"]),
        ("Thành phố Lào Cai", DAY(2017, 1, 1), []),
        ("UBND", None, []),
        ("  ", None, []),
    ],
)
def test_a_text_names_bodies(text, day, ids):
    assert [b.id for b in choose(text, REGISTER.bodies.values(), day)] == ids


SOUND = [OLD, OTHER, NEW]


@pytest.mark.parametrize(
    ("bodies", "steps", "told"),
    [
        ([body("a"), body("a")], [], [("a", "id", "2 lần")]),
        ([body("Lào Cai")], [], [("Lào Cai", "id", "không dấu")]),
        ([Body("a", BodyKind.OTHER, ())], [], [("a", "name", "chưa có tên")]),
        ([body("a", parent="b")], [], [("a", "parent", "không có cơ quan cấp trên 'b'")]),
        ([body("a", parent="a")], [], [("a", "parent", "a → a")]),
        ([body("a", parent="b"), body("b", parent="c"), body("c", parent="b")], [], [("b", "parent", "b → c → b")]),
        ([body("a", begins=MERGED, ends=DAY(2025, 6, 30))], [], [("a", "to", "trước ngày bắt đầu")]),
        (
            [Body("a", BodyKind.OTHER, (Named("A", MERGED, DAY(2025, 6, 1)),))],
            [],
            [("a", "name", "“A”: ngày kết thúc 01/06/2025 trước ngày bắt đầu 01/07/2025")],
        ),
        (
            [Body("a", BodyKind.OTHER, (Named("A", None, MERGED), Named("B", MERGED)))],
            [],
            [("a", "name", "“A” và “B” trùng thời gian")],
        ),
        (
            [Body("a", BodyKind.OTHER, (Named("A"),), (Address("https://a.vn"), Address("https://b.vn")))],
            [],
            [("a", "url", "trùng thời gian")],
        ),
        (
            [body("a", url="https://x.gov.vn/"), body("b", url="http://www.x.gov.vn")],
            [],
            [("a", "url", "cùng lúc là của b"), ("b", "url", "cùng lúc là của a")],
        ),
        ([body("a", code="01"), body("b", code="01")], [], [("a", "code", "01"), ("b", "code", "01")]),
        (SOUND, STEPS[1:], [("yen-bai", "main", "đang ghi 0")]),
        (
            [*SOUND, body("x", begins=MERGED)],
            [*STEPS, Succession("yen-bai", "x", MERGED, True)],
            [("yen-bai", "merged_into", "đã hợp nhất hai lần: vào lao-cai-2025, x")],
        ),
        ([OLD], [STEPS[0]], [("lao-cai", "merged_into", "không có cơ quan 'lao-cai-2025'")]),
        (
            [body("lao-cai"), NEW],
            [STEPS[0]],
            [("lao-cai", "to", "phải kết thúc trước ngày đó")],
        ),
        (
            [OLD, body("lao-cai-2025", begins=DAY(2026, 1, 1))],
            [STEPS[0]],
            [("lao-cai", "merged_on", "không tồn tại vào ngày hợp nhất")],
        ),
    ],
)
def test_what_is_wrong_is_told_once_with_its_place(bodies, steps, told):
    found = problems(bodies, steps)
    assert [(p.body, p.field) for p in found] == [(name, field) for name, field, _ in told]
    assert all(words in p.vi for p, (_, _, words) in zip(found, told, strict=True))
    assert all(p.en for p in found)


def test_mergers_in_a_circle():
    one, two = body("a", ends=DAY(2025, 6, 30)), body("b", ends=DAY(2025, 6, 30))
    steps = [Succession("a", "b", MERGED, True), Succession("b", "a", MERGED, True)]
    assert ("a", "merged_into") in [(p.body, p.field) for p in problems([one, two], steps)]


def test_what_is_sound():
    assert not problems(SOUND, STEPS)
    two_on_one_host = [body("a", url="https://x.gov.vn"), body("b", url="https://x.gov.vn/so-b")]
    assert not problems(two_on_one_host)
