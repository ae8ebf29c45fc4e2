"""The browser of this machine as a use case: installing one, and saying whether it works."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import UsageError
from core.finding import Text


def install(say: Callable[[str], None], *, again: bool = False) -> str:
    """Installs a browser where there is none; its name and place. Raises a known error when that cannot be done."""
    from crawler.browser.install import install as install_it

    found = install_it(say, again=again)
    return f"{found.name} ({found.path})"


def not_there(path: str) -> Text:
    """DECREE43_CHROMIUM names something that is no browser."""
    return Text(
        f"DECREE43_CHROMIUM chỉ tới {path}, không phải trình duyệt dùng được: sửa hoặc bỏ biến này.",
        f"DECREE43_CHROMIUM names {path}, which is no browser that works: mend or drop the variable.",
    )


def doctor() -> tuple[bool, tuple[Text, ...]]:
    """Whether audits here can use a browser, and what to tell people, one sentence a line."""
    from crawler.browser.check import check
    from crawler.browser.find import named
    from crawler.browser.install import command
    from crawler.run import run

    seen = run(check())
    lines: list[Text] = []
    if seen.found is None and named():
        lines.append(not_there(named()))
    elif seen.found is None:
        lines.append(
            Text(
                "Không tìm thấy trình duyệt. Chạy `decree43 browser install`.",
                "No browser was found. Run `decree43 browser install`.",
            )
        )
    else:
        lines.append(
            Text(
                f"Trình duyệt: {seen.found.name} ({seen.found.path})", f"Browser: {seen.found.name} ({seen.found.path})"
            )
        )
    if not seen.driver:
        lines.append(
            Text(f"Thiếu thư viện libatomic: {command()}", f"The library libatomic is missing: {command()}"),
        )
    if seen.error:
        lines.append(Text(f"Không mở được trang: {seen.error}", f"No page could be opened: {seen.error}"))
    if seen.letters is False:
        lines.append(
            Text(
                "Không có phông chữ tiếng Việt: cài fonts-noto-core.",
                "No font with Vietnamese letters: install fonts-noto-core.",
            )
        )
    if seen.good and seen.driver and seen.letters:
        lines.append(
            Text("Mở được trang, hiển thị được chữ tiếng Việt.", "A page opens, and Vietnamese letters are drawn.")
        )
    return seen.good, tuple(lines)


def checked_lang(lang: str) -> str:
    """``vi`` or ``en``."""
    if lang not in ("vi", "en"):
        raise UsageError(f"không có ngôn ngữ {lang!r} / unknown language", hint="vi or en")
    return lang
