"""What sections of a province's portal hold, by the kind of content: enough to be told from each other."""

from __future__ import annotations

from tests.checks.portal import NEWS, TODAY, ago


def table(heads: str, rows: list[tuple[str, ...]]) -> str:
    """A table with a head; heads are parted by ``|``."""
    head = "".join(f"<th>{h}</th>" for h in heads.split("|"))
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table border=1><tr>{head}</tr>{body}</table>"


def entries(*items: str) -> str:
    """A list."""
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


_LEADERS = (
    ("Nguyễn Văn Hải", "Chủ tịch UBND tỉnh", "nội chính"),
    ("Trần Thị Lan", "Phó Chủ tịch UBND tỉnh", "văn xã"),
    ("Lê Quang Minh", "Phó Chủ tịch UBND tỉnh", "kinh tế"),
)
_RULED = ("tài nguyên nước", "chợ", "đường bộ", "bến xe", "cây xanh đô thị", "rừng")
_MEETINGS = ("ngân sách", "đê điều", "trường học", "giao thông", "tiếp khách")
_SERVICES = (
    ("Đăng ký khai sinh", "Hộ tịch", "Toàn trình"),
    ("Cấp giấy phép xây dựng nhà ở", "Xây dựng", "Một phần"),
    ("Đăng ký kết hôn", "Hộ tịch", "Toàn trình"),
    ("Cấp giấy phép lái xe", "Giao thông", "Toàn trình"),
    ("Đăng ký hộ kinh doanh", "Doanh nghiệp", "Một phần"),
)
_ASKED = ("cấp sổ đỏ", "đăng ký xe", "xin phép xây dựng", "đổi bằng lái")
_FIGURES = (
    ("Chỉ số sản xuất công nghiệp", "%"),
    ("Giá trị xuất khẩu", "triệu USD"),
    ("Thu ngân sách", "tỷ đồng"),
    ("Khách du lịch", "nghìn lượt"),
)
_PROJECTS = ("Đường ven biển giai đoạn 2", "Kè sông Thử", "Bệnh viện đa khoa khu vực", "Trường THPT chuyên")
_QUARTERS = ("thực hiện quý III", "thực hiện quý II", "thực hiện quý I", "dự toán")
_LAST_DAY = TODAY.replace(month=12, day=10).strftime("%d/%m/%Y")

