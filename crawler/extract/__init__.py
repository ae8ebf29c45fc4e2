"""Reading a page: an HTTP response body in, a frozen ``core.page.Page`` out. Knows no network."""

from crawler.extract.page import extract

__all__ = ["extract"]
