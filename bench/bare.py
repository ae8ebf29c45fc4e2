"""The spider everybody writes first, as the measure of what fetching and reading a portal costs at least.

Scrapy as it comes, two requests at a time and no pause; a set of seen links before any Request is made; title, links
and text read with lxml. It judges nothing, respects nothing and keeps nothing. ``python -m bench.bare URL``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import AsyncIterator, Iterator
from typing import ClassVar
from urllib.parse import urljoin

import lxml.html
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

#: Not pages, or the same page once more.
_PASSED_BY = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|png|xml|css)$|/print/|^(?:javascript|mailto|tel):")


class BareSpider(scrapy.Spider):
    name = "bare"
    custom_settings: ClassVar = {
        "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
    }

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.seen: set[str] = set()
        self.read = 0
        self.letters = 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        self.seen.add("/")
        yield scrapy.Request(self.url + "/")

    def parse(self, response: Response) -> Iterator[scrapy.Request]:
        root = lxml.html.fromstring(response.body)
        title = root.findtext(".//title") or ""
        links = root.xpath("//a/@href")
        text = " ".join(root.text_content().split())
        self.read += 1
        self.letters += len(title) + len(text)
        for href in links:
            if href in self.seen:
                continue
            self.seen.add(href)
            url = urljoin(response.url, href).partition("#")[0]
            if url.startswith(self.url) and not _PASSED_BY.search(href):
                yield scrapy.Request(url)


def main() -> None:
    process = AsyncCrawlerProcess({"LOG_ENABLED": False, "LOG_INSTALL_ROOT_HANDLER": False})
    crawler = process.create_crawler(BareSpider)
    process.crawl(crawler, url=sys.argv[1])
    process.start()
    spider = crawler.spider
    assert isinstance(spider, BareSpider)
    print(json.dumps({"pages": spider.read, "letters": spider.letters}))


if __name__ == "__main__":
    main()
