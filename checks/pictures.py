"""Pictures that stand on page after page and are no page's own."""

from __future__ import annotations

from collections import Counter

from core.evidence import Evidence
from core.page import Image

#: A picture on fewer pages than this is repeated by chance.
_FEW = 3


def repeated_images(evidence: Evidence) -> frozenset[Image]:
    """Pictures of the main column that many pages show: banners, riddles, the logo again."""
    if "repeated_images" not in evidence.memo:
        counts = Counter(image for page in evidence.pages for image in set(page.images))
        most = max(_FEW, len(evidence.pages) // 10)
        evidence.memo["repeated_images"] = frozenset(image for image, count in counts.items() if count > most)
    found: frozenset[Image] = evidence.memo["repeated_images"]
    return found
