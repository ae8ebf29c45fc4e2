"""The formats for CI, read by independent readers: the JUnit XSD, the SARIF schema, lxml; and what they must say."""

import dataclasses
import datetime as dt
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from core.audit import Against, Audit
from core.finding import Candidate, Finding, Proof, Text, Verdict
from reports import junit, markdown, sarif
from tests import samples

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
SAMPLES = {"province": samples.province, "hostile": samples.hostile}


@lru_cache(maxsize=1)
def junit_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))


@lru_cache(maxsize=1)
def sarif_validator() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf-8")))


def suite_of(audit: Audit, lang: str = "vi") -> etree._Element:
    root = etree.fromstring(junit.render(audit, lang))
    junit_schema().assertValid(root)
    (suite,) = root
    return suite


def run_of(audit: Audit, lang: str = "vi") -> dict[str, Any]:
    log = json.loads(sarif.render(audit, lang))
    sarif_validator().validate(log)
    (run,) = log["runs"]
    return run


def finding(audit: Audit, verdict: Verdict, *, scored: bool = True) -> Finding:
    return next(f for f in audit.findings if f.verdict is verdict and bool(f.max_points) is scored)


def state(suite: etree._Element, rule: str) -> str:
    """How the case of a rule ended: "" when it passed."""
    case = next(c for c in suite.iter("testcase") if c.get("name").split(" ")[0] == rule)
    return case[0].tag if len(case) else ""


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_format_is_valid_and_the_same_every_time(name: str, lang: str) -> None:
    audit = SAMPLES[name]()
    suite_of(audit, lang)
    run_of(audit, lang)
    for form in (junit, sarif, markdown):
        assert form.render(audit, lang) == form.render(SAMPLES[name](), lang)


def test_junit_portal_is_the_suite_and_rules_are_cases() -> None:
    audit = samples.province()
    suite = suite_of(audit)
    assert suite.get("name") == audit.portal.name
    names = [case.get("name") for case in suite.iter("testcase")]
    assert [name.split(" ")[0] for name in names] == [f.rule for f in audit.findings]
    scored = [f for f in audit.findings if f.verdict is Verdict.FAIL and f.max_points]
    assert int(suite.get("failures")) == len(scored) == len(list(suite.iter("failure"))) > 0
    assert int(suite.get("skipped")) == len(list(suite.iter("skipped"))) > 0
    assert int(suite.get("tests")) == len(names) and suite.get("errors") == "0"


def test_junit_unknown_is_skipped_with_its_cause_and_advice_and_partial_pass() -> None:
    audit = samples.province()
    suite = suite_of(audit, "en")
    unknown = finding(audit, Verdict.UNKNOWN)
    (skipped,) = next(c for c in suite.iter("testcase") if c.get("name").startswith(unknown.rule))
    assert (skipped.tag, skipped.get("type")) == ("skipped", unknown.cause) and skipped.get("message")
    partly, advice = finding(audit, Verdict.PARTIAL), finding(audit, Verdict.FAIL, scored=False)
    assert state(suite, partly.rule) == state(suite, advice.rule) == ""
    out = suite.findtext("system-out")
    assert f"{partly.rule}: Partly met: {partly.message.en}" in out and f"{advice.rule}: Advice" in out


def test_junit_says_what_to_do_where_a_case_fails() -> None:
    audit = samples.province()
    failed = finding(audit, Verdict.FAIL)
    element = next(suite_of(audit).iter("failure"))
    assert element.get("message") == failed.message.vi
    assert failed.fix.vi in element.text and "Điều" in element.text and "https://" in element.text


def test_junit_a_crash_is_an_error_and_what_was_left_out_is_skipped() -> None:
    audit = samples.province()
    unknown = finding(audit, Verdict.UNKNOWN)
    suite = suite_of(dataclasses.replace(audit, crashed=(unknown.rule,), skipped=("ND43-99",)))
    assert state(suite, unknown.rule) == "error" and suite.get("errors") == "1"
    assert state(suite, "ND43-99") == "skipped"


def test_junit_what_the_baseline_knew_does_not_fail() -> None:
    audit = samples.province()
    fails = [f.rule for f in audit.findings if f.verdict is Verdict.FAIL and f.max_points]
    suite = suite_of(dataclasses.replace(audit, against=Against(new=(fails[0],), known=tuple(fails[1:]))))
    assert [state(suite, rule) for rule in fails] == ["failure", *["skipped"] * (len(fails) - 1)]


