"""A portal built by scripts gets the same verdicts as the same content served as HTML."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.browsers import needs_browser
from tests.crawler.little import LittlePortal, little_portal
from tests.script_portal import as_html, as_script

#: What the browser measures of the page as it is drawn may differ with it.
MEASURED = frozenset({"MOST25-PERF"})


def audit(portal: LittlePortal, out: Path, *more: str) -> dict[str, Any]:
    command = [
        sys.executable,
        "-c",
        "from app.cli import main; main()",
        "audit",
        portal.url,
        "--kind",
        "department",
        "--allow-private",
    ]
    command += [
        "--kind",
        "department",
        "--today",
        "2026-11-21",
        "--db",
        "none",
        "--format",
        "json",
        "--out",
        str(out),
        "--quiet",
    ]
    command += more
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, env=dict(os.environ), check=False)
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads((out / "report.json").read_text("utf-8"))
    return report


def verdicts(report: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    return {f["rule"]: (f["verdict"], f["cause"]) for f in report["findings"] if f["rule"] not in MEASURED}


@needs_browser
@pytest.mark.parametrize("hash", [False, True], ids=["history", "hash"])
def test_scripts_and_html_get_the_same_verdicts(tmp_path: Path, hash: bool) -> None:
    with little_portal() as served, little_portal() as built:
        served.otherwise = as_html
        built.otherwise = lambda method, target: as_script(target, hash=hash)
        plain, scripted = audit(served, tmp_path / "html"), audit(built, tmp_path / "script")
    assert scripted["facts"]["crawl.rendered"] is True
    assert plain["facts"]["crawl.rendered"] is False
    assert str(scripted["audit"]["vantage"]["browser"]).startswith("chromium ")
    assert verdicts(scripted) == verdicts(plain)
    for report in (plain, scripted):
        crawl = report["crawl"]
        assert crawl["browser_requests"] > 0
        assert crawl["requests"] + crawl["browser_requests"] == len(crawl["ledger"])
    assert abs(scripted["crawl"]["pages"] - plain["crawl"]["pages"]) <= 2


@needs_browser
def test_an_audit_again_gives_the_same_verdicts(tmp_path: Path) -> None:
    with little_portal() as served:
        served.otherwise = as_html
        first, second = (audit(served, tmp_path / name) for name in ("first", "second"))
    assert {f["rule"]: f["verdict"] for f in first["findings"]} == {f["rule"]: f["verdict"] for f in second["findings"]}


def test_without_a_browser_the_audit_says_so(tmp_path: Path) -> None:
    with little_portal() as built:
        built.otherwise = lambda method, target: as_script(target, hash=False)
        report = audit(built, tmp_path, "--no-browser")
    assert report["audit"]["vantage"]["browser"] is None
    assert report["facts"]["browser.used"] is False
    found = {f["rule"]: f["cause"] for f in report["findings"]}
    assert found["ND43-10.1.b"] == "needs_browser"
