"""Runs a program and says how long it took, how much processor time, and how much memory its processes shared out."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
#: Programs run as they do where they were installed: compiled once, not at every start.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Run:
    """One finished program."""

    seconds: float
    #: User and system time of it and its children.
    cpu: float
    stdout: str
    #: Highest sum of PSS over its processes, in MB; 0 where it was not watched.
    peak_mb: float = 0.0


def run(command: Sequence[str], *, watch: bool = False) -> Run:
    """Runs a command to its end; ``watch`` samples its memory, which takes a little of its speed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_ENVIRONMENT
    ) as process:
        watcher = _Watch(process.pid) if watch else None
        out, err = process.communicate()
        seconds = time.perf_counter() - began
        peak = watcher.end() if watcher else 0.0
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{err[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, cpu, out, peak)


class _Watch(threading.Thread):
    """Adds up the memory of a process and all below it, ten times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self._peak = 0
        self.start()

    def run(self) -> None:
        while not self._ended.wait(0.1):
            self._peak = max(self._peak, sum(map(pss, family(self._pid))))

    def end(self) -> float:
        self._ended.set()
        self.join()
        return self._peak / 1024


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for one in found:
        try:
            tasks = [t / "children" for t in (_PROC / str(one) / "task").iterdir()]
            found += [int(child) for t in tasks for child in t.read_text().split()]
        except OSError:  # it has ended in between
            continue
    return found


def pss(pid: int) -> int:
    """Memory of one process in KB, what it shares with others counted in parts."""
    try:
        text = (_PROC / str(pid) / "smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def machine() -> str:
    """Cores, processor, memory and Python, without names of machines or places."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in (_PROC / "cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        "unknown processor",
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{len(os.sched_getaffinity(0))} cores of {model}, {memory:.0f} GB, Python {version}"