def test_letters_that_xml_forbids_do_no_harm() -> None:
    audit = samples.province()
    odd = "a\x00b\x0b\ufffe\uffff\ud800c]]>"
    audit = dataclasses.replace(
        audit, findings=tuple(dataclasses.replace(f, message=Text(odd, odd)) for f in audit.findings)
    )
    suite_of(audit)
    run_of(audit)
    assert "\x0b" not in markdown.render(audit).decode()


def test_sarif_results_are_what_is_not_met_and_levels_follow_the_score() -> None:
    audit = samples.province()
    run = run_of(audit)
    shown = {f.rule: f for f in audit.findings if f.verdict in (Verdict.FAIL, Verdict.PARTIAL)}
    assert [r["ruleId"] for r in run["results"]] == list(shown)
    for result in run["results"]:
        f = shown[result["ruleId"]]
        level = "note" if not f.max_points else "error" if f.verdict is Verdict.FAIL else "warning"
        assert result["level"] == level
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == f.rule
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"].startswith("https://")
    told = run["invocations"][0]["toolExecutionNotifications"]
    unknown = {f.rule: f.cause for f in audit.findings if f.verdict is Verdict.UNKNOWN}
    assert {t["associatedRule"]["id"]: t["properties"]["cause"] for t in told if "associatedRule" in t} == unknown


def test_a_link_that_leads_elsewhere_is_seen_on_the_portal() -> None:
    audit = samples.province()
    away = dataclasses.replace(
        finding(audit, Verdict.FAIL), evidence=(Proof("link", "https://nha-cai.example/"),), candidates=()
    )
    on_page = dataclasses.replace(away, evidence=(*away.evidence, Proof("page", f"{samples.HOME}/tin-tuc")))
    uris = [
        run_of(dataclasses.replace(audit, findings=(one,)))["results"][0]["locations"][0]["physicalLocation"][
            "artifactLocation"
        ]["uri"]
        for one in (away, on_page)
    ]
    assert uris == [f"{samples.HOME}/", f"{samples.HOME}/tin-tuc"]


def test_sarif_rules_help_in_both_languages() -> None:
    audit = samples.province()
    for rule, f in zip(run_of(audit)["tool"]["driver"]["rules"], audit.findings, strict=True):
        for text in (rule["help"]["text"], rule["help"]["markdown"]):
            assert f.title.vi in text and f.title.en in text and f.fix.vi in text and f.fix.en in text


def test_sarif_fingerprints_stay_while_all_else_changes() -> None:
    audit = samples.province()
    later = dataclasses.replace(
        audit,
        id="another",
        today=audit.today + dt.timedelta(days=30),
        portal=dataclasses.replace(audit.portal, url="http://127.0.0.1:43123/"),
        findings=tuple(dataclasses.replace(f, message=Text("khác"), evidence=()) for f in audit.findings),
    )
    before, after = ({r["ruleId"]: r["partialFingerprints"] for r in run_of(a)["results"]} for a in (audit, later))
    assert before == after
    assert len({json.dumps(f) for f in before.values()}) == len(before)


def in_a_folder() -> Audit:
    audit = samples.province()
    failed = finding(audit, Verdict.FAIL)
    near = Candidate("https://x/", "Lịch", Text("không phải"), "dist/tin tức/index.html", 12)
    found = dataclasses.replace(failed, candidates=(near,))
    partly = dataclasses.replace(
        finding(audit, Verdict.PARTIAL), evidence=(Proof("page", "https://x/", file="dist/a.html", line=3),)
    )
    changed = {f.rule: f for f in (found, partly)}
    vantage = {**audit.vantage, "folder": "dist", "folder_home": "dist/index.html", "folder_home_line": 7}
    return dataclasses.replace(audit, vantage=vantage, findings=tuple(changed.get(f.rule, f) for f in audit.findings))


