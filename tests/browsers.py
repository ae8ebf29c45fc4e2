"""Whether this machine has a browser; tests that need one are skipped with the reason where it has none."""

import pytest

from crawler.browser.find import find_browser

needs_browser = pytest.mark.skipif(
    find_browser() is None, reason="no browser on this machine: run `decree43 browser install`"
)
