"""Build hook: ships the catalogue, its cases and the demo portals in the wheel, not when editable."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShipData(BuildHookInterface):
    """Adds ``files`` from pyproject.toml; a checkout finds the same files where they stand."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":
            build_data["force_include"].update(self.config["files"])
