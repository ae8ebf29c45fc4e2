"""What a page is shown on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Device:
    """A screen: size in CSS pixels, device pixels per CSS pixel, fingers or mouse, and a phone's user agent."""

    name: str
    width: int
    height: int
    touch: bool = False
    mobile: bool = False
    scale: float = 1.0

    def agent(self, version: str) -> str:
        """The browser's own user agent on such a device; our name is added by the caller."""
        system = "Linux; Android 14; Mobile" if self.mobile else "X11; Linux x86_64"
        kind = "Mobile Safari" if self.mobile else "Safari"
        major = version.partition(".")[0]
        return f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 {kind}/537.36"

    def context(self, agent: str) -> dict[str, Any]:
        """What playwright wants to know."""
        return {
            "viewport": {"width": self.width, "height": self.height},
            "screen": {"width": self.width, "height": self.height},
            "device_scale_factor": self.scale,
            "is_mobile": self.mobile,
            "has_touch": self.touch,
            "user_agent": agent,
        }


DESKTOP = Device("desktop", 1366, 768)
#: The phone of the mobile checks.
PHONE = Device("phone", 390, 844, touch=True, mobile=True, scale=2.0)
PHONE_SMALL = Device("small phone", 360, 800, touch=True, mobile=True, scale=2.0)
