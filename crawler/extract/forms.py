"""Forms and what they are for; also boxes without a form and pages that are one big ASP.NET form."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from core.page import Form, FormPurpose, Input, Zone
from core.text import any_phrase, fold
from crawler.extract.parse import Node, cleaned, words
from crawler.urls import canonical

_CONTROLS = ("input", "select", "textarea", "button")
_TYPED = frozenset("text search email tel number date password file url".split())
_MAX_INPUTS = 30
_MAX_FORMS = 12
#: Controls outside any form that are looked at.
_MAX_LOOSE = 120
_MAX_OPTIONS = 40

_SEARCH_NAMES = frozenset(
    "q s key keyword keywords kw search txtsearch tukhoa searchword query txtkeyword txttukhoa searchtext txttimkiem "
    "search_query searchkeyword sword".split()
)
_SEARCH = ("tim kiem", "tim", "search", "tu khoa", "nhap tu khoa", "keyword", "tra cuu", "noi dung tim")
_DOCUMENT = (
    "loai van ban", "co quan ban hanh", "so ky hieu", "so hieu", "nguoi ky", "trich yeu", "so van ban",
    "hinh thuc van ban",
    "don vi ban hanh", "ngay ban hanh", "ky hieu", "nam ban hanh",
)  # fmt: skip
_QUESTION = ("gui cau hoi", "dat cau hoi", "cau hoi", "noi dung hoi", "noi dung cau hoi", "hoi dap", "phan anh",
    "kien nghi", "lien he", "gop y", "y kien", "noi dung gop y", "nguoi gui", "noi dung lien he")  # fmt: skip
_COMMENT = ("binh luan", "comment", "y kien ban doc", "gui binh luan", "leave a reply", "de lai binh luan", "tra loi")
_LOOKUP = ("ma ho so", "so bien nhan", "ma tra cuu", "ma cau hoi", "ma phieu", "tra cuu ho so", "so ho so",
    "tra cuu cau hoi", "tinh trang ho so", "ma so phan anh", "tra cuu trang thai", "trang thai cau hoi",
    "tra cuu tinh trang", "trang thai ho so", "tinh trang xu ly")  # fmt: skip
_LOGIN = ("dang nhap", "login", "sign in", "mat khau", "password", "log in")
_SURVEY = ("binh chon", "bieu quyet", "tham do", "khao sat", "danh gia", "muc do hai long", "vote", "ket qua binh chon")
_NEWSLETTER = ("nhan tin", "ban tin", "newsletter", "subscribe", "dang ky nhan")
_BUTTON_CLASS = re.compile(r"search|tim|btn|button", re.I)
_HAS_STATE = etree.XPath(
    "boolean(.//input[@name='__VIEWSTATE' or @name='__EVENTVALIDATION' or @name='__REQUESTDIGEST'])"
)


def open_page_forms(body: Node) -> bool:
    """Turns the form that wraps a whole ASP.NET page into a plain block. True when there was one."""
    found = False
    for form in list(body.iter("form")):
        if next(form.iter("form"), form) is not form:
            continue
        state = _HAS_STATE(form)
        if state or (form.get("id") or "").lower() in ("aspnetform", "form1"):
            wraps = form.xpath("count(.//a)") > 12 or form.xpath("count(.//*)") > 60
            if wraps or state:
                form.tag = "div"
                found = True
    return found


def read_forms(region: Node, zone: Zone, base: str, page_url: str, one_form: bool) -> list[Form]:
    """Forms of a region, then boxes with a text field that stand outside any form."""
    out: list[Form] = []
    inside: set[Node] = set()
    for node in region.iter("form"):
        controls = list(node.iter(*_CONTROLS))
        inside.update(controls)
        if len(out) >= _MAX_FORMS:
            continue
        inputs = _inputs(controls)
        if not inputs and not controls:
            continue
        action = (node.get("action") or "").strip()
        where = page_url if not action or action.startswith("#") else canonical(action, base)
        method = "post" if (node.get("method") or "").lower() == "post" else "get"
        if action.lower().startswith("javascript:") or (not action and "return false" in (node.get("onsubmit") or "")):
            method, where = "script", ""
        text = _around(node, controls)
        out.append(Form(where, method, purpose_of(inputs, controls, text, where), inputs, zone, text))
    for box, controls in _boxes(region, inside):
        inputs = _inputs(controls)
        text = _around(box, controls)
        method, where = ("post", page_url) if one_form else ("script", "")
        out.append(Form(where, method, purpose_of(inputs, controls, text, where), inputs, zone, text))
    return out[:_MAX_FORMS]


def _boxes(region: Node, inside: set[Node]) -> list[tuple[Node, list[Node]]]:
    boxes: dict[Node, None] = {}
    for control in islice(region.iter("input", "textarea"), _MAX_LOOSE):
        kind = (control.get("type") or "text").lower()
        if control in inside or (control.tag == "input" and kind not in _TYPED) or control.get("readonly") is not None:
            continue
        node = control.getparent()
        for _ in range(6):
            if node is None or node is region:
                break
            if _has_button(node):
                break
            node = node.getparent()
        if node is not None and (node is not region or _has_button(node)):
            boxes[node] = None
    outer = [b for b in boxes if not any(o is not b and o in set(b.iterancestors()) for o in boxes)]
    return [(b, [c for c in b.iter(*_CONTROLS) if c not in inside]) for b in outer]


def _has_button(node: Node) -> bool:
    for child in node.iter("input", "button", "a", "i", "span"):
        kind = (child.get("type") or "").lower()
        if child.tag == "button" or (child.tag == "input" and kind in ("submit", "image", "button", "search")):
            return True  # a box of type "search" is sent by the Enter key alone
        if child.tag in ("a", "i", "span") and (
            child.get("onclick")
            or "doPostBack" in (child.get("href") or "")
            or (child.tag == "a" and _BUTTON_CLASS.search(child.get("class") or child.get("id") or ""))
        ):
            return True
    return False


def _inputs(controls: list[Node]) -> tuple[Input, ...]:
    out: list[Input] = []
    for node in controls:
        if len(out) >= _MAX_INPUTS:
            break
        kind = node.tag if node.tag in ("select", "textarea") else (node.get("type") or "text").lower()
        if kind in ("hidden", "submit", "image", "reset", "button") or node.tag == "button":
            continue
        options: tuple[str, ...] = ()
        if node.tag == "select":
            options = tuple(w for o in list(node.iter("option"))[:_MAX_OPTIONS] if (w := words(o)[:80]))
        out.append(Input((node.get("name") or node.get("id") or "")[:80], kind, _label(node)[:120], options))
    return tuple(out)


def _label(node: Node) -> str:
    own = node.get("placeholder") or node.get("aria-label") or node.get("title")
    if not own and " " in (node.get("value") or "") and len(node.get("value")) < 60:
        own = node.get("value")  # words that a script clears when one clicks
    above = node.getparent()
    for _ in range(3):
        if above is None:
            break
        if above.tag == "label":
            return words(above) or cleaned(own or "")
        above = above.getparent()
    name = node.get("id")
    if name and "'" not in name:
        root = node.getroottree().getroot()
        top = node
        while top.getparent() is not None:
            top = top.getparent()
        found = (root if top is root else top).xpath(f"(//label[@for='{name}'])[1]")
        if found:
            return words(found[0])
    if own:
        return cleaned(own)
    cell = node.getparent()
    while cell is not None and cell.tag not in ("td", "div", "p", "li", "dd", "form"):
        cell = cell.getparent()
    if cell is not None:
        text = cleaned(cell.text or "") or _text_before(node)
        if text and len(text) < 80:
            return text.rstrip(" :*(")
        before = cell.getprevious()
        if before is not None and before.tag == cell.tag:
            text = words(before)
            if text and len(text) < 80:
                return text.rstrip(" :*(")
    value = node.get("value") or ""
    return cleaned(value) if len(value) < 60 and " " in value else ""


def _text_before(node: Node) -> str:
    before = node.getprevious()
    if before is None or before.tag in ("input", "select", "textarea"):
        return cleaned(before.tail or "") if before is not None else ""
    return cleaned(before.tail or "") or words(before)


def _around(node: Node, controls: list[Node]) -> str:
    parts: list[str] = []
    heading = next(node.iter("legend", "h1", "h2", "h3", "h4", "h5", "caption"), None)
    if heading is not None:
        parts.append(words(heading))
    else:
        before = node.getprevious()
        if before is None and node.getparent() is not None:
            before = node.getparent().getprevious()
        if before is not None and before.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "div", "p", "span"):
            text = words(before)
            if len(text) <= 80:
                parts.append(text)
    for control in controls:
        kind = (control.get("type") or "").lower()
        if control.tag == "button" or kind in ("submit", "button", "image"):
            parts.append(words(control) or control.get("value") or control.get("title") or control.get("alt") or "")
    return cleaned(" ".join(p for p in parts if p))[:200]


def purpose_of(inputs: tuple[Input, ...], controls: list[Node], text: str, action: str) -> FormPurpose:
    """What a form is for, by its fields first and its words second."""
    kinds = [i.type for i in inputs]
    names = {i.name.lower().rsplit("$", 1)[-1].rsplit("_", 1)[-1] for i in inputs} | {i.name.lower() for i in inputs}
    said = fold(" . ".join([text, *(i.label for i in inputs)]))
    labels = fold(" . ".join([*(i.label for i in inputs), *(o for i in inputs for o in i.options[:1])]))
    own = fold(" ".join(filter(None, (c.get("class") for c in controls[:4]))) + " " + action.rsplit("/", 1)[-1])
    if "password" in kinds or (any_phrase(said, _LOGIN) and len(inputs) <= 3 and any("pass" in n for n in names)):
        return FormPurpose.LOGIN
    typed = [i for i in inputs if i.type in _TYPED]
    writes = "textarea" in kinds
    filters = sum(
        any_phrase(fold(i.label or (i.options[0] if i.options else "")), _DOCUMENT) is not None for i in inputs
    )
    by_name = sum(
        bool(re.search(r"loai_?vb|loaivanban|coquan|so_?hieu|sokyhieu|kyhieu|ngaybanhanh|linhvuc", i.name, re.I))
        for i in inputs
    )
    if not writes and (filters >= 2 or by_name >= 2 or (filters + by_name and len(inputs) > 2)):
        return FormPurpose.DOCUMENT_SEARCH
    if writes:
        if any_phrase(said, ("binh luan", "comment", "leave a reply", "y kien ban doc")) or names & {
            "comment",
            "wp-comment",
        }:
            return FormPurpose.COMMENT
        if any_phrase(said, _QUESTION) or len(typed) >= 2:
            return FormPurpose.QUESTION
        return FormPurpose.COMMENT if any_phrase(said, _COMMENT) else FormPurpose.OTHER
    if typed and any_phrase(said, _LOOKUP):
        return FormPurpose.LOOKUP
    if "radio" in kinds and (any_phrase(said, _SURVEY) or not typed):
        return FormPurpose.SURVEY
    if typed and (
        "search" in kinds or names & _SEARCH_NAMES or any_phrase(said, _SEARCH) or "search" in own or "tim kiem" in own
    ):
        if filters and any_phrase(labels, ("van ban",)):
            return FormPurpose.DOCUMENT_SEARCH
        return FormPurpose.SEARCH
    if "email" in kinds or any_phrase(said, ("email", "e mail", "thu dien tu")):
        return (
            FormPurpose.NEWSLETTER
            if len(typed) <= 2 and any_phrase(said, (*_NEWSLETTER, "dang ky", "email"))
            else FormPurpose.QUESTION
        )
    if typed and any(re.search(r"search|tim_?kiem|keyword|tukhoa", i.name, re.I) for i in inputs):
        return FormPurpose.SEARCH
    return FormPurpose.OTHER
