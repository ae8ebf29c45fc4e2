"""Author or source of every article (khoản 3 Điều 5)."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pydantic import Field

from checks.articles import articles, no_articles
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import proofs_of, sampled, share_of
from core.evidence import Evidence
from core.finding import Answer, partial
from core.page import Page
from core.text import CAPITALS, fold

_LABELS = (
    r"Tác giả(?: bài viết)?|Nguồn(?: tin| bài)?|Người viết|Bài(?:,| và)? ảnh|Tin(?:,| và)? (?:bài|ảnh)|"
    r"Tin(?=:)|Bài(?=:)|Ảnh(?=:)|Author|Source"
)
_LABELLED = re.compile(rf"(?:^|[\s(\-–|•])(?P<label>{_LABELS})[ \t]*:[ \t]*(?P<value>[^\n|]*)", re.I)
#: "(Theo TTXVN)" on a line of its own, not "Theo Quyết định số …" at the head of a paragraph.
_AFTER = re.compile(
    r"(?:^|\n|\()[ \t]*\(?Theo[ \t]+(?!Quy|Khoản|Điều|Kế hoạch|Quyết định|Nghị|Thông tư|Luật|Công văn)"
    rf"[{CAPITALS}][^\n)]{{1,60}}\)?[ \t]*(?=\n|$)"
)
_BYLINE = re.compile(rf"^\(?(?:[{CAPITALS}][\w.]*[ \t]+){{1,4}}[{CAPITALS}][\w.]*(?:[ \t]*[-–,(][^\n]{{0,40}})?$")
#: "Đăng ngày 19/11/2026 bởi Thu Hà"
_POSTED_BY = re.compile(
    r"(?:đăng|viết|cập nhật|posted|\d{4})\b[^\n]{0,40}\s(?:bởi|by)\s+(?P<value>[^\n|]{2,60})$", re.I | re.M
)
#: What stands after an empty "Nguồn:" when lines run together.
_CONTROLS = re.compile(
    r"^(?:(?:in|luu|gui)(?: (?:bai|trang|tin|cho|mail)\b.*)?$|(?:chia se|quay lai|tro ve|luot xem|so luot|ngay dang|"
    r"xem them|xem tiep|chi tiet|binh luan|y kien|danh gia|tin lien quan|bai viet lien quan|cac tin|tin khac|tac gia|"
    r"nguon|facebook|zalo|print|dang cap nhat|khong ro|suu tam|internet|"
    r"admin|super ?user|administrator|webmaster|host|system account|quan tri(?: vien| website| he thong| cong)?|editor|"
    r"user)\b)"
)
_FIELDS = frozenset({"tac gia", "tac gia bai viet", "nguon", "nguon tin", "nguon bai", "nguoi viet"})
#: Visitors' names stand below this line.
_COMMENTS = re.compile(r"(?:\d+ )?(?:binh luan|y kien ban doc|y kien|comments?|phan hoi)(?: \(?\d+\)?| .{1,20})?$")
_META = ("author", "article:author")
#: A smaller share than this is chance.
_NEXT_TO_NONE = 0.1


class Attribution(Kind):
    """Articles name their author or their source.

    Passes when at least ``share`` of the articles read have a non-empty "Tác giả", "Nguồn", "Theo …" or a
    byline; an empty "Nguồn:" does not count.
    Partial when fewer do (0.5 from half of ``share`` on, else 0.25). Fails when none or next to none does.
    Unknown when no article was read, or their ends were not.
    """

    key: ClassVar[str] = "attribution"

    share: float = Field(default=0.8, gt=0, le=1)

    def judge(self, evidence: Evidence) -> Answer:
        home = evidence.home
        said = (home.header_text, home.text, home.footer_text, *(home.meta.get(m, "") for m in _META)) if home else ()
        frame = fold(" ".join(said))
        pages = tuple(p for p in articles(evidence) if len(p.text) >= p.text_length or attributed(p, frame))
        if not pages:
            return no_articles(evidence)
        share, bad = share_of(pages, lambda p: attributed(p, frame))
        good = len(pages) - len(bad)
        more: dict[str, Any] = {"proofs": proofs_of(bad or pages, 4), "confidence": sampled(pages)}
        if share >= self.share:
            return passed(say("attribution_ok", good=good, pages=len(pages)), **more)
        message = say("attribution_bad", good=good, pages=len(pages))
        if share < _NEXT_TO_NONE:
            return failed(message, **more)
        return partial(message, ratio=0.5 if share * 2 >= self.share else 0.25, **more)


def attributed(page: Page, frame: str = "") -> bool:
    """Whether an article says who wrote it or where it was taken from.

    ``frame`` is the folded text of the portal's own frame: what stands there does not fill an empty "Nguồn:", and an
    author in the page's metadata who is the home page's too wrote the portal, not the article.
    """
    found = [m for line in page.text.split("\n") if ":" in line for m in _LABELLED.finditer(line)]
    if any(_says(m["value"]) for m in found) or ("Theo" in page.text and _AFTER.search(page.text)):
        return True
    empty = {fold(m["label"]) for m in found}
    posted = _POSTED_BY.search(page.text)
    if posted and _says(posted["value"]):
        return True
    for field in page.fields:
        name, value = fold(field.name), fold(field.value)
        if name in _FIELDS and _says(value) and not (name in empty and value in frame):
            return True
    lines = [line.strip() for line in page.text.splitlines() if line.strip()]
    half = len(lines) // 2
    below = (n for n in range(half, len(lines)) if len(lines[n]) <= 40 and _COMMENTS.match(fold(lines[n])))
    lines = lines[: next(below, len(lines))]
    if len(lines) > 2 and any(_is_byline(line) for line in lines[-3:]):
        return True
    return any(_says(page.meta.get(name, "")) and fold(page.meta[name]) not in frame for name in _META)


def _is_byline(line: str) -> bool:
    """A name of two to five capitalised words, alone on a line or with an office behind it."""
    name = re.split(r"[-–,(]", line.strip("( "), maxsplit=1)[0].split()
    return len(line) <= 60 and bool(_BYLINE.match(line)) and all(word[0].isupper() for word in name)


def _says(value: str) -> bool:
    folded = fold(value)
    return bool(folded) and not _CONTROLS.match(folded)
