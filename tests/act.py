"""A small runner of composite GitHub actions: it executes their shell steps in a clean environment.

It knows what our action uses: inputs with defaults, ``${{ … }}`` with names, ``==``, ``!=``, ``&&`` and ``always()``,
``env``, ``working-directory``, GITHUB_OUTPUT, GITHUB_PATH and GITHUB_STEP_SUMMARY. Steps with ``uses`` are only named.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml


@dataclass
class Ran:
    """How an action ended: the first failing status, its outputs, summary, and the steps in order."""

    status: int = 0
    outputs: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    #: Names of the steps that were executed; ``uses`` of those that a real runner would fetch, with what they got.
    steps: list[str] = field(default_factory=list)
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    log: str = ""


def run(action: Path, inputs: dict[str, str], *, workspace: Path, temp: Path, env: dict[str, str]) -> Ran:
    """Runs the action as a workflow's step would; ``env`` is all the environment it gets besides the runner's own."""
    data = yaml.safe_load(action.read_text("utf-8"))
    unknown = inputs.keys() - data["inputs"].keys()
    assert not unknown, f"no such inputs: {unknown}"
    given = {name: inputs.get(name, spec.get("default", "")) for name, spec in data["inputs"].items()}
    context: dict[str, Any] = {"inputs": given, "github": {"action_path": str(action.parent)}, "steps": {}}
    ran, path = Ran(), env["PATH"]
    for number, step in enumerate(data["runs"]["steps"]):
        wanted = step.get("if", "success()")
        if not (_truth(wanted, context) and (ran.status == 0 or "always()" in wanted)):
            continue
        if "uses" in step:
            with_ = {name: _filled(str(value), context) for name, value in step.get("with", {}).items()}
            ran.used[step["uses"]] = with_
            continue
        assert step["shell"] == "bash"
        files = {name: temp / f"{number}-{name}" for name in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("", "utf-8")
        script = temp / f"{number}.sh"
        script.write_text(_filled(step["run"], context), "utf-8")
        own = {name: _filled(str(value), context) for name, value in step.get("env", {}).items()}
        here = workspace / _filled(step.get("working-directory", "."), context)
        runner = {**{k: str(v) for k, v in files.items()}, "RUNNER_TEMP": str(temp), "GITHUB_ACTIONS": "true"}
        runner["GITHUB_WORKSPACE"] = str(workspace)
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=here, env={**env, **runner, **own, "PATH": path}, capture_output=True, text=True, timeout=280,
        )  # fmt: skip
        ran.steps.append(step.get("name", ""))
        ran.log += done.stdout + done.stderr
        ran.status = ran.status or done.returncode
        path = ":".join([*reversed(files["GITHUB_PATH"].read_text("utf-8").split()), path])
        ran.summary += files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines())
        if "id" in step:
            context["steps"][step["id"]] = {"outputs": outputs}
    ran.outputs = {name: _filled(spec["value"], context) for name, spec in data.get("outputs", {}).items()}
    return ran


def _filled(text: str, context: dict[str, Any]) -> str:
    return re.sub(r"\$\{\{\s*(.+?)\s*\}\}", lambda m: _value(m[1], context), text)


def _value(name: str, context: dict[str, Any]) -> str:
    here: Any = context
    for part in name.split("."):
        here = here.get(part, "") if isinstance(here, dict) else ""
    return str(here)


def _truth(text: str, context: dict[str, Any]) -> bool:
    inner = re.fullmatch(r"\s*\$\{\{(.+)\}\}\s*", text)
    return all(_one(part.strip(), context) for part in (inner[1] if inner else text).split("&&"))


def _one(text: str, context: dict[str, Any]) -> bool:
    if text in ("always()", "success()"):
        return True
    left, sign, right = re.fullmatch(r"(\S+)\s*(==|!=)\s*'(.*)'", text).groups()  # type: ignore[union-attr]
    return (_value(left, context) == right) is (sign == "==")