CONTENTS = {
    "leaders": table(
        "Họ và tên|Chức vụ|Ngày sinh|Nhiệm vụ được phân công|Điện thoại|Email",
        [
            (who, post, f"01/0{n}/197{n}", f"Phụ trách khối {field}", f"0255 382211{n}", f"ld{n}@thu.example.gov.vn")
            for n, (who, post, field) in enumerate(_LEADERS, 1)
        ],
    ),
    "documents": table(
        "STT|Số ký hiệu|Ngày ban hành|Trích yếu|Tải về",
        [
            (
                str(n),
                f"{100 + n}/2026/QĐ-UBND",
                ago(n + 3),
                f"Quyết định về việc ban hành Quy định quản lý {what} trên địa bàn tỉnh",
                f'<a href="/f/{n}.pdf">Tải</a>',
            )
            for n, what in enumerate(_RULED, 1)
        ],
    ),
    "schedule": table(
        "Thứ|Buổi|Nội dung|Chủ trì|Địa điểm",
        [
            (f"Thứ {n + 1} ({ago(5 - n)})", "Sáng", f"8h00: Họp về {what}", "Chủ tịch Nguyễn Văn Hải", f"Phòng số {n}")
            for n, what in enumerate(_MEETINGS, 1)
        ],
    ),
    "services": table(
        "Mã thủ tục|Tên thủ tục|Lĩnh vực|Mức độ|Cơ quan thực hiện",
        [(f"1.00{n}.H54", *service, "Sở Tư pháp") for n, service in enumerate(_SERVICES, 1)],
    ),
    "budget": entries(
        *(
            f'<a href="/f/b{n}.pdf">Công khai {what} ngân sách tỉnh năm 2026</a> ({ago(n * 20)})'
            for n, what in enumerate(_QUARTERS, 1)
        )
    ),
    "questions": "".join(
        f"<div class=qa><p>Người hỏi: N. V. A. Ngày hỏi: {ago(20 + n)}</p>"
        f"<p>Câu hỏi: Thủ tục {what} cần giấy tờ gì?</p>"
        f"<p>Trả lời ({ago(12 + n)}): Ông bà chuẩn bị đơn theo mẫu và nộp tại bộ phận một cửa.</p></div>"
        for n, what in enumerate(_ASKED, 1)
    )
    + "<form method=post action='/gui'><p>Gửi câu hỏi</p><input name=hoten placeholder='Họ tên'><input name=email>"
    "<textarea name=noidung></textarea><button>Gửi câu hỏi</button></form>",
    "about": """<p>Tỉnh Thử có diện tích tự nhiên 5.135 km², dân số 1,2 triệu người, phía bắc giáp tỉnh Một, phía
nam giáp tỉnh Hai. Khí hậu nhiệt đới gió mùa, mùa mưa từ tháng 9 đến tháng 12.</p><p>Lịch sử hình thành từ năm
1832, có truyền thống văn hóa lâu đời với lễ hội đình làng, di tích thành cổ, danh thắng thác Bạc. Tổ chức bộ
máy hành chính gồm UBND tỉnh và 14 sở, ngành. Bản đồ địa giới hành chính có 96 xã, phường.</p>""",
    "statistics": table(
        "Chỉ tiêu|Đơn vị tính|Tháng 10/2026|So với cùng kỳ (%)",
        [(what, unit, f"{100 * n},5", f"10{n},2") for n, (what, unit) in enumerate(_FIGURES, 1)],
    )
    + f"<p>Cục Thống kê công bố ngày {ago(5)}. Phương pháp thống kê theo Thông tư quy định.</p>",
    "projects": table(
        "Tên dự án|Chủ đầu tư|Tổng mức đầu tư|Thời gian thực hiện|Tình trạng",
        [
            (what, "Ban Quản lý dự án tỉnh", f"{n}20 tỷ đồng", "2025-2027", "Đang triển khai")
            for n, what in enumerate(_PROJECTS, 1)
        ],
    )
    + f"<p>Cập nhật ngày {ago(6)}</p>",
    "drafts": entries(
        *(
            f'<a href="/f/d{n}.docx">Dự thảo Quyết định về {what}</a> - Thời hạn góp ý: từ {ago(10)} đến {_LAST_DAY}'
            for n, what in enumerate(("mức thu phí", "giá đất", "quản lý chợ"), 1)
        )
    )
    + "<p>Ý kiến góp ý gửi về: gopy@thu.example.gov.vn</p>",
    "news": entries(
        *(f'<a href="/tin/{n}.html">{title}</a> <span>({ago(n + 1)})</span>' for n, title in enumerate(NEWS))
    ),
}
#: Duties that each content serves, the first of them plainly; those that it might serve with good will are among them.
SERVES = {
    "leaders": ("ND43-10.1.a.2", "ND43-10.1.k", "ND43-10.1.a.1", "ND09-3.4", "ND43-10.1.l"),
    "documents": (
        "ND43-10.1.e.1", "ND43-10.1.e.2", "ND43-10.1.e.3", "ND43-10.1.e.4", "ND43-10.1.c.1", "ND43-10.1.g",
        "ND43-10.1.d.1", "ND43-10.1.d.2",
    ),
    "schedule": ("ND43-10.1.c.4", "TCTT-19.1.c.KH"),
    "services": ("ND43-18.2", "ND43-18.3"),
    "budget": ("NSNN-15", "TCTT-19.1.e.TC", "TCTT-19.1.g"),
    "questions": ("ND43-15.2", "ND43-17.1.dd", "TT32-11.1", "ND43-10.1.c.2", "ND43-10.1.i.1"),
    "about": ("ND43-10.1.a.1",),
    "statistics": ("ND43-12",),
    "projects": ("ND43-10.1.h.1", "ND43-10.1.h.2", "ND43-10.1.dd"),
    "drafts": ("ND43-10.1.i.2", "ND43-10.1.i.3", "ND43-10.1.i.4", "ND43-10.1.e.1"),
    "news": ("ND43-10.1.b",),
}  # fmt: skip
#: The plain name of the section each content belongs to.
LABELS = {
    "leaders": "Lãnh đạo",
    "documents": "Văn bản",
    "schedule": "Lịch làm việc",
    "services": "Dịch vụ công trực tuyến",
    "budget": "Công khai ngân sách",
    "questions": "Hỏi đáp",
    "about": "Giới thiệu",
    "statistics": "Thống kê",
    "projects": "Dự án đầu tư, đấu thầu",
    "drafts": "Lấy ý kiến dự thảo văn bản",
    "news": "Tin tức - Sự kiện",
}
