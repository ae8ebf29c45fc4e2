"""A round's workbook as openpyxl reads it: ranking, matrix, changes."""

import dataclasses
import io

import openpyxl
import pytest

from core.finding import Text
from reports import xlsx_round
from reports.look import look
from reports.sheets.round_data import Duty
from tests.reports.rounds import DUTIES, VERDICTS, a_round, ranked


def opened(data, lang="vi"):
    return openpyxl.load_workbook(io.BytesIO(xlsx_round.render(data, lang)))


@pytest.fixture(scope="module")
def book():
    return opened(a_round())


def test_sheets_in_both_languages(book):
    assert book.sheetnames == ["Tổng hợp", "Xếp hạng", "Cơ quan và nghĩa vụ", "Thay đổi", "Biểu đồ"]
    assert opened(a_round(), "en").sheetnames == ["Summary", "Ranking", "Bodies and duties", "Changes", "Charts"]


def test_the_ranking_holds_numbers(book):
    sheet = book["Xếp hạng"]
    heads = [str(c.value).split("\n")[0] for c in sheet[1]]
    first = dict(zip(heads, sheet[2], strict=True))
    assert first["Hạng"].value == 1 and first["Chỉ số"].value == 0.75 and first["Thay đổi hạng"].value == 2
    assert first["Chỉ số"].number_format == "0.000" and first["Thay đổi hạng"].number_format == "+0;-0;0"
    assert first["Cổng"].hyperlink.target == "https://a.example.gov.vn/"
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["Tỉnh A", "Thành phố B", "Tỉnh C", "Sở D"]
    assert sheet["A4"].value is None and sheet["C4"].value is None
    assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref == "A1:V5"


def test_the_matrix_has_a_letter_and_a_colour_for_each_verdict(book):
    sheet = book["Cơ quan và nghĩa vụ"]
    assert sheet["D1"].value == "ND43-10.1.a\nNghĩa vụ a" and sheet["D1"].alignment.textRotation == 90
    row = sheet[2][3:]
    assert [c.value for c in row] == ["Đ", "P", "K", "?", "·"]
    colours = [f"#{c.fill.fgColor.rgb[2:]}" for c in row]
    assert colours == [look()["verdict"][v]["fill"] for v in VERDICTS]
    assert [c.value for c in sheet[5][3:]] == ["Đ", None, None, None, "K"]
    assert sheet.freeze_panes == "D2" and sheet.auto_filter.ref == "A1:H5"


def test_the_matrix_leads_to_the_ranking(book):
    matrix, ranking = book["Cơ quan và nghĩa vụ"], book["Xếp hạng"]
    for row in range(2, 6):
        place = matrix.cell(row, 1).hyperlink.location.rpartition("!")[2]
        assert ranking[place].row == row and ranking.cell(row, 2).value == matrix.cell(row, 1).value


def test_the_matrix_goes_over_as_many_pages_as_it_is_wide(book):
    sheet = book["Cơ quan và nghĩa vụ"]
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.scale >= 70
    assert sheet.print_title_cols == "$A:$A" and sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["D"].width > 6  # three lines of a head that stands on end


def test_a_column_that_no_row_fills_is_hidden(book):
    def hidden(book, name):
        sheet = book[name]
        wide = {c.column_letter: str(c.value).split("\n")[0] for c in sheet[1]}
        return {wide[letter] for letter, column in sheet.column_dimensions.items() if column.hidden}

    assert hidden(book, "Xếp hạng") == {"Mức", "Độ bao phủ"} and not hidden(book, "Thay đổi")
    bare = opened(a_round(ranked=(ranked("a", "A", 1, 0.5, audit="", url=""),), switches=()))
    assert {"Diễn giải", "Thay đổi hạng", "Cổng", "Mã lượt kiểm tra"} <= hidden(bare, "Xếp hạng")
    assert "Mã lượt kiểm tra" in hidden(bare, "Thay đổi") and "Điểm" not in hidden(bare, "Xếp hạng")


