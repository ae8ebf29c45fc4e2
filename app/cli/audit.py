"""``decree43 audit URL``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.interrupt import interruptible
from app.settings import (
    FORMATS,
    AuditRequest,
    checked_anchor,
    checked_day,
    checked_kind,
    checked_lang,
    checked_out,
    checked_resolver,
    checked_share,
    checked_url,
    read_components,
)

_Opt = typer.Option


def audit(
    url: Annotated[str, typer.Argument(help="Địa chỉ cổng / address of the portal", metavar="URL")],
    kind: Annotated[str, _Opt(help="Loại cơ quan / kind of body", metavar="KIND")] = "province",
    name: Annotated[str, _Opt(help="Tên cơ quan / name of the body")] = "",
    rules: Annotated[str | None, _Opt(help="Bộ tiêu chí: tệp hoặc mã / catalogue: a file or an id")] = None,
    components: Annotated[Path | None, _Opt(help="Danh sách cổng thành phần / inventory of component portals")] = None,
    today: Annotated[str | None, _Opt(help="Ngày đánh giá / day to judge as of", metavar="YYYY-MM-DD")] = None,
    lang: Annotated[str, _Opt(help="vi | en")] = "vi",
    max_pages: Annotated[int, _Opt(help="Số trang tối đa / most pages to read", min=1)] = 300,
    max_minutes: Annotated[float, _Opt(help="Số phút tối đa / most minutes", min=0.05)] = 15.0,
    exhaustive: Annotated[bool, _Opt("--exhaustive", help="Đọc mọi trang / read every page")] = False,
    no_browser: Annotated[bool, _Opt("--no-browser", help="Không dùng trình duyệt / no browser")] = False,
    contact: Annotated[str, _Opt(help="Liên hệ của người kiểm tra / who to write to")] = "",
    ignore_robots: Annotated[str, _Opt(help="Không theo robots.txt, nêu lý do / reason", metavar="REASON")] = "",
    allow_private: Annotated[bool, _Opt("--allow-private", help="Cho phép địa chỉ nội bộ / admit private")] = False,
    allow_host: Annotated[list[str] | None, _Opt(help="Máy chủ nội bộ được phép / admit HOST[:PORT]")] = None,
    resolver: Annotated[str, _Opt(help="Máy chủ tên miền / DNS resolver HOST[:PORT]", envvar="DECREE43_RESOLVER")] = "",
    trust_anchor: Annotated[
        Path | None, _Opt(help="Điểm tin cậy DNSSEC / DNSSEC trust anchor: DS, DNSKEY", envvar="DECREE43_TRUST_ANCHOR")
    ] = None,
    proxy: Annotated[str, _Opt(help="Proxy URL")] = "",
    out: Annotated[Path, _Opt(help="Thư mục báo cáo / folder of the report")] = Path("decree43-report"),
    format: Annotated[str, _Opt(help="html,json", metavar="F[,F…]")] = ",".join(FORMATS),
    fail_under: Annotated[float | None, _Opt(help="Kết thúc với mã 1 nếu điểm thấp hơn / least score")] = None,
    min_coverage: Annotated[
        float | None, _Opt(help="Kết thúc với mã 1 nếu độ bao phủ thấp hơn / least coverage")
    ] = None,
    baseline: Annotated[Path | None, _Opt(help="Báo cáo trước / earlier report.json")] = None,
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL, or none")] = None,
    archive: Annotated[
        str | None,
        _Opt(help="Nơi lưu chứng cứ: thư mục, địa chỉ fsspec / evidence: a folder, an fsspec address, none"),
    ] = None,
    quiet: Annotated[bool, _Opt("--quiet", help="Không hiện tiến độ / no progress")] = False,
) -> None:
    """Kiểm tra một cổng và ghi báo cáo. Audit one portal and write the report."""
    from app.status import read_baseline

    checked_lang(lang)
    request = AuditRequest(
        url=checked_url(url),
        kind=checked_kind(kind),
        name=name,
        rules=rules,
        components=read_components(components) if components else (),
        today=checked_day(today),
        lang=lang,
        max_pages=max_pages,
        max_minutes=max_minutes,
        exhaustive=exhaustive,
        browser=not no_browser,
        contact=contact,
        ignore_robots=ignore_robots,
        allow_private=allow_private,
        allow_hosts=tuple(allow_host or ()),
        resolver=checked_resolver(resolver),
        trust_anchor=checked_anchor(trust_anchor),
        proxy=proxy,
    )
    formats = tuple(dict.fromkeys(f.strip() for f in format.split(",") if f.strip()))
    checked_share(fail_under, "--fail-under")
    checked_share(min_coverage, "--min-coverage")
    known_bad = read_baseline(baseline) if baseline else None
    _audit(request, formats, out, db, archive, quiet, fail_under, min_coverage, known_bad)


def _audit(
    request: AuditRequest,
    formats: tuple[str, ...],
    out: Path,
    db: str | None,
    archive: str | None,
    quiet: bool,
    fail_under: float | None,
    min_coverage: float | None,
    baseline: frozenset[str] | None,
) -> None:
    from app import audit as use_case
    from app.archiving import archive_place
    from app.cli.progress import progress_on
    from app.keep import keep, open_store
    from app.status import BELOW, UNREACHABLE, exit_status, reasons
    from app.write import check_formats, write

    check_formats(formats)
    checked_out(out)
    store = open_store(db)
    stop = asyncio.Event()
    with progress_on(sys.stderr, quiet=quiet, lang=request.lang) as progress, interruptible(stop):
        outcome = use_case.run(request, progress, stop, archive_place(archive, db))
    for problem in outcome.problems:
        print(f"decree43: {problem}", file=sys.stderr)
    audit_id = keep(store, outcome.audit, outcome.archive)
    files, problems = write(outcome.audit, formats, out, request.lang)
    for problem in problems:
        print(f"decree43: {problem}", file=sys.stderr)
    status = exit_status(
        outcome.audit,
        fail_under=fail_under,
        min_coverage=min_coverage,
        baseline=baseline,
        crashed=outcome.probe_crashed,
    )
    if status == UNREACHABLE:
        cause = use_case.home_failure(outcome.evidence)
        sentence = f"không kiểm tra được {request.url}: {cause.vi}"
        if request.lang == "en":
            sentence = f"{request.url} could not be audited: {cause.en}"
        print(f"decree43: {sentence}", file=sys.stderr)
        if use_case.refused_as_private(outcome.evidence):
            hint = "nếu cổng nằm trong mạng nội bộ, thêm --allow-private"
            if request.lang == "en":
                hint = "where the portal is in your own network, add --allow-private"
            print(f"  hint: {hint}", file=sys.stderr)
    for reason in reasons(outcome.audit, request.lang, fail_under, min_coverage, baseline) if status == BELOW else ():
        print(f"decree43: {reason}", file=sys.stderr)
    from app.write import summary

    print(summary(outcome.audit, request.lang, files, audit_id))
    raise typer.Exit(status)
