"""Availability during the audit, and what shows of a visitor's safety."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from protego import Protego

from crawler.probes import availability, security
from crawler.robots import Rules
from crawler.transport import Raw
from tests.crawler.little import LittlePortal, Reply, page
from tests.lab.scenes import facts_of, portals

FAR = "Contact: mailto:an-toan@example.gov.vn\nExpires: 2999-01-01T00:00:00Z\n"


@pytest.fixture
def portal() -> Iterator[LittlePortal]:
    with portals("127.0.0.1") as (running,):
        yield running


def test_all_answered(portal: LittlePortal) -> None:
    facts = facts_of(availability.probe, portal.url)
    assert (facts["availability.share"], facts["availability.checks"]) == (1.0, 3)
    assert facts["availability.p50_ms"] <= facts["availability.p95_ms"]
    assert facts["availability.hours"] < 1


@pytest.mark.parametrize(("down", "share"), [((2,), 0.6667), ((2, 3, 4), 0.0)])
def test_some_or_none_answered(portal: LittlePortal, down: tuple[int, ...], share: float) -> None:
    del portal.pages["/"]

    def sometimes(method: str, path: str) -> Reply | str:
        return Reply("", 503) if len(portal.asked) in down else page("Cổng")

    portal.otherwise = sometimes
    assert facts_of(availability.probe, portal.url)["availability.share"] == share


def _forbidding(_: str) -> Rules:
    return Rules("found", Protego.parse("User-agent: *\nDisallow: /"))


def test_what_may_not_be_asked_says_nothing(portal: LittlePortal) -> None:
    assert facts_of(availability.probe, portal.url, rules=_forbidding)["availability.share"] is None
    assert facts_of(security.probe, portal.url, rules=_forbidding)["security.txt"] is None


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(FAR, type="text/plain"), "found"),
        (Reply(FAR.replace("2999", "2020"), type="text/plain"), "expired"),
        (Reply("Contact: mailto:a@example.gov.vn", type="text/plain"), "invalid"),
        (Reply(page("Không tìm thấy trang")), "none"),
        (Reply("", 404), "none"),
        (Reply("", 503), None),
    ],
)
def test_security_txt(portal: LittlePortal, reply: Reply, said: str | None) -> None:
    portal.pages["/.well-known/security.txt"] = reply
    assert facts_of(security.probe, portal.url)["security.txt"] == said


def test_security_headers(portal: LittlePortal) -> None:
    heads = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "frame-ancestors 'none'"}
    portal.pages["/"] = Reply(page("Cổng"), headers=heads)
    facts: dict[str, Any] = facts_of(security.probe, portal.url)
    there = {name for name, yes in facts["security.headers"].items() if yes}
    assert there == {"x-content-type-options", "content-security-policy", "x-frame-options"}
    assert facts["security.mixed"] is None  # the page itself came by http


def test_plain_parts_of_a_secure_page() -> None:
    body = (
        '<link rel="stylesheet" href="http://a/x.css"><link rel="canonical" href="http://a/"><script src="http://a/x.js">'
        '</script><img src="/b.png"><img src="HTTP://a/c.png"><a href="http://a/">liên kết</a>'
    )
    raw = Raw(200, (("Content-Type", "text/html"),), body.encode(), 0, 0.0, 0.0)
    assert sorted(security.plain_parts(raw)) == ["HTTP://a/c.png", "http://a/x.css", "http://a/x.js"]
