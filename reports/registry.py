"""The report formats: those built in, and others by the entry point group ``decree43.reports``.

An entry point gives a module or object with ``render(audit) -> bytes`` and, where it likes, ``file_name``.
One that cannot be used is named in ``Formats.problems``; the others stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from core.audit import Audit
from core.errors import UsageError
from reports import csv_report, docx_report, html_report, json_report, junit, markdown, pdf_report, sarif

GROUP = "decree43.reports"

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Format:
    """A way to tell an audit: its name, the file's name, audit and language to bytes."""

    name: str
    file_name: str
    render: Callable[[Audit, str], bytes]


@dataclass(frozen=True, slots=True)
class Problem:
    """A format that cannot be used, and why."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Formats:
    """What can be asked for, and what could not be loaded."""

    known: tuple[Format, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.known)

    def get(self, name: str) -> Format:
        """The format of that name; UsageError with the list of all names otherwise."""
        found = next((f for f in self.known if f.name == name), None)
        if found:
            return found
        broken = next((p for p in self.problems if p.name == name), None)
        raise UsageError(
            f"không dùng được dạng này / the format {name!r} cannot be used: {broken.message}"
            if broken
            else f"không có dạng báo cáo này / no report format {name!r}",
            where="--format",
            hint=f"một trong / one of: {', '.join(sorted(self.names))}",
        )


def _xlsx(audit: Audit, lang: str) -> bytes:
    from reports import xlsx_report  # loads what writes workbooks and draws; other formats need none of it

    return xlsx_report.render(audit, lang)


BUILT_IN = (
    Format("html", "report.html", lambda audit, lang: html_report.render(audit, lang)),
    Format("json", "report.json", lambda audit, lang: json_report.render(audit)),
    Format("junit", "report.junit.xml", lambda audit, lang: junit.render(audit, lang)),
    Format("sarif", "report.sarif", lambda audit, lang: sarif.render(audit, lang)),
    Format("md", "report.md", lambda audit, lang: markdown.render(audit, lang)),
    Format("csv", "report.csv", lambda audit, lang: csv_report.render(audit, lang)),
    Format("xlsx", "report.xlsx", _xlsx),
    Format("docx", "report.docx", lambda audit, lang: docx_report.render(audit, lang)),
    Format("pdf", "report.pdf", lambda audit, lang: pdf_report.render(audit, lang)),
)


def load_formats(points: Iterable[EntryPoint] | None = None) -> Formats:
    """The built-in formats and those of installed packages, by name."""
    known, problems = list(BUILT_IN), []
    for point in sorted(entry_points(group=GROUP) if points is None else points, key=lambda p: p.name):
        try:
            if point.name in {f.name for f in known}:
                raise ValueError("another format has this name")
            known.append(_outside(point))
        except Exception as error:  # a stranger's module may raise anything; it is named, the run goes on
            problems.append(Problem(point.name, f"{type(error).__name__}: {error} ({point.value})"))
    return Formats(tuple(known), tuple(problems))


def render(audit: Audit, format: str, lang: str = "vi", *, formats: Formats | None = None) -> tuple[str, bytes]:
    """The file name and the bytes of one report. ``lang`` is the language shown first."""
    chosen = (formats or load_formats()).get(format)
    return chosen.file_name, chosen.render(audit, lang)


def _outside(point: EntryPoint) -> Format:
    thing = point.load()
    function = getattr(thing, "render", None)
    if not callable(function):
        raise TypeError("it has no render(audit)")
    file_name = getattr(thing, "file_name", None) or f"report.{point.name}"
    if not isinstance(file_name, str) or not _FILE_NAME.fullmatch(file_name):
        raise ValueError(f"{file_name!r} is no plain file name")

    def rendered(audit: Audit, lang: str) -> bytes:
        data = function(audit)
        if not isinstance(data, bytes):
            raise TypeError(f"the format {point.name!r} gave {type(data).__name__}, not bytes")
        return data

    return Format(point.name, file_name, rendered)
