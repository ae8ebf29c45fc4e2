"""Records, DNSSEC and the vantage against a little internet of our own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dns.dnssec
import dns.message
import dns.name
import dns.rcode
import dns.rrset
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from core.errors import UsageError
from crawler import dns_query
from crawler.dnssec import anchors
from crawler.dnssec.chain import Chain, Walker
from crawler.dnssec.denial import Absence, of_ds
from crawler.dnssec.signed import Bogus
from crawler.probes import dnssec, records, vantage
from crawler.run import run
from tests.lab.name_server import NameServer, serving
from tests.lab.scenes import facts_of, needs_ipv6_loopback, portals


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dns_query, "PATIENCE", 0.2)


@pytest.fixture
def other_internet(internet: NameServer) -> Iterator[NameServer]:
    """The same zones on a server whose behaviour a test may change."""
    with serving(replace(internet, rcodes={}, silent=set(), asked=[])) as server:
        yield server


def walk(host: str, server: NameServer, **more: bool) -> Chain:
    async def walking() -> Chain:
        held = anchors.read(server.anchor) if more.pop("anchored", True) else anchors.load()
        asker = dns_query.Asker(server.where)
        try:
            return await Walker(asker, held, time.time(), **more).walk(dns.name.from_text(host))
        finally:
            asker.forget()

    return run(walking())


@pytest.mark.parametrize(
    ("host", "state", "words"),
    [
        ("cong.ky.lab", "signed", ""),
        ("cong.khong.lab", "unsigned", ""),
        ("ten.khong.lab", "unsigned", ""),
        ("cong.dao.lab", "unsigned", "the parent zone has no DS record"),
        ("cong.hong.lab", "bogus", "A cong.hong.lab"),
        ("cong.cu.lab", "bogus", "signature expired"),
    ],
)
def test_the_chain_is_walked_from_the_anchor(internet: NameServer, host: str, state: str, words: str) -> None:
    chain = walk(host, internet)
    assert (chain.state, chain.how) == (state, "validated")
    assert words in chain.error
    assert chain.valid is (state == "signed")


def test_keys_that_the_anchor_does_not_name_are_bogus(internet: NameServer) -> None:
    chain = walk("cong.ky.lab", internet, anchored=False)
    assert chain.state == "bogus" and "no key that its DS record names" in chain.error


def test_a_resolver_that_strips_signatures_tells_nothing_unless_it_vouches(other_internet: NameServer) -> None:
    other_internet.strips = True
    assert walk("cong.ky.lab", other_internet).state == "unknown"
    other_internet.vouches = True
    assert walk("cong.ky.lab", other_internet) == Chain("signed", "resolver")


def test_without_a_root_the_word_of_a_closed_network_counts_and_no_other(other_internet: NameServer) -> None:
    other_internet.rcodes |= {(".", "*"): dns.rcode.REFUSED, ("lab", "*"): dns.rcode.REFUSED}
    assert walk("cong.khong.lab", other_internet, word_counts=True) == Chain("unsigned", "resolver")
    assert walk("cong.khong.lab", other_internet).state == "unknown"
    assert walk("cong.ky.lab", other_internet, word_counts=True).error == "no trust anchor for the zone"
    assert walk("cong.hong.lab", other_internet, word_counts=True).state == "bogus"


def test_a_resolver_that_fails_or_is_silent_is_no_finding(other_internet: NameServer, impatient: None) -> None:
    other_internet.rcodes["ky.lab", "DNSKEY"] = dns.rcode.SERVFAIL
    assert walk("cong.ky.lab", other_internet) == Chain("unknown", "", "the resolver answered: servfail")
    other_internet.silent.add((".", "DNSKEY"))
    assert walk("cong.ky.lab", other_internet) == Chain("unknown", "", "the resolver did not answer")


def test_nsec3_proofs() -> None:
    """A delegation without DS, an opt-out span, and a proof whose signature does not hold."""
    private = ec.generate_private_key(ec.SECP256R1())
    key = dns.dnssec.make_dnskey(private.public_key(), "ECDSAP256SHA256", flags=257)
    zone, name = dns.name.from_text("vn."), dns.name.from_text("gov.vn.")
    keys = dns.rrset.from_rdata(zone, 300, key)
    hashed = dns.dnssec.nsec3_hash(name, None, 0, 1)
    now = time.time()

    def proof(owner: str, flags: int, after: str, types: str) -> dns.message.Message:
        rrset = dns.rrset.from_text(f"{owner}.vn.", 300, "IN", "NSEC3", f"1 {flags} 0 - {after} {types}")
        message = dns.message.make_response(dns.message.make_query(name, "DS"))
        signed = dns.dnssec.sign(rrset, private, zone, key, inception=now - 100, expiration=now + 100)
        message.authority += [rrset, dns.rrset.from_rdata(rrset.name, 300, signed)]
        return message

    last = "V" * 32
    assert of_ds(proof(hashed, 1, last, "NS"), name, zone, keys, now) is Absence.INSECURE
    assert of_ds(proof(hashed, 0, last, "A RRSIG"), name, zone, keys, now) is Absence.NO_CUT
    assert of_ds(proof("0" * 32, 1, last, "NS"), name, zone, keys, now) is Absence.OPT_OUT
    assert of_ds(proof("0" * 32, 0, last, "NS"), name, zone, keys, now) is Absence.NO_CUT
    assert of_ds(proof("0" * 32, 0, "1" * 32, "NS"), name, zone, keys, now) is Absence.UNPROVEN  # does not span it
    with pytest.raises(Bogus):
        of_ds(proof(hashed, 1, last, "NS"), name, zone, keys, now + 1000)


def test_anchor_files(tmp_path: Path) -> None:
    assert dns.name.root in anchors.load().zones
    assert len(anchors.load().zones[dns.name.root][0]) == 2
    wrong = tmp_path / "wrong"
    for text in ("", "; nothing", "lab. IN A 127.0.0.1", "không phải bản ghi"):
        wrong.write_text(text, "utf-8")
        with pytest.raises(UsageError, match="trust anchor"):
            anchors.load(str(wrong))
    with pytest.raises(UsageError):
        anchors.load(str(tmp_path / "none"))


@needs_ipv6_loopback
def test_records_of_a_name(other_internet: NameServer, impatient: None) -> None:
    other_internet.rcodes["loi.khong.lab", "AAAA"] = dns.rcode.SERVFAIL
    with portals("127.0.0.1", "::1") as (portal, _):

        def look(host: str) -> tuple[bool | None, bool | None, str | None]:
            facts = facts_of(records.probe, f"http://{host}:{portal.port}/", other_internet.where)
            return facts["dns.a"], facts["dns.aaaa"], facts["dns.error"]

        assert look("cong.khong.lab") == (True, True, None)
        assert look("ten.khong.lab") == (True, True, None)
        assert look("bon.khong.lab") == (True, False, None)
        assert look("sau.khong.lab") == (False, True, None)
        other_internet.rcodes["bon.khong.lab", "AAAA"] = dns.rcode.SERVFAIL
        assert look("bon.khong.lab") == (True, None, "servfail")
        other_internet.rcodes.clear()
        other_internet.silent.add(("bon.khong.lab", "AAAA"))
        assert look("bon.khong.lab") == (True, None, "timeout")
        assert look("127.0.0.1") == (None, None, None)


def test_the_vantage_names_the_resolver_and_what_it_gives(other_internet: NameServer, anchor: str) -> None:
    with portals("127.0.0.1") as (portal,):
        url = f"http://bon.khong.lab:{portal.port}/"
        facts = facts_of(vantage.probe, url, other_internet.where, trust_anchor=anchor)
        assert facts["vantage.resolver"] == other_internet.where
        assert facts["vantage.dnssec"] == "records"
        assert facts["vantage.ipv6_route"] is None  # no IPv6 address to judge
        other_internet.strips = True
        assert facts_of(vantage.probe, url, other_internet.where)["vantage.dnssec"] == "stripped"


def test_dnssec_facts(internet: NameServer, anchor: str) -> None:
    with portals("127.0.0.1") as (portal,):

        def look(host: str) -> dict[str, object]:
            return facts_of(dnssec.probe, f"http://{host}:{portal.port}/", internet.where, trust_anchor=anchor)

        signed = look("cong.ky.lab")
        assert (signed["dnssec.state"], signed["dnssec.valid"], signed["dnssec.how"]) == ("signed", True, "validated")
        assert look("cong.khong.lab")["dnssec.valid"] is False
        assert look("127.0.0.1")["dnssec.state"] is None
