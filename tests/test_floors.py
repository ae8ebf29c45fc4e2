"""The floors: what must hold in every file of the repository, whatever it is about."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("core", "checks", "crawler", "storage", "reports", "app")

MAX_LINES = 400
#: Files that may be longer, each with its reason.
LONG_FILES: dict[str, str] = {}

#: An address of a package registry, or a place on somebody's machine.
STRANGERS = re.compile(
    r"pythonhosted\.org|pypi\.org/simple|registry\.(?:npmjs\.org|yarnpkg\.com)|\b(?:extra-)?index-url\b|--find-links"
    r"|(?:(?<![\w/.-])|(?<=file://))/(?:(?:home|Users)/[a-z]\w*|root|opt/\w+)/"
)
#: Files that speak about such things, each with its reason.
MAY_NAME_STRANGERS = {
    "tests/test_floors.py": "the pattern itself",
}


def run(*command: str) -> None:
    """Fails with what the command printed."""
    module = () if command[0] == "-c" else ("-m",)
    done = subprocess.run([sys.executable, *module, *command], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"{' '.join(command)}\n{done.stdout}{done.stderr}", pytrace=False)


def tracked_files() -> list[Path]:
    """The files of the repository; of the folder, where it was unpacked from an archive without git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        found = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        found = [p for p in ROOT.rglob("*") if not any(part.startswith(".") for part in p.relative_to(ROOT).parts)]
    return sorted(path for path in found if path.is_file())


def python_files(*rooms: str) -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in rooms]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def strangers_in(text: str, place: Path = ROOT) -> list[str]:
    """Registry addresses and machine paths in ``text``; ``place`` is where this checkout stands."""
    found = [match.group() for match in STRANGERS.finditer(text)]
    return [*found, str(place)] if len(place.parts) > 2 and f"{place}/" in text else found


def clocks_in(source: str) -> list[int]:
    """The lines of ``source`` that ask the clock."""
    asks = {"now", "today", "utcnow"}
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in asks
        and ast.unparse(node.func.value).split(".")[-1] in {"date", "datetime"}
    ]


def network_imports_in(source: str) -> list[str]:
    """Network parts of the standard library's ``urllib``: import-linter sees only the whole of it."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [found for found in names if found.startswith(("urllib.request", "urllib.robotparser"))]


def test_imports_keep_to_the_house() -> None:
    run("-c", "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])")


def test_ruff_check() -> None:
    run("ruff", "check", "--no-cache", ".")


def test_ruff_format() -> None:
    run("ruff", "format", "--no-cache", "--check", ".")


def test_types() -> None:
    run("mypy")


def test_every_package_folder_has_its_init() -> None:
    """Without one, tools take the folder for something else and pass over it."""
    folders = {path.parent for path in python_files(*ROOMS)}
    missing = sorted(name(folder) for folder in folders if not (folder / "__init__.py").is_file())
    assert not missing


def test_no_file_is_too_long() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in python_files(*ROOMS)}
    too_long = {file: lines for file, lines in lengths.items() if lines > MAX_LINES and file not in LONG_FILES}
    assert not too_long
    outlived = {file for file in LONG_FILES if lengths.get(file, 0) <= MAX_LINES}
    assert not outlived, "these are short enough now: take them off the list"


def test_no_registry_address_and_no_machine_path() -> None:
    found: dict[str, list[str]] = {}
    for path in tracked_files():
        if name(path) in MAY_NAME_STRANGERS or name(path).startswith("tests/sites/"):
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:  # a picture
            continue
        if strangers := strangers_in(text):
            found[name(path)] = strangers
    assert not found


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_holds_names_versions_and_hashes_only(lock: str) -> None:
    line = re.compile(r"[a-z0-9][a-z0-9-]*==[\w.!+]+( ; [^#]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    odd = [text for text in (ROOT / lock).read_text("utf-8").splitlines() if not line.fullmatch(text)]
    assert not odd


def test_locks_hold_every_dependency_in_the_same_version() -> None:
    def pins(lock: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for package, version in re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE):
            found.setdefault(package, set()).add(version)
        return found

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    plain, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["build"]]
    names = {re.split(r"[\[<>=!~;, ]", text, maxsplit=1)[0].lower() for text in wanted}
    assert names <= plain.keys(), "run scripts/lock.sh"
    assert {package: dev.get(package) for package in plain} == plain, "run scripts/lock.sh"


def test_core_and_checks_ask_no_clock_and_no_network() -> None:
    found = {}
    for path in python_files("core", "checks"):
        source = path.read_text("utf-8")
        if broken := [*clocks_in(source), *network_imports_in(source)]:
            found[name(path)] = broken
    assert not found


def test_changelog_names_the_version_of_the_project() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    newest = re.search(r"^## \[([^]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest and newest.group(1) == version


def test_readmes_say_the_same_commands_and_options() -> None:
    """Both languages promise the same: same number of sections, same commands, same options."""
    english, vietnamese = ((ROOT / file).read_text("utf-8") for file in ("README.md", "README.vi.md"))
    for pattern in (
        r"^(#+) ",
        r"(?<![\w-])--[a-z][a-z-]+",
        r"\./(?:run|test)\.sh",
        r"decree43 [a-z]+",
        r"docs/\S+?\.png",
    ):
        of_english, of_vietnamese = (re.findall(pattern, text, re.MULTILINE) for text in (english, vietnamese))
        assert sorted(of_english) == sorted(of_vietnamese), pattern


def test_the_build_runs_the_readme_test_command() -> None:
    assert "\n./test.sh\n" in (ROOT / "README.md").read_text("utf-8")
    assert (ROOT / ".ci/run").read_text("utf-8").rstrip().endswith("exec ./test.sh")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://files.pythonhosted.org/packages/x.whl", ["pythonhosted.org"]),
        ("--index-url https://example.org", ["index-url"]),
        ("open /home/lan/decree43/run.sh", ["/home/lan/"]),
        ("wheels at file:///opt/wheels/x.whl", ["/opt/wheels/"]),
        ("open /srv/audit/decree43/run.sh", ["/srv/audit/decree43"]),
        ("https://vi-du.gov.vn/home/tin-tuc/ and /web/home/x", []),
    ],
)
def test_the_search_for_strangers_finds_them(text: str, found: list[str]) -> None:
    assert strangers_in(text, Path("/srv/audit/decree43")) == found


@pytest.mark.parametrize(
    ("source", "lines"),
    [("datetime.now(UTC)", [1]), ("import datetime\ndatetime.date.today()", [2]), ("evidence.today()", [])],
)
def test_the_search_for_clocks_finds_them(source: str, lines: list[int]) -> None:
    assert clocks_in(source) == lines


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from urllib import request", ["urllib.request"]),
        ("import urllib.request", ["urllib.request"]),
        ("from urllib.parse import urlsplit", []),
    ],
)
def test_the_search_for_network_imports_finds_them(source: str, found: list[str]) -> None:
    assert network_imports_in(source) == found
