"""The command as people run it: good and bad input, exit statuses, files whole or not at all."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAIN = [sys.executable, "-c", "from app.cli import main; main()"]
ENV = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "200", "PYTHONPATH": str(ROOT)}


def run(*args: str, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*MAIN, *args], capture_output=True, text=True, cwd=cwd, env=ENV, timeout=120)


def audit(url: str, cwd: Path, *args: str) -> subprocess.CompletedProcess[str]:
    fixed = ["--allow-private", "--no-browser", "--db", "none", "--quiet", "--out", "out"]
    return run("audit", url, *fixed, *args, cwd=cwd)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["khong-phai-dia-chi"], "is not the address of a portal"),
        (["ftp://a.gov.vn/"], "is not the address of a portal"),
        (["sokhcn.example.gov.vn"], "https://sokhcn.example.gov.vn"),
        (["http://a.gov.vn:99999/"], "is not the address of a portal"),
        (["http://127.0.0.1:1/", "--kind", "so"], "one of: ministry"),
        (["http://127.0.0.1:1/", "--format", "odt,html"], "no report format 'odt'"),
        (["http://127.0.0.1:1/", "--format", ","], "no report format"),
        (["http://127.0.0.1:1/", "--fail-under", "2"], "between 0 and 1"),
        (["http://127.0.0.1:1/", "--min-coverage=-0.1"], "between 0 and 1"),
        (["http://127.0.0.1:1/", "--today", "20/11/2026"], "2026-11-21"),
        (["http://127.0.0.1:1/", "--lang", "fr"], "vi or en"),
        (["http://127.0.0.1:1/", "--rules", "no-such"], "no catalogue 'no-such'"),
        (["http://127.0.0.1:1/", "--out", "/proc/none/here"], "cannot write to"),
        (["http://127.0.0.1:1/", "--components", "none.csv"], "cannot read"),
        (["http://127.0.0.1:1/", "--baseline", "none.json"], "is no baseline"),
        (["http://127.0.0.1:1/", "--max-pages", "0"], "max-pages"),
        ([], "URL"),
    ],
)
def test_wrong_usage_is_one_sentence_and_2(args: list[str], words: str, tmp_path: Path) -> None:
    done = run("audit", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [", "cannot be read"),
        ("- just\n- a list\n", "is no catalogue"),
        ("id: x\ntitle: {vi: a, en: b}\nrules: []\n", "rules"),
        ("id: x\ntitle: {vi: a, en: b}\nrules:\n- {id: ND-1, group: nowhere}\n", "broken.yaml, rule ND-1, group"),
    ],
)
def test_a_wrong_catalogue_is_refused_with_its_place(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text(text, "utf-8")
    for done in (
        run("rules", "validate", "broken.yaml", cwd=tmp_path),
        run("audit", "http://127.0.0.1:1/", "--rules", "broken.yaml", "--db", "none", cwd=tmp_path),
    ):
        assert done.returncode == 2
        assert "broken.yaml" in done.stderr and words in done.stderr
        assert "Traceback" not in done.stderr


def test_a_refused_connection_is_3_and_nothing_fails(tmp_path: Path) -> None:
    done = audit(f"http://127.0.0.1:{free_port()}/", tmp_path)
    assert done.returncode == 3
    assert "từ chối kết nối" in done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["score"]["value"] is None
    assert {f["verdict"] for f in report["findings"]} <= {"unknown", "not_applicable"}
    assert {f["cause"] for f in report["findings"] if f["verdict"] == "unknown"} == {"refused"}
    assert report["crawl"]["stopped_because"] == "unreachable" and report["audit"]["complete"] is False
    assert "Không kiểm tra được cổng" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_no_such_host_is_3(tmp_path: Path) -> None:
    done = audit("http://khong-co.invalid/", tmp_path, "--lang", "en")
    assert done.returncode == 3
    assert "could not be resolved" in done.stderr


def test_no_handshake_is_3(tiny_portal: str, tmp_path: Path) -> None:
    done = audit(tiny_portal.replace("http:", "https:"), tmp_path)
    assert done.returncode == 3
    assert "TLS" in done.stderr


def test_a_private_address_is_refused_unless_admitted(tiny_portal: str, tmp_path: Path) -> None:
    done = run("audit", tiny_portal, "--db", "none", "--quiet", "--out", "out", cwd=tmp_path)
    assert done.returncode == 3
    assert "--allow-private" in done.stderr


def test_a_good_run_and_its_bars(tiny_portal: str, tmp_path: Path) -> None:
    done = audit(tiny_portal, tmp_path, "--kind", "department", "--lang", "en")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    news = next(f for f in report["findings"] if f["rule"] == "ND43-10.1.b")
    assert news["verdict"] in ("pass", "partial")
    assert news["evidence"][0]["kind"] == "page" and news["evidence"][0]["url"].endswith("/tin-tuc")
    assert audit(tiny_portal, tmp_path, "--kind", "department", "--fail-under", "0.99").returncode == 1
    baseline = ["--baseline", str(tmp_path / "out" / "report.json")]
    assert audit(tiny_portal, tmp_path, "--kind", "department", *baseline).returncode == 0
    (tmp_path / "empty.json").write_text('{"findings": []}')
    assert audit(tiny_portal, tmp_path, "--kind", "department", "--baseline", "empty.json").returncode == 1


def test_the_same_evidence_gives_the_same_findings(tiny_portal: str, tmp_path: Path) -> None:
    def findings() -> object:
        audit(tiny_portal, tmp_path, "--kind", "commune", "--today", "2026-11-20")
        report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
        for f in report["findings"]:
            for e in f["evidence"]:
                e["observed_at"] = None
        return report["findings"], report["score"]

    first = findings()
    assert findings() == first
    assert {f["basis"] for f in first[0]} <= {"voluntary", "product"}  # type: ignore[index]


def test_an_audit_is_kept_and_printed_again(tiny_portal: str, tmp_path: Path) -> None:
    db = f"sqlite:///{tmp_path}/kept.db"
    done = run("audit", tiny_portal, "--allow-private", "--quiet", "--db", db, "--out", "one", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    audit_id = json.loads((tmp_path / "one" / "report.json").read_text("utf-8"))["audit"]["id"]
    assert audit_id in run("audits", "--db", db, cwd=tmp_path).stdout
    again = run("report", audit_id, "--db", db, "--format", "json", "--out", "two", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "two" / "report.json").read_bytes() == (tmp_path / "one" / "report.json").read_bytes()
    missing = run("report", "0000", "--db", db, cwd=tmp_path)
    assert missing.returncode == 2 and "hint" in missing.stderr


class _Slow(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path != "/":
            time.sleep(1.0)
        links = "".join(f'<a href="/muc-{n}">Mục {n}</a>' for n in range(60))
        body = f"<title>Sở</title><nav>{links}</nav><main><h1>Sở</h1><p>Trang {self.path}</p></main>".encode()
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def test_what_was_audited_is_judged_again_and_packed(tiny_portal: str, tmp_path: Path) -> None:
    """The commands one after the other, as an inspector types them."""
    db = f"sqlite:///{tmp_path / 'a.db'}"
    assert (
        run("audit", tiny_portal, "--allow-private", "--no-browser", "--db", db, "--quiet", cwd=tmp_path).returncode < 2
    )
    report = json.loads((tmp_path / "decree43-report" / "report.json").read_text("utf-8"))
    audit_id = report["audit"]["id"]
    again = run("rejudge", audit_id, "--db", db, "--out", "again", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    kept = json.loads((tmp_path / "again" / "report.json").read_text("utf-8"))
    assert (kept["findings"], kept["score"]) == (report["findings"], report["score"])
    later = run("rejudge", audit_id, "--db", db, "--rules", "nd224-2026", "--out", "later", cwd=tmp_path)
    assert later.returncode == 0, later.stderr
    ruleset = json.loads((tmp_path / "later" / "report.json").read_text("utf-8"))["audit"]["ruleset"]
    assert ruleset["id"] == "nd224-2026"
    assert run("evidence", "export", audit_id, "--db", db, "--out", "pack.wacz", cwd=tmp_path).returncode == 0
    assert run("evidence", "verify", "pack.wacz", cwd=tmp_path).returncode == 0
    pack = bytearray((tmp_path / "pack.wacz").read_bytes())
    pack[len(pack) // 2] ^= 1
    (tmp_path / "pack.wacz").write_bytes(pack)
    assert run("evidence", "verify", "pack.wacz", cwd=tmp_path).returncode == 1


@pytest.fixture
def slow_portal() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Slow)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_ctrl_c_writes_what_was_judged_and_is_130(slow_portal: str, tmp_path: Path) -> None:
    args = ["audit", slow_portal, "--allow-private", "--db", "none", "--out", "out", "--quiet"]
    with subprocess.Popen([*MAIN, *args], cwd=tmp_path, env=ENV, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(6)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["audit"]["complete"] is False
    assert report["crawl"]["stopped_because"] == "interrupted"
    assert "fail" not in {f["verdict"] for f in report["findings"] if f["rule"] == "ND43-10.1.b"}
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["report.html", "report.json"]


def test_time_is_kept_and_what_was_not_seen_is_unknown(slow_portal: str, tmp_path: Path) -> None:
    done = audit(slow_portal, tmp_path, "--max-minutes", "0.1")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["crawl"]["stopped_because"] == "time"
    news = next(f for f in report["findings"] if f["rule"] == "ND43-10.1.b")
    assert (news["verdict"], news["cause"]) == ("unknown", "time")
