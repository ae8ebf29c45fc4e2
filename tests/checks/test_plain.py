"""What a page plainly is: by what it holds, never by names alone."""

from __future__ import annotations

import pytest

from checks.gate import _groups
from checks.plain import View, points
from checks.profiles import Profile, profiles
from tests.checks.contents import CONTENTS, SERVES
from tests.checks.portal import catalogue, gathered

#: The profile that each content shows all by itself, under a heading that says nothing.
OWN = {
    "leaders": "leaders", "documents": "documents", "schedule": "schedule", "services": "services", "budget": "budget",
    "questions": "qa", "about": "about", "statistics": "statistics", "projects": "projects", "drafts": "drafts",
}  # fmt: skip
CONTACTS = """<p>Người phát ngôn: ông Nguyễn Văn Hải, Chánh Văn phòng UBND tỉnh. Điện thoại 0255 3822 111, thư điện tử
hai@thu.example.gov.vn. Phóng viên báo chí xin liên hệ trước.</p>"""


def view(name: str, body: str, labels: tuple[str, ...] = ("Mục 7",)) -> View:
    """A page of that heading, title and trail, as those links lead to it."""
    links = "".join(f'<li><a href="/x">{label}</a></li>' for label in labels)
    menu = f'<ul class="menu"><li><a href="/">Trang chủ</a></li>{links}</ul>'
    trail = f'<div class="breadcrumb"><a href="/">Trang chủ</a> » {name}</div>'
    head = f"<title>{name} - Cổng thông tin điện tử</title></head><body>{menu}"
    seen = gathered(
        {
            "/": f"<head><title>Cổng thông tin điện tử</title></head><body>{menu}<p>Kính chào quý vị.</p>",
            "/x": f"<head>{head}{trail}<h1>{name}</h1><div class='content'>{body}</div>",
        }
    )
    page = seen.page("http://thu.example.gov.vn/x")
    assert page is not None
    return View(page, seen, labels)


def telling(profile: Profile, *places: str) -> list[str]:
    """All words that its signs look for in those places."""
    words = (w for sign in profile.signs if sign.place in places for w in sign.words.spelt)
    return [w for w in dict.fromkeys(words) if w not in profile.not_words.spelt]


@pytest.mark.parametrize("key", profiles())
@pytest.mark.parametrize("body", ["", "<p>Nội dung đang được cập nhật.</p>", "<p>Kính mời quý vị quay lại sau.</p>"])
def test_names_alone_are_never_enough(key: str, body: str) -> None:
    """Words that its names may have, many at once, in heading, title, trail and links, over an empty page."""
    profile = profiles()[key]
    words = telling(profile, "own", "any", "lead") or [key]
    for first in range(0, len(words), 6):
        some = tuple(words[first : first + 6])
        assert points(view(" - ".join(some), body, some), profile) == 0


@pytest.mark.parametrize("key", profiles())
def test_words_of_names_weigh_less_than_what_is_needed(key: str) -> None:
    profile = profiles()[key]
    assert sum(sign.points for sign in profile.signs if sign.place == "own") * 2 <= profile.need
    assert sum(sign.points for sign in profile.signs if sign.place != "own") >= profile.need


@pytest.mark.parametrize("key", profiles())
def test_a_page_of_news_is_nothing_but_news(key: str) -> None:
    found = points(view("Mục 7", CONTENTS["news"]), profiles()[key])
    assert found == 0


def test_dated_posts_under_a_name_for_news_are_news() -> None:
    assert points(view("Tin hoạt động", CONTENTS["news"]), profiles()["news"]) >= profiles()["news"].need


@pytest.mark.parametrize("kind", OWN)
def test_content_shows_what_it_is_without_a_name(kind: str) -> None:
    seen = view("Mục 7", CONTENTS[kind])
    found = {key: points(seen, profile) for key, profile in profiles().items()}
    best = max(found, key=lambda key: found[key])
    assert best == OWN[kind] and found[best] >= profiles()[best].need


def test_half_of_what_is_needed_has_to_stand_in_the_content() -> None:
    """A telephone and an address under "Người phát ngôn báo chí" are no spokesperson."""
    profile = profiles()["spokesperson"]
    bare = "<p>Điện thoại 0255 3822 111, thư điện tử vanphong@thu.example.gov.vn.</p>"
    assert points(view("Người phát ngôn báo chí", bare), profile) == 0
    assert points(view("Người phát ngôn báo chí", CONTACTS), profile) > 0
    assert points(view("Mục 7", CONTACTS), profile) > 0


def test_own_words_that_say_something_else_settle_it() -> None:
    profile = profiles()["schedule"]
    assert points(view("Lịch công tác tuần", CONTENTS["schedule"]), profile) > 0
    assert points(view("Lịch tiếp công dân", CONTENTS["schedule"]), profile) == 0


def test_a_must_that_is_missing_settles_it() -> None:
    """A schedule without meetings is a calendar."""
    profile = profiles()["schedule"]
    week = CONTENTS["schedule"]
    for word in ("Họp về", "Chủ trì", "Chủ tịch"):
        week = week.replace(word, "")
    assert points(view("Lịch công tác tuần", week), profile) == 0


@pytest.mark.parametrize("key", profiles())
def test_patterns_are_written_for_small_letters(key: str) -> None:
    """They are looked for in text in small letters: a capital in one would never be found."""
    for sign in profiles()[key].signs:
        if sign.pattern is not None:
            bare = sign.pattern.pattern.replace("\\D", "").replace("\\W", "").replace("\\S", "").replace("\\B", "")
            assert bare == bare.lower()


def test_every_profile_belongs_to_a_duty() -> None:
    known = {str(rule.params.get("signs") or rule.params.get("content")) for rule in catalogue().rules}
    assert set(profiles()) <= known
    assert {OWN.get(kind, kind) for kind in SERVES} <= set(profiles())


@pytest.mark.parametrize("name", ["alike", "below"])
def test_neighbours_are_contents_of_the_catalogue(name: str) -> None:
    known = {rule.params.get("content") for rule in catalogue().rules}
    groups = _groups(name)
    assert {key for group in groups.values() for key in group} <= known
    if name == "below":
        assert set(groups) <= known
        assert all(head not in group for head, group in groups.items())
    else:
        assert all(len(group) == len(set(group)) >= 2 for group in groups.values())
