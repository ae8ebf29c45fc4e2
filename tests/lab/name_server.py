"""A name server on loopback that plays the resolver of a little internet: a signed root, and zones of every sort."""

from __future__ import annotations

import datetime as dt
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.dnssec
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rdtypes.ANY.DNSKEY
import dns.rrset
import dns.zone
from cryptography.hazmat.primitives.asymmetric import ec

DAY = 86400
_SOA = "@ 300 IN SOA ns.lab. chu.lab. 1 3600 600 86400 300\n@ 300 IN NS ns.lab.\n"


@dataclass
class SignedZone:
    """A zone and the key it is signed with."""

    zone: dns.zone.Zone
    key: dns.rdtypes.ANY.DNSKEY.DNSKEY | None = None

    @property
    def ds(self) -> str:
        assert self.key is not None and self.zone.origin is not None
        return dns.dnssec.make_ds(self.zone.origin, self.key, "SHA256").to_text()


def make_zone(origin: str, records: str, *, sign: bool = True, expired: bool = False) -> SignedZone:
    """A zone from lines of a zone file; signed, with signatures that ended yesterday if ``expired``."""
    zone = dns.zone.from_text(_SOA + records, origin=origin, relativize=False)
    if not sign:
        return SignedZone(zone)
    private = ec.generate_private_key(ec.SECP256R1())
    key = dns.dnssec.make_dnskey(private.public_key(), "ECDSAP256SHA256", flags=257)
    now = dt.datetime.now(dt.UTC)
    ends = now - dt.timedelta(days=1) if expired else now + dt.timedelta(days=2)
    begins = now - dt.timedelta(days=30)
    with zone.writer() as writer:
        dns.dnssec.sign_zone(zone, writer, keys=[(private, key)], inception=begins, expiration=ends, dnskey_ttl=300)
    return SignedZone(zone, key)


@dataclass
class NameServer:
    """Answers for ``zones``; ``rcodes`` and ``silent`` are exceptions by (name, type), types "*" for any."""

    zones: list[SignedZone]
    #: Lines of a trust anchor file for the root of this little internet.
    anchor: str = ""
    rcodes: dict[tuple[str, str], dns.rcode.Rcode] = field(default_factory=dict)
    silent: set[tuple[str, str]] = field(default_factory=set)
    #: Leaves signatures and proofs out, as some forwarders do.
    strips: bool = False
    #: Says that it validated (AD).
    vouches: bool = False
    #: Names with an IPv4 address of their own, beside the zones.
    extra: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    where: str = ""

    def reply(self, wire: bytes) -> bytes | None:
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True) or "."
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        if {(name, kind), (name, "*")} & self.silent:
            return None
        wants = bool(query.ednsflags & dns.flags.DO) and not self.strips
        message = dns.message.make_response(query)
        message.use_edns(0, dns.flags.DO if wants else 0, 1232)
        message.flags |= dns.flags.RA
        code = self.rcodes.get((name, kind), self.rcodes.get((name, "*")))
        if code is not None:
            message.set_rcode(code)
            return message.to_wire()
        if self.vouches:
            message.flags |= dns.flags.AD
        if name in self.extra and kind == "A":
            message.answer.append(dns.rrset.from_text(question.name, 60, "IN", "A", self.extra[name]))
            return message.to_wire()
        self._answer(message, question.name, question.rdtype, wants)
        return message.to_wire()

    def _answer(self, message: dns.message.Message, name: dns.name.Name, kind: int, wants: bool) -> None:
        # A DS record stands in the parent zone.
        held = [
            z.zone for z in self.zones
            if name.is_subdomain(z.zone.origin) and not (kind == dns.rdatatype.DS and name == z.zone.origin)
        ]  # fmt: skip
        if not held:
            message.set_rcode(dns.rcode.REFUSED)
            return
        zone = max(held, key=lambda z: len(z.origin))
        node = zone.get_node(name)
        for wanted in (kind, dns.rdatatype.CNAME):
            found = node.get_rdataset(zone.rdclass, wanted) if node is not None else None
            if found is not None:
                self._put(message.answer, zone, name, wanted, wants)
                if wanted == dns.rdatatype.CNAME and kind != dns.rdatatype.CNAME:
                    self._answer(message, found[0].target, kind, wants)
                return
        self._put(message.authority, zone, zone.origin, dns.rdatatype.SOA, wants)
        exists = any(n.is_subdomain(name) for n in zone)
        if not exists:
            message.set_rcode(dns.rcode.NXDOMAIN)
        if wants:
            owner = max((n for n in zone if n <= name and zone.get_rdataset(n, "NSEC")), default=None)
            if owner is not None:
                self._put(message.authority, zone, owner, dns.rdatatype.NSEC, wants)

    def _put(
        self, section: list[dns.rrset.RRset], zone: dns.zone.Zone, name: dns.name.Name, kind: int, wants: bool
    ) -> None:
        kinds = [(kind, dns.rdatatype.NONE), (dns.rdatatype.RRSIG, kind)][: 1 + wants]
        for rdtype, covers in kinds:
            node = zone.get_node(name)
            found = node.get_rdataset(zone.rdclass, rdtype, covers) if node is not None else None
            if found is not None:
                section.append(dns.rrset.from_rdata_list(name, found.ttl, list(found)))


