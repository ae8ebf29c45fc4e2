"""Every section is linked under an accepted name and its page holds nothing: no duty is met by a label.

Contact data at the foot of every page is enough for ND43-10.1.l, whatever stands behind "Liên hệ": it alone is exempt.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from core.finding import Verdict
from tests.checks.contents import CONTENTS, LABELS, SERVES
from tests.checks.portal import LAYOUTS, ago, findings, portal, section_names

#: The footer gives address, telephone and e-mail.
FROM_THE_FOOT = "ND43-10.1.l"
MET = {Verdict.PASS, Verdict.PARTIAL}

_LINES = {
    "being updated": "Nội dung đang được cập nhật",
    "being updated in short": "Đang cập nhật ...",
    "its name and being updated": "TITLE: đang cập nhật",
    "dots": "...",
    "no data": "Không có dữ liệu",
    "no post yet": "Chưa có bài viết nào trong chuyên mục này.",
    "no news yet": "Hiện chưa có tin.",
    "no result of a portlet": "Không có kết quả nào.",
    "no records": "Tổng số: 0 bản ghi",
    "being built": "Chuyên mục đang được xây dựng, mời quý vị quay lại sau.",
    "to be added later": "Thông tin sẽ được bổ sung trong thời gian tới. Trân trọng cảm ơn.",
    "being moved": "Dữ liệu đang được chuyển đổi sang hệ thống mới.",
    "loading": "Đang tải dữ liệu...",
    "not found": "Không tìm thấy trang yêu cầu",
    "deleted": "Nội dung này không tồn tại hoặc đã bị xoá.",
    "not admitted": "Bạn không có quyền truy cập trang này.",
    "an error": "Đã có lỗi xảy ra trong quá trình xử lý. Xin vui lòng liên hệ quản trị hệ thống.",
    "no module": "Module không tồn tại hoặc chưa được kích hoạt",
    "welcome": "Chào mừng bạn đến với Cổng thông tin điện tử tỉnh Thử",
    "its own name": "Chuyên mục TITLE của Cổng thông tin điện tử tỉnh Thử.",
    "an English list without items": "There are no items to show in this view of the list.",
    "a blog without posts": "Nothing Found. It seems we can&rsquo;t find what you&rsquo;re looking for.",
    "coming soon": "Coming soon",
    "look elsewhere": "Mời quý vị xem thông tin tại các mục bên trái.",
    "counters": "Lượt xem: 1.204 | Ngày cập nhật: 12/11/2026 | Tác giả: Admin",
    "weather": "Thời tiết hôm nay: 28°C, trời nắng. Giá vàng: mua 82,5 bán 84,5 triệu đồng/lượng.",
    "moved away": 'Chuyên mục đã chuyển sang địa chỉ mới, mời truy cập <a href="http://x.example.com/">tại đây</a>.',
    "a banner": "<marquee>Nhiệt liệt chào mừng ngày thành lập ngành!</marquee>",
}
_ADVERT = """<p>Công ty TNHH Phần mềm Việt chuyên thiết kế website, cung cấp máy tính, camera, thiết bị văn
phòng giá rẻ nhất thị trường. Bảo hành 24 tháng, giao hàng tận nơi trên toàn quốc, khuyến mại lớn nhân dịp khai
trương chi nhánh mới. Hãy gọi ngay cho chúng tôi để được tư vấn miễn phí.</p>"""
_LOREM = """<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit. Sed do eiusmod tempor incididunt ut
labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut
aliquip ex ea.</p>"""
_SAMPLE = """<p>Bài viết mẫu. Đây là nội dung mẫu của giao diện. Bạn hãy thay thế bằng nội dung của mình trong
phần quản trị. Giao diện được thiết kế hiện đại, tương thích mọi thiết bị, hỗ trợ nhiều ngôn ngữ.</p>"""
_YEARS = "<select name=nam><option>Tất cả</option><option>2025</option><option>2026</option></select>"
_FILTER = f'<form action="/loc"><input name=tukhoa placeholder="Từ khoá">{_YEARS}<button>Tìm kiếm</button></form>'
_HEADS = "<tr><th>STT</th><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th></tr>"
_DAYS = "".join(f"<tr><td>{n}</td><td>{n + 1}</td><td>{n + 2}</td></tr>" for n in range(1, 29, 7))
_FINANCE = '<a href="http://mof.gov.vn">Bộ Tài chính</a>'


def _list(*entries: str) -> str:
    return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"


#: What stands on the page instead of its content.
NOTHING = {
    **{name: f"<p>{line}</p>" for name, line in _LINES.items()},
    "nothing at all": "",
    "a picture": '<img src="/logo.png" alt="">',
    "share buttons": '<p>Chia sẻ: <a href="https://facebook.com/x">Facebook</a> <a href="https://zalo.me/x">Zalo</a></p>',
    "table heads": f"<table border=1>{_HEADS}</table><p>Hiển thị 0 đến 0 của 0 mục</p>",
    "table heads above one line": "<table border=1><thead><tr><th>STT</th><th>Tên</th><th>Ngày đăng</th></tr></thead>"
    "<tbody><tr><td colspan=3>Không có dữ liệu để hiển thị</td></tr></tbody></table>",
    "a table of empty cells": f"<table border=1>{_HEADS}{'<tr><td></td><td></td><td></td><td></td></tr>' * 3}</table>",
    "a table of dashes": f"<table>{_HEADS}{'<tr><td>1</td><td>-</td><td>-</td><td>-</td></tr>' * 2}</table>",
    "a table being updated": f"<table>{_HEADS}<tr><td>1</td><td>Đang cập nhật</td><td></td><td></td></tr></table>",
    "pages of nothing": '<div class="pager"><a href="?p=1">1</a> <a href="?p=2">2</a> <a href="?p=3">Sau</a></div>',
    "a month": f"<table class=calendar><tr><th>T2</th><th>T3</th><th>T4</th></tr>{_DAYS}</table>",
    "links to ministries": "<h3>Liên kết website</h3>"
    + _list('<a href="http://chinhphu.vn">Chính phủ</a>', '<a href="http://moha.gov.vn">Bộ Nội vụ</a>', _FINANCE),
    "the menu again": _list(*(f'<a href="/s/{n}">Mục {n}</a>' for n in range(8))),
    "an empty frame": '<iframe src="/khung.html" width="100%" height="600"></iframe>',
    "a page that needs script": "<noscript>Vui lòng bật JavaScript để xem nội dung này.</noscript><div id=app></div>",
    "a box for comments": "<h3>Bình luận</h3><form method=post action=/bl><input name=hoten placeholder='Họ tên'>"
    "<textarea name=nd placeholder='Nội dung bình luận'></textarea><button>Gửi bình luận</button></form>"
    "<p>Chưa có bình luận nào.</p>",
    "a filter without results": f"{_FILTER}<p>Không tìm thấy kết quả nào phù hợp.</p>",
    "a filter alone": _FILTER,
    "a login": "<form method=post action='/login'><p>Vui lòng đăng nhập để xem nội dung</p><input name=user>"
    "<input type=password name=pass><button>Đăng nhập</button></form>",
    "lorem ipsum": _LOREM,
    "a sample text": _SAMPLE,
    "an advert": _ADVERT,
    "test posts": _list(
        '<a href="/t/1">test</a>', '<a href="/t/2">Test 2</a>', '<a href="/t/3">Bài viết thử nghiệm</a>'
    ),
    "entries that lead nowhere": _list(*(f'<a href="#">TITLE số {n}</a> ({ago(n)})' for n in (3, 4, 5))),
    "entries that lead to itself": _list(*(f'<a href="">TITLE số {n}</a> ({ago(n)})' for n in (3, 4, 5))),
    "posts that repeat one text": _list(*(f'<a href="/r/{n}">TITLE kỳ {n}</a> ({ago(n)})' for n in (3, 4, 5, 6))),
}
#: Entries that differ in a number of the address only.
_NUMBERED = _list(*(f'<a href="?id={n}">TITLE số {n}</a> ({ago(n)})' for n in (3, 4, 5)))
#: Pages behind the entries and in the frame above.
BEHIND = {
    "/khung.html": "Khung|<p>Đang cập nhật</p>",
    **{f"/t/{n}": "test|<p>abc test</p>" for n in (1, 2, 3)},
    **{
        f"/r/{n}": f"Kỳ {n}|<p>{'Nội dung chi tiết xin liên hệ văn phòng để được giải đáp. ' * 5}</p>"
        for n in range(3, 7)
    },
}


def labels(number: int) -> list[str]:
    """One accepted name for every duty."""
    return list(dict.fromkeys(names[number % len(names)] for names in section_names().values()))


#: What still counts though it is nothing; an entry goes when the content tells.
STILL_MET = {
    "an advert": {"ND43-10.1.i.1"},
    "moved away": {"ND43-10.1.i.1"},
    # a site map shows just that; and "Mục 3" reads as "Mức 3" where accents do not count
    "the menu again": {"TT32-16.4.b.1", "ND43-18.2"},
    "a box for comments": {"ND43-15.2"},  # no fault: under "Hỏi đáp" it takes questions
}
_LAYOUTS = tuple(LAYOUTS)
_KINDS = tuple(NOTHING)


def met(behind: dict[str, str], layout: str, more: dict[str, str]) -> set[tuple[str, str]]:
    """Duties that count as met, each with the label of the page that is shown for it."""
    found = findings(portal(behind, layout, BEHIND | more)).values()
    shown = {f"/s/{number}": label for number, label in enumerate(behind)}
    return {
        (f.rule, shown.get(urlsplit(f.evidence[0].url).path, "") if f.evidence else "")
        for f in found
        if f.verdict in MET and f.rule != FROM_THE_FOOT
    }


@pytest.mark.parametrize("shift", range(len(_KINDS)))
def test_a_label_over_nothing_meets_no_duty(shift: int) -> None:
    """Every kind of nothing stands behind the label of every duty once; on one portal no two pages are alike."""
    behind = {label: _KINDS[(n + shift) % len(_KINDS)] for n, label in enumerate(labels(shift % 4))}
    wrong = met({label: NOTHING[kind] for label, kind in behind.items()}, _LAYOUTS[shift % 4], {})
    assert {(r, n, k) for r, n in wrong if r not in STILL_MET.get(k := behind.get(n, ""), ())} == set()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "kind",
    ["being updated", "its name and being updated", "nothing at all", "lorem ipsum", "table heads", "a filter alone"],
)
def test_a_portal_that_was_only_set_up_meets_no_duty(kind: str, layout: str) -> None:
    assert met(dict.fromkeys(labels(1), NOTHING[kind]), layout, {}) == set()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_entries_that_show_their_own_list_again_meet_no_duty(layout: str) -> None:
    names = labels(0)
    again = {
        f"/s/{place}?id={n}": f"{label}|{_NUMBERED.replace('TITLE', label)}"
        for place, label in enumerate(names)
        for n in (3, 4, 5)
    }
    assert met(dict.fromkeys(names, _NUMBERED), layout, again) == set()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_foot_alone_gives_the_portals_address(layout: str) -> None:
    found = findings(portal(dict.fromkeys(labels(0), ""), layout))
    assert found[FROM_THE_FOOT].verdict in MET


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_portal_with_content_meets_its_duties(layout: str) -> None:
    """The pages above are not met for their emptiness, and for nothing else."""
    behind = {LABELS[kind]: body for kind, body in CONTENTS.items()}
    found = findings(portal(behind, layout))
    assert [rules[0] for rules in SERVES.values() if found[rules[0]].verdict not in MET] == []
