"""The kinds of check for functions and technical duties, in a plain tuple."""

from __future__ import annotations

from checks.kind import Kind
from checks.kinds.accessibility import Accessibility
from checks.kinds.agency_links import AgencyLinks
from checks.kinds.article_controls import ArticleControls
from checks.kinds.article_quality import ArticleQuality
from checks.kinds.attribution import Attribution
from checks.kinds.availability import Availability
from checks.kinds.clicks import Clicks
from checks.kinds.component import Component, ParentFrame
from checks.kinds.disclosure_lateness import DisclosureLateness
from checks.kinds.domain import Domain
from checks.kinds.feed import FeedKind
from checks.kinds.footer import Footer
from checks.kinds.header import Header
from checks.kinds.https import Https
from checks.kinds.ipv6 import Ipv6
from checks.kinds.link_to import LinkTo
from checks.kinds.maintenance_notice import MaintenanceNotice
from checks.kinds.measuring_code import MeasuringCode
from checks.kinds.metadata import Metadata
from checks.kinds.mobile import Mobile
from checks.kinds.no_spam import NoSpam
from checks.kinds.one_site import OneSite
from checks.kinds.prominence import Prominence
from checks.kinds.readable_links import ReadableLinks
from checks.kinds.satisfaction import Satisfaction
from checks.kinds.search_box import SearchBox
from checks.kinds.site_map_page import SiteMapPage
from checks.kinds.speed import Speed
from checks.kinds.topics import Topics
from checks.kinds.unicode import UnicodeText
from checks.kinds.xml_sitemap import XmlSitemap

FUNCTIONS: tuple[type[Kind], ...] = (
    Accessibility, AgencyLinks, ArticleControls, ArticleQuality, Attribution, Availability, Clicks, Component,
    DisclosureLateness, Domain, FeedKind, Footer, Header, Https, Ipv6, LinkTo, MaintenanceNotice, MeasuringCode,
    Metadata, Mobile, NoSpam, OneSite, ParentFrame, Prominence, ReadableLinks, Satisfaction, SearchBox, SiteMapPage,
    Speed, Topics, UnicodeText, XmlSitemap,
)  # fmt: skip
