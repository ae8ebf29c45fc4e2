"""The databases every test of storage runs on."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once for each kind that is supported."""
    return f"sqlite:///{tmp_path / 'audits.db'}"
