"""Writing reports: every format whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from core.audit import Audit
from core.errors import UsageError


def check_formats(formats: tuple[str, ...]) -> None:
    """Raises UsageError for a format that does not exist, before anything is fetched."""
    from reports.registry import load_formats

    known = load_formats()
    if not formats:
        raise UsageError(
            "chưa nêu định dạng báo cáo / no report format",
            where="--format",
            hint=f"một trong / one of: {', '.join(sorted(known.names))}",
        )
    for name in formats:
        known.get(name)


def write(audit: Audit, formats: tuple[str, ...], out: Path, lang: str) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The files written, and formats that broke with the reason.

    A report of a visit that judged nothing does not take the place of an earlier one: that is kept beside it as
    ``report.previous.<ext>`` until a visit succeeds again.
    """
    from app.status import judged_nothing
    from reports.files import write_whole
    from reports.registry import load_formats, render

    known = load_formats()
    files: list[Path] = []
    problems = [f"{p.name}: {p.message}" for p in known.problems]
    for name in formats:
        try:
            file_name, body = render(audit, name, lang, formats=known)
        except Exception as error:  # a stranger's format must not cost the other reports
            problems.append(f"{name}: {type(error).__name__}: {error}")
            continue
        if judged_nothing(audit):
            _keep_previous(out / file_name)
        files.append(write_whole(out / file_name, body))
        if not judged_nothing(audit):
            previous(out / file_name).unlink(missing_ok=True)
    return tuple(files), tuple(problems)


def write_file(path: Path, data: bytes) -> Path:
    """A file of ours beside the reports, whole or not at all. Raises UsageError where it cannot be written."""
    from reports.files import write_whole

    try:
        return write_whole(path, data)
    except OSError as error:
        raise UsageError(f"không ghi được / cannot write {path}: {error.strerror or error}") from None


def previous(path: Path) -> Path:
    """Where the last good report is kept: report.json as report.previous.json."""
    stem, _, ending = path.name.partition(".")
    return path.with_name(f"{stem}.previous.{ending}")


def _keep_previous(path: Path) -> None:
    """Puts an earlier report aside; one that is aside already is the last good one and stays."""
    if path.is_file() and not previous(path).exists():
        path.replace(previous(path))


def own_command() -> str:
    """``decree43``, or where it stands when it is not on the path, so that what is printed can be typed."""
    if shutil.which("decree43") or Path(sys.argv[0]).name != "decree43":
        return "decree43"
    return os.path.relpath(sys.argv[0])


def summary(audit: Audit, lang: str, files: tuple[Path, ...], audit_id: str | None) -> str:
    """The words for stdout."""
    from reports.summary_text import render

    again = "To print it again" if lang == "en" else "In lại báo cáo"
    kept = "" if audit_id is None else f"{again}: {own_command()} report {audit_id}\n"
    return render(audit, lang, files) + kept
