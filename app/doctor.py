"""What this machine can and cannot check, and how to mend each."""

from __future__ import annotations

from dataclasses import dataclass

from core.audit import VIETNAM
from core.errors import Decree43Error
from core.finding import Text

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at. ``good``: True it works, False it does not, None it could not be told."""

    name: Text
    good: bool | None
    found: Text
    #: What cannot be judged because of it, and what to do.
    mend: Text = _NOTHING


def examine(resolver: str = "", db: str | None = None) -> list[Sign]:
    """Every sign, in the order of a report. Asks nobody but this machine and its resolver."""
    from crawler.machine import look
    from crawler.run import run

    machine = run(look(resolver))
    local = machine.now.astimezone(VIETNAM)
    return [
        _ipv6(machine.ipv6),
        _resolver(machine.resolver, silent=machine.silent),
        _dnssec(machine.dnssec),
        Sign(
            Text("Đồng hồ", "Clock"),
            not machine.clock_behind,
            Text(
                f"{local:%H:%M ngày %d/%m/%Y} (UTC+7); mỗi lần kiểm tra còn đối chiếu với giờ của cổng",
                f"{machine.now:%Y-%m-%d %H:%M} UTC; each audit also compares it with the portal's",
            ),
            Text(
                "Đồng hồ chậm: đặt lại giờ (ví dụ timedatectl set-ntp true), nếu không hạn chứng thư và chữ ký DNSSEC "
                "bị đánh giá sai.",
                "The clock is behind: set it (timedatectl set-ntp true), or certificates and DNSSEC signatures are "
                "misjudged.",
            ),
        ),
        _browser(),
        _database(db),
    ]


def _ipv6(route: bool | None) -> Sign:
    found = {
        True: Text("có đường ra Internet qua IPv6", "there is a route to the IPv6 internet"),
        None: Text(
            "chỉ có địa chỉ IPv6 nội bộ; kết nối được thì tính, không kết nối được thì không kết luận",
            "only a private IPv6 address: a connection counts, a missing one proves nothing",
        ),
        False: Text("không có đường IPv6", "no IPv6 route"),
    }[route]
    mend = Text(
        "Không đánh giá được phần IPv6 của TT32-15.4: chạy trên máy có IPv6, hoặc bật IPv6 (trong Docker: --ipv6, "
        "hoặc --network host).",
        "The IPv6 part of TT32-15.4 cannot be judged: run on a machine with IPv6, or enable it (Docker: --ipv6 or "
        "--network host).",
    )
    return Sign(Text("IPv6", "IPv6"), route, found, mend)


def _resolver(name: str, *, silent: bool) -> Sign:
    found = Text(f"{name} không trả lời", f"{name} does not answer") if silent else Text(name, name)
    mend = Text(
        "Không tra được tên miền: kiểm tra /etc/resolv.conf, hoặc chỉ định --resolver HOST[:PORT] (DECREE43_RESOLVER).",
        "Names cannot be looked up: check /etc/resolv.conf, or name one by --resolver HOST[:PORT] (DECREE43_RESOLVER).",
    )
    return Sign(Text("Máy chủ tên miền", "Resolver"), not silent, found, mend)


def _dnssec(support: str | None) -> Sign:
    good = {"records": True, "stripped": False}.get(support or "")
    found = {
        True: Text("máy chủ tên miền cho dữ liệu DNSSEC", "the resolver gives DNSSEC records"),
        False: Text("máy chủ tên miền bỏ dữ liệu DNSSEC", "the resolver strips DNSSEC records"),
        None: Text(
            "máy chủ tên miền không phục vụ vùng gốc có ký",
            "the resolver serves no signed root zone",
        ),
    }[good]
    mend = Text(
        "Không kiểm chứng được phần DNSSEC của TT32-15.4: dùng máy chủ tên miền khác (--resolver), hoặc trong mạng "
        "khép kín chỉ định điểm tin cậy (--trust-anchor).",
        "The DNSSEC part of TT32-15.4 cannot be verified: use another resolver (--resolver), or in a closed network "
        "name a trust anchor (--trust-anchor).",
    )
    return Sign(Text("DNSSEC", "DNSSEC"), good, found, mend)


def _browser() -> Sign:
    name = Text("Trình duyệt", "Browser")
    mend = Text(
        "Không đánh giá được hiển thị trên điện thoại, trợ năng, tốc độ và cổng dựng bằng mã kịch bản: chạy "
        "decree43 browser install.",
        "Phone layout, accessibility, speed and portals built by scripts cannot be judged: run "
        "decree43 browser install.",
    )
    from app.browser import not_there
    from crawler.browser.find import find_browser, named

    found = find_browser()
    if found is None and named():
        return Sign(name, False, Text("không có", "none"), not_there(named()))
    if found is None:
        return Sign(name, False, Text("không có", "none"), mend)
    place = f"{found.name} ({found.path})"
    return Sign(name, True, Text(place, place))


def _database(db: str | None) -> Sign:
    from app.keep import open_store

    name = Text("Cơ sở dữ liệu", "Database")
    mend = Text(
        "Kết quả không được lưu: chỉ định --db URL, hoặc --db none.",
        "Audits cannot be kept: name --db URL, or --db none.",
    )
    try:
        store = open_store(db)
    except (Decree43Error, OSError) as error:
        words = str(error).splitlines()[0]
        return Sign(name, False, Text(f"không mở được: {words}", f"cannot be opened: {words}"), mend)
    if store is None:
        return Sign(name, True, Text("không lưu (none)", "nothing is kept (none)"))
    with store:
        return Sign(name, True, Text(store.where, store.where))
