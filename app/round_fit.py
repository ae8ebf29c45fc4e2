"""Whether an audit can stand in a round: its body is there on the day, and was judged as what it is."""

from __future__ import annotations

import datetime as dt

from core.bodies import NAMES, BodyKind
from core.finding import Text
from core.register import Body
from storage.find_body import BodyFinder
from storage.rounds import Judged


def unfit(finder: BodyFinder, audit: Judged, body: str, day: dt.date) -> str:
    """Why the audit cannot stand in a round of that day, in both languages; "" where it can."""
    known = finder.body(body)
    if known is None:
        return ""
    name = known.name_on(audit.day)
    if not known.exists(day):
        return f"{audit.id}: {name} {_gone(finder, known, day)}"
    if known.kind.value != audit.kind:
        said = kind_differs(audit.kind, known)
        return f"{audit.id}: {name}: {said.vi} / {said.en}"
    return ""


def kind_differs(kind: str, body: Body) -> Text:
    """An audit's kind is not the one the register has of its body; how to audit it as what it is."""
    (vi, en), (own_vi, own_en) = NAMES[BodyKind(kind)], NAMES[body.kind]
    again = f"--kind {body.kind.value}"
    return Text(
        f"kiểm tra theo loại “{vi}”, danh bạ ghi “{own_vi}”; kiểm tra lại với {again}",
        f"audited as “{en}”, the register says “{own_en}”; audit again with {again}",
    )


def _gone(finder: BodyFinder, body: Body, day: dt.date) -> str:
    """That a body was not there on a day, and what it went into."""
    if body.valid_from is not None and day < body.valid_from:
        begins = body.valid_from
        return f"chưa có vào ngày {day:%d/%m/%Y}, từ {begins:%d/%m/%Y} / begins on {begins}, after the round's day"
    new = finder.successor(body.id, day)
    into = (f", đã hợp nhất vào {new.name_on(day)}", f", merged into {new.id}") if new else ("", "")
    return f"không còn vào ngày {day:%d/%m/%Y}{into[0]} / has ended by the round's day{into[1]}"
