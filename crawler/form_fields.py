"""The fields a browser sends with a form besides the one that is typed in."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER = frozenset({"submit", "button", "reset", "image", "file", "password"})
_CHECKED = frozenset({"checkbox", "radio"})


def fields_beside(body: bytes, box: str) -> tuple[tuple[str, str], ...]:
    """Name and value of every field of the form that holds the field named ``box``, that one included."""
    for form in LexborHTMLParser(body).css("form"):
        controls = [n for n in form.css("input, select, textarea, button") if n.attributes.get("name")]
        if any(n.attributes.get("name") == box for n in controls):
            return tuple(pair for node in controls if (pair := _pair(node)) is not None)
    return ()


def _pair(node: LexborNode) -> tuple[str, str] | None:
    said = node.attributes
    name, value = said.get("name") or "", said.get("value") or ""
    kind = (said.get("type") or ("submit" if node.tag == "button" else "text")).lower()
    if "disabled" in said:
        return None
    if node.tag == "select":
        options = node.css("option")
        chosen = next((o for o in options if "selected" in o.attributes), options[0] if options else None)
        if chosen is None:
            return None
        own = chosen.attributes.get("value")
        return name, chosen.text(strip=True) if own is None else own
    if node.tag == "textarea":
        return name, node.text()
    if kind == "submit" and value:  # the button that is pressed
        return name, value
    if kind in _NEVER or (kind in _CHECKED and "checked" not in said):
        return None
    return name, value or ("on" if kind in _CHECKED else "")
