"""Tables on the terminal."""

from __future__ import annotations

import sys

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text as Words

from app.catalogues import Duty
from app.rule_words import cell, rows
from app.say import say
from core.rule import Catalogue

#: Narrower than this a table of laws cannot be read; what is not a terminal has no width of its own.
_WIDTH = 150
_COLUMNS = ("catalogue", "id", "basis", "citations", "applies", "in_force")


def print_crosswalk(duties: tuple[Duty, ...], catalogues: tuple[Catalogue, ...], lang: str) -> None:
    """Each duty with one line for each law."""
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in _COLUMNS:
        table.add_column(cell(say(f"rules_col_{name}"), lang), overflow="fold", no_wrap=name in ("catalogue", "id"))
    for number, duty in enumerate(duties):
        if number:
            table.add_section()
        table.add_row("", "", "", Words(cell(duty.newest.title, lang), "bold"), "", "")
        for row in rows(duty, catalogues, lang):
            table.add_row(*(Words(part) for part in row))
    console.print(table)
