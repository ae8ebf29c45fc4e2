"""Places and their change as sentences, chosen by the data: "tụt 14 bậc so với năm 2016"."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from app.numbers_text import places_of, shown
from app.say import say
from core.finding import Text
from core.ranking import Change, Place
from core.rounds import PUBLISHED, Round

_NOTHING = Text("", "")


def joined(*parts: Text) -> Text:
    """The parts one after the other, in each language."""
    return Text("".join(p.vi for p in parts), "".join(p.en for p in parts))


def number(value: Decimal) -> Text:
    """A value in both languages, with every digit it has; shares with three."""
    places = places_of([value])
    return Text(shown(value, places, "vi"), shown(value, places, "en"))


def period(round_: Round) -> Text:
    """What a round is called in a sentence: the year of a published table, the title of one of ours, else its id."""
    if round_.source == PUBLISHED:
        return say("period_year", year=round_.day.year)
    if round_.title == round_.id:  # an id keeps its letters, where the sentence begins too
        return say("period_id", id=round_.id)
    return say("period_round", title=round_.title)


def _of(place: Place) -> Text:
    return say("place_of", of=place.of) if place.of else _NOTHING


def place_text(place: Place, name: str, category: Text, when: Text, change: Text | None) -> Text:
    """One body's place as a sentence, with its change against an earlier round where there is one."""
    when = Text(when.vi[:1].upper() + when.vi[1:], when.en[:1].upper() + when.en[1:])
    if place.rank is None:
        return joined(say("place_none", name=name, category=category, period=when), Text(".", "."))
    parts = [say("place_rank", name=name, rank=place.rank, of=_of(place), category=category, period=when)]
    if place.mark:
        parts.append(say(f"place_{place.mark}"))
    if place.value is not None:
        parts.append(say("place_value", value=number(place.value)))
    if place.best != place.worst:
        parts.append(say("place_range", best=place.best, worst=place.worst))
    if change is not None:
        parts += [Text(", ", ", "), change]
    return joined(*parts, Text(".", "."))


def change_text(place: Place, name: str, change: Change | None, names: Mapping[str, str], before: Text) -> Text:
    """How a place changed. Where the rounds rank different numbers of bodies, the earlier rank and no difference."""
    if change is None:
        return say("change_new", period=before)
    was = change.before
    parts: list[Text] = []
    if change.ranks is None:
        rank = str(was.rank) if was.rank is not None else "–"
        parts.append(say("change_from_of", period=before, before=rank, of=_of(was)))
    else:
        key = "up" if change.ranks > 0 else "down" if change.ranks < 0 else "same"
        parts.append(say(f"change_{key}", n=abs(change.ranks), period=before))
        if change.ranks:
            parts.append(say("change_from", before=was.rank, way=say(f"way_{key}"), now=place.rank))
        if change.certain is False:
            parts.append(say("change_uncertain"))
    if was.mark:
        parts.append(say(f"change_{was.mark}"))
    if names[was.body] != name:
        parts.append(say("change_named", name=names[was.body]))
    if change.value is not None:
        key = "up" if change.value > 0 else "down" if change.value < 0 else "same"
        parts.append(say(f"change_value_{key}", by=number(abs(change.value))))
        if change.value_certain is False:
            parts.append(say("change_value_uncertain"))
    beside = [say("change_beside_one", name=names[p.body], rank=p.rank or "–", of=_of(p)) for p in change.beside]
    if beside:
        all_of_them = Text(", ".join(b.vi for b in beside), ", ".join(b.en for b in beside))
        parts.append(say("change_beside", names=all_of_them))
    return joined(*parts)


def short_change(place: Place, change: Change | None, *, with_value: bool = False) -> Text:
    """A change in a table's cell: "tụt 14 bậc"; the earlier rank where the rounds rank different numbers of bodies.

    ``with_value`` says there too that the change of value is not sure.
    """
    if change is None:
        return Text("–", "–")
    was = change.before
    if change.ranks is None:
        words = say("short_from", before=was.rank if was.rank is not None else "–", of=_of(was))
    else:
        key = "up" if change.ranks > 0 else "down" if change.ranks < 0 else "same"
        words = say(f"short_{key}", n=abs(change.ranks))
    if change.certain is False:
        words = say("short_uncertain", words=words)
    return say("short_value_uncertain", words=words) if with_value and change.value_certain is False else words
