"""Archived audits judge again to the same report; packs say offline whether they can be believed."""

from __future__ import annotations

import dataclasses
import gzip
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import evidence as packs
from app.audit import Outcome
from app.audit import run as run_audit
from app.declared import other_ids
from app.keep import keep, open_store
from app.rejudge import rejudge_kept
from app.rejudge_words import lines
from app.settings import AuditRequest, vietnam_today
from app.site_server import serve
from app.sites import load_site, sites_folder
from checks.catalogue import find
from core import audit_json
from core.audit import Audit
from core.bodies import BodyKind
from core.errors import StorageError, UsageError
from core.finding import Verdict
from storage.archive import container
from storage.archive.container import member
from storage.archive.reader import Archive
from storage.archived import archive_of
from storage.store import Store
from tests.browsers import needs_browser
from tests.crawler.little import LittlePortal, Reply, little_portal, page, words
from tests.script_portal import as_script
from tests.storage.test_pack import changed

ROOT = Path(__file__).resolve().parents[2]
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
NAME = "Nguyễn Văn Mạnh"


def command(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", *args],
        capture_output=True, text=True, timeout=120, cwd=ROOT, env=ENV | env,
    )  # fmt: skip


def audited(url: str, place: Path, kind: str = "department", *, browser: bool = False) -> tuple[Outcome, Store]:
    """An audit with its archive, kept in a database of its own."""
    request = AuditRequest(url, BodyKind(kind), today=vietnam_today(), browser=browser, allow_private=True)
    outcome = run_audit(request, archive=str(place / "archive"))
    store = open_store(f"sqlite:///{place / 'a.db'}")
    keep(store, outcome.audit, archive=outcome.archive)
    return outcome, store


def said(audit: Audit) -> dict[str, object]:
    """What must be the same to the last sign."""
    data = audit_json.audit_to_dict(audit)
    return {key: data[key] for key in ("findings", "score", "counts", "facts", "portal", "crawl")}


@pytest.mark.parametrize("name", ["so-khcn-liferay", "tinh-lien-son", "xa-thu-cong"])
def test_a_demo_portal_is_judged_again_to_the_same_report(name: str, tmp_path: Path) -> None:
    site = load_site(sites_folder() / name, vietnam_today())
    with serve(site) as base:
        outcome, store = audited(f"{base.rstrip('/')}/", tmp_path, site.kind)
    done, kept = rejudge_kept(store, outcome.audit.id, None)
    assert done.changed == () and done.same and not done.other_version
    assert said(done.audit) == said(store.load(outcome.audit.id))
    assert audit_json.audit_to_dict(done.audit) == audit_json.audit_to_dict(store.load(kept))
    assert len(store.list()) == 1
    assert packs.verify_pack(exported(store, outcome.audit.id, tmp_path)).sound


def exported(store: Store, audit_id: str, place: Path) -> Path:
    packs.export_pack(store, audit_id, place / "goi.wacz")
    return place / "goi.wacz"


def with_an_asker(reply: Reply | None) -> Reply | None:
    """The data of the page of questions, with who asked."""
    if reply is None or reply.type != "application/json":
        return reply
    data = json.loads(reply.body)
    data["body"] = data["body"].replace("<h1>Hỏi đáp</h1>", f"<h1>Hỏi đáp</h1><p>Người hỏi: {NAME}</p>")
    return dataclasses.replace(reply, body=json.dumps(data))


