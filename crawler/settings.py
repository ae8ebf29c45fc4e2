"""Settings of the Scrapy project: nothing process-wide, nothing written, nobody called but the portal.

Robots, redirects, retries, decompression and the address guard are ours and stand per crawler
(``crawler.fetching``, ``crawler.transport``), so Scrapy's own middlewares are switched off.
"""

from __future__ import annotations

from typing import Any

from crawler.options import CrawlOptions

BOT_NAME = "decree43"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
USER_AGENT = CrawlOptions().user_agent
ROBOTSTXT_OBEY = True
COOKIES_ENABLED = False  # Scrapy's middleware would ask a third party for its list of public suffixes
TELNETCONSOLE_ENABLED = False
HTTPCACHE_ENABLED = False
LOG_LEVEL = "ERROR"

CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOAD_DELAY = 0.5
DOWNLOAD_DELAY_JITTER = 0.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.5
AUTOTHROTTLE_MAX_DELAY = 10.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 2.0

DOWNLOAD_HANDLERS_BASE: dict[str, Any] = {
    "http": "crawler.download.Downloads",
    "https": "crawler.download.Downloads",
}
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE = {
    "scrapy.extensions.throttle.AutoThrottle": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,  # only for `python -m scrapy crawl portal -O FILE`
}
