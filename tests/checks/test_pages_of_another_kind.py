"""A label over the content of another section, whose heading repeats the label: the page decides."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from core.finding import Verdict
from tests.checks.contents import CONTENTS, LABELS, SERVES
from tests.checks.portal import LAYOUTS, findings, portal

MET = {Verdict.PASS, Verdict.PARTIAL}
#: The footer gives it on every page.
FROM_THE_FOOT = "ND43-10.1.l"
GUIDE, FAQ, FIGURES = "Hướng dẫn sử dụng dịch vụ công trực tuyến", "Câu hỏi thường gặp", "Thống kê"
DIRECTIONS, POLICIES = "Thông tin chỉ đạo điều hành", "Chế độ, chính sách"
LAW, DIRECTORY, ANSWERS = "Tuyên truyền, phổ biến pháp luật", "Danh bạ điện thoại cán bộ", "Phản hồi kiến nghị"
FEEDBACK = "Phản ánh kiến nghị về quy định hành chính"
#: Labels of the sections of whose content there is no example.
OTHERS = (
    DIRECTIONS, ANSWERS, "Khen thưởng - Xử phạt", LAW, POLICIES, "Chiến lược, quy hoạch, kế hoạch phát triển",
    "Công báo", DIRECTORY, FEEDBACK, "Đề tài khoa học", "Kết quả nghiên cứu khoa học", "English", GUIDE, "Sơ đồ cổng",
    FAQ, "Chính sách bảo mật", "Tiếp cận thông tin", "Chương trình công tác năm", "Báo cáo tài chính năm",
    "Người phát ngôn", "Lịch tiếp công dân",
)  # fmt: skip
ALL = (*LABELS.values(), *OTHERS)
#: Clearly wrong pairs that still count; an entry goes when the content tells.
STILL_MET = {
    "budget": {"Tin tức - Sự kiện", DIRECTIONS},
    "documents": {"Lấy ý kiến dự thảo văn bản"},
    "drafts": {DIRECTIONS, ANSWERS, FEEDBACK, DIRECTORY},
    # Lists of news have words that fit anything.
    "news": {ANSWERS, LAW, POLICIES, "Chiến lược, quy hoạch, kế hoạch phát triển"},
    "projects": {DIRECTIONS, POLICIES},
    "questions": {GUIDE},
    "schedule": {"Lịch tiếp công dân"},
    "services": {LAW, GUIDE},
    "statistics": {POLICIES},
}  # fmt: skip
_LAYOUTS, _KINDS = tuple(LAYOUTS), tuple(CONTENTS)


def wrong(behind: dict[str, str], layout: str) -> set[tuple[str, str, str]]:
    """Duties met by a page that holds something else: duty, label, and what the page holds."""
    evidence = portal({label: CONTENTS[kind] for label, kind in behind.items()}, layout)
    shown = {f"/s/{number}": label for number, label in enumerate(behind)}
    found = set()
    for rule, finding in findings(evidence).items():
        if finding.verdict in MET and rule != FROM_THE_FOOT:
            label = shown.get(urlsplit(finding.evidence[0].url).path, "")
            kind = behind.get(label, "")
            if rule not in SERVES.get(kind, ()) and label not in STILL_MET.get(kind, ()):
                found.add((rule, label, kind))
    return found


@pytest.mark.parametrize("more", [0, 1])
@pytest.mark.parametrize("first", range(0, len(ALL), len(_KINDS)))
@pytest.mark.parametrize("shift", range(len(_KINDS)))
def test_a_heading_does_not_make_a_section(shift: int, first: int, more: int) -> None:
    """Every content stands behind every label, in two layouts."""
    labels = ALL[first : first + len(_KINDS)]
    behind = {label: _KINDS[(n + shift) % len(_KINDS)] for n, label in enumerate(labels)}
    assert wrong(behind, _LAYOUTS[(shift + more) % 4]) == set()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_content_meets_the_duty_of_its_own_label(layout: str) -> None:
    found = findings(portal({LABELS[kind]: body for kind, body in CONTENTS.items()}, layout))
    shown = {SERVES[kind][0]: f"/s/{n}" for n, kind in enumerate(CONTENTS)}
    got = {rule: urlsplit(found[rule].evidence[0].url).path for rule in shown if found[rule].verdict in MET}
    assert got == shown


@pytest.mark.parametrize(
    ("label", "kind", "rule"),
    [
        ("Công báo", "leaders", "ND43-10.1.g"),
        ("Dịch vụ công trực tuyến", "schedule", "ND43-18.2"),
        ("Lãnh đạo", "budget", "ND43-10.1.a.2"),
        ("Lịch làm việc", "services", "ND43-10.1.c.4"),
        ("Công khai ngân sách", "about", "NSNN-15"),
        ("Người phát ngôn", "projects", "ND09-3.4"),
    ],
)
def test_the_report_names_the_page_and_what_is_wrong_with_it(label: str, kind: str, rule: str) -> None:
    finding = findings(portal({label: CONTENTS[kind], "Tin tức": CONTENTS["news"]}, _LAYOUTS[0]))[rule]
    assert finding.verdict is Verdict.FAIL
    assert finding.candidates[0].url == "http://thu.example.gov.vn/s/0"
    assert f"“{label}”" in finding.message.vi and f"“{label}”" in finding.candidates[0].why_not.vi
