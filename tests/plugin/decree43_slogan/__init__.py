"""A stranger's kind of check and probe."""

from typing import Any, ClassVar

from checks.kind import Kind, failed, passed, unknown
from core.evidence import Evidence
from core.finding import Answer
from core.plan import Budget
from core.portal import Portal


class Slogan(Kind):
    """Passes when the home page shows the slogan; fails when it does not; unknown when it was not read."""

    key: ClassVar[str] = "slogan"
    words: str

    def judge(self, evidence: Evidence) -> Answer:
        if evidence.home is None:
            return unknown("the home page could not be read")
        if self.words in evidence.home.text or evidence.fact("slogan.greeting") == "xin chào":
            return passed(f"“{self.words}” is there", evidence.home.url)
        return failed(f"“{self.words}” is not there")


async def probe(portal: Portal, budget: Budget) -> dict[str, Any]:
    """A fact of its own."""
    return {"slogan.greeting": "xin chào", "slogan.host": portal.host, "slogan.pages": budget.max_pages}
