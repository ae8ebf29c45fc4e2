"""What a kind of check is: a small frozen class whose fields are the rule's ``with:`` block."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, PrivateAttr

from core.evidence import Evidence
from core.finding import Answer, not_applicable, partial, passed, unknown
from core.finding import failed as failed
from core.plan import Wording

__all__ = ["Kind", "failed", "not_applicable", "partial", "passed", "unknown"]


class Kind(BaseModel):
    """Base of every kind of check.

    Subclasses name themselves by ``key``, declare their fields, say in their docstring when they
    pass, fail and answer unknown, and implement ``judge``. A kind is pure: it reads the evidence,
    opens nothing, and knows no clock but ``evidence.today``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=False)

    key: ClassVar[str] = ""
    #: Whether the verdict is a share of the entries of a section: one of them that was read settles nothing.
    samples: ClassVar[bool] = False
    #: Whether it judges the server or its name: nothing to be said of a folder of files.
    of_a_server: ClassVar[bool] = False

    _rule: str = PrivateAttr(default="")

    @property
    def rule(self) -> str:
        """Id of the rule this instance judges."""
        return self._rule

    def bind(self, rule: str) -> Kind:
        """This instance, told which rule it judges. Called once by the catalogue."""
        self._rule = rule
        return self

    def judge(self, evidence: Evidence) -> Answer:
        """The answer for one portal."""
        raise NotImplementedError(type(self).__name__)

    def wording(self) -> Wording | None:
        """The words the crawl and the search for sections should know, or None."""
        return None
