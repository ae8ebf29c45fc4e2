"""TLS as the crawl speaks it: verified first, then with what old servers offer, and what was wrong in words."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

import certifi


@dataclass(slots=True)
class TlsSeen:
    """What came of the handshakes with one server: ``error`` is the first thing wrong with it."""

    error: str = ""
    lenient: bool = False


def contexts() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """One that verifies (SSL_CERT_FILE is honoured) and one that takes what old servers offer."""
    strict = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not strict.cert_store_stats()["x509_ca"] and not (paths.cafile or paths.capath):
        strict.load_verify_locations(certifi.where())
    lenient = ssl.create_default_context()
    lenient.check_hostname = False
    lenient.verify_mode = ssl.CERT_NONE
    lenient.set_ciphers("ALL:@SECLEVEL=0")
    lenient.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    lenient.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    return strict, lenient


def words(error: Exception) -> str:
    """What a failed handshake says."""
    inner = getattr(error, "certificate_error", None) or getattr(error, "os_error", None) or error
    return str(getattr(inner, "verify_message", "") or getattr(inner, "reason", "") or inner)
