"""A search box used as a visitor uses it: typed into, sent, and the answer read. Nothing else is typed or clicked."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from typing import Any

from core.page import Outcome
from crawler.answers import Answer, by_status
from crawler.browser.session import Browser, BrowserFailed, Sheet
from crawler.browser.snapshot import LISTEN, snapshot
from crawler.urls import canonical

#: Seconds for one question, the way to the home page included.
LIMIT = 40.0
_ANSWERS = 8.0
#: Seconds a page is watched for what moves on it by itself.
_WATCHED = 0.5

#: The box on the page, as an element; null when there is none. ``names`` are those of the form that was read.
_BOX = r"""
(names) => {
  const fold = (text) => (text || '').normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd')
    .toLowerCase();
  const WORDS = /tim kiem|tu khoa|\bsearch|\btim\b|keyword|nhap noi dung/;
  const NAMES = /^(?:q|s|k|kw|key|query|keywords?|tukhoa|tu-khoa)$|search|keyword|timkiem|tim-kiem|tukhoa/;
  const OTHER = /email|thu dien tu|dang ky nhan|mat khau|dang nhap|ma ho so|bien nhan|ho ten|so dien thoai|binh luan/;
  const label = (box) => [box.placeholder, box.getAttribute('aria-label'), box.title,
    ...[...(box.labels || [])].map((l) => l.textContent)].map(fold).join(' ');
  let best = null, most = 2;
  for (const box of document.querySelectorAll('input')) {
    const kind = (box.getAttribute('type') || 'text').toLowerCase();
    if ((kind !== 'text' && kind !== 'search') || box.disabled || box.readOnly) continue;
    const form = box.form;
    if (form && form.querySelector('input[type=password], textarea, input[type=email], input[type=file]')) continue;
    const words = label(box);
    if (OTHER.test(words)) continue;
    const name = fold(box.name || box.id);
    const around = form ? ['action', 'id', 'class', 'role'].map((n) => fold(form.getAttribute(n))).join(' ') : '';
    let score = 0;
    if (kind === 'search') score += 3;
    if (NAMES.test(name)) score += 3;
    if (WORDS.test(words)) score += 3;
    if (/search|tim-?kiem/.test(around)) score += 2;
    if (names.includes(box.name) || names.includes(box.id)) score += 3;
    if (score < 3) continue;
    if (box.getClientRects().length) score += 2;
    if (box.closest('header, [class*=header], [id*=header], nav')) score += 1;
    if (score > most) { most = score; best = box; }
  }
  if (best && best.form) best.form.removeAttribute('target');
  return best;
}
"""

_FILL = r"""
(box, query) => {
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  set.call(box, query);
  for (const type of ['input', 'change', 'keyup']) box.dispatchEvent(new Event(type, { bubbles: true }));
}
"""

_TELLS = r"""
  const TELLS = /search|\btim\b|tim-?kiem|magnif|loupe|kinh-?lup|\bgo\b/i;
  const tells = (node) => TELLS.test([node.textContent, node.value, node.title, node.id, node.className,
    node.getAttribute('aria-label'), node.getAttribute('onclick'), node.innerHTML].join(' ').normalize('NFD')
    .replace(/[\u0300-\u036f]/g, ''));
  const SUBMIT = 'button[type=submit], input[type=submit], input[type=image], button:not([type])';
  const form = box.form;
  const submits = form ? [...form.querySelectorAll(SUBMIT)] : [];
  const small = form && !form.querySelector('textarea, [name=__VIEWSTATE]') && submits.length < 2 &&
    form.querySelectorAll('input[type=text], input[type=search], input:not([type])').length < 4;
