"""The register in the database: kept whole, found by what people write, and nobody's portal mistaken."""

import dataclasses
import datetime as dt

import pytest
import sqlalchemy as sa

from core.bodies import BodyKind
from core.errors import StorageError
from core.register import Address, Body, Named, Succession
from storage.register import Bodies
from storage.store import open_store
from storage.tables import audits
from tests import samples

DAY = dt.date
MERGED = DAY(2025, 7, 1)
LAST = DAY(2025, 6, 30)


def named(name, title, kind=BodyKind.PROVINCE, url="", parent=None, **more):
    return Body(name, kind, (Named(title),), (Address(url),) if url else (), parent, **more)


LAO_CAI = named("lao-cai", "Tỉnh Lào Cai", url="https://laocai.gov.vn", code="10", valid_to=LAST)
YEN_BAI = named("yen-bai", "Tỉnh Yên Bái", url="https://yenbai.gov.vn", code="15", valid_to=LAST)
NEW = named("lao-cai-2025", "Tỉnh Lào Cai", url="https://laocai.gov.vn", code="15", valid_from=MERGED, seat="Yên Bái")
CITY = named(
    "ho-chi-minh", "Thành phố Hồ Chí Minh", url="https://hochiminhcity.gov.vn", code="79", aliases=("Sài Gòn",)
)
HUE = Body(
    "hue",
    BodyKind.PROVINCE,
    (Named("Tỉnh Thừa Thiên Huế", None, DAY(2024, 12, 31)), Named("Thành phố Huế", DAY(2025, 1, 1))),
    (
        Address("https://thuathienhue.gov.vn", None, DAY(2024, 12, 31)),
        Address("https://hue.gov.vn", DAY(2025, 1, 1)),
    ),
)
# A child before its parent, on purpose.
OFFICE = named("so-noi-vu", "Sở Nội vụ", BodyKind.DEPARTMENT, "https://sonoivu.laocai.gov.vn", "lao-cai-2025")
CORNER = named("so-y-te", "Sở Y tế", BodyKind.DEPARTMENT, "https://laocai.gov.vn/so-y-te", "lao-cai-2025")
CITY_OFFICE = named("so-noi-vu-hcm", "Sở Nội vụ", BodyKind.DEPARTMENT, "", "ho-chi-minh")
LOCAL = named("thu", "Cổng thử", BodyKind.OTHER, "http://127.0.0.1:8080/")
ALL = [OFFICE, CORNER, CITY_OFFICE, LAO_CAI, YEN_BAI, NEW, CITY, HUE, LOCAL]
STEPS = [Succession("lao-cai", "lao-cai-2025", MERGED, True), Succession("yen-bai", "lao-cai-2025", MERGED)]


@pytest.fixture
def store(database):
    with open_store(database) as opened:
        yield opened


@pytest.fixture
def kept(store):
    bodies = Bodies(store)
    bodies.save(ALL, STEPS)
    return bodies


def ids(bodies):
    return [body.id for body in bodies]


def test_what_is_saved_is_read_back(kept):
    register = kept.register()
    assert dict(register.bodies) == {body.id: body for body in ALL}
    assert sorted(register.successions, key=lambda s: s.old) == STEPS
    assert kept.body("hue") == HUE and kept.body("nobody") is None
    assert not kept.empty()


def test_saving_again_changes_nothing(kept):
    again = kept.save(ALL, STEPS)
    assert (again.added, again.changed, again.unchanged) == ((), (), len(ALL))


def test_a_changed_body_takes_the_new_values_and_the_others_stay(kept):
    moved = dataclasses.replace(
        OFFICE, names=(Named("Sở Nội vụ và Lao động"),), parent="ho-chi-minh", aliases=("SNV",), addresses=()
    )
    done = kept.save([moved, CITY, named("moi", "Mới", BodyKind.OTHER)])
    assert (done.added, done.changed, done.unchanged) == (("moi",), ("so-noi-vu",), 1)
    assert kept.body("so-noi-vu") == moved
    assert kept.body("lao-cai-2025") == NEW and len(kept.register().successions) == 2
    assert ids(kept.find("SNV")) == ["so-noi-vu"] and not kept.find("sonoivu.laocai.gov.vn")


