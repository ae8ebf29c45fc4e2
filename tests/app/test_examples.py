"""The golden examples of docs/examples/ are what the command writes."""

import io
import zipfile

from app import examples


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook: how they are packed depends on the machine's zlib. Of pictures their size."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {
            name: file.read(name)[:24] if name.endswith(".png") else file.read(name) for name in sorted(file.namelist())
        }


def test_the_examples_are_what_the_command_writes() -> None:
    made = examples.files()
    assert {"report.junit.xml", "report.sarif", "report.md", "report.csv", "report.xlsx", "round.xlsx"} <= set(made)
    assert {"report.html", "report.json", "badge.svg", "feed.xml"} <= set(made)
    kept = {name: (examples.TARGET / name).read_bytes() for name in made}
    for name in (name for name in made if name.endswith(".xlsx")):
        assert parts(made[name]) == parts(kept[name]), f"{name}: look at it, then run: python -m app.examples"
    changed = [name for name in made if not name.endswith(".xlsx") and made[name] != kept[name]]
    assert not changed, "look at them, then run: python -m app.examples"
