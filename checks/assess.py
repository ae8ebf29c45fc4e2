"""How well a page has the content its label promises: what its shape decides, then the words of the duty."""

from __future__ import annotations

from checks.content import Content, Fit, Seen, seen, still_to_come
from checks.shapes import Shape, shapes
from core.evidence import Evidence
from core.page import Item, Page
from core.text import any_phrase

#: A single syllable without its accents means too many things to tell anything.
_SYLLABLE = 4
#: Less text than this beside files that are all gone is nothing but their names.
_DEAD_FILES_TEXT = 300


def assess(page: Page, key: str, evidence: Evidence, *, named: bool = False, cues: tuple[str, ...] = ()) -> Content:
    """How well a page has the content ``key`` promises.

    ``named``: its own heading or title is the section's name. ``cues`` are the rule's own phrases.
    """
    found = _shape_decides(page, key, evidence)
    if found is not None:
        return found
    shape, about = shapes().get(key) or Shape(), seen(page, evidence)
    items, has_list, has_text = about.items, about.lists(shape), about.length >= shape.min_text
    cues = tuple(c for c in cues if " " in c or len(c) > _SYLLABLE)
    cue_hits = about.body.count(cues)
    shaped = {"list": has_list, "text": has_text, "either": has_list or has_text or about.images}[shape.shape]
    on_topic = not shape.topic or cue_hits > 0 or about.body.has(shape.topic) or about.speaks(shape.spoken)
    if shape.pattern is not None and has_list and on_topic and shape.pattern.search(about.raw):
        return Content(Fit.GOOD, items, 1)
    if shaped and on_topic:
        vague = not shape.topic and cue_hits == 0
        return Content(Fit.GOOD, items, cue_hits, _on_topic_share(about.titles, shape), by_name=vague)
    if shape.shape == "list" and not has_list:
        enough = shape.rescue and named and about.length >= _BY_NAME
        return Content(Fit.GOOD if enough else Fit.EMPTY if about.length < 200 else Fit.POOR, items, by_name=True)
    if shaped and shape.rescue and named and (about.listed or about.length >= _BY_NAME or about.images):
        return Content(Fit.POOR if _entries_deny(items, shape, cues, evidence) else Fit.GOOD, items, by_name=True)
    asks_entries = shaped and items and shape.topic and not shape.pattern_needed
    if asks_entries and _entries_tell(items, shape, cues, evidence):
        return Content(Fit.GOOD, items)
    return Content(Fit.POOR, items)


#: Characters from which a text counts that only its heading says to be the section.
_BY_NAME = 300


def is_strong(page: Page, key: str, evidence: Evidence) -> bool:
    """Whether the page plainly has that content, whatever duty asks and whatever it is called."""
    found = _shape_decides(page, key, evidence)
    return found is not None and found.fit is Fit.STRONG


def _shape_decides(page: Page, key: str, evidence: Evidence) -> Content | None:
    """Nothing there, plainly this or plainly something else; None where the words of the duty have to tell."""
    about = seen(page, evidence)
    if key not in about.by_shape:
        about.by_shape[key] = _by_shape(about, shapes().get(key) or Shape())
    return about.by_shape[key]


def _by_shape(about: Seen, shape: Shape) -> Content | None:
    page, items, has_list = about.page, about.items, about.lists(shape)
    if page.attachments and not (about.listed or page.forms) and page.text_length < _DEAD_FILES_TEXT:
        return Content(Fit.EMPTY, items)
    if about.placeholder or still_to_come(page, about.evidence, items, shape.topic) or about.hollow:
        return Content(Fit.EMPTY, ())
    if not (has_list or about.form or about.length >= min(shape.min_text, 60) or about.images or len(page.fields) > 1):
        return Content(Fit.EMPTY, items)
    strong = about.body.count(shape.strong)
    if shape.not_words and not strong and about.body.has(shape.not_words):
        return Content(Fit.POOR, items)
    if sum(any_phrase(title, shape.not_entries) is not None for title in about.titles) * 2 > len(items):
        return Content(Fit.POOR, items)
    heads = about.columns.count(shape.headers)
    if shape.headers and heads >= shape.headers_min and has_list:
        return Content(Fit.STRONG, items, heads)
    if shape.dated_strong and sum(i.published is not None for i in items) >= shape.dated_strong:
        return Content(Fit.STRONG, items, len(items))
    if shape.pattern_needed and shape.pattern is not None and not shape.pattern.search(about.raw):
        return Content(Fit.POOR, items)
    if shape.pattern_strong and shape.pattern and has_list:
        numbers = set(shape.pattern.findall(about.raw))
        if len(numbers) >= shape.pattern_strong:
            return Content(Fit.STRONG, items, len(numbers))
    if shape.strong and strong >= shape.strong_min and (shape.shape != "list" or has_list):
        return Content(Fit.STRONG, items, strong)
    return None


def _on_topic_share(titles: tuple[str, ...], shape: Shape) -> float:
    """Share of at least three entries whose titles are on topic; 0 for fewer."""
    if len(titles) < 3 or not shape.topic:
        return 0.0
    return sum(any_phrase(title, shape.topic) is not None for title in titles) / len(titles)


def _entries_deny(items: tuple[Item, ...], shape: Shape, cues: tuple[str, ...], evidence: Evidence) -> bool:
    """Whether entries were opened and none of them, nor of the titles, is on topic: news under another name."""
    opened = [d for d in (evidence.page(i.url) for i in items if i.url) if d is not None and d is not evidence.home]
    return (
        bool(shape.topic)
        and len(opened) > 1
        and not any(seen(d, evidence).body.has((*shape.topic, *cues)) for d in opened)
    )


def _entries_tell(items: tuple[Item, ...], shape: Shape, cues: tuple[str, ...], evidence: Evidence) -> bool:
    """Whether the pages behind the entries are on topic, where the list itself names only titles."""
    details = [d for d in (evidence.page(i.url) for i in items if i.url) if d is not None and d is not evidence.home]
    telling = sum(seen(d, evidence).body.has((*shape.topic, *cues)) for d in details[:5])
    return telling > 0 and telling * 2 >= len(details[:5])
