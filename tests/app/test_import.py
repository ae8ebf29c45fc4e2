"""Tables of figures as bodies send them: read the Vietnamese way, whole or not at all, every fault named."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from app.figure_template import csv_template, write_template, xlsx_template
from app.figures import BadTable, Imported, changes, import_file
from app.tables import MAX_BYTES
from core.bodies import BodyKind
from core.errors import UsageError
from core.figures import Claim, Figure
from core.register import Body, Named
from storage.figures import claims_of, figures_of
from storage.register import Bodies
from storage.store import Store, open_store
from tests.bodies import keep_bodies

HALF = dt.date(2021, 1, 1), dt.date(2021, 6, 30)
HEAD = ["Cơ quan", "Kỳ báo cáo", "Số câu hỏi nhận được", "Đã trả lời", "Trả lời chậm"]
KY = "6 tháng đầu năm 2021"
LAO_CAI, DEPARTMENT = (Named("Lào Cai"),), BodyKind.DEPARTMENT
REGISTER = [
    Body("lao-cai-cu", BodyKind.PROVINCE, LAO_CAI, code="10", valid_to=dt.date(2025, 6, 30)),
    Body("lao-cai", BodyKind.PROVINCE, LAO_CAI, code="15", valid_from=dt.date(2025, 7, 1)),
    Body("tuyen-quang", BodyKind.PROVINCE, (Named("Tuyên Quang"),), code="08"),
    Body("lc-syt", DEPARTMENT, (Named("Sở Y tế"),), parent="lao-cai-cu", code="LC.YT"),
    Body("lc-sgd", DEPARTMENT, (Named("Sở Giáo dục và Đào tạo"),), parent="lao-cai-cu", code="LC.GD"),
    Body("tq-syt", DEPARTMENT, (Named("Sở Y tế"),), parent="tuyen-quang"),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        keep_bodies(store, REGISTER)
        yield store


@pytest.fixture
def csv(tmp_path: Path, store: Store) -> Callable[..., Imported]:
    def run(text: str | bytes, **more: Any) -> Imported:
        path = tmp_path / "so-lieu.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_file(store, path, **more)

    return run


@pytest.fixture
def xlsx(tmp_path: Path, store: Store) -> Callable[..., Imported]:
    def run(*sheets: tuple[str, list[list[Any]]], **more: Any) -> Imported:
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "so-lieu.xlsx"
        book.save(path)
        return import_file(store, path, **more)

    return run


def faults(run: Callable[..., Imported], *args: Any, **more: Any) -> list[str]:
    with pytest.raises(BadTable) as error:
        run(*args, **more)
    return [str(fault) for fault in error.value.faults]


def values(store: Store, body: str) -> dict[str, float]:
    return {f.name + (f":{f.part}" if f.part else ""): f.value for f in figures_of(store, body)}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_of_every_kind(csv: Any, store: Store, mark: bytes, separator: str) -> None:
    rows = [
        ["Báo cáo 6 tháng"],
        ["STT", *HEAD],
        ["1", "LC.YT", KY, "1.025", "1.024", "6"],
        ["2", "lc-sgd", KY, "54", "-", ""],
    ]
    csv(mark + "\r\n".join(separator.join(row) for row in rows).encode())
    assert values(store, "lc-syt") == {"questions_received": 1025, "questions_answered": 1024, "questions_late": 6}
    assert values(store, "lc-sgd") == {"questions_received": 54}


def test_importing_twice_changes_nothing_and_a_correction_is_told(csv: Any) -> None:
    text = f"{';'.join(HEAD)}\nLC.YT;{KY};10;9;1\nLC.GD;{KY};5;5;0\n"
    assert len(csv(text).figures.added) == 6
    again = csv(text)
    assert (again.figures.added, again.figures.replaced, len(again.figures.unchanged)) == ((), (), 6)
    corrected = csv(text.replace("10;9;1", "10;9;2"))
    assert list(changes(corrected)) == [
        "Sở Y tế, Số câu hỏi trả lời chậm hoặc đã quá hạn, 01/01/2021–30/06/2021: 1 → 2"
    ]


def test_every_bad_row_is_named_and_nothing_is_imported(csv: Any, store: Store) -> None:
    text = f"""{";".join(HEAD)};Mức độ;Đúng hạn