@needs_browser
def test_a_portal_of_scripts_is_judged_again_from_its_rendered_pages(tmp_path: Path) -> None:
    with little_portal() as portal:
        portal.otherwise = lambda method, target: with_an_asker(as_script(target, hash=False))
        outcome, store = audited(portal.url, tmp_path, browser=True)
    assert outcome.audit.facts["crawl.rendered"] is True
    with Archive(outcome.archive) as archive:
        rendered = [e for e in archive.entries if e.url.startswith("urn:rendered:")]
        pictures = [e for e in archive.entries if e.url.startswith("urn:view:")]
        data = {e.url: archive.body_of(e) for e in archive.entries if "/api/page?" in e.url and e.kind == "response"}
    assert len(rendered) > 5
    # What the scripts built the pages from is kept too, each address once, and of questions no more than of pages.
    assert len(data) > 5 and all({"title", "body"} <= set(json.loads(body)) for body in data.values())
    asked = [json.loads(body)["body"] for body in data.values() if "Người hỏi" in json.loads(body)["body"]]
    assert asked and not any(NAME in body for body in asked)
    assert all(e.kind == "conversion" for e in rendered)
    assert {e.content_type for e in pictures} == {"image/jpeg"}
    assert not [e.url for e in pictures if "hoi-dap" in e.url]
    done, _ = rejudge_kept(store, outcome.audit.id, None)
    assert done.changed == ()
    assert said(done.audit) == said(store.load(outcome.audit.id))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Outcome, Store, Path]]:
    place = tmp_path_factory.mktemp("small")
    with little_portal() as portal:
        menu = {"/": "Trang chủ", "/tin-tuc": "Tin tức", "/hoi-dap": "Hỏi đáp"}
        portal.pages["/"] = page("Sở Thử nghiệm", menu=menu)
        portal.pages["/tin-tuc"] = page(
            "Tin tức", '<ul><li><a href="/a">Sở họp giao ban</a> 01/11/2026</li></ul>', menu=menu
        )
        portal.pages["/hoi-dap"] = page("Hỏi đáp", f"<p>Người hỏi: {NAME}</p>{words('Đất')}", menu=menu)
        outcome, store = audited(portal.url, place)
    yield outcome, store, place
    store.close()


Small = tuple[Outcome, Store, Path]


def test_nobody_s_name_stands_in_the_archive(small: Small) -> None:
    with Archive(small[0].archive) as archive:
        bodies = b"".join(archive.body_of(e) for e in archive.entries)
        assert any("hoi-dap" in e.url for e in archive.entries)
    assert NAME.encode() not in bodies


PERSON = "Trần Quốc Khuyến, ĐT 0912345678, email khuyentq@gmail.com, CCCD 010099998888"
#: No word of these may stand anywhere in the file.
SECRETS = (
    "Quốc Khuyến", "0912345678", "khuyentq", "010099998888", "Khang", "ĐỨC", "thị nụ", "1903123456789", "Gấm", "Sua",
    "Ước", "Dính", "Vuong", "0987654321", "Bá Khá", "Tạ Thị Lan", "Quách Thị Lụa", "Chu Văn Thắng", "063123456", "Mo&",
)  # fmt: skip


def asking_portal(portal: LittlePortal) -> None:
    """A portal on which people are named in every way that was found to be overlooked."""
    menu = {"/": "Trang chủ", "/hoi-dap": "Hỏi đáp", "/gop-y": "Góp ý", "/tiep-cong-dan": "Tiếp công dân"}
    menu |= {"/khieu-nai": "Khiếu nại", "/phan-anh.txt": "Phản ánh", "/cau-hoi.csv": "Câu hỏi", "/rss.xml": "RSS"}
    asked = "/hoi-dap/4?hoten=Vuong%20Thi%20Mo&sdt=0987654321"
    portal.pages |= {
        "/": page("Sở Thử nghiệm", f"<h2>Hỏi đáp</h2><p>Bao giờ có sổ? ({PERSON[:28]})</p><p>Lò A Dính</p>", menu=menu),
        "/hoi-dap": page(
            "Hỏi đáp",
            "<p><b>Phạm Đình Khang</b> (0912345678) - 12/11/2026</p><p>Tôi là Phạm Đình Khang</p><p>Chào ông Khang</p>"
            "<p>Câu hỏi của: MAI XUÂN ĐỨC</p><p>lê thị nụ ở xã hỏi</p><p>STK 1903123456789</p><img src='/a.jpg' "
            "alt='Ảnh chị Vũ Thị Gấm'><p>vợ Thào Thị Sua</p><p>con tôi Hoàng Minh Ước</p>"
            f"<a href='{asked}'>Thủ tục cấp sổ</a><p>Trả lời: Ông Nguyễn Văn Bách, Giám đốc Sở</p>{words('Đất')}",
            menu=menu,
        ),
        asked: page("Thủ tục cấp sổ", f"<p>Lò A Dính</p>{words('Sổ')}", menu=menu),
        "/gop-y": page(
            "Góp ý", f"<p>Ngô Bá Khá (Số 3 Lê Lợi): đề nghị</p><p>Góp ý bởi Tạ Thị Lan</p>{words('Góp')}", menu=menu
        ),
        "/tiep-cong-dan": page(
            "Kết quả tiếp công dân",
            "<table><tr><th>STT</th><th>Họ và tên công dân</th><th>Nội dung</th></tr><tr><td>1</td><td>Quách Thị Lụa"
            f"</td><td>Khiếu nại đền bù</td></tr></table>{words('Tiếp')}",
            menu=menu,
        ),
        "/khieu-nai": page("Khiếu nại", f"<p>Ông Chu Văn Thắng, thôn Bến, CMND 063123456</p>{words('Đơn')}", menu=menu),
        "/rss.xml": Reply(
            "<rss version='2.0'><channel><title>Mới nhất</title><item><title>Sổ đỏ</title><link>/b</link><category>Hỏi "
            f"đáp</category><description>Người hỏi: {PERSON}</description></item></channel></rss>",
            type="application/rss+xml",
        ),
        "/phan-anh.txt": Reply(f"Họ tên: {PERSON}\nNội dung: đường hỏng\n", type="text/plain; charset=utf-8"),
        "/cau-hoi.csv": Reply(f"Họ tên,SĐT,Nội dung\n{PERSON[:16]},0912345678,đường\n", type="text/csv"),
    }


