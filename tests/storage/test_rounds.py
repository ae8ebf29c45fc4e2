"""Rounds are kept whole, read back as they were, and bodies are called as they were called then."""

from __future__ import annotations

import datetime as dt

import pytest

from core.errors import StorageError
from core.register import Body, Named, Succession
from core.rounds import PUBLISHED, Entry, Round
from storage import rounds as kept
from storage.find_body import BodyFinder
from storage.store import open_store
from storage.tables import body_names, facts, scores
from tests.ranking.audits import audit
from tests.ranking.register import body, keep

ROUND = Round("2017", "Xếp hạng năm 2017", dt.date(2017, 12, 31), PUBLISHED)
ENTRY = Entry("2017", "a", "portal", "", None, 24, 0.679, None, None, 63, "Bài báo", "inferred")


def test_a_round_is_read_back_and_replaced_as_a_whole(database: str) -> None:
    with open_store(database) as store:
        keep(store, body("a", "Tỉnh A"), body("b", "Tỉnh B"))
        other = Entry("2017", "b", "overall", rank=1, of=63)
        kept.save(store, ROUND, [ENTRY, other])
        assert kept.load(store, "2017") == ROUND
        assert sorted(kept.entries(store, "2017"), key=lambda e: e.body) == [ENTRY, other]
        assert kept.entries(store, "2017", "overall") == (other,)
        kept.save(store, Round("2017", "Tên khác", ROUND.day, PUBLISHED), [other])
        assert kept.entries(store, "2017") == (other,)
        assert [(r.round.title, r.bodies, r.audits) for r in kept.listed(store)] == [("Tên khác", 1, 0)]


def test_an_entry_of_an_unknown_body_keeps_nothing(database: str) -> None:
    with open_store(database) as store:
        keep(store, body("a", "Tỉnh A"))
        kept.save(store, ROUND, [ENTRY])
        with pytest.raises(StorageError):
            kept.save(store, Round("2017", "Mới", ROUND.day), [Entry("2017", "nobody")])
        assert kept.load(store, "2017") == ROUND
        assert kept.entries(store, "2017") == (ENTRY,)


def test_a_round_that_is_not_there_names_those_that_are(database: str) -> None:
    with open_store(database) as store:
        with pytest.raises(kept.RoundNotFound, match="rounds load"):
            kept.load(store, "2016")
        kept.save(store, ROUND, [])
        with pytest.raises(kept.RoundNotFound, match="one of: 2017"):
            kept.load(store, "2016")


def test_a_body_is_called_as_on_the_day_of_the_round(database: str) -> None:
    with open_store(database) as store:
        keep(store, body("a", "Tỉnh Cũ"))
        with store.transaction(write=True) as connection:
            old = body_names.update().values(valid_to=dt.date(2019, 12, 31))
            connection.execute(old)
            new = {"body_id": "a", "number": 1, "name": "Thành phố Mới", "valid_from": dt.date(2020, 1, 1)}
            connection.execute(body_names.insert().values(**new))
        kept.save(store, ROUND, [ENTRY])
        later = Round("2021", "2021", dt.date(2021, 12, 31))
        kept.save(store, later, [Entry("2021", "a")])
        assert kept.who(store, ROUND)["a"].name == "Tỉnh Cũ"
        assert kept.who(store, later)["a"].name == "Thành phố Mới"
        assert [(r.id, e.rank) for r, e in kept.history(store, ["a"])] == [("2017", 24), ("2021", None)]


def test_audits_and_their_scores_as_a_round_needs_them(database: str) -> None:
    with open_store(database) as store:
        store.save(audit("one", "https://a.gov.vn/", "++--"))
        store.save(audit("two", "https://a.gov.vn/", "++-+", dt.date(2026, 11, 9)))
        assert [(j.id, j.ruleset, j.kind, j.complete) for j in kept.judged(store)] == [
            ("two", "nd43-2011", "province", True),
            ("one", "nd43-2011", "province", True),
        ]
        assert [j.value for j in kept.judged(store, ["one"])] == [0.469]
        assert sorted(kept.verdicts(store, ["one", "two"])["ND43-10.1.dd"]) == [("one", "fail"), ("two", "pass")]


