"""Baselines and --fail-on: only new scored failures break; nothing that was not seen is called mended."""

import dataclasses
import json
from pathlib import Path

import pytest

from app.baseline import Baseline, compare, doubts, read_baseline, renamed, scored_fails, written
from app.catalogues import open_catalogue
from app.status import exit_status, reasons
from core import audit_json
from core.audit import Against, Audit
from core.errors import UsageError
from core.finding import Verdict
from tests import samples


@pytest.fixture
def audit() -> Audit:
    return samples.province()


def with_verdict(audit: Audit, rule: str, verdict: Verdict) -> Audit:
    ratio = {Verdict.FAIL: 0.0, Verdict.PARTIAL: 0.5, Verdict.PASS: 1.0}.get(verdict)
    findings = tuple(
        dataclasses.replace(f, verdict=verdict, ratio=ratio) if f.rule == rule else f for f in audit.findings
    )
    return dataclasses.replace(audit, findings=findings)


def test_only_scored_failures_are_new(audit: Audit) -> None:
    fails = scored_fails(audit)
    advice = [f.rule for f in audit.findings if f.verdict is Verdict.FAIL and not f.max_points]
    partly = [f.rule for f in audit.findings if f.verdict is Verdict.PARTIAL]
    assert fails and advice and partly
    assert compare(audit, frozenset()) == Against(new=fails)
    assert exit_status(audit, baseline=frozenset(fails)) == 0
    assert exit_status(audit, baseline=frozenset(fails[1:])) == 1


@pytest.mark.parametrize(
    ("verdict", "field"),
    [
        (Verdict.PASS, "vanished"),
        (Verdict.PARTIAL, "vanished"),
        (Verdict.UNKNOWN, "unseen"),
        (Verdict.FAIL, "known"),
    ],
)
def test_what_became_of_a_known_failure(audit: Audit, verdict: Verdict, field: str) -> None:
    fails = scored_fails(audit)
    later = compare(with_verdict(audit, fails[0], verdict), frozenset(fails))
    assert fails[0] in getattr(later, field)
    assert sum(fails[0] in getattr(later, name) for name in ("new", "known", "vanished", "unseen")) == 1


def test_what_no_longer_applies_is_not_mended(audit: Audit) -> None:
    gone, fails = scored_fails(audit)[0], frozenset(scored_fails(audit))
    other = with_verdict(audit, gone, Verdict.NOT_APPLICABLE)
    later = compare(other, fails)
    assert not any(gone in getattr(later, name) for name in ("new", "known", "vanished", "unseen"))
    assert gone in json.loads(written(other, fails))["fails"]


def test_a_baseline_of_something_else_is_doubted(audit: Audit, tmp_path: Path) -> None:
    catalogue = open_catalogue(None)
    for name, data in (("b.json", written(audit)), ("report.json", audit_json.dumps(audit))):
        (tmp_path / name).write_bytes(data)
        known = read_baseline(tmp_path / name)
        kind, ruleset = audit.portal.kind.value, audit.ruleset.id
        assert (known.url, known.kind, known.ruleset) == (audit.portal.url, kind, ruleset)
        assert not [d for d in doubts(known, audit, catalogue) if "what is not in the catalogue" not in d.en]
        other = dataclasses.replace(known, kind="department", ruleset="nd-1", url="https://khac.example.gov.vn/")
        kind_told, ruleset_told, url_told = doubts(other, audit, catalogue)[:3]
        assert "department" in kind_told.vi and kind in kind_told.en
        assert "nd-1" in ruleset_told.vi and ruleset in ruleset_told.en
        assert "https://khac.example.gov.vn" in url_told.vi and audit.portal.host in url_told.en


def test_rules_of_a_baseline_are_known_by_former_names_and_named_when_unknown(audit: Audit) -> None:
    catalogue = open_catalogue(None)
    rule = dataclasses.replace(catalogue.rules[0], aliases=("CU-1",))
    changed = dataclasses.replace(catalogue, rules=(rule, *catalogue.rules[1:]))
    known = renamed(Baseline(frozenset({"CU-1", "KHONG-CO"})), changed)
    assert known.fails == {rule.id, "KHONG-CO"}
    (said,) = doubts(known, audit, changed)
    assert "KHONG-CO" in said.vi and rule.id not in said.vi and "(1): KHONG-CO" in said.en


def test_what_was_left_out_or_is_of_another_catalogue_is_not_told_of(audit: Audit) -> None:
    gone = scored_fails(audit)[0]
    shorter = dataclasses.replace(audit, findings=tuple(f for f in audit.findings if f.rule != gone), skipped=(gone,))
    later = compare(shorter, frozenset({gone, "OTHER-1"}))
    assert not {gone, "OTHER-1"} & {*later.new, *later.known, *later.vanished, *later.unseen}


def test_a_written_baseline_reads_back_and_keeps_what_was_not_seen(audit: Audit, tmp_path: Path) -> None:
    fails = scored_fails(audit)
    path = tmp_path / "mốc.json"
    path.write_bytes(written(audit))
    assert read_baseline(path).fails == frozenset(fails)
    unseen = with_verdict(audit, fails[0], Verdict.UNKNOWN)
    path.write_bytes(written(dataclasses.replace(unseen, skipped=("ND43-77",)), frozenset({*fails, "ND43-77", "X"})))
    assert read_baseline(path).fails == frozenset({*fails, "ND43-77"})
    assert json.loads(path.read_text("utf-8"))["fails"] == sorted({*fails, "ND43-77"})


def test_a_report_is_a_baseline_too(audit: Audit, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"\xef\xbb\xbf" + audit_json.dumps(audit))
    assert set(scored_fails(audit)) <= read_baseline(path).fails


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"schema": "decree43-baseline/1"}', '{"schema": "decree43-baseline/1", "fails": "ND"}',
     '{"schema": "decree43-baseline/1", "fails": [1]}', '{"findings": [{"rule": "a"}]}', "[" * 100_000],
)  # fmt: skip
def test_what_is_no_baseline_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match="is no baseline"):
        read_baseline(path)


def test_fail_on_breaks_for_what_it_names_and_nothing_else(audit: Audit) -> None:
    fails = scored_fails(audit)
    partly = next(f.rule for f in audit.findings if f.verdict is Verdict.PARTIAL)
    advice = next(f.rule for f in audit.findings if f.verdict is Verdict.FAIL and not f.max_points)
    assert exit_status(audit) == 0
    assert exit_status(audit, fail_on=frozenset({fails[0]})) == 1
    assert exit_status(audit, fail_on=frozenset({partly, advice})) == 0
    assert exit_status(audit, fail_on=frozenset({fails[0]}), baseline=frozenset({fails[0]})) == 0
    assert exit_status(audit, fail_on=frozenset({fails[0]}), baseline=frozenset({fails[1]})) == 1
    (said,) = reasons(audit, "vi", None, None, None, frozenset({fails[0]}))
    assert said == f"không đạt: {fails[0]}"


def test_the_comparison_is_part_of_the_report(audit: Audit) -> None:
    told = dataclasses.replace(audit, against=compare(audit, frozenset()), skipped=("ND43-77",))
    data = json.loads(audit_json.dumps(told))
    assert data["audit"]["skipped"] == ["ND43-77"]
    assert data["audit"]["against"]["new"] == list(scored_fails(audit))
    assert audit_json.audit_from_dict(data).against == told.against
    assert json.loads(audit_json.dumps(audit))["audit"]["against"] is None
