"""``decree43 audit [URL | FOLDER]``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.settings import settings_of
from app.settings import (
    FORMATS,
    SHIPPED_FORMATS,
    AuditRequest,
    checked_anchor,
    checked_day,
    checked_kind,
    checked_lang,
    checked_resolver,
    checked_share,
    checked_url,
    read_components,
)

_Opt = typer.Option


def audit(
    url: Annotated[
        str | None,
        typer.Argument(
            help="Địa chỉ cổng, hoặc thư mục tệp tĩnh / address of the portal, or a folder of static files",
            metavar="URL",
            show_default="decree43.toml",
        ),
    ] = None,
    kind: Annotated[str, _Opt(help="Loại cơ quan / kind of body", metavar="KIND")] = "province",
    name: Annotated[str, _Opt(help="Tên cơ quan / name of the body")] = "",
    rules: Annotated[str | None, _Opt(help="Bộ tiêu chí: tệp, mã hoặc auto / catalogue: a file, an id or auto")] = None,
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
    header: Annotated[
        list[str] | None, _Opt(help="Tiêu đề gửi riêng cho cổng / sent to the portal only", metavar="'NAME: VALUE'")
    ] = None,
    cookie: Annotated[
        list[str] | None, _Opt(help="Cookie gửi riêng cho cổng / sent to the portal only", metavar="NAME=VALUE")
    ] = None,
    basic_auth_env: Annotated[
        str, _Opt(help="Biến môi trường chứa user:password / variable that holds it", metavar="VAR")
    ] = "",
    site_url: Annotated[
        str, _Opt(help="Địa chỉ sẽ dùng của thư mục / address the folder will have", metavar="URL")
    ] = "",
    only: Annotated[list[str] | None, _Opt(help="Chỉ đánh giá / judge only", metavar="RULE|GROUP,…")] = None,
    skip: Annotated[list[str] | None, _Opt(help="Không đánh giá / leave out", metavar="RULE|GROUP,…")] = None,
    out: Annotated[Path, _Opt(help="Thư mục báo cáo / folder of the report")] = Path("decree43-report"),
    format: Annotated[str, _Opt(help=SHIPPED_FORMATS, metavar="F[,F…]")] = ",".join(FORMATS),
    fail_under: Annotated[float | None, _Opt(help="Kết thúc với mã 1 nếu điểm thấp hơn / least score")] = None,
    min_coverage: Annotated[
        float | None, _Opt(help="Kết thúc với mã 1 nếu độ bao phủ thấp hơn / least coverage")
    ] = None,
    baseline: Annotated[
        Path | None, _Opt(help="Mốc so sánh: chỉ lỗi mới làm hỏng / baseline: only new failures break")
    ] = None,
    write_baseline: Annotated[Path | None, _Opt(help="Ghi mốc so sánh / write a baseline")] = None,
    fail_on: Annotated[
        list[str] | None, _Opt(help="Mã 1 nếu không đạt / break where not met", metavar="RULE|GROUP,…")
    ] = None,
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL, or none")] = None,
    archive: Annotated[
        str | None,
        _Opt(help="Nơi lưu chứng cứ: thư mục, địa chỉ fsspec / evidence: a folder, an fsspec address, none"),
    ] = None,
    quiet: Annotated[bool, _Opt("--quiet", help="Không hiện tiến độ / no progress")] = False,
    config: Annotated[
        Path | None,
        _Opt(help="Tệp thiết lập / settings file", show_default="decree43.toml", callback=settings_of, is_eager=True),
    ] = None,
) -> None:
    """Kiểm tra một cổng và ghi báo cáo. Audit one portal and write the report."""
    import os

    from app.access import access_for
    from app.choice import split
    from app.cli.one_audit import Gate, Work, run
    from app.folder import checked_folder
    from core.errors import UsageError

    checked_lang(lang)
    if url is None:
        raise UsageError(
            "chưa nêu địa chỉ cổng / no portal was named: URL",
            hint="decree43 audit https://www.example.gov.vn, decree43 audit ./dist, url = … (decree43.toml)",
        )
    folder = checked_folder(url)
    site = checked_url(site_url) if site_url and folder is not None else ""
    address = site if folder is not None else checked_url(url)
    request = AuditRequest(
        url=address or "http://localhost/",
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
        access=access_for(address, header or (), cookie or (), basic_auth_env, os.environ),
        only=split(only or ()),
        skip=split(skip or ()),
    )
    if folder is not None and request.access:
        raise UsageError(
            "không dùng với thư mục / do not go with a folder", where="--header, --cookie, --basic-auth-env"
        )
    checked_share(fail_under, "--fail-under")
    checked_share(min_coverage, "--min-coverage")
    gate = Gate(fail_under, min_coverage, baseline, write_baseline, split(fail_on or ()))
    formats = tuple(dict.fromkeys(f.strip() for f in format.split(",") if f.strip()))
    raise typer.Exit(run(Work(request, folder, site, formats, out, db, archive, quiet, gate)))
