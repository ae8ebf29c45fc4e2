"""A page that asks to prove that one is a person is no content; a form that ends with such a riddle is."""

from __future__ import annotations

import pytest

from core.page import Outcome
from crawler.answers import is_challenge
from tests.crawler.little import LittlePortal
from tests.crawler.test_limits import outcome_of

WALLS = (
    "<html><head><title>Xác thực</title></head><body><p>Vui lòng nhập mã xác nhận để tiếp tục truy cập.</p>"
    "<img src=captcha.php><form method=post><input name=captcha><button>Tiếp tục</button></form></body></html>",
    "<body><div class=g-recaptcha></div><p>Hãy xác minh bạn không phải là robot</p></body>",
    "<body><p>V&#7913;i lòng x&#225;c nh&#7853;n b&#7841;n kh&#244;ng ph&#7843;i l&#224; ng&#432;&#7901;i m&#225;y</p>"
    "<div id=captcha></div></body>",
    "<p>Our systems have detected unusual traffic from your network.</p>",
)
_QUESTION = (
    "<h1>Gửi câu hỏi</h1><form method=post><input name=hoten><textarea name=nd></textarea>"
    "<p>Nhập mã captcha để gửi, vui lòng xác nhận bạn không phải là robot</p><input name=captcha></form>"
)
_ARTICLE = (
    f"<h1>Cổng dịch vụ công thêm captcha</h1><p>{'Người dùng xác minh không phải là robot khi nộp hồ sơ. ' * 20}</p>"
)
_LOGIN = "<form><p>Đăng nhập</p><input name=user><input type=password name=p><input name=captcha></form>"


@pytest.mark.parametrize("html", WALLS)
def test_a_riddle_in_place_of_the_page_is_a_wall(html: str) -> None:
    assert is_challenge(html.encode())


@pytest.mark.parametrize("html", [_QUESTION, _ARTICLE, _LOGIN, "<p>captcha</p>", ""])
def test_what_only_speaks_of_one_is_none(html: str) -> None:
    assert not is_challenge(html.encode())


def test_a_section_behind_a_riddle_was_not_seen(portal: LittlePortal) -> None:
    assert outcome_of(portal, WALLS[0]) is Outcome.BLOCKED
