"""The page as a visitor sees it, as HTML, with the addresses that only its scripts know written into it."""

from __future__ import annotations

from crawler.browser.sheet import BrowserFailed, Sheet

#: Bytes of a rendered page.
LONGEST = 10 * 1024 * 1024

#: Runs before the page's own scripts: remembers what a click on something would do, so that it can be read.
LISTEN = """
(() => {
  const heard = new WeakMap();
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (type === 'click' && this instanceof Element && typeof listener === 'function') {
      const known = heard.get(this) || [];
      if (known.length < 5) { known.push(listener); heard.set(this, known); }
    }
    return add.call(this, type, listener, options);
  };
  Object.defineProperty(window, '__decree43', { value: { heard }, enumerable: false });
})();
"""

#: A copy of the document. Nothing of the page is clicked or changed; what a click would do is read from the source
#: of its handler, where that names an address.
_COPY = r"""
() => {
  const known = (window.__decree43 || {}).heard || new WeakMap();
  const NAMES = ['routerlink', 'ng-reflect-router-link', 'data-route', 'data-path', 'data-to', 'to', 'data-href',
                 'data-url', 'data-link'];
  const ADDRESS = /^(?:https?:\/\/|\/(?!\/)|#!?\/)\S*$/;
  const MOVE = new RegExp(
    '(?:push|replace|navigate|navigateTo|navigateByUrl|goTo|goto|go|open|visit|assign|route|redirect|pushState' +
    '|href|location|hash)\\s*(?:=|\\()\\s*(?:\\{[^}]*?(?:path|to|url)\\s*:\\s*)?(?:[^"\'`()]{0,60},\\s*)?' +
    '["\'`]((?:https?:\\/\\/|\\/(?!\\/)|#!?\\/)[^"\'`\\s$]*)["\'`]');
  const route = (value) => /^#!?\/./.test(value) ? new URL(value, location.href).href : value;
  const handlers = (node) => {
    const found = [...(known.get(node) || [])];
    if (typeof node.onclick === 'function') found.push(node.onclick);
    for (const key of Object.keys(node)) {
      if (key.startsWith('__reactProps') || key.startsWith('__reactEventHandlers')) {
        if (node[key] && typeof node[key].onClick === 'function') found.push(node[key].onClick);
      }
    }
    const vue = node._vei && node._vei.onClick;
    if (vue) found.push(vue.value || vue);
    return found;
  };
  const target = (node) => {
    for (const name of NAMES) {
      const value = (node.getAttribute(name) || '').trim();
      if (ADDRESS.test(value)) return route(value);
    }
    const inline = node.getAttribute('onclick');
    for (const handler of [inline, ...handlers(node)]) {
      const found = handler ? MOVE.exec(String(handler).slice(0, 2000)) : null;
      if (found) return route(found[1]);
    }
    return '';
  };
  const copy = document.documentElement.cloneNode(true);
  const live = [document.documentElement, ...document.documentElement.getElementsByTagName('*')];
  const twin = [copy, ...copy.getElementsByTagName('*')];
  const most = Math.min(live.length, 60000);
  for (let i = 0; i < most; i++) {
    const node = live[i], mine = twin[i];
    if (!mine || mine.tagName !== node.tagName) break;
    const tag = node.tagName;
    if (tag === 'A' && node.hasAttribute('href')) {
      const href = node.getAttribute('href').trim();
      if (/^#!?\/./.test(href)) mine.setAttribute('href', new URL(href, location.href).href);
      else if (/^#!?\/$/.test(href)) mine.setAttribute('href', location.pathname);
      else if (href === '' || href[0] === '#' || /^javascript:/i.test(href)) {
        const where = target(node);
        if (where) mine.setAttribute('href', where);
      }
      continue;
    }
    if (tag === 'SCRIPT' || tag === 'STYLE' || tag === 'HTML' || tag === 'BODY' || tag === 'INPUT') continue;
    const where = target(node);
    if (!where) continue;
    if (tag === 'A') mine.setAttribute('href', where);
    else if (!node.querySelector('a[href]')) mine.setAttribute('onclick', `location.href='${where}'`);
  }
  return '<!doctype html>' + copy.outerHTML;
}
"""


async def snapshot(sheet: Sheet) -> bytes:
    """The rendered document in UTF-8; raises BrowserFailed."""
    text = await sheet.evaluate(_COPY, timeout=15.0)
    body = str(text).encode("utf-8", "replace")
    if len(body) > LONGEST:
        raise BrowserFailed("the rendered page is larger than the limit")
    return body