def test_nobody_is_named_however_the_portal_spells_it(tmp_path: Path) -> None:
    with little_portal() as portal:
        asking_portal(portal)
        outcome, store = audited(portal.url, tmp_path)
        assert any("Vuong" in path for path in portal.paths()), "asked for as the portal wants to be"
    with Archive(outcome.archive) as archive:
        urls = {e.url for e in archive.entries}
    text = gzip.decompress(Path(outcome.archive).read_bytes()).decode("utf-8", "replace")
    text += audit_json.dumps(outcome.audit).decode()
    assert [secret for secret in SECRETS if secret in text] == []
    assert "Nguyễn Văn Bách, Giám đốc Sở" in text
    assert any("/hoi-dap/4?hoten=***" in url for url in urls)
    paths = {url.rpartition("/")[2] for url in urls}
    assert {"phan-anh.txt", "cau-hoi.csv", "rss.xml"} <= paths
    done, _ = rejudge_kept(store, outcome.audit.id, None)
    assert done.changed == ()
    assert said(done.audit) == said(store.load(outcome.audit.id))
    store.close()


def test_another_catalogue_makes_another_audit_of_the_same_evidence(small: Small, tmp_path: Path) -> None:
    outcome, store, _ = small
    other = tmp_path / "khac.yaml"
    text = find(None).read_text("utf-8").replace("id: nd43-2011", "id: thu-nghiem", 1)
    other.write_text(text.replace("names: [Tin tức,", "names: [Không có tên này,"), "utf-8")
    done, kept = rejudge_kept(store, outcome.audit.id, str(other))
    assert not done.same_catalogue and kept != outcome.audit.id
    again = store.load(kept)
    assert again.ruleset.id == "thu-nghiem"
    assert again.started_at == store.load(outcome.audit.id).started_at
    assert outcome.audit.id in again.notes[-1].vi or any(outcome.audit.id in n.vi for n in again.notes)
    assert archive_of(store, kept) == outcome.archive


def test_the_same_judgement_is_kept_once(small: Small) -> None:
    outcome, store, _ = small
    first, kept = rejudge_kept(store, outcome.audit.id, "nd224-2026")
    assert not first.kept_before
    count = len(store.list())
    again, same = rejudge_kept(store, outcome.audit.id, "nd224-2026")
    assert again.kept_before and same == kept == again.audit.id and len(store.list()) == count
    back, original = rejudge_kept(store, kept, "nd43-2011")
    assert back.kept_before and original == outcome.audit.id and len(store.list()) == count
    before = store.load(outcome.audit.id)
    # What was only just judged has more digits and finer times than what was kept: no reason to say anything else.
    first_said, again_said = (lines(before, done) for done in (first, again))
    assert [line for line in again_said if "kept" not in line.en] == [
        line for line in first_said if "kept" not in line.en
    ]


