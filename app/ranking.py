"""``rank``: the bodies of a round by group and profile, with ties, possible ranks and change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.ranking_data import bands, category_title, group_of, groups, levels
from app.ranking_words import change_text, period, place_text
from app.say import say
from checks.scoring import profile_for
from core.bodies import BodyKind
from core.errors import UsageError
from core.finding import Text
from core.ranking import Change, Lineage, Place, change, places
from core.rounds import PUBLISHED, Entry, Round
from storage import rounds as kept


@dataclass(frozen=True, slots=True)
class Telling:
    """What the sentences of a ranking's rows share: category, both periods, and names in the earlier round."""

    category: Text
    now: Text
    then: Text | None
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One body of a ranking. ``bands``: the band of its value, else the bands its bounds lie in, lowest first."""

    place: Place
    name: str
    bands: tuple[Text, ...]
    change: Change | None
    telling: Telling

    @property
    def before(self) -> str:
        """What the earlier body was called then; "" without a change."""
        return self.telling.names[self.change.before.body] if self.change else ""

    @property
    def change_words(self) -> Text | None:
        """The change in words, "tụt 14 bậc so với năm 2016 …"; None where no earlier round was asked for."""
        told = self.telling
        return None if told.then is None else change_text(self.place, self.name, self.change, told.names, told.then)

    @property
    def sentence(self) -> Text:
        """Place and change as one sentence."""
        return place_text(self.place, self.name, self.telling.category, self.telling.now, self.change_words)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The places of one group under one profile."""

    round: Round
    against: Round | None
    group: str
    title: Text
    category: str
    profile: str
    rows: tuple[Row, ...]
    notes: tuple[Text, ...]


def rank(
    store: Any,
    round_id: str,
    *,
    group: str | None = None,
    profile: str | None = None,
    category: str = "portal",
    against: str | None = None,
) -> tuple[Ranking, ...]:
    """The rankings of a round, one for each group and profile. Raises UsageError where nothing fits."""
    round_ = kept.load(store, round_id)
    earlier = kept.load(store, against) if against else None
    if earlier is not None and earlier.day > round_.day:
        raise UsageError(
            f"đợt {earlier.id} ({earlier.day:%d/%m/%Y}) sau đợt {round_.id} / is later than the round",
            where="--against",
            hint=f"decree43 rank {earlier.id} --against {round_.id}",
        )
    now = _Bodies(store, round_, category)
    then = _Bodies(store, earlier, category) if earlier is not None else None
    lineage = Lineage(kept.all_successions(store) if then is not None else ())
    names = {body: who.name for body, who in then.who.items()} if then is not None else {}
    before = period(then.round) if then is not None else None
    telling = Telling(category_title(category), period(round_), before, names)
    said = _rulesets(store, round_, earlier)
    kept_bands = kept.bands(store, round_.id)
    found = []
    for code, own in now.tables(group, profile):
        table = then.matching(code, own) if then is not None else {}
        rows = tuple(
            Row(
                place,
                now.who[place.body].name,
                _bands(place, kept_bands),
                change(place, table, lineage) if then is not None else None,
                telling,
            )
            for place in now.places(code, own)
        )
        notes = (*_notes(round_, rows, own), *said)
        found.append(Ranking(round_, earlier, code, groups()[code][1], category, own, rows, notes))
    if not found:
        raise UsageError(
            "không có cơ quan nào để xếp hạng / there is nothing to rank",
            where=round_.id,
            hint=now.what_there_is(),
        )
    return tuple(found)


class _Bodies:
    """The entries of a round and category by group and profile, with the names of the bodies."""

    def __init__(self, store: Any, round_: Round, category: str) -> None:
        self.round = round_
        self.who = kept.who(store, round_)
        entries = kept.entries(store, round_.id)
        self._categories = ", ".join(sorted({e.category for e in entries}))
        self._entries: dict[tuple[str, str], list[Entry]] = {}
        for entry in (e for e in entries if e.category == category):
            group = group_of(self.who[entry.body].kind)
            self._entries.setdefault((group, entry.profile), []).append(entry)

    def places(self, group: str, profile: str) -> tuple[Place, ...]:
        return places(self._entries[(group, profile)], published=self.round.source == PUBLISHED)

    def tables(self, group: str | None, profile: str | None) -> list[tuple[str, str]]:
        """Groups and profiles to rank: the asked ones; without a profile the group's own, else all there are."""
        found = []
        for code, (kinds, _) in groups().items():
            there = sorted(own for of, own in self._entries if of == code)
            usual = profile_for(BodyKind(min(kinds)))
            wanted = [profile] if profile is not None else [usual] if usual in there else there
            found += [(code, own) for own in wanted if own in there and group in (None, code)]
        return found

    def matching(self, group: str, profile: str) -> Mapping[str, Place]:
        """The places to compare a group with, by body: those of the same profile, else what was published."""
        mine = [own for code, own in self._entries if code == group]
        if not mine:
            return {}
        own = profile if profile in mine else "" if "" in mine else sorted(mine)[0]
        return {place.body: place for place in self.places(group, own)}

    def what_there_is(self) -> str:
        there = ", ".join(f"--group {code} --profile {own or '“”'}" for code, own in sorted(self._entries))
        return f"có / there is: {there}" if there else f"có hạng mục / --category: {self._categories or '–'}"


def _rulesets(store: Any, round_: Round, earlier: Round | None) -> tuple[Text, ...]:
    """What to know of the catalogues: several in the round, or others than in the earlier one."""
    now = kept.rulesets_of(store, round_.id)
    said = []
    if len({name for name, _ in now}) > 1:
        said.append(say("note_rulesets", names=", ".join(sorted({name for name, _ in now}))))
    if earlier is not None and now and (then := kept.rulesets_of(store, earlier.id)) and then != now:
        said.append(say("note_other_rules"))
    return tuple(said)


def _bands(place: Place, kept_bands: Mapping[tuple[str, str], str]) -> tuple[Text, ...]:
    """The kept band, else those of the bounds and what lies between, by the data."""
    own = kept_bands.get((place.audit or "", place.profile))
    if own:
        return (Text(own, own),)
    if place.value is None:
        return ()
    low, high = (place.value if bound is None else bound for bound in (place.low, place.high))
    return bands(place.profile, low, high)


def _notes(round_: Round, rows: tuple[Row, ...], profile: str) -> tuple[Text, ...]:
    notes = [say("note_published") if round_.source == PUBLISHED else say("note_range")]
    documents = dict.fromkeys(r.place.document for r in rows if r.place.document)
    notes += [say("note_document", document=document) for document in documents]
    sizes = {(r.change.before.of, r.place.of) for r in rows if r.change and r.change.before.of != r.place.of}
    if sizes:
        before, now = sorted(sizes, key=str)[0]
        notes.append(say("note_of", before=before or "?", now=now or "?"))
    if any(r.change and r.change.before.profile != r.place.profile for r in rows):
        notes.append(say("note_methods"))
    if any(r.change and False in (r.change.certain, r.change.value_certain) for r in rows):
        notes.append(say("note_uncertain"))
    if levels(profile):
        notes.append(say("note_band"))
    return tuple(notes)