LC.YT;{KY};10;9;1;;
Sở Y tế;{KY};1;1;0;;
Sở Ma;{KY};1;1;0;;
LC.GD;tuần này;1;1;0;;
LC.GD;{KY};1,5;1;0;;
LC.GD;{KY};ba;-1;0;;
;{KY};1;;;;
LC.GD;{KY};;;;mức 3;12,5
LC.GD;{KY};7;;;mức 3;
"""
    assert faults(csv, text) == [
        "so-lieu.csv, dòng / row 3, cột / column “Cơ quan”: “Sở Y tế” có nhiều cơ quan / is ambiguous: "
        "lc-syt (Sở Y tế), tq-syt (Sở Y tế)",
        "so-lieu.csv, dòng / row 4, cột / column “Cơ quan”: danh bạ không có “Sở Ma” trong kỳ này / "
        "not in the register in this period",
        "so-lieu.csv, dòng / row 5, cột / column “Kỳ báo cáo”: viết như “6 tháng đầu năm 2021”, “Quý II/2021”, "
        "“Tháng 6/2021” / no such period",
        "so-lieu.csv, dòng / row 6, cột / column “Số câu hỏi nhận được”: 1,5 không phải số nguyên / "
        "is not a whole number (dấu chấm ngăn hàng nghìn)",
        "so-lieu.csv, dòng / row 7, cột / column “Số câu hỏi nhận được”: “ba” không phải số / is not a number "
        "(viết / write 1.234,5)",
        "so-lieu.csv, dòng / row 7, cột / column “Đã trả lời”: -1 là số âm / is negative",
        "so-lieu.csv, dòng / row 8, cột / column “Cơ quan”: chưa ghi cơ quan / no body is named",
        "so-lieu.csv, dòng / row 9, cột / column “Đúng hạn”: 12,5 không phải số nguyên / "
        "is not a whole number (dấu chấm ngăn hàng nghìn)",
        "so-lieu.csv, dòng / row 10, cột / column “Số câu hỏi nhận được”: không chia theo cột “Mức độ” / "
        "is not broken down by that column",
    ]
    assert values(store, "lc-syt") == {}


def test_sums_are_named_together_with_bad_cells(csv: Any, store: Store) -> None:
    head = "Cơ quan;Kỳ;Mức độ;Tổng số hồ sơ;Trước hạn;Đúng hạn;Trễ hạn;Đang giải quyết"
    found = faults(csv, f"""{head}
