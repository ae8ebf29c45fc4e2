"""The processes of one Chromium, read from /proc: who belongs to it, how large they are, and ending them."""

from __future__ import annotations

import contextlib
import os
import signal
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True, slots=True)
class Process:
    """One process. ``resident`` is its resident memory in bytes."""

    pid: int
    parent: int
    session: int
    command: str
    resident: int


def processes() -> list[Process]:
    """Every process that can be read, dead ones left out; none where there is no /proc."""
    found = []
    for folder in _PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # The name in brackets may hold spaces and brackets itself.
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            if fields[0] in "ZX":
                continue
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
            found.append(Process(int(folder.name), int(fields[1]), int(fields[3]), command, int(fields[21]) * _PAGE))
    return found


def marked(mark: str) -> Process | None:
    """The main process of the Chromium that was started with this mark on its command line."""
    if not mark:
        return None
    own = [p for p in processes() if mark in p.command and "--type=" not in p.command and p.pid != os.getpid()]
    # The driver's own command line does not hold the mark; a wrapper script that waits for its child would.
    return max(own, key=lambda p: p.pid) if own else None


def descendants(pid: int) -> list[Process]:
    """Children, their children and so on."""
    everybody = processes()
    found: list[Process] = []
    wanted = {pid}
    while True:
        new = [p for p in everybody if p.parent in wanted and p not in found]
        if not new:
            return found
        found += new
        wanted = {p.pid for p in new}


def family(main: int) -> list[Process]:
    """A Chromium with all its helpers: those below it and those of its session."""
    everybody = processes()
    below = {p.pid for p in descendants(main)} | {main}
    session = next((p.session for p in everybody if p.pid == main), main)
    own = session if session != os.getsid(0) else -1
    return [p for p in everybody if p.pid in below or p.session == own]


def end(pids: list[int]) -> None:
    """Ends processes at once, without asking."""
    for pid in pids:
        if pid > 1 and pid != os.getpid():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
