"""Unicode letters by TCVN 6909:2001 (khoản 1 Điều 7)."""

from __future__ import annotations

from typing import Any, ClassVar

from checks.answers import could_not_look
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import BROKEN_TYPE, home_cause, proofs_of, readable, share_of
from core.evidence import Evidence
from core.finding import Answer, partial

_NOT_UNICODE = BROKEN_TYPE | {"cp1258"}
_ODD = frozenset({"nfd", "cp1258"})


class UnicodeText(Kind):
    """The pages are written in Unicode.

    Passes when no page uses a legacy font or windows-1258, has broken letters or names a wrong character set;
    decomposed letters are Unicode and reported as a flag only.
    Partial when up to one page in ten has such a fault (0.5), or fewer than half of them (0.25).
    Fails when half of the pages or more have it. Unknown when no page could be read.
    """

    key: ClassVar[str] = "unicode"

    def judge(self, evidence: Evidence) -> Answer:
        pages = readable(evidence)
        if not pages or evidence.home is None:
            return could_not_look(home_cause(evidence) or "no_sample")
        share, bad = share_of(pages, lambda p: not (p.traits & _NOT_UNICODE))
        flags = tuple(sorted({t for p in pages for t in p.traits & _ODD}))
        if not bad:
            odd = sum(bool(p.traits & _ODD) for p in pages)
            message = say("unicode_nfd" if odd else "unicode_ok", pages=len(pages), odd=odd)
            return passed(message, pages[0].url, flags=flags)
        more: dict[str, Any] = {"proofs": proofs_of(bad, 4), "flags": flags}
        message = say("unicode_bad", bad=len(bad), pages=len(pages))
        if share <= 0.5:
            return failed(message, **more)
        return partial(message, ratio=0.5 if share >= 0.9 else 0.25, **more)
