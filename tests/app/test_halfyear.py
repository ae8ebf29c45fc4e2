"""The half-year report from the database: sums, comparisons, sentences chosen by the data, gaps for the unknown."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from app.cli.halfyear import halfyear as command
from app.halfyear import halfyear, render
from app.halfyear_figures import half_year, joined, values
from core.bodies import BodyKind
from core.errors import UsageError
from core.figures import Figure
from core.register import Body, Named, Succession
from reports.halfyear import facts
from reports.halfyear.model import News, Pair
from reports.halfyear.report import choose, data, fill
from reports.paper import GAP
from storage import figures as kept
from storage.register import Bodies
from storage.store import Store, open_store
from tests import halfyear_sample as sample

HEADS = ["I. ĐÁNH GIÁ CHUNG", "1. Ưu điểm", "2. Một số tồn tại, hạn chế và nguyên nhân", "II. KẾT QUẢ HOẠT ĐỘNG",
         "1. Hệ thống dịch vụ công trực tuyến", "1.1. Chuyên mục Hỏi - Đáp", "1.2. Sử dụng dịch vụ công trực tuyến",
         "2. Cung cấp thông tin trên cổng TTĐT của tỉnh và trang mạng xã hội", "2.1. Cổng TTĐT của tỉnh",
         "2.2. Trang mạng xã hội của tỉnh", "3. Hoạt động của các cổng TTĐT thành phần",
         "III. NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2026"]  # fmt: skip


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with open_store(database) as store:
        sample.fill(store)
        yield store


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Store]:
    """A province of which nothing is known."""
    with open_store(f"sqlite:///{tmp_path / 'bare.db'}") as store:
        Bodies(store).save([Body("p", BodyKind.PROVINCE, (Named("Tỉnh Trống"),))])
        yield store


def document(given):
    return Document(io.BytesIO(render(given, "docx")))


def words(given) -> str:
    return "\n".join(p.text for p in document(given).paragraphs)


def table(given, number: int) -> list[list[str]]:
    """An appendix's table as rows of words."""
    return [[cell.text for cell in row.cells] for row in document(given).tables[1 + number].rows]


def test_the_report_of_a_province_with_its_sentences(store: Store) -> None:
    given = halfyear(store, "Tỉnh Mẫu", 2026, 1, "laocai-4526")
    made = document(given)
    assert [p.text for p in made.paragraphs if p.style.name.startswith("Heading")][: len(HEADS)] == HEADS
    text = words(given)
    for sentence in (
        "đã cung cấp 3.214 tin, bài, bộ thông tin CSDL, giảm 421 tin, bài so với cùng kỳ năm 2025 (tính trên 04",
        "nhận được 94 câu hỏi đủ điều kiện trả lời, tăng 11 câu so với cùng kỳ năm 2025.",
        "Đã trả lời 90/94 câu, đạt 95,7%; chờ trả lời 4/94 câu, chiếm 4,3%.",
        "đã tiếp nhận 3.345 hồ sơ (kể cả tồn đầu kỳ), giảm 55 hồ sơ so với cùng kỳ năm 2025.",
        "Đã giải quyết 3.215/3.345 hồ sơ, đạt 96,1%; trong đó trước hạn và đúng hạn 2.910 hồ sơ, đạt 87%",
        "Có 01 cơ quan giải quyết trễ hạn trên 20% số hồ sơ: Sở Y tế.",
        "Có 01 cổng TTĐT thành phần không cập nhật tin, bài, thông tin CSDL nào trong kỳ: Ban Tổ chức Tỉnh ủy.",
        "hạng 7 trên 34",
        "2.600.000 lượt, tăng 246.000 lượt so với cùng kỳ năm 2025; lũy kế 50.769.872 lượt.",
        "chỉ số ước tính 0,686 trên thang điểm 1, tăng 0,086 so với cùng kỳ năm 2025",
        "02/03 cơ quan đạt mức Tốt (trong đó 01 cơ quan không nhận được câu hỏi nào, tính điểm theo bộ tiêu chí); điểm",
        "01/03 cơ quan đạt điểm cao nhất là 27 điểm.",
        "(trong kỳ là 1.700/3.250 hồ sơ mới tiếp nhận, đạt 52,3%)",
        "Nguyên nhân: [… điền nguyên nhân khách quan, chủ quan …]",
    ):
        assert sentence in text
    assert made.tables[0].rows[0].cells[0].text.split("\n")[:2] == ["ỦY BAN NHÂN DÂN", "TỈNH MẪU"]


