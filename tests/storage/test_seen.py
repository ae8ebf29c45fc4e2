"""Since when a verdict has stood: the days of the audits in a row that gave it."""

import dataclasses
import datetime as dt
import random

import pytest
import sqlalchemy as sa

from core.audit import RulesetInfo
from core.bodies import BodyKind
from core.finding import Text, Verdict
from core.portal import Portal
from storage.seen import since
from storage.store import open_store
from storage.tables import bodies, findings
from tests import samples

P, F, U = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
DAY = dt.date(2026, 1, 1)


def audit(day, verdict, *, url="https://a.gov.vn/", rules="nd43-2011", rule="R", name=None):
    """An audit of one duty, ``day`` days after the first of January."""
    today = DAY + dt.timedelta(days=day)
    return samples.province(
        id=name or f"{rules}-{url}-{day}",
        today=today,
        started_at=dt.datetime.combine(today, dt.time(2), dt.UTC),
        portal=Portal(url, BodyKind.PROVINCE, "A"),
        ruleset=RulesetInfo(rules, Text("x", "x"), None, None, rules.ljust(64, "0")),
        findings=(samples.finding(rule, verdict, "Mục", "", 3, cause="timeout" if verdict == U else None),),
    )


def days(store):
    """For each audit, in the order of ids, first and last day as numbers."""
    query = sa.select(findings.c.audit_id, findings.c.first_seen, findings.c.last_seen).order_by(findings.c.audit_id)
    with store.transaction() as connection:
        return {row[0]: ((row[1] - DAY).days, (row[2] - DAY).days) for row in connection.execute(query)}


def runs(series):
    """The same by the letter: (day, verdict) in order of days."""
    found = {}
    for place, (day, verdict) in enumerate(series):
        first = last = place
        while first and series[first - 1][1] == verdict:
            first -= 1
        while last + 1 < len(series) and series[last + 1][1] == verdict:
            last += 1
        found[f"{day:03}"] = (series[first][0], series[last][0])
    return found


def test_a_folder_of_static_files_is_not_the_portal_at_its_future_address(database):
    with open_store(database) as store:
        store.save(audit(0, F, name="0"))
        folder = dataclasses.replace(audit(1, P, name="1"), facts={"portal.static_folder": True})
        store.save(folder)
        store.save(audit(2, F, name="2"))
        assert days(store) == {"0": (0, 2), "1": (1, 1), "2": (0, 2)}
        with store.transaction() as connection:
            assert since(connection, audit(3, F), None) == {"R": DAY}
            assert since(connection, dataclasses.replace(folder, id="new", today=DAY + dt.timedelta(days=4)), None) == {
                "R": DAY + dt.timedelta(days=1)
            }


def test_a_verdict_keeps_its_first_day_until_it_changes(database):
    with open_store(database) as store:
        for day, verdict in enumerate((P, P, F, F, F, P)):
            store.save(audit(day, verdict, name=str(day)))
        assert days(store) == {"0": (0, 1), "1": (0, 1), "2": (2, 4), "3": (2, 4), "4": (2, 4), "5": (5, 5)}


def test_what_could_not_be_judged_breaks_the_row(database):
    with open_store(database) as store:
        for day, verdict in enumerate((P, U, P)):
            store.save(audit(day, verdict, name=str(day)))
        assert days(store) == {"0": (0, 0), "1": (1, 1), "2": (2, 2)}


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_saving_does_not_matter(database, seed):
    chance = random.Random(seed)
    series = [(day, chance.choice((P, P, F))) for day in sorted(chance.sample(range(100), 12))]
    shuffled = chance.sample(series, len(series))
    with open_store(database) as store:
        for day, verdict in shuffled:
            store.save(audit(day, verdict, name=f"{day:03}"))
        assert days(store) == runs(series)


def test_portals_and_catalogues_are_kept_apart(database):
    with open_store(database) as store:
        store.save(audit(0, P, name="a"))
        store.save(audit(1, P, url="https://b.gov.vn/", name="b"))
        store.save(audit(2, P, rules="nd224-2026", name="c"))
        store.save(audit(3, P, url="http://a.gov.vn", name="d"))  # the same address
        assert days(store) == {"a": (0, 3), "b": (1, 1), "c": (2, 2), "d": (0, 3)}


def test_a_body_stays_the_same_at_another_address(database):
    with open_store(database) as store:
        with store.transaction(write=True) as connection:
            connection.execute(bodies.insert().values(id="lao-cai", kind="province", code=""))
        store.save(audit(0, P, url="https://old.gov.vn/", name="a"))  # before the register was there
        store.save(audit(1, P, url="https://old.gov.vn/", name="b"), body_id="lao-cai")
        store.save(audit(2, P, url="https://new.gov.vn/", name="c"), body_id="lao-cai")
        assert days(store) == {"a": (0, 1), "b": (0, 2), "c": (0, 2)}


def test_two_audits_of_one_day(database):
    with open_store(database) as store:
        for number, verdict in enumerate((P, F, P)):
            one = audit(0, verdict, name=str(number))
            store.save(dataclasses.replace(one, started_at=one.started_at + dt.timedelta(hours=number)))
        store.save(audit(1, P, name="3"))
        assert days(store) == {"0": (0, 0), "1": (0, 0), "2": (0, 1), "3": (0, 1)}


def test_a_row_whose_beginning_was_removed_keeps_its_first_day(database):
    from storage.tables import audits

    with open_store(database) as store:
        for day in range(3):
            store.save(audit(day, P, name=str(day)))
        with store.transaction(write=True) as connection:
            connection.execute(audits.delete().where(audits.c.id.in_(["0", "1"])))
        store.save(audit(3, P, name="3"))
        assert days(store) == {"2": (0, 3), "3": (0, 3)}
        store.save(audit(4, F, name="4"))
        store.save(audit(5, P, name="5"))
        assert days(store)["5"] == (5, 5)


def test_since_when_for_a_report_before_and_after_the_audit_is_kept(database):
    with open_store(database) as store:
        store.save(audit(1, F))
        store.save(audit(5, F))
        for now, day in ((audit(9, F), 1), (audit(9, P), None), (audit(9, F, rules="other"), None)):
            for kept in (False, True):
                if kept:
                    store.save(now)
                with store.transaction() as connection:
                    found = since(connection, now, None)
                assert found == ({} if day is None else {"R": DAY + dt.timedelta(days=day)})
            with store.transaction(write=True) as connection:
                connection.execute(sa.text("DELETE FROM audits WHERE id = :id"), {"id": now.id})
        # An audit of before does not know what came after it; the first of a row has no day before its own.
        with store.transaction() as connection:
            assert since(connection, audit(1, F), None) == {}
