"""The little internet of the network tests, made once for each test process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab.certificates import Authority, make_authority
from tests.lab.name_server import NameServer, little_internet, serving


@pytest.fixture(scope="session")
def internet() -> Iterator[NameServer]:
    with serving(little_internet()) as server:
        yield server


@pytest.fixture(scope="session")
def anchor(internet: NameServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file with the trust anchor of the little internet's root."""
    path = tmp_path_factory.mktemp("dns") / "root.anchor"
    path.write_text(internet.anchor, "utf-8")
    return str(path)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """A certificate authority that this process trusts."""
    made = make_authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made
