"""A protected preview: opened for its own origin only, with nothing of the secrets in anything that is told."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browsers import needs_browser
from tests.protected import Guarded, guarded

ROOT = Path(__file__).resolve().parents[2]
MAIN = [sys.executable, "-c", "from app.cli import main; main()"]
PASSWORD, TOKEN, SESSION = "mat-khau-rat-dai", "the-token-4711", "phien-0815-xyz"
SECRETS = (PASSWORD, TOKEN, SESSION, "bGFuOm1hdC1raGF1LXJhdC1kYWk")
ENV = {
    **os.environ,
    "NO_COLOR": "1",
    "COLUMNS": "200",
    "PYTHONPATH": str(ROOT),
    "LOGIN": f"lan:{PASSWORD}",
    "TOKEN": TOKEN,
    "SESSION": SESSION,
}
OPEN = ["--basic-auth-env", "LOGIN", "--header", "X-Token: ${TOKEN}", "--cookie", "phien=${SESSION}"]


def portal(elsewhere: Callable[[], str], script: bool = False) -> Callable[[str, dict[str, str]], tuple]:
    """A portal that opens for all three together, shows visitors what they sent, and sends some elsewhere."""

    def answers(path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], str]:
        opened = (
            headers.get("authorization", "").startswith("Basic ")
            and headers.get("x-token") == TOKEN
            and SESSION in headers.get("cookie", "")
        )
        if path == "/robots.txt":
            return 404, {}, ""
        if not opened:
            return 401, {"WWW-Authenticate": 'Basic realm="x"'}, f"closed {headers}"
        if path.startswith("/di"):
            return 302, {"Location": f"{elsewhere()}/den?token={TOKEN}"}, ""
        if path.startswith("/vong"):
            return 302, {"Location": f"/noi?t={SESSION}"}, ""
        echo = f"<p>Chào {headers.get('authorization')} {headers.get('cookie')} {TOKEN}</p>"
        links = '<a href="/tin-tuc">Tin tức</a> <a href="/di">Văn bản</a> <a href="/vong">Liên hệ</a>'
        links += f'<a href="{elsewhere()}/lien-ket">Cổng khác</a> <img src="{elsewhere()}/anh.png" alt="ảnh">'
        words = "<p>Cổng thông tin của Sở Thử nghiệm đăng tin tức, văn bản và thông tin liên hệ.</p>" * 9
        if script and path == "/":
            build = f"document.body.innerHTML += `<nav>{links}</nav><main><h1>Sở</h1>{echo}{words}</main>`"
            away = f"fetch('{elsewhere()}/lay').catch(() => 0); fetch('/du-lieu'); fetch('/di/lay').catch(() => 0)"
            return 200, {}, f"<title>Sở Thử</title><body><div id=app></div><script>{build};{away}</script>"
        return 200, {}, f"<title>Sở Thử {TOKEN}</title><nav>{links}</nav><main><h1>Sở {SESSION}</h1>{echo}</main>"

    return answers


def stranger(path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], str]:
    return 200, {"Access-Control-Allow-Origin": "*"}, "<title>Khác</title><main>Trang của cơ quan khác</main>"


def audit(url: str, cwd: Path, *args: str, env: dict[str, str] = ENV) -> subprocess.CompletedProcess[str]:
    formats = ["--format", "html,json,junit,sarif,md", "--out", "out", "--db", f"sqlite:///{cwd}/audits.db"]
    command = [*MAIN, "audit", url, "--allow-private", "--max-pages", "30", *formats, *args]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=env, timeout=150)


def told(done: subprocess.CompletedProcess[str], folder: Path) -> str:
    """Everything a run left behind: streams, reports, the database unpacked."""
    from storage.store import open_store

    kept = ""
    if (folder / "audits.db").exists():
        from core import audit_json

        with open_store(f"sqlite:///{folder}/audits.db") as store:
            kept = "".join(audit_json.dumps(store.load(row.id)).decode() for row in store.list())
    files = "".join(p.read_bytes().decode("utf-8", "replace") for p in folder.rglob("*") if p.is_file())
    return done.stdout + done.stderr + kept + files


def check(done: subprocess.CompletedProcess[str], folder: Path, own: Guarded, other: Guarded) -> None:
    assert done.returncode in (0, 1), done.stderr
    assert any(path == "/tin-tuc" for path, _ in own.asked), "the preview was never opened"
    assert other.asked, "the stranger was never asked, so nothing was tried"
    assert not any(secret in other.everything() for secret in SECRETS)
    everything = told(done, folder)
    assert "Sở Thử" in everything and "[hidden]" in everything
    assert [secret for secret in SECRETS if secret in everything] == []


def test_the_preview_opens_and_nothing_is_told(tmp_path: Path) -> None:
    with guarded(stranger) as other, guarded(portal(lambda: other.url)) as own:
        done = audit(f"{own.url}/", tmp_path, "--no-browser", "--allow-host", f"127.0.0.1:{other.port}", *OPEN)
        check(done, tmp_path, own, other)


@needs_browser
def test_the_browser_shows_it_to_its_origin_only(tmp_path: Path) -> None:
    with guarded(stranger) as other, guarded(portal(lambda: other.url, script=True)) as own:
        done = audit(f"{own.url}/", tmp_path, "--allow-host", f"127.0.0.1:{other.port}", *OPEN)
        check(done, tmp_path, own, other)
        assert {"/lay", "/anh.png"} & {path for path, _ in other.asked}
        fetched = [headers for path, headers in own.asked if path == "/du-lieu"]
        assert fetched and all(SESSION in headers.get("cookie", "") for headers in fetched)


def test_without_a_login_the_way_in_is_named(tmp_path: Path) -> None:
    with guarded(portal(lambda: "http://127.0.0.1:1")) as own:
        done = audit(f"{own.url}/", tmp_path, "--no-browser", "--lang", "en")
    assert done.returncode == 3
    assert "--basic-auth-env" in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["--header", f"X Token: {TOKEN}"],
        ["--header", f"X-Token {TOKEN}"],
        ["--cookie", f"{TOKEN} {PASSWORD}=1"],
        ["--basic-auth-env", "TOKEN"],
        ["--header", f"Host: {TOKEN}"],
    ],
)
def test_an_error_does_not_tell_either(args: list[str], tmp_path: Path) -> None:
    done = audit("http://127.0.0.1:1/", tmp_path, *args)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert not any(secret in done.stderr + done.stdout for secret in SECRETS)


def test_a_password_in_the_address_is_refused_unseen(tmp_path: Path) -> None:
    done = audit(f"http://lan:{PASSWORD}@127.0.0.1:1/", tmp_path)
    assert done.returncode == 2 and "--basic-auth-env" in done.stderr
    assert PASSWORD not in done.stderr + done.stdout


def test_a_password_that_is_a_word_of_the_report_breaks_nothing(tmp_path: Path) -> None:
    def weak(path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], str]:
        return 200, {}, '<title>pass</title><nav><a href="/pass">pass</a></nav><main><h1>pass</h1></main>'

    with guarded(weak) as own:
        done = audit(f"{own.url}/", tmp_path, "--no-browser", "--header", "X-A: pass", "--header", "X-B: score")
    assert done.returncode == 0, done.stderr
    assert any(path == "/pass" for path, _ in own.asked)
