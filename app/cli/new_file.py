"""The option ``--overwrite`` of every command that writes one file."""

from __future__ import annotations

from typing import Annotated

import typer

from app.new_file import HELP
from app.new_file import new_file as new_file

Overwrite = Annotated[bool, typer.Option("--overwrite", help=HELP)]
