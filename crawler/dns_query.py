"""Questions to the resolver itself, one record set at a time: what a list of addresses cannot tell."""

from __future__ import annotations

import asyncio

import dns.asyncquery
import dns.asyncresolver
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.rrset

from crawler.guard import literal, split_host
from crawler.resolver import NoSuchHost, Resolver

#: Seconds one server may take over one question.
PATIENCE = 2.5
#: Causes that mean: no answer came at all.
SILENT = frozenset({"timeout", "unreachable", "no_resolver"})
#: How often the servers are gone through.
ROUNDS = 2


class LookUpFailed(Exception):
    """No answer to judge by. ``cause``: timeout, unreachable, no_resolver, or the DNS error code, as servfail."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Asker:
    """Asks the named resolver (``HOST[:PORT]``), or the system's, and remembers its answers."""

    def __init__(self, server: str = "") -> None:
        self.server = server
        self._known: dict[tuple[dns.name.Name, str, bool], asyncio.Task[dns.message.Message]] = {}
        self._servers: list[tuple[str, int]] | None = None

    async def servers(self) -> list[tuple[str, int]]:
        """Addresses and ports that are asked; empty when the system names none."""
        if self._servers is None:
            self._servers = await self._find()
        return self._servers

    async def _find(self) -> list[tuple[str, int]]:
        if not self.server:
            try:
                asker = dns.asyncresolver.Resolver()
            except (dns.resolver.NoResolverConfiguration, OSError):
                return []
            return [(str(s), asker.port) for s in asker.nameservers if literal(str(s)) is not None]
        host, port = split_host(self.server)
        if literal(host) is None:
            try:
                host = str((await Resolver().addresses(host))[0])
            except NoSuchHost:
                return []
        return [(host, port or 53)]

    async def ask(self, name: dns.name.Name | str, kind: str, *, dnssec: bool = False) -> dns.message.Message:
        """The resolver's answer, NXDOMAIN and empty ones too; raises LookUpFailed.

        ``dnssec`` asks for signatures (DO, RFC 3225) and for data that did not validate (CD, RFC 4035 section 3.2.2).
        """
        asked = dns.name.from_text(name) if isinstance(name, str) else name
        key = (asked, kind, dnssec)
        if key not in self._known:
            self._known[key] = asyncio.ensure_future(self._ask(*key))
        return await asyncio.shield(self._known[key])

    async def _ask(self, name: dns.name.Name, kind: str, dnssec: bool) -> dns.message.Message:
        cause = "no_resolver"
        for _ in range(ROUNDS):
            for server, port in await self.servers():
                query = dns.message.make_query(name, kind, use_edns=0, payload=1232, want_dnssec=dnssec)
                if dnssec:
                    query.flags |= dns.flags.CD
                try:
                    answer, _tcp = await dns.asyncquery.udp_with_fallback(query, server, PATIENCE, port)
                except dns.exception.Timeout:
                    cause = "timeout"
                    continue
                except (dns.exception.DNSException, OSError, EOFError):
                    cause = "unreachable"
                    continue
                if answer.rcode() in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
                    return answer
                cause = dns.rcode.to_text(answer.rcode()).lower()
        raise LookUpFailed(cause)

    def forget(self) -> None:
        """Ends questions still under way and reads the errors nobody asked for."""
        for task in self._known.values():
            if not task.done():
                task.cancel()
            elif not task.cancelled():
                task.exception()


def rrset(message: dns.message.Message, name: dns.name.Name, kind: str) -> dns.rrset.RRset | None:
    """The record set of exactly this name and type in the answer section."""
    wanted = dns.rdatatype.from_text(kind)
    return next((r for r in message.answer if r.name == name and r.rdtype == wanted), None)


def has(message: dns.message.Message, kind: str) -> bool:
    """Whether the answer holds a record of the type, aliases followed."""
    wanted = dns.rdatatype.from_text(kind)
    return any(r.rdtype == wanted for r in message.answer)
