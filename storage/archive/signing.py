"""Signatures of evidence packs: Ed25519 (RFC 8032)."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from core.errors import UsageError

#: Names the file with the private key.
VARIABLE = "DECREE43_SIGNING_KEY"
#: Before what is signed, so that a signature of a pack is none of anything else.
_PREFIX = b"decree43 evidence pack 1\n"
_RAW = serialization.Encoding.Raw, serialization.PublicFormat.Raw
_HINT = "a PEM file as `decree43 evidence key FILE` makes one"


def configured() -> Ed25519PrivateKey | None:
    """The key of ``DECREE43_SIGNING_KEY``; None when none is named. Raises UsageError."""
    name = os.environ.get(VARIABLE, "")
    return private_key(Path(name)) if name else None


def private_key(path: Path) -> Ed25519PrivateKey:
    """A private key from a PEM file. Raises UsageError."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise _unread(path, error) from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise UsageError("không phải khóa ký / is no private key", where=str(path), hint=_HINT) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError("không phải khóa Ed25519 / is no Ed25519 key", where=str(path), hint=_HINT)
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """A public key from a PEM file. Raises UsageError."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except OSError as error:
        raise _unread(path, error) from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise UsageError("không phải khóa công khai / is no public key", where=str(path), hint=_HINT) from None
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError("không phải khóa Ed25519 / is no Ed25519 key", where=str(path), hint=_HINT)
    return key


def _unread(path: Path, error: OSError) -> UsageError:
    return UsageError(f"không đọc được khóa / the key cannot be read: {error.strerror}", where=str(path), hint=_HINT)


def make_key(path: Path) -> str:
    """Makes a key: the private one at ``path``, readable by its owner only, the public one beside it as ``.pub``.

    Gives its fingerprint. Raises UsageError where something stands there already.
    """
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secret)
        path.with_name(path.name + ".pub").write_bytes(public)
    except OSError as error:
        raise UsageError(
            f"không ghi được khóa / the key cannot be written: {error.strerror}",
            where=str(path),
            hint="chọn tên khác / name a file that is not there yet",
        ) from None
    return fingerprint(key.public_key())


def fingerprint(key: Ed25519PublicKey) -> str:
    """A short name of a key for people to compare: SHA-256 of its 32 bytes."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key.public_bytes(*_RAW)).digest()).decode().rstrip("=")


def statement(key: Ed25519PrivateKey, data: bytes) -> dict[str, str]:
    """The signature of some bytes, with the public key it can be checked by."""
    return {
        "algorithm": "Ed25519",
        "publicKey": base64.b64encode(key.public_key().public_bytes(*_RAW)).decode(),
        "signature": base64.b64encode(key.sign(_PREFIX + data)).decode(),
    }


def signed_by(said: object, data: bytes) -> Ed25519PublicKey | None:
    """The key that signed the bytes, by their ``statement``; None where the signature is not right."""
    if not isinstance(said, dict) or set(said) != {"algorithm", "publicKey", "signature"}:
        return None
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(str(said["publicKey"]), validate=True))
        key.verify(base64.b64decode(str(said["signature"]), validate=True), _PREFIX + data)
    except (ValueError, InvalidSignature):
        return None
    return key if said["algorithm"] == "Ed25519" else None


def same(one: Ed25519PublicKey, other: Ed25519PublicKey) -> bool:
    """Whether two keys are one."""
    return one.public_bytes(*_RAW) == other.public_bytes(*_RAW)
