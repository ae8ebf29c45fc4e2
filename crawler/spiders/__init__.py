"""Spiders, as ``python -m scrapy list`` names them."""
