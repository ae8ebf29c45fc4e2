"""Reading beside the crawl: the same pages as here, and one that breaks the reader breaks nothing else."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import sys
from pathlib import Path

import pytest

from core.page import Outcome, Page
from crawler import parcel, reader
from crawler.answers import Answer
from crawler.parcel import Packer, Unpacker
from crawler.reader import Reader, Unreadable
from tests.crawler.little import LittlePortal, page, visit, words

TODAY = dt.date(2026, 11, 22)
_TABS = """<ul class="nav-tabs"><li><a data-toggle="tab" href="#mot">Chức năng</a></li>
<li><a data-toggle="tab" href="#hai">Lãnh đạo</a></li></ul><div class="tab-content">
<div class="tab-pane" id="mot"><p>Sở có chức năng tham mưu, giúp Ủy ban nhân dân tỉnh quản lý nhà nước.</p></div>
<div class="tab-pane" id="hai"><p>Giám đốc: ông Nguyễn Văn An, điện thoại 0214.3840.001.</p></div></div>"""
#: A process that lives until it is given a page with this word in it, then dies; every other page it reads.
_FRAIL = """import os, pickle, sys
from crawler import reading_process
kept = reading_process.read
def frail(answer, *args, **more):
    if b"GIET" in answer.body:
        os._exit(9)
    if b"TREO" in answer.body:
        import time
        time.sleep(600)
    if b"HONG" in answer.body:
        raise ValueError("a page that nobody can read")
    return kept(answer, *args, **more)
