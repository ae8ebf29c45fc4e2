"""The address guard: which server addresses may be connected to at all."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_GLOBAL6 = ipaddress.ip_network("2000::/3")
_BENCH6 = ipaddress.ip_network("2001::/23")  # Teredo, ORCHID and other special uses
#: Cloud metadata services; never admitted, whatever resolves there.
_METADATA = frozenset(
    ipaddress.ip_address(a) for a in ("169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254")
)
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+", re.I)


def literal(host: str) -> Address | None:
    """The address a host name spells, decimal, hex, octal and short forms too; None for a real name."""
    host = unicodedata.normalize("NFKC", host).strip().strip("[]").rstrip(".").replace("。", ".")
    try:
        return ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        pass
    parts = host.split(".")
    if len(parts) > 4 or not all(_NUMBER.fullmatch(p) for p in parts):
        return None
    values = []
    for part in parts:
        base = 16 if part[:2].lower() == "0x" else 8 if len(part) > 1 and part[0] == "0" else 10
        try:
            values.append(int(part[2:] or "0", 16) if base == 16 else int(part, base))
        except ValueError:  # "08" is no octal number
            return None
    *head, last = values
    if any(v > 255 for v in head) or last >= 256 ** (4 - len(head)):
        return None
    number = last + sum(v << (8 * (3 - i)) for i, v in enumerate(head))
    return ipaddress.IPv4Address(number)


def _inner(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address carried by a mapped, NAT64 or 6to4 address."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour


@lru_cache(maxsize=4096)
def is_public(address: Address) -> bool:
    """Whether the address is one of the open internet, looked at through every disguise."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    if address in _METADATA or address.is_multicast or not address.is_global:
        return False
    return isinstance(address, ipaddress.IPv4Address) or (address in _GLOBAL6 and address not in _BENCH6)


def split_host(text: str) -> tuple[str, int | None]:
    """``HOST[:PORT]`` as host in lower case and port; IPv6 in brackets or bare."""
    text = text.strip().lower()
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        return host, int(rest[1:]) if rest.startswith(":") and rest[1:].isdigit() else None
    host, _, port = text.rpartition(":")
    if host and ":" not in host and port.isdigit():
        return host, int(port)
    return text, None


class Guard:
    """Says for a host, an address and a port whether a connection is admitted (design 4.1).

    Public addresses are. Private ones are when they belong to the start host under ``--allow-private``
    (its port, 80 and 443) or were named by ``--allow-host``.
    """

    def __init__(self, *, allow_private: bool = False, allow_hosts: Iterable[str] = ()) -> None:
        self.allow_private = allow_private
        self._named = frozenset(split_host(h) for h in allow_hosts)
        self._start: frozenset[Address] = frozenset()
        self._ports: frozenset[int] = frozenset()
        self._always: set[tuple[str, int]] = set()

    def admit_start(self, addresses: Iterable[Address], port: int) -> None:
        """The start host resolves to these addresses; they count only under ``--allow-private``."""
        if self.allow_private:
            self._start = frozenset(addresses)
            self._ports = frozenset({port, 80, 443})

    def admit_proxy(self, host: str, port: int) -> None:
        """The proxy the user named is admitted wherever it stands."""
        self._always.add((host.lower(), port))

    def admits(self, host: str, address: Address, port: int) -> bool:
        """Whether ``host`` may be connected to at this address and port."""
        if (host.lower(), port) in self._always:
            return True
        inner = _inner(address)
        if is_public(address):
            return True
        if address in _METADATA or inner in _METADATA or address.is_multicast or address.is_unspecified:
            return False
        if address in self._start and port in self._ports:
            return True
        names = {host.lower().strip("[]").rstrip("."), str(address)}
        return any((name, p) in self._named for name in names for p in (port, None))
