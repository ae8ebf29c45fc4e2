"""Rounds and ranks as people run them: published tables, mergers, rounds of audits, and input that is wrong."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.rounds import Scored, load_shipped, make
from core.errors import Decree43Error
from core.register import Address
from storage.register import Bodies
from storage.rounds import entries
from storage.store import Store, open_store
from tests.ranking.audits import audit
from tests.ranking.register import NEW, body, keep, provinces

Run = Callable[..., str]


@pytest.fixture
def db(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'audits.db'}"


@pytest.fixture
def run(db: str) -> Run:
    """The command with this database; what it printed. Errors come through."""

    def ran(*args: str) -> str:
        result = CliRunner().invoke(app, [*args, "--db", db], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    return ran


@pytest.fixture
def store(db: str) -> Store:
    with open_store(db) as opened:
        yield opened  # type: ignore[misc]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the shipped tables, made once."""
    path = tmp_path_factory.mktemp("tables") / "audits.db"
    with open_store(f"sqlite:///{path}") as opened:
        provinces(opened)
        assert [made.bodies for made in load_shipped(opened)] == [1, 12, 7, 63]
    return path


@pytest.fixture
def published(tables: Path, tmp_path: Path, run: Run) -> Run:
    shutil.copy(tables, tmp_path / "audits.db")
    return run


def table_of(told: str) -> list[dict[str, str]]:
    """The rows of a Vietnamese CSV."""
    return list(csv.DictReader(io.StringIO(told.removeprefix("\ufeff")), delimiter=";"))


@pytest.mark.parametrize(
    ("round_id", "against", "body", "sentence"),
    [
        (
            "cntt-2017",
            "cntt-2016",
            "Lào Cai",
            "Năm 2017, Tỉnh Lào Cai xếp hạng 24 trên 63 về Trang/Cổng thông tin điện tử, "
            "tụt 14 bậc so với năm 2016 (từ hạng 10 xuống hạng 24).",
        ),
        (
            "cntt-2018",
            "cntt-2017",
            "Tuyên Quang",
            "Năm 2018, Tỉnh Tuyên Quang xếp hạng 26 trên 63 về Trang/Cổng thông tin điện tử, giá trị 0,865, "
            "tăng 23 bậc so với năm 2017 (từ hạng 49 lên hạng 26), hạng kỳ trước suy ra từ tài liệu.",
        ),
        (
            "cntt-2018",
            "cntt-2017",
            "Bắc Kạn",
            "Năm 2018, Tỉnh Bắc Kạn xếp hạng 55 trên 63 về Trang/Cổng thông tin điện tử, "
            "tăng 4 bậc so với năm 2017 (từ hạng 59 lên hạng 55).",
        ),
    ],
)
def test_the_sentences_of_the_news_come_out_of_the_tables(
    published: Run, round_id: str, against: str, body: str, sentence: str
) -> None:
    assert sentence in published("rank", round_id, "--against", against, "--body", body)


@pytest.mark.parametrize(
    ("category", "body", "words"),
    [
        ("policy", "Lào Cai", "tụt 13 bậc so với năm 2016"),
        ("infrastructure", "Lào Cai", "tăng 19 bậc so với năm 2016 (từ hạng 21 lên hạng 2)"),
        ("human_resources", "Lào Cai", "tụt 6 bậc so với năm 2016"),
    ],
)
def test_other_categories_of_the_tables(published: Run, category: str, body: str, words: str) -> None:
    shown = published("rank", "cntt-2017", "--against", "cntt-2016", "--category", category, "--body", body)
    assert words in shown


def test_the_complete_table_of_2022_with_its_tie(published: Run) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(published("rank", "dti-2022", "--category", "dti", "--format", "csv")[1:]), delimiter=";"
        )
    )
    assert len(rows) == 63
    assert [r["rank"] for r in rows[13:17]] == ["14", "15", "15", "17"]
    assert {r["mark"] for r in rows} == {"unconfirmed"}


def test_loading_twice_changes_nothing(published: Run) -> None:
    before = published("rank", "cntt-2017", "--format", "json")
    published("rounds", "load")
    assert published("rank", "cntt-2017", "--format", "json") == before


