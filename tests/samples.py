"""Sample audits for the tests of reports and storage: a province as it might be, and a hostile portal."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import MappingProxyType
from typing import Any

from core.audit import Audit, CrawlSummary, RulesetInfo
from core.bodies import BodyKind
from core.finding import Candidate, Citation, Confidence, Finding, Proof, Text, Verdict
from core.portal import Portal
from core.score import GroupScore, Score

HOME = "https://tinhmau.gov.vn"
NOW = dt.datetime(2026, 11, 21, 2, 3, 4, tzinfo=dt.UTC)
ND43, TT32 = "NĐ 43/2011/NĐ-CP", "TT 32/2017/TT-BTTTT"


def finding(rule: str, verdict: Verdict, title: str, clause: str, weight: float, **more: Any) -> Finding:
    """A finding with the usual values; ``more`` replaces them."""
    ratio = {Verdict.PASS: 1.0, Verdict.PARTIAL: 0.5, Verdict.FAIL: 0.0}.get(verdict)
    ratio = more.pop("ratio", ratio)
    applies = verdict != Verdict.NOT_APPLICABLE
    values: dict[str, Any] = {
        "rule": rule,
        "group": "information",
        "title": Text(title, more.pop("title_en", f"Duty {rule}")),
        "verdict": verdict,
        "cause": None,
        "basis": "law",
        "confidence": Confidence.HIGH,
        "flags": (),
        "ratio": ratio,
        "points": None if ratio is None else ratio * weight,
        "max_points": weight if applies else None,
        "message": Text(f"Đã xem xét mục “{title}”.", f"{rule} was looked at."),
        "fix": Text("Bổ sung chuyên mục vào trang chủ.", "Add the section to the home page."),
        "citations": (Citation(more.pop("law", ND43), clause),),
        "evidence": (),
        "newest_date": None,
        "candidates": (),
    }
    return Finding(**(values | more))


def page(path: str, text: str = "", kind: str = "page", **more: Any) -> Proof:
    return Proof(kind, HOME + path, text, observed_at=NOW, **more)


def province_findings() -> tuple[Finding, ...]:
    ok, half, no, unseen = Verdict.PASS, Verdict.PARTIAL, Verdict.FAIL, Verdict.UNKNOWN
    return (
        finding(
            "ND43-10.1.a.1",
            ok,
            "Giới thiệu chung, cơ cấu tổ chức, bản đồ địa giới",
            "điểm a khoản 1 Điều 10",
            3,
            title_en="General introduction, organisation, map",
            message=Text("Đủ 5 trên 5 nội dung trong mục “Giới thiệu”.", "All 5 of 5 parts are in “Giới thiệu”."),
            evidence=(page("/gioi-thieu", "Giới thiệu chung", sha256="a3" * 32),),
        ),
        finding(
            "ND43-10.1.a.2",
            half,
            "Thông tin về lãnh đạo",
            "điểm a khoản 1 Điều 10",
            3,
            title_en="Leaders of the body",
            message=Text(
                "Có họ tên và chức vụ của 5 lãnh đạo; còn thiếu: tiểu sử tóm tắt, nhiệm vụ đảm nhiệm.",
                "Names and titles of 5 leaders are shown; missing: short biography, duties.",
            ),
            fix=Text(
                "Mỗi lãnh đạo thêm tiểu sử tóm tắt và lĩnh vực được phân công phụ trách.",
                "Give each leader a short biography and the field in charge.",
            ),
            evidence=(page("/lanh-dao", "Lãnh đạo UBND tỉnh"),),
        ),
        finding(
            "ND43-10.1.b",
            ok,
            "Tin tức, sự kiện",
            "điểm b khoản 1 Điều 10",
            12,
            title_en="News and events",
            message=Text("Tin mới nhất đăng ngày 20/11/2026.", "The newest item is of 20 November 2026."),
            evidence=(
                page("/tin-tuc", "Tin tức – Sự kiện"),
                page("/tin-tuc/ky-hop-thu-12", "Kỳ họp thứ 12", "date", value="2026-11-20"),
            ),
            newest_date=dt.date(2026, 11, 20),
            note=Text(
                "Ngưỡng 1 ngày (đạt) và 7 ngày (đạt một phần) là mặc định của phần mềm; "
                "nghị định chỉ yêu cầu cập nhật thường xuyên.",
                "The thresholds of 1 and 7 days are defaults of the product; the decree only asks for regular updates.",
            ),
        ),
        finding(
            "ND43-10.1.c.1",
            half,
            "Ý kiến chỉ đạo, điều hành của thủ trưởng cơ quan",
            "điểm c khoản 1 Điều 10",
            5,
            ratio=0.25,
            title_en="Directives of the head of the body",
            message=Text(
                "Có chuyên mục nhưng văn bản mới nhất đã cũ 86 ngày.",
                "The section is there, but its newest document is 86 days old.",
            ),
            evidence=(page("/chi-dao-dieu-hanh", "Thông tin chỉ đạo, điều hành"),),
            newest_date=dt.date(2026, 8, 27),
            flags=("stale",),
        ),
        finding(
            "ND43-10.1.c.4",
            no,
            "Lịch làm việc của lãnh đạo",
            "điểm c khoản 1 Điều 10",
            5,
            title_en="Working schedule of the leaders",
            message=Text(
                "Có tên mục “Lịch công tác” nhưng trang chỉ ghi “Nội dung đang được cập nhật”.",
                "There is an entry “Lịch công tác”, but its page says only that content is being updated.",
            ),
            fix=Text(
                "Đăng lịch làm việc tuần hiện tại của lãnh đạo; từ thứ Sáu đăng lịch tuần kế tiếp.",
                "Publish the current week's schedule; from Friday on, next week's too.",
            ),
            evidence=(page("/lich-cong-tac", "Lịch công tác"),),
            candidates=(
                Candidate(
                    f"{HOME}/lich-tiep-cong-dan",
                    "Lịch tiếp công dân",
                    Text(
                        "Lịch tiếp công dân, không phải lịch làm việc của lãnh đạo.",
                        "This is the citizen-reception schedule.",
                    ),
                ),
                Candidate(
                    f"{HOME}/lich-van-su",
                    "Lịch vạn sự",
                    Text("Nội dung khác hẳn.", "Something else entirely."),
                ),
            ),
            flags=("placeholder",),
        ),
        finding(
            "ND43-10.1.d.1",
            ok,
            "Tuyên truyền, phổ biến, hướng dẫn thực hiện pháp luật",
            "điểm d khoản 1 Điều 10",
            6,
            confidence=Confidence.MEDIUM,
            evidence=(page("/pbgdpl", "PBGDPL"),),
            newest_date=dt.date(2026, 11, 18),
            flags=("rename_advised",),
        ),
        finding(
            "ND43-10.1.dd",
            ok,
            "Chiến lược, định hướng, quy hoạch, kế hoạch phát triển",
            "điểm đ khoản 1 Điều 10",
            12,
            evidence=(page("/quy-hoach", "Quy hoạch, kế hoạch"),),
            newest_date=dt.date(2026, 10, 30),
        ),
        finding(
            "ND43-10.1.e.1",
            half,
            "Văn bản quy phạm pháp luật: đủ 7 thuộc tính",
            "điểm e khoản 1 Điều 10",
            8,
            message=Text(
                "Thiếu 2 trên 7 thuộc tính: ngày hiệu lực, người ký.",
                "2 of 7 fields are missing: effective date, signer.",
            ),
            evidence=(
                page("/van-ban", "Văn bản quy phạm pháp luật"),
                page("/van-ban/12-2026-qd-ubnd", "Quyết định 12/2026/QĐ-UBND"),
            ),
        ),
        finding(
            "ND43-10.1.e.4",
            unseen,
            "Cập nhật văn bản đúng hạn",
            "điểm c khoản 1 Điều 17",
            4,
            cause="no_date",
            message=Text(
                "Các trang văn bản không ghi ngày đăng nên không so được với ngày ban hành.",
                "The document pages show no publication date.",
            ),
        ),
        finding(
            "ND43-10.1.g",
            ok,
            "Công báo điện tử",
            "điểm g khoản 1 Điều 10",
            8,
            evidence=(Proof("link", "https://congbao.tinhmau.gov.vn/", "Công báo tỉnh", observed_at=NOW),),
            newest_date=dt.date(2026, 11, 10),
        ),
        finding(
            "ND43-10.1.h.1",
            no,
            "Dự án, hạng mục đầu tư, đấu thầu, mua sắm công",
            "điểm h khoản 1 Điều 10",
            6,
            title_en="Projects, bidding, public procurement",
            message=Text(
                "Không tìm thấy chuyên mục trên trang chủ, thực đơn, chân trang và sơ đồ cổng (đã xem 212 trang).",
                "No such section in menus, footer or site map (212 pages read).",
            ),
            fix=Text(
                "Mở chuyên mục “Dự án, đấu thầu, mua sắm công” với ba danh sách: "
                "đang chuẩn bị, đang triển khai, đã hoàn tất.",
                "Open a section with three lists: in preparation, under way, completed.",
            ),
            candidates=(
                Candidate(
                    f"{HOME}/du-an-luat",
                    "Góp ý dự án luật",
                    Text("Dự án luật, không phải dự án đầu tư.", "Bills, not investment projects."),
                ),
            ),
        ),
        finding(
            "ND43-10.1.i.2",
            ok,
            "Danh sách dự thảo xin ý kiến",
            "điểm i khoản 1 Điều 10",
            3,
            evidence=(page("/lay-y-kien", "Lấy ý kiến dự thảo"),),
            newest_date=dt.date(2026, 11, 5),
        ),
        finding(
            "ND43-12",
            unseen,
            "Thông tin, báo cáo thống kê",
            "Điều 12",
            10,
            cause="blocked",
            title_en="Statistics",
            message=Text(
                "Chuyên mục “Số liệu thống kê” trả lời 403 cho mọi lần truy cập.",
                "The section answers 403 to every request.",
            ),
            evidence=(page("/thong-ke", "Số liệu thống kê", "link", value="403"),),
        ),
        finding(
            "ND43-13",
            half,
            "Thông tin tiếng nước ngoài (tiếng Anh)",
            "Điều 13",
            10,
            title_en="English version",
            message=Text("Có bản tiếng Anh nhưng tin mới nhất đã 74 ngày.", "The English news is 74 days old."),
            evidence=(page("/en", "English"),),
            newest_date=dt.date(2026, 9, 8),
        ),
        finding(
            "ND43-15.1.a",
            unseen,
            "Chức năng tìm kiếm",
            "điểm a khoản 1 Điều 15",
            8,
            group="functions",
            cause="needs_browser",
            title_en="Search",
            message=Text("Ô tìm kiếm chỉ chạy bằng JavaScript.", "The search box works by script only."),
            evidence=(page("/", "Tìm kiếm", "form"),),
        ),
        finding(
            "ND43-15.1.c",
            ok,
            "In ấn và lưu trữ từng tin, bài",
            "điểm c khoản 1 Điều 15",
            3,
            group="functions",
        ),
        finding(
            "ND43-15.2",
            no,
            "Hỏi đáp và tiếp nhận thông tin phản hồi",
            "khoản 2 Điều 15",
            3,
            group="functions",
            title_en="Questions and answers",
            message=Text("Liên kết “Hỏi đáp” dẫn về trang chủ.", "“Hỏi đáp” leads back to the home page."),
            evidence=(page("/", "Hỏi đáp", "link"),),
            fix=Text(
                "Sửa liên kết “Hỏi đáp” để mở danh sách câu hỏi và biểu mẫu gửi câu hỏi.",
                "Make “Hỏi đáp” open the questions and a form.",
            ),
        ),
        finding(
            "TT32-16.4.b.2",
            ok,
            "Sơ đồ cổng dạng XML",
            "điểm b khoản 4 Điều 16",
            2,
            group="functions",
            law=TT32,
            evidence=(page("/sitemap.xml", "", "probe", value="1.245 địa chỉ"),),
        ),
        finding(
            "TT32-15.4",
            unseen,
            "Hỗ trợ IPv6",
            "khoản 4 Điều 15",
            3,
            group="functions",
            law=TT32,
            cause="no_ipv6_route",
            message=Text(
                "Có bản ghi AAAA; máy kiểm tra không có đường IPv6.",
                "There is an AAAA record; this machine has no IPv6 route.",
            ),
        ),
        finding(
            "PROD-RSS",
            ok,
            "Kênh RSS",
            "",
            1,
            group="functions",
            basis="product",
            citations=(),
            evidence=(page("/rss", "RSS"),),
        ),
        finding(
            "TT32-20",
            half,
            "Kết nối an toàn HTTPS",
            "Điều 20",
            0,
            group="technical",
            law=TT32,
            ratio=0.667,
            message=Text(
                "Chứng thư hợp lệ; http:// không tự chuyển sang https://.",
                "The certificate is valid; http:// is not redirected.",
            ),
        ),
        finding(
            "PROD-SEO",
            no,
            "Địa chỉ, tiêu đề, mô tả mà máy tìm kiếm đọc được",
            "",
            0,
            group="technical",
            basis="product",
            citations=(),
            message=Text("41 trên 50 trang không có thẻ mô tả.", "41 of 50 pages have no description."),
        ),
        finding(
            "ND43-27.1",
            unseen,
            "Hoạt động liên tục 24/7",
            "khoản 1 Điều 27",
            0,
            group="technical",
            cause="no_history",
            message=Text("Cần nhiều lần đo trong thời gian dài.", "Needs measuring over time."),
        ),
        finding(
            "TCTT-19.1.e.TC",
            Verdict.NOT_APPLICABLE,
            "Báo cáo tài chính năm",
            "điểm e khoản 1 Điều 19",
            0,
            group="technical",
            law="Luật Tiếp cận thông tin 2016",
            citations=(Citation("Luật Tiếp cận thông tin 2016", "điểm e khoản 1 Điều 19", confirmed=False),),
        ),
    )


def score_of(findings: tuple[Finding, ...], profile: str = "ministry-portal-index") -> Score:
    """The score by the letter of design 4.2."""

    def sums(group: str | None) -> tuple[float, float, float]:
        scored = [f for f in findings if f.max_points and group in (None, f.group)]
        whole = sum(f.max_points or 0 for f in scored)
        unseen = sum(f.max_points or 0 for f in scored if f.verdict == Verdict.UNKNOWN)
        return whole, unseen, sum(f.points or 0 for f in scored)

    whole, unseen, points = sums(None)
    groups = []
    for name in ("information", "functions", "technical"):
        w, u, p = sums(name)
        groups.append(GroupScore(name, p, w, (w - u) / w if w else None))
    if whole == unseen:
        return Score(profile, None, None, None, 0.0, whole, 0.0 if whole else None, tuple(groups))
    return Score(
        profile,
        points / (whole - unseen),
        points / whole,
        (points + unseen) / whole,
        points,
        whole,
        (whole - unseen) / whole,
        tuple(groups),
    )


def province(**more: Any) -> Audit:
    """A province with every verdict, judged after the catalogue's time. ``more`` replaces values."""
    findings = more.pop("findings", None)
    findings = province_findings() if findings is None else findings
    values: dict[str, Any] = {
        "id": "20261121-020304-tinhmau-7f3a",
        "tool": "decree43 0.1.0",
        "portal": Portal(HOME + "/", BodyKind.PROVINCE, "Cổng Thông tin điện tử tỉnh Mẫu"),
        "ruleset": RulesetInfo(
            "nd43-2011",
            Text("Nghị định 43/2011/NĐ-CP và các thông tư hướng dẫn", "Decree 43/2011/NĐ-CP and its circulars"),
            dt.date(2011, 10, 1),
            dt.date(2022, 8, 14),
            "5c" * 32,
        ),
        "started_at": NOW,
        "finished_at": NOW + dt.timedelta(seconds=74),
        "today": dt.date(2026, 11, 21),
        "complete": True,
        "score": score_of(findings),
        "findings": findings,
        "facts": MappingProxyType({"pages.home.status": 200, "dns.aaaa": True, "ipv6.http": None}),
        "crawl": CrawlSummary(
            pages=212,
            requests=240,
            bytes=12345678,
            seconds=61.2,
            stopped_because="settled",
            fetch_outcomes=MappingProxyType({"ok": 230, "not_found": 6, "timeout": 3, "robots": 1}),
            longest_burst_per_second=2,
            user_agent="decree43/0.1.0 (+kiểm tra cổng; lienhe@example.gov.vn)",
            robots="robots.txt: 200, 3 đường dẫn bị cấm, Crawl-delay không có",
            ledger=(
                (HOME + "/robots.txt", "ok", 200, 145, 0.081),
                (HOME + "/", "ok", 200, 84211, 0.412),
                (HOME + "/tin-tuc", "ok", 200, 65001, 0.288),
                (HOME + "/thong-ke", "blocked", 403, 512, 0.077),
                (HOME + "/lich-cong-tac", "ok", 200, 20480, 0.203),
                (HOME + "/bao-cao-cu", "not_found", 404, 1180, 0.101),
                (HOME + "/van-ban/tep-lon.pdf", "timeout", None, 0, 15.0),
            ),
        ),
        "vantage": MappingProxyType({"ipv6_route": False, "browser": None, "resolver": "system"}),
        "notes": (
            Text(
                "Ngày kiểm tra nằm ngoài thời gian hiệu lực của Nghị định 43/2011/NĐ-CP. Văn bản đang có "
                "hiệu lực là Nghị định 224/2026/NĐ-CP (từ 01/7/2026); kết quả dưới đây là kiểm tra "
                "tự nguyện hoặc đối chiếu lịch sử.",
                "The day of the check lies outside the validity of Decree 43/2011. Decree 224/2026 (from "
                "1 July 2026) is in force; this is a voluntary or historical check.",
            ),
        ),
    }
    return Audit(**(values | more))


ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def hostile() -> Audit:
    """Everything a portal can put into a report, at its worst."""
    urls = (
        "javascript:alert(3)",
        " JaVaScRiPt:alert(4)",
        "data:text/html,<script>alert(5)</script>",
        "//evil.example/x",
        'https://evil.example/"onmouseover="alert(6)',
        "https://evil.example/</a><script>alert(7)</script>",
        "https://good.example@evil.example/",
        "vbscript:x",
        "file:///etc/passwd",
        "https://[::1",
        "http://",
        "",
        "https://evil.example/\nx",
        "https://evil.example/" + "a" * 5000,
        "{{ 7 * 7 }}",
        "\u202ehttps://evil.example",
    )
    proofs = tuple(Proof("link", u, ATTACK + " {{ 7 * 7 }} \u202e\x00\x1b[31m", ATTACK, NOW) for u in urls)
    near = tuple(Candidate(u, ATTACK, Text(ATTACK, ATTACK)) for u in urls)
    bad = finding(
        f"ND43-{ATTACK}",
        Verdict.FAIL,
        ATTACK,
        ATTACK,
        5,
        law=ATTACK,
        title_en=ATTACK,
        group=ATTACK,
        basis=ATTACK,
        message=Text(ATTACK, ATTACK),
        fix=Text(ATTACK, ATTACK),
        evidence=proofs,
        candidates=near,
        flags=(ATTACK,),
        note=Text(ATTACK, ATTACK),
    )
    unseen = finding("ND43-12", Verdict.UNKNOWN, ATTACK, ATTACK, 5, cause=ATTACK, message=Text("", ""))
    return dataclasses.replace(
        province(findings=(bad, unseen)),
        portal=Portal("javascript:alert(8)", BodyKind.OTHER, f"{ATTACK}</title></style></script> \ud800"),
        facts=MappingProxyType({ATTACK: ATTACK, "nan": float("nan"), "when": NOW, "set": frozenset({"b", "a"})}),
        vantage=MappingProxyType({"browser": ATTACK, ATTACK: ATTACK}),
        crawl=CrawlSummary(
            pages=1,
            requests=2,
            bytes=3,
            seconds=0.5,
            stopped_because="interrupted",
            fetch_outcomes=MappingProxyType({ATTACK: 1}),
            user_agent=ATTACK,
            robots=ATTACK,
            ledger=tuple((u, ATTACK, None, 0, 0.0) for u in urls),
        ),
        notes=(Text(ATTACK, ATTACK),),
        complete=False,
        finished_at=None,
        crashed=(ATTACK,),
    )
