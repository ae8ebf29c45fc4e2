"""Importing what bodies report of themselves: a whole file or nothing of it, told what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.figure_rows import Fault, Names, Reading, read_rows
from app.register import bodies_of
from app.tables import read_tables
from checks import catalogue, profile_file
from checks.figures import figures
from checks.profile_model import Profile
from core.errors import UsageError
from core.figures import Claim, Figure
from core.numbers import exact, show_number
from core.register import Body
from core.rule import Catalogue
from core.text import fold

#: Faults printed at once.
_SHOWN = 100


class BadTable(UsageError):
    """A table that was not imported, with everything that is wrong in it."""

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        lines = [f"  {fault}" for fault in self.faults[:_SHOWN]]
        if len(self.faults) > _SHOWN:
            lines.append(f"  … {len(self.faults) - _SHOWN} lỗi nữa / more")
        count = len(self.faults)
        head = f"không nhập gì từ {file}: {count} chỗ sai / nothing was imported, {count} fault(s)"
        super().__init__("\n".join([head, *lines]))


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. ``figures`` and ``claims`` are ``storage.figures.Saved``."""

    figures: Any
    claims: Any
    #: Totals, columns and sheets that were passed over.
    passed: tuple[str, ...]
    #: Names of the bodies concerned by id.
    names: Mapping[str, str]


def import_file(
    store: Any, path: Path, *, parent: str = "", profiles: Iterable[str] = (), skip_unknown: bool = False
) -> Imported:
    """Reads the file and keeps all of it, or raises BadTable and keeps nothing.

    ``parent`` narrows bodies down to one province's or ministry's; ``profiles`` are files of scoring profiles whose
    criteria and figures are understood beside the shipped ones.
    """
    from storage import figures as kept

    sheets = read_tables(path)
    known = _profiles(profiles)
    kinds = (*figures().figures, *(kind for profile in known for kind in profile.figures))
    names = _Bodies(store, parent)
    reading = read_rows(sheets, Names(names.find, kinds, _criteria(known), _rules), skip_unknown=skip_unknown)
    if reading.faults and not reading.figures:
        raise BadTable(path.name, reading.faults)
    if not reading.figures and not reading.claims:
        hint = "decree43 import --template xlsx --out mau.xlsx"
        raise UsageError(f"{path.name} không có số liệu nào / holds no figures", hint=hint)

    def check(whole: Iterable[Figure]) -> None:
        if faults := [*reading.faults, *_inconsistent(whole, reading)]:
            raise BadTable(path.name, faults)

    saved, claims = kept.save(store, reading.figures, reading.claims, check)
    return Imported(saved, claims, tuple(reading.passed), names.names)


class _Bodies:
    """The bodies of the register as rows name them. The one place that knows how bodies are found."""

    def __init__(self, store: Any, parent: str) -> None:
        self._find: Callable[[str], list[Body]] = lru_cache(maxsize=None)(bodies_of(store).find)
        self._parent = parent
        if parent and not self._find(parent):
            raise UsageError(f"danh bạ không có cơ quan {parent!r} / no such body", where="--parent")
        self.names: dict[str, str] = {}

    def find(self, text: str, parent: str, begins: dt.date, ends: dt.date) -> list[Body]:
        """Bodies of that id, code or name that were there in the period, below the parent where one is named."""
        found = [body for body in self._find(text) if _there(body, begins, ends)]
        if above := parent or self._parent:
            parents = {body.id for body in self._find(above)}
            found = [body for body in found if body.parent in parents or body.id in parents]
        if len(found) == 1:
            self.names[found[0].id] = found[0].name
        return found


def _there(body: Body, begins: dt.date, ends: dt.date) -> bool:
    return (body.valid_from is None or body.valid_from <= ends) and (body.valid_to is None or body.valid_to >= begins)


def _profiles(files: Iterable[str]) -> list[Profile]:
    shipped = profile_file.ids()
    return [profile_file.read(name) for name in shipped] + [profile_file.load(name) for name in files]


def _criteria(profiles: Iterable[Profile]) -> dict[str, str]:
    found: dict[str, str] = {}
    for profile in profiles:
        for criterion in profile.criteria():
            if criterion.staff:
                found[fold(criterion.id)] = criterion.id
                found.setdefault(fold(criterion.title.vi), criterion.id)
    return found


