"""The manual of the kinds says what the code says, and every kind has one."""

import pytest

from app.kinds_manual import TARGET, manual
from checks.kind import Kind
from checks.kinds import BUILT_IN


def test_the_page_is_generated_from_the_code() -> None:
    assert TARGET.read_text("utf-8") == manual(), "run: python -m app.kinds_manual"


@pytest.mark.parametrize("kind", BUILT_IN, ids=lambda k: k.key)
def test_every_kind_says_when_it_passes_and_when_it_cannot_know(kind: type[Kind]) -> None:
    words = (kind.__doc__ or "").lower()
    assert kind.key and len(words) > 80
    assert "pass" in words and "unknown" in words
