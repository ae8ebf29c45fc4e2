"""A small round of two groups for the tests of its workbook."""

import datetime as dt
from typing import Any

from core.finding import Text
from core.rounds import Round
from reports.sheets.round_data import Duty, Ranked, RoundSheets, Switch

PROVINCES, DEPARTMENTS = Text("UBND tỉnh, thành phố", "Provinces"), Text("Sở, ban, ngành", "Departments")
NOW = Round("2026-2", "Đợt 2 năm 2026", dt.date(2026, 12, 15))
BEFORE = Round("2026-1", "Đợt 1 năm 2026", dt.date(2026, 6, 15))
DUTIES = tuple(Duty(f"ND43-10.1.{c}", Text(f"Nghĩa vụ {c}", f"Duty {c}")) for c in "abcde")
VERDICTS = ("pass", "partial", "fail", "unknown", "not_applicable")


def ranked(body: str, name: str, rank: int | None, value: float | None, **more: Any) -> Ranked:
    """A body with every verdict."""
    values: dict[str, Any] = {
        "group": PROVINCES,
        "profile": "ministry-portal-index",
        "best": 1,
        "worst": 3,
        "of": 3,
        "low": value,
        "high": value,
        "verdicts": VERDICTS,
        "audit": f"audit-{body}",
        "url": f"https://{body}.example.gov.vn/",
    }
    return Ranked(body, name, rank=rank, value=value, **(values | more))


def a_round(**more: Any) -> RoundSheets:
    """Three provinces, one of them without a value, and a department."""
    change = {"before": "Tỉnh A", "before_rank": 3, "before_of": 3, "before_value": 0.5, "change": "tăng 2 bậc"}
    rows = (
        ranked("a", "Tỉnh A", 1, 0.75, rank_change=2, value_change=0.25, **change),
        ranked("b", "Thành phố B", 2, 0.5, rank_change=-1, value_change=-0.1),
        ranked("c", "Tỉnh C", None, None),
        ranked("d", "Sở D", 1, 0.6, group=DEPARTMENTS, verdicts=("pass", "", "", "", "fail")),
    )
    switches = (
        Switch("Tỉnh A", "ND43-10.1.a", "better", "fail", "pass", 3.0, "old-a", "audit-a"),
        Switch("Tỉnh A", "ND43-10.1.d", "not_judged", "pass", "unknown", None, "old-a", "audit-a"),
        Switch("Thành phố B", "X-1", "rules", "pass", "", -2.5, "old-b", "audit-b"),
    )
    values: dict[str, Any] = {"ranked": rows, "switches": switches, "notes": (Text("Lưu ý", "Note"),)}
    return RoundSheets(**({"round": NOW, "against": BEFORE, "duties": DUTIES} | values | more))
