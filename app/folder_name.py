"""What reports call a folder: its path in the repository, where code reviews look for files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

#: Where CI systems say that the repository lies, should its .git not be there.
_WORKSPACES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


@dataclass(frozen=True, slots=True)
class FolderName:
    """A folder as reports name it; "" for the root of the repository itself."""

    shown: str
    #: Whether the name leads there from the root of the repository; else it is the folder's own name only.
    in_repository: bool = True


def name_of(folder: Path, environment: Mapping[str, str]) -> FolderName:
    """The folder as seen from the repository around it, from a CI system's workspace, or from the working folder.

    Where a link leads to a folder of the repository, the name is that folder's; where it leads out, the link's own.
    """
    for root in _roots(folder, environment):
        for here in (folder.resolve(), _spelled(folder)):
            for base in (root.resolve(), root):
                if here.is_relative_to(base):
                    name = here.relative_to(base).as_posix()
                    return FolderName("" if name == "." else name)
    return FolderName(folder.resolve().name, in_repository=False)


def _roots(folder: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """Where names may begin, the likeliest first; a link's target comes after the link."""
    for start in (_spelled(folder), folder.resolve()):
        yield from (here for here in (start, *start.parents) if os.path.lexists(here / ".git"))
    yield from (_spelled(Path(environment[name])) for name in _WORKSPACES if environment.get(name))
    yield Path.cwd()


def _spelled(path: Path) -> Path:
    """The whole path with its links as they are."""
    return Path(os.path.normpath(path.absolute()))
