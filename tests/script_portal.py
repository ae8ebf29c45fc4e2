"""One small portal served three ways: as HTML, by scripts with the History API, and by scripts behind the hash."""

from __future__ import annotations

import json
import re
import unicodedata
from urllib.parse import parse_qs, urlsplit

from tests.crawler.little import Reply

NAME = "Sở Khoa học và Công nghệ tỉnh Liên Sơn"
MENU = {
    "/": "Trang chủ",
    "/gioi-thieu": "Giới thiệu",
    "/co-cau-to-chuc": "Cơ cấu tổ chức",
    "/lanh-dao": "Thông tin lãnh đạo",
    "/tin-tuc": "Tin tức - Sự kiện",
    "/chi-dao-dieu-hanh": "Thông tin chỉ đạo, điều hành",
    "/van-ban": "Văn bản quy phạm pháp luật",
    "/thu-tuc": "Dịch vụ công trực tuyến",
    "/du-an": "Dự án, hạng mục đầu tư",
    "/hoi-dap": "Hỏi đáp",
    "/lien-he": "Liên hệ",
    "/so-do": "Sơ đồ cổng",
}
ARTICLES = {
    "/tin-tuc/hop-giao-ban": ("Sở Khoa học và Công nghệ họp giao ban tháng mười một", "20/11/2026"),
    "/tin-tuc/tap-huan": ("Tập huấn an toàn thông tin cho cán bộ các xã vùng cao", "19/11/2026"),
    "/tin-tuc/trien-lam": ("Khai mạc triển lãm sản phẩm sáng tạo của thanh niên", "18/11/2026"),
    "/tin-tuc/nghiem-thu": ("Nghiệm thu mô hình trồng nấm bằng công nghệ sinh học", "16/11/2026"),
}
_PARAGRAPH = (
    "Sở Khoa học và Công nghệ là cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, thực hiện chức năng tham mưu, giúp "
    "Ủy ban nhân dân tỉnh quản lý nhà nước về khoa học, công nghệ và đổi mới sáng tạo trên địa bàn toàn tỉnh."
)


def _list() -> str:
    rows = (
        f'<li><a href="{path}">{title}</a> <span class="date">{day}</span></li>'
        for path, (title, day) in ARTICLES.items()
    )
    return f'<ul class="news">{"".join(rows)}</ul>'


BODIES = {
    "/": ("Trang chủ", f"<h1>{NAME}</h1><p>{_PARAGRAPH}</p><h2>Tin mới</h2>{_list()}"),
    "/gioi-thieu": (
        "Giới thiệu",
        f"<h1>Giới thiệu</h1><h2>Chức năng, nhiệm vụ, quyền hạn</h2><p>{_PARAGRAPH}</p>"
        "<h2>Quá trình hình thành và phát triển</h2><p>Sở được thành lập năm 1959 theo Quyết định số 12/QĐ-UB.</p>",
    ),
    "/co-cau-to-chuc": (
        "Cơ cấu tổ chức",
        "<h1>Cơ cấu tổ chức</h1><ul><li>Văn phòng Sở</li><li>Thanh tra Sở</li><li>Phòng Quản lý khoa học</li></ul>",
    ),
    "/lanh-dao": (
        "Thông tin lãnh đạo",
        "<h1>Thông tin lãnh đạo</h1><table><tr><th>Họ và tên</th><th>Chức vụ</th><th>Điện thoại</th><th>Thư điện tử"
        "</th></tr><tr><td>Nguyễn Văn An</td><td>Giám đốc</td><td>0214 3820 001</td><td>annv@lienson.example</td></tr>"
        "<tr><td>Trần Thị Bình</td><td>Phó Giám đốc</td><td>0214 3820 002</td><td>binhtt@lienson.example</td></tr>"
        "</table>",
    ),
    "/tin-tuc": ("Tin tức - Sự kiện", f"<h1>Tin tức - Sự kiện</h1>{_list()}"),
    "/chi-dao-dieu-hanh": (
        "Thông tin chỉ đạo, điều hành",
        "<h1>Thông tin chỉ đạo, điều hành</h1><ul><li><a href='/chi-dao/1'>Ý kiến chỉ đạo của Giám đốc Sở về chuyển "
        "đổi số</a> <span>17/11/2026</span></li></ul>",
    ),
    "/chi-dao/1": (
        "Ý kiến chỉ đạo",
        f"<h1>Ý kiến chỉ đạo của Giám đốc Sở về chuyển đổi số</h1><p>Ngày 17/11/2026</p><p>{_PARAGRAPH}</p>",
    ),
    "/van-ban": (
        "Văn bản quy phạm pháp luật",
        "<h1>Văn bản quy phạm pháp luật</h1><table><tr><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th></tr>"
        "<tr><td><a href='/van-ban/15'>15/2026/QĐ-UBND</a></td><td>02/11/2026</td><td>Quy định về quản lý nhiệm vụ "
        "khoa học</td></tr></table>",
    ),
    "/van-ban/15": (
        "15/2026/QĐ-UBND",
        f"<h1>Quyết định 15/2026/QĐ-UBND</h1><p>Ngày ban hành: 02/11/2026</p><p>{_PARAGRAPH}</p>",
    ),
    "/thu-tuc": ("Dịch vụ công trực tuyến", "<h1>Dịch vụ công trực tuyến</h1><p>Nội dung đang được cập nhật.</p>"),
    "/hoi-dap": (
        "Hỏi đáp",
        "<h1>Hỏi đáp</h1><ul><li><a href='/hoi-dap/1'>Thủ tục công nhận sáng kiến gồm những gì?</a> "
        "<span>10/11/2026</span></li></ul>",
    ),
    "/hoi-dap/1": (
        "Hỏi đáp",
        f"<h1>Thủ tục công nhận sáng kiến gồm những gì?</h1><p>10/11/2026</p><p>Trả lời: {_PARAGRAPH}</p>",
    ),
    "/lien-he": (
        "Liên hệ",
        "<h1>Liên hệ</h1><p>Địa chỉ: số 1 đường Hùng Vương. Điện thoại: 0214 3820 000. "
        "Thư điện tử: skhcn@lienson.example</p>",
    ),
    "/so-do": (
        "Sơ đồ cổng",
        "<h1>Sơ đồ cổng</h1><ul>" + "".join(f"<li><a href='{u}'>{t}</a></li>" for u, t in MENU.items()) + "</ul>",
    ),
    **{
        path: (title, f"<h1>{title}</h1><p>Ngày {day}</p><p>{title}. {_PARAGRAPH}</p><p>{_PARAGRAPH}</p>")
        for path, (title, day) in ARTICLES.items()
    },
}
_NOT_FOUND = ("Không tìm thấy", "<h1>404</h1><p>Không tìm thấy trang bạn yêu cầu.</p>")


