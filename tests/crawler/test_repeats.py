"""What all pages of a portal repeat is told from what is a page's own."""

from __future__ import annotations

from dataclasses import replace

from core.page import Item, Page
from crawler.extract.repeats import without_repeats

BOX = tuple(Item(f"Tin mới số {n} của tỉnh", f"http://a.gov.vn/tin/{n}", group=1) for n in range(4))
OTHERS = tuple(Item(f"Bài viết khác số {n}", f"http://a.gov.vn/bai/{n}", group=2) for n in range(4))


def page(name: str, *items: Item, text: str = "", depth: int = 1, traits: tuple[str, ...] = ()) -> Page:
    url = f"http://a.gov.vn/{name}"
    return Page(url, depth, text=text, text_length=len(text), items=items, traits=frozenset(traits))


def addresses(found: Page) -> list[str]:
    return [i.url.removeprefix("http://a.gov.vn/") for i in found.items]


def test_pages_kept_in_short_say_nothing_of_what_is_usual() -> None:
    deep = [page(f"cu-{n}", depth=3, traits=("shortened",)) for n in range(60)]
    found = without_repeats([page("", depth=0), *(page(f"muc-{n}", *BOX) for n in range(6)), *deep])
    assert not any(p.items for p in found)


def test_the_news_section_keeps_what_the_box_shows_too() -> None:
    listed = tuple(replace(i, group=0) for i in (*BOX, *OTHERS))
    beside = [page(f"muc-{n}", *BOX) for n in range(6)]
    found = without_repeats([page("", depth=0), *beside, page("tin-tuc", *listed, *BOX)])
    assert addresses(found[-1])[:8] == [f"{folder}/{n}" for folder in ("tin", "bai") for n in range(4)]


def test_the_end_of_cut_texts_is_not_missed() -> None:
    foot = "Tin mới nhất\nLễ hội xuống đồng 20/11/2026"
    long = [replace(page(f"bai-{n}", text=f"Bài viết dài số {n}"), text_length=9000) for n in range(40)]
    short = [page(f"muc-{n}", text=f"Mục số {n}\n{foot}") for n in range(8)]
    found = without_repeats([page("", depth=0), *long, *short])
    assert {p.text for p in found[-8:]} == {f"Mục số {n}" for n in range(8)}
    assert found[1].text == "Bài viết dài số 0"
