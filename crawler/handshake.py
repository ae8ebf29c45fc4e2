"""One TLS handshake with one server: is the certificate sound, until when, and what is spoken (RFC 5280, RFC 9525)."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import ssl
import time
from dataclasses import dataclass

from cryptography import x509

from crawler.resolver import NoSuchHost
from crawler.tls import words
from crawler.transport import Refused, Transport

#: OpenSSL's codes of what is wrong with a chain (X509_V_ERR_…), by our names.
_CODES = {
    2: "untrusted", 9: "not_yet_valid", 10: "expired", 18: "self_signed", 19: "self_signed_root", 20: "untrusted",
    21: "untrusted", 23: "revoked", 62: "wrong_host", 64: "wrong_host",
}  # fmt: skip
#: Outcomes that say nothing about the server's HTTPS: we could not look.
UNSEEN = frozenset({"timeout", "dns", "not_admitted", "unreachable", "budget"})


@dataclass(frozen=True, slots=True)
class Shaken:
    """What came of it. ``problem`` is "" when a browser would be content."""

    #: expired, not_yet_valid, self_signed, self_signed_root, untrusted, wrong_host, revoked, handshake, refused,
    #: or one of ``UNSEEN``.
    problem: str = ""
    #: The same in OpenSSL's words.
    error: str = ""
    #: "TLSv1.3" …; "" when no handshake came about at all.
    protocol: str = ""
    expires: dt.datetime | None = None
    issuer: str = ""
    seconds: float = 0.0

    @property
    def ok(self) -> bool | None:
        """True: sound, False: a fault of the server, None: could not look."""
        return None if self.problem in UNSEEN else not self.problem


async def shake(transport: Transport, host: str, port: int, patience: float = 10.0) -> Shaken:
    """Verifies first; where that fails, reads the certificate with what old servers offer. Never raises."""
    began = time.monotonic()
    try:
        found = await transport.admitted(host, port)
    except NoSuchHost as error:
        return Shaken("dns", str(error))
    except Refused as error:
        return Shaken("not_admitted", str(error))
    strict, lenient = transport.contexts()
    # IPv4 first: what is wrong with IPv6 is another probe's question.
    address = str(min(found, key=lambda a: a.version))
    seen = await _shake(address, port, host, strict, patience)
    if seen.problem and seen.problem not in UNSEEN | {"refused"}:
        read = await _shake(address, port, host, lenient, patience)
        seen = Shaken(seen.problem, seen.error, read.protocol, read.expires, read.issuer)
    return Shaken(seen.problem, seen.error, seen.protocol, seen.expires, seen.issuer, time.monotonic() - began)


async def _shake(address: str, port: int, host: str, context: ssl.SSLContext, patience: float) -> Shaken:
    try:
        _, writer = await asyncio.wait_for(
            asyncio.open_connection(address, port, ssl=context, server_hostname=host.strip("[]")), patience
        )
    except ssl.SSLCertVerificationError as error:
        return Shaken(_CODES.get(error.verify_code, "untrusted"), words(error))
    except ssl.SSLError as error:
        return Shaken("handshake", words(error))
    except TimeoutError:
        return Shaken("timeout", "no answer in time")
    except ConnectionRefusedError:
        return Shaken("refused", "connection refused")
    except (ConnectionError, EOFError) as error:
        return Shaken("handshake", str(error) or "the connection was closed during the handshake")
    except OSError as error:
        return Shaken("unreachable", error.strerror or str(error))
    try:
        wire = writer.get_extra_info("ssl_object")
        return _read(wire)
    finally:
        writer.close()
        with contextlib.suppress(OSError, TimeoutError):
            await asyncio.wait_for(writer.wait_closed(), 2.0)


def _read(wire: ssl.SSLObject) -> Shaken:
    protocol = wire.version() or ""
    try:
        certificate = x509.load_der_x509_certificate(wire.getpeercert(binary_form=True) or b"")
        return Shaken("", "", protocol, certificate.not_valid_after_utc, certificate.issuer.rfc4514_string()[:200])
    except ValueError:  # a certificate no reader understands
        return Shaken("", "", protocol)