LC.YT;{KY};;100;50;30;10;5
LC.GD;{KY};;120;;;;
LC.GD;{KY};3;50;;;;
LC.GD;{KY};4;30;;;;
Sở Ma;{KY};;1;;;;x
""")  # fmt: skip
    places = [fault.partition(": ")[0].removeprefix("so-lieu.csv, ") for fault in found]
    assert places == [
        "dòng / row 2, cột / column “Tổng số hồ sơ”",
        "dòng / row 3, cột / column “Tổng số hồ sơ”",
        "dòng / row 6, cột / column “Cơ quan”",
        "dòng / row 6, cột / column “Đang giải quyết”",
    ]
    assert "= 95, không bằng" in found[0] and "its parts add up to 80" in found[1]
    assert values(store, "lc-syt") == {}


def test_no_sum_is_told_of_a_cell_that_could_not_be_taken(csv: Any, store: Store) -> None:
    csv(f"Cơ quan;Kỳ;Trước hạn;Đúng hạn;Trễ hạn;Đang giải quyết\nLC.YT;{KY};50;30;10;5\n")
    head = "Cơ quan;Kỳ;Mức độ;Tổng số hồ sơ;Trước hạn;Đúng hạn;Trễ hạn;Đang giải quyết"
    (fault,) = faults(csv, f"{head}\nLC.YT;{KY};;100;5o;30;10;10\n")
    assert "“5o” không phải số" in fault
    (fault,) = faults(csv, f"{head}\nLC.GD;{KY};;100;;;;\nLC.GD;{KY};3;6o;;;;\nLC.GD;{KY};4;40;;;;\n")
    assert "“6o” không phải số" in fault


def test_what_is_too_much_is_named_in_its_own_column(csv: Any) -> None:
    late, answered = faults(csv, f"{';'.join(HEAD)};Chờ trả lời\nLC.YT;{KY};10;12;11;1\n")
    assert "column “Trả lời chậm”" in late and "= 11, nhiều hơn" in late
    assert "column “Đã trả lời”" in answered and "= 12, nhiều hơn" in answered
    head = "Cơ quan;Kỳ;Tổng số hồ sơ;Trước hạn;Đúng hạn"
    (fault,) = faults(csv, f"{head}\nLC.YT;{KY};10;6;5\n")
    assert "column “Trước hạn + Đúng hạn”" in fault


@pytest.mark.parametrize("level", ["lung tung", "9", "mức độ 1", "5"])
def test_a_level_that_does_not_exist_is_one_fault_with_those_that_do(csv: Any, store: Store, level: str) -> None:
    head = "Cơ quan;Kỳ;Mức độ;Tổng số hồ sơ;Trước hạn;Đúng hạn;Trễ hạn;Đang giải quyết"
    (fault,) = faults(csv, f"{head}\nLC.YT;{KY};{level};100;50;30;10;10\n")
    assert fault == (
        f"so-lieu.csv, dòng / row 2, cột / column “Mức độ”: không có “{level}”; ghi / there is no such value; "
        "write: 2, 3, 4, một phần, toàn trình"
    )
    first, second = faults(csv, f"{head}\nLC.YT;{KY};{level};100;50;30;10;5\n")
    assert "= 95, không bằng" in second or "= 95, không bằng" in first
    assert values(store, "lc-syt") == {}


@pytest.mark.parametrize("level", ["2", "mức 3", "Mức độ IV", "một phần", "Toàn trình"])
def test_a_level_as_the_manual_lists_it(csv: Any, store: Store, level: str) -> None:
    csv(f"Cơ quan;Kỳ;Mức độ;Tổng số hồ sơ\nLC.YT;{KY};{level};5\n")
    assert [name.partition(":")[2] for name in values(store, "lc-syt")] in (
        ["2"], ["3"], ["4"], ["mot_phan"], ["toan_trinh"])  # fmt: skip


def test_a_part_of_the_score_that_does_not_exist(csv: Any) -> None:
    (fault,) = faults(csv, f"Cơ quan;Kỳ;Phần chấm điểm;Có tham gia\nLC.YT;{KY};tin tức;có\n")
    assert "column “Phần chấm điểm”: không có “tin tức”" in fault and "write: hỏi đáp, dịch vụ công" in fault


def test_each_cell_of_a_claim_or_a_mark_is_named_in_its_own_column(csv: Any) -> None:
    head = "Cơ quan;Kỳ;Nghĩa vụ;Điểm tự chấm;Điểm tối đa;Liên kết chứng minh"
    found = faults(csv, f"""{head}