def test_the_appendices_compare_each_body_with_last_year(store: Store) -> None:
    given = halfyear(store, sample.PROVINCE, 2026, 1, "laocai-4526")
    questions, services, information = (table(given, n) for n in (1, 2, 3))
    assert questions[1] == ["1", "Sở Giáo dục và Đào tạo", "54", "50", "+4", "54", "100%", "0", "54", "0", "17", "Tốt"]
    assert questions[-1][1:7] == ["TỔNG CỘNG", "94", "83", "+11", "90", "95,7%"]
    assert services[1][1:] == ["Sở Giáo dục và Đào tạo", "2.345", "2.500", "-155", "1.300", "1.000", "45", "2.300",
                               "98,1%", "5", "40", "27"]  # fmt: skip
    rows = {row[1]: row[2:] for row in information}
    assert rows["Sở Y tế"][:4] == ["512", "400", "+112", "0,686"]
    assert rows["Xã Lá Xanh"][:3] == ["75", "[… …]", "–"]
    assert rows["Ban Tổ chức Tỉnh ủy"][-1] == "Không cập nhật trong kỳ"
    assert rows["Sở Ngoại vụ"][-1] == "Chưa có số liệu"
    assert rows["TỔNG CỘNG"][:3] == ["1.227", "1.052", "+100 (*)"]


def test_the_change_of_a_total_is_that_of_the_bodies_known_in_both_periods(store: Store) -> None:
    given = halfyear(store, sample.PROVINCE, 2026, 1)
    text = words(given)
    assert "1.227 tin, bài, bộ thông tin CSDL, tăng 100 tin, bài so với cùng kỳ năm 2025 (tính trên 03 cơ quan" in text
    assert "dòng tổng cộng tính trên 03 cơ quan có số liệu của cả hai kỳ: 1.152 so với 1.052." in text
    assert "tăng 11 câu so với cùng kỳ năm 2025." in text, "the same bodies in both periods: nothing to say"
    gone = Figure("xa-la", "questions_received", *sample.LAST, 7)
    kept.save(store, [gone], ())
    assert halfyear(store, sample.PROVINCE, 2026, 1).totals["questions_received"].change == 11


def test_points_without_demand_are_marked_and_the_profile_says_why(store: Store) -> None:
    given = halfyear(store, sample.PROVINCE, 2026, 1, "laocai-4526")
    questions, services = table(given, 1), table(given, 2)
    assert {row[1]: row[10] for row in questions[1:-1]} == {
        "Sở Giáo dục và Đào tạo": "17", "Sở Ngoại vụ": "15 (**)", "Sở Y tế": "14",
        "Xã Lá Xanh": "[… …]"}  # fmt: skip
    assert [row[-1] for row in services[1:-1] if row[1] == "Sở Ngoại vụ"] == ["25 (**)"]
    text = words(given)
    assert (
        "(**) Không phát sinh trong kỳ nhưng vẫn có điểm, theo bộ tiêu chí: Không nhận được câu hỏi nào: 15 điểm"
        in text
    )
    assert "(**)" not in words(halfyear(store, sample.PROVINCE, 2026, 1))


def test_every_body_has_a_row_to_fill_also_where_nothing_is_known(bare: Store) -> None:
    kinds = {"so": BodyKind.DEPARTMENT, "xa": BodyKind.COMMUNE, "dang": BodyKind.PARTY, "khac": BodyKind.DEPARTMENT}
    Bodies(bare).save([Body(id, kind, (Named(f"Cơ quan {id}"),), parent="p") for id, kind in kinds.items()])
    kept.save(bare, [Figure("khac", "takes_part", *sample.NOW, 0, "services")], ())
    given = halfyear(bare, "p", 2026, 1)
    questions, services = table(given, 1), table(given, 2)
    assert [row[1] for row in questions[1:]] == ["Cơ quan khac", "Cơ quan so", "Cơ quan xa", "TỔNG CỘNG"]
    assert [row[1] for row in services[1:]] == ["Cơ quan so", "Cơ quan xa", "TỔNG CỘNG"]
    assert questions[2] == ["2", "Cơ quan so", "[… …]", "[… …]", "–", *["[… …]"] * 7]
    assert services[1][2] == "[… …]"


def test_a_total_says_of_how_many_bodies_it_is(store: Store) -> None:
    given = halfyear(store, sample.PROVINCE, 2026, 1)
    assert [row[1] for row in table(given, 1)[1:-1]][-1] == "Xã Lá Xanh"
    assert words(given).count("TỔNG CỘNG là của 3/4 cơ quan đã có số liệu.") == 2


