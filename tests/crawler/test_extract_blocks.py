"""Blocks that stand on many pages are read once; what a page gives does not hang on what was read before."""

from __future__ import annotations

import dataclasses
import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from core.page import Page, Zone
from crawler.extract import blocks, extract
from crawler.extract.memory import Memory

TODAY = dt.date(2026, 11, 20)


def rows(start: int, count: int) -> str:
    return "".join(
        f'<li class="item"><a href="/tin-{n}" title="Tin số {n}">Tin số {n} về hoạt động của tỉnh nhà trong tuần</a> '
        f"<span>{n % 28 + 1:02d}/10/2026</span></li>"
        for n in range(start, start + count)
    )


def bodies(number: int) -> str:
    """One page of a portal: its own article and list, and the boxes that all pages have."""
    cards = "".join(
        f'<div class="card"><div class="card-body"><h3><a href="/bai-{n}">Bài viết số {n} của chuyên mục này</a></h3>'
        f"<span>{n % 28 + 1:02d}/09/2026</span><p>{'Tóm tắt nội dung bài viết. ' * 40}</p></div></div>"
        for n in range(number, number + 4)
    )
    return (
        f'<html><body><div class="row"><div class="chinh"><h1>Trang số {number}</h1>'
        f"<p>Nội dung riêng {number}.</p>{cards}"
        f'<div class="hop-moi"><h3>Tin mới</h3><ul>{rows(1, 12)}</ul></div></div>'
        f'<div class="hop-xem-nhieu"><h3>Xem nhiều</h3><ul>{rows(20, 12)}</ul></div>'
        f'<aside><p>Lượt truy cập: {number}</p><div class="hop"><h3>Thông báo</h3><ul>{rows(40, 12)}</ul></div>'
        f'<div class="hop"><h3>Văn bản</h3><ul>{rows(60, 12)}</ul></div></aside></div></body></html>'
    )


def read(number: int) -> Page:
    return extract(bodies(number).encode(), f"http://a.gov.vn/trang-{number}", today=TODAY)


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "memory", Memory())


def test_a_page_reads_alike_first_and_last(forgetful: None) -> None:
    first = [read(n) for n in range(4)]
    again = [read(n) for n in range(4)]
    for one, other in zip(first, again, strict=True):
        for field in (f for f in dataclasses.fields(Page) if f.compare):
            assert getattr(one, field.name) == getattr(other, field.name), field.name


def test_lists_stand_in_page_order_under_numbers_of_their_own(forgetful: None) -> None:
    for _ in range(3):
        found = read(1)
    lists = {}
    for item in found.items:
        lists.setdefault(item.group, []).append(item)
    assert [len(entries) for entries in lists.values()] == [4, 12, 12, 12, 12]
    assert list(lists) == [0, 1, 2, 3, 4]
    assert [entries[0].zone for entries in lists.values()] == [Zone.BODY] * 3 + [Zone.SIDE] * 2
    assert [link.url.rsplit("/", 1)[1] for link in found.links if link.zone is Zone.BODY][3:6] == [
        "bai-4",
        "tin-1",
        "tin-2",
    ]


def test_entries_and_links_of_boxes_are_shared(forgetful: None) -> None:
    for n in range(3):
        read(n)
    one, other = read(8), read(9)
    shared = {id(i) for i in one.items} & {id(i) for i in other.items}
    assert len(shared) >= 48
    assert len({id(k) for k in one.links} & {id(k) for k in other.links}) >= 48


def test_the_text_of_a_box_stands_where_the_box_stood(forgetful: None) -> None:
    for _ in range(3):
        found = read(1)
    assert found.text.index("Nội dung riêng 1") < found.text.index("Tin mới") < found.text.index("Xem nhiều")
    assert "\ue003" not in found.text + "".join(found.loose_words)


def test_relative_addresses_are_read_for_each_folder(forgetful: None) -> None:
    box = "<div class=a><p>x</p></div><div class=b><ul>" + rows(1, 9).replace('href="/', 'href="') + "</ul></div>"
    for folder in ("x", "y", "x", "y"):
        found = extract(box.encode(), f"http://a.gov.vn/{folder}/trang", today=TODAY)
        assert found.items[0].url == f"http://a.gov.vn/{folder}/tin-1"


def test_two_portals_do_not_share_addresses(forgetful: None) -> None:
    for host in ("a.gov.vn", "b.gov.vn", "a.gov.vn", "b.gov.vn"):
        found = extract(bodies(1).encode(), f"http://{host}/", today=TODAY)
        assert {link.url.split("/")[2] for link in found.links} == {host}


def test_extraction_loads_no_network_code() -> None:
    code = "import sys, crawler.extract; sys.exit(any(m in sys.modules for m in ('scrapy', 'twisted', 'httpx', 'bs4')))"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode == 0
