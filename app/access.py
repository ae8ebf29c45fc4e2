"""Reading ``--header``, ``--cookie`` and ``--basic-auth-env``; errors name the option and never the value."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping

from core.access import Access, origin_of
from core.errors import UsageError

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
#: Set by the program itself; a visitor who sends others would not be the honest one of the ledger.
_OURS = frozenset(
    "accept-encoding connection content-length content-type expect host te trailer transfer-encoding upgrade "
    "user-agent range proxy-authorization".split()
)


def access_for(
    url: str,
    headers: Iterable[str],
    cookies: Iterable[str],
    basic_auth_env: str,
    environment: Mapping[str, str],
) -> Access:
    """What opens the preview at ``url``. ``${NAME}`` in a value is that variable. Raises UsageError."""
    found = [_header(text, environment) for text in headers]
    jar = [_cookie(text, environment) for text in cookies]
    secrets: tuple[str, ...] = ()
    if jar:
        found.append(("Cookie", "; ".join(jar)))
    if basic_auth_env:
        pair = _variable(basic_auth_env, environment, "--basic-auth-env")
        _, colon, password = pair.partition(":")
        if not colon:
            raise UsageError(
                f"biến {basic_auth_env} không có dạng / the variable is not of the form user:password",
                where="--basic-auth-env",
                hint=f"export {basic_auth_env}=user:password",
            )
        secrets = (pair, password)
        found.append(("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}"))
    names = [name.lower() for name, _ in found]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise UsageError(f"{twice}: nêu hai lần / is given twice", where="--header, --cookie, --basic-auth-env")
    return Access(origin_of(url), tuple(found), secrets) if found else Access()


def _header(text: str, environment: Mapping[str, str]) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    name, value = name.strip(), _filled(value.strip(), environment, "--header")
    if not colon or not _NAME.fullmatch(name) or not value:
        raise UsageError(
            "không có dạng 'Tên: giá trị' / is not of the form 'Name: value'",
            where="--header",
            hint="--header 'X-Preview-Token: ${PREVIEW_TOKEN}'",
        )
    if name.lower() in _OURS:
        raise UsageError(f"{name}: do chương trình đặt / is set by the program itself", where="--header")
    return name, _one_line(value, "--header")


def _cookie(text: str, environment: Mapping[str, str]) -> str:
    value = _filled(text.strip(), environment, "--cookie")
    parts = [part.partition("=") for part in value.split(";")]
    if not all(sign and _NAME.fullmatch(name.strip()) for name, sign, _ in parts):
        raise UsageError(
            "không có dạng tên=giá trị / is not of the form name=value",
            where="--cookie",
            hint="--cookie 'preview=${PREVIEW_TOKEN}'",
        )
    return _one_line(value, "--cookie")


def _one_line(value: str, where: str) -> str:
    if not value.isascii() or not value.isprintable():
        raise UsageError(
            "giá trị có ký tự không gửi được / the value holds characters that cannot be sent",
            where=where,
            hint="chỉ dùng chữ ASCII trên một dòng / printable ASCII on one line",
        )
    return value


def _filled(value: str, environment: Mapping[str, str], where: str) -> str:
    return _VARIABLE.sub(lambda match: _variable(match[1], environment, where), value)


def _variable(name: str, environment: Mapping[str, str], where: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise UsageError(
            f"không có biến môi trường / there is no environment variable {name}",
            where=where,
            hint="đặt biến này trong phần bí mật của hệ thống CI / set it among the secrets of the CI system",
        )
    return value
