"""Near misses: what is really there is said, and what is nobody's section is not told at all."""

from __future__ import annotations

import pytest

from core.finding import Finding, Verdict
from tests.checks.portal import NEWS, ago, findings, gathered

LABEL, PLANS = "Chiến lược, quy hoạch, kế hoạch", "ND43-10.1.dd"
_DOCUMENT = "<p>Số ký hiệu: 12/QĐ-UBND</p><p>Ngày ban hành: 01/10/2026</p><p>Trích yếu: Về việc phân công</p>"
_NEWS = "".join(f"<li><a href='/tin/{n}'>{title}</a> ({ago(n + 1)})</li>" for n, title in enumerate(NEWS))


def menu(*links: tuple[str, str]) -> str:
    entries = "".join(f'<li><a href="{url}">{label}</a></li>' for label, url in links)
    return f'<div id="header"><ul class="menu"><li><a href="/">Trang chủ</a></li>{entries}</ul></div>'


def found(body: str, *links: tuple[str, str], rule: str = PLANS, more: dict[str, object] | None = None) -> Finding:
    head = menu((LABEL, "/q"), *links)
    pages = {"/": f"{head}<p>Kính chào.</p>", "/q": f"{head}<h1>{LABEL}</h1>{body}", **(more or {})}
    return findings(gathered(pages))[rule]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "trang trống"),
        ("<p>Nội dung đang được cập nhật.</p>", "đang cập nhật"),
        (f"<p>{LABEL}: đang cập nhật</p>", "đang cập nhật"),
        ("<p>Không có bản ghi nào.</p>", "danh sách chưa có nội dung nào"),
        ("<p>Tổng số: 0 văn bản</p>", "danh sách chưa có nội dung nào"),
        (_DOCUMENT, "một bài, một văn bản riêng lẻ"),
        ("<p>Mời xem ở cột bên cạnh trang này.</p>", "chỉ có vài dòng chữ"),
    ],
)
def test_what_is_there_instead_is_said(body: str, said: str) -> None:
    finding = found(body)
    assert finding.verdict is Verdict.FAIL
    assert said in finding.candidates[0].why_not.vi
    assert said in finding.message.vi
    assert finding.candidates[0].why_not.en != finding.candidates[0].why_not.vi


def test_news_of_other_sections_is_no_content() -> None:
    beside = "".join(f"<p>{title}</p><p>{ago(n)}</p>" for n, title in enumerate(NEWS))
    finding = found(f"<p>Tin khác</p>{beside}")
    assert finding.verdict is Verdict.FAIL
    assert "chỉ hiện tin, bài của mục khác" in finding.message.vi


def test_files_that_are_all_dead_are_no_empty_page() -> None:
    more: dict[str, object] = {"/f/1.pdf": {"outcome": "not_found"}}
    finding = found('<p><a href="/f/1.pdf">Quy hoạch tỉnh</a></p>', more=more)
    assert finding.verdict is Verdict.FAIL
    assert "tệp" in finding.candidates[0].why_not.vi and "không tải về được" in finding.candidates[0].why_not.vi


def test_the_name_of_the_section_is_said_once() -> None:
    assert "mới chỉ có tên mục" not in found("").message.vi


@pytest.mark.parametrize(
    "label",
    [
        "Skip Ribbon Commands", "Nhảy tới nội dung chính", "Giao diện di động", "English", "RSS",
        "Cổng thông tin điện tử tỉnh Thử",
    ],
)  # fmt: skip
def test_what_stands_on_any_portal_is_no_near_miss(label: str) -> None:
    head = menu(("Thông báo", "/t"))
    title = "<title>Cổng thông tin điện tử tỉnh Thử</title>"
    beside = f'<a href="/q">{label}</a>'
    pages = {
        "/": f"{title}{head}{beside}<p>Kính chào.</p>",
        "/t": f"{title}{head}<h1>Thông báo</h1><ul>{_NEWS}</ul>",
        "/q": f"{title}{head}<h1>Quy hoạch phát triển tỉnh</h1>",
    }
    told = [c.text for f in findings(gathered(pages)).values() for c in f.candidates]
    assert label not in told


def test_an_entry_of_a_section_that_counts_is_no_near_miss() -> None:
    head = menu(("Thông tin chỉ đạo điều hành", "/c"))
    entries = "".join(
        f"<li><a href='/c/{n}'>Quy hoạch phát triển vùng số {n}: chỉ đạo, điều hành</a> ({ago(n)})</li>"
        for n in range(2, 7)
    )
    pages = {"/": f"{head}<ul>{entries}</ul>", "/c": f"{head}<h1>Thông tin chỉ đạo điều hành</h1><ul>{entries}</ul>"}
    pages |= {f"/c/{n}": f"{head}<h1>Quy hoạch phát triển vùng số {n}</h1><p>{ago(n)}</p>" for n in range(2, 7)}
    got = findings(gathered(pages))
    assert got["ND43-10.1.c.1"].verdict in (Verdict.PASS, Verdict.PARTIAL)
    assert [c.url for c in got[PLANS].candidates if "/c/" in c.url] == []


def test_what_stands_in_a_frame_of_another_host_is_unknown() -> None:
    finding = found('<iframe src="http://quyhoach.khac.example.vn/ds" width="100%" height="900"></iframe>')
    assert (finding.verdict, finding.cause) == (Verdict.UNKNOWN, "external")
    assert "khung của máy chủ khác" in finding.message.vi


@pytest.mark.parametrize("src", ["https://www.google.com/maps/embed?pb=1", "https://www.facebook.com/plugins/page.php"])
def test_a_map_or_a_plug_in_beside_nothing_is_still_nothing(src: str) -> None:
    assert found(f'<iframe src="{src}"></iframe>').verdict is Verdict.FAIL


def test_a_section_behind_a_riddle_is_unknown() -> None:
    riddle = "<p>Vui lòng nhập mã xác nhận để tiếp tục.</p><img src='/captcha.png'><input name='captcha'>"
    assert (found(riddle).verdict, found(riddle).cause) == (Verdict.UNKNOWN, "blocked")
