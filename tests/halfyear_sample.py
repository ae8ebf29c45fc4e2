"""A province of our own making with its bodies, figures and audits, for the tests of the half-year report."""

from __future__ import annotations

import dataclasses
import datetime as dt

from core.bodies import BodyKind
from core.figures import Figure
from core.finding import Verdict
from core.register import Address, Body, Named
from core.rounds import Entry, Round
from storage import figures as kept
from storage import rounds
from storage.register import Bodies
from storage.store import Store
from tests import samples

NOW = dt.date(2026, 1, 1), dt.date(2026, 6, 30)
LAST = dt.date(2025, 1, 1), dt.date(2025, 6, 30)
Q1 = dt.date(2026, 1, 1), dt.date(2026, 3, 31)
Q2 = dt.date(2026, 4, 1), dt.date(2026, 6, 30)

PROVINCE = "tinh-mau"
BODIES = (
    (PROVINCE, BodyKind.PROVINCE, "Tỉnh Mẫu", None),
    ("so-y-te", BodyKind.DEPARTMENT, "Sở Y tế", PROVINCE),
    ("so-gddt", BodyKind.DEPARTMENT, "Sở Giáo dục và Đào tạo", PROVINCE),
    ("so-ngoai-vu", BodyKind.DEPARTMENT, "Sở Ngoại vụ", PROVINCE),
    ("dang", BodyKind.PARTY, "Ban Tổ chức Tỉnh ủy", PROVINCE),
    ("xa-la", BodyKind.COMMUNE, "Xã Lá Xanh", PROVINCE),
)
#: A commune that is new since last year.
BEGAN = {"xa-la": dt.date(2025, 7, 1)}
#: body: received, answered, late, by the right person, waiting; last year's received.
QUESTIONS = {"so-y-te": (40, 36, 12, 30, 4, 31), "so-gddt": (54, 54, 0, 54, 0, 50), "so-ngoai-vu": (0, 0, 0, 0, 0, 2)}
#: body: received, on time, late, pending, carried over, online, at the desk; last year's received.
DOSSIERS = {
    "so-y-te": (1000, 610, 300, 90, 50, 400, 550, 900),
    "so-gddt": (2345, 2300, 5, 40, 45, 1300, 1000, 2500),
    "so-ngoai-vu": (0, 0, 0, 0, 0, 0, 0, 0),
}
NEWS = {PROVINCE: (1987, 2508), "so-y-te": (512, 400), "so-gddt": (640, 640), "dang": (0, 12), "xa-la": (75, None)}
_Q_NAMES = ("questions_received", "questions_answered", "questions_late", "answers_right_person", "questions_waiting")
_D_NAMES = ("dossiers_received", "dossiers_on_time", "dossiers_late", "dossiers_pending", "dossiers_carried_over",
            "dossiers_online", "dossiers_at_desk")  # fmt: skip


def fill(store: Store) -> None:
    """Puts the province into an empty database."""
    bodies = [
        Body(id, kind, (Named(name),), (Address(f"https://{id}.example.gov.vn/"),), parent, valid_from=BEGAN.get(id))
        for id, kind, name, parent in BODIES
    ]
    Bodies(store).save(bodies)
    kept.save(store, figures(), ())
    store.save(audit("2026", PROVINCE, dt.date(2026, 6, 20)), body_id=PROVINCE)
    store.save(audit("2025", PROVINCE, dt.date(2025, 6, 20), better=False), body_id=PROVINCE)
    store.save(audit("so", "so-y-te", dt.date(2026, 6, 21)), body_id="so-y-te")
    store.save(audit("so-2", "so-gddt", dt.date(2026, 7, 9)), body_id="so-gddt")
    round_ = Round("2026", "Đánh giá cổng các tỉnh năm 2026", dt.date(2026, 6, 25))
    rounds.save(store, round_, [Entry("2026", PROVINCE, rank=7, of=34, audit="2026")])


def figures() -> list[Figure]:
    found = []
    for body, (*values, before) in QUESTIONS.items():
        found += [Figure(body, name, *NOW, value) for name, value in zip(_Q_NAMES, values, strict=True)]
        found.append(Figure(body, "questions_received", *LAST, before))
    for body, (*values, before) in DOSSIERS.items():
        found += [Figure(body, name, *NOW, value) for name, value in zip(_D_NAMES, values, strict=True)]
        found.append(Figure(body, "dossiers_received", *LAST, before))
    for body, (now, before) in NEWS.items():
        if body == "so-y-te":  # by quarters
            found += [Figure(body, "news_items", *Q1, now - 12), Figure(body, "news_items", *Q2, 12)]
        else:
            found.append(Figure(body, "news_items", *NOW, now))
        if before is not None:
            found.append(Figure(body, "news_items", *LAST, before))
    found += [Figure(PROVINCE, "visits", *NOW, 2_600_000), Figure(PROVINCE, "visits", *LAST, 2_354_000)]
    return [*found, Figure(PROVINCE, "visits_total", *NOW, 50_769_872)]


def audit(id: str, body: str, day: dt.date, *, better: bool = True):
    base = samples.province()
    findings = base.findings if better else tuple(f for f in base.findings if f.verdict is not Verdict.PASS)
    moment = dt.datetime.combine(day, dt.time(3), dt.UTC)
    kind = next(k for i, k, _, _ in BODIES if i == body)
    portal = dataclasses.replace(base.portal, url=f"https://{body}.example.gov.vn/", kind=kind)
    score = base.score if better else dataclasses.replace(base.score, value=0.6)
    return dataclasses.replace(
        base, id=id, portal=portal, today=day, started_at=moment, finished_at=moment, findings=findings, score=score
    )