@pytest.mark.parametrize(
    ("change", "share"),
    [
        ({"dossiers_at_desk": None}, "1.700/3.250 hồ sơ mới tiếp nhận, đạt 52,3%"),  # of all without those carried over
        ({"dossiers_at_desk": None, "dossiers_carried_over": None}, ""),
        ({"dossiers_online": None}, ""),
    ],
)
def test_the_share_received_online_is_of_those_received_in_the_period(bare: Store, change, share) -> None:
    Bodies(bare).save([Body(b, k, (Named(n),), parent=above) for b, k, n, above in sample.BODIES])
    given = [f for f in sample.figures() if f.body != "so-y-te" or f.name not in change]
    kept.save(bare, given, ())
    text = words(halfyear(bare, sample.PROVINCE, 2026, 1))
    assert (share in text) if share else ("3. Nâng tỷ lệ hồ sơ tiếp nhận trực tuyến; giải quyết" in text)


def test_without_a_profile_the_points_are_gaps(store: Store) -> None:
    given = halfyear(store, sample.PROVINCE, 2026, 1)
    assert {row[10] for row in table(given, 1)[1:-1]} == {"[… …]"}
    assert "Kết quả chấm điểm: [… điền kết quả chấm điểm …]." in words(given)


def test_of_a_province_nobody_knows_anything_no_number_is_invented(bare: Store) -> None:
    given = halfyear(bare, "p", 2026, 2)
    made = document(given)
    assert "6 tháng cuối năm 2026, nhiệm vụ trọng tâm 6 tháng đầu năm 2027" in words(given)
    body = " ".join(p.text for p in made.paragraphs)
    body = re.sub(
        r"\d\d/\d\d/\d{4}|6 tháng|6 THÁNG|(?:năm|NĂM) \d{4}|Phụ lục \d\d|\d\.\d\.|^\d\.", "", GAP.sub("", body)
    )
    assert not re.findall(r"\d{2,}|\d%", body)
    assert len(GAP.findall(" ".join(p.text for p in made.paragraphs))) > 15
    assert all(len(t.rows) > 1 for t in made.tables[2:])


def test_sums_are_not_compared_where_a_body_has_no_figure_of_last_year(store: Store) -> None:
    late = Figure("so-ngoai-vu", "news_items", *sample.NOW, 3)
    kept.save(store, [late], ())
    given = halfyear(store, sample.PROVINCE, 2026, 1)
    assert given.news_members == Pair(Fraction(1230), None)
    assert "1.230 tin, bài, bộ thông tin CSDL, [… điền so sánh với cùng kỳ năm 2025 …]." in words(given)


def test_a_total_of_the_province_that_is_not_the_sum_is_told(store: Store) -> None:
    kept.save(store, [Figure(sample.PROVINCE, "questions_received", *sample.NOW, 100)], ())
    given = halfyear(store, sample.PROVINCE, 2026, 1)
    assert given.totals["questions_received"].now == 94
    assert "tỉnh báo cáo 100, cộng các cơ quan 94 [… kiểm tra và sửa số liệu …]" in words(given)


def test_a_merged_province_is_compared_with_what_it_was_merged_from(bare: Store) -> None:
    day = dt.date(2025, 7, 1)
    before = dt.date(2025, 6, 30)
    old = [Body(n, BodyKind.PROVINCE, (Named(f"Tỉnh {n}"),), valid_to=before) for n in ("a", "b")]
    new = Body("ab", BodyKind.PROVINCE, (Named("Tỉnh AB"),), valid_from=day)
    Bodies(bare).save([*old, new], [Succession("a", "ab", day, True), Succession("b", "ab", day)])
    now = Figure("ab", "visits", *sample.NOW, 500)
    kept.save(bare, [now, Figure("a", "visits", *sample.LAST, 200)], ())
    assert halfyear(bare, "ab", 2026, 1).office.figures["visits"] == Pair(Fraction(500), None)
    kept.save(bare, [Figure("b", "visits", *sample.LAST, 100)], ())
    given = halfyear(bare, "ab", 2026, 1)
    assert given.office.figures["visits"] == Pair(Fraction(500), Fraction(300))
    assert given.office.merged


def test_the_spread_of_many_portals_is_drawn(store: Store) -> None:
    assert not document(halfyear(store, sample.PROVINCE, 2026, 1)).inline_shapes
    for number, body in enumerate(("so-ngoai-vu", "dang", "xa-la")):
        store.save(sample.audit(f"more-{number}", body, dt.date(2026, 6, 22)), body_id=body)
    given = halfyear(store, sample.PROVINCE, 2026, 1)
    assert len(document(given).inline_shapes) == 1
    assert render(given, "pdf").startswith(b"%PDF")


