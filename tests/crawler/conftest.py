"""A running little portal for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crawler.little import LittlePortal, little_portal


@pytest.fixture
def portal() -> Iterator[LittlePortal]:
    with little_portal() as running:
        yield running