def plain(text: str) -> str:
    """Without accents and in lower case, as the portal's search compares."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def found(query: str) -> str:
    """What the portal's search answers."""
    rows = [(p, t) for p, (t, _) in ARTICLES.items() if query and plain(query) in plain(t)]
    if not rows:
        return "<p>Không tìm thấy kết quả nào.</p>"
    return "<ul>" + "".join(f"<li><a href='{p}'>{t}</a></li>" for p, t in rows) + "</ul>"


def body_of(target: str) -> tuple[str, str] | None:
    """Title and main part of a page; None where there is none."""
    parts = urlsplit(target)
    if parts.path == "/tim-kiem":
        query = parse_qs(parts.query).get("q", [""])[0]
        return "Tìm kiếm", f"<h1>Tìm kiếm</h1>{found(query)}"
    return BODIES.get(parts.path)


_MENU = "".join(f'<li><a href="{u}">{t}</a></li>' for u, t in MENU.items())
_SEARCH = '<form action="/tim-kiem" role="search"><input name="q" type="search" placeholder="Tìm kiếm"></form>'
FRAME = (
    f'<header><a href="/">{NAME}</a>{_SEARCH}</header><nav><ul class="menu">{_MENU}</ul></nav>'
    "<main>%s</main><footer><p>Cơ quan chủ quản: Ủy ban nhân dân tỉnh Liên Sơn. Địa chỉ: số 1 đường Hùng Vương. Điện "
    "thoại: 0214 3820 000. Giấy phép số 12/GP-TTĐT.</p></footer>"
)
_HEAD = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'


def as_html(method: str, target: str) -> Reply | None:
    """The portal as HTML."""
    got = body_of(target)
    title, body = got or _NOT_FOUND
    text = f'<!doctype html><html lang="vi"><head>{_HEAD}<title>{title} - {NAME}</title></head><body><div id="app">'
    return Reply(f"{text}{FRAME % body}</div></body></html>", 200 if got else 404)


_SHELL = (
    f'<!doctype html><html lang="vi"><head>{_HEAD}<title>{NAME}</title></head><body><div id="app"></div>'
    '<script src="/app.js"></script></body></html>'
)
_SCRIPT = """
const app = document.getElementById('app');
const hash = %(hash)s;
const here = () => hash ? (location.hash.slice(1) || '/') : location.pathname + location.search;
async function show() {
  const answer = await fetch('/api/page?path=' + encodeURIComponent(here()));
  const page = await answer.json();
  document.title = page.title + ' - %(name)s';
  app.innerHTML = page.frame.replace('%%s', page.body);
  for (const link of app.querySelectorAll('a[href]')) {
    const to = link.getAttribute('href');
    if (hash) link.setAttribute('href', '#' + to);
    else if (link.closest('nav') && to === '/hoi-dap') {
      // one entry of the menu is no link at all: only its click leads on
      const button = document.createElement('span');
      button.textContent = link.textContent;
      button.addEventListener('click', () => go('/hoi-dap'));
      link.replaceWith(button);
    }
  }
  const form = app.querySelector('form');
  if (hash) form.addEventListener('submit', (event) => {
    event.preventDefault();
    location.hash = '/tim-kiem?q=' + encodeURIComponent(form.q.value);
  });
}
function go(to) { history.pushState({}, '', to); show(); }
addEventListener(hash ? 'hashchange' : 'popstate', show);
show();
"""


def as_script(target: str, *, hash: bool) -> Reply | None:
    """The same portal, built by a script from JSON."""
    parts = urlsplit(target)
    if parts.path == "/app.js":
        return Reply(_SCRIPT % {"hash": "true" if hash else "false", "name": NAME}, type="text/javascript")
    if parts.path == "/api/page":
        title, body = body_of(parse_qs(parts.query).get("path", ["/"])[0]) or _NOT_FOUND
        return Reply(json.dumps({"title": title, "frame": FRAME, "body": body}), type="application/json")
    if re.search(r"\.(?:txt|xml|ico)$", parts.path) or (hash and parts.path != "/"):
        return None
    return Reply(_SHELL)