def test_verdicts_catalogues_and_wording_are_told_apart(small: Small) -> None:
    outcome, store, _ = small
    done, _ = rejudge_kept(store, outcome.audit.id, "nd224-2026")
    before = store.load(outcome.audit.id)
    told = "\n".join(line.en for line in lines(before, done))
    was, now = ({f.rule: f for f in audit.findings} for audit in (before, done.audit))
    same = other_ids(now, was)  # one duty under two laws is compared, and no coming and going
    assert same["ND09-3.4"] == "ND244-3.3"
    assert [name for name in same if name in told] == []
    was = {same.get(rule, rule): finding for rule, finding in was.items()}
    moved = [r for r in was if r in now and was[r].verdict != now[r].verdict]
    assert ("No verdict differs" in told) == (not moved) and all(rule in told for rule in moved)
    assert all(rule in told for rule in was.keys() ^ now.keys())
    words = [r for r in was if r in now and was[r].verdict == now[r].verdict and was[r].message == now[r].message]
    assert words and "differ only in wording, citations, advice or evidence" in told
    assert told.count("ND43-10.1.a.1") == 0, "its citation changed, and nothing else"
    first = before.findings[0]
    moved = dataclasses.replace(first, verdict=Verdict.PASS, ratio=1.0)
    judged = dataclasses.replace(before, findings=(moved, *before.findings[1:]))
    vi = [line.vi for line in lines(before, dataclasses.replace(done, audit=judged, changed=(first.rule,)))]
    assert vi[0] == f"Kết luận thay đổi ở 1 nội dung: {first.rule}." and "lời văn" not in "".join(vi)


def test_the_catalogue_of_the_audit_is_used_when_it_has_changed_since(small: Small, tmp_path: Path) -> None:
    """Its text is archived: a rules file that was edited later does not change an old audit."""
    store = small[1]
    rules = tmp_path / "rieng.yaml"
    rules.write_bytes(find(None).read_bytes() + b"# ours\n")
    with little_portal() as portal:
        portal.pages["/"] = page("Sở Thử nghiệm")
        request = AuditRequest(portal.url, BodyKind.DEPARTMENT, rules=str(rules), browser=False, allow_private=True)
        own = run_audit(request, archive=str(tmp_path))
    keep(store, own.audit, archive=own.archive)
    rules.write_text("gone")
    done, _ = rejudge_kept(store, own.audit.id, None)
    assert done.same and done.audit.ruleset.sha256 == own.audit.ruleset.sha256