"""

#: Whether the Enter key can set off nothing but the search: a form round the whole page has other buttons too.
_ENTER = f"""
(box) => {{
  {_TELLS}
  return !form || small || !submits.length || tells(submits[0]);
}}
"""

#: Presses the box's own button, or sends its form; false when there is neither.
_SEND = f"""
(box) => {{
  {_TELLS}
  let around = box.parentElement;
  for (let i = 0; around && i < 4 && around !== document.body; i++, around = around.parentElement) {{
    const all = [...around.querySelectorAll(`${{SUBMIT}}, input[type=button], button[type=button], a, i, img, span`)];
    const own = all.find((b) => b.type !== 'reset' && tells(b));
    if (own) {{ own.click(); return true; }}
    if (around === form) break;
  }}
  if (!small) return false;
  if (submits.length) submits[0].click(); else form.requestSubmit();
  return true;
}}
"""

#: Remembers what is on the page before the question.
_BEFORE = r"""
() => {
  const key = (a) => a.href + ' ' + a.textContent.trim();
  const words = () => document.body.innerText.replace(/\d+/g, '');  // clocks and counters tell nothing
  const seen = new WeakMap();
  for (const a of document.querySelectorAll('a')) seen.set(a, [key(a), a.getClientRects().length > 0]);
  window.__decree43_before = { seen, text: words(), url: location.href };
}
"""

#: "moved" (another document or address), "same", "new" (links that were not there), "fewer" (some are gone) or "words".
_AFTER = r"""
() => {
  const before = window.__decree43_before;
  if (!before || location.href !== before.url) return 'moved';
  const key = (a) => a.href + ' ' + a.textContent.trim();
  let fresh = 0, gone = 0;
  for (const a of document.querySelectorAll('a')) {
    const old = before.seen.get(a);
    if (!old || old[0] !== key(a)) fresh++;
    else if (old[1] && !a.getClientRects().length) gone++;
  }
  if (fresh) return 'new';
  if (gone) return 'fewer';
  return document.body.innerText.replace(/\d+/g, '') === before.text ? 'same' : 'words';
}
"""

#: Takes what was there before out of the page, so that only the answer is left; of a list that was narrowed, the rest.
_STRIP = r"""
(how) => {
  const before = window.__decree43_before;
  const key = (a) => a.href + ' ' + a.textContent.trim();
  for (const a of [...document.querySelectorAll('a')]) {
    const old = before.seen.get(a);
    const same = old && old[0] === key(a);
    if (how === 'fewer' ? !a.getClientRects().length : same) a.remove();
  }
}
"""


class ByHand:
    """Asks a search box on one page, one question after the other."""

    def __init__(self, browser: Browser, home: str, names: tuple[str, ...] = ()) -> None:
        self._browser = browser
        self._home = home
        self._names = names

    async def ask(self, query: str) -> Answer | None:
        """The answer as a page; None when the page has no box to type in. Raises BrowserFailed.

        ``Outcome.REDIRECT_HOME`` says that nothing happened: the same page again.
        """
        began = time.monotonic()
        async with self._browser.page(limit=LIMIT, images=False) as sheet:
            await sheet.page.add_init_script(LISTEN)
            statuses: list[int] = []
            opened = await sheet.open(self._home)
            if opened.outcome is not Outcome.OK:
                return self._answer(opened.outcome, b"", self._home, None, began, opened.error)
            box = (await sheet.page.evaluate_handle(_BOX, list(self._names))).as_element()
            if box is None:
                return None

            def on_response(response: Any) -> None:
                request = response.request
                if request.is_navigation_request() and request.frame == sheet.page.main_frame:
                    statuses.append(response.status)

            sheet.page.on("response", on_response)
            text = await _words(sheet)
            await sheet.evaluate(_BEFORE)
            await asyncio.sleep(_WATCHED)
            restless = str(await sheet.evaluate(_AFTER))
            how = await self._send(sheet, box, query)
            if how == restless != "moved":
                how = "same"  # a ticker or a row of pictures moves by itself
            status = next((s for s in reversed(statuses) if not 300 <= s < 400), 200)
            outcome = by_status(status)
            if how in ("new", "fewer", "words"):
                await sheet.evaluate(_STRIP, how)
            where = canonical(sheet.page.url) or self._home
            back = how == "moved" and where == canonical(self._home) and await _words(sheet) == text
            if how == "same" or back:
                outcome = Outcome.REDIRECT_HOME
            body = await snapshot(sheet)
            return self._answer(outcome, body, where, status, began, "")

    async def _send(self, sheet: Sheet, box: Any, query: str) -> str:
        """Types and sends, with the key first and the button where the key does nothing; how the page changed."""
        from playwright.async_api import Error

        try:
            await box.fill(query, timeout=2_000)
            if await box.evaluate(_ENTER):
                await box.press("Enter", timeout=2_000, no_wait_after=True)
        except Error:
            if sheet.broken:
                raise
            await box.evaluate(_FILL, query)  # the box opens only by a button; its form is sent all the same
        how = await _changed(sheet)
        if how in ("same", "words"):
            try:
                sent = await box.evaluate(_SEND)
            except Error:
                sent = True  # the page was left at that moment
                if sheet.broken:
                    raise
            if sent:
                how = await _changed(sheet)
        return how

    def _answer(
        self, outcome: Outcome, body: bytes, where: str, status: int | None, began: float, error: str
    ) -> Answer:
        return Answer(
            self._home,
            outcome,
            where,
            status,
            body,
            "text/html; charset=utf-8",
            len(body),
            time.monotonic() - began,
            error,
            dt.datetime.now(dt.UTC),
            rendered=True,
        )


async def _words(sheet: Sheet) -> str:
    return " ".join(str(await sheet.evaluate("() => document.body ? document.body.innerText : ''")).split())


async def _changed(sheet: Sheet) -> str:
    """How the page has changed once it has come to rest."""
    await asyncio.sleep(0.3)  # what the key or the button sets off begins a moment later
    await sheet.settle(_ANSWERS)
    for _ in range(3):
        try:
            return str(await sheet.evaluate(_AFTER))
        except BrowserFailed:
            if sheet.broken:
                raise
            await asyncio.sleep(0.3)  # the page was just being replaced
            await sheet.settle(_ANSWERS)
    return "moved"
