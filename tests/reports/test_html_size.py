"""How large report.html gets, and what is left out when it would be too large."""

import base64
import dataclasses
import hashlib
import re
from types import MappingProxyType

from lxml import html

from core.finding import Proof
from reports import html_report
from tests import samples


def jpeg(number, size=45_000):
    """Bytes that stand for a screenshot: the largest that is taken."""
    return b"\xff\xd8\xff" + number.to_bytes(4) + bytes(size)


def with_pictures(audit, count):
    """Screenshots of ``count`` pages, each named by two duties."""
    taken = [jpeg(number) for number in range(count)]
    rows = [
        {"url": f"{samples.HOME}/{n}", "data": "data:image/jpeg;base64," + base64.b64encode(data).decode()}
        for n, data in enumerate(taken)
    ]
    proofs = tuple(
        Proof("screenshot", f"{samples.HOME}/{n}", "", "390 px", None, hashlib.sha256(data).hexdigest())
        for n, data in enumerate(taken)
    )
    first, second, *others = audit.findings
    findings = (
        dataclasses.replace(first, evidence=(*first.evidence, *proofs)),
        dataclasses.replace(second, evidence=(*second.evidence, *proofs)),
        *others,
    )
    facts = MappingProxyType({**audit.facts, "mobile.screenshots": rows})
    return dataclasses.replace(audit, findings=findings, facts=facts)


def large():
    """An audit of 1,000 pages: 72 duties with ten proofs and six candidates each, every request in the ledger."""
    audit = samples.province()
    candidates = next(f.candidates for f in audit.findings if f.candidates)
    findings = tuple(
        dataclasses.replace(
            finding,
            rule=f"{finding.rule}-{turn}",
            evidence=tuple(
                Proof(
                    "page", f"{samples.HOME}/chuyen-muc-{turn}/bai-viet-so-{n}.html", "Tin tức " * 12, "", samples.NOW
                )
                for n in range(12)
            ),
            candidates=candidates * 6,
        )
        for turn in range(3)
        for finding in audit.findings
    )
    ledger = tuple((f"{samples.HOME}/chuyen-muc/trang-{n}.html", "ok", 200, 84211, 0.4) for n in range(1540))
    crawl = dataclasses.replace(audit.crawl, pages=1000, requests=1540, ledger=ledger)
    facts = {f"mẫu.số-đo-{n}": "giá trị " * 20 for n in range(400)}
    return with_pictures(dataclasses.replace(audit, findings=findings, crawl=crawl, facts=facts), 60)


def test_an_ordinary_audit_is_far_below_two_megabytes():
    raw = html_report.render(with_pictures(samples.province(), 3))
    assert len(raw) < 600_000
    assert raw.count(b"data:image/jpeg") == 3


def test_an_audit_of_a_thousand_pages_is_below_two_megabytes_too():
    raw = html_report.render(large())
    assert len(raw) < html_report.MAX_BYTES
    page = html.document_fromstring(raw.decode())
    assert len(page.xpath("//article")) == 72
    assert page.xpath("//img[@class='shot']")
    assert len(page.xpath("//*[@id='ledger']//div[@class='scroll']//tbody/tr")) >= 50


def test_each_picture_is_there_once_with_the_first_duty_that_names_it():
    page = html.document_fromstring(html_report.render(with_pictures(samples.province(), 4)).decode())
    first, second = page.xpath("//article")[:2]
    assert len(first.xpath(".//img")) == 4 and not second.xpath(".//img")
    assert len(set(page.xpath("//img/@src"))) == 4


def test_pictures_beyond_the_room_are_left_out():
    room = html_report.LIMITS[0].pictures
    raw = html_report.render(with_pictures(samples.province(), 40))
    assert 0 < raw.count(b"data:image/jpeg") * 60_000 <= room
    assert len(raw) < room + 500_000


def test_a_picture_that_nobody_names_or_that_is_altered_is_not_shown():
    audit = with_pictures(samples.province(), 1)
    row = dict(audit.facts["mobile.screenshots"][0])
    row["data"] = "data:image/jpeg;base64," + base64.b64encode(jpeg(9)).decode()
    raw = html_report.render(dataclasses.replace(audit, facts={"mobile.screenshots": [row]}))
    assert b"data:image/jpeg" not in raw


def test_dark_by_the_system_and_by_the_switch_are_the_same_colours():
    css = html_report._asset("report.css")
    by_system = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', css, re.DOTALL)[1]
    by_switch = re.search(r':root\[data-theme="dark"\] \{\s*color-scheme: dark;(.*?)\}', css, re.DOTALL)[1]
    assert by_system.split() == by_switch.split() and "--bg" in by_system


def test_ids_of_duties_do_not_move():
    """Links into a report go on working in the next one: the id of a duty is the id of its rule."""
    page = html.document_fromstring(html_report.render(samples.province()).decode())
    assert [a.get("id") for a in page.xpath("//article")] == [f.rule for f in samples.province().findings]
    assert page.xpath("//button[@class='copy']/@data-anchor") == page.xpath("//article/@id")