def test_no_command_is_asked_of_a_reader_of_sheets(book):
    said = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert not [text for text in said if "decree43 " in text or "xem sheet" in text]


def test_each_picture_begins_a_page(book):
    assert len(book["Biểu đồ"].row_breaks.brk) == 1


def test_changes_tell_better_from_what_was_not_judged(book):
    rows = [[c.value for c in row] for row in book["Thay đổi"].iter_rows(min_row=2)]
    assert rows[0][:7] == ["Tỉnh A", "ND43-10.1.a", "Nghĩa vụ a", "Tốt lên", "Không đạt", "Đạt", 3]
    assert rows[1][3:7] == ["Có lần chưa đánh giá được", "Đạt", "Chưa đánh giá được", None]
    assert rows[2][2:7] == [None, "Do bộ tiêu chí khác", "Đạt", None, -2.5]


def test_the_summary_counts(book):
    cells = [[c.value for c in row] for row in book["Tổng hợp"].iter_rows()]
    assert ["UBND tỉnh, thành phố", 3, 0.625, 0.5, 0.75] in cells
    assert ["Sở, ban, ngành", 1, 0.6, 0.6, 0.6] in cells
    assert ["Đạt", "Đ", 4, None, None] in cells and ["Không đạt", "K", 4, None, None] in cells


def test_the_charts_stand_with_their_tables(book):
    sheet = book["Biểu đồ"]
    assert len(sheet._images) == 2
    jump = next(c for row in sheet.iter_rows() for c in row if c.hyperlink)
    assert jump.hyperlink.location == "'Cơ quan và nghĩa vụ'!A1"


def test_without_an_earlier_round_and_without_changes():
    alone = opened(a_round(against=None, switches=()))
    assert alone["Thay đổi"]["A2"].value == "Không so với đợt nào."
    same = opened(a_round(switches=()))
    assert same["Thay đổi"]["A2"].value == "Không có nghĩa vụ nào thay đổi kết quả."


def test_a_published_table_has_ranks_and_no_duties():
    published = tuple(ranked(b, b, n, None, verdicts=(), audit="", url="") for n, b in enumerate("abc", 1))
    book = opened(a_round(ranked=published, duties=(), switches=()))
    assert book["Cơ quan và nghĩa vụ"].max_row == 4
    assert len(book["Biểu đồ"]._images) == 0


def test_points_beyond_one_have_a_scale_of_their_own():
    rows = tuple(ranked(str(n), f"B{n}", n, 40.0 + n) for n in range(1, 5))
    sheet = opened(a_round(ranked=rows))["Biểu đồ"]
    table = [[c.value for c in row[:3]] for row in sheet.iter_rows() if isinstance(row[0].value, int | float)]
    assert table[0][0] == 0 and table[-1][1] == 50 and sum(row[2] for row in table) == 4


def test_a_body_in_two_rankings_stands_once_in_the_matrix():
    one = ranked("a", "Tỉnh A", 1, 0.75)
    book = opened(a_round(ranked=(one, dataclasses.replace(one, profile="dti-2022"))))
    assert book["Xếp hạng"].max_row == 3 and book["Cơ quan và nghĩa vụ"].max_row == 2


def test_hostile_names_are_text():
    attack = '=HYPERLINK("http://x")\x00<&>\''
    rows = (ranked("a", attack, 1, 0.5, band=attack, change=attack, before=attack, url="javascript:x"),)
    duties = (Duty(attack, Text(attack, attack)), *DUTIES[1:])
    for sheet in opened(a_round(ranked=rows, duties=duties)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not (cell.hyperlink and cell.hyperlink.target)


def test_rows_that_come_one_by_one_give_the_same_bytes():
    data = a_round()
    again = dataclasses.replace(data, ranked=iter(tuple(data.ranked)), switches=iter(tuple(data.switches)))
    assert xlsx_round.render(data) == xlsx_round.render(again)
