"""Advice on safety names what was seen to be missing, and nothing that was not looked at."""

from app.advice import safety_note


def test_what_is_missing_is_named() -> None:
    facts = {"security.headers": {"referrer-policy": False, "x-frame-options": True}, "security.mixed": 2}
    note = safety_note(facts | {"security.txt": "expired"})
    assert note is not None
    assert "referrer-policy" in note.vi and "x-frame-options" not in note.vi
    assert "chưa gửi 1 tiêu đề bảo mật dặn trình duyệt bảo vệ người xem (referrer-policy)" in note.vi
    assert "2 thành phần" in note.vi and "đã hết hạn" in note.vi and "không tính điểm" in note.vi
    assert "2 part(s)" in note.en and "has expired" in note.en


def test_nothing_missing_or_nothing_measured_is_no_advice() -> None:
    assert safety_note({}) is None
    assert safety_note({"security.headers": None, "security.mixed": None, "security.txt": None}) is None
    assert (
        safety_note({"security.headers": {"x-frame-options": True}, "security.mixed": 0, "security.txt": "found"})
        is None
    )
