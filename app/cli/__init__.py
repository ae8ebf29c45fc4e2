"""The command line: ``decree43``. Rooms are imported only when a command needs them."""

from __future__ import annotations

import gc
import sys

import typer

from app.cli.audit import audit
from app.cli.badge import badge, feed
from app.cli.bodies import bodies
from app.cli.browser import browser
from app.cli.compare import compare
from app.cli.db import db
from app.cli.declared import declared
from app.cli.demo import demo
from app.cli.doctor import doctor
from app.cli.evidence import evidence, rejudge
from app.cli.import_ import import_
from app.cli.kept import audits, report
from app.cli.plan import plan
from app.cli.profiles import profiles
from app.cli.rank import rank, rounds
from app.cli.rules import rules
from app.cli.trend import papi, trend
from app.cli.updates import updates
from core.errors import Decree43Error

app = typer.Typer(
    name="decree43",
    help="Kiểm tra cổng thông tin điện tử theo NĐ 43/2011/NĐ-CP. "
    "Checks government portals against Decree 43/2011/NĐ-CP.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(audit)
app.command()(demo)
app.command()(doctor)
app.command()(audits)
app.command()(report)
app.command()(badge)
app.command()(feed)
app.command("import")(import_)
app.command()(declared)
app.command()(rejudge)
app.add_typer(rules, name="rules")
app.add_typer(profiles, name="profiles")
app.command()(rank)
app.command()(compare)
app.command()(trend)
app.command()(updates)
app.command()(papi)
app.command()(plan)
app.add_typer(rules, name="rules")
app.add_typer(rounds, name="rounds")
app.add_typer(browser, name="browser")
app.add_typer(bodies, name="bodies")
app.add_typer(db, name="db")
app.add_typer(evidence, name="evidence")


def main() -> None:
    """Run the command line; a known error is one sentence and a hint, exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # An audit makes many small objects that stay: going through all of them for cycles, again and again, costs time.
    gc.set_threshold(50_000, 20, 20)
    try:
        app()
    except Decree43Error as error:
        print(f"decree43: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:  # `decree43 rules list | head`
        sys.stderr.close()
        sys.exit(1)
    finally:
        gc.freeze()  # the process ends: what it holds need not be searched for cycles once more
