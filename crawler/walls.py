"""Pages that show a riddle to tell people from machines, in place of what was asked for."""

from __future__ import annotations

import html
import re

from core.text import fold

#: Only pages that say one of these are looked at closely.
_MAY_BE = re.compile(
    rb"captcha|turnstile|robot kh|ph\xe1\xba\xa3i (?:l\xc3\xa0 )?(?:robot|m\xc3\xa1y)|unusual traffic", re.I
)
_UNREAD = re.compile(rb"<(script|style|noscript|head)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.I | re.S)
#: What is said, folded: prove that you are a person, then you may go on.
_RIDDLE = re.compile(
    r"\bphai (?:la )?(?:robot|nguoi may|may tinh|may)\b|i m not a robot|are you (?:a )?(?:human|robot)"
    r"|(?:nhap|dien|giai)(?: dung)? (?:ma )?(?:captcha|xac nhan|bao ve|kiem tra)(?: \w+){0,6}"
    r" (?:tiep tuc|truy cap|vao)\b"
    r"|(?:xac minh|xac thuc|xac nhan|hoan thanh)(?: \w+){0,8} (?:de|truoc khi) (?:tiep tuc|truy cap|vao)\b"
    r"|unusual traffic|solve the captcha|complete the (?:captcha|security check)|prove (?:that )?you are human"
)
#: Bytes of a page, and characters of its text, up to which it is nothing but that.
_SMALL, _TEXT = 60_000, 700


def is_wall(body: bytes) -> bool:
    """Whether a page is nothing but a riddle; a form for questions that ends with one is none."""
    if len(body) > _SMALL or not _MAY_BE.search(body) or b"<textarea" in body.lower():
        return False
    said = fold(html.unescape(_UNREAD.sub(b" ", body).decode("utf-8", "replace")))
    return len(said) <= _TEXT and _RIDDLE.search(said) is not None
