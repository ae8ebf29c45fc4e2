"""One spelling for one page; traps and twins."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.hosts import without_panel
from crawler.urls import canonical, host_of, is_trap, same_site, twin_key

BASE = "http://so.tinh.gov.vn/tin/muc.html?x=1"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("HTTP://So.Tinh.GOV.vn:80/a/../b/./c#f", "http://so.tinh.gov.vn/b/c"),
        ("https://so.tinh.gov.vn:443", "https://so.tinh.gov.vn/"),
        ("http://so.tinh.gov.vn:8080/a", "http://so.tinh.gov.vn:8080/a"),
        ("//hoidap.tinh.gov.vn/q", "http://hoidap.tinh.gov.vn/q"),
        ("bai-1.html", "http://so.tinh.gov.vn/tin/bai-1.html"),
        ("?page=2", "http://so.tinh.gov.vn/tin/muc.html?page=2"),
        ("/van ban/qđ.html", "http://so.tinh.gov.vn/van%20ban/q%C4%91.html"),
        ("/van%20ban/q%c4%91.html", "http://so.tinh.gov.vn/van%20ban/q%C4%91.html"),
        ("/a%7Eb", "http://so.tinh.gov.vn/a~b"),
        ("/a?utm_source=fb&id=3&fbclid=x", "http://so.tinh.gov.vn/a?id=3"),
        ("/a;jsessionid=0A1B2C?id=3", "http://so.tinh.gov.vn/a?id=3"),
        ("/a?PHPSESSID=abc", "http://so.tinh.gov.vn/a"),
        ("/a?ASPSESSIONIDQQ=abc&b=", "http://so.tinh.gov.vn/a?b="),
        ("/(S(abcdefgh12345678abcdefgh))/a.aspx", "http://so.tinh.gov.vn/a.aspx"),
        ("/modules.php?name=News&op=viewst&sid=123", "http://so.tinh.gov.vn/modules.php?name=News&op=viewst&sid=123"),
        ("/a?sid=0f3a9c0f3a9c0f3a9c", "http://so.tinh.gov.vn/a"),
        (
            "/web/guest/tin?p_p_id=101&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view&p_auth=x1&p_p_col_id=c&_101_id=7",
            "http://so.tinh.gov.vn/web/guest/tin?p_p_id=101&_101_id=7",
        ),
        ("/a?p_p_state=maximized", "http://so.tinh.gov.vn/a?p_p_state=maximized"),
        ("\n /a\t/b ", "http://so.tinh.gov.vn/a/b"),
        ("\\van-ban\\1.htm", "http://so.tinh.gov.vn/van-ban/1.htm"),
        ("/index.php", "http://so.tinh.gov.vn/index.php"),
        ("/a//b", "http://so.tinh.gov.vn/a/b"),
        ("http://[::1]:81/a", "http://[::1]:81/a"),
        ("javascript:void(0)", ""),
        ("mailto:a@b.vn", ""),
        ("http://", ""),
        ("http://[::1", ""),
        ("http://a b.vn/", ""),
        ("http://a.vn:99999/", ""),
        ("", "http://so.tinh.gov.vn/tin/muc.html?x=1"),
    ],
)  # fmt: skip
def test_canonical(href: str, url: str) -> None:
    assert canonical(href, BASE) == url


@pytest.mark.parametrize(
    ("url", "trap"),
    [
        ("http://a.vn/vi/vi/en/vi/tin-tuc", True),
        ("http://a.vn/en/vi/tin-tuc", True),
        ("http://a.vn/vi/tin-tuc", False),
        ("http://a.vn/tin-tuc/tin-tuc/bai-1", False),
        ("http://a.vn/tin/tin/tin/tin", True),
        ("http://a.vn/2024/11/11/bai", False),
        ("http://a.vn/calendar/2031/05", True),
        ("http://a.vn/su-kien?tribe-bar-date=2031-05-01", True),
        ("http://a.vn/lich-cong-tac?tuan=45&nam=2026", False),
        ("http://a.vn/bai?replytocom=12", True),
        ("http://a.vn/" + "x/" * 20, True),
        ("http://a.vn/?" + "q" * 1000, True),
    ],
)
def test_traps(url: str, trap: bool) -> None:
    assert is_trap(url) is trap


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.vn/vi/news/Tin/bai-12.html", "http://a.vn/vi/news/print/Tin/bai-12.html", True),
        ("http://a.vn/vi/news/Tin/bai-12.html", "http://www.a.vn/vi/news/savefile/Tin/bai-12.html", True),
        ("http://a.vn/bai?id=1", "http://a.vn/bai?id=1&print=1", True),
        ("http://a.vn/bai?id=1&m=2", "http://a.vn/bai?m=2&id=1", True),
        ("http://a.vn/bai?id=1", "http://a.vn/bai?id=1&nv_theme=mobile", True),
        ("http://a.vn/bai?tmpl=component&id=1", "http://a.vn/bai?id=1", True),
        ("http://a.vn/vi/tin/", "http://a.vn/en/vi/tin", True),
        ("http://a.vn/bai?id=1", "http://a.vn/bai?id=2", False),
        ("http://a.vn/vi/tin", "http://a.vn/en/tin", False),
        ("http://a.vn/in?view=list", "http://a.vn/in", False),
        ("http://a.vn:81/tin", "http://a.vn/tin", False),
    ],
)
def test_twins(one: str, other: str, same: bool) -> None:
    assert (twin_key(one) == twin_key(other)) is same


def test_same_site() -> None:
    hosts = frozenset({"tinh.gov.vn", "127.0.0.1:8080"})
    assert same_site("http://tinh.gov.vn/a", hosts)
    assert same_site("https://www.tinh.gov.vn/a", hosts)
    assert same_site("http://127.0.0.1:8080/", hosts)
    assert not same_site("http://127.0.0.1:9090/", hosts)
    assert not same_site("http://so.tinh.gov.vn/a", hosts)
    assert not same_site("http://eviltinh.gov.vn/a", hosts)
    assert not same_site("", hosts)
    assert host_of("http://A.vn:80/") == "a.vn"


ADDRESSES = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(["http:", "//", "a.vn", ":80", "/", "..", ".", "%", "%41", "%zz", "?", "&", "=", "#", "ư", " ",
            ";jsessionid=1", "[", "@", "\\", "utm_a=1", "(S(abcdefgh1))", "sid=", "x:y"]),
        max_size=14,
    ).map("".join),
    st.text(alphabet="/.%aA1?&=#:;@[]()~|", max_size=40).map("http://a.vn/".__add__),
)  # fmt: skip


@given(ADDRESSES)
@example("http://a.vn/%2e%2e/x")
@example("http://a.vn/;sid=1;sid=2")
@example("http://a.vn/(S(abcdefgh1))(S(abcdefgh1))")
@example("http://a.vn/.//..")
def test_canonical_is_idempotent_and_never_raises(address: str) -> None:
    for url in (canonical(address), canonical(address, BASE)):
        assert canonical(url) == url
        assert canonical(url, BASE) == (url or BASE)
        is_trap(url)
        twin_key(url)
        same_site(url, {"a.vn"})
    is_trap(address)
    twin_key(address)


def test_the_route_of_a_script_router_is_part_of_the_address() -> None:
    base = "http://so.example/"
    assert canonical("http://so.example/#/tin-tuc?x=1") == "http://so.example/#/tin-tuc?x=1"
    assert canonical("#!/tin tuc", base) == "http://so.example/#!/tin%20tuc"
    assert canonical("#tin-tuc", base) == canonical("#/", base) == base
    assert twin_key("http://so.example/#/a") != twin_key("http://so.example/#/b")
    assert without_panel("http://so.example/#/a") == "http://so.example/#/a"
    assert without_panel("http://so.example/#/a#tab-1") == "http://so.example/#/a"
    assert without_panel("http://so.example/x#tab-1") == "http://so.example/x"
