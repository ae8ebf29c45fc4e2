"""The browser of this machine as a use case: installing one, and saying whether it works."""

from __future__ import annotations

from collections.abc import Callable

from app.say import say
from core.finding import Text


def install(tell: Callable[[str], None], *, again: bool = False) -> str:
    """Installs a browser where there is none; its name and place. Raises a known error when that cannot be done."""
    from crawler.browser.install import install as install_it

    found = install_it(tell, again=again)
    return f"{found.name} ({found.path})"


def doctor() -> tuple[bool, tuple[Text, ...]]:
    """Whether audits here can use a browser, and what to tell people, one sentence a line."""
    from crawler.browser.check import check
    from crawler.browser.find import named
    from crawler.browser.flags import sandboxed
    from crawler.browser.install import command
    from crawler.run import run

    seen = run(check())
    if seen.found is not None:
        lines = [say("browser_found", name=seen.found.name, path=seen.found.path)]
    else:
        lines = [say("browser_variable", path=named()) if named() else say("browser_missing")]
    if not seen.driver:
        lines.append(say("browser_library", command=command()))
    if seen.error:
        lines.append(say("browser_fails", why=seen.error))
    if seen.letters is False:
        lines.append(say("browser_letters"))
    if seen.good:
        lines.append(say("browser_sandboxed" if sandboxed() else "browser_no_sandbox"))
    if seen.good and seen.driver and seen.letters:
        lines.append(say("browser_good"))
    return seen.good, tuple(lines)
