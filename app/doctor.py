"""What this machine can and cannot check, and how to mend each."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from app.say import say
from core.audit import VIETNAM
from core.errors import Decree43Error
from core.finding import Text

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at. ``good``: True it works, False it does not, None it could not be told."""

    name: Text
    good: bool | None
    found: Text
    #: What cannot be judged because of it, and what to do.
    mend: Text = _NOTHING


def examine(resolver: str = "", db: str | None = None) -> list[Sign]:
    """Every sign, in the order of a report. Asks nobody but this machine and its resolver."""
    from crawler.machine import look
    from crawler.run import run

    machine = run(look(resolver))
    route = {True: "ipv6_yes", None: "ipv6_private", False: "ipv6_no"}[machine.ipv6]
    answer = "resolver_silent" if machine.silent else "resolver_name"
    signed = {"records": True, "stripped": False}.get(machine.dnssec or "")
    records = {True: "dnssec_yes", False: "dnssec_no", None: "dnssec_unknown"}[signed]
    local = f"{machine.now.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"
    now = say("clock_now", local=local, utc=f"{machine.now:%Y-%m-%d %H:%M}")
    return [
        Sign(say("ipv6"), machine.ipv6, say(route), say("ipv6_mend")),
        Sign(say("resolver"), not machine.silent, say(answer, name=machine.resolver), say("resolver_mend")),
        Sign(say("dnssec"), signed, say(records), say("dnssec_mend")),
        Sign(say("clock"), not machine.clock_behind, now, say("clock_mend")),
        _browser(),
        _database(db),
    ]


def _browser() -> Sign:
    from crawler.browser.find import find_browser, named

    found = find_browser()
    if found is not None:
        return Sign(say("browser"), True, say("browser_place", name=found.name, path=found.path))
    mend = say("browser_variable", path=named()) if named() else say("browser_mend")
    return Sign(say("browser"), False, say("browser_none"), mend)


def _can_be_made(path: Path) -> bool:
    """Whether a file could be written there; nothing is tried."""
    above = next((folder for folder in path.absolute().parents if folder.exists()), None)
    return not path.exists() and above is not None and above.is_dir() and os.access(above, os.W_OK | os.X_OK)


def _database(db: str | None) -> Sign:
    from app.keep import open_store
    from storage.schema import default_url, not_there

    try:
        path = None if db == "none" else not_there(db or default_url())
        if path is not None and _can_be_made(path):
            return Sign(say("database"), True, say("database_new", path=path))
        store = open_store(db, make=False)
    except (Decree43Error, OSError) as error:
        why = str(error).splitlines()[0]
        return Sign(say("database"), False, say("database_closed", why=why), say("database_mend"))
    if store is None:
        return Sign(say("database"), True, say("database_off"))
    with store:
        return Sign(say("database"), True, say("database_where", where=store.where))