def test_in_a_folder_results_point_to_file_and_line() -> None:
    audit = in_a_folder()
    run = run_of(audit)
    places = {r["ruleId"]: r["locations"][0]["physicalLocation"] for r in run["results"]}
    first, partly = finding(audit, Verdict.FAIL).rule, finding(audit, Verdict.PARTIAL).rule
    assert places[first]["artifactLocation"] == {
        "uri": "dist/tin%20t%E1%BB%A9c/index.html",
        "uriBaseId": "SRCROOT",
    }
    assert places[first]["region"] == {"startLine": 12} and places[partly]["region"] == {"startLine": 3}
    others = [p for rule, p in places.items() if rule not in (first, partly)]
    assert others and all(p["artifactLocation"]["uri"] == "dist/index.html" for p in others)
    assert run["originalUriBaseIds"].keys() == {"SRCROOT"}
    outside = run_of(dataclasses.replace(audit, vantage={**audit.vantage, "folder_outside": True}))
    assert outside["originalUriBaseIds"].keys() == {"OUTSIDE"}
    bases = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"] for r in outside["results"]}
    assert bases == {"OUTSIDE"}
    assert "dist/tin tức/index.html:12" in next(suite_of(audit).iter("failure")).text
    assert "`dist/tin tức/index.html:12`" in markdown.render(audit).decode()


def test_sarif_says_what_is_new() -> None:
    audit = samples.province()
    fails = [f.rule for f in audit.findings if f.verdict is Verdict.FAIL and f.max_points]
    run = run_of(dataclasses.replace(audit, against=Against(new=tuple(fails[:1]), known=tuple(fails[1:]))))
    states = {r["ruleId"]: r.get("baselineState") for r in run["results"]}
    assert [states[rule] for rule in fails] == ["new", *["unchanged"] * (len(fails) - 1)]
    assert states[finding(audit, Verdict.PARTIAL).rule] is None


def test_markdown_tells_score_counts_and_changes() -> None:
    audit = samples.province()
    fails = [f.rule for f in audit.findings if f.verdict is Verdict.FAIL and f.max_points]
    passed, unknown = finding(audit, Verdict.PASS).rule, finding(audit, Verdict.UNKNOWN).rule
    against = Against(new=tuple(fails[:1]), known=tuple(fails[1:]), vanished=(passed,), unseen=(unknown,))
    text = markdown.render(dataclasses.replace(audit, against=against)).decode()
    assert "0,686" in text and "78,3%" in text and "4 không đạt" in text
    assert f"**Mới không đạt (1)**: `{fails[0]}`" in text
    assert f"**Không còn lỗi (1)**: `{passed}`" in text
    assert f"**Lần này chưa đánh giá được (1)**: `{unknown}`" in text
    assert "### Không đạt, có tính điểm (3)" in text
    assert "## Portal audit report" in markdown.render(audit, "en").decode()


def test_markdown_shows_nothing_of_a_hostile_page_as_its_own() -> None:
    text = markdown.render(samples.hostile()).decode()
    assert (
        "<script" not in text
        and "<img" not in text
        and "javascript:alert" not in text.replace("| javascript:alert(8) |", "")
    )
    attack = "| a | `b` [x](http://evil) @ai #1 <b> *c* _d_ ~e~ \\ &lt; https://evil.example"
    shown = markdown.plain(attack)
    assert not set("|`[]<>*_~\\") & set(shown) and "://" not in shown
    assert "@\u200bai" in shown and "#\u200b1" in shown
    assert "&#38;lt;" in shown


def test_an_address_that_is_none_does_no_harm() -> None:
    audit = samples.province()
    failed = finding(audit, Verdict.FAIL)
    for url in ("http://[", "https://", "http://a b/\x00|`", "https://tinhmau.gov.vn.evil.example/x"):
        odd = dataclasses.replace(failed, evidence=(Proof("page", url),), candidates=(Candidate(url, "", Text("")),))
        one = dataclasses.replace(audit, findings=(odd,))
        suite_of(one)
        run_of(one)
        assert "[Trang chủ]" not in markdown.render(one).decode()


def test_long_tables_are_cut_and_say_so() -> None:
    audit = samples.province()
    failed = finding(audit, Verdict.FAIL)
    many = tuple(dataclasses.replace(failed, rule=f"ND43-{n}") for n in range(markdown.MOST + 5))
    text = markdown.render(dataclasses.replace(audit, findings=many)).decode()
    assert text.count("| `ND43-") == markdown.MOST and "… và 5 nội dung nữa" in text
    assert len(text) < 65_536
