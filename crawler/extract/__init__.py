"""Reading a page: an HTTP response body in, a frozen ``core.page.Page`` out. Knows no network."""

from crawler.extract.page import extract
from crawler.extract.redact import redact

__all__ = ["extract", "redact"]
