"""The portal under audit."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from core.bodies import VOLUNTARY, BodyKind


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal: its address, the body that runs it, and hosts known to be the same agency."""

    url: str
    kind: BodyKind = BodyKind.PROVINCE
    name: str = ""
    #: Hosts (``host`` or ``host:port``) the user named as belonging to the same agency.
    hosts: tuple[str, ...] = ()
    #: Addresses of component portals (khoản 1 điểm b Điều 15), when the user gave an inventory.
    components: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").lower()

    @property
    def voluntary(self) -> bool:
        """Whether the body is outside khoản 1 Điều 2 NĐ 43/2011/NĐ-CP."""
        return self.kind in VOLUNTARY