def test_a_merger_is_saved_with_the_body_that_went(kept):
    kept.save([YEN_BAI])
    assert [step.old for step in kept.register().successions] == ["lao-cai"]
    assert kept.save([YEN_BAI], STEPS[1:]).changed == ("yen-bai",)
    assert len(kept.register().successions) == 2


def test_an_empty_register(store):
    bodies = Bodies(store)
    assert bodies.empty() and not bodies.register().bodies
    assert not bodies.find("Lào Cai") and bodies.whose("https://laocai.gov.vn", MERGED) is None


def test_nothing_is_half_saved(store):
    bodies = Bodies(store)
    with pytest.raises(StorageError):
        bodies.save([CITY, dataclasses.replace(OFFICE, parent="nobody")])
    assert bodies.empty()


@pytest.mark.parametrize(
    ("text", "day", "found"),
    [
        ("lao-cai-2025", None, ["lao-cai-2025"]),
        ("Lào Cai", DAY(2020, 1, 1), ["lao-cai"]),
        ("UBND tỉnh Lào Cai", DAY(2026, 1, 1), ["lao-cai-2025"]),
        ("lào cai", None, ["lao-cai-2025", "lao-cai"]),
        ("15", DAY(2020, 1, 1), ["yen-bai"]),
        ("15", DAY(2026, 1, 1), ["lao-cai-2025"]),
        ("TP.HCM", None, ["ho-chi-minh"]),
        ("TP. Hồ Chí Minh", None, ["ho-chi-minh"]),
        ("sài gòn", None, ["ho-chi-minh"]),
        ("Thừa Thiên - Huế", DAY(2026, 1, 1), ["hue"]),
        ("Thành phố Huế", DAY(2026, 1, 1), ["hue"]),
        ("Tỉnh Hồ Chí Minh", None, []),
        ("https://www.hue.gov.vn/tin", None, ["hue"]),
        ("https://laocai.gov.vn/so-y-te/tin", DAY(2026, 1, 1), ["so-y-te"]),
        ("https://laocai.gov.vn/tin", DAY(2026, 1, 1), ["lao-cai-2025"]),
        ("thuathienhue.gov.vn", DAY(2026, 1, 1), ["hue"]),
        ("http://127.0.0.1:8080/", None, ["thu"]),
        ("http://127.0.0.1:8081/", None, []),
        ("Sở Nội vụ", None, ["so-noi-vu", "so-noi-vu-hcm"]),
        ("Sở Nội vụ tỉnh Lào Cai", None, ["so-noi-vu"]),
        ("Sở Nội vụ TP.HCM", None, ["so-noi-vu-hcm"]),
        ("Sở Nội vụ tỉnh Yên Bái", None, []),
        ("Yên Bái", DAY(2026, 1, 1), []),
        ("", None, []),
        ("%", None, []),
        ("http://[x", None, []),
        ("http://x:99999999/", None, []),
    ],
)
def test_found_by_what_people_write(kept, text, day, found):
    assert ids(kept.find(text, day)) == found


def test_found_under_a_parent(kept):
    assert ids(kept.find("Sở Nội vụ", parent="ho-chi-minh")) == ["so-noi-vu-hcm"]


@pytest.mark.parametrize(
    ("url", "day", "owner"),
    [
        ("https://laocai.gov.vn", MERGED, "lao-cai-2025"),
        ("http://www.laocai.gov.vn/tin-tuc?x=1", LAST, "lao-cai"),
        ("https://laocai.gov.vn/so-y-te/gioi-thieu", MERGED, "so-y-te"),
        ("https://laocai.gov.vn/so-y-te-khac", MERGED, "lao-cai-2025"),
        ("https://sonoivu.laocai.gov.vn", MERGED, "so-noi-vu"),
        ("https://sokhac.laocai.gov.vn", MERGED, None),
        ("https://yenbai.gov.vn", LAST, "yen-bai"),
        ("https://yenbai.gov.vn", MERGED, None),
        ("https://thuathienhue.gov.vn", DAY(2026, 1, 1), None),
        ("https://hue.gov.vn", DAY(2026, 1, 1), "hue"),
        ("http://127.0.0.1:8080/x", MERGED, "thu"),
        ("http://127.0.0.1:9090/x", MERGED, None),
        ("not an address", MERGED, None),
        ("http://[x", MERGED, None),
    ],
)
def test_whose_portal_it_was(kept, url, day, owner):
    found = kept.whose(url, day)
    assert (found.id if found else None) == owner