def test_ranks_after_the_merger_stand_against_the_right_predecessor(published: Run, store: Store) -> None:
    for n, (new, letters) in enumerate(zip(NEW, ("+++", "++-", "+--"), strict=True)):
        store.save(audit(f"a{n}", f"https://{new}.gov.vn/", letters))
        keep_url(store, f"new-{new}", f"https://{new}.gov.vn/")
    published("rounds", "make", "2026", "--title", "Đợt 1 năm 2026", "--day", "2026-11-30")
    shown = published("rank", "2026", "--against", "cntt-2018")
    assert "Tuyên Quang xếp hạng 2 trên 3" in shown
    assert "năm 2018: hạng 26 trên 63, khi đó là Tỉnh Tuyên Quang" in shown
    assert (
        "Thái Nguyên xếp hạng 3 trên 3 về Trang/Cổng thông tin điện tử, giá trị 0,150, chưa có trong năm 2018" in shown
    )
    assert "Số cơ quan được xếp hạng khác nhau giữa hai kỳ (63 và 3)" in shown
    assert "Hai kỳ dùng phương pháp chấm khác nhau" in shown
    assert "bậc so với" not in shown, "26 of 63 against 2 of 3 is no rise"
    of_2022 = published("rank", "2026", "--against", "dti-2022", "--category", "portal")
    assert "chưa có trong năm 2022" in of_2022
    data = json.loads(published("rank", "2026", "--against", "cntt-2018", "--format", "json"))
    change = next(r["change"] for r in data["rankings"][0]["rows"] if r["body"] == "new-tuyenquang")
    assert (change["before"]["rank"], change["before"]["of"], change["ranks"]) == (26, 63, None)
    told = list(
        csv.DictReader(
            io.StringIO(published("rank", "2026", "--against", "cntt-2018", "--format", "csv")[1:]), delimiter=";"
        )
    )
    assert {(r["of"], r["ranks_up"], r["certain"]) for r in told if r["of_before"] == "63"} == {("3", "", "")}


def keep_url(store: Store, body_id: str, url: str) -> None:
    register = Bodies(store)
    known = register.body(body_id)
    assert known is not None
    steps = [s for s in register.register().successions if body_id in (s.old, s.new)]
    register.save([dataclasses.replace(known, addresses=(Address(url),))], steps)