def _rules() -> dict[str, str]:
    """Every duty of the shipped catalogues by id, former id and title; the default catalogue's come first."""
    found: dict[str, str] = {}
    for loaded in shipped_catalogues():
        for rule in loaded.rules:
            for text in (rule.id, *rule.aliases, rule.title.vi):
                found.setdefault(fold(text), rule.id)
    return found


def shipped_catalogues() -> list[Catalogue]:
    """The default catalogue and the others that come with the program."""
    others = sorted(path.stem for path in catalogue.shipped("rulesets").glob("*.yaml"))
    return [catalogue.load(name) for name in (None, *others)]


#: A body and the first and last day of a period.
_Period = tuple[str, dt.date, dt.date]


def _inconsistent(whole: Iterable[Figure], reading: Reading) -> Iterable[Fault]:
    """Sums that do not hold, among the bodies and periods the file speaks of; named by the file's own rows."""
    touched: dict[_Period, dict[str, dict[str, Fraction]]] = {}
    for figure in reading.figures:
        touched.setdefault((figure.body, figure.begins, figure.ends), {})
    for figure in whole:
        parts = touched.get((figure.body, figure.begins, figure.ends))
        if parts is not None:
            parts.setdefault(figure.part, {})[figure.name] = exact(figure.value)
    for period, parts in touched.items():
        spoilt = reading.spoilt.get(period, set())
        for part, values in parts.items():
            for check, why in figures().broken(values):
                if spoilt & set(check.names):
                    continue
                # What is too much is at fault; where a sum is not met, the whole is as doubtful as its parts.
                names = check.sum if check.at_most else check.names[-1:]
                yield _fault(reading, period, part, names, check.names, f"{why.vi} / {why.en}")
        sound = {part: {n: v for n, v in values.items() if n not in spoilt} for part, values in parts.items()}
        yield from _parts_and_whole(period, sound, reading)


def _parts_and_whole(period: _Period, parts: Mapping[str, Mapping[str, Fraction]], reading: Reading) -> Iterable[Fault]:
    """A whole that was given beside its parts must be their sum."""
    for name, whole in parts.get("", {}).items():
        own = [values[name] for part, values in parts.items() if part and name in values]
        total, kind = sum(own, Fraction(0)), figures().kind(name)
        if kind is not None and own and total != whole:
            reason = (
                f"“{kind.title.vi}” = {show_number(whole).vi}, các phần cộng lại / its parts add up to "
                f"{show_number(total).vi}"
            )
            yield _fault(reading, period, "", (name,), (name,), reason)


def _fault(
    reading: Reading, period: _Period, part: str, at_fault: Iterable[str], names: Iterable[str], reason: str
) -> Fault:
    """The fault at the columns of the figures at fault; where the file gives none of them, at another of the sum."""

    def places(wanted: Iterable[str]) -> list[tuple[str, int, str, object]]:
        keys = [(Figure, period[0], name, part, *period[1:]) for name in wanted]
        return [reading.places[key] for key in keys if key in reading.places]

    found = places(at_fault) or places(names)
    if not found:  # the row of another part made the sum wrong
        found = [place for key, place in reading.places.items() if key[:2] == (Figure, period[0])][-1:]
    sheet, row = found[-1][:2]
    heads = dict.fromkeys(head for of, number, head, _ in found if (of, number) == (sheet, row))
    return Fault(sheet, row, " + ".join(heads), reason)


def changes(done: Imported) -> Iterable[str]:
    """What was replaced, a line each."""
    for old, new in done.figures.replaced:
        kind = figures().kind(new.name)
        title = kind.title.vi if kind else new.name
        part = f" ({new.part})" if new.part else ""
        yield (
            f"{done.names.get(new.body, new.body)}, {title}{part}, {new.begins:%d/%m/%Y}–{new.ends:%d/%m/%Y}: "
            f"{show_number(old.value).vi} → {show_number(new.value).vi}"
        )
    for old, new in done.claims.replaced:
        yield (
            f"{done.names.get(new.body, new.body)}, {new.rule}, {new.begins:%d/%m/%Y}–{new.ends:%d/%m/%Y}: "
            f"{_claim(old)} → {_claim(new)}"
        )


def _claim(claim: Claim) -> str:
    return f"{show_number(claim.points).vi}/{show_number(claim.max_points).vi} {claim.link}".strip()
