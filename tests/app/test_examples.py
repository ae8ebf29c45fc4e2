"""The golden examples of docs/examples/ are what the command writes."""

from app import examples


def test_the_examples_are_what_the_command_writes() -> None:
    made = examples.files()
    assert set(made) == {"report.junit.xml", "report.sarif", "report.md"}
    kept = {name: (examples.TARGET / name).read_bytes() for name in made}
    changed = [name for name in made if made[name] != kept[name]]
    assert not changed, "look at them, then run: python -m app.examples"