reading_process.read = frail
reading_process.main()
"""


def answer(number: int, body: str = "") -> Answer:
    url = f"https://so.example.gov.vn/muc-{number}"
    menu = {f"/muc-{n}": f"Mục số {n}" for n in range(30)}
    html = page(f"Mục {number}", body + words(f"Đoạn {number}"), menu=menu)
    at = dt.datetime(2026, 11, 22, 1, 2, 3, tzinfo=dt.UTC)
    kind = "text/html; charset=utf-8"
    return Answer(url, Outcome.OK, url, 200, html.encode(), kind, len(html), 0.1, at=at, headers={"Server": "x"})


def all_of(found: Reader, answers: list[Answer]) -> list[Page | Unreadable]:
    """Every answer read, two on their way at a time, and the process ended."""

    async def work() -> list[Page | Unreadable]:
        gate = asyncio.Semaphore(2)

        async def one(given: Answer) -> Page | Unreadable:
            async with gate:
                try:
                    return await found.read(given, 1, frozenset({"so.example.gov.vn"}))
                except Unreadable as error:
                    return error

        try:
            return await asyncio.wait_for(asyncio.gather(*map(one, answers)), 60)
        finally:
            await found.close()

    return asyncio.run(work())


@pytest.fixture
def from_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MANY", 0)
    monkeypatch.setattr(reader, "_cores", lambda: 2)


def here(given: Answer) -> Page:
    return Reader(TODAY).here(given, 1, frozenset({"so.example.gov.vn"}))


def test_a_parcel_holds_the_whole_page() -> None:
    packer, unpacker = Packer(), Unpacker()
    for number in range(4):
        read = here(answer(number, _TABS))
        assert read.panels and read.links and read.meta
        assert unpacker.unpack(packer.pack(read)) == read


def test_what_stood_on_an_earlier_page_is_not_sent_again() -> None:
    packer = Packer()
    first, second = (len(packer.pack(here(answer(n)))) for n in (1, 2))
    assert second < first * 0.7


def test_more_links_than_get_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel, "NUMBERED", 5)
    packer, unpacker = Packer(), Unpacker()
    for number in range(3):
        read = here(answer(number))
        assert unpacker.unpack(packer.pack(read)) == read


@pytest.mark.usefixtures("from_the_first")
def test_the_process_reads_what_is_read_here() -> None:
    answers = [answer(n, _TABS if n % 3 == 0 else "") for n in range(12)]
    assert all_of(Reader(TODAY), answers) == [here(a) for a in answers]


def test_few_pages_start_no_process() -> None:
    found = Reader(TODAY, program=(sys.executable, "-c", "raise SystemExit(1)"))
    assert len(all_of(found, [answer(n) for n in range(5)])) == 5
    assert found._process is None


@pytest.mark.usefixtures("from_the_first")
@pytest.mark.parametrize(
    ("word", "said"), [("GIET", "ended the process"), ("HONG", "ValueError")], ids=["kills it", "breaks it"]
)
def test_a_page_that_breaks_the_reader_is_the_only_one_lost(word: str, said: str) -> None:
    found = Reader(TODAY, program=(sys.executable, "-c", _FRAIL))
    results = all_of(found, [answer(n, f"<p>{word}</p>" if n in (3, 7) else "") for n in range(12)])
    lost = {n: str(r) for n, r in enumerate(results) if isinstance(r, Unreadable)}
    assert set(lost) == {3, 7}
    assert all(said in why for why in lost.values())


@pytest.mark.usefixtures("from_the_first")
def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "PATIENCE", 3.0)
    found = Reader(TODAY, program=(sys.executable, "-c", _FRAIL))
    results = all_of(found, [answer(n, "<p>TREO</p>" if n == 2 else "") for n in range(6)])
    assert [n for n, r in enumerate(results) if isinstance(r, Unreadable)] == [2]


@pytest.mark.usefixtures("from_the_first")
@pytest.mark.parametrize("program", [("/nowhere/python",), (sys.executable, "-c", "raise SystemExit(1)")])
def test_without_a_process_pages_are_read_here(program: tuple[str, ...], caplog: pytest.LogCaptureFixture) -> None:
    answers = [answer(n) for n in range(6)]
    with caplog.at_level(logging.WARNING):
        assert all_of(Reader(TODAY, program=program), answers) == [here(a) for a in answers]
    assert "no process can read" in caplog.text


@pytest.mark.usefixtures("from_the_first")
def test_a_process_that_talks_nonsense_is_ended() -> None:
    said = "b'r' + bytes([0, 0, 0, 2]) + b'p?'"
    nonsense = f"import sys, time; sys.stdout.buffer.write({said}); sys.stdout.flush(); time.sleep(600)"
    results = all_of(Reader(TODAY, program=(sys.executable, "-c", nonsense)), [answer(1)])
    assert isinstance(results[0], Unreadable)


@pytest.mark.usefixtures("from_the_first")
def test_on_one_core_there_is_no_second_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_cores", lambda: 1)
    found = Reader(TODAY, program=("/nowhere/python",))
    assert all(isinstance(r, Page) for r in all_of(found, [answer(n) for n in range(3)]))


def test_a_visit_sees_the_same_with_and_without_it(portal: LittlePortal, monkeypatch: pytest.MonkeyPatch) -> None:
    menu = {f"/muc-{n}": f"Mục {n}" for n in range(25)}
    portal.pages["/"] = page("Trang chủ", menu=menu)
    for n in range(25):
        portal.pages[f"/muc-{n}"] = page(f"Mục {n}", words(f"Mục {n}"), menu=menu)
    alone = visit(portal, exhaustive=True).evidence
    monkeypatch.setattr(reader, "MANY", 0)
    monkeypatch.setattr(reader, "_cores", lambda: 2)
    beside = visit(portal, exhaustive=True).evidence

    def seen(pages: tuple[Page, ...]) -> dict[str, object]:
        return {p.url: (p.title, p.text, p.links, p.items, p.depth, p.meta) for p in pages}

    assert seen(beside.pages) == seen(alone.pages)
    assert len(beside.pages) == 26


def test_nothing_is_left_running(tmp_path: Path) -> None:
    async def work() -> int | None:
        found = Reader(TODAY)
        found._few = 0
        await found.read(answer(1), 1, frozenset())
        process = found._process
        assert process is not None
        await found.close()
        return process.returncode

    assert asyncio.run(work()) is not None