def test_under_whose_domain_an_address_stands(kept):
    assert kept.above("https://sokhac.laocai.gov.vn", MERGED).id == "lao-cai-2025"
    assert kept.above("https://a.sonoivu.laocai.gov.vn", MERGED).id == "so-noi-vu"
    assert kept.above("https://example.vn", MERGED) is None and kept.above("x", MERGED) is None


def test_children_and_kinds(kept):
    assert ids(kept.children("lao-cai-2025")) == ["so-noi-vu", "so-y-te"]
    assert ids(kept.of_kind(BodyKind.PROVINCE)) == ["ho-chi-minh", "hue", "lao-cai", "lao-cai-2025", "yen-bai"]
    assert ids(kept.of_kind(BodyKind.PROVINCE, MERGED)) == ["ho-chi-minh", "hue", "lao-cai-2025"]
    assert ids(kept.of_kind(BodyKind.PROVINCE, LAST)) == ["ho-chi-minh", "hue", "lao-cai", "yen-bai"]


def test_hundreds_of_components_take_as_many_queries_as_one(store):
    bodies = Bodies(store)
    many = [
        named(f"dv-{i}", f"Đơn vị {i}", BodyKind.DEPARTMENT, f"https://dv{i}.laocai.gov.vn", "lao-cai-2025")
        for i in range(700)
    ]
    bodies.save([NEW, *many[:1]])
    asked = []
    sa.event.listen(store._engine, "before_cursor_execute", lambda *what: asked.append(what[2]))

    def queries(ask):
        asked.clear()
        ask()
        return len(asked)

    def ask_all():
        return [
            queries(lambda: bodies.children("lao-cai-2025")),
            queries(lambda: bodies.find("Đơn vị 0 tỉnh Lào Cai")),
            queries(lambda: bodies.whose("https://dv0.laocai.gov.vn", MERGED)),
            queries(bodies.register),
        ]

    few = ask_all()
    bodies.save(many)
    assert ask_all() == few
    assert len(bodies.children("lao-cai-2025")) == 700


def test_audits_get_the_body_whose_portal_they_were(store):
    sample = samples.province()
    days = {
        "a": (LAST, "https://laocai.gov.vn/"),
        "b": (MERGED, "https://www.laocai.gov.vn"),
        "c": (MERGED, "https://x.vn"),
    }
    for name, (day, url) in days.items():
        portal = dataclasses.replace(sample.portal, url=url)
        store.save(dataclasses.replace(sample, id=name, today=day, portal=portal))
    bodies = Bodies(store)

    def linked():
        with store.transaction() as connection:
            return dict(connection.execute(sa.select(audits.c.id, audits.c.body_id)).all())

    assert bodies.link_audits() == 0
    bodies.save([named("lao-cai", "Tỉnh Lào Cai", url="https://laocai.gov.vn")])
    assert bodies.link_audits() == 2 and linked() == {"a": "lao-cai", "b": "lao-cai", "c": None}
    assert bodies.link_audits() == 0
    bodies.save([LAO_CAI, YEN_BAI, NEW], STEPS)
    assert bodies.link_audits() == 1 and linked() == {"a": "lao-cai", "b": "lao-cai-2025", "c": None}


def test_rows_of_before_get_their_keys(database):
    """The step of the register fills what names and addresses are found by."""
    from alembic import command
    from alembic.config import Config

    from storage import schema

    config = Config()
    config.set_main_option("script_location", str(schema._MIGRATIONS))
    engine = schema.make_engine(database)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.exec_driver_sql("INSERT INTO bodies (id, kind, code) VALUES ('x', 'province', '')")
        connection.exec_driver_sql("INSERT INTO body_names (body_id, number, name) VALUES ('x', 0, 'Tỉnh Mẫu')")
        connection.exec_driver_sql(
            "INSERT INTO portals (body_id, number, url) VALUES ('x', 0, 'https://www.mau.gov.vn')"
        )
    engine.dispose()
    with open_store(database) as opened:
        bodies = Bodies(opened)
        assert ids(bodies.find("mẫu")) == ids(bodies.find("mau.gov.vn")) == ["x"]
