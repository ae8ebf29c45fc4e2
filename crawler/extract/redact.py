"""Takes citizens' data out of what was read on a page before anything is kept.

Counts, dates and the subjects of questions stay; names, phones, e-mail and postal addresses, identity numbers go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

from core.page import Field, Link, Page, Table, Zone
from crawler.extract.citizens import all_known, asked_by_people, is_private, is_qa, names_askers, officials_of
from crawler.extract.scrub import HIDDEN, bare_name, is_gov_mail, own_part, scrub


def redact(page: Page) -> Page:
    """The page as it may be kept: unchanged unless it shows what people asked."""
    if page.panels:
        page = replace(page, panels=tuple(map(redact, page.panels)))
    if not is_qa(page):
        return page
    asked = names_askers(page)
    known = all_known(page, asked=asked)
    officials = officials_of(page)

    def hide(text: str) -> str:
        return scrub(text, known, asked=asked)

    return replace(
        page,
        title=hide(page.title),
        headings=tuple(replace(h, text=hide(h.text)) for h in page.headings),
        breadcrumb=tuple(map(hide, page.breadcrumb)),
        text=hide(page.text),
        links=tuple(_link(k, hide) for k in page.links),
        loose_words=tuple(dict.fromkeys(w for w in map(hide, page.loose_words) if w in officials or not bare_name(w))),
        items=tuple(replace(i, title=hide(i.title), summary=hide(i.summary)) for i in page.items),
        tables=tuple(_table(t, hide, asked) for t in page.tables),
        fields=tuple(_field(f, hide) if asked else Field(hide(f.name), hide(f.value)) for f in page.fields),
        attachments=tuple(replace(a, text=hide(a.text)) for a in page.attachments),
        images=tuple(replace(i, alt=hide(i.alt)) for i in page.images),
        head_images=tuple(replace(i, alt=hide(i.alt)) for i in page.head_images),
        dates=tuple(replace(d, text=hide(d.text)) for d in page.dates),
        forms=tuple(replace(f, text=hide(f.text)) for f in page.forms),
        meta=MappingProxyType({k: hide(v) for k, v in page.meta.items()}),
    )


def _link(link: Link, hide: Callable[[str], str]) -> Link:
    if link.dead in ("mailto", "tel") and not is_gov_mail(link.href.split("?")[0]):
        return replace(link, href="", text=hide(link.text), title="", aria="")
    if link.zone in (Zone.MENU, Zone.HEADER, Zone.FOOTER) or not (link.text or link.title):
        return link
    text, title = hide(link.text), hide(link.title)
    return link if (text, title) == (link.text, link.title) else replace(link, text=text, title=title)


def _field(field: Field, hide: Callable[[str], str]) -> Field:
    if is_private(field.name) and not is_gov_mail(field.value):
        _, rest = own_part(field.value)
        return replace(field, value=HIDDEN + hide(rest))
    return Field(hide(field.name), hide(field.value))


def _table(table: Table, hide: Callable[[str], str], asked: bool) -> Table:
    if not asked_by_people(table):
        return table
    private = {n for n, head in enumerate(table.headers) if asked and is_private(head)}
    rows = tuple(tuple(HIDDEN if n in private and c else hide(c) for n, c in enumerate(r)) for r in table.rows)
    return replace(table, rows=rows)
