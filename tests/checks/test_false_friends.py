"""Words that are the same without their accents, or stand in others, make no section."""

from __future__ import annotations

import pytest

from core.finding import Verdict
from tests.checks.portal import LAYOUTS, NEWS, ago, findings, portal

_NEWS = "".join(f"<li><a href='/tin/{n}.html'>{title}</a> ({ago(n + 1)})</li>" for n, title in enumerate(NEWS))
_ASKED = "".join(
    f"<p>Hỏi: {what} cần giấy tờ gì?</p><p>Đáp: Cần đơn theo mẫu, nộp tại bộ phận một cửa của xã.</p>"
    for what in ("Cấp sổ đỏ", "Đăng ký xe", "Xin phép xây nhà")
)
_UNMARKED = _ASKED.replace("Hỏi", "Hoi").replace("Đáp", "Dap")
_FORM = "<form method=post action='/gui'><textarea name=nd></textarea><button>Gửi câu hỏi</button></form>"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_conference_asks_nothing(layout: str) -> None:
    """ "Hội nghị" and "hỏi" are one word without accents."""
    got = findings(portal({"Hỏi đáp": f"<ul>{_NEWS}</ul>"}, layout))
    assert got["ND43-15.2"].verdict is Verdict.FAIL


@pytest.mark.parametrize("body", [_ASKED, _UNMARKED])
def test_questions_are_told_by_one_word(body: str) -> None:
    got = findings(portal({"Hỏi đáp": body + _FORM, "Tin tức": f"<ul>{_NEWS}</ul>"}, next(iter(LAYOUTS))))
    assert got["ND43-15.2"].verdict in (Verdict.PASS, Verdict.PARTIAL)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_who_gave_an_opinion_was_not_asked_about_a_draft(layout: str) -> None:
    """ "Đóng góp ý kiến" holds "góp ý"."""
    got = findings(portal({"Lấy ý kiến dự thảo văn bản": f"<ul>{_NEWS}</ul>"}, layout))
    assert got["ND43-10.1.i.2"].verdict is Verdict.FAIL
