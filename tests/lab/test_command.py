"""The real command against the lab: what the whole audit says of IPv6, DNSSEC and HTTPS; and the doctor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.lab.name_server import NameServer
from tests.lab.scenes import needs_ipv6_loopback, portals

ROOT = Path(__file__).resolve().parents[2]
SPEAK = {**os.environ, "PYTHONPATH": str(ROOT)}


def decree43(*args: str, **more: str) -> subprocess.CompletedProcess[str]:
    code = "from app.cli import main; main()"
    command = [sys.executable, "-c", code, *args]
    return subprocess.run(command, capture_output=True, text=True, env=SPEAK | more, timeout=120)


def audit(url: str, out: Path, *args: str, **more: str) -> dict[str, Any]:
    done = decree43(
        "audit", url, "--allow-private", "--no-browser", "--db", "none", "--format", "json", "--out", str(out),
        "--quiet", *args, **more,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads((out / "report.json").read_text("utf-8")))


def verdict(report: dict[str, Any], rule: str) -> tuple[str, str | None]:
    found = next(f for f in report["findings"] if f["rule"] == rule)
    return found["verdict"], found["cause"]


@needs_ipv6_loopback
@pytest.mark.parametrize(
    ("hosts", "host", "wanted"),
    [
        (("127.0.0.1", "::1"), "cong.ky.lab", "pass"),
        (("127.0.0.1", "::1"), "cong.khong.lab", "partial"),  # good IPv6, not signed
        (("127.0.0.1",), "cong.khong.lab", "partial"),  # an address that is dead
        (("127.0.0.1",), "bon.khong.lab", "fail"),  # no address, not signed
    ],
)
def test_ipv6_and_dnssec(
    internet: NameServer, anchor: str, tmp_path: Path, hosts: tuple[str, ...], host: str, wanted: str
) -> None:
    with portals(*hosts) as (portal, *_):
        options = ("--resolver", internet.where, "--trust-anchor", anchor)
        report = audit(f"http://{host}:{portal.port}/", tmp_path, *options)
    assert verdict(report, "TT32-15.4") == (wanted, None)
    assert report["facts"]["dns.aaaa"] is (host != "bon.khong.lab")
    assert report["facts"]["ipv6.http"] is (None if host == "bon.khong.lab" else len(hosts) == 2)
    assert report["audit"]["vantage"]["resolver"] == internet.where
    assert report["audit"]["vantage"]["dnssec"] == "records"
    assert verdict(report, "ND43-27.1") == ("pass", None)
    assert f"https://{host}/" in {row["url"] for row in report["crawl"]["ledger"]}  # the handshake that was tried


def test_the_resolver_of_the_environment(internet: NameServer, anchor: str, tmp_path: Path) -> None:
    with portals("127.0.0.1") as (portal,):
        named = {"DECREE43_RESOLVER": internet.where, "DECREE43_TRUST_ANCHOR": anchor}
        report = audit(f"http://bon.khong.lab:{portal.port}/", tmp_path, **named)
    assert verdict(report, "TT32-15.4") == ("fail", None)


def test_a_wrong_trust_anchor_is_refused_at_the_door(tmp_path: Path) -> None:
    done = decree43("audit", "http://127.0.0.1:9/", "--trust-anchor", str(tmp_path / "none"))
    assert done.returncode == 2 and "trust anchor" in done.stderr and "hint:" in done.stderr


@pytest.mark.parametrize(("lang", "words"), [("vi", "Máy chủ tên miền"), ("en", "Resolver")])
def test_the_doctor(internet: NameServer, tmp_path: Path, lang: str, words: str) -> None:
    database = f"sqlite:///{tmp_path / 'a.db'}"
    done = decree43("doctor", "--lang", lang, "--resolver", internet.where, "--db", database)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert f"✓ {words}: {internet.where}" in lines
    assert [line for line in lines if "DNSSEC" in line and line[0] == "✓"]
    assert [line for line in lines if str(tmp_path) in line and line[0] == "✓"]
    assert not (tmp_path / "a.db").exists()  # only looked at
    assert all(line[0] in "✓✗? " for line in lines)


def test_the_doctor_says_how_to_mend_a_dead_resolver(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "file" / "a.db")
    (tmp_path / "file").write_text("")
    done = decree43("doctor", "--lang", "en", "--resolver", "127.0.0.1:1", "--db", f"sqlite:///{nowhere}")
    assert done.returncode == 0, done.stderr
    assert "✗ Resolver: 127.0.0.1:1 does not answer" in done.stdout
    assert "--resolver" in done.stdout and "✗ Database: cannot be opened" in done.stdout
