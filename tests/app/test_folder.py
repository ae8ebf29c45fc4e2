"""A folder of static files: served as static hosts do, audited without another server, told by file and line."""

import contextlib
import dataclasses
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tracemalloc
import unicodedata
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.folder import STAND_IN, Folder, _unreadable, checked_folder
from app.folder_lines import Lines
from app.folder_name import FolderName, name_of
from app.settings import AuditRequest
from app.site_server import serve
from core.access import Access
from core.errors import UsageError
from core.finding import Candidate, Proof, Text

ROOT = Path(__file__).resolve().parents[2]
MAIN = [sys.executable, "-c", "from app.cli import main; main()"]
ENV = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "PYTHONPATH": str(ROOT)}
SITE = "https://soxd.example.gov.vn"
HOME = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8">
<title>Sở Xây dựng</title></head>
<body>
<header><h1>Sở Xây dựng</h1></header>
<nav>
 <a href="/tin-tuc">Tin tức</a>
 <a href="gioi-thieu/">Giới thiệu</a>
 <a href="#">Hỏi đáp</a>
 <a
   href="/lich-cong-tac"><img src="/x.png" alt="Lịch công tác"></a>
 <a href="https://soxd.example.gov.vn/lien-he.html">Liên hệ</a>
</nav>
<main><h2>Tin mới</h2><p>Chào mừng đến với trang của Sở Xây dựng.</p></main>
</body></html>
"""
NEWS = """<title>Tin tức</title>
<main>
<h1>Tin tức</h1>
<ul><li><a href="/tin-tuc/a">Sở họp giao ban tháng</a> <span>01/11/2026</span></li>
<li><a href="/tin-tuc/b">Sở kiểm tra an toàn công trình</a> <span>02/11/2026</span></li></ul>
</main>
"""


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    root = tmp_path / "dist"
    pages = {
        "index.html": HOME,
        "tin-tuc.html": NEWS,
        "tin-tuc/a.html": "<title>Sở họp</title><main><h1>Sở họp giao ban tháng</h1><p>Ngày 01/11/2026.</p></main>",
        "gioi-thieu/index.html": "<title>Giới thiệu</title>\n<main>\n\n<h1>Giới thiệu chung</h1></main>",
        "lien-he.html": "<title>Liên hệ</title><main><h1>Liên hệ</h1><p>Điện thoại: 024 3821 0000</p></main>",
        "404.html": "<title>404</title><h1>Không tìm thấy trang</h1>",
        "sitemap.xml": f"<urlset><url><loc>{SITE}/tin-tuc</loc></url></urlset>",
        ".env": "SECRET=1",
        ".well-known/security.txt": "Contact: mailto:a@example.gov.vn",
    }
    for name, text in pages.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return root


@pytest.mark.parametrize(
    ("path", "status", "holds"),
    [
        ("/", 200, "Sở Xây dựng"),
        ("/index.html", 200, "Sở Xây dựng"),
        ("/tin-tuc", 200, "Tin tức"),
        ("/tin-tuc.html", 200, "Tin tức"),
        ("/tin-tuc?page=2", 200, "Tin tức"),
        ("/tin-tuc/a", 200, "giao ban"),
        ("/gioi-thieu/", 200, "Giới thiệu chung"),
        ("/gioi-thieu", 301, ""),
        ("/khong-co", 404, "Không tìm thấy trang"),
        ("/.env", 404, "Không tìm thấy trang"),
        ("/.well-known/security.txt", 200, "Contact"),
        ("/../secret.txt", 404, ""),
        ("/%2e%2e/secret.txt", 404, ""),
        ("/tin-tuc/", 404, ""),
        ("/lien-ket.html", 404, ""),
    ],
)
def test_addresses_are_answered_as_static_hosts_do(dist: Path, path: str, status: int, holds: str) -> None:
    (dist.parent / "secret.txt").write_text("bí mật", "utf-8")
    (dist / "lien-ket.html").symlink_to(dist.parent / "secret.txt")
    answer = Folder(dist).respond("GET", path, {})
    assert answer.status == status
    assert holds in answer.body.decode() and "bí mật" not in answer.body.decode()
    if status == 301:
        assert answer.headers["location"] == "/gioi-thieu/"


def test_nothing_can_be_sent_to_a_folder(dist: Path) -> None:
    assert Folder(dist).respond("POST", "/", {}, b"x").status == 405


def test_names_with_accents_are_found_in_either_form(dist: Path) -> None:
    for form, name in (("NFC", "văn-bản"), ("NFD", "thông-báo")):
        (dist / unicodedata.normalize(form, f"{name}.html")).write_text("<title>x</title>", "utf-8")
    for name in ("v%C4%83n-b%E1%BA%A3n", "th%C3%B4ng-b%C3%A1o"):
        assert Folder(dist).respond("GET", f"/{name}", {}).status == 200


def test_the_future_address_is_the_folders_own(dist: Path) -> None:
    for path in ("/", "/sitemap.xml"):
        text = Folder(dist, f"{SITE}/").respond("GET", path, {"Host": "127.0.0.1:4711"}).body.decode()
        assert SITE not in text and "http://127.0.0.1:4711/" in text
    assert SITE in Folder(dist).respond("GET", "/", {"Host": "127.0.0.1:4711"}).body.decode()


def test_only_the_whole_address_is_the_folders_own(dist: Path) -> None:
    other = "https://soxd.example.gov.vn.example.com/ https://soxd.example.gov.vn:8443/ //soxd.example.gov.vna"
    (dist / "khac.html").write_text(f"{other} //soxd.example.gov.vn. HTTPS://SOXD.example.gov.vn/a", "utf-8")
    text = Folder(dist, SITE).respond("GET", "/khac", {"Host": "127.0.0.1:1"}).body.decode()
    assert text == f"{other} //127.0.0.1:1. http://127.0.0.1:1/a"


@pytest.mark.parametrize(
    ("path", "status", "holds"),
    [
        ("/thu", 301, ""), ("/thu/", 200, "Sở Xây dựng"), ("/thu/tin-tuc.html", 200, "Tin tức"),
        ("/thu/gioi-thieu", 301, ""), ("/", 404, ""), ("/tin-tuc.html", 404, ""), ("/thung/", 404, ""),
    ],
)  # fmt: skip
def test_the_folder_stands_under_the_path_of_its_future_address(dist: Path, path: str, status: int, holds: str) -> None:
    folder = Folder(dist, f"{SITE}/thu/")
    answer = folder.respond("GET", path, {"Host": "127.0.0.1:1"})
    assert answer.status == status and holds in answer.body.decode()
    if status == 301:
        assert answer.headers["location"] == f"{path}/"
    text = f'<a href="{SITE}/thu/x">1</a> {SITE}/thu {SITE}/thue {SITE}/ khác'
    (dist / "a.html").write_text(text, "utf-8")
    told = folder.respond("GET", "/thu/a", {"Host": "127.0.0.1:1"}).body.decode()
    assert told == f'<a href="http://127.0.0.1:1/thu/x">1</a> http://127.0.0.1:1/thu {SITE}/thue {SITE}/ khác'


@contextlib.contextmanager
def nobody() -> Iterator[Path]:
    """A folder that all may enter, as somebody whom the rights of files bind."""
    above = Path(tempfile.mkdtemp())
    above.chmod(0o777)
    root, me = above / "dist", os.geteuid()
    try:
        if me == 0:
            os.seteuid(65534)
        root.mkdir()
        yield root
    finally:
        os.seteuid(me)
        root.chmod(0o777)
        for path in root.rglob("*"):
            path.chmod(0o777)
        shutil.rmtree(above)


def test_what_may_not_be_read_is_forbidden_and_stops_nothing() -> None:
    with nobody() as root:
        (root / "index.html").write_text('<nav><a href="/x.html">X</a></nav>', "utf-8")
        (root / "x.html").write_text("<h1>X</h1>", "utf-8")
        (root / "y").mkdir()
        (root / "y/index.html").write_text("y", "utf-8")
        (root / "404.html").write_text("404", "utf-8")
        for name in ("x.html", "y", "404.html"):
            (root / name).chmod(0)
        folder = Folder(root)
        assert checked_folder(str(root)) == root
        for path in ("/x.html", "/x", "/y/", "/y/khac.html"):
            assert folder.respond("GET", path, {}).status == folder.respond("HEAD", path, {}).status == 403
        assert folder.unreadable == {"/x.html", "/x", "/y/", "/y/khac.html"}
        assert folder.respond("GET", "/khong-co", {}).status == 404
        lines, base = Lines(root, "dist", folder.file), "http://127.0.0.1:1"
        assert lines.of(Proof("page", f"{base}/x.html", "X"), base) is not None
        assert lines.of(Proof("link", f"{base}/khac", "Y"), base) is None
        (root / "index.html").chmod(0)
        with pytest.raises(UsageError, match="cannot be read"):
            checked_folder(str(root))
        root.chmod(0)
        with pytest.raises(UsageError, match="cannot be read"):
            checked_folder(str(root))


def test_a_name_that_no_file_can_have_is_not_there(dist: Path) -> None:
    for path in (f"/{'a' * 300}", f"/{'a' * 300}/b.html", "/a%00b"):
        assert Folder(dist).respond("GET", path, {}).status == 404


def test_unreadable_files_are_told_once(dist: Path) -> None:
    served = Folder(dist, unreadable={"/b", "/a"})
    (said,) = _unreadable(served, "en")
    assert said.startswith("not readable") and said.endswith("(2): /a, /b")
    assert _unreadable(Folder(dist), "vi") == ()


def test_a_large_file_is_sent_in_pieces(dist: Path) -> None:
    size = 200_000_000
    for name in ("a.zip", "b.html"):
        with (dist / name).open("wb") as file:
            file.truncate(size)
    with serve(Folder(dist, SITE)) as base:
        tracemalloc.start()
        for name in ("a.zip", "b.html"):
            for method in ("HEAD", "GET"):
                asked = urllib.request.Request(f"{base}/{name}", method=method)
                with urllib.request.urlopen(asked) as answer:
                    assert answer.headers["Content-Length"] == str(size)
                    got = 0
                    while piece := answer.read(1 << 16):
                        got += len(piece)
                    assert got == (size if method == "GET" else 0)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert most < 20_000_000


def test_head_reads_nothing(dist: Path) -> None:
    answer = Folder(dist, SITE).respond("HEAD", "/", {"Host": "127.0.0.1:1"})
    assert answer.body == b"" and answer.file == dist / "index.html"


def test_who_hangs_up_in_the_middle_is_no_error(dist: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (dist / "a.zip").open("wb") as file:
        file.truncate(50_000_000)
    with serve(Folder(dist)) as base:
        for _ in range(3):
            with urllib.request.urlopen(f"{base}/a.zip") as answer:
                answer.read(10)
    assert "Traceback" not in capsys.readouterr().err


def test_a_folder_is_named_from_the_root_of_its_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo, outside = tmp_path / "repo", tmp_path / "xa" / "dist"
    for folder in (repo / "web" / "dist", outside):
        folder.mkdir(parents=True)
    monkeypatch.chdir(repo / "web")
    assert name_of(Path("dist"), {}) == FolderName("dist")
    assert name_of(Path("dist"), {"GITHUB_WORKSPACE": str(repo)}) == FolderName("web/dist")
    assert name_of(Path("./dist"), {"CI_PROJECT_DIR": str(repo)}) == FolderName("web/dist")
    assert name_of(Path(), {}) == FolderName("")
    assert name_of(outside, {"GITHUB_WORKSPACE": str(repo)}) == FolderName("dist", in_repository=False)
    (repo / ".git").mkdir()
    assert name_of(Path("dist"), {"GITHUB_WORKSPACE": str(tmp_path)}) == FolderName("web/dist")
    assert name_of(repo, {}) == FolderName("")
    (repo / "web/trong").symlink_to("dist")
    (repo / "web/ngoai").symlink_to(outside)
    assert name_of(Path("trong"), {}) == FolderName("web/dist")
    assert name_of(Path("ngoai"), {}) == FolderName("web/ngoai")
    assert name_of(outside, {}) == FolderName("dist", in_repository=False)


def test_what_is_meant_by_a_folder(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(dist.parent)
    assert checked_folder("./dist") == checked_folder("dist") == Path("dist")
    assert checked_folder("https://dist/") is None and checked_folder("so.example.gov.vn") is None
    with pytest.raises(UsageError, match="there is no folder"):
        checked_folder("./build")
    (dist.parent / "empty").mkdir()
    with pytest.raises(UsageError, match=r"no index\.html"):
        checked_folder("empty")


@pytest.mark.parametrize(
    ("thing", "file", "line"),
    [
        (Proof("link", "{base}/tin-tuc", "Tin tức"), "dist/index.html", 7),
        (Proof("link", "{base}/gioi-thieu/", "Giới thiệu"), "dist/index.html", 8),
        (Proof("link", "{base}/lich-cong-tac", "Lịch công tác"), "dist/index.html", 10),
        (Proof("link", "{base}/tin-tuc/b", "Sở kiểm tra an toàn công trình"), "dist/tin-tuc.html", 5),
        (Candidate("", "HOI DAP", Text("")), "dist/index.html", 9),
        (Candidate("#", "Hỏi đáp", Text("")), "dist/index.html", 9),
        (Proof("page", "{base}/tin-tuc", "Tin tức"), "dist/tin-tuc.html", 3),
        (Proof("page", "{base}/gioi-thieu/", "khác"), "dist/gioi-thieu/index.html", 4),
        (Proof("page", "{base}/", "Tin mới"), "dist/index.html", 14),
        (Proof("date", "{base}/tin-tuc", "02/11/2026 (ngày hiện trên trang)"), "dist/tin-tuc.html", 5),
        (Proof("page", "{base}/tin-tuc/b", ""), "dist/tin-tuc.html", 5),
        (Proof("link", "https://www.chinhphu.vn/", "Chính phủ"), None, 0),
        (Proof("page", "https://www.chinhphu.vn/", "Chính phủ"), None, 0),
        (Candidate("", "không có ở đâu", Text("")), None, 0),
    ],
)
def test_lines_of_links_headings_and_words(dist: Path, thing: Proof | Candidate, file: str | None, line: int) -> None:
    base = "http://127.0.0.1:4711"
    lines = Lines(dist, "dist", Folder(dist).file)
    spot = lines.of(dataclasses.replace(thing, url=thing.url.replace("{base}", base)), base)
    assert (spot and spot.file, spot.line if spot else 0) == (file, line)
    assert (lines.home().file, lines.home().line) == ("dist/index.html", 6)


def audit(cwd: Path, *args: str) -> subprocess.CompletedProcess[str]:
    fixed = ["--no-browser", "--db", "none", "--quiet", "--out", "out", "--format", "json,junit,sarif,md,html"]
    return subprocess.run(
        [*MAIN, "audit", *args, *fixed], capture_output=True, text=True, cwd=cwd, env=ENV, timeout=120
    )


def test_a_folder_is_audited_without_a_server_of_the_users(dist: Path) -> None:
    done = audit(dist.parent, "./dist", "--kind", "department", "--today", "2026-11-21")
    assert done.returncode == 0, done.stderr
    out = dist.parent / "out"
    told = "".join(p.read_text("utf-8") for p in out.iterdir()) + done.stdout + done.stderr
    assert "127.0.0.1" not in told and str(dist.parent) not in told
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["portal"]["url"] == f"{STAND_IN}/"
    by_rule = {f["rule"]: f for f in report["findings"]}
    for rule in ("TT32-15.4", "ND43-6.1", "ND43-27.1", "TT32-20"):
        assert (by_rule[rule]["verdict"], by_rule[rule]["cause"]) == ("unknown", "static_folder")
        assert "thư mục tệp tĩnh" in by_rule[rule]["message"]["vi"]
    (news,) = [e for e in by_rule["ND43-10.1.b"]["evidence"] if e["kind"] == "page"][:1]
    assert (news["file"], news["line"]) == ("dist/tin-tuc.html", 3)
    (run,) = json.loads((out / "report.sarif").read_text("utf-8"))["runs"]
    places = {r["ruleId"]: r["locations"][0]["physicalLocation"] for r in run["results"]}
    assert all(p["artifactLocation"]["uri"].startswith("dist/") and p["region"]["startLine"] for p in places.values())
    asked = places["ND43-15.2"]  # "Hỏi đáp" is a link to nowhere
    assert (asked["artifactLocation"]["uri"], asked["region"]["startLine"]) == ("dist/index.html", 9)


def test_the_settings_file_names_the_folder_and_the_command_line_wins(dist: Path) -> None:
    home = dist.parent
    (home / "decree43.toml").write_text(
        'folder = "dist"\nkind = "department"\nname = "Sở A"\ntoday = "2026-11-21"\nonly = "functions"\n'
        f'site_url = "{SITE}"\nfail_on = "functions"\n',
        "utf-8",
    )
    done = audit(home, "--name", "Sở B", "--lang", "en")
    assert done.returncode == 1, done.stderr
    assert "not met: ND43-15" in done.stderr
    report = json.loads((home / "out/report.json").read_text("utf-8"))
    assert (report["portal"]["url"], report["portal"]["name"]) == (f"{SITE}/", "Sở B")
    assert {f["group"] for f in report["findings"]} == {"functions"}
    skipped = report["audit"]["skipped"]
    assert "ND43-10.1.b" in skipped and any("ND43-10.1.b" in n["vi"] for n in report["audit"]["notes"])
    assert report["score"]["max_points"] == sum(f["max_points"] or 0 for f in report["findings"])


def test_a_baseline_is_written_and_only_new_failures_break(dist: Path) -> None:
    home = dist.parent
    args = ("./dist", "--kind", "department", "--today", "2026-11-21", "--only", "ND43-15.2,ND43-10.1.b,ND43-10.1.l")
    first = audit(home, *args, "--baseline", "base.json", "--write-baseline", "base.json")
    assert first.returncode == 0, first.stderr
    fails = json.loads((home / "base.json").read_text("utf-8"))["fails"]
    assert "ND43-15.2" in fails
    assert audit(home, *args, "--baseline", "base.json").returncode == 0
    (home / "base.json").write_text(
        '{"schema": "decree43-baseline/1", "kind": "province", "fails": ["ND43-10.1.b", "KHONG-CO"]}', "utf-8"
    )
    done = audit(home, *args, "--baseline", "base.json")
    assert "loại cơ quan province" in done.stderr and "KHONG-CO" in done.stderr
    assert done.returncode == 1 and "ND43-15.2" in done.stderr
    assert "Không còn lỗi: ND43-10.1.b" in done.stdout
    assert "**Không còn lỗi (1)**: `ND43-10.1.b`" in (home / "out/report.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["./none"], "there is no folder"),
        (["./dist", "--header", "A: b"], "do not go with a folder"),
        (["./dist", "--only", "ND43-15.22"], "ND43-15.2"),
        (["./dist", "--only", "ND43-15.2", "--skip", "functions"], "no duty is left"),
        (["./dist", "--fail-on", "funtions"], "functions"),
        (["./dist", "--site-url", "soxd.gov.vn"], "https://soxd.gov.vn"),
        (["./dist", "--write-baseline", "none/b.json"], "there is no folder"),
        (["./dist", "--config", "none.toml"], "cannot be read"),
    ],
)
def test_wrong_usage_is_one_sentence(dist: Path, args: list[str], words: str) -> None:
    done = audit(dist.parent, *args)
    assert done.returncode == 2 and words in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("folder", ["dist2", "../dist2", "web.vn/dist"])
def test_a_folder_of_the_settings_that_is_not_there_is_no_address(dist: Path, folder: str) -> None:
    (dist.parent / "decree43.toml").write_text(f'folder = "{folder}"\n', "utf-8")
    done = audit(dist.parent)
    assert done.returncode == 2 and "there is no folder" in done.stderr and "build the portal" in done.stderr


def test_a_settings_file_that_is_a_folder_is_an_error(dist: Path) -> None:
    (dist.parent / "decree43.toml").mkdir()
    done = audit(dist.parent, "./dist")
    assert done.returncode == 2 and "decree43.toml" in done.stderr and "cannot be read" in done.stderr


def test_a_folder_under_a_path_is_audited_there(dist: Path) -> None:
    home = dist.parent
    (home / ".git").mkdir()
    (dist / "index.html").write_text(HOME.replace('href="/tin-tuc"', f'href="{SITE}/thu/tin-tuc.html"'), "utf-8")
    only = ("--only", "ND43-10.1.b,ND43-15.2", "--today", "2026-11-21", "--kind", "department")
    assert audit(home, "./dist", "--site-url", f"{SITE}/thu", *only).returncode == 0
    report = json.loads((home / "out/report.json").read_text("utf-8"))
    assert report["portal"]["url"] == f"{SITE}/thu/"
    assert any(f"{SITE}/thu/" in note["vi"] for note in report["audit"]["notes"])
    news = next(f for f in report["findings"] if f["rule"] == "ND43-10.1.b")
    pages = [(e["url"], e["file"]) for e in news["evidence"] if e["kind"] == "page"]
    assert pages[0] == (f"{SITE}/thu/tin-tuc.html", "dist/tin-tuc.html")
    assert "127.0.0.1" not in json.dumps(report)


def test_advice_named_by_fail_on_is_said_to_break_nothing(dist: Path) -> None:
    done = audit(dist.parent, "./dist", "--kind", "department", "--fail-on", "technical", "--only", "technical")
    assert "chỉ là khuyến nghị" in done.stderr and done.returncode == 0


def test_a_gate_that_was_left_out_is_told(dist: Path) -> None:
    args = ("--fail-on", "ND43-15.2,ND43-10.1.b", "--only", "ND43-10.1.b", "--lang", "en")
    done = audit(dist.parent, "./dist", "--kind", "department", *args)
    assert "--fail-on ND43-15.2: not judged this time" in done.stderr, done.stderr


def test_a_request_says_nothing_of_a_secret() -> None:

    request = AuditRequest(
        "https://a.gov.vn/", access=Access("https://a.gov.vn:443", (("X", "bi-mat-9"),), ("bi-mat",))
    )
    assert "bi-mat" not in repr(request)
