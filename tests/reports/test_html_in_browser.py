"""report.html as people use it: in a real Chromium, by mouse, keyboard and screen reader, on paper, without script."""

import base64
import dataclasses
import hashlib
import re
from importlib import resources

import pytest

from core.finding import Proof
from crawler.browser.find import find_browser
from reports import html_report
from tests import samples
from tests.browsers import needs_browser

pytestmark = needs_browser

#: One grey pixel.
PIXEL = (
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////"
    "////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
)
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def pictured():
    """A province with a screenshot."""
    audit = samples.province()
    digest = hashlib.sha256(base64.b64decode(PIXEL)).hexdigest()
    proof = Proof("screenshot", "https://tinhmau.gov.vn/", "", "390 px", None, digest)
    first = dataclasses.replace(audit.findings[0], evidence=(*audit.findings[0].evidence, proof))
    facts = {"mobile.screenshots": [{"url": proof.url, "data": f"data:image/jpeg;base64,{PIXEL}"}]}
    return dataclasses.replace(audit, findings=(first, *audit.findings[1:]), facts=facts)


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    found = find_browser()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=str(found.path), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, tmp_path):
    """A report opened from its file; ``asked`` holds what the page asked for, ``faults`` what its console said."""
    contexts = []

    def open_it(audit=None, lang="vi", anchor="", viewport=DESKTOP, **context):
        file = tmp_path / "report.html"
        file.write_bytes(html_report.render(audit or pictured(), lang))
        contexts.append(chromium.new_context(viewport=viewport, **context))
        page = contexts[-1].new_page()
        page.asked, page.faults = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda said: page.faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(file.as_uri() + anchor)
        return page

    yield open_it
    for context in contexts:
        context.close()


def shown(page):
    """Ids of the duties that can be seen."""
    return page.eval_on_selector_all(".duty", "all => all.filter(n => n.offsetParent !== null).map(n => n.id)")


def axe(page):
    """What axe-core finds, each with its weight and the elements."""
    source = (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    page.evaluate(f"() => {{ {source}\n; }}")
    result = page.evaluate("async () => await axe.run(document)")
    assert len(result["passes"]) > 20  # it did look
    found = result["violations"]
    return [(v["id"], v["impact"], [node["html"][:160] for node in v["nodes"][:3]]) for v in found]


# --- for everybody ---------------------------------------------------------------------------------


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened, viewport, scheme):
    page = opened(viewport=viewport, color_scheme=scheme)
    page.eval_on_selector_all("details", "all => all.forEach(node => { node.open = true; })")
    assert axe(page) == []
    page.click("#switch")
    page.fill("#query", "không có từ này")
    assert page.is_visible("#nobody")
    assert axe(page) == []


def test_axe_finds_nothing_serious_in_a_hostile_report(opened):
    page = opened(samples.hostile())
    page.click("#open")
    assert [row for row in axe(page) if row[1] in ("serious", "critical")] == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, {"width": 320, "height": 640}], ids=["desktop", "phone", "320"])
@pytest.mark.parametrize("build", [pictured, samples.hostile])
def test_nothing_sticks_out_sideways(opened, build, viewport):
    page = opened(build(), viewport=viewport)
    page.click("#open")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


@pytest.mark.parametrize("build", [pictured, samples.hostile])
def test_it_asks_for_nothing_and_its_policy_holds(opened, build):
    page = opened(build())
    page.click("#open")
    page.fill("#query", "tin")
    page.click("#switch")
    assert [url for url in page.asked if not url.startswith("data:")] == [page.url]
    assert page.faults == []
    page.evaluate(
        "() => { const s = document.createElement('script'); s.text = 'window.run = 1';"
        " document.body.append(s); const i = new Image(); i.src = 'https://example.org/x.png'; }"
    )
    assert page.evaluate("window.run") is None
    assert any("Content Security Policy" in fault for fault in page.faults)


def test_without_script_everything_is_there_but_the_filters(opened):
    page = opened(java_script_enabled=False)
    assert not page.is_visible("#query") and not page.is_visible("#switch") and not page.is_visible("#theme")
    assert page.locator(".duty").count() == page.locator(".duty:visible").count() == 24
    page.click("#ND43-10\\.1\\.a\\.1 summary")
    assert page.is_visible("#ND43-10\\.1\\.a\\.1 .shot")
    assert not page.is_visible("#ND43-10\\.1\\.a\\.1 .copy")


