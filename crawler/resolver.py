"""Host names to addresses: the system's resolver or a named one, asked once per host and crawl."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from typing import Any

import dns.asyncresolver
import dns.exception
import dns.name
import dns.resolver

from core.page import Outcome
from crawler.guard import Address, literal, split_host

#: Seconds one name may take.
PATIENCE = 10.0
#: What a system's resolver says of a name that does not exist, and of one without an address.
_NONE = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_NO_NAME, _NO_ADDRESS = "no such name", "no address"


class NoSuchHost(OSError):
    """The host has no address; the text says what the resolver said.

    ``certain``: it said that there is no such name, or none with an address (RFC 2308); else it did not answer.
    """

    def __init__(self, why: str, *, certain: bool = False) -> None:
        super().__init__(why)
        self.certain = certain

    @property
    def outcome(self) -> Outcome:
        return Outcome.NO_HOST if self.certain else Outcome.DNS


class Resolver:
    """Answers with every address of a host, IPv4 and IPv6, and remembers."""

    def __init__(self, server: str = "") -> None:
        self.server = server
        self._known: dict[str, asyncio.Task[tuple[Address, ...]]] = {}

    async def addresses(self, host: str) -> tuple[Address, ...]:
        """All addresses; raises NoSuchHost."""
        spelled = literal(host)
        if spelled is not None:
            return (spelled,)
        host = host.lower().rstrip(".")
        if host not in self._known:
            self._known[host] = asyncio.ensure_future(self._look_up(host))
        return await asyncio.shield(self._known[host])

    async def _look_up(self, host: str) -> tuple[Address, ...]:
        if self.server and host != "localhost" and not host.endswith(".localhost"):
            return await self._ask_named(host)
        try:
            found = await asyncio.wait_for(_in_thread(host), PATIENCE)
        except TimeoutError:
            raise NoSuchHost("the resolver did not answer in time") from None
        except UnicodeError:
            raise NoSuchHost("not a host name") from None
        except OSError as error:
            raise NoSuchHost(error.strerror or str(error), certain=error.errno in _NONE) from None
        return found

    async def _ask_named(self, host: str) -> tuple[Address, ...]:
        server, port = split_host(self.server)
        if literal(server) is None:
            try:
                server = str((await asyncio.wait_for(_in_thread(server), PATIENCE))[0])
            except (OSError, UnicodeError, TimeoutError):
                raise NoSuchHost(f"the resolver {self.server} has no address") from None
        asker = dns.asyncresolver.Resolver(configure=False)
        asker.nameservers = [server]
        asker.port = port or 53
        asker.lifetime = PATIENCE
        found: list[Address] = []
        problems: list[str] = []
        answers = await asyncio.gather(
            *(asker.resolve(host, kind, search=False) for kind in ("A", "AAAA")), return_exceptions=True
        )
        for answer in answers:
            if isinstance(answer, dns.resolver.Answer):
                found += [ipaddress.ip_address(r.address) for r in answer if hasattr(r, "address")]
            elif isinstance(answer, dns.exception.DNSException | OSError):
                problems.append(_why(answer))
            elif isinstance(answer, BaseException):
                raise answer
        if not found:
            certain = {*problems} <= {_NO_NAME, _NO_ADDRESS}
            raise NoSuchHost("; ".join(dict.fromkeys(problems)) or _NO_ADDRESS, certain=certain)
        return tuple(dict.fromkeys(found))

    def forget(self) -> None:
        """Ends look-ups still under way and reads the errors nobody asked for."""
        for task in self._known.values():
            if not task.done():
                task.cancel()
            elif not task.cancelled():
                task.exception()


def _why(error: Exception) -> str:
    if isinstance(error, dns.resolver.NXDOMAIN):
        return _NO_NAME
    if isinstance(error, dns.resolver.NoAnswer):
        return _NO_ADDRESS
    if isinstance(error, dns.resolver.LifetimeTimeout):
        return "the resolver did not answer in time"
    return str(error) or type(error).__name__


async def _in_thread(host: str) -> tuple[Address, ...]:
    """``getaddrinfo`` in a thread of its own, which never holds up the end of the process."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[Address, ...]] = loop.create_future()

    def tell(found: tuple[Address, ...] | None, error: Exception | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(found or ())

    def work() -> None:
        found: tuple[Address, ...] | None = None
        problem: Exception | None = None
        try:
            rows: list[Any] = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = tuple(dict.fromkeys(ipaddress.ip_address(row[4][0].split("%")[0]) for row in rows))
        except (OSError, UnicodeError) as error:
            problem = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(tell, found, problem)

    threading.Thread(target=work, name=f"resolve {host}", daemon=True).start()
    return await answer