def test_finding_bodies(database: str) -> None:
    with open_store(database) as store:
        ended = Body("old", body("x", "x").kind, (Named("Tỉnh Lào Cai"),), valid_to=dt.date(2025, 6, 30), code="10")
        begun = Body("new", body("x", "x").kind, (Named("Tỉnh Lào Cai"),), valid_from=dt.date(2025, 7, 1))
        step = Succession("old", "new", dt.date(2025, 7, 1), main=True)
        keep(
            store, ended, begun, merged=(step,), urls={"old": "https://laocai.gov.vn", "new": "https://www.lc.gov.vn/"}
        )
        finder = BodyFinder(store)
        for name in ("Lào Cai", "tỉnh LÀO CAI", "UBND tỉnh Lào Cai"):
            assert finder.find(name, dt.date(2018, 1, 1)) == ["old"]
            assert finder.find(name, dt.date(2026, 1, 1)) == ["new"]
        assert sorted(finder.find("Lào Cai")) == ["new", "old"]
        assert finder.find("10") == ["old"]
        assert finder.find("Lào") == []
        assert finder.whose("http://www.laocai.gov.vn/tin", dt.date(2020, 1, 1)) == "old"
        assert finder.whose("https://xa.lc.gov.vn/", dt.date(2026, 1, 1)) is None
        assert kept.all_successions(store) == (step,)


def test_facts_by_the_beginning_of_their_names(database: str) -> None:
    with open_store(database) as store:
        for name in ("one", "two", "none"):
            store.save(audit(name, f"https://{name}.gov.vn/", "++"))
        values = [("one", "updates.portal", '{"pages": 3}'), ("one", "dns.aaaa", "true"), ("two", "updatesX", "1")]
        with store.transaction(write=True) as connection:
            connection.execute(facts.delete())
            rows = [{"audit_id": of, "name": name, "value": value} for of, name, value in values]
            connection.execute(facts.insert(), rows)
        assert kept.facts_of(store, "updates.") == {"one": {"portal": {"pages": 3}}, "two": {}}


def test_duties_with_one_verdict(database: str) -> None:
    with open_store(database) as store:
        store.save(audit("one", "https://a.gov.vn/", "?+?"))
        store.save(audit("two", "https://b.gov.vn/", "???"))
        found = kept.with_verdict(store, ["one"], "unknown")
        assert {name: sorted(rules) for name, rules in found.items()} == {"one": ["ND43-10.1.a.1", "ND43-10.1.c.4"]}


def test_scores_bands_and_catalogues_of_a_round(database: str) -> None:
    with open_store(database) as store:
        keep(store, body("a", "Tỉnh A"), body("b", "Tỉnh B"))
        for name in "ab":
            store.save(audit(f"audit-{name}", f"https://{name}.gov.vn/", "++-"))
        with store.transaction(write=True) as connection:
            connection.execute(scores.delete())
            of_a = {"audit_id": "audit-a", "profile": "points", "value": 94.5, "low": 94.0, "high": 95.0, "band": "Tốt"}
            of_b = of_a | {"audit_id": "audit-b", "value": None, "band": None}
            connection.execute(scores.insert(), [of_a, of_b])
        found = kept.scores_of(store, ["audit-a", "audit-b"])
        assert [(e.profile, e.audit, e.value, e.high) for e in found["audit-a"]] == [("points", "audit-a", 94.5, 95.0)]
        assert found["audit-b"][0].value is None
        assert kept.scores_of(store, ["nothing"]) == {}
        entries = [Entry("r", n, profile="points", audit=f"audit-{n}") for n in "ab"]
        kept.save(store, Round("r", "Đợt", dt.date(2026, 12, 1)), entries)
        assert kept.bands(store, "r") == {("audit-a", "points"): "Tốt"}
        assert kept.rulesets_of(store, "r") == {("nd43-2011", "5c" * 32)}
        assert kept.rulesets_of(store, "nothing") == frozenset()