@contextmanager
def serving(server: NameServer) -> Iterator[NameServer]:
    """Runs it on 127.0.0.1, UDP and TCP, on a free port that ``where`` names."""
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    tcp = socket.create_server(("127.0.0.1", udp.getsockname()[1]))
    for sock in (udp, tcp):
        sock.settimeout(0.05)
    done = threading.Event()

    def datagrams() -> None:
        while not done.is_set():
            try:
                wire, who = udp.recvfrom(4096)
            except TimeoutError:
                continue
            answer = server.reply(wire)
            if answer is not None:
                udp.sendto(answer, who)

    def streams() -> None:
        while not done.is_set():
            try:
                peer, _ = tcp.accept()
            except TimeoutError:
                continue
            with peer:
                size = struct.unpack("!H", peer.recv(2))[0]
                answer = server.reply(peer.recv(size))
                if answer is not None:
                    peer.sendall(struct.pack("!H", len(answer)) + answer)

    threads = [threading.Thread(target=t) for t in (datagrams, streams)]
    for thread in threads:
        thread.start()
    server.where = f"127.0.0.1:{udp.getsockname()[1]}"
    try:
        yield server
    finally:
        done.set()
        for thread in threads:
            thread.join()
        udp.close()
        tcp.close()


def little_internet() -> NameServer:
    """Root and ``lab`` are signed. Below it, each with the host ``cong``:

    ``ky.lab`` signed; ``khong.lab`` not signed; ``hong.lab`` an address changed after signing; ``cu.lab`` expired
    signatures; ``dao.lab`` signed, but ``lab`` has no DS for it. In ``khong.lab`` also ``bon`` (A only), ``sau``
    (AAAA only) and ``ten`` (an alias of ``cong``).
    """
    both = "cong 300 IN A 127.0.0.1\ncong 300 IN AAAA ::1\n"
    signed, island = make_zone("ky.lab.", both), make_zone("dao.lab.", both)
    bogus, old = make_zone("hong.lab.", both), make_zone("cu.lab.", both, expired=True)
    with bogus.zone.writer() as writer:  # the signature stays that of 127.0.0.1
        name = dns.name.from_text("cong.hong.lab.")
        writer.replace(name, dns.rrset.from_text(name, 300, "IN", "A", "127.0.0.2").to_rdataset())
    plain = make_zone(
        "khong.lab.",
        both + "bon 300 IN A 127.0.0.1\nsau 300 IN AAAA ::1\nten 300 IN CNAME cong\n"
        "dichvucong.cong 300 IN A 127.0.0.1\n",
        sign=False,
    )
    cuts = "".join(f"{z} 300 IN NS ns.lab.\n" for z in ("ky", "khong", "hong", "cu", "dao"))
    held = "".join(f"{n} 300 IN DS {z.ds}\n" for n, z in (("ky", signed), ("hong", bogus), ("cu", old)))
    lab = make_zone("lab.", f"ns 300 IN A 127.0.0.1\nns 300 IN AAAA ::1\n{cuts}{held}")
    root = make_zone(".", f"lab. 300 IN NS ns.lab.\nlab. 300 IN DS {lab.ds}\n")
    return NameServer([root, lab, signed, island, bogus, old, plain], anchor=f". IN DS {root.ds}\n")
