"""A package from outside brings a kind, a probe and a format, by entry points only."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = ROOT / "tests" / "plugin"

RULES = {
    "id": "slogan",
    "title": {"vi": "Khẩu hiệu", "en": "Slogan"},
    "rules": [
        {
            "id": "TEST-1",
            "group": "functions",
            "title": {"vi": "Có khẩu hiệu", "en": "A slogan"},
            "basis": "product",
            "applies_to": ["department"],
            "weight": {"province": 2},
            "check": "slogan",
            "with": {"words": "Vì nhân dân phục vụ"},
            "fix": {"vi": "Thêm khẩu hiệu.", "en": "Add the slogan."},
        }
    ],
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("plugin")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    command += ["--no-index", "--disable-pip-version-check", "--target", str(target), str(PLUGIN)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return target


def decree43(installed: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(installed), str(ROOT)])}
    code = "from app.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, env=env, timeout=120)


def test_its_kind_probe_and_format_work(installed: Path, tmp_path: Path, tiny_portal: str) -> None:
    rules = tmp_path / "slogan.yaml"
    rules.write_text(yaml.safe_dump(RULES, allow_unicode=True), "utf-8")
    out = tmp_path / "out"
    done = decree43(
        installed, "audit", tiny_portal, "--kind", "department", "--rules", str(rules), "--allow-private",
        "--no-browser", "--db", "none", "--out", str(out), "--format", "json,slogan", "--quiet",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads((out / "report.json").read_text("utf-8"))
    (finding,) = report["findings"]
    assert (finding["rule"], finding["verdict"], finding["points"]) == ("TEST-1", "pass", 2.0)
    assert report["facts"]["slogan.greeting"] == "xin chào"
    assert report["score"]["profile"] == "product-portal-index"
    assert (out / "report.slogan.txt").read_text() == "TEST-1 pass"
    assert "broken" in done.stderr and "NoSuchThing" in done.stderr


def test_without_the_package_its_kind_is_unknown(tmp_path: Path) -> None:
    rules = tmp_path / "slogan.yaml"
    rules.write_text(yaml.safe_dump(RULES, allow_unicode=True), "utf-8")
    done = decree43(tmp_path, "rules", "validate", str(rules))
    assert done.returncode == 2
    assert "slogan.yaml, rule TEST-1, check: " in done.stderr and "no kind 'slogan'" in done.stderr
    assert "one of:" in done.stderr
