"""Evidence from a few lines of HTML, as the rule cases make it."""

from collections.abc import Callable
from typing import Any

import pytest

from app.cases import Case, evidence_of
from core.evidence import Evidence
from core.finding import Text
from core.rule import Catalogue

EMPTY = Catalogue("test", Text("t", "t"), (), "0" * 64)


@pytest.fixture
def seen() -> Callable[..., Evidence]:
    """``seen(pages={...}, kind=..., today=...)``: the evidence a crawl of those pages would bring."""

    def make(**data: Any) -> Evidence:
        return evidence_of(Case("TEST-1", "case", "test.yaml", {"expect": "pass", **data}), EMPTY)

    return make
