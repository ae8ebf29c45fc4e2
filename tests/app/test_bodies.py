"""The register as people use it: what is shipped, CSV in and out, mergers, and every bad row named."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from app import register, register_csv
from app.register_export import export_file
from app.register_import import import_file
from core.bodies import BodyKind
from core.errors import UsageError
from core.register import Address, Body, Named, Register
from core.register_check import problems
from storage.register import Bodies
from storage.store import open_store
from tests.app.test_cli import run

DAY = dt.date
TODAY = DAY(2026, 11, 22)
BEFORE, SINCE = DAY(2025, 6, 30), DAY(2025, 7, 1)


@pytest.fixture
def store():
    with open_store("sqlite://") as opened:
        yield opened


@pytest.fixture
def file(tmp_path):
    def written(text, encoding="utf-8-sig"):
        path = tmp_path / "co-quan.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return written


# What is shipped


def shipped():
    data = register.shipped()
    return Register({body.id: body for body in data.bodies}, data.successions)


def test_the_shipped_register_is_sound():
    data = register.shipped()
    assert not problems(data.bodies, data.successions)
    assert {name for name, _ in data.unconfirmed} <= {body.id for body in data.bodies}


@pytest.mark.parametrize(
    ("kind", "day", "count"),
    [
        (BodyKind.PROVINCE, BEFORE, 63),
        (BodyKind.PROVINCE, SINCE, 34),
        (BodyKind.MINISTRY, DAY(2025, 2, 28), 22),
        (BodyKind.MINISTRY, DAY(2025, 3, 1), 17),
        (BodyKind.GOVERNMENT_AGENCY, DAY(2025, 2, 28), 8),
        (BodyKind.GOVERNMENT_AGENCY, DAY(2025, 3, 1), 5),
    ],
)
def test_how_many_there_were(kind, day, count):
    assert len(shipped().at(day, [kind])) == count


def test_every_province_goes_on_in_one_of_the_34():
    data = shipped()
    after = {body.id for body in data.at(SINCE, [BodyKind.PROVINCE])}
    went = {body.id: data.successor(body.id, SINCE) for body in data.at(BEFORE, [BodyKind.PROVINCE])}
    assert {body.id for body in went.values()} == after


def test_every_new_province_is_compared_with_the_one_of_its_name():
    data = shipped()
    for body in data.at(SINCE, [BodyKind.PROVINCE]):
        first, *others = data.predecessors(body.id, BEFORE)
        assert first.main and not any(other.main for other in others)
        assert first.body.id == body.id.removesuffix("-2025")
        assert body.url_on(SINCE) == first.body.url_on(BEFORE)


@pytest.mark.parametrize(
    ("new", "main", "others"),
    [
        ("lao-cai-2025", "lao-cai", ["yen-bai"]),
        ("tuyen-quang-2025", "tuyen-quang", ["ha-giang"]),
        ("thai-nguyen-2025", "thai-nguyen", ["bac-kan"]),
        ("ho-chi-minh-2025", "ho-chi-minh", ["ba-ria-vung-tau", "binh-duong"]),
        ("gia-lai-2025", "gia-lai", ["binh-dinh"]),
        ("hue", "hue", []),
        ("bo-tai-chinh-2025", "bo-tai-chinh", ["bao-hiem-xa-hoi-viet-nam", "bo-ke-hoach-va-dau-tu"]),
        ("bo-dan-toc-va-ton-giao", "uy-ban-dan-toc", []),
    ],
)
def test_what_the_merged_were_in_2018(new, main, others):
    first, *rest = shipped().predecessors(new, DAY(2018, 12, 31))
    assert (first.body.id, first.main, [f.body.id for f in rest]) == (main, True, others)


def test_seats_of_merged_provinces():
    data = shipped()
    assert data.bodies["lao-cai-2025"].seat == "Yên Bái" and data.bodies["gia-lai-2025"].seat == "Bình Định"
    assert all(bool(b.seat) == b.id.endswith("-2025") for b in data.at(SINCE, [BodyKind.PROVINCE]))


def test_the_register_is_loaded_on_first_need(store):
    assert register.body_of(store, "https://www.laocai.gov.vn/x", DAY(2020, 1, 1)) == "lao-cai"
    assert register.body_of(store, "https://laocai.gov.vn/", TODAY) == "lao-cai-2025"
    assert register.body_of(store, "https://sokhcn.laocai.gov.vn/", TODAY) is None


def test_loading_leaves_what_people_changed(store):
    bodies = register.bodies_of(store)
    hanoi = bodies.body("ha-noi")
    changed = Body(hanoi.id, hanoi.kind, hanoi.names, (Address("https://moi.hanoi.gov.vn"),), code=hanoi.code)
    bodies.save([changed])
    assert register.load(store).differ == ("ha-noi",)
    assert bodies.body("ha-noi") == changed
    done = register.load(store, overwrite=True)
    assert (done.saved.changed, done.differ) == (("ha-noi",), ())
    assert bodies.body("ha-noi") == hanoi


# CSV


@pytest.mark.parametrize(("lang", "delimiter"), [("vi", ","), ("en", ","), ("vi", ";")])
def test_a_round_trip_changes_nothing(store, tmp_path, lang, delimiter):
    kept = register.bodies_of(store)
    odd = Body(
        "la",
        BodyKind.OTHER,
        (Named('=Tên, “lạ”; "kép"', None, DAY(2020, 2, 29)), Named("-Sau [cũ]", DAY(2020, 3, 1))),
        (Address("https://la.gov.vn/a?b=1", DAY(2011, 10, 1)),),
        "ha-noi",
        "@1",
        aliases=("'=x", "''y", "+z"),
        seat="'quoted",
    )
    kept.save([odd, Body("la-2", BodyKind.COMMUNE, (Named("Xã"),))])
    out = tmp_path / "ra.csv"
    everybody = list(kept.register().bodies.values())
    export_file(kept, everybody, out, lang, delimiter)
    done = import_file(store, out, TODAY)
    assert (done.saved.added, done.saved.changed, done.saved.unchanged) == ((), (), len(everybody))
    with open_store("sqlite://") as other:
        import_file(other, out, TODAY)
        assert Bodies(other).register() == kept.register()


def test_the_csv_is_for_excel(store, tmp_path):
    kept = register.bodies_of(store)
    kept.save([Body("x", BodyKind.OTHER, (Named("=1+1"),))])
    export_file(kept, [kept.body("x"), kept.body("hue")], tmp_path / "ra.csv")
    data = (tmp_path / "ra.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0]["Tên"] == "'=1+1"
    assert rows[1]["Tên"] == "Tỉnh Thừa Thiên Huế [..31/12/2024] | Thành phố Huế [01/01/2025..]"


COMPONENTS = """Tên,Loại,Cơ quan cấp trên,Địa chỉ cổng
Sở Khoa học và Công nghệ,Sở,Tỉnh Lào Cai,https://sokhcn.laocai.gov.vn
"Sở Văn hóa, Thể thao và Du lịch",Sở,15,svhttdl.laocai.gov.vn
UBND phường Sa Pa,Phường,lao-cai-2025,https://sapa.laocai.gov.vn
"""


def test_components_of_a_province(store, file):
    done = import_file(store, file(COMPONENTS), TODAY)
    assert done.saved.added == (
        "so-khoa-hoc-cong-nghe-lao-cai-2025",
        "so-van-hoa-the-thao-du-lich-lao-cai-2025",
        "phuong-sa-pa-lao-cai-2025",
    )
    kept = register.bodies_of(store)
    assert {body.parent for body in kept.children("lao-cai-2025")} == {"lao-cai-2025"}
    assert kept.whose("https://svhttdl.laocai.gov.vn/", TODAY).kind is BodyKind.DEPARTMENT
    assert import_file(store, file(COMPONENTS), TODAY).saved.unchanged == 3


def test_another_way_of_writing_is_the_same_component(store, file):
    import_file(store, file(COMPONENTS), TODAY)
    again = "Đơn vị;Loại;Trực thuộc;Website\nSở KH&CN;sở;UBND tỉnh Lào Cai;https://khcn.laocai.gov.vn\n"
    done = import_file(store, file(again, "utf-8"), TODAY)
    assert done.saved.changed == ("so-khoa-hoc-cong-nghe-lao-cai-2025",) and not done.saved.added
    body = register.bodies_of(store).body("so-khoa-hoc-cong-nghe-lao-cai-2025")
    assert (body.name, body.addresses[0].url) == ("Sở KH&CN", "https://khcn.laocai.gov.vn")


def test_english_heads_and_columns_that_are_not_there(store, file):
    done = import_file(store, file("id,address,remark\nha-noi,https://moi.hanoi.gov.vn,x\n"), TODAY)
    assert (done.saved.changed, done.ignored) == (("ha-noi",), ("remark",))
    body = register.bodies_of(store).body("ha-noi")
    assert (body.name, body.code, body.addresses[0].url) == ("Thành phố Hà Nội", "01", "https://moi.hanoi.gov.vn")


def test_the_nought_that_spreadsheets_eat(store, file):
    assert import_file(store, file("Mã,Mã số\nha-noi,1\n"), TODAY).saved.unchanged == 1


def test_a_child_may_come_before_its_parent(store, file):
    rows = "name,kind,parent\nPhòng X,other,Sở Y\nSở Y,department,Lào Cai\n"
    done = import_file(store, file(rows), TODAY)
    assert done.saved.added == ("phong-x-so-y-lao-cai-2025", "so-y-lao-cai-2025")


def test_a_merger_by_csv(store, file):
    rows = (
        "Mã,Tên,Loại,Từ ngày,Đến ngày,Hợp nhất vào,Được kế tục\n"
        "so-a,Sở A,Sở,,28/02/2025,so-ab,x\nso-b,Sở B,Sở,,2025-02-28,Sở A và B,\nso-ab,Sở A và B,Sở,1/3/2025,,,\n"
    )
    import_file(store, file(rows), TODAY)
    found = register.bodies_of(store).register().predecessors("so-ab", DAY(2024, 1, 1))
    assert [(f.body.id, f.main) for f in found] == [("so-a", True), ("so-b", False)]


HEADS = "Mã,Tên,Loại,Cơ quan cấp trên,Địa chỉ,Mã số,Từ ngày,Đến ngày,Hợp nhất vào,Được kế tục\n"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,A,Sở,khong-co,,,,,,", "dòng 2, cột “Cơ quan cấp trên”: không có cơ quan 'khong-co' ngày 22/11/2026"),
        ("a,A,Sở,Sở Nội vụ,,,,,,", "dòng 2, cột “Cơ quan cấp trên”: 'Sở Nội vụ' có thể là n-1, n-2"),
        ("a,A,Lạ,,,,,,,", "dòng 2, cột “Loại”: không có loại cơ quan 'Lạ'"),
        ("a,A,,,,,,,,", "dòng 2, cột “Loại”: chưa ghi loại cơ quan"),
        (",,Sở,,,,,,,", "dòng 2, cột “Tên”: chưa có tên"),
        ("Sở A,A,Sở,,,,,,,", "dòng 2, cột “Mã”: mã 'Sở A' phải gồm"),
        ("a,A,Sở,,chưa có,,,,,", "dòng 2, cột “Địa chỉ”: 'chưa có' không phải địa chỉ cổng"),
        ("a,A,Sở,,,,31/02/2025,,,", "dòng 2, cột “Từ ngày”: '31/02/2025' không phải ngày"),
        ("a,A [x..],Sở,,,,,,,", "dòng 2, cột “Tên”: 'x' không phải ngày"),
        ("a,A,Sở,,,,02/01/2025,01/01/2025,,", "dòng 2, cột “Đến ngày”: ngày kết thúc 01/01/2025 trước"),
        ("a,A [..2/1/2025] | B [1/1/2025..],Sở,,,,,,,", "dòng 2, cột “Tên”: “A” và “B” trùng thời gian"),
        ("a,A,Sở,,x.vn | y.vn,,,,,", "dòng 2, cột “Địa chỉ”: “https://x.vn” và “https://y.vn” trùng thời gian"),
        (
            "a,A,Sở,,https://www.hanoi.gov.vn/,,,,,",
            "dòng 2, cột “Địa chỉ”: địa chỉ hanoi.gov.vn cùng lúc là của ha-noi",
        ),
        ("a,A,Tỉnh,,,1,,,,", "dòng 2, cột “Mã số”: mã số 01 cùng lúc là của ha-noi"),
        ("a,A,Sở,a,,,,,,", "dòng 2, cột “Cơ quan cấp trên”: cấp trên đi vòng: a → a"),
        ("ha-noi,Hà Nội,Tỉnh,n-1,,,,,,\nn-1,Sở Nội vụ,Sở,ha-noi,,,,,,", "cấp trên đi vòng: ha-noi → n-1 → ha-noi"),
        ("a,A,Sở,,,,,,b,x", "dòng 2, cột “Ngày hợp nhất”: chưa ghi ngày hợp nhất"),
        ("a,A,Sở,,,,,01/01/2025,khong-co,x", "dòng 2, cột “Hợp nhất vào”: không có cơ quan 'khong-co'"),
        ("a,A,Sở,,,,,01/01/2025,ha-noi,có lẽ", "dòng 2, cột “Được kế tục”: 'có lẽ' không phải x"),
        ("a,A,Sở,,,,,30/06/2025,lao-cai-2025,x", "dòng 2, cột “Được kế tục”: lao-cai-2025 phải kế tục đúng một"),
        ("yen-bai,Tỉnh Yên Bái,Tỉnh,,,15,,30/06/2025,phu-tho-2025,", "đã hợp nhất vào lao-cai-2025"),
        ("a,A,Sở,,,,,,,\na,B,Sở,,,,,,,", "dòng 3, cột “Mã”: mã a đã có ở dòng 2"),
        (",Sở X,Sở,ha-noi,,,,,,\n,Sở X,Sở,ha-noi,,,,,,", "dòng 3, cột “Tên”: mã so-x-ha-noi đã có ở dòng 2"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_kept(store, file, row, told):
    kept = register.bodies_of(store)
    kept.save([Body(f"n-{i}", BodyKind.DEPARTMENT, (Named("Sở Nội vụ"),)) for i in (1, 2)])
    before = kept.register()
    with pytest.raises(UsageError) as caught:
        import_file(store, file(f"{HEADS}{row}\ntot,Sở tốt,Sở,,,,,,,\n"), TODAY)
    assert told in str(caught.value)
    assert "không ghi gì" in str(caught.value)
    assert kept.register() == before


def test_every_bad_row_is_told_at_once(store, file):
    rows = "a,A,Lạ,,x y,,,,,\nb,B,Sở,khong-co,,,,,,\nc,C,Sở,c,,,,,,\n"
    with pytest.raises(UsageError) as caught:
        import_file(store, file(HEADS + rows), TODAY)
    told = [line.split(":")[0].strip() for line in str(caught.value).splitlines() if line.startswith("  - ")]
    assert told == [
        "- dòng 2, cột “Loại”",
        "- dòng 2, cột “Địa chỉ”",
        "- dòng 3, cột “Cơ quan cấp trên”",
        "- dòng 4, cột “Cơ quan cấp trên”",
    ]


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        ("", "utf-8", "không có cột “Tên”"),
        ("Tên lạ,Khác\nA,B\n", "utf-8", "không có cột “Tên”"),
        ("Tên,Loại\nA\x85", "latin-1", "không phải mã UTF-8"),
        ("Tên,name\nA,B\n", "utf-8", "cột 'name' có hai lần"),
        ("Tên,Loại\nA,Sở,thừa\n", "utf-8", "dòng 2: có nhiều ô"),
        ('Tên,Loại\n"A,Sở\n', "utf-8", "không phải tệp CSV"),
    ],
)
def test_a_file_that_cannot_be_read(store, file, text, encoding, told):
    path = file("")
    path.write_bytes(text.encode(encoding, "replace"))
    with pytest.raises(UsageError, match=told):
        import_file(store, path, TODAY)


def test_lines_are_counted_as_editors_count_them(file):
    table = register_csv.read(file('Tên,Loại\n\n"A\nB",Sở\nC,Sở\n'))
    assert [row.line for row in table.rows] == [3, 5]


@pytest.mark.parametrize("manual", ["vi/danh-ba-co-quan.md", "en/register.md"])
def test_the_example_of_the_manual_works(store, file, manual):
    text = (Path(__file__).parents[2] / "docs" / manual).read_text("utf-8")
    done = import_file(store, file(text.split("```csv\n")[1].split("```")[0]), TODAY)
    assert len(done.saved.added) == 4 and "so-noi-vu-lao-cai-2025" in done.saved.added and not done.ignored


# Mergers


def asked(**more):
    given = {"new": "tinh-moi", "olds": ("ha-noi", "hue"), "main": "ha-noi", "day": DAY(2030, 1, 1)} | more
    return register.Merger(**given)


def test_a_merger_ends_the_old_and_begins_the_new(store):
    body, left = register.merge(store, asked(name="Thành phố Mới"))
    kept = register.bodies_of(store).register()
    assert (body.name, body.valid_from, body.code, body.addresses[0].url) == (
        "Thành phố Mới",
        DAY(2030, 1, 1),
        "01",
        "https://hanoi.gov.vn",
    )
    assert kept.bodies["hue"].valid_to == DAY(2029, 12, 31) and left == ()
    assert [f.body.id for f in kept.predecessors("tinh-moi", DAY(2026, 1, 1))] == ["ha-noi", "hue"]
    assert register.body_of(store, "https://hanoi.gov.vn", DAY(2030, 1, 1)) == "tinh-moi"
    assert register.body_of(store, "https://hanoi.gov.vn", DAY(2029, 12, 31)) == "ha-noi"


def test_a_merger_twice_the_same_changes_nothing(store):
    register.merge(store, asked())
    before = register.bodies_of(store).register()
    register.merge(store, asked())
    assert register.bodies_of(store).register() == before


def test_bodies_left_under_the_old_ones_are_told(store):
    register.bodies_of(store).save([Body("so-a", BodyKind.DEPARTMENT, (Named("Sở A"),), parent="hue")])
    assert [body.id for body in register.merge(store, asked())[1]] == ["so-a"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"olds": ("khong-co", "hue"), "main": "hue"}, "không có cơ quan 'khong-co'"),
        ({"main": "son-la"}, "'son-la' không có trong --from"),
        ({"new": "ha-noi"}, "cần mã mới"),
        ({"new": "Tỉnh Mới"}, "phải gồm chữ thường không dấu"),
        ({"olds": ("yen-bai", "hue"), "main": "hue"}, "yen-bai đã hợp nhất vào lao-cai-2025 ngày 01/07/2025"),
        ({"olds": ("lao-cai-2025",), "main": "lao-cai-2025", "day": DAY(2020, 1, 1)}, "không tồn tại ngày 31/12/2019"),
        ({"new": "son-la", "name": "X"}, "son-la đã có trong danh bạ"),
        ({"new": "yen-bai"}, "không tồn tại vào ngày hợp nhất"),
        ({"url": "https://sonla.gov.vn"}, "cùng lúc là của"),
    ],
)
def test_a_merger_that_cannot_be(store, more, told):
    before = register.bodies_of(store).register()
    with pytest.raises(UsageError) as caught:
        register.merge(store, asked(**more))
    assert told in str(caught.value)
    assert register.bodies_of(store).register() == before


# The commands


def test_the_commands_as_people_run_them(tmp_path: Path) -> None:
    (tmp_path / "so.csv").write_text(COMPONENTS, "utf-8")
    db = ["--db", f"sqlite:///{tmp_path / 'a.db'}"]

    def say(*args: str, status: int = 0) -> str:
        done = run("bodies", *args, *db, cwd=tmp_path)
        assert done.returncode == status and "Traceback" not in done.stderr, done.stderr
        return done.stderr if status else done.stdout

    assert "122 added" in say("load")
    assert "122 unchanged" in say("load")
    assert "3 added" in say("import", "so.csv")
    assert "63 cơ quan" in say("list", "--kind", "province", "--on", "2025-06-30")
    assert "34 cơ quan" in say("list", "--kind", "province", "--on", "2025-07-01")
    assert "3 cơ quan" in say("list", "--parent", "Tỉnh Lào Cai")
    told = say("show", "Lào Cai")
    assert (
        "kế tục / continues: lao-cai (Tỉnh Lào Cai), 01/07/2025" in told and "trực thuộc / bodies under it: 3" in told
    )
    assert "hợp nhất vào / merged into: lao-cai-2025" in say("show", "yenbai.gov.vn")
    assert "stands under the domain of lao-cai-2025" in say("show", "https://khac.laocai.gov.vn", status=2)
    assert "125 cơ quan" in say("export", "--out", "ra.csv")
    assert "0 added, 0 changed, 125 unchanged" in say("import", "ra.csv")
    merged = say("merge", "moi", "--from", "lao-cai-2025,son-la", "--main", "son-la", "--on", "2031-01-01")
    assert "3 cơ quan trực thuộc" in merged
    assert "merged into: moi" in say("show", "son-la")
    assert "--main" in say("merge", "m", "--from", "hue", "--main", "x", "--on", "2031-01-01", status=2)
    assert "unknown kind" in say("list", "--kind", "so", status=2)
    assert "does not name one body" in say("list", "--parent", "Không có", status=2)
    assert "cannot write" in say("export", "--out", "khong/co/ra.csv", status=2)
    assert "cannot read" in say("import", "khong-co.csv", status=2)
    assert "is not a day" in say("list", "--on", "30/06/2025", status=2)
