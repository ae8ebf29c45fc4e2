"""The portal's domain name by kind of body (Điều 6)."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pydantic import Field, field_validator

from checks.answers import could_not_look
from checks.kind import Kind, failed, not_applicable, passed
from checks.say import say
from core.bodies import BodyKind
from core.evidence import Evidence
from core.finding import Answer, Proof, partial
from core.hosts import is_address
from core.text import clean, fold

_ANY = "[a-z0-9-]+"


class Domain(Kind):
    """The host follows one of the ``patterns`` for this kind of body.

    ``{province}`` in a pattern stands for one of ``provinces``, or for any label when none are given.
    ``without`` names words that are no part of a name: where the portal's name is known, a host that has one of
    them before it (xasonlinh for Xã Sơn Linh) is of another form.
    Passes when a pattern fits. Partial when the host is under .gov.vn but of another form.
    Fails when it is not under .gov.vn. Not applicable where no pattern is given for the kind of body.
    Unknown when the portal was visited by number or as localhost, or could not be reached at all.
    """

    key: ClassVar[str] = "domain"
    of_a_server: ClassVar[bool] = True

    patterns: dict[BodyKind, tuple[str, ...]]
    provinces: tuple[str, ...] = ()
    without: dict[BodyKind, tuple[str, ...]] = Field(default_factory=dict)

    @field_validator("patterns", mode="before")
    @classmethod
    def _lists(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {k: (v,) if isinstance(v, str) else v for k, v in value.items()}

    @field_validator("patterns")
    @classmethod
    def _compiles(cls, value: dict[BodyKind, tuple[str, ...]]) -> dict[BodyKind, tuple[str, ...]]:
        for pattern in (p for many in value.values() for p in many):
            try:
                re.compile(pattern.replace("{province}", _ANY))
            except re.error as error:
                raise ValueError(
                    f"{pattern!r} không phải biểu thức chính quy / is no regular expression: {error}"
                ) from None
        return value

    def judge(self, evidence: Evidence) -> Answer:
        host = evidence.portal.host
        if not host or is_address(host) or "." not in host or host.endswith((".localhost", ".local")):
            return could_not_look("address_is_number")
        if not evidence.pages:
            return could_not_look("unreachable")
        patterns = self.patterns.get(evidence.portal.kind, ())
        if not patterns:
            return not_applicable(say("domain_no_rule"))
        more: dict[str, Any] = {"proofs": (Proof("probe", evidence.portal.url, host),)}
        names = "|".join(re.escape(p.lower().removesuffix(".gov.vn")) for p in self.provinces) or _ANY
        if any(re.search(p.replace("{province}", f"(?:{names})"), host, re.I) for p in patterns):
            prefix, wanted = self._prefix(evidence, host)
            if prefix:
                return partial(say("domain_prefix", host=host, prefix=prefix, wanted=wanted), **more)
            return passed(say("domain_ok", host=host), **more)
        if host.endswith(".gov.vn"):
            return partial(say("domain_gov", host=host), **more)
        return failed(say("domain_wrong", host=host), **more)

    def _prefix(self, evidence: Evidence, host: str) -> tuple[str, str]:
        """The word that stands before the body's name in the host's first label, and the host without it."""
        label, _, rest = host.removeprefix("www.").partition(".")
        plain = label.replace("-", "")
        for word in self.without.get(evidence.portal.kind, ()):
            after = re.search(rf"\b{re.escape(clean(word).casefold())}\s+(.+)", clean(evidence.portal.name).casefold())
            bare = plain.removeprefix(fold(word).replace(" ", ""))
            # "Xã Sơn Linh" at xasonlinh; "Xã Xá Nhè" at xanhe begins with its own name
            if after and bare and bare != plain and fold(after[1]).replace(" ", "").startswith(bare):
                return word, f"{bare}.{rest}"
        return "", ""
