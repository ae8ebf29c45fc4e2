"""What a database complains of, as one sentence and the next step."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from core.errors import StorageError
from storage.say import both


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of trouble: how SQLite names it, PostgreSQL's SQLSTATE, words of either; the sentences to say."""

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
        "full",
        "full_hint",
    ),
    _Kind(
        ("SQLITE_BUSY", "SQLITE_LOCKED"),
        ("55P03", "40P01", "40001"),
        (),
        "busy",
        "busy_hint",
    ),
    _Kind(
        ("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH"),
        ("25006", "42501"),
        (),
        "readonly",
        "readonly_hint",
    ),
    _Kind(
        ("SQLITE_CORRUPT",),
        ("XX001", "XX002"),
        (),
        "damaged",
        "damaged_hint",
    ),
    _Kind(
        ("SQLITE_IOERR",),
        ("58030",),
        (),
        "io",
        "io_hint",
    ),
    _Kind(("SQLITE_NOTADB", "SQLITE_CANTOPEN"), (), (), "unopened", "addresses"),
    _Kind(
        (),
        ("28",),
        ("authentication failed", "no password supplied", "pg_hba.conf", 'role "'),
        "refused",
        "refused_hint",
    ),
    _Kind(
        (),
        ("3D000",),
        ('database "',),
        "no_database",
        "no_database_hint",
    ),
    _Kind(
        (),
        ("08", "57P"),
        ("connection", "timeout expired", "could not translate host", "failed to resolve host", "[errno"),
        "silent",
        "silent_hint",
    ),
)


def trouble(error: BaseException, where: str, message: str, hint: str = "addresses") -> StorageError:
    """The error as a StorageError of its kind; the sentences ``message`` and ``hint`` where the kind is not known."""
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
            message, hint = kind.message, kind.hint
            break
    return StorageError(f"{both(message)}: {reason(error)}", where=where, hint=both(hint))


def reason(error: BaseException) -> str:
    """The database's own words, first line only."""
    return (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]