LC.YT;{KY};ND43-10.1.k;1;3;javascript:alert(1)
LC.YT;{KY};ND43-99;4;3;ftp://x
LC.YT;{KY};ND43-10.1.b;1;ba;
LC.YT;{KY};ND43-10.1.b;1;0;
""")  # fmt: skip
    assert [fault.split("row ")[1].partition(": ")[0] for fault in found] == [
        "2, cột / column “Liên kết chứng minh”",
        "3, cột / column “Liên kết chứng minh”",
        "3, cột / column “Nghĩa vụ”",
        "3, cột / column “Điểm tự chấm”",
        "4, cột / column “Điểm tối đa”",
        "5, cột / column “Điểm tối đa”",
    ]
    found = faults(csv, f"Cơ quan;Kỳ;Tiêu chí;Điểm chấm;Điểm tối đa\nLC.YT;{KY};khong.co;9;8\n")
    assert ["column “Tiêu chí”" in found[0], "column “Điểm chấm”" in found[1]] == [True, True]


def test_a_period_that_is_a_formula_is_a_fault_and_no_crash(xlsx: Any) -> None:
    (fault,) = faults(xlsx, ("Truy cập", [["Cơ quan", "Kỳ", "Lượt truy cập"], ["LC.YT", "=A1", 5]]))
    assert "column “Kỳ”: công thức" in fault


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        ("31/02/2021", "30/6/2021", "“31/02/2021” không phải ngày"),
        ("30/6/2021", "01/01/2021", "01/01/2021 trước ngày bắt đầu"),
        ("", "30/6/2021", "chưa ghi kỳ báo cáo"),
        ("06/30/2021", "30/6/2021", "không phải ngày"),
    ],
)
def test_days_that_are_none(csv: Any, begins: str, ends: str, words: str) -> None:
    (fault,) = faults(csv, f"Cơ quan,Từ ngày,Đến ngày,Lượt truy cập\nLC.YT,{begins},{ends},5\n")
    assert words in fault


def test_names_are_told_apart_by_parent_and_by_time(csv: Any, store: Store) -> None:
    csv(f"Cơ quan;Tỉnh;Kỳ;Lượt truy cập\nSở Y tế;Tuyên Quang;{KY};5\n")
    csv(f"Cơ quan;Kỳ;Lượt truy cập\nSỞ Y TẾ;{KY};6\n", parent="lao-cai-cu")
    csv(f"Cơ quan;Kỳ;Lượt truy cập\nLào Cai;{KY};7\nLào Cai;Năm 2026;8\n")
    assert [values(store, id) for id in ("tq-syt", "lc-syt", "lao-cai-cu", "lao-cai")] == [
        {"visits": 5}, {"visits": 6}, {"visits": 7}, {"visits": 8}]  # fmt: skip
    with pytest.raises(UsageError, match="no such body"):
        csv("x", parent="Hà Nội")


def test_odd_columns_are_refused_or_passed_over(csv: Any, store: Store) -> None:
    text = f"Cơ quan;Kỳ;Lượt truy cập;Trả lời chem;Màu\nLC.YT;{KY};5;1;xanh\n"
    first, second = faults(csv, text)
    assert "có phải “Số câu hỏi trả lời chậm hoặc đã quá hạn”?" in second and "Màu" in first
    done = csv(text, skip_unknown=True)
    assert values(store, "lc-syt") == {"visits": 5}
    assert len(done.passed) == 2


def test_the_same_column_twice(csv: Any) -> None:
    (fault,) = faults(csv, f"Cơ quan;Kỳ;Lượt truy cập;Số lượt truy cập\nLC.YT;{KY};5;5\n")
    assert "cột có hai lần" in fault


def test_rows_that_contradict_each_other(csv: Any) -> None:
    (fault,) = faults(csv, f"Cơ quan;Kỳ;Lượt truy cập\nLC.YT;{KY};5\nlc-syt;{KY};6\nLC.GD;{KY};1\nLC.GD;{KY};1\n")
    assert "row 3" in fault and "khác với so-lieu.csv, dòng 2" in fault


def test_totals_are_passed_over_and_told(csv: Any, store: Store) -> None:
    done = csv(f"Cơ quan;Kỳ;Lượt truy cập\nLC.YT;{KY};5\nTổng cộng;;5\n")
    assert done.passed == ("so-lieu.csv, dòng / row 3: dòng tổng cộng / a total",)


def test_sums_that_do_not_hold_are_faults_of_the_row(csv: Any, store: Store) -> None:
    head = "Cơ quan;Kỳ;Tổng số hồ sơ;Trước hạn;Đúng hạn;Trễ hạn;Đang giải quyết"
    (fault,) = faults(csv, f"{head}\nLC.YT;{KY};100;50;30;10;9\n")
    assert "row 2" in fault and "= 99, không bằng" in fault
    csv(f"{head}\nLC.YT;{KY};100;;80;10;10\n")  # with those settled early among those in time
    assert values(store, "lc-syt")["dossiers_on_time"] == 80


def test_sums_are_checked_with_what_was_kept_before(csv: Any, store: Store) -> None:
    csv(f"Cơ quan;Kỳ;Số câu hỏi\nLC.YT;{KY};10\n")
    (fault,) = faults(csv, f"Cơ quan;Kỳ;Trả lời chậm\nLC.YT;{KY};11\n")
    assert "11, nhiều hơn" in fault
    assert values(store, "lc-syt") == {"questions_received": 10}
    csv("Cơ quan;Kỳ;Trả lời chậm\nLC.YT;Năm 2022;11\n")  # another period


def test_levels_add_up_to_the_whole(csv: Any, store: Store) -> None:
    head = "Cơ quan;Kỳ;Mức độ;Tổng số hồ sơ"
    csv(f"{head}\nLC.YT;{KY};Mức độ 3;60\nLC.YT;{KY};4;40\nLC.YT;{KY};;100\n")
    assert values(store, "lc-syt") == {"dossiers_received": 100, "dossiers_received:3": 60, "dossiers_received:4": 40}
    (fault,) = faults(csv, f"{head}\nLC.YT;{KY};mức 4;41\n")
    assert "các phần cộng lại / its parts add up to 101" in fault


def test_workbooks_with_real_numbers_days_and_several_sheets(xlsx: Any, store: Store) -> None:
    xlsx(
        ("Hỏi đáp", [["Phụ biểu số 01"], [], ["TT", "Cơ quan", "Từ ngày", "Đến ngày", "Số câu hỏi", "Trả lời chậm"],
                     [1, "LC.YT", dt.datetime(2021, 1, 1), dt.date(2021, 6, 30), 25, 6.0]]),
        ("Truy cập", [["Cơ quan", "Từ ngày", "Đến ngày", "Lượt truy cập"],
                      ["LC.YT", "01/01/2021", "30/6/2021", "1.234.567"]]),
        ("Ví dụ", [["Cơ quan", "Kỳ", "Lượt truy cập"], ["Không có thật", KY, 1]]),
        ("Trống", []),
    )  # fmt: skip
    assert values(store, "lc-syt") == {"questions_received": 25, "questions_late": 6, "visits": 1234567}


def test_faults_of_a_workbook_name_sheet_row_and_column(xlsx: Any) -> None:
    bad = ["=1+1", dt.date(2021, 1, 1), 1.234, "#DIV/0!", True]
    sheet = [["Cơ quan", "Kỳ", "Lượt truy cập"], *(["LC.YT", KY, value] for value in bad)]
    found = faults(xlsx, ("Truy cập", sheet), ("Lạ", [["a", "b"], [1, 2]]))
    assert [fault.split(":")[0] for fault in found] == [
        "Lạ", *(f"Truy cập, dòng / row {row}, cột / column “Lượt truy cập”" for row in range(2, 7))]  # fmt: skip
    assert "chưa được tính" in found[1] and "không phải số nguyên" in found[3]


def test_a_code_kept_as_a_number(xlsx: Any, store: Store) -> None:
    xlsx(("x", [["Mã cơ quan", "Kỳ", "Lượt truy cập"], [10, 2021, 5]]))
    assert values(store, "lao-cai-cu") == {"visits": 5}


def test_claims_with_their_links(csv: Any, store: Store) -> None:
    head = "Cơ quan;Kỳ;Nghĩa vụ;Điểm tự chấm;Điểm tối đa;Liên kết chứng minh;Ghi chú"
    csv(
        f"{head}\nLC.YT;{KY};ND43-10.1.b;11,5;12;https://syt.example.gov.vn/tin;đủ\nLC.YT;{KY};Công báo điện tử;0;8;;\n"
    )
    assert claims_of(store, "lc-syt") == (
        Claim("lc-syt", "ND43-10.1.b", *HALF, 11.5, 12, "https://syt.example.gov.vn/tin", "đủ"),
        Claim("lc-syt", "ND43-10.1.g", *HALF, 0, 8),
    )
    found = faults(csv, f"""{head}
