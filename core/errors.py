"""One tree of errors; each says where it happened and what to do about it."""

from __future__ import annotations


class Decree43Error(Exception):
    """A failure with one sentence for people and, where there is one, a hint.

    ``where`` is the place (file, rule, field, address), ``hint`` the next step.
    """

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        self.message = message
        self.where = where
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head}\n  hint: {self.hint}" if self.hint else head


class UsageError(Decree43Error):
    """What was asked for cannot be asked for (exit status 2)."""


class CatalogueError(Decree43Error):
    """A catalogue, rule case or profile is not valid (exit status 2)."""


class PortalUnreachable(Decree43Error):
    """The portal could not be audited at all (exit status 3)."""


class StorageError(Decree43Error):
    """The database could not be opened, upgraded or written."""


class AuditNotFound(StorageError):
    """No audit is kept under the given id."""
