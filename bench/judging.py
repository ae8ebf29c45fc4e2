"""Gathers a portal's evidence once and judges it again and again: ``python -m bench.judging URL PAGES``."""

from __future__ import annotations

import dataclasses
import gc
import json
import sys
import time

from app.audit import run
from app.settings import AuditRequest
from checks import catalogue as catalogues
from checks import runner


def main() -> None:
    url, pages = sys.argv[1], int(sys.argv[2])
    gc.set_threshold(50_000, 20, 20)  # as the command does
    request = AuditRequest(url, max_pages=pages, exhaustive=True, allow_private=True, browser=False)
    evidence = run(request).evidence
    catalogue = catalogues.load(None)
    taken = []
    for _ in range(5):
        again = dataclasses.replace(evidence)  # nothing remembered of the time before
        began = time.perf_counter()
        findings = list(runner.run(catalogue, again))
        taken.append(time.perf_counter() - began)
    print(json.dumps({"pages": len(evidence.pages), "rules": len(findings), "seconds": taken}))


if __name__ == "__main__":
    main()
