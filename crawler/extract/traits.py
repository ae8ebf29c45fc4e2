"""What kind of page it is: an empty shell, a placeholder, a single article, a login wall."""

from __future__ import annotations

import re

from core.page import DateRole, Field, Form, FormPurpose, Heading, Item, Link, SeenDate
from core.text import announces_later, fold
from crawler.extract.parse import Node

#: Sentences of sections that hold nothing yet, folded.
PLACEHOLDERS = (
    "noi dung dang duoc cap nhat", "noi dung dang cap nhat", "dang cap nhat", "dang duoc cap nhat",
    "thong tin dang duoc cap nhat",
    "thong tin dang cap nhat", "du lieu dang duoc cap nhat", "du lieu dang cap nhat", "dang cap nhat du lieu",
    "dang cap nhat noi dung", "dang cap nhat thong tin",
    "chuyen muc dang duoc cap nhat", "chuyen muc dang cap nhat", "chuyen muc dang duoc xay dung",
    "trang dang duoc cap nhat",
    "dang xay dung", "dang duoc xay dung", "trang dang xay dung", "trang dang duoc xay dung", "website dang xay dung",
    "chuc nang dang xay dung",
    "chuc nang dang duoc xay dung", "noi dung dang xay dung", "noi dung dang duoc xay dung", "he thong dang xay dung",
    "khong co du lieu", "chua co du lieu", "khong co ban ghi nao", "chua co ban ghi", "chua co ban ghi nao",
    "khong co ban ghi",
    "khong tim thay ban ghi nao", "chua co bai viet", "chua co bai viet nao", "khong co bai viet",
    "khong co bai viet nao", "chua co noi dung", "khong co noi dung",
    "chua co thong tin", "khong co thong tin", "chua co tin bai", "chua co tin bai nao", "khong co tin bai nao",
    "khong co tin nao", "chua co tin", "chua co van ban nao", "khong co van ban nao",
    "chua co van ban", "khong co ket qua", "khong co ket qua nao", "chua co cau hoi nao", "hien chua co du lieu",
    "hien tai chua co du lieu", "hien chua co noi dung",
    "noi dung se duoc cap nhat sau", "se cap nhat sau", "se duoc cap nhat sau", "vui long quay lai sau",
    "xin vui long quay lai sau", "mong ban quay lai sau", "under construction",
    "this page is under construction", "coming soon", "content is being updated", "updating", "is being updated",
    "no data", "no records found", "no items to show in this view of the list",
    "there are no items to show in this view", "nothing found", "no posts found", "khong co muc nao",
    "khong co muc nao de hien thi", "danh muc trong", "lorem ipsum",
    "it seems we can t find what you re looking for perhaps searching can help",
)  # fmt: skip
_PLACEHOLDER = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, PLACEHOLDERS), key=len, reverse=True)) + r")\b")
_NOISE = re.compile(
    r"\b(?:trang chu|home|luot xem|in bai viet|in trang|gui email|chia se|quay lai|tro ve|ve dau trang|xem them|ngay "
    r"dang|cap nhat|"
    r"xin loi|quy vi|ban doc|vui long|tim kiem|skip to main content|skip ribbon commands|hien tai|hien nay|thong bao|"
    r"\d+)\b"
)
_APP_ROOT = re.compile(
    r"<(?:div|main|section|app-root|ng-app|app)[^>]*\b(?:id=[\"']?(?:root|app|__next|__nuxt|main-app|react-root|"
    r"app-root|svelte)[\"'\s>]|ng-app|data-reactroot|ng-version)|<app-root",
    re.I,
)
_VIDEO_OR_FRAME = ("iframe", "video", "object", "embed", "frame", "audio")


def is_placeholder(
    text: str, title: str, crumbs: tuple[str, ...], headings: tuple[Heading, ...], items: list[Item], files: int
) -> bool:
    """Whether the main text is only the news that there is none (besides title and breadcrumb)."""
    if len(text) > 700 or items or files:
        return False
    words = fold(text)
    if not words:
        return False
    left, found = _PLACEHOLDER.subn(" ", words)
    if not found:
        later = [line for line in text.split("\n") if announces_later(line)]
        if not later or len(text) > 300:
            return False
        left = fold("\n".join(line for line in text.split("\n") if line not in later))
    for known in (title, *crumbs, *(h.text for h in headings), *title.split("-"), *title.split("|")):
        folded = fold(known)
        if len(folded) > 2:
            left = left.replace(folded, " ")
    left = _NOISE.sub(" ", left)
    return len(left.split()) <= 12


def is_shell(source: str, text: str, links: list[Link], scripts: int, body: Node) -> bool:
    """Whether a script builds the page and plain HTML holds next to nothing."""
    live = sum(1 for link in links if link.url)
    if len(text) > 400 or live > 8:
        return False
    if _APP_ROOT.search(source):
        return len(text) <= 300 and live <= 4
    return scripts >= 2 and len(text) < 120 and live <= 2 and next(body.iter(*_VIDEO_OR_FRAME), None) is None


_BYLINE = re.compile(
    r"\b(?:tac gia|nguon|luot xem|in bai viet|theo|nguoi dang|chia se|tin lien quan|cac tin khac|tin khac|bai viet "
    r"lien quan|y kien ban doc|binh luan)\b"
)


def is_article(
    text: str,
    title: str,
    headings: tuple[Heading, ...],
    items: list[Item],
    dates: list[SeenDate],
    types: tuple[str, ...],
    og_type: str,
) -> bool:
    """Whether the page is one article: a title, running text, maybe a byline."""
    low = {t.lower() for t in types}
    paragraphs = [line for line in text.split("\n") if len(line) >= 140]
    running = sum(map(len, paragraphs))
    listed = sum(len(i.summary) for i in items)
    if low & {"newsarticle", "article", "blogposting"} or og_type == "article":
        return running >= 100 or len(items) <= 3
    if running - listed < 300:
        return False
    if len(items) > 12 and running < 1500:
        return False
    signs = any(h.level <= 2 and len(h.text) >= 15 for h in headings)
    signs = signs or (len(title) >= 15 and fold(title.split(" - ")[0].split("|")[0])[:40] in fold(text[:600]))
    byline = (
        any(d.role in (DateRole.PUBLISHED, DateRole.UPDATED) for d in dates)
        or _BYLINE.search(fold(text[-600:])) is not None
    )
    return signs and (byline or len(items) <= 6)


def is_login_wall(text: str, forms: list[Form], fields: list[Field]) -> bool:
    """Whether the main content is a login and nothing else."""
    return len(text) < 500 and not fields and any(f.purpose is FormPurpose.LOGIN for f in forms)
