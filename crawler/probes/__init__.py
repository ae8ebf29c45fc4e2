"""Probes: one question a file, asked of the portal from outside the crawl."""
