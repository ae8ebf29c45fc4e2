"""``decree43 badge`` and ``decree43 feed`` as people run them."""

import dataclasses
import datetime as dt
import gc
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from app.cli import main
from app.feed import MOST
from core import audit_json
from core.finding import Verdict
from storage.store import open_store
from tests import samples

SCHEMA = etree.RelaxNG(file=str(Path(__file__).parents[1] / "schemas" / "atom.rng"))


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    """``decree43 …`` in this process, as its own would end."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(gc, "freeze", lambda: None)  # this process goes on
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)

    def run(*args):
        monkeypatch.setattr(sys, "argv", ["decree43", *args])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = end.code or 0
        said = capsys.readouterr()
        return subprocess.CompletedProcess(args, status, said.out, said.err)

    return run


def audit(name, days, verdicts=(), **more):
    """An audit so many days after the first; ``verdicts`` by the number of the finding."""
    findings = list(samples.province_findings())
    for number, verdict in verdicts:
        old = findings[number]
        findings[number] = samples.finding(old.rule, verdict, old.title.vi, "Điều 10", old.max_points)
    at = samples.NOW + dt.timedelta(days=days)
    return samples.province(
        id=name,
        findings=tuple(findings),
        score=samples.score_of(tuple(findings)),
        started_at=at,
        finished_at=at + dt.timedelta(minutes=1),
        today=at.date(),
        **more,
    )


def keep(database, *audits):
    with open_store(database) as store:
        for one in audits:
            store.save(one)


def read(path):
    data = Path(path).read_bytes()
    SCHEMA.assertValid(etree.fromstring(data))
    found = feedparser.parse(data)
    assert not found.bozo
    return found


def test_a_badge_of_a_kept_audit_and_of_its_report_are_the_same(call, tmp_path):
    database = f"sqlite:///{tmp_path / 'a.db'}"
    one = audit("lan-1", 0)
    keep(database, one)
    Path("report.json").write_bytes(audit_json.dumps(one))
    assert call("badge", "lan-1", "--db", database, "--out", "sub/a.svg").stdout == "sub/a.svg\n"
    assert call("badge", "report.json", "--out", "b.svg").returncode == 0
    assert Path("sub/a.svg").read_bytes() == Path("b.svg").read_bytes()
    assert "0,686" in Path("b.svg").read_text("utf-8")
    call("badge", "report.json", "--out", "c.svg", "--lang", "en")
    assert "0.686" in Path("c.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "words"), [(None, "không đọc được"), (b"[]", "không phải báo cáo"), (b"\xff", "không phải báo cáo")]
)
def test_a_badge_of_what_is_no_report(call, content, words):
    if content is not None:
        Path("x.json").write_bytes(content)
    done = call("badge", "x.json", "--out", "b.svg")
    assert done.returncode == 2 and words in done.stderr and not Path("b.svg").exists()


def test_a_badge_of_an_audit_that_is_not_kept_or_nowhere_to_write(call, tmp_path):
    database = f"sqlite:///{tmp_path / 'a.db'}"
    keep(database, audit("lan-1", 0))
    assert call("badge", "lan-9", "--db", database).returncode == 2
    Path("file").write_text("")
    done = call("badge", "lan-1", "--db", database, "--out", "file/b.svg")
    assert done.returncode == 2 and "--out" in done.stderr


def test_a_feed_says_what_got_better_worse_and_unknown(database, call):
    first = audit("lan-1", 0, [(2, Verdict.FAIL)])
    second = audit("lan-2", 30)
    third = audit("lan-3", 60, [(0, Verdict.FAIL), (3, Verdict.UNKNOWN)])
    keep(database, first, third, second)  # in whatever order they were kept
    done = call("feed", "https://tinhmau.gov.vn", "--db", database, "--out", "f.xml")
    assert done.returncode == 0 and done.stdout == "f.xml\n"
    found = read("f.xml")
    newest, middle, oldest = found.entries
    assert newest.title.endswith("1 kém đi, 1 không kết luận được")
    assert middle.title.endswith("1 tốt hơn") and "lần kiểm tra đầu tiên" in oldest.title
    assert [tag.term for tag in newest.tags] == ["worse", "not_judged"]
    assert "ND43-10.1.b" in middle.content[0].value and "đạt" in middle.content[0].value
    before = [e.id for e in found.entries]
    keep(database, audit("lan-4", 90))
    call("feed", "http://tinhmau.gov.vn/", "--db", database, "--out", "f.xml")
    assert [e.id for e in read("f.xml").entries][1:] == before


def test_other_rules_are_not_taken_for_a_change_of_the_portal(call, tmp_path):
    database = f"sqlite:///{tmp_path / 'a.db'}"
    ruleset = dataclasses.replace(samples.province().ruleset, sha256="9" * 64)
    keep(database, audit("lan-1", 0), audit("lan-2", 30, [(0, Verdict.FAIL)], ruleset=ruleset))
    call("feed", "tinhmau.gov.vn", "--db", database, "--out", "f.xml", "--lang", "en")
    newest = read("f.xml").entries[0]
    assert newest.title.endswith("1 by the rules") and "worse" not in newest.title
    assert "The rules differ" in newest.content[0].value


def test_rules_that_were_left_out_are_not_taken_for_a_change_of_the_rules(call, tmp_path):
    database = f"sqlite:///{tmp_path / 'a.db'}"
    whole = audit("lan-1", 0)
    left_out = tuple(f.rule for f in whole.findings[1:])
    part = dataclasses.replace(audit("lan-2", 30), findings=whole.findings[:1], skipped=left_out)
    keep(database, whole, part)
    call("feed", "tinhmau.gov.vn", "--db", database, "--out", "f.xml")
    newest = read("f.xml").entries[0]
    assert newest.title.endswith(f"{len(left_out)} không đánh giá trong một trong hai lần (--only, --skip)")
    said = newest.content[0].value
    assert "chỉ đánh giá một phần bộ tiêu chí" in said and "không đánh giá trong lần này (--only, --skip)" in said
    assert "không có trong bộ tiêu chí" not in said and [tag.term for tag in newest.tags] == ["left_out"]
    shown = call("compare", "lan-1", "lan-2", "--db", database).stdout
    assert "không so chỉ số hai lần" in shown and "→ không đánh giá trong lần này" in shown
    assert call("audits", "--db", database).stdout.count("[chỉ một phần tiêu chí") == 1
    assert f"bỏ ra {len(left_out)}" in call("trend", "tinhmau.gov.vn", "--db", database).stdout


def test_a_folder_is_not_the_portal_whose_address_it_will_have(call, tmp_path):
    database = f"sqlite:///{tmp_path / 'a.db'}"
    of_folder = {"facts": {"portal.static_folder": True}}
    keep(database, audit("lan-1", 0), audit("thu-muc", 30, [(0, Verdict.FAIL)], **of_folder), audit("lan-2", 60))
    call("feed", "tinhmau.gov.vn", "--db", database, "--out", "f.xml")
    newest, oldest = read("f.xml").entries
    assert "không có thay đổi" in newest.title and "lần kiểm tra đầu tiên" in oldest.title
    shown = call("compare", "lan-1", "thu-muc", "--db", database).stdout
    assert call("audits", "--db", database).stdout.count("[thư mục / folder]") == 1
    assert "Lần thu-muc kiểm tra một thư mục tệp tĩnh" in shown


def test_an_incomplete_audit_says_so(call, tmp_path):
    database = f"sqlite:///{tmp_path / 'a.db'}"
    keep(database, audit("lan-1", 0, complete=False))
    call("feed", "tinhmau.gov.vn", "--db", database, "--out", "f.xml")
    assert "chưa đầy đủ" in read("f.xml").entries[0].content[0].value


def test_a_long_history_is_cut_and_its_last_entry_is_no_first_audit(call, tmp_path):
    database = f"sqlite:///{tmp_path / 'a.db'}"
    keep(database, *(audit(f"lan-{n}", n) for n in range(MOST + 2)))
    call("feed", "tinhmau.gov.vn", "--db", database, "--out", "f.xml")
    found = read("f.xml")
    assert len(found.entries) == MOST
    assert "không có thay đổi" in found.entries[-1].title


@pytest.mark.parametrize(
    "args", [("khong-co.gov.vn",), ("tinhmau.gov.vn", "--self", "ftp://x/"), ("tinhmau.gov.vn", "--lang", "fr")]
)
def test_a_feed_that_cannot_be(call, tmp_path, args):
    database = f"sqlite:///{tmp_path / 'a.db'}"
    keep(database, audit("lan-1", 0))
    assert call("feed", *args, "--db", database, "--out", "f.xml").returncode == 2
    assert not Path("f.xml").exists()
