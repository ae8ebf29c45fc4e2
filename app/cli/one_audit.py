"""One audit as the command line asks for it: run, compared, kept, written, and its exit status."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.baseline import Baseline
from app.settings import AuditRequest, checked_out
from core.audit import Audit
from core.errors import StorageError, UsageError
from core.finding import Text
from core.rule import Catalogue


@dataclass(frozen=True, slots=True)
class Gate:
    """What breaks a build."""

    fail_under: float | None = None
    min_coverage: float | None = None
    baseline: Path | None = None
    write_baseline: Path | None = None
    #: Rules and groups of which no scored duty may be unmet.
    fail_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be audited, and where its reports go."""

    request: AuditRequest
    #: A folder of static files in place of the request's address.
    folder: Path | None
    site_url: str
    formats: tuple[str, ...]
    out: Path
    db: str | None
    #: Where the evidence is kept, as ``--archive`` names it.
    archive: str | None
    quiet: bool
    gate: Gate


def run(work: Work) -> int:
    """The exit status (design 4.1). Raises UsageError and CatalogueError before anything is fetched."""
    from app import audit as use_case
    from app import folder as of_folder
    from app.archiving import archive_place
    from app.baseline import compare, doubts
    from app.catalogues import open_catalogue
    from app.cli.interrupt import interruptible
    from app.cli.progress import progress_on
    from app.keep import keep, open_store
    from app.say import say
    from app.status import BELOW, UNREACHABLE, exit_status, reasons
    from app.write import check_formats, summary, write

    request, gate = work.request, work.gate
    check_formats(work.formats)
    catalogue = open_catalogue(request.rules, request.today)
    fail_on = _fail_on(work, catalogue)
    known = _known(gate, catalogue)
    baseline = known.fails if known is not None else None
    checked_out(work.out)
    if gate.write_baseline is not None and not gate.write_baseline.parent.is_dir():
        raise UsageError(
            f"không có thư mục / there is no folder {gate.write_baseline.parent}", where="--write-baseline"
        )
    store = open_store(work.db)
    other_kind = _other_kind(work, store)
    if other_kind is not None:
        _say(other_kind, request.lang)
    stop = asyncio.Event()
    with progress_on(sys.stderr, quiet=work.quiet, lang=request.lang) as progress, interruptible(stop):
        if work.folder is not None:
            outcome = of_folder.run(request, work.folder, work.site_url, progress, stop)
        else:
            outcome = use_case.run(request, progress, stop, archive_place(work.archive, work.db))
    audit = outcome.audit
    if known is not None and baseline is not None:
        for doubt in doubts(known, audit, catalogue):
            _say(doubt, request.lang)
        audit = dataclasses.replace(audit, against=compare(audit, baseline))
    if other_kind is not None:
        audit = dataclasses.replace(audit, notes=(other_kind, *audit.notes))
    for problem in outcome.problems:
        _tell(request.access.hide(problem))
    with store or contextlib.nullcontext():
        shown = _as_reported(work, store, audit)
        try:
            files, problems = write(shown, work.formats, work.out, request.lang)
        finally:  # a database that cannot be written must not cost the reports, nor they what is kept
            pages, archive = outcome.evidence.pages, outcome.archive or None
            audit_id = keep(store, audit, pages=pages, body_id=_body(work, store), archive=archive)
    for problem in problems:
        _tell(problem)
    status = exit_status(
        audit,
        fail_under=gate.fail_under,
        min_coverage=gate.min_coverage,
        baseline=baseline,
        fail_on=fail_on,
        crashed=outcome.probe_crashed,
    )
    if status == UNREACHABLE:
        seen = outcome.evidence.home is not None
        _not_audited(work, say("nothing_chosen") if seen else use_case.home_failure(outcome.evidence))
        if not seen and use_case.refused_as_private(outcome.evidence):
            hint = "nếu cổng nằm trong mạng nội bộ, thêm --allow-private"
            _hint(Text(hint, "where the portal is in your own network, add --allow-private"), request.lang)
        if use_case.asks_for_login(outcome.evidence) and not request.access:
            _hint(say("protected", origin=request.url), request.lang)
    if status == BELOW:
        for reason in reasons(audit, request.lang, gate.fail_under, gate.min_coverage, baseline, fail_on):
            _tell(reason)
    _baseline(work, audit, baseline or frozenset(), status)
    print(summary(shown, request.lang, files, audit_id))
    return status


