"""Finding a browser in the promised order, and installing one where there is none."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from crawler.browser import find, install
from crawler.browser.find import find_browser


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine without a browser: an empty PATH and cache."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv(find.VARIABLE, raising=False)
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    find.forget()
    yield tmp_path
    find.forget()


def put(path: Path, says: str = "Chromium 150.0.1.2 built somewhere", status: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {status}\n")
    path.chmod(0o755)
    return path


def test_nothing_is_none() -> None:
    assert find_browser() is None


def test_the_order(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ladder = [
        bare / "cache/decree43/chromium/chromium",
        bare / "cache/ms-playwright/chromium-1200/chrome-linux/chrome",
        bare / "bin/google-chrome",
        bare / "bin/chromium-browser",
        bare / "bin/chromium",
        bare / "elsewhere/chrome",
    ]
    for place in ladder:
        put(place)
        if place.parent.name == "elsewhere":
            monkeypatch.setenv(find.VARIABLE, str(place))
        find.forget()
        found = find_browser()
        assert found is not None and found.path == place
        assert found.name == "chromium 150.0.1.2"


@pytest.mark.parametrize("says", ["", "To install run: snap install chromium"])
def test_what_cannot_say_its_version_is_passed_over(bare: Path, says: str) -> None:
    put(bare / "bin/chromium", says)
    put(bare / "bin/google-chrome", "Google Chrome 149.0.3.4")
    found = find_browser()
    assert found is not None and found.version == "149.0.3.4"


def test_the_named_one_is_the_only_one(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(bare / "bin/chromium")
    monkeypatch.setenv(find.VARIABLE, str(bare / "gone"))
    assert find_browser() is None


def test_an_installed_browser_is_kept(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "driver_ready", lambda: True)
    place = put(bare / "bin/chromium")
    assert install.install(lambda step: pytest.fail(step)).path == place


def test_without_apt_and_npm_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install.platform, "machine", lambda: "x86_64")
    with pytest.raises(install.CannotInstall, match="npm is not installed") as caught:
        install.install(lambda step: None)
    assert "apt-get install" in caught.value.hint


def test_another_kind_of_machine_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install.platform, "machine", lambda: "aarch64")
    with pytest.raises(install.CannotInstall, match="aarch64"):
        install.install(lambda step: None)


def test_as_root_on_debian_the_system_is_asked_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "_is_root_on_debian", lambda: True)
    ran: list[list[str]] = []

    def apt(words: list[str], env: dict[str, str], folder: Path | None = None) -> str:
        ran.append(words)
        if words[-1] == "chromium":
            put(bare / "bin/chromium")
        return ""

    monkeypatch.setattr(install, "_ran", apt)
    assert install.install(lambda step: None).path == bare / "bin/chromium"
    assert ran[0] == ["apt-get", "update"]
    assert [words[-1] for words in ran[1:]] == ["chromium", "libatomic1", "fonts-noto-core"]


def archive(place: Path) -> Path:
    """As the npm package is made, with a script for a browser."""

    def tar(files: dict[str, bytes]) -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as made:
            for name, body in files.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(body)
                made.addfile(entry, io.BytesIO(body))
        return out.getvalue()

    script = b"#!/bin/sh\necho Chromium 153.0.9.9\n"
    inside = {
        "package/bin/chromium.br": brotli.compress(script),
        "package/bin/al2023.tar.br": brotli.compress(tar({"lib/libnss3.so": b"so"})),
        "package/bin/fonts.tar.br": brotli.compress(tar({"fonts.conf": b"<old/>", "fonts/Open_Sans/a.ttf": b"ttf"})),
        "package/bin/swiftshader.tar.br": brotli.compress(tar({"libEGL.so": b"so"})),
    }
    place.write_bytes(tar(inside))
    return place


def test_the_carried_build_is_unpacked_with_libraries_and_fonts(bare: Path) -> None:
    target = find.cache_folder()
    target.parent.mkdir(parents=True)
    install.unpack(archive(bare / "a.tgz"), target, target)
    found = find_browser()
    assert found is not None and found.version == "153.0.9.9"
    assert found.libraries == target / "lib" and found.fonts == target / "fonts"
    assert str(target / "fonts") in (target / "fonts/fonts.conf").read_text()


def test_an_archive_that_is_not_the_known_one_is_not_unpacked(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install.platform, "machine", lambda: "x86_64")
    put(bare / "bin/npm")

    def pack(words: list[str], env: dict[str, str], folder: Path | None = None) -> str:
        assert folder is not None
        archive(folder / "x.tgz")
        return ""

    monkeypatch.setattr(install, "_ran", pack)
    with pytest.raises(install.CannotInstall, match="not the one that is known"):
        install.install(lambda step: None)
    assert not find.cache_folder().exists()