def test_a_pack_is_sound_altered_or_of_another_version(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome, store, _ = small
    file = exported(store, outcome.audit.id, tmp_path)
    found = packs.verify_pack(file)
    assert found.sound and "findings follow" in found.said[0].en
    assert any("Not signed" in line.en for line in found.said)

    with zipfile.ZipFile(file) as archive:
        report = json.loads(archive.read("decree43/audit.json"))
    report["findings"][0]["verdict"] = "pass"
    report["findings"][0]["message"] = {"vi": "Đạt", "en": "Met"}
    forged = json.dumps(report).encode()
    changed(file, "decree43/audit.json", forged)  # with every hash put right
    found = packs.verify_pack(file)
    assert not found.sound
    assert "do not follow" in found.said[0].en and report["findings"][0]["rule"] in found.said[0].en

    monkeypatch.setattr(packs, "made_with", lambda: {"code": "another"})
    found = packs.verify_pack(file)
    assert found.sound and "another version" in found.said[0].en and "code" in found.said[0].en


def test_a_changed_byte_is_refused(small: Small, tmp_path: Path) -> None:
    file = exported(small[1], small[0].audit.id, tmp_path)
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 1
    file.write_bytes(whole)
    done = command("evidence", "verify", str(file), "--lang", "en")
    assert done.returncode == 1
    assert done.stdout.startswith("Altered: ")


def test_a_report_of_another_portal_does_not_follow(small: Small, tmp_path: Path) -> None:
    outcome, store, _ = small
    file = exported(store, outcome.audit.id, tmp_path)
    other = dataclasses.replace(outcome.audit, portal=dataclasses.replace(outcome.audit.portal, url="http://b.gov.vn/"))
    changed(file, "decree43/audit.json", audit_json.dumps(other))
    assert not packs.verify_pack(file).sound


def test_a_pack_with_a_damaged_archive_is_altered(small: Small, tmp_path: Path) -> None:
    file = exported(small[1], small[0].audit.id, tmp_path)
    changed(file, "archive/audit.warc.gz", b"nothing")
    found = packs.verify_pack(file)
    assert not found.sound and "damaged" in found.said[0].en


def test_the_commands(small: Small, tmp_path: Path) -> None:
    outcome, _, place = small
    db, audit_id = f"sqlite:///{place / 'a.db'}", outcome.audit.id
    key, file = str(tmp_path / "khoa.pem"), str(tmp_path / "goi.wacz")
    assert command("evidence", "key", key).returncode == 0
    signed = {"DECREE43_SIGNING_KEY": key}
    done = command("evidence", "export", audit_id[:8], "--out", file, "--db", db, **signed)
    assert done.returncode == 0, done.stderr
    done = command("evidence", "verify", file, "--lang", "en")
    assert done.returncode == 0 and "The signature is right" in done.stdout and "Compare it" in done.stdout
    done = command("evidence", "verify", file, "--lang", "en", "--public-key", f"{key}.pub")
    assert done.returncode == 0 and "It is the key that was given" in done.stdout
    assert command("evidence", "key", f"{key}2").returncode == 0
    done = command("evidence", "verify", file, "--lang", "en", "--public-key", f"{key}2.pub")
    assert done.returncode == 1 and "another key" in done.stdout
    out = tmp_path / "lai"
    done = command("rejudge", audit_id, "--db", db, "--out", str(out), "--format", "json", "--lang", "en")
    assert done.returncode == 0 and "identical" in done.stdout, done.stderr
    again = json.loads((out / "report.json").read_text("utf-8"))
    first = audit_json.audit_to_dict(outcome.audit)
    assert (again["findings"], again["score"]) == (first["findings"], first["score"])


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("evidence", "verify", "none.wacz"), "no such file"),
        (("evidence", "export", "x", "--out", "x.wacz", "--db", "none"), "nothing is kept"),
        (("rejudge", "x", "--db", "none"), "nothing is kept"),
        (("audit", "http://127.0.0.1:1/", "--archive", "/proc/none/x", "--db", "none"), "archive cannot be written"),
        (("audit", "http://127.0.0.1:1/", "--archive", "nosuch://x", "--db", "none"), "archive"),
    ],
)
def test_wrong_usage_is_one_sentence_and_2(args: tuple[str, ...], words: str, tmp_path: Path) -> None:
    more = ("--out", str(tmp_path / "o")) if args[0] != "evidence" else ()
    done = command(*args, *more)
    assert done.returncode == 2, done.stdout
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_an_audit_without_an_archive_cannot_be_judged_again(small: Small, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'b.db'}")
    keep(store, small[0].audit)
    with pytest.raises(StorageError, match="no evidence was archived"):
        rejudge_kept(store, small[0].audit.id, None)
    keep_elsewhere = str(tmp_path / "moved.warc.gz")
    keep(store, dataclasses.replace(small[0].audit, id="moved"), archive=keep_elsewhere)
    with pytest.raises(StorageError, match="is not there"):
        packs.export_pack(store, "moved", tmp_path / "x.wacz")
    store.close()


def test_a_wrong_key_is_named_before_anything_is_written(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DECREE43_SIGNING_KEY", str(tmp_path / "none.pem"))
    with pytest.raises(UsageError, match="the key cannot be read"):
        packs.export_pack(small[1], small[0].audit.id, tmp_path / "x.wacz")
    assert not list(tmp_path.iterdir())


def test_reasons_are_in_the_language_asked_for(small: Small, tmp_path: Path) -> None:
    folder = command("evidence", "verify", str(tmp_path))
    assert folder.returncode == 2 and "đó là thư mục, không phải tệp / that is a folder, no file" in folder.stderr
    container.write(tmp_path / "x.wacz", [member("a.txt", b"x")])
    (vi,) = packs.verify_pack(tmp_path / "x.wacz").said
    assert vi.vi == "Đã bị sửa: không phải gói chứng cứ: thiếu bản kê"
    assert vi.en == "Altered: it is no evidence pack: its manifest is missing"
    file = exported(small[1], small[0].audit.id, tmp_path)
    key = tmp_path / "k.pem"
    packs.make_key(key)
    (unsigned,) = packs.verify_pack(file, Path(f"{key}.pub")).said
    assert unsigned.vi == "Đã bị sửa: không có chữ ký, mà có nêu khóa"


def test_a_zip_of_something_else_is_no_pack(tmp_path: Path) -> None:
    container.write(tmp_path / "x.wacz", [member("a.txt", b"x")])
    found = packs.verify_pack(tmp_path / "x.wacz")
    assert not found.sound and "no evidence pack" in found.said[0].en