THIRTY = [f"b{n:02}" for n in range(30)]


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty bodies in two rounds, each judged by a line of letters that its number makes."""
    path = tmp_path_factory.mktemp("thirty") / "audits.db"
    with open_store(f"sqlite:///{path}") as opened:
        urls = {b: f"https://{b}.gov.vn/" for b in THIRTY}
        keep(opened, *(body(b, f"Sở Số {b}", "department") for b in THIRTY), urls=urls)
        for number, day in ((1, dt.date(2026, 5, 1)), (2, dt.date(2026, 11, 1))):
            for n, name in enumerate(THIRTY):
                letters = "".join("+/-+?+-+/+"[(n * (number + 2) + k * (n + number)) % 10] for k in range(10))
                url = f"https://www.{name}.gov.vn/"
                opened.save(audit(f"r{number}-{name}", url, letters, day, kind="department"))
            make(opened, f"2026-{number}", f"Đợt {number}", dt.date(2026, number * 6, 30))
    return path


@pytest.fixture
def two_rounds(thirty: Path, tmp_path: Path, run: Run) -> Run:
    shutil.copy(thirty, tmp_path / "audits.db")
    return run


def test_thirty_bodies_in_two_rounds_are_what_a_sheet_computes(two_rounds: Run, store: Store) -> None:
    """Values, bounds, ranks, ranges and changes computed here from the findings, without any of our functions."""
    told = two_rounds("rank", "2026-2", "--against", "2026-1", "--format", "csv", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO(told[1:])))
    assert len(rows) == 30
    sheets = [{b: _sheet(store, f"r{number}-{b}") for b in THIRTY} for number in (1, 2)]
    for row in rows:
        then, now = (s[row["body"]] for s in sheets)
        assert (row["value"], row["low"], row["high"]) == tuple(map(_number, now))
        others = [v for b, v in sheets[1].items() if b != row["body"]]
        assert row["rank"] == (
            "" if now[0] is None else str(1 + sum(v[0] is not None and v[0] > now[0] for v in others))
        )
        assert row["best"] == str(1 + sum(v[1] > now[2] for v in others))
        assert row["worst"] == str(1 + sum(v[2] > now[1] for v in others))
        assert row["rank_before"] == _rank(then[0], (v[0] for v in sheets[0].values()))
        if then[0] is not None and now[0] is not None:
            assert row["ranks_up"] == str(int(row["rank_before"]) - int(row["rank"]))
            assert round(float(row["value_up"]) * 1000) == now[0] - then[0]


def _rank(mine: int | None, all_of_them: Iterable[int | None]) -> str:
    return "" if mine is None else str(1 + sum(v is not None and v > mine for v in all_of_them))


def _sheet(store: Store, audit_id: str) -> tuple[int | None, int, int]:
    """Value, low and high in thousandths, half up, in whole numbers."""
    found = [(int(f.max_points * 100), f.points) for f in store.load(audit_id).findings if f.max_points]
    whole, unseen = sum(m for m, _ in found), sum(m for m, p in found if p is None)
    reached = sum(round(p * 100) for _, p in found if p is not None)

    def share(part: int, of: int) -> int:
        return (2000 * part + of) // (2 * of)

    return (
        share(reached, whole - unseen) if whole > unseen else None,
        share(reached, whole),
        share(reached + unseen, whole),
    )


def _number(thousandths: int | None) -> str:
    return "" if thousandths is None else f"{thousandths / 1000:.3f}"


def test_the_round_takes_the_newest_audit_of_each_body_up_to_its_day(two_rounds: Run, store: Store) -> None:
    data = json.loads(two_rounds("rank", "2026-1", "--format", "json"))
    assert {row["audit"][:3] for row in data["rankings"][0]["rows"]} == {"r1-"}
    assert data["rankings"][0]["group"] == "dep"
    two_rounds("rounds", "make", "named", "--audits", "r1-b00,r2-b01", "--day", "2026-12-01")
    data = json.loads(two_rounds("rank", "named", "--format", "json"))
    assert {row["audit"] for row in data["rankings"][0]["rows"]} == {"r1-b00", "r2-b01"}
    assert [line.split()[0] for line in two_rounds("rounds", "list").splitlines()] == ["2026-2", "named", "2026-1"]


def test_an_incomplete_audit_stands_only_where_there_is_no_other(store: Store, run: Run) -> None:
    keep(store, body("a", "Tỉnh A"), body("b", "Tỉnh B"), urls={"a": "https://a.gov.vn/", "b": "https://b.gov.vn/"})
    store.save(audit("a-old", "https://a.gov.vn/", "++-", dt.date(2026, 5, 1)))
    for name in "ab":
        broken = audit(f"{name}-new", f"https://{name}.gov.vn/", "???", dt.date(2026, 11, 1))
        store.save(dataclasses.replace(broken, complete=False))
    run("rounds", "make", "r", "--day", "2026-12-01")
    rows = json.loads(run("rank", "r", "--format", "json"))["rankings"][0]["rows"]
    assert [(r["audit"], r["rank"], r["best"], r["worst"]) for r in rows] == [("a-old", 1, 1, 2), ("b-new", None, 1, 2)]
    assert "Tỉnh B chưa xếp hạng được" in run("rank", "r")


def test_an_audit_of_some_rules_or_of_a_folder_never_stands_in_a_round(store: Store, db: str) -> None:
    keep(store, body("a", "Tỉnh A"), body("b", "Tỉnh B"), urls={"a": "https://a.gov.vn/", "b": "https://b.gov.vn/"})
    store.save(audit("a-whole", "https://a.gov.vn/", "++-", dt.date(2026, 5, 1)))
    store.save(audit("a-part", "https://a.gov.vn/", "+", dt.date(2026, 11, 1), skipped=("TT32-15.4", "TT32-17.1")))
    folder = audit("a-folder", "https://a.gov.vn/", "+++", dt.date(2026, 11, 2), facts={"portal.static_folder": True})
    store.save(folder, body_id="a")
    store.save(audit("b-part", "https://b.gov.vn/", "+", dt.date(2026, 11, 1), skipped=("TT32-15.4",)))
    result = CliRunner().invoke(app, ["rounds", "make", "r", "--day", "2026-12-01", "--db", db], catch_exceptions=False)
    assert "r: 1 cơ quan" in result.stdout
    assert "a-part: chỉ đánh giá một phần bộ tiêu chí, bỏ ra 2 mục" in result.stderr
    assert "a-folder: kiểm tra thư mục tệp tĩnh" in result.stderr and "b-part: " in result.stderr
    assert [e.audit for e in entries(store, "r")] == ["a-whole"]
    with pytest.raises(Decree43Error) as named:
        make(store, "s", "", dt.date(2026, 12, 1), audits=["a-part"])
    assert "a-part: chỉ đánh giá một phần" in named.value.hint


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Nowhere,province,2017,portal,1,,63,x", "row 2: cột body"),
        ("Lào Cai,province,2017,portal,,,63,x", "cột rank, value"),
        ("Lào Cai,province,17,portal,1,,63,x", "cột year"),
        ("Lào Cai,province,,portal,1,,63,x", "cột year"),
        ("Lào Cai,province,2017,portal,64,,63,x", "cột rank"),
        ("Lào Cai,province,2017,portal,0,,63,x", "cột rank"),
        ("Lào Cai,province,2017,portal,hai,,63,x", "cột rank"),
        ("Lào Cai,province,2017,portal,,cao,63,x", "cột value"),
        ("Lào Cai,tinh,2017,portal,1,,63,x", "cột kind"),
        ("Lào Cai,ministry,2017,portal,1,,63,x", "cột body"),
        ("Lào Cai,province,2017,,1,,63,x", "cột category"),
        ("Lào Cai,province,2017,portal,1,,63,x\nLào Cai,province,2017,portal,2,,63,x", "stands twice"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(published: Run, tmp_path: Path, row: str, words: str) -> None:
    before = published("rounds", "list")
    table = tmp_path / "bang.csv"
    good = "Hà Nội,province,2017,portal,5,0.9,63,x"
    table.write_text(f"body,kind,year,category,rank,value,of,source\n{row}\n{good}\n", "utf-8")
    with pytest.raises(Decree43Error, match=words):
        published("rounds", "import", str(table))
    assert published("rounds", "list") == before


def test_a_table_with_semicolons_a_mark_and_decimal_commas(published: Run, tmp_path: Path) -> None:
    table = tmp_path / "bang.csv"
    table.write_text("body;year;category;value\nHà Nội;2020;portal;0,915\nĐà Nẵng;2020;portal;0,92\n", "utf-8-sig")
    published("rounds", "import", str(table))
    shown = published("rank", "published-2020")
    assert shown.index("0,920") < shown.index("0,915")


@pytest.mark.parametrize("text", ["", "name,rank\nx,1\n", "body,year,category,colour\n", "body,year,category\n"])
def test_a_file_that_is_no_table(run: Run, tmp_path: Path, text: str) -> None:
    table = tmp_path / "bang.csv"
    table.write_text(text, "utf-8")
    with pytest.raises(Decree43Error, match=r"bang\.csv"):
        run("rounds", "import", str(table))


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["rank", "nothing"], "no round is kept"),
        (["rank", "cntt-2016", "--against", "cntt-2018"], "is later than"),
        (["rank", "cntt-2016", "--group", "xyz"], "unknown group"),
        (["rank", "cntt-2016", "--group", "min"], "there is nothing to rank"),
        (["rank", "cntt-2016", "--category", "dti"], "portal"),
        (["rank", "cntt-2016", "--profile", "laocai"], "there is nothing to rank"),
        (["rank", "cntt-2016", "--format", "pdf"], "unknown format"),
        (["rank", "cntt-2016", "--body", "Hà Nội"], "does not stand there"),
        (["rounds", "make", "mã sai"], "is no id"),
        (["rounds", "make", "cntt-2017"], "another source"),
        (["rounds", "make", "x"], "no audit can stand"),
        (["rounds", "make", "x", "--audits", "nope"], "no audit: nope"),
        (["rounds", "import", "/none.csv"], "cannot read"),
    ],
)
def test_what_cannot_be_is_one_clear_error(published: Run, args: list[str], words: str) -> None:
    with pytest.raises(Decree43Error, match=words):
        published(*args)


def test_two_audits_of_one_body_and_an_unknown_portal(two_rounds: Run, store: Store) -> None:
    with pytest.raises(Decree43Error, match="two audits of one body"):
        two_rounds("rounds", "make", "x", "--audits", "r1-b00,r2-b00")
    store.save(audit("stray", "https://stray.gov.vn/", "+++"))
    with pytest.raises(Decree43Error, match="no body of the register"):
        two_rounds("rounds", "make", "x", "--audits", "stray")


def test_several_catalogues_in_one_round_are_said(two_rounds: Run, store: Store) -> None:
    made = audit("other", "https://b00.gov.vn/", "+++", dt.date(2026, 11, 9), kind="department")
    store.save(dataclasses.replace(made, ruleset=dataclasses.replace(made.ruleset, id="nd42-2022", sha256="6d" * 32)))
    two_rounds("rounds", "make", "mixed", "--day", "2026-12-01")
    shown = two_rounds("rank", "mixed", "--against", "2026-1")
    assert "nhiều bộ tiêu chí khác nhau (nd42-2022, nd43-2011)" in shown
    assert "thay đổi có thể do bộ tiêu chí" in shown
    assert "nhiều bộ tiêu chí" not in two_rounds("rank", "2026-2")


def test_a_round_by_a_further_profile_in_points(two_rounds: Run, store: Store) -> None:
    """Half points are printed as they are, and bodies the profile does not score are left out."""

    def scored(audit_id: str, body_id: str) -> Scored | None:
        number = int(body_id[1:])
        value = 95.0 - number / 2
        return None if number >= 4 else Scored("component-points", value, value, value + 1)

    make(store, "points", "Đợt điểm", dt.date(2026, 12, 30), scorers=[scored])
    shown = two_rounds("rank", "points", "--profile", "component-points")
    lines = [line for line in shown.splitlines() if " Sở Số b" in line and "xếp hạng" not in line]
    assert [line.split()[:2] for line in lines] == [["1", "1–2"], ["2", "1–3"], ["3", "1–4"], ["4", "2–4"]]
    assert "94,5" in lines[1] and "94,5–95,5" in lines[1] and "95,0" in lines[0]
    assert "0," in two_rounds("rank", "points"), "without a profile the index of the contract is ranked"


def test_a_round_scored_by_a_shipped_profile(two_rounds: Run) -> None:
    two_rounds("rounds", "make", "lc", "--day", "2026-12-30", "--profile", "laocai-4526")
    ranking = json.loads(two_rounds("rank", "lc", "--profile", "laocai-4526", "--format", "json"))["rankings"][0]
    assert len(ranking["rows"]) == 30
    assert all(0 <= row["low"] <= row["high"] <= 100 for row in ranking["rows"])
    with pytest.raises(Decree43Error, match="no profile: nothing"):
        two_rounds("rounds", "make", "lc", "--profile", "nothing")


def test_rank_and_value_each_say_whether_their_change_is_sure(store: Store, run: Run) -> None:
    """A stays first for sure and falls for sure; of B neither the rank nor the value can be told."""
    keep(store, *(body(b, f"Tỉnh {b.upper()}") for b in "abc"), urls={b: f"https://{b}.gov.vn/" for b in "abc"})
    for number, lines in enumerate(
        (("+++++++++?", "+-?-??????", "+----?????"), ("++++++++--", "+-?-??????", "--/--?????"))
    ):
        for name, letters in zip("abc", lines, strict=True):
            day = dt.date(2026, 5 + number, 1)
            store.save(audit(f"{name}-{number}", f"https://{name}.gov.vn/", letters, day), body_id=name)
        run("rounds", "make", f"dot-{number}", "--title", f"Đợt {number}", "--day", f"2026-0{5 + number}-28")
    shown = run("rank", "dot-1", "--against", "dot-0")
    of_a, of_b = (next(line for line in shown.splitlines() if f"Tỉnh {n} xếp hạng" in line) for n in "AB")
    assert "giữ nguyên hạng so với Đợt 0, giá trị giảm" in of_a and "chưa chắc" not in of_a
    hedged = (
        "giữ nguyên hạng so với Đợt 0, chưa chắc vì khoảng hạng của hai kỳ giao nhau, giá trị không đổi, chưa chắc vì"
    )
    assert hedged in of_b
    table = [line for line in shown.splitlines() if line.startswith(("1 ", "2 "))]
    assert table[0].rstrip().endswith("−0,123") and "chưa chắc" not in table[0]
    assert table[1].count("(chưa chắc)") == 2
    told = run("rank", "dot-1", "--against", "dot-0", "--format", "csv")
    first = table_of(told)[0]
    assert (first["value"], first["value_before"], first["value_up"]) == ("0,877", "1,000", "-0,123")
    assert (first["certain"], first["value_certain"]) == ("True", "True")
    keep(store, body("so", "Sở D", "department"), urls={"so": "https://so.gov.vn/"})
    store.save(audit("so", "https://so.gov.vn/", "++", dt.date(2026, 6, 1), kind="department"), body_id="so")
    run("rounds", "make", "hai-nhom", "--day", "2026-06-28")
    assert run("rank", "hai-nhom").count("* Khoảng hạng:") == 1, "a note of all groups stands once"
    of_itself = run("rank", "dot-1", "--against", "dot-1")
    assert "giá trị không đổi." in of_itself, "one audit cannot differ from itself"
