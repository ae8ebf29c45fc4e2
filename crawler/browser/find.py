"""Finding a Chromium on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import platformdirs

#: Names on the PATH, in the order they are tried.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Names the executable; nothing else is tried then.
VARIABLE = "DECREE43_CHROMIUM"
#: Seconds a browser may take to say its version.
_PATIENCE = 20.0
_VERSION = re.compile(r"(\d+(?:\.\d+){1,3})")


@dataclass(frozen=True, slots=True)
class Found:
    """A browser: its executable, its version (``156.0.8078.79``), and the libraries it brings with it."""

    path: Path
    version: str
    #: Folder for ``LD_LIBRARY_PATH``; None for an installed browser.
    libraries: Path | None = None
    #: Folder with a ``fonts.conf``; None for an installed browser.
    fonts: Path | None = None

    @property
    def name(self) -> str:
        """For reports: ``chromium 156.0.8078.79``."""
        return f"chromium {self.version}"


def cache_folder() -> Path:
    """Where `decree43 browser install` puts a browser for this user."""
    return Path(platformdirs.user_cache_dir("decree43")) / "chromium"


def named() -> str:
    """What DECREE43_CHROMIUM says: while it is set, no other browser is looked for."""
    return os.environ.get(VARIABLE, "")


def find_browser() -> Found | None:
    """The browser to use, or None: DECREE43_CHROMIUM, the PATH, Playwright's own, our cache folder."""
    return _find(
        os.environ.get(VARIABLE, ""), os.environ.get("PATH", ""), os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    )


@lru_cache(maxsize=8)
def _find(named: str, path: str, playwrights: str) -> Found | None:
    if named:
        return _asked(Path(named))
    for candidate in (*_on_path(path), *_playwrights(playwrights)):
        found = _asked(candidate)
        if found is not None:
            return found
    return cached()


def forget() -> None:
    """Look again at the next call: a browser was installed meanwhile."""
    _find.cache_clear()


def _on_path(path: str) -> list[Path]:
    return [Path(found) for name in NAMES if (found := shutil.which(name, path=path))]


def _playwrights(folder: str) -> list[Path]:
    """Builds that `playwright install` has put into its own cache, the newest first."""
    root = Path(folder) if folder and folder != "0" else Path(platformdirs.user_cache_dir("ms-playwright"))
    found = [p for pattern in ("chrome-linux*/chrome", "chrome-*/headless_shell") for p in root.glob(f"*/{pattern}")]
    return sorted(found, key=lambda p: (p.name == "chrome", p.parent.parent.name), reverse=True)


def cached() -> Found | None:
    """The build in our own cache folder."""
    return _asked(cache_folder() / "chromium")


def _asked(path: Path) -> Found | None:
    """The browser at a path, when it can say its version; a build of ours brings libraries and fonts along."""
    if not path.is_file() or not os.access(path, os.X_OK):
        return None
    fonts: Path | None = path.parent / "fonts"
    libraries: Path | None = path.parent / "lib"
    if fonts is None or not (fonts / "fonts.conf").is_file():
        fonts = libraries = None
    env = dict(os.environ)
    if libraries is not None:
        env["LD_LIBRARY_PATH"] = str(libraries)
    try:
        said = subprocess.run(
            [str(path), "--version"],
            capture_output=True,
            timeout=_PATIENCE,
            env=env,
            stdin=subprocess.DEVNULL,
            check=False,
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return None
    version = _VERSION.search(said)
    return Found(path, version[1], libraries, fonts) if version else None
