"""``decree43 browser``: what it says where there is a browser, where there is none, and where it does not start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.browser.flags import sandboxed
from tests.browsers import needs_browser

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from app.cli import main; main()", "browser", *words]
    there = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "200", **env}
    return subprocess.run(command, capture_output=True, text=True, env=there, timeout=90, check=False)


@needs_browser
def test_the_doctor_opens_a_page() -> None:
    done = run("doctor", "--lang", "en")
    assert "Browser: chromium " in done.stdout
    assert done.returncode == 0, done.stdout + done.stderr
    assert "DECREE43_BROWSER_SANDBOX=on turns it on" in done.stdout


def test_without_a_browser_the_doctor_says_how_to_get_one(tmp_path: Path) -> None:
    nowhere = {name: str(tmp_path) for name in ("PATH", "HOME", "XDG_CACHE_HOME", "PLAYWRIGHT_BROWSERS_PATH")}
    done = run("doctor", DECREE43_CHROMIUM="", **nowhere)
    assert done.returncode == 1
    assert "decree43 browser install" in done.stdout


def test_a_variable_that_names_no_browser_is_named(tmp_path: Path) -> None:
    done = run("doctor", DECREE43_CHROMIUM=str(tmp_path / "none"))
    assert done.returncode == 1
    assert "DECREE43_CHROMIUM" in done.stdout
    assert "browser install" not in done.stdout


def test_a_browser_that_does_not_start_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text('#!/bin/sh\ncase "$*" in *--version*) echo "Chromium 150.0.0.1";; *) exit 7;; esac\n')
    broken.chmod(0o755)
    done = run("doctor", "--lang", "en", DECREE43_CHROMIUM=str(broken))
    assert done.returncode == 1
    assert "No page could be opened: the browser did not start" in done.stdout


def test_a_system_without_a_sandbox_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text(
        '#!/bin/sh\ncase "$*" in *--version*) echo "Chromium 150.0.0.1";; '
        '*) echo "[1:1:FATAL:zygote_host.cc(128)] No usable sandbox! Update your kernel" >&2; exit 1;; esac\n'
    )
    broken.chmod(0o755)
    done = run("doctor", "--lang", "en", DECREE43_CHROMIUM=str(broken), DECREE43_BROWSER_SANDBOX="on")
    assert done.returncode == 1
    assert "no usable sandbox" in done.stdout and "leave DECREE43_BROWSER_SANDBOX out" in done.stdout


@pytest.mark.parametrize(
    ("said", "user", "on"),
    [("on", 1000, True), ("ON", 1000, True), ("", 1000, False), ("off", 1000, False), ("on", 0, False)],
)
def test_the_sandbox_is_asked_for_by_a_variable_and_never_for_root(
    said: str, user: int, on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DECREE43_BROWSER_SANDBOX", said)
    monkeypatch.setattr("os.geteuid", lambda: user)
    assert sandboxed() is on


def test_an_unknown_language_is_wrong_usage() -> None:
    assert run("doctor", "--lang", "fr").returncode == 2