LC.YT;{KY};ND43-99;1;3;;
LC.YT;{KY};ND43-10.1.b;4;3;;
LC.YT;{KY};ND43-10.1.g;1;;;
LC.YT;{KY};ND43-10.1.k;1;3;javascript:alert(1);
""")  # fmt: skip
    words = ("không có nghĩa vụ “ND43-99”", "lớn hơn “Điểm tối đa”", "thiếu “Điểm tối đa”", "không phải địa chỉ")
    assert all(word in fault for word, fault in zip(words, found, strict=True))


def test_marks_of_the_staff_and_taking_part(csv: Any, store: Store) -> None:
    csv(f"Cơ quan;Kỳ;Tiêu chí;Điểm chấm;Điểm tối đa\nLC.YT;{KY};info.news;7;8\nLC.YT;{KY};Lịch làm việc;1,5;3\n")
    csv(f"Cơ quan;Kỳ;Phần chấm điểm;Có tham gia\nLC.YT;{KY};Dịch vụ công trực tuyến;không\nLC.YT;{KY};qa;có\n")
    assert values(store, "lc-syt") == {
        "criterion:info.news": 0.875,
        "criterion:info.schedule": 0.5,
        "takes_part:services": 0,
        "takes_part:qa": 1,
    }
    (fault,) = faults(csv, f"Cơ quan;Kỳ;Tiêu chí;Điểm chấm;Điểm tối đa\nLC.YT;{KY};info.nothing;7;8\n")
    assert "không có tiêu chí “info.nothing”" in fault
    (fault,) = faults(csv, f"Cơ quan;Kỳ;Tiêu chí;Tỷ lệ đạt\nLC.YT;{KY};info.news;75\n")
    assert "ghi 0,75 hoặc 75%" in fault
    (fault,) = faults(csv, f"Cơ quan;Kỳ;Phần chấm điểm;Có tham gia\nLC.YT;{KY};qa;có lẽ\n")
    assert "ghi “có” hoặc “không”" in fault


def test_json_wide_and_long(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.json"
    wide = {"body": "lc-syt", "begins": "2021-01-01", "ends": "2021-06-30", "visits": 5, "questions_received": None}
    long = {
        "body": "LC.GD",
        "begins": "2021-01-01",
        "ends": "2021-06-30",
        "name": "news_items",
        "part": "Tin tức",
        "value": 7,
    }
    path.write_text(json.dumps({"a": [wide], "b": [long], "c": []}), encoding="utf-8")
    import_file(store, path)
    assert figures_of(store, "lc-syt") == (Figure("lc-syt", "visits", *HALF, 5),)
    assert figures_of(store, "lc-sgd") == (Figure("lc-sgd", "news_items", *HALF, 7, "Tin tức"),)
    path.write_text(json.dumps([long | {"name": "weather"}]), encoding="utf-8")
    (fault,) = faults(import_file, store, path)
    assert fault == "a.json, dòng / row 1, cột / column “name”: không có chỉ tiêu “weather” / no such figure"


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("a.pdf", b"%PDF", "unknown kind of file"),
        ("a.xlsx", b"no workbook", "is no readable XLSX"),
        ("a.xlsx", b"", "is no readable XLSX"),
        ("a.csv", "Cơ quan".encode("utf-16"), "is not UTF-8"),
        ("a.csv", b"", "holds no figures"),
        ("a.csv", b"x\n", "no row of heads"),
        ("a.json", b"[1]", "no list of objects"),
        ("a.json", b"{", "is no JSON"),
        ("a.json", b'[{"body": NaN}]', "is no JSON"),
        ("a.json", b'[{"body": ["x"]}]', "is no value"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, store: Store, name: str, body: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(UsageError, match=words):
        import_file(store, path)


@pytest.mark.parametrize("number", ["1e400", "1" + "0" * 400, '"1' + "0" * 400 + '"'])
def test_numbers_beyond_all_bounds(tmp_path: Path, store: Store, number: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(f'[{{"body": "lc-syt", "period": "{KY}", "visits": {number}}}]', encoding="utf-8")
    (fault,) = faults(import_file, store, path)
    assert "is too large" in fault or "is not a number" in fault


def test_odd_letters_and_long_names(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "a.json"
    row = {"body": "lc-syt\0", "period": KY, "section": "Tin\ud800 tức\0", "news_items": 3}
    path.write_text(json.dumps([row]), encoding="utf-8")
    import_file(store, path)
    assert values(store, "lc-syt") == {"news_items:Tin tức": 3}
    path.write_text(json.dumps([row | {"section": "x" * 201}]), encoding="utf-8")
    (fault,) = faults(import_file, store, path)
    assert "dài quá 200 ký tự" in fault


def test_a_workbook_that_unpacks_beyond_all_bounds(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_template("xlsx", tmp_path / "a.xlsx")
    monkeypatch.setattr("app.tables.MAX_UNPACKED", 1000)
    with pytest.raises(UsageError, match="too large when unpacked"):
        import_file(store, tmp_path / "a.xlsx")


def test_a_missing_and_a_huge_file(tmp_path: Path, store: Store) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        import_file(store, tmp_path / "none.csv")
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UsageError, match="too large"):
        import_file(store, tmp_path / "huge.csv")


def test_an_empty_register_is_filled_with_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x", encoding="utf-8")
    with open_store(f"sqlite:///{tmp_path / 'b.db'}") as store:
        with pytest.raises(UsageError):
            import_file(store, path)
        assert not Bodies(store).empty()


def test_the_template_is_read_back_when_filled_in(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "mau.xlsx"
    write_template("xlsx", path)
    with pytest.raises(UsageError, match="holds no figures"):
        import_file(store, path)
    book = load_workbook(path)
    assert book.sheetnames[0] == "Hướng dẫn" and book.sheetnames[-1] == "Ví dụ"
    assert book["Hỏi đáp"]["A1"].value == "Cơ quan" and book["Hỏi đáp"]["A1"].comment is not None
    for name in book.sheetnames[1:-1]:  # the example's own rows, for a body that exists
        rows = list(book["Ví dụ"].iter_rows(values_only=True))
        at = next(number for number, row in enumerate(rows) if row[0] == name)
        book[name].append(["LC.YT" if value == "Sở Y tế" else value for value in rows[at + 2]])
    book.save(path)
    done = import_file(store, path)
    assert len(done.claims.added) == 1
    assert {f.name for f in done.figures.added} >= {"questions_late", "dossiers_pending", "visits", "criterion"}


def test_the_csv_template_is_read_back_when_filled_in(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "mau.csv"
    write_template("csv", path)
    text = path.read_bytes().decode("utf-8-sig")
    path.write_text(text.replace("# Ví dụ: Sở Y tế", "LC.YT"), encoding="utf-8")
    assert len(import_file(store, path).figures.added) == 5


def test_templates_of_another_kind_or_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such template"):
        write_template("ods", tmp_path / "a")
    with pytest.raises(UsageError, match="cannot write"):
        write_template("csv", tmp_path / "none" / "a.csv")
    assert csv_template() == csv_template() and xlsx_template()[:2] == b"PK"
