"""Every way a page may write a secret: as it is, or with any letter escaped for HTML, JSON, scripts or addresses.

A portal that shows a visitor what he sent writes ``&#039;`` and ``&amp;`` in its pages, ``\\u0027`` and ``\\/`` in its
data, ``%40`` in its links, and mixes them. So each letter has its spellings, and a secret is one pattern of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html.entities import html5
from typing import NamedTuple

#: One-byte encodings of pages in Vietnam, beside UTF-8.
_OLD = ("cp1252", "cp1258")
#: Backslashes after the first: scripts inside of scripts double them.
_MORE = r"\\{0,7}"
#: Escapes that were escaped again: ``&amp;#39;``, ``%2540``.
_AND_MORE = "(?:amp;|#0*38;|#[xX]0*26;)*"
_PERCENT_MORE = "(?:25)*"
#: Letters of a secret that are looked at one by one; a longer token is known by its beginning.
_LOOKED_AT = 48
#: Any escaped letter, in the rest of a long one.
_ESCAPED = (
    rf"&{_AND_MORE}#?\w+;|\\{_MORE}(?:u[0-9A-Fa-f]{{4}}|x[0-9A-Fa-f]{{2}}|[^\w\s])|%{_PERCENT_MORE}[0-9A-Fa-f]{{2}}"
)


class _Spelling(NamedTuple):
    """One way to write a letter: the character it begins with, and a pattern of what follows."""

    head: str
    tail: str = ""


def pattern(secrets: Iterable[str]) -> re.Pattern[str]:
    """Finds the secrets in text, the longest first where they begin together. At least one must be given."""
    return re.compile(_any(secrets, wire=False))


def wire_pattern(secrets: Iterable[str]) -> re.Pattern[bytes]:
    """Finds the secrets in a page as it came, whatever letters it is written in."""
    return re.compile(_any(secrets, wire=True).encode("latin-1"))


def _any(secrets: Iterable[str], wire: bool) -> str:
    """One character of those that may begin, then what each secret asks for: most of a page is passed over at once."""
    ordered = sorted({unicodedata.normalize("NFC", text) for text in secrets}, key=lambda text: (-len(text), text))
    firsts = {first for text in ordered for first in (text[0], unicodedata.normalize("NFD", text[0])[0])}
    heads = {way.head for first in firsts for way in _spellings(first, wire)}
    begins = "".join(map(re.escape, sorted(heads)))
    guard = f"{_plain_begins(ordered, wire)}|{_no_escape(sorted(firsts))}"
    return f"[{begins}](?:{guard})(?:{'|'.join(_after_head(text, wire) for text in ordered)})"


def _plain_begins(secrets: list[str], wire: bool) -> str:
    """A first letter as it is, and what may follow one that is a single byte without an accent."""
    after: dict[str, set[str]] = {}
    for text in secrets:
        heads = after.setdefault(_plain(text[0], wire)[0].head, set())
        heads |= {way.head for way in _spellings(text[1], wire)}
    sure = "|".join(
        f"(?<={re.escape(head)})(?=[{''.join(map(re.escape, sorted(heads)))}])"
        for head, heads in after.items()
        if head.isascii()
    )
    other = {
        way.head
        for text in secrets
        if not text[0].isascii()
        for way in _spellings(text[0], wire)
        if way.head not in "&%\\"
    }
    return "|".join(
        part for part in (sure, f"(?<=[{''.join(map(re.escape, sorted(other)))}])" if other else "") if part
    )


def _no_escape(firsts: list[str]) -> str:
    """Turns away escapes of other letters than the first ones, and of ``&``: pages of scripts are full of them."""
    codes = [ord("&"), *map(ord, firsts)]
    decimal, hexa = "|".join(map(str, codes)), "|".join(_hex(f"{code:x}") for code in codes)
    names = "|".join(sorted(re.escape(name) for first in ("&", *firsts) for name in _names().get(first, ())))
    octets = "|".join(sorted({_hex(f"{word[0]:02x}") for first in ("&", *firsts) for word in _octets(first)}))
    units = "|".join(_hex(first.encode("utf-16-be", "surrogatepass")[:2].hex()) for first in ("&", *firsts))
    signs = "".join(f"{re.escape(first)}|" for first in firsts if first.isascii() and not first.isalnum())
    ways = [
        f"(?<=&)(?={_AND_MORE}(?:{names}|#0*(?:{decimal})(?!\\d)|#[xX]0*(?:{hexa})(?![0-9a-fA-F])))",
        f"(?<=%)(?={_PERCENT_MORE}(?:{octets}))",
        rf"(?<=\\)(?<!\\\\)(?={_MORE}(?:{signs}u(?:{units})|x(?:{hexa})))",
    ]
    return "|".join(ways)


def _after_head(secret: str, wire: bool) -> str:
    """The secret after its first character, which was read already."""
    ways = _spellings(secret[0], wire)
    first = "|".join(f"(?<={re.escape(way.head)}){way.tail}" for way in ways)
    looked_at, rest = secret[:_LOOKED_AT], secret[_LOOKED_AT:]
    return f"(?:{first}){''.join(_pieces(looked_at, wire))}{_rest(rest, wire)}"


def _rest(rest: str, wire: bool) -> str:
    """As many letters as are left, of those that are in it: a pattern of them all would take seconds to make."""
    if not rest:
        return ""
    plain = {re.escape(way.head) + way.tail for char in rest for way in _plain(char, wire)}
    return f"(?:{_ESCAPED}|{'|'.join(sorted(plain, key=lambda one: (-len(one), one)))}){{0,{len(rest)}}}"


def _pieces(secret: str, wire: bool) -> Iterator[str]:
    """All but the first letter. Backslashes in a row are one piece, as they may be doubled."""
    for number, run in enumerate(re.findall(r"\\+|[^\\]", secret)):
        times = 8 * len(run) if run[0] == "\\" else 1
        if number and times == 1:
            yield f"(?:{_piece(run, wire)})"
        elif times > 1:
            yield f"(?:{_piece(run[0], wire)}){{{1 if number else 0},{times}}}"


def _piece(char: str, wire: bool) -> str:
    return "|".join(re.escape(way.head) + way.tail for way in _spellings(char, wire))


def _spellings(char: str, wire: bool) -> list[_Spelling]:
    """Of one letter, and of its parts where an accent may stand apart; escapes before the letter as it is."""
    found = [*_in_html(char), *_in_scripts(char), *_in_addresses(char), *_plain(char, wire)]
    apart = unicodedata.normalize("NFD", char)
    if apart != char:
        marks = "".join(f"(?:{_piece(mark, wire)})" for mark in apart[1:])
        found += [_Spelling(way.head, way.tail + marks) for way in _spellings(apart[0], wire)]
    return found


def _plain(char: str, wire: bool) -> list[_Spelling]:
    words = [octets.decode("latin-1") for octets in _octets(char)] if wire else [char]
    return [_Spelling(word[0], re.escape(word[1:])) for word in words]


def _in_html(char: str) -> Iterator[_Spelling]:
    """``&#39;``, ``&#x27;`` and ``&apos;``; the ``&`` may be escaped itself."""
    code = ord(char)
    ways = [f"#0*{code};?", f"#[xX]0*{_hex(f'{code:x}')};?"]
    ways += map(re.escape, sorted(_names().get(char, ()), key=lambda name: (-len(name), name)))
    named = f"{_AND_MORE}(?:{'|'.join(ways)})"
    yield _Spelling("&", named)
    yield _Spelling("\\", f"{_MORE}(?:u0026|x26){named}")
    yield _Spelling("%", f"{_PERCENT_MORE}26{named}")


