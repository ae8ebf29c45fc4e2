"""The Atom feed: valid, the same ids each time, and nothing of a portal works as mark-up in it."""

import dataclasses
import datetime as dt
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from reports.feed import Entry, Feed, Part, render, urn
from tests import samples

SCHEMA = etree.RelaxNG(file=str(Path(__file__).parents[1] / "schemas" / "atom.rng"))


def entry(name="lan-1", days=0, **more):
    at = samples.NOW + dt.timedelta(days=days)
    values = {
        "lead": ("Chỉ số 0,911.",),
        "parts": (Part("Tốt hơn (1 mục)", ("ND43-10.1.b: đạt",)),),
        "tags": ("better",),
    }
    return Entry(name, f"{name}: chỉ số 0,911", at, **(values | more))


def feed(*entries, **more):
    values = {
        "key": "tinhmau.gov.vn",
        "title": "Tỉnh Mẫu",
        "subtitle": "Thay đổi",
        "portal": samples.HOME + "/",
        "tool": "decree43 0.1.0",
        "entries": entries or (entry(),),
        "own": "https://vi-du.gov.vn/feed.xml",
    }
    return Feed(**(values | more))


def valid(data):
    SCHEMA.assertValid(etree.fromstring(data))
    found = feedparser.parse(data)
    assert not found.bozo and found.version == "atom10"
    return found


def test_it_is_valid_and_says_what_it_was_given():
    found = valid(render(feed(entry("lan-2", 1), entry("lan-1"))))
    assert found.feed.title == "Tỉnh Mẫu" and found.feed.language == "vi"
    assert [e.title for e in found.entries] == ["lan-2: chỉ số 0,911", "lan-1: chỉ số 0,911"]
    assert "ND43-10.1.b: đạt" in found.entries[0].content[0].value
    assert [tag.term for tag in found.entries[0].tags] == ["better"]
    assert {link.rel: link.href for link in found.feed.links} == {
        "alternate": samples.HOME + "/",
        "self": "https://vi-du.gov.vn/feed.xml",
    }


def test_it_was_changed_when_its_newest_entry_was():
    found = valid(render(feed(entry("lan-1"), entry("lan-2", 3))))
    assert found.feed.updated == "2026-11-24T02:03:04Z"


def test_ids_are_the_same_each_time_and_each_its_own():
    one, two = (valid(render(feed(entry("a"), entry("b", 1), title=title))) for title in ("Một", "Hai"))
    ids = [e.id for e in one.entries]
    assert ids == [e.id for e in two.entries] and one.feed.id == two.feed.id
    assert len({*ids, one.feed.id}) == 3
    # Written down: readers would take every entry for a new one if this changed.
    assert urn("audit", "lan-1") == "urn:uuid:204ca70f-1ad3-55c1-946f-23129c63a730"


def test_hostile_words_and_addresses_stay_text():
    bad = f"{samples.ATTACK}\x00\x1b[31m\ud800]]>"
    data = render(
        feed(
            entry(lead=(bad,), parts=(Part(bad, (bad,)),)),
            title=bad,
            subtitle=bad,
            portal="javascript:alert(1)",
            own="javascript:alert(2)",
        )
    )
    valid(data)
    names = {etree.QName(node).localname for node in etree.fromstring(data).iter()}
    assert not names & {"script", "img", "link"}


def test_a_feed_of_nothing_cannot_be():
    with pytest.raises(ValueError, match="without entries"):
        render(dataclasses.replace(feed(), entries=()))


@pytest.mark.parametrize("broken", ["<id>", "<updated>", "<title>", "<author>"])
def test_the_schema_sees_what_is_missing(broken):
    root = etree.fromstring(render(feed()))
    name = f"{{http://www.w3.org/2005/Atom}}{broken.strip('<>')}"
    root.remove(root.find(name))
    assert not SCHEMA.validate(root)
