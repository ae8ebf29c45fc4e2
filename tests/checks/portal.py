"""A province's portal of a few lines: every label in its menu, and behind each the content a test wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

from app.cases import Case, evidence_of
from app.catalogues import open_catalogue
from checks.catalogue import build
from checks.runner import run
from core.evidence import Evidence
from core.finding import Finding
from core.rule import Catalogue

TODAY = dt.date(2026, 11, 20)
NEWS = (
    "UBND tỉnh Thử họp phiên thường kỳ tháng 11",
    "Hội nghị xúc tiến đầu tư vào các khu công nghiệp",
    "Khánh thành cầu Sông Thử sau hai năm thi công",
    "Trao quà cho học sinh nghèo vượt khó vùng cao",
    "Kiểm tra công tác phòng chống thiên tai tại các huyện",
    "Phiên chợ nông sản sạch thu hút hàng nghìn khách",
)


def ago(days: int) -> str:
    """A day before the audit, as portals write it."""
    return (TODAY - dt.timedelta(days=days)).strftime("%d/%m/%Y")


_NEWEST = "".join(
    f'<li><a href="/tin/{n}.html">{title}</a> <span>({ago(n + 1)})</span></li>' for n, title in enumerate(NEWS)
)
_SIDE = f"""<h3>Tin mới nhất</h3><ul>{_NEWEST}</ul><h3>Thăm dò ý kiến</h3><form action="/vote"><p>Bạn thấy cổng thế
nào?</p><input type=radio name=v>Tốt <input type=radio name=v>Khá <button>Gửi</button></form><h3>Thống kê truy cập</h3>
<p>Đang truy cập: 12. Hôm nay: 345. Tổng: 1.234.567</p>"""
#: How a page is laid out around what it holds; each as some system does it.
LAYOUTS = {
    "a column beside": f"""<div id="main"><div class="breadcrumb"><a href="/">Trang chủ</a> &raquo; TITLE</div>
<div class="content"><h1>TITLE</h1>BODY</div><div class="sidebar">{_SIDE}</div></div>""",
    "tables for layout": f"""<table width=980><tr><td width=200 class="left">{_SIDE}</td><td width=580 valign=top>
<b>TITLE</b><br>BODY<br>Lượt xem: 231<br><a href="#">In trang</a> <a href="#">Quay lại</a></td></tr></table>""",
    "other news below": f"""<div class="wrapper"><h2 class="title">TITLE</h2><div>BODY</div><p>Thứ sáu, {ago(0)} 08:15
</p><h3>Các tin khác</h3><ul>{_NEWEST}</ul></div>""",
    "a portlet of news": f"""<div class="portlet"><div class="portlet-title">TITLE</div><div class="portlet-body">BODY
</div></div><div class="portlet"><div class="portlet-title">Tin nổi bật</div><div class="portlet-body">{_NEWEST}</div>
</div>""",
}
_FOOT = """<div id="footer"><p>Bản quyền thuộc về UBND tỉnh Thử. Người chịu trách nhiệm: Nguyễn Văn A, Phó Chánh
Văn phòng. Địa chỉ: Số 1 đường Hùng Vương, thành phố Thử. Điện thoại: 0255 3822 111. Email:
banbientap@thu.example.gov.vn</p></div>"""


@cache
def catalogue() -> Catalogue:
    """The default catalogue."""
    return open_catalogue(None)


@cache
def section_names() -> Mapping[str, tuple[str, ...]]:
    """The accepted names of every duty that is a section."""
    found = {}
    for rule in catalogue().rules:
        wording = build(rule).wording()
        if wording is not None and wording.section and rule.params.get("names"):
            found[rule.id] = tuple(map(str, rule.params["names"]))
    return found


def page(title: str, head: str, body: str) -> str:
    """A whole page."""
    name = "Cổng thông tin điện tử tỉnh Thử"
    title = f"{title} - {name}" if title else name
    return f"<html lang=vi><head><title>{title}</title></head><body>{head}{body}{_FOOT}</body></html>"


def portal(behind: Mapping[str, str], layout: str, more: Mapping[str, str] | None = None) -> Evidence:
    """The evidence of a portal whose menu has these labels, with these contents behind them."""
    menu = "".join(f'<li><a href="/s/{n}">{label}</a></li>' for n, label in enumerate(behind))
    head = f"""<div id="header"><img src="/logo.png" alt="logo"><h2>CỔNG THÔNG TIN ĐIỆN TỬ TỈNH THỬ</h2>
<ul class="menu">{menu}</ul></div>"""
    inner = LAYOUTS[layout]

    def laid_out(title: str, body: str) -> str:
        return page(title, head, inner.replace("BODY", body).replace("TITLE", title))

    pages = {"/": page("", head, f'<div id="main"><h3>Tin tức</h3><ul>{_NEWEST}</ul></div>')}
    for number, (label, body) in enumerate(behind.items()):
        pages[f"/s/{number}"] = laid_out(label, body.replace("TITLE", label))
    for number, title in enumerate(NEWS):
        told = f"{title} tại trung tâm tỉnh. Nhiều đại biểu, người dân đã tham dự và đóng góp ý kiến. " * 4
        pages[f"/tin/{number}.html"] = laid_out(title, f"<p>Ngày đăng: {ago(number + 1)}</p><p>{told}</p>")
    for path, body in (more or {}).items():
        title, _, text = body.partition("|")
        pages[path] = laid_out(title, text)
    return gathered(pages)


def gathered(pages: Mapping[str, object], **more: object) -> Evidence:
    """The evidence a crawl of such pages would bring; they and the rest as in a rule's cases."""
    data = {"expect": "pass", "pages": pages, "url": "http://thu.example.gov.vn", "today": TODAY, **more}
    return evidence_of(Case("TEST-1", "portal", "portal.py", data), catalogue())


def findings(evidence: Evidence) -> dict[str, Finding]:
    """What every section's duty gets."""
    return {f.rule: f for f in run(catalogue(), evidence) if f.rule in section_names()}