def _in_scripts(char: str) -> Iterator[_Spelling]:
    r"""``\u0027``, ``\x27`` and ``\'``."""
    units = char.encode("utf-16-be", "surrogatepass")
    ways = [rf"\\{_MORE}".join(f"u{_hex(units[n : n + 2].hex())}" for n in range(0, len(units), 2))]
    if ord(char) < 256:
        ways.append(f"x{_hex(f'{ord(char):02x}')}")
    if char.isascii() and not char.isalnum() and char != "\\":
        ways.append(re.escape(char))
    yield _Spelling("\\", f"{_MORE}(?:{'|'.join(ways)})")


def _in_addresses(char: str) -> Iterator[_Spelling]:
    """``%27``; a space is also ``+``."""
    for octets in _octets(char):
        ways = [_hex(f"{octet:02x}") for octet in octets]
        yield _Spelling("%", _PERCENT_MORE + f"%{_PERCENT_MORE}".join(ways))
    if char == " ":
        yield _Spelling("+")


def _octets(char: str) -> list[bytes]:
    found = [char.encode("utf-8", "surrogatepass")]
    for name in _OLD if not char.isascii() else ():
        try:
            found.append(char.encode(name))
        except UnicodeEncodeError:  # most Vietnamese letters have no byte of their own
            continue
    return list(dict.fromkeys(found))


def _hex(digits: str) -> str:
    """Digits in either case."""
    return "".join(f"[{d}{d.upper()}]" if d.isalpha() else d for d in digits)


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    """The names HTML has for a letter, as they stand after the ``&``."""
    found: dict[str, list[str]] = {}
    for name, letters in html5.items():
        found.setdefault(letters, []).append(name)
    return found
