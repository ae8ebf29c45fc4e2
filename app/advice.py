"""Advice on a visitor's safety from what the probes saw: outside the law, never scored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.finding import Text

_TXT = {
    "none": Text("chưa có tệp security.txt (RFC 9116)", "no security.txt (RFC 9116)"),
    "expired": Text("tệp security.txt đã hết hạn", "security.txt has expired"),
    "invalid": Text("tệp security.txt thiếu Contact hoặc Expires", "security.txt lacks Contact or Expires"),
}


def safety_note(facts: Mapping[str, Any]) -> Text | None:
    """One sentence with what could be better; None when nothing was found, or nothing was measured."""
    parts: list[Text] = []
    lacking = [name for name, there in (facts.get("security.headers") or {}).items() if not there]
    if lacking:
        listed = ", ".join(lacking)
        parts.append(Text(f"máy chủ chưa gửi tiêu đề {listed}", f"the server sends no {listed}"))
    mixed = facts.get("security.mixed")
    if mixed:
        parts.append(
            Text(
                f"trang chủ HTTPS còn tải {mixed} thành phần qua http",
                f"the home page loads {mixed} part(s) by plain http",
            )
        )
    if facts.get("security.txt") in _TXT:
        parts.append(_TXT[facts["security.txt"]])
    if not parts:
        return None
    return Text(
        f"Khuyến nghị an toàn thông tin (ngoài quy định, không tính điểm): {'; '.join(p.vi for p in parts)}.",
        f"Security advice (not part of the law, not scored): {'; '.join(p.en for p in parts)}.",
    )
