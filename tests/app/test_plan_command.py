"""Plans, comparisons, trends, updates and PAPI as people run them."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from app.catalogues import open_catalogue
from app.cli import app
from app.compare import as_text, compare_kept, depends
from app.plan import effort_of
from app.ranking_data import bands, data, file, groups
from checks.catalogue_model import EffortModel
from core.bodies import BodyKind
from core.comparison import ANY, compare
from core.errors import AuditNotFound, CatalogueError, Decree43Error
from core.rule import Effort
from core.updates import Volume
from storage.store import Store, open_store
from tests.ranking.audits import audit, findings
from tests.ranking.register import body, keep

Run = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'audits.db'}") as opened:
        yield opened


@pytest.fixture
def run(tmp_path: Path, store: Store) -> Run:
    def ran(*args: str) -> str:
        command = [*args, "--db", f"sqlite:///{tmp_path / 'audits.db'}"]
        result = CliRunner().invoke(app, command, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    return ran


@pytest.fixture
def four(store: Store, run: Run) -> Run:
    """Four provinces in a round; d is last, and c has much that was not judged."""
    names = "abcd"
    keep(store, *(body(n, f"Tỉnh {n.upper()}") for n in names), urls={n: f"https://{n}.gov.vn/" for n in names})
    for name, letters in zip(names, ("++++++++++", "+++/++/+++", "+?+?++++?-", "+-+-+-?+--"), strict=True):
        store.save(audit(name, f"https://{name}.gov.vn/", letters))
    run("rounds", "make", "r", "--day", "2026-11-30", "--title", "Đợt 1")
    return run


def test_the_plan_says_what_rank_each_step_would_bring(four: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(four("plan", "d", "--round", "r", "--format", "csv", "--lang", "en")[1:])))
    # 65 points, 8 of them not judged, 15 reached; c stands between 33/65 and 61/65, b at 55/65, a at 65/65.
    assert [(r["rule"], r["gain"], r["days"]) for r in rows] == [
        ("ND43-10.1.b", "12.00", "2"),
        ("ND43-10.1.dd", "12.00", "3"),
        ("ND43-12", "10.00", "4"),
        ("TT32-18.1", "4.00", "6"),
        ("TT32-17.1", "4.00", "8"),
    ]
    assert [(r["value"], r["low"], r["high"]) for r in rows] == [
        ("0.474", "0.415", "0.538"),
        ("0.684", "0.600", "0.723"),
        ("0.860", "0.754", "0.877"),
        ("0.930", "0.815", "0.938"),
        ("1.000", "0.877", "1.000"),
    ]
    assert [(r["rank"], r["best"], r["worst"], r["of"]) for r in rows] == [
        ("4", "3", "4", "4"),
        ("4", "3", "4", "4"),
        ("3", "2", "4", "4"),
        ("2", "2", "4", "4"),
        ("1", "1", "3", "4"),
    ]


def test_the_plan_in_a_sentence_and_the_unknown_apart(four: Run) -> None:
    shown = four("plan", "d", "--round", "r")
    assert "Sửa 5 mục (khoảng 23 ngày công, thêm 42 điểm) → từ hạng 4 lên khoảng 1–3 trên 4." in shown
    three = four("plan", "d", "--round", "r", "--top", "3")
    assert "Sửa 3 mục (khoảng 9 ngày công, thêm 34 điểm) → hạng 4 thành khoảng 2–4 trên 4." in three
    assert "- ND43-15.1.a Nghĩa vụ ND43-15.1.a (8 điểm): kiểm tra lại trên máy có trình duyệt" in shown
    assert "không phải định mức trong văn bản" in shown
    alone = four("plan", "d")
    assert "chỉ số từ 0,263 lên 1,000" in alone and "hạng" not in alone.split("*")[0]
    assert "Không có mục nào cần sửa" in four("plan", "a")
    assert json.loads(four("plan", "d", "--round", "r", "--format", "json"))["start"]["standing"] == {
        "rank": 4, "best": 4, "worst": 4, "of": 4,
    }  # fmt: skip


def test_a_later_audit_is_planned_in_the_round_of_an_earlier_one(four: Run, store: Store) -> None:
    store.save(audit("d2", "https://d.gov.vn/", "+++-+++++-", dt.date(2026, 12, 2)))
    shown = four("plan", "d2", "--round", "r")
    assert "đứng theo lần kiểm tra d; kế hoạch tính từ lần d2" in shown
    store.save(audit("stray", "https://stray.gov.vn/", "+-"))
    with pytest.raises(Decree43Error, match="does not stand in the round"):
        four("plan", "stray", "--round", "r")
    with pytest.raises(AuditNotFound):
        four("plan", "nothing")
    with pytest.raises(Decree43Error, match="no round is kept"):
        four("plan", "d", "--round", "nothing")


def test_comparison_in_words(run: Run, store: Store) -> None:
    store.save(audit("one", "https://a.gov.vn/", "-+?+/", dt.date(2026, 5, 1), vantage={"ipv6_route": False}))
    store.save(audit("two", "https://a.gov.vn/", "++-/-", dt.date(2026, 11, 1), vantage={"ipv6_route": True}))
    shown = run("compare", "one", "two")
    assert "Tốt hơn (1 mục, +3 điểm):\n- ND43-10.1.a.1 Nghĩa vụ ND43-10.1.a.1: chưa đạt 0/3 → đạt 3/3 (+3)" in shown
    assert "Kém đi (2 mục, −8 điểm):\n- ND43-10.1.dd" in shown
    assert "Không kết luận được, vì một trong hai lần không kiểm tra được (1 mục, 0 điểm)" in shown
    assert "Nơi kiểm tra khác nhau, đường IPv6: không có → có." in shown
    assert "Lần thứ nhất (01/11/2026) sau lần thứ hai" in run("compare", "two", "one")
    rows = list(csv.DictReader(io.StringIO(run("compare", "one", "two", "--format", "csv")[1:]), delimiter=";"))
    assert [r["why"] for r in rows] == ["better", "worse", "worse", "not_judged"]
    assert json.loads(run("compare", "one", "two", "--format", "json"))["points"]["better"] == 3
    assert "Better (1, +3 points):" in run("compare", "one", "two", "--lang", "en")


def test_comparison_over_a_change_of_the_rules(run: Run, store: Store) -> None:
    one = audit("one", "https://a.gov.vn/", "-+", dt.date(2026, 5, 1))
    two = audit("two", "https://a.gov.vn/", "+-", dt.date(2026, 11, 1))
    other = dataclasses.replace(two.ruleset, id="nd224-2026", sha256="6d" * 32)
    again = audit("again", "https://a.gov.vn/", "++", dt.date(2026, 5, 1), ruleset=other)
    for made in (one, dataclasses.replace(two, ruleset=other), again):
        store.save(made)
    shown = run("compare", "one", "two")
    assert "Bộ tiêu chí khác nhau (nd43-2011 5c5c5c5c và nd224-2026 6d6d6d6d)" in shown
    assert "hoặc chưa tách được khỏi bộ tiêu chí (2 mục, −9 điểm)" in shown and "Tốt hơn" not in shown
    parted = run("compare", "one", "two", "--rejudged", "again")
    assert "Kém đi (1 mục, −12 điểm)" in parted and "bộ tiêu chí (1 mục, +3 điểm)" in parted
    assert "cùng một bằng chứng" in run("compare", "one", "again")
    with pytest.raises(Decree43Error, match="is not the first audit"):
        run("compare", "one", "two", "--rejudged", "one")


def test_the_trend_of_a_portal_and_of_a_body(four: Run, store: Store) -> None:
    store.save(audit("b0", "https://b.gov.vn/", "+-+-++++++", dt.date(2026, 5, 1)))
    by_address = four("trend", "www.b.gov.vn")
    assert by_address == four("trend", "Tỉnh B")
    assert "3 trên 4  2–3" in by_address, "c may be above or below, d may not"
    assert "ND43-10.1.dd Nghĩa vụ ND43-10.1.dd: đạt một phần, kể từ 01/05/2026" in by_address
    assert "ND43-10.1.b Nghĩa vụ ND43-10.1.b: chưa đạt 01/05/2026 → đạt 01/11/2026" in by_address
    found = json.loads(four("trend", "b", "--format", "json"))
    assert [a["audit"] for a in found["audits"]] == ["b0", "b"]
    assert [(r["round"], r["rank"], r["best"], r["worst"]) for r in found["rounds"]] == [("r", 3, 2, 3)]
    with pytest.raises(Decree43Error, match="nothing is kept"):
        four("trend", "Tỉnh Không Có")


def test_audits_by_other_rules_are_left_out_of_a_trend_and_said(run: Run, store: Store) -> None:
    one = audit("one", "https://a.gov.vn/", "-+", dt.date(2026, 5, 1))
    store.save(one)
    other = dataclasses.replace(one.ruleset, id="nd224-2026", sha256="6d" * 32)
    store.save(audit("two", "https://a.gov.vn/", "+-", dt.date(2026, 11, 1), ruleset=other))
    assert "1 lần kiểm tra theo bộ tiêu chí khác" in run("trend", "https://a.gov.vn/")
    assert "01/05/2026" in run("trend", "https://a.gov.vn/", "--rules", "nd43-2011")


def news(months: dict[str, int], oldest: str, newest: str) -> dict[str, object]:
    first, last = dt.date.fromisoformat(oldest), dt.date.fromisoformat(newest)
    fact = Volume("https://a.gov.vn/tin", months, first, last, 0, 1, False, first).as_fact()
    return {"updates.ND43-10.1.b": fact, "updates.portal": fact | {"url": "https://a.gov.vn/"}}


def test_updates_against_last_year_and_the_portals_without_any(run: Run, store: Store) -> None:
    last_year, now = dt.date(2025, 7, 9), dt.date(2026, 7, 9)
    then = news({"2025-05": 9}, "2024-12-30", "2025-05-30")
    store.save(audit("a0", "https://a.gov.vn/", "++", last_year, facts=then))
    busy = news({"2025-12": 1, "2026-01": 4, "2026-06": 8}, "2025-12-30", "2026-06-30")
    store.save(audit("a", "https://a.gov.vn/", "++", now, facts=busy))
    store.save(audit("old", "https://old.gov.vn/", "+?", now, facts=news({"2025-03": 2}, "2025-03-01", "2025-03-09")))
    store.save(audit("new", "https://new.gov.vn/", "++", now, facts=news({"2026-07": 2}, "2026-07-01", "2026-07-09")))
    store.save(audit("mute", "https://mute.gov.vn/", "++", now))
    shown = run("updates", "--from", "2026-01", "--to", "2026-06")
    assert (
        "Không thấy cập nhật nào trong kỳ: 1 cổng\n- Cổng old: https://old.gov.vn/, tin mới nhất ngày 09/03/2025"
        in shown
    )
    assert "Chưa kết luận được" in shown and "- Cổng mute: https://mute.gov.vn/" in shown
    assert "- Cổng new: https://new.gov.vn/" in shown, "its list does not reach back into the period"
    line = next(x for x in shown.splitlines() if x.startswith("Cổng a "))
    assert line.split()[-3:] == ["12", "9", "+3"]
    found = json.loads(run("updates", "--from", "2026-01", "--to", "2026-06", "--format", "json"))
    of_a = next(p for p in found["portals"] if p["audit"] == "a")
    assert of_a["sections"][0]["year_before"] == {"items": 9, "whole": True}
    assert of_a["sections"][1]["months"]["2026-06"] == {"items": 8, "whole": True}
    assert ";2026-06;8;True;" in run("updates", "--from", "2026-06", "--to", "2026-06", "--format", "csv")


@pytest.mark.parametrize(
    "args",
    [["--from", "06/2026"], ["--from", "2026-05", "--to", "2026-01"], ["--from", "2025-01", "--to", "2026-06"]],
)
def test_a_period_that_is_none(run: Run, args: list[str]) -> None:
    with pytest.raises(Decree43Error, match="--from"):
        run("updates", *args)


def test_the_two_indicators_of_papi(run: Run, store: Store) -> None:
    store.save(audit("one", "https://a.gov.vn/", "+++++/+++-"))
    shown = run("papi", "one")
    assert "1. Sử dụng cổng thông tin điện tử chính quyền địa phương: 0,875 (từ 0,875 đến 0,875)" in shown
    assert "2. Phục đáp qua cổng thông tin điện tử: – (từ – đến –)" in shown, "none of its duties was among these"
    assert "không phải điểm PAPI" in shown
    found = json.loads(run("papi", "one", "--format", "json"))
    assert [d["rule"] for d in found["indicators"][0]["duties"]] == [
        "ND43-10.1.b", "ND43-10.1.e.3", "ND43-15.1.a", "TT32-17.1", "TT32-18.1",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["rank", "plan", "compare", "trend", "papi", "updates"])
def test_commands_need_a_database(command: str) -> None:
    more = ["x", "y"] if command == "compare" else [] if command == "updates" else ["x"]
    with pytest.raises(Decree43Error, match="nothing is kept in 'none'"):
        CliRunner().invoke(app, [command, *more, "--db", "none"], catch_exceptions=False)


@pytest.mark.parametrize("entry", ["{kind: content, days: 0}", "{kind: magic, days: 1}"])
def test_an_effort_that_is_none(entry: str, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        f"id: own\ntitle: {{vi: A, en: A}}\nextends: nd43-2011\nrules:\n  - {{id: ND43-10.1.b, effort: {entry}}}\n",
        "utf-8",
    )
    with pytest.raises(CatalogueError, match=r"own\.yaml, rule ND43-10\.1\.b, effort"):
        open_catalogue(str(file))


def test_what_a_duty_takes_is_said_by_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "id: own\ntitle: {vi: A, en: A}\nextends: nd43-2011\nrules:\n  - {id: ND43-10.1.a.1, effort: {days: 7}}\n",
        "utf-8",
    )
    own, law = open_catalogue(str(tmp_path / "own.yaml")), open_catalogue("nd224-2026")
    missing, part = findings("-")[0], findings("/")[0]
    assert effort_of(missing, own) == Effort("content", Decimal(7))
    assert effort_of(part, own) == Effort("content", Decimal("3.5"))
    assert effort_of(missing, law) == effort_of(missing, open_catalogue(None)) == Effort("content", Decimal(2))
    unknown = dataclasses.replace(missing, rule="XX-1")
    assert effort_of(unknown, own) == Effort("content", Decimal(2))  # what no catalogue says anything of


@pytest.mark.parametrize(
    ("low", "high", "names"),
    [
        ("0.8", "0.8", ["Tốt"]),
        ("0.799", "0.8", ["Khá", "Tốt"]),
        ("0.65", "0.799", ["Khá"]),
        ("0", "1", ["Trung bình", "Khá", "Tốt"]),
        ("0", "0.649", ["Trung bình"]),
    ],
)
def test_the_bands_a_value_may_lie_in(low: str, high: str, names: list[str]) -> None:
    assert [b.vi for b in bands("ministry-portal-index", Decimal(low), Decimal(high))] == names
    assert bands("without-bands", Decimal(low), Decimal(high)) == ()


def test_the_data_name_only_what_is_there() -> None:
    rules = {rule.id for rule in open_catalogue(None).rules}
    scored = {r.id for r in open_catalogue(None).rules if any(r.weight_for(kind) for kind in BodyKind)}
    efforts = data("efforts")
    assert scored <= {rule.id for rule in open_catalogue(None).rules if rule.effort}
    assert set(efforts["kinds"]) == set(get_args(EffortModel.model_fields["kind"].annotation))
    assert efforts["otherwise"]["days"] > 0 and efforts["otherwise"]["kind"] in efforts["kinds"]
    assert 0 < efforts["partly"] <= 1
    assert {r for i in data("papi")["indicators"] for r in i["rules"]} <= rules
    assert {r for names in depends().values() for r in names} <= rules | {ANY}
    kinds = [kind for own, _ in groups().values() for kind in own]
    assert sorted(kinds) == sorted(BodyKind)
    with file("published.csv").open(encoding="utf-8", newline="") as lines:
        assert {row["category"] for row in csv.DictReader(lines)} == set(data("ranking")["categories"])


def test_portals_are_called_by_their_body_s_name(run: Run, store: Store) -> None:
    keep(store, body("bo", "Bộ Phát triển Miền núi", "ministry"), urls={"bo": "https://bo.gov.vn/"})
    for number, letters in enumerate(("+-++", "++-+")):
        made = audit(f"bo-{number}", "https://bo.gov.vn/", letters, dt.date(2026, 7, 1 + number), kind="ministry")
        portal = dataclasses.replace(made.portal, name="Trang chủ")
        facts = news({"2026-06": 2}, "2026-05-01", "2026-06-09")
        store.save(dataclasses.replace(made, portal=portal, facts=facts), body_id="bo")
    asked = (
        ("audits",),
        ("plan", "bo-1"),
        ("compare", "bo-0", "bo-1"),
        ("updates", "--from", "2026-06", "--to", "2026-06"),
    )
    for args in asked:
        shown = run(*args)
        assert "Bộ Phát triển Miền núi" in shown and "Trang chủ" not in shown, args


def test_a_site_map_is_no_section_and_none_of_a_part_is_not_known(run: Run, store: Store) -> None:
    part = news({"2026-05": 2}, "2026-05-20", "2026-06-30")
    site_map = {"updates.TT32-16.4.b.1": part["updates.ND43-10.1.b"] | {"url": "https://a.gov.vn/so-do"}}  # type: ignore[operator]
    store.save(audit("a", "https://a.gov.vn/", "++", dt.date(2026, 7, 9), facts=part | site_map))
    shown = run("updates", "--from", "2026-05", "--to", "2026-06", "--format", "csv")
    assert "TT32-16.4.b.1" not in shown and "ND43-10.1.b" in shown
    shown = run("updates", "--from", "2026-04", "--to", "2026-05")
    assert "≥ 2" in shown
    store.save(audit("b", "https://b.gov.vn/", "++", dt.date(2026, 6, 9), facts=news({}, "2026-05-20", "2026-06-09")))
    shown = run("updates", "--from", "2026-05", "--to", "2026-05")
    line = next(x for x in shown.splitlines() if x.startswith("Cổng b "))
    assert "không rõ" in line and "≥ 0" not in shown


def test_a_rank_that_stays_is_said_to_stay(run: Run, store: Store) -> None:
    keep(store, body("a", "Tỉnh A"), urls={"a": "https://a.gov.vn/"})
    store.save(audit("a", "https://a.gov.vn/", "-+"), body_id="a")
    run("rounds", "make", "dot-1", "--day", "2026-11-30")
    assert "→ giữ hạng 1 trên 1." in run("plan", "a", "--round", "dot-1")
    assert "Đợt dot-1, Tỉnh A xếp hạng 1" in run("rank", "dot-1"), "an id keeps its letters"


def test_a_comparison_of_two_portals_says_so_and_tells_of_no_moves(store: Store) -> None:
    one = audit("a-1", "http://127.0.0.1:8001/", "+-")
    for name, url, other in (
        ("b-1", "http://127.0.0.1:8002/", True),
        ("b-2", "https://127.0.0.1:8001/trang-chu", False),
        ("b-3", "http://a.gov.vn/", True),
    ):
        found = compare(one, audit(name, url, "-+", kind="department"), {})
        told = as_text(found, "vi")
        assert ("hai cổng khác nhau" in told) == other, url
        assert "UBND tỉnh" in told and "province" not in told


def test_the_same_duty_under_two_laws_is_one(store: Store) -> None:
    old = audit("l-1", "https://a.gov.vn/", "+-")
    new = audit("l-2", "https://a.gov.vn/", "--", today=dt.date(2026, 12, 1))
    renamed = dataclasses.replace(
        old, findings=(dataclasses.replace(old.findings[0], rule="ND09-3.4"), *old.findings[1:])
    )
    later = dataclasses.replace(
        new,
        findings=(dataclasses.replace(new.findings[0], rule="ND244-3.3"), *new.findings[1:]),
        ruleset=dataclasses.replace(new.ruleset, id="nd224-2026", sha256="e" * 64),
    )
    for one in (renamed, later):
        store.save(one)
    found = compare_kept(store, "l-1", "l-2")
    (difference,) = [d for d in found.differences if d.rule == "ND244-3.3"]
    assert difference.before is not None and difference.after is not None
    assert "ND09-3.4" not in {d.rule for d in found.differences}
