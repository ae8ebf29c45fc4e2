"""The real command against every bundled portal, served by a real local server: the known truth comes out."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.settings import vietnam_today
from app.site_server import serve
from app.sites import bundled_sites, load_site, sites_folder

ROOT = Path(__file__).resolve().parents[2]
#: Causes that only another machine or a later probe can lift.
VANTAGE = {"needs_browser", "needs_tls", "needs_probe", "no_ipv6_route", "address_is_number", "not_in_html"}


@cache
def truth(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((sites_folder() / name / "truth.yaml").read_text("utf-8"))
    return loaded


def verdicts(entry: dict[str, Any]) -> set[str]:
    wanted = entry["verdict"]
    return {wanted} if isinstance(wanted, str) else set(wanted)


@pytest.fixture(scope="module", params=bundled_sites())
def audited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    name = request.param
    out = tmp_path_factory.mktemp(name)
    today = vietnam_today()
    site = load_site(sites_folder() / name, today)
    with serve(site) as base:
        args = ["audit", f"{str(base).rstrip('/')}/", "--kind", site.kind, "--today", today.isoformat()]
        args += ["--allow-private", "--no-browser", "--db", "none", "--out", str(out), "--quiet", "--format", "json"]
        done = subprocess.run(
            [sys.executable, "-c", "from app.cli import main; main()", *args],
            capture_output=True, text=True, cwd=ROOT, env={**os.environ}, timeout=300,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return name, json.loads((out / "report.json").read_text("utf-8"))


def test_every_duty_gets_its_true_verdict(audited: tuple[str, dict[str, Any]]) -> None:
    name, report = audited
    known = truth(name)
    wrong = [
        f"{f['rule']}: {f['verdict']} ({f['cause'] or f['message']['vi']}), "
        f"should be {sorted(verdicts(known[f['rule']]))}"
        for f in report["findings"]
        if f["rule"] in known and f["verdict"] not in verdicts(known[f["rule"]])
    ]
    assert not wrong, "\n".join(wrong)


def test_every_duty_has_a_known_truth(audited: tuple[str, dict[str, Any]]) -> None:
    name, report = audited
    assert {f["rule"] for f in report["findings"]} - truth(name).keys() == set()


def test_at_most_one_duty_in_twenty_is_unknown(audited: tuple[str, dict[str, Any]]) -> None:
    _, report = audited
    applies = [f for f in report["findings"] if f["verdict"] != "not_applicable"]
    unseen = [f["rule"] for f in applies if f["verdict"] == "unknown" and f["cause"] not in VANTAGE]
    assert len(unseen) <= len(applies) / 20, unseen


def test_the_section_and_its_newest_date_are_the_true_ones(audited: tuple[str, dict[str, Any]]) -> None:
    name, report = audited
    wrong = []
    for f in report["findings"]:
        section = truth(name).get(f["rule"], {}).get("section")
        if not section or f["verdict"] not in ("pass", "partial"):
            continue
        pages = [e["url"].partition("?")[0] for e in f["evidence"] if e["url"]]
        wanted = [section] if isinstance(section, str) else section
        if not any(w.rstrip("/") in url for w in wanted for url in pages):
            wrong.append(f"{f['rule']}: {pages[:2]}, should be {wanted}")
    assert not wrong, "\n".join(wrong)
