"""Certificates made for one test run: an authority, and good and bad ones signed by it."""

from __future__ import annotations

import datetime as dt
import ssl
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """A certificate authority; ``file`` is what SSL_CERT_FILE names."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    @property
    def file(self) -> Path:
        return self.folder / "authority.pem"

    def server(self, host: str, *, expired: bool = False, self_signed: bool = False) -> ssl.SSLContext:
        """A server's side of TLS with a certificate for ``host``."""
        key = ec.generate_private_key(ec.SECP256R1())
        issuer, signer = (_name(host), key) if self_signed else (self.name, self.key)
        now = dt.datetime.now(dt.UTC)
        ends = now - _DAY if expired else now + 30 * _DAY
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        signed = _build(_name(host), issuer, key, now - 60 * _DAY, ends).add_extension(names, False)
        path = self.folder / f"{host}-{expired}-{self_signed}.pem"
        _write(path, signed.sign(signer, hashes.SHA256()), key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def make_authority(folder: Path) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    now = dt.datetime.now(dt.UTC)
    name = _name("Lab")
    built = _build(name, name, key, now - 90 * _DAY, now + 90 * _DAY)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    authority = Authority(folder, key, name)
    _write(authority.file, built.sign(key, hashes.SHA256()))
    return authority


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _build(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, begins: dt.datetime, ends: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )


def _write(path: Path, signed: x509.Certificate, key: ec.EllipticCurvePrivateKey | None = None) -> None:
    kinds = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    private = key.private_bytes(*kinds) if key is not None else b""
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
