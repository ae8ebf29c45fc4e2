"""What is ready-made for CI: valid by the published schemas, and its steps executed where a machine can."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests import act

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
SCHEMAS = Path(__file__).parent / "schemas"
ACTION = DEPLOY / "github/action.yml"
CONTAINERFILE = DEPLOY / "container/Containerfile"
NAV = '<nav><a href="/tin-tuc.html">Tin tức</a> <a href="#">Hỏi đáp</a></nav>'


def valid(schema: str, data: Any) -> None:
    rules = json.loads((SCHEMAS / schema).read_text("utf-8"))
    jsonschema.validators.validator_for(rules)(rules).validate(data)


@pytest.mark.parametrize(
    ("file", "schema"),
    [
        ("github/action.yml", "github-actions.json"),
        ("github/pull-request.yml", "github-workflows.json"),
        ("gitlab/decree43.gitlab-ci.yml", "gitlab-ci.json"),
    ],
)
def test_files_are_valid_by_their_schemas(file: str, schema: str) -> None:
    data = yaml.safe_load((DEPLOY / file).read_text("utf-8"))
    if True in data:  # YAML 1.1 reads the key `on` as a truth value; GitHub does not
        data["on"] = data.pop(True)
    valid(schema, data)


def test_the_schemas_refuse_what_is_wrong() -> None:
    for schema, data in (
        ("github-actions.json", {"name": "x", "runs": {"using": "composite"}}),
        ("github-workflows.json", {"on": "push", "jobs": {"a": {"runs-on": 3}}}),
        ("gitlab-ci.json", {"a": {"script": {"x": 1}}}),
    ):
        with pytest.raises(jsonschema.ValidationError):
            valid(schema, data)


def test_inputs_reach_the_shell_as_variables_only() -> None:
    """What stands between braces is pasted into the script: an input there could bring commands of its own."""
    for step in yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
    workflow = yaml.safe_load((DEPLOY / "github/pull-request.yml").read_text("utf-8"))
    for job in workflow["jobs"].values():
        assert not any("${{" in step.get("run", "") for step in job["steps"])


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A repository of a portal with its built folder."""
    home = tmp_path / "repo"
    dist = home / "dist"
    dist.mkdir(parents=True)
    (dist / "index.html").write_text(f"<title>Sở Thử</title>{NAV}<main><h1>Sở Thử</h1><p>Chào</p></main>", "utf-8")
    (dist / "tin-tuc.html").write_text("<title>Tin tức</title><main><h1>Tin tức</h1></main>", "utf-8")
    return home


def clean(folder: Path) -> dict[str, str]:
    """The environment of a fresh machine with our program on the path; what it imports is found beside Python."""
    commands = folder / "bin"
    commands.mkdir()
    command = f"#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -c 'from app.cli import main; main()' \"$@\"\n"
    (commands / "decree43").write_text(command, "utf-8")
    (commands / "decree43").chmod(0o755)
    (folder / "home").mkdir()
    return {"PATH": f"{commands}:/usr/bin:/bin", "HOME": str(folder / "home"), "LANG": "C.UTF-8"}


def without_install(folder: Path) -> Path:
    """The action without its installing step, which needs the network; it is tried by hand (docs/en/ci.md)."""
    data = yaml.safe_load(ACTION.read_text("utf-8"))
    steps = data["runs"]["steps"]
    kept = [step for step in steps if step.get("name") != "Install decree43"]
    assert len(kept) == len(steps) - 1
    data["runs"]["steps"] = kept
    copy = folder / "action.yml"
    copy.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return copy


@pytest.mark.parametrize(("more", "status"), [("", 0), ("--fail-on=ND43-15.2", 1), ("--kindd=x", 2), ("--kind=x y", 2)])
def test_the_action_publishes_its_reports_and_ends_as_the_audit(
    portal: Path, tmp_path: Path, more: str, status: int
) -> None:
    inputs = {
        "target": "./dist",
        "working-directory": "repo",
        "arguments": f"  --kind=department\n\n--no-browser\n--name=Sở Thử Nghiệm $(id) ; exit 7\n{more}\n",
        "code-scanning": "true",
    }
    runner = tmp_path / "runner"
    runner.mkdir()
    ran = act.run(without_install(tmp_path), inputs, workspace=tmp_path, temp=runner, env=clean(tmp_path))
    assert ran.status == status and ran.outputs["status"] == str(status), ran.log
    assert ran.steps == ["Audit"]
    assert ran.used["actions/setup-python@v5"] == {"python-version": "3.12"}
    if status == 2:
        assert "actions/upload-artifact@v4" not in ran.used and ran.summary == ""
        return
    out = portal / "decree43-report"
    assert ran.outputs["report"] == str(out)
    assert {p.name for p in out.iterdir()} == {
        "report.html", "report.json", "report.junit.xml", "report.sarif", "report.md",
    }  # fmt: skip
    assert "Sở Thử Nghiệm $(id) ; exit 7" in ran.summary
    (log,) = json.loads((out / "report.sarif").read_text("utf-8"))["runs"]
    places = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in log["results"]]
    assert places and all((tmp_path / uri).is_file() and uri.startswith("repo/dist/") for uri in places)
    assert ran.used["actions/upload-artifact@v4"] == {"name": "decree43-report", "path": str(out)}
    assert ran.used["github/codeql-action/upload-sarif@v3"]["sarif_file"] == f"{out}/report.sarif"


