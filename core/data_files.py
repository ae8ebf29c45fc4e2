"""Our own YAML files, read by libyaml where it is there: ten times as fast."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str | bytes) -> Any:
    """The value of a YAML text; raises ``yaml.YAMLError``."""
    return yaml.load(text, Loader=_LOADER)


def read_yaml(path: Path) -> Any:
    """The value of a YAML file."""
    return parse_yaml(path.read_text(encoding="utf-8"))
