"""Everything that touches the network: the Scrapy project, page extraction, probes."""
