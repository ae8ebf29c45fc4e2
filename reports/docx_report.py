"""``report.docx``: the findings as an official document for Word."""

from __future__ import annotations

from core.audit import Audit
from reports import findings_paper


def render(audit: Audit, lang: str = "vi") -> bytes:
    """The document in one language; the same audit gives the same bytes."""
    from reports import docx_paper  # python-docx is loaded only when it is asked for

    return docx_paper.render(findings_paper.make(audit, lang))