def test_the_installing_step_names_what_there_is() -> None:
    (install,) = [
        s for s in yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"] if s.get("name") == "Install decree43"
    ]
    assert (ACTION.parent / "../..").resolve() == ROOT and "action_path }}/../.." in install["env"]["SOURCE"]
    assert "$SOURCE/requirements.lock" in install["run"] and (ROOT / "requirements.lock").is_file()
    done = subprocess.run(["bash", "-n"], input=install["run"], text=True, capture_output=True)
    assert done.returncode == 0, done.stderr


def test_the_gitlab_job_runs_and_leaves_what_it_promises(portal: Path, tmp_path: Path) -> None:
    data = yaml.safe_load((DEPLOY / "gitlab/decree43.gitlab-ci.yml").read_text("utf-8"))
    job = data["decree43"]
    variables = {
        **data["variables"],
        "DECREE43_TARGET": "./dist",
        "DECREE43_OPTIONS": '--kind department --no-browser\n--fail-on ND43-15.2 --name "Sở Khoa học $(id) ; exit 7"',
    }
    env = {**clean(tmp_path), **variables}
    done = subprocess.run(
        ["bash", "-ec", "\n".join(job["script"])], cwd=portal, env=env, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    assert job["artifacts"]["when"] == "always"
    for path in (*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]):
        assert (portal / path).exists()
    report = json.loads((portal / "decree43-report/report.json").read_text("utf-8"))
    assert report["portal"]["name"] == "Sở Khoa học $(id) ; exit 7"
    wrong = subprocess.run(
        ["bash", "-ec", "\n".join(job["script"])], cwd=portal, env=env | {"DECREE43_OPTIONS": "--name 'Sở"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert wrong.returncode == 2 and "quote" in wrong.stderr
    env["DECREE43_TARGET"] = env["DECREE43_OPTIONS"] = ""
    done = subprocess.run(
        ["bash", "-ec", "\n".join(job["script"])], cwd=portal, env=env, capture_output=True, text=True
    )
    assert done.returncode == 2 and "decree43.toml" in done.stderr


def test_a_forks_pull_request_asks_for_nothing_it_may_not_do() -> None:
    workflow = yaml.safe_load((DEPLOY / "github/pull-request.yml").read_text("utf-8"))
    steps = workflow["jobs"]["decree43"]["steps"]
    writes = [step["with"]["code-scanning"] for step in steps if "code-scanning" in step.get("with", {})]
    writes += [step["if"] for step in steps if "gh pr comment" in step.get("run", "")]
    assert len(writes) == 2
    assert all("github.event.pull_request.head.repo.fork != true" in wanted for wanted in writes)


def git(folder: Path, *args: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    who = ["-c", "user.name=an", "-c", "user.email=an@example.gov.vn", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *who, *args], cwd=folder, env=env, capture_output=True, text=True)


def test_the_hook_keeps_a_merge_from_making_the_portal_worse(portal: Path, tmp_path: Path) -> None:
    env = clean(tmp_path) | {"DECREE43_BUILD": "true"}
    (portal / "decree43.toml").write_text(
        'folder = "dist"\nkind = "department"\nonly = "ND43-15.2"\nbaseline = "base.json"\n', "utf-8"
    )
    (portal / "base.json").write_text('{"schema": "decree43-baseline/1", "fails": ["ND43-15.2"]}', "utf-8")
    for command in (["init"], ["add", "-A"], ["commit", "-m", "a"], ["checkout", "-b", "other"]):
        assert git(portal, *command, env=env).returncode == 0
    (portal / "base.json").write_text('{"schema": "decree43-baseline/1", "fails": []}', "utf-8")
    assert git(portal, "commit", "-am", "b", env=env).returncode == 0
    git(portal, "checkout", "main", env=env)
    (portal / "README").write_text("x", "utf-8")
    git(portal, "add", "-A", env=env)
    git(portal, "commit", "-m", "c", env=env)
    shutil.copy(DEPLOY / "pre-merge/pre-merge-commit", portal / ".git/hooks/")
    stopped = git(portal, "merge", "--no-edit", "other", env=env)
    assert stopped.returncode != 0 and "not merged, status 1" in stopped.stderr, stopped.stderr
    git(portal, "merge", "--abort", env=env)
    (portal / "decree43.toml").write_text("", "utf-8")
    git(portal, "rm", "-q", "-f", "decree43.toml", env=env)
    git(portal, "commit", "-m", "d", env=env)
    passed = git(portal, "merge", "--no-edit", "other", env=env)
    assert passed.returncode == 0 and "nothing is checked" in passed.stderr, passed.stderr


def test_the_hooks_own_instructions_make_it_run_for_every_merge(portal: Path, tmp_path: Path) -> None:
    """A fast-forward makes no commit, and git calls no hook for it."""
    env = clean(tmp_path) | {"DECREE43_BUILD": "true"}
    (portal / "decree43.toml").write_text(
        'folder = "dist"\nkind = "department"\nonly = "ND43-15.2"\nfail_on = "ND43-15.2"\n', "utf-8"
    )
    shutil.copy(DEPLOY / "pre-merge/pre-merge-commit", portal)
    for command in (["init"], ["add", "-A"], ["commit", "-m", "a"], ["checkout", "-b", "other"]):
        assert git(portal, *command, env=env).returncode == 0
    (portal / "README").write_text("x", "utf-8")
    git(portal, "add", "-A", env=env)
    git(portal, "commit", "-m", "b", env=env)
    git(portal, "checkout", "main", env=env)
    told = (DEPLOY / "pre-merge/pre-merge-commit").read_text("utf-8").splitlines()
    install = [row.removeprefix("#   ") for row in told if row.startswith("#   ")]
    assert len(install) == 2
    for row in install:
        subprocess.run(["sh", "-ec", row], cwd=portal, env=env, check=True)
    stopped = git(portal, "merge", "--no-edit", "other", env=env)
    assert stopped.returncode != 0 and "not merged, status 1" in stopped.stderr, stopped.stderr


def instructions() -> list[tuple[str, str]]:
    """The container file's instructions, continued lines joined, comments left out."""
    text = "\n".join(row for row in CONTAINERFILE.read_text("utf-8").splitlines() if not row.startswith("#"))
    rows = [row for row in text.replace("\\\n", " ").splitlines() if row.strip()]
    return [(row.split(maxsplit=1)[0], row.split(maxsplit=1)[1].strip()) for row in rows]


def test_the_container_is_run_by_nobody_special() -> None:
    steps = instructions()
    names = [name for name, _ in steps]
    user = steps[names.index("USER")][1]
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user) and names.count("USER") == 1
    assert names.index("USER") < names.index("ENTRYPOINT") and "RUN" not in names[names.index("USER") :]
    entry, command = (json.loads(value) for name, value in steps if name in ("ENTRYPOINT", "CMD"))
    assert [*entry, *command] == ["tini", "--", "decree43", "--help"]
    home = next(value for name, value in steps if name == "ENV")
    assert "HOME=/tmp" in home  # Docker's --user may be anybody
    told = CONTAINERFILE.read_text("utf-8")
    assert "--userns=keep-id:uid=10001,gid=10001" in told and '--user "$(id -u):$(id -g)"' in told


def test_what_the_container_copies_is_there_and_not_ignored() -> None:
    ignored = {row for row in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if row and row[0] != "#"}
    for name, value in instructions():
        if name == "COPY":
            source = value.split()[0]
            assert (ROOT / source).exists() and source not in ignored
    # What the wheel is made from.
    wheel = ("core", "checks", "crawler", "storage", "reports", "app", "rulesets", "tests", "scripts", "pyproject.toml")
    assert not ignored & {*wheel, "decree43_rules.yaml", "README.md", "LICENSE"}


def test_the_containers_shell_lines_are_shell() -> None:
    for name, value in instructions():
        if name == "RUN":
            assert subprocess.run(["sh", "-n"], input=value, text=True).returncode == 0


def test_the_containers_packages_are_debians() -> None:
    """Every package named can be installed; without a list of packages there is nothing to ask."""
    from crawler.browser.install import PACKAGES

    (line,) = [value for name, value in instructions() if name == "RUN" and "apt-get install" in value]
    words = shlex.split(line[line.index("apt-get install") :].split("&&")[0])
    packages = [word for word in words[2:] if not word.startswith("-")]
    assert set(PACKAGES) <= set(packages), "what the browser needs on Debian"
    apt = shutil.which("apt-get")
    lists = Path("/var/lib/apt/lists")
    if apt is None or not any(lists.glob("*_Packages*")):
        pytest.skip("no Debian with lists of packages")
    env = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run([apt, "-s", "install", "--no-install-recommends", *packages], env=env, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