def test_by_keyboard_alone(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.focus("#query")
    page.keyboard.type("lich lam viec")
    assert shown(page) == ["ND43-10.1.c.4"]
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.value") == "pass" and not page.is_checked("#verdicts input >> nth=0")
    page.focus(".duty:not([hidden]) summary")
    page.keyboard.press("Enter")
    assert page.is_visible("#ND43-10\\.1\\.c\\.4 .more")


# --- search and filter -----------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["lịch làm việc", "LICH LAM VIEC", "  lich   lam viec ", "nd43-10.1.c.4"])
def test_words_with_and_without_accents(opened, words):
    page = opened()
    page.fill("#query", words)
    assert "ND43-10.1.c.4" in shown(page) and len(shown(page)) < 24
    assert page.inner_text("#shown") == f"{len(shown(page))} / 24"
    heads = page.evaluate("""() => Array.from(document.querySelectorAll(".group:not([hidden])"), (group) => [
        group.querySelector("h3 .muted").textContent,
        group.querySelectorAll(".duty:not([hidden])").length, group.querySelectorAll(".duty").length])""")
    assert heads and all(head == (f"({n} / {of})" if n < of else f"({of})") for head, n, of in heads)


def test_words_on_the_buttons_and_chips_are_not_searched(opened):
    page = opened()
    page.fill("#query", "sao chép liên kết")
    assert shown(page) == [] and page.is_visible("#nobody")


def test_verdict_and_group_together_and_back(opened):
    page = opened()
    everything = shown(page)
    assert page.is_disabled("#reset")
    for verdict in ("pass", "partial", "unknown", "not_applicable"):
        page.uncheck(f"#verdicts input[value={verdict}]")
    fails = shown(page)
    assert fails and all(page.get_attribute(f'[id="{duty}"]', "data-verdict") == "fail" for duty in fails)
    page.uncheck("#groups input[value=g1]")
    assert set(shown(page)) < set(fails) and not page.is_visible(".group[data-group=g1]")
    page.click("#reset")
    assert shown(page) == everything and page.evaluate("document.activeElement.id") == "query"


def test_a_link_to_a_duty_opens_it_whatever_is_filtered(opened):
    page = opened(anchor="#ND43-10.1.b")
    assert page.is_visible('[id="ND43-10.1.b"] .more')
    page.fill("#query", "lịch làm việc")
    assert not page.is_visible('[id="ND43-10.1.b"]')
    page.evaluate("location.hash = 'ND43-10.1.a.2'")
    page.wait_for_selector('[id="ND43-10.1.a.2"] .more')


def test_the_link_to_a_duty_is_copied(opened):
    page = opened(anchor="#ND43-10.1.b", permissions=["clipboard-read", "clipboard-write"])
    page.click('[id="ND43-10.1.b"] .copy')
    page.wait_for_selector(".copy.done")
    wanted = page.url.split("#")[0] + "#ND43-10.1.b"
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    assert page.inner_text("#told").endswith(wanted)


def test_a_picture_grows_and_shrinks(opened):
    page = opened(anchor="#ND43-10.1.a.1")
    small = page.locator(".shot").bounding_box()["width"]
    page.click(".zoom")
    assert page.locator(".shot").bounding_box()["width"] > small
    page.click(".zoom")
    assert page.locator(".shot").bounding_box()["width"] == small


# --- light, dark, paper ----------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_switch_of_light_and_dark(opened, scheme):
    page = opened(color_scheme=scheme)

    def back():
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light, dark = "rgb(243, 245, 247)", "rgb(15, 21, 26)"
    assert back() == (dark if scheme == "dark" else light)
    page.click("#theme")
    assert back() == light and "sáng" in page.inner_text("#theme")
    page.click("#theme")
    assert back() == dark and "tối" in page.inner_text("#theme")
    page.reload()
    assert back() == dark
    page.click("#theme")
    assert back() == (dark if scheme == "dark" else light)


@pytest.mark.parametrize("theme", ["auto", "dark"])
def test_on_paper(opened, theme):
    page = opened(color_scheme="dark")
    if theme == "dark":
        page.click("#theme")
        page.click("#theme")
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = {tuple(round(float(n)) for n in box.split()) for box in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf)}
    assert boxes == {(0, 0, 595, 842)}
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".tools", ".toc", ".switches", ".copy"):
        assert not page.is_visible(hidden)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".duty .more:visible").count() == 24
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator(".duty .more:visible").count() == 0
