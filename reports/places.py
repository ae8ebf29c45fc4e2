"""Where a finding is to be seen: the file and line, else the address; for the formats that CI systems read."""

from __future__ import annotations

from dataclasses import dataclass

from core.audit import Audit
from core.finding import Candidate, Finding, Proof, Verdict
from core.hosts import host_of


@dataclass(frozen=True, slots=True)
class Place:
    """An address or, where a folder was audited, a file of it with its line (0: none)."""

    url: str = ""
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return (f"{self.file}:{self.line}" if self.line else self.file) or self.url


def place_of(audit: Audit, finding: Finding) -> Place:
    """The nearest place: what came near but did not count, then the evidence, else the home page."""
    near: list[Proof | Candidate] = [*finding.candidates, *finding.evidence]
    if finding.verdict is not Verdict.FAIL:
        near = [*finding.evidence, *finding.candidates]
    home = str(audit.vantage.get("folder_home") or "")
    if home:
        line = audit.vantage.get("folder_home_line")
        thing = next((t for t in near if t.file), None)
        return Place(file=thing.file, line=thing.line) if thing is not None else Place(file=home, line=line or 1)
    pages = [p.url for p in finding.evidence if p.kind == "page" and p.url.startswith(("http://", "https://"))]
    # A link that leads elsewhere is seen on a page of the portal, not there.
    own = [t.url for t in near if t.url.startswith("http") and host_of(t.url) == host_of(audit.portal.url)]
    return Place(url=next(iter((*own, *pages)), audit.portal.url))
