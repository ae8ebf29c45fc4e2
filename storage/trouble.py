"""What a database complains of, as one sentence and the next step."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from core.errors import StorageError

#: The next step where nothing nearer is known.
ADDRESSES = "give --db sqlite:///FILE, --db postgresql://…, or --db none to keep nothing"


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of trouble: how SQLite names it, PostgreSQL's SQLSTATE, words of either; what to say and to do."""

    sqlite: tuple[str, ...]
    states: tuple[str, ...]
    words: tuple[str, ...]
    message: str
    hint: str


#: The first that fits is meant. SQLite's names: https://sqlite.org/rescode.html; SQLSTATE: PostgreSQL, Appendix A.
_KINDS = (
    _Kind(
        ("SQLITE_FULL",),
        ("53100",),
        ("could not extend file", "no space left", "file too large"),
        "the disk is full",
        "make room (`decree43 db prune --keep 24m` removes old audits) and run the command again; nothing was changed",
    ),
    _Kind(
        ("SQLITE_BUSY", "SQLITE_LOCKED"),
        ("55P03", "40P01", "40001"),
        (),
        "another program is writing to the database and did not finish in time",
        "run the command again when it has ended; nothing was changed",
    ),
    _Kind(
        ("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH"),
        ("25006", "42501"),
        (),
        "the database may not be written",
        "give this user the right to write to the file and its folder, or to the tables",
    ),
    _Kind(
        ("SQLITE_CORRUPT",),
        ("XX001", "XX002"),
        (),
        "the database is damaged",
        "`decree43 db check` says what is wrong; put back a copy",
    ),
    _Kind(
        ("SQLITE_IOERR",),
        ("58030",),
        (),
        "the disk could not be read or written",
        "is it full, is there a limit on the size of files, or is it damaged? Nothing was changed",
    ),
    _Kind(("SQLITE_NOTADB", "SQLITE_CANTOPEN"), (), (), "the database cannot be opened", ADDRESSES),
    _Kind(
        (),
        ("28",),
        ("authentication failed", "no password supplied", "pg_hba.conf", 'role "'),
        "the database server does not let this user in",
        "check user and password: --db postgresql://USER:PASSWORD@HOST/DATABASE",
    ),
    _Kind(
        (),
        ("3D000",),
        ('database "',),
        "the server has no such database",
        "have it made (createdb NAME), or name another with --db",
    ),
    _Kind(
        (),
        ("08", "57P"),
        ("connection", "timeout expired", "could not translate host", "failed to resolve host", "[errno"),
        "the database server does not answer",
        f"is it running, and is the address right? Else {ADDRESSES}",
    ),
)


def trouble(error: BaseException, where: str, message: str, hint: str = ADDRESSES) -> StorageError:
    """The error as a StorageError of its kind; ``message`` and ``hint`` where the kind is not known."""
    own = getattr(error, "orig", None) or error
    name = getattr(own, "sqlite_errorname", None) or ""
    state = getattr(own, "sqlstate", None) or ""
    said = str(own).lower()
    for kind in _KINDS:
        known = (name and name.startswith(kind.sqlite)) if kind.sqlite else False
        known = known or bool(state and kind.states and state.startswith(kind.states))
        # A connection that fails has no SQLSTATE; a limit on the size of files has one that says nothing.
        if not known and not name and (not state or kind is _KINDS[0]) and isinstance(error, DBAPIError):
            known = any(word in said for word in kind.words)
        if known:
            return StorageError(f"{kind.message}: {reason(error)}", where=where, hint=kind.hint)
    return StorageError(f"{message}: {reason(error)}", where=where, hint=hint)


def reason(error: BaseException) -> str:
    """The database's own words, first line only."""
    return (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]
