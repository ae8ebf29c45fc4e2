"""The golden documents of docs/examples/ are what the command writes."""

import io
import zipfile

import pytest
from pypdf import PdfReader

from app import example_documents


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return example_documents.files()


def parts(data: bytes) -> dict[str, bytes]:
    """What lies in a Word file: how it is packed may differ between machines."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize("name", ["report.docx", "report.pdf", "bao-cao-6-thang.docx", "bao-cao-6-thang.pdf"])
def test_the_examples_are_what_the_command_writes(made: dict[str, bytes], name: str) -> None:
    kept = (example_documents.TARGET / name).read_bytes()
    read = parts if name.endswith(".docx") else pages
    assert read(made[name]) == read(kept), "look at it, then run: python -m app.example_documents"