def _as_reported(work: Work, store: Any, audit: Audit) -> Audit:
    """The audit with what is kept beside it; a database that cannot be read costs that, never the reports."""
    from app.reported import as_reported

    if store is None:
        return audit
    try:
        return as_reported(store, audit, _body(work, store))
    except StorageError:
        return audit


def _body(work: Work, store: Any) -> str | None:
    """The body of the register whose portal it is; a folder is nobody's yet."""
    from app.register import body_of
    from app.settings import vietnam_today

    if store is None or work.folder is not None:
        return None
    return body_of(store, work.request.url, work.request.today or vietnam_today())


def _known(gate: Gate, catalogue: Catalogue) -> Baseline | None:
    """The baseline; None where there is none, as when it is only now written for the first time."""
    from app.baseline import read_baseline, renamed

    if gate.baseline is None or (gate.baseline == gate.write_baseline and not gate.baseline.exists()):
        return None
    return renamed(read_baseline(gate.baseline), catalogue)


def _other_kind(work: Work, store: Any) -> Text | None:
    """That the register says another kind of body than ``--kind``; a database that cannot be read costs only that."""
    from app.register import bodies_of
    from app.round_fit import kind_differs

    try:
        body_id = _body(work, store)
        body = bodies_of(store).body(body_id) if body_id is not None else None
    except StorageError:
        return None
    if body is None or body.kind.value == work.request.kind:
        return None
    said = kind_differs(work.request.kind, body)
    return Text(f"{body.name}: {said.vi}.", f"{body.name}: {said.en}.")


def _fail_on(work: Work, catalogue: Catalogue) -> frozenset[str] | None:
    """Ids of the rules that break the build; None without ``--fail-on``. Says which of the names never can."""
    from app.choice import left_out, rules_of
    from app.say import say

    request, names = work.request, work.gate.fail_on
    absent = set(left_out(catalogue, request.only, request.skip))
    if not names:
        return None
    found = rules_of(catalogue, names, "--fail-on")
    if not any(rule.weight_for(request.kind) > 0 for rule in catalogue.rules if rule.id in found):
        _say(say("advice_never_fails", names=",".join(names)), request.lang)
    idle = [name for name in names if rules_of(catalogue, [name], "--fail-on") <= absent]
    if idle:
        _say(say("gate_left_out", names=",".join(idle)), request.lang)
    return found


def _baseline(work: Work, audit: Audit, known: frozenset[str], status: int) -> None:
    from app.baseline import written
    from app.say import say
    from app.status import INTERRUPTED, UNREACHABLE
    from app.write import write_file

    path = work.gate.write_baseline
    if path is None:
        return
    if status in (INTERRUPTED, UNREACHABLE):
        _say(say("not_a_baseline", path=str(path)), work.request.lang)
        return
    write_file(path, written(audit, known))


def _not_audited(work: Work, cause: Text) -> None:
    where = str(work.folder) if work.folder is not None else work.request.url
    _say(
        Text(f"không kiểm tra được {where}: {cause.vi}", f"{where} could not be audited: {cause.en}"), work.request.lang
    )


def _say(text: Text, lang: str) -> None:
    _tell(text.en if lang == "en" else text.vi)


def _hint(text: Text, lang: str) -> None:
    print(f"  hint: {text.en if lang == 'en' else text.vi}", file=sys.stderr)


def _tell(words: str) -> None:
    print(f"decree43: {words}", file=sys.stderr)
