"""Proxies: the one that was named is used, those of the environment are not."""

from __future__ import annotations

import pytest

from core.page import Outcome
from crawler.options import CrawlOptions
from tests.crawler.little import LittlePortal, page, visit


def test_the_environment_is_ignored(portal: LittlePortal, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    portal.pages["/"] = page("Trang chủ")
    assert len(visit(portal).evidence.pages) == 1


def test_the_named_proxy_is_asked_for_everything(portal: LittlePortal) -> None:
    root = "http://cong.invalid"  # only the proxy knows it
    portal.pages[f"{root}/"] = page("Trang chủ", menu={f"{root}/a": "Giới thiệu"})
    portal.pages[f"{root}/a"] = page("Giới thiệu")
    done = visit(f"{root}/", options=CrawlOptions(proxy=portal.root))
    assert len(done.evidence.pages) == 2
    assert all(path.startswith(root) for path in portal.paths())


def test_a_proxy_is_no_way_around_the_guard(portal: LittlePortal) -> None:
    done = visit("http://169.254.169.254/", options=CrawlOptions(proxy=portal.root))
    assert done.evidence.fetches["http://169.254.169.254/"].outcome is Outcome.GUARD
    assert not portal.asked
