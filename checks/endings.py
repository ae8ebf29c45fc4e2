"""What came in place of a file or a sound connection, in words: from the codes of the crawl and the probes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from checks.gate import CAUSES
from checks.say import knows, say
from core.data_files import read_yaml
from core.finding import Text
from core.page import Outcome
from core.text import clean, shorten

_HTTP = "http_"


def in_place_of_xml(error: str) -> Text:
    """What was answered in place of a feed or sitemap (``Feed.error``, ``Sitemap.error``)."""
    if knows(f"xml_{error}"):
        return say(f"xml_{error}")
    if error.startswith(_HTTP) and error.removeprefix(_HTTP).isdigit():
        return say("xml_http", status=error.removeprefix(_HTTP))
    if error in set(Outcome) and Outcome(error) in CAUSES:
        why = say(f"cause_{CAUSES[Outcome(error)]}")
        return Text(why.vi.rstrip("."), why.en.rstrip("."))
    return say("xml_other")


def of_tls(problem: str, error: str = "") -> Text:
    """What is wrong with a connection: the probe's word for it, else what OpenSSL said."""
    for code in (problem, _by_words(error)):
        if code and knows(f"tls_{code}"):
            return say(f"tls_{code}")
    return say("tls_said", said=shorten(clean(error or problem), 120)) if error or problem else say("tls_handshake")


def _by_words(error: str) -> str:
    said = error.casefold()
    return next((code for code, phrases in _phrases().items() if any(p in said for p in phrases)), "")


@cache
def _phrases() -> dict[str, list[str]]:
    """What OpenSSL says, by the probe's word for it (``tls_words.yaml``)."""
    found: dict[str, list[str]] = read_yaml(Path(__file__).with_name("tls_words.yaml"))
    return found