def test_an_audit_long_after_the_half_year_does_not_speak_of_it(store: Store) -> None:
    assert halfyear(store, sample.PROVINCE, 2024, 1).office.judged is None
    assert halfyear(store, sample.PROVINCE, 2026, 1).office.judged is not None


def test_the_same_data_gives_the_same_bytes_and_the_pdf_says_the_same(store: Store) -> None:
    given = halfyear(store, sample.PROVINCE, 2026, 1, "laocai-4526")
    assert render(given, "docx") == render(halfyear(store, sample.PROVINCE, 2026, 1, "laocai-4526"), "docx")
    assert render(given, "pdf") == render(given, "pdf")
    pages = PdfReader(io.BytesIO(render(given, "pdf"))).pages
    text = re.sub(r"\s+", "", " ".join(page.extract_text() for page in pages))
    for head in (*HEADS, "Phụ lục 01", "Phụ lục 03", "CUNG CẤP THÔNG TIN CỦA CÁC CỔNG TTĐT THÀNH PHẦN"):
        assert re.sub(r"\s+", "", head) in text


def test_hostile_names_stay_text(bare: Store) -> None:
    bad = "<b>Sở</b> & \x1b[31m \u202e{province} [… điền …]"
    Bodies(bare).save([Body("x", BodyKind.DEPARTMENT, (Named(bad),), parent="p")])
    kept.save(bare, [Figure("x", "questions_received", *sample.NOW, 4), Figure("x", "news_items", *sample.NOW, 1)], ())
    given = halfyear(bare, "p", 2026, 1)
    assert "<b>Sở</b> &" in words(given) and "\u202e" not in words(given)
    assert render(given, "pdf").startswith(b"%PDF")


def figure(name: str, begins: tuple[int, int], ends: tuple[int, int], value: float, part: str = "") -> Figure:
    return Figure("a", name, dt.date(2026, *begins), dt.date(2026, *ends), value, part)


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("visits", [((1, 1), (3, 31), 5), ((4, 1), (6, 30), 7)], 12),
        ("visits", [((1, 1), (3, 31), 5), ((4, 1), (6, 29), 7)], None),
        ("visits", [((1, 1), (6, 30), 9), ((1, 1), (3, 31), 5)], 9),
        ("visits", [((1, 1), (1, 31), 1), ((1, 1), (3, 31), 5), ((2, 1), (3, 31), 2), ((4, 1), (6, 30), 7)], 12),
        ("questions_waiting", [((1, 1), (3, 31), 5), ((4, 1), (6, 30), 7)], 7),
        ("questions_busiest_month", [((1, 1), (3, 31), 9), ((4, 1), (6, 30), 7)], 9),
        ("dossiers_received", [((1, 1), (3, 31), 5), ((4, 1), (6, 30), 7)], None),
        ("visits", [((1, 1), (12, 31), 5)], None),
    ],
)
def test_shorter_periods_are_put_together_where_that_makes_sense(name, given, expected) -> None:
    found = joined([figure(name, b, e, v) for b, e, v in given], *half_year(2026, 1))
    assert [f.value for f in found] == ([] if expected is None else [expected])


def test_parts_are_summed_unless_the_whole_was_given() -> None:
    days = ((1, 1), (6, 30))
    levels = [figure("dossiers_received", *days, 3, "3"), figure("dossiers_received", *days, 4, "4")]
    assert values(levels) == {"dossiers_received": 7}
    assert values([*levels, figure("dossiers_received", *days, 9)]) == {"dossiers_received": 9}


def test_the_first_sentence_that_can_be_said_is_chosen() -> None:
    known = {"a": facts.Value("3", Fraction(3)), "b": facts.Value("chữ")}
    options = [{"vi": "{c}"}, {"vi": "{a}", "when": ["a > 3"]}, {"vi": "{a} {b}", "when": ["a >= 3", "a < 4"]}]
    assert choose(options, known) == options[2]
    assert fill("{a} {b}", known) == "3 chữ"
    assert choose([{"vi": "x", "when": ["b > 0"]}, {"vi": "x", "when": ["c = 0"]}], known) is None
    with pytest.raises(ValueError, match="no condition"):
        choose([{"vi": "x", "when": ["a ~ 3"]}], known)


