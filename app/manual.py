"""A rule and its kind of check in words, from the catalogue and the kind's own docstring."""

from __future__ import annotations

import inspect

import yaml

from checks.catalogue import build
from core.bodies import BodyKind
from core.finding import Citation
from core.rule import Catalogue, Rule


def describe(rule: Rule, catalogue: Catalogue) -> str:
    """Everything the catalogue says of one rule, for people."""
    kind = type(build(rule, catalogue.path))
    lines = [f"{rule.id}  {rule.title.vi}", f"{'':<{len(rule.id)}}  {rule.title.en}", ""]
    for cite in rule.citations:
        mark = "" if cite.confirmed else "  (chưa đối chiếu / not confirmed)"
        lines.append(f"  {f'{cite.clause} {cite.text}'.strip()}{_days(cite)}{mark}")
    basis = "luật / law" if rule.basis == "law" else "mặc định của phần mềm / product default"
    applies = [k.value for k in BodyKind if k in rule.applies_to]
    weights = ", ".join(f"{k.value} {w:g}" for k, w in rule.weight.items())
    lines += ["", f"  căn cứ / basis: {basis}", f"  áp dụng / applies to: {', '.join(applies)}"]
    lines += [f"  điểm / weight: {weights}", f"  nhóm / group: {rule.group}"]
    if rule.replaces or rule.aliases:
        lines += [f"  mã cũ / former ids: {', '.join(rule.aliases or (rule.replaces,))}"]
    if _days(rule):
        lines += [f"  hiệu lực / in force:{_days(rule)}"]
    if rule.note.vi:
        lines += [f"  ghi chú / note: {rule.note.vi}", f"                  {rule.note.en}"]
    lines += ["", f"  khắc phục / fix: {rule.fix.vi}", f"                   {rule.fix.en}"]
    lines += ["", f"check: {rule.check}", "", *(f"  {line}".rstrip() for line in _manual(kind).splitlines())]
    if rule.params:
        shown = yaml.safe_dump(_plain(rule.params), allow_unicode=True, sort_keys=False, width=110)
        lines += ["", "with:", *(f"  {line}" for line in shown.splitlines())]
    return "\n".join(lines)


def _days(span: Rule | Citation) -> str:
    start = f"từ / from {span.valid_from:%d/%m/%Y}" if span.valid_from else ""
    end = f"đến / to {span.valid_to:%d/%m/%Y}" if span.valid_to else ""
    return f" ({', '.join(p for p in (start, end) if p)})" if start or end else ""


def _manual(kind: type) -> str:
    return inspect.getdoc(kind) or ""


def _plain(params: object) -> object:
    if hasattr(params, "items"):
        return {k: _plain(v) for k, v in params.items()}
    return params
