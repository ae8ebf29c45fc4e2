"""Catalogues compared, and what the difference does to audits: reckoned here, and the same when really judged."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from functools import cache
from pathlib import Path

import pytest

from app.cases import Case, evidence_of
from app.judge import judge
from app.rule_effect import effect_data, effect_lines, effects, kept_under
from app.rule_words import difference_data, difference_lines
from checks.catalogue import load
from checks.catalogue_diff import carry, compare, judged_alike
from core.audit import Audit
from core.bodies import BodyKind
from core.finding import Finding, Verdict
from core.rule import Catalogue
from storage.store import open_store
from tests.samples import province

PAGES = {
    "/": '<header><h1>UBND xã Sơn Linh</h1></header><nav><ul><li><a href="/gt">Giới thiệu</a></li>'
    '<li><a href="/tin">Tin tức</a></li><li><a href="/lh">Liên hệ</a></li></ul></nav><p>Chào mừng</p>'
    "<footer>Địa chỉ: xã Sơn Linh. Điện thoại: 0214 3840 888. Email: ubnd@hatinh.gov.vn</footer>",
    "/gt": "<h1>Giới thiệu</h1><p>Xã có diện tích tự nhiên 12 km2, phía Bắc giáp xã Sơn Trung, dân số 4.000 người. "
    "Tổ chức bộ máy gồm HĐND, UBND. Lịch sử, truyền thống văn hóa lâu đời; nhiều di tích, danh thắng.</p>",
    "/tin": '<h1>Tin tức</h1><ul><li><a href="/t1">Ra quân trồng cây</a> 19/11/2026</li>'
    '<li><a href="/t2">Họp dân bàn đường</a> 18/11/2026</li></ul>',
    "/lh": "<h1>Liên hệ</h1><p>Địa chỉ: xã Sơn Linh. Điện thoại: 0214 3840 888. Fax: 0214 3840 889. "
    "Email: ubnd@hatinh.gov.vn</p>",
}


@cache
def catalogue(name: str) -> Catalogue:
    return load(name)


@cache
def audited(name: str, kind: str = "commune", today: str = "2026-11-20") -> Audit:
    data = {"expect": "pass", "pages": PAGES, "kind": kind, "today": dt.date.fromisoformat(today)}
    evidence = evidence_of(Case("X-1", "case", "x.yaml", data), catalogue(name))
    now = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)
    return judge(evidence, catalogue(name), province().crawl, tool="t", started_at=now, finished_at=now, vantage={})


def by_rule(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    return {f.rule: f for f in findings}


@pytest.mark.parametrize("kind", ["commune", "province", "department"])
@pytest.mark.parametrize(
    ("before", "after"),
    [("nd43-2011", "nd42-2022"), ("nd43-2011", "nd224-2026"), ("nd42-2022", "nd224-2026"), ("nd224-2026", "nd43-2011")],
)
def test_what_is_carried_over_is_what_judging_again_says(before: str, after: str, kind: str) -> None:
    """But for duties that it names itself, the reckoning and the real judgement agree to the last point."""
    carried = carry(audited(before, kind), catalogue(before), catalogue(after))
    really = by_rule(audited(after, kind).findings)
    assert [f.rule for f in carried.findings if f.rule in really]
    assert {f.rule for f in carried.findings} == set(really)
    for finding in carried.findings:
        if finding.rule in carried.to_judge:
            continue
        real = really[finding.rule]
        for name in ("verdict", "ratio", "points", "max_points", "basis", "citations", "note", "group", "title"):
            assert getattr(finding, name) == getattr(real, name), (finding.rule, name)


def test_only_duties_whose_check_changed_must_be_judged_again() -> None:
    carried = carry(audited("nd43-2011"), catalogue("nd43-2011"), catalogue("nd224-2026"))
    assert set(carried.to_judge) == {
        "ND43-10.1.e.4", "ND43-18.2", "ND43-6.1", "DC10-13.1", "TT22-EMC", "TT22-HF", "ND224-10.3.b", "ND224-11.1",
    }  # fmt: skip
    assert carried.gone == ("ND43-14",)
    unknown = by_rule(carried.findings)["ND43-18.2"]
    assert (unknown.verdict, unknown.cause, unknown.points) == (Verdict.UNKNOWN, "rejudge", None)


def test_carried_over_to_itself_nothing_changes() -> None:
    audit = audited("nd224-2026")
    carried = carry(audit, catalogue("nd224-2026"), catalogue("nd224-2026"))
    assert (carried.to_judge, carried.gone) == ((), ())
    (effect,) = effects([audit], catalogue("nd224-2026"), catalogue("nd224-2026"))
    assert effect.score == audit.score and effect.exact


def changed(**fields: object) -> Catalogue:
    base = catalogue("nd224-2026")
    rules = tuple(dataclasses.replace(r, **fields) if r.id == "ND43-10.1.b" else r for r in base.rules)  # type: ignore[arg-type]
    return dataclasses.replace(base, id="thu", rules=rules, sha256="1" * 64)


def test_another_weight_is_reckoned_without_judging() -> None:
    after = changed(weight={BodyKind.PROVINCE: 0.0})
    (effect,) = effects([audited("nd224-2026")], catalogue("nd224-2026"), after)
    assert effect.to_judge == ()
    before = audited("nd224-2026").score
    assert effect.score.max_points == before.max_points - 12
    lines = list(effect_lines([effect], catalogue("nd224-2026"), "vi"))
    assert any("ND43-10.1.b: 12 → 0 điểm" in line for line in lines)


def test_the_laws_words_are_printed_and_not_judged_by() -> None:
    base = catalogue("nd224-2026").rule("ND43-10.1.d.1")
    assert base is not None
    words = {**base.params["fresh"], "law": {"vi": "khác", "en": "other"}}
    assert judged_alike(base, dataclasses.replace(base, params={**base.params, "fresh": words}))
    later = {**base.params["fresh"], "full_days": 99}
    assert not judged_alike(base, dataclasses.replace(base, params={**base.params, "fresh": later}))


def test_judging_again_is_used_where_it_is_offered() -> None:
    asked: list[str] = []

    def rejudge(audit: Audit, after: Catalogue) -> Audit | None:
        asked.append(after.id)
        return audited(after.id)

    (effect,) = effects([audited("nd43-2011")], catalogue("nd43-2011"), catalogue("nd224-2026"), rejudge)
    assert asked == ["nd224-2026"]
    assert effect.to_judge == () and effect.score == audited("nd224-2026").score
    (without,) = effects([audited("nd43-2011")], catalogue("nd43-2011"), catalogue("nd224-2026"), lambda *_: None)
    assert "ND43-18.2" in without.to_judge
    assert effect.judged and not without.judged
    vi = list(effect_lines([effect], catalogue("nd43-2011"), "vi"))
    assert vi[-1] == "1 lần được kết luận lại từ chứng cứ đã lưu." and "không phải kết luận lại" not in "".join(vi)
    assert "1 lần không có chứng cứ đã lưu" in list(effect_lines([without], catalogue("nd43-2011"), "vi"))[-1]


def test_kept_audits_of_the_first_catalogue_are_told(tmp_path: Path) -> None:
    before, after = catalogue("nd43-2011"), catalogue("nd224-2026")
    with open_store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        assert list(effect_lines(effects(kept_under(store, before), before, after), before, "vi")) == [
            "Không có lần kiểm tra nào đã lưu theo nd43-2011."
        ]
        first = audited("nd43-2011")
        other = dataclasses.replace(first, id="khac", ruleset=dataclasses.replace(first.ruleset, sha256="2" * 64))
        store.save(first)
        store.save(other)
        store.save(dataclasses.replace(audited("nd224-2026"), id="moi"))
        found = list(effects(kept_under(store, before), before, after))
    assert {e.audit.id: e.exact for e in found} == {first.id: True, "khac": False}
    lines = list(effect_lines(found, before, "vi"))
    assert "2 lần kiểm tra" in lines[0]
    assert any("cần kết luận lại" in line and "ND43-18.2" in line for line in lines)
    assert any("một bản khác của nd43-2011" in line for line in lines)
    json.dumps([effect_data(e) for e in found])


def test_a_difference_in_words() -> None:
    after = changed(
        weight={BodyKind.PROVINCE: 10.0, BodyKind.MINISTRY: 12.0},
        basis="law",
        applies_to=frozenset({BodyKind.PROVINCE}),
    )
    text = "\n".join(difference_lines(compare(catalogue("nd224-2026"), after), "vi"))
    assert "So sánh nd224-2026 → thu" in text
    assert "điểm (tỉnh): 12 → 10" in text and "điểm (Bộ)" not in text
    assert "cơ sở: phần mềm → luật" in text
    assert "áp dụng cho: bỏ Bộ, cơ quan thuộc Chính phủ" in text
    assert "thay đổi 1, giữ nguyên 74" in text


def test_the_same_catalogue_has_no_difference() -> None:
    found = compare(catalogue("nd224-2026"), catalogue("nd224-2026"))
    assert not (found.added or found.dropped or found.changed)
    assert "giống hệt nhau" in "\n".join(difference_lines(found, "vi"))


def test_from_the_first_law_to_the_last() -> None:
    found = compare(catalogue("nd43-2011"), catalogue("nd224-2026"))
    assert [r.id for r in found.added] == ["DC10-13.1", "TT22-EMC", "TT22-HF", "ND224-10.3.b", "ND224-11.1"]
    assert not found.dropped
    renamed = {c.before.id: c.after.id for c in found.changed if c.renamed}
    assert renamed == {"ND64-16": "ND224-13", "TCTT-19.1.g": "ND13-11", "ND09-3.4": "ND244-3.3"}
    for lang in ("vi", "en"):
        text = "\n".join(difference_lines(found, lang))
        assert "{" not in text.replace("{province}", "")
    back = compare(catalogue("nd224-2026"), catalogue("nd43-2011"))
    assert [r.id for r in back.dropped] == [r.id for r in found.added]
    json.dumps(difference_data(found))