def test_every_sentence_of_the_file_can_be_read() -> None:
    for item in data()["body"]:
        assert set(item) in ({"head", "level"}, {"say"}, {"conflicts"})
        for sentence in item.get("say", ()):
            assert set(sentence) <= {"vi", "when", "style", "italic"}
            choose([sentence | {"vi": ""}], {})


def test_the_command_writes_both_files_and_refuses_what_it_cannot(
    store: Store, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "bao-cao.docx"
    command(body="Tỉnh Mẫu", year=2026, half=1, out=out, pdf=True, profile="laocai-4526", db=database)
    assert capsys.readouterr().out.split() == [str(out), str(out.with_suffix(".pdf"))]
    assert out.read_bytes().startswith(b"PK") and out.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(UsageError, match="is not in the register"):
        command(body="Tỉnh Khác", year=2026, half=1, out=out, overwrite=True, db=database)
    with pytest.raises(UsageError, match=r"Sở Y tế là Cơ quan chuyên môn.*chỉ lập cho tỉnh, thành phố") as refused:
        command(body="Sở Y tế", year=2026, half=1, out=tmp_path / "other" / "a.docx", db=database)
    assert refused.value.hint == "--body tinh-mau (Tỉnh Mẫu)" and not (tmp_path / "other").exists()
    with pytest.raises(UsageError, match=r"is no \.docx file"):
        command(body="Tỉnh Mẫu", year=2026, half=1, out=tmp_path / "a.odt", db=database)


def test_an_empty_register_names_what_fills_it_and_no_folder_is_left(tmp_path: Path) -> None:
    out, empty = tmp_path / "new" / "bao-cao.docx", f"sqlite:///{tmp_path / 'empty.db'}"
    open_store(empty).close()
    with pytest.raises(UsageError) as refused:
        command(body="Lào Cai", year=2026, half=1, out=out, db=empty)
    assert "decree43 bodies load" in refused.value.hint and not out.parent.exists()


#: Lào Cai's half-year report of 2021: what its own sums say, added up here by the program.
LAO_CAI = (
    ("tinh", BodyKind.PROVINCE, 1987),
    ("dang", BodyKind.PARTY, 2653),
    ("so", BodyKind.DEPARTMENT, 7890),
    ("huyen", BodyKind.DISTRICT, 2873),
    ("xa", BodyKind.COMMUNE, 1494),
)


def test_the_sums_of_a_real_report_come_out(tmp_path: Path) -> None:
    begins, ends = dt.date(2021, 1, 1), dt.date(2021, 6, 30)
    with open_store(f"sqlite:///{tmp_path / 'lao-cai.db'}") as store:
        Bodies(store).save(
            [
                Body(id, kind, (Named(f"Cơ quan {id}"),), parent=None if id == "tinh" else "tinh")
                for id, kind, _ in LAO_CAI
            ]
        )
        found = [Figure(id, "news_items", begins, ends, news) for id, _, news in LAO_CAI]
        answers = {"questions_received": 292, "questions_answered": 260, "questions_waiting": 32}
        dossiers = {"dossiers_received": 109103, "dossiers_on_time": 93853, "dossiers_late": 9274,
                    "dossiers_pending": 5976, "dossiers_online": 32815, "dossiers_at_desk": 70464,
                    "dossiers_carried_over": 5824}  # fmt: skip
        found += [Figure("so", name, begins, ends, value) for name, value in (answers | dossiers).items()]
        kept.save(store, found, ())
        told = words(halfyear(store, "tinh", 2021, 1, "laocai-4526", "decree43"))
    # 1.987 + 14.910 = 16.897; 2.653 + 7.890 + 2.873 + 1.494 = 14.910; 260/292, 32/292; 93.853, 9.274, 5.976 of 109.103
    for said in (
        "16.897 tin",
        "14.910 tin",
        "1.987 tin",
        "260/292",
        "89%",
        "11%",
        "103.127/109.103",
        "94,5%",
        "8,5%",
        "5,5%",
    ):
        assert said in told, said


def test_what_was_only_counted_on_the_portals_says_so() -> None:
    told, some = facts.number(1234), Pair(Fraction(1234))
    assert facts.of_audits(told, News(some)) == told and facts.of_audits(told) == told
    assert facts.of_audits(told, News(some, counted=True)).text == "1.234 (đếm trên cổng)"
    assert facts.of_audits(told, News(some, counted=True, least=True)).text == "ít nhất 1.234 (đếm trên cổng)"
    mixed = facts.of_audits(told, News(some), None, News(some, counted=True, least=True))
    assert mixed.text == "ít nhất 1.234 (đếm một phần trên cổng)" and mixed.number == 1234
