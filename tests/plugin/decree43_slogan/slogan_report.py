"""A stranger's report format."""

from core.audit import Audit

file_name = "report.slogan.txt"


def render(audit: Audit) -> bytes:
    """One line a finding."""
    return "\n".join(f"{f.rule} {f.verdict}" for f in audit.findings).encode()
