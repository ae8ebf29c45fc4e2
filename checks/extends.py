"""A catalogue that starts from another: files laid one over the other, the oldest law first.

Maps are merged field by field, lists are replaced; ``add_<field>`` puts entries at the end of an inherited list and
``remove_<field>`` takes entries out; a map by their ids changes single entries of a list (parts, fields);
null empties a field. ``replaces: ID`` begins from another rule under a new id,
``drop: [ID]`` takes rules away.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from checks.catalogue_model import LayerModel, one_line, refused
from checks.say import both
from core.data_files import parse_yaml
from core.errors import CatalogueError

#: Fields of one file that say nothing of those that extend it.
_OWN = ("id", "title", "extends", "drop", "rules", "cases")


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of a chain, as read."""

    path: Path
    raw: bytes
    data: dict[str, Any]

    @property
    def file(self) -> str:
        return self.path.name


@dataclass(frozen=True, slots=True)
class Whole:
    """A chain laid together: the fields of the whole, and the file each rule was last written in."""

    data: dict[str, Any]
    files: dict[str, str]
    #: Hash of the file's own bytes when it stands alone, else of the whole chain.
    sha256: str


def read_chain(path: Path, find: Callable[[str, Path], Path]) -> tuple[Layer, ...]:
    """The file and all it starts from, the oldest first. ``find`` gives the file of a name used in another file.

    Raises CatalogueError when a file cannot be read or the chain comes back to where it was.
    """
    layers: list[Layer] = []
    seen: list[Path] = []
    where = path.name
    while True:
        resolved = path.resolve()
        if resolved in seen:
            circle = " -> ".join([*(p.name for p in seen), path.name])
            message = both("catalogue_circle", names=circle) if len(seen) > 1 else both("catalogue_itself")
            raise CatalogueError(message, where=f"{where}, extends", hint=both("catalogue_itself_hint"))
        seen.append(resolved)
        layer = _read(path)
        layers.append(layer)
        parent = str(layer.data.get("extends") or "")
        if not parent:
            return tuple(reversed(layers))
        try:
            path = find(parent, path)
        except CatalogueError as error:
            if parent == layer.data.get("id"):  # its own id, which no file beside it has for a name
                message, hint = both("catalogue_itself"), both("catalogue_itself_hint")
                raise CatalogueError(message, where=f"{layer.file}, extends", hint=hint) from None
            raise CatalogueError(error.message, where=f"{layer.file}, extends", hint=error.hint) from None


def together(layers: tuple[Layer, ...]) -> Whole:
    """The files of a chain as one. Raises CatalogueError with file, rule and field."""
    base = layers[0]
    data, files = dict(base.data), {}
    data["rules"] = list(base.data.get("rules") or ())
    files = {str(r.get("id")): base.file for r in data["rules"]}
    digest = hashlib.sha256(base.raw).hexdigest()
    for layer in layers[1:]:
        data["rules"] = _rules(data["rules"], layer, files)
        own = {k: v for k, v in layer.data.items() if k not in ("rules", "drop")}
        kept = {k: v for k, v in data.items() if k not in _OWN}
        data = {**_merged(kept, own, layer.file), "rules": data["rules"]}
        digest = hashlib.sha256(f"{digest}\n".encode() + layer.raw).hexdigest()
    return Whole(data, files, digest)


def _read(path: Path) -> Layer:
    try:
        raw = path.read_bytes()
        data = parse_yaml(raw)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError(f"{both('catalogue_unread')}: {one_line(error)}", where=path.name) from None
    if not isinstance(data, dict):
        raise CatalogueError(both("catalogue_other_file"), where=path.name, hint=both("catalogue_other_file_hint"))
    try:
        LayerModel.model_validate(data)
    except ValidationError as error:
        raise refused(error, path.name) from None
    ids = [str(r["id"]) for r in data.get("rules") or () if "id" in r]
    twice = next((i for i in ids if ids.count(i) > 1), None)
    if twice:
        raise CatalogueError(both("catalogue_twice", name=twice), where=path.name, hint=both("catalogue_twice_hint"))
    return Layer(path, raw, data)


def _rules(inherited: list[dict[str, Any]], layer: Layer, files: dict[str, str]) -> list[dict[str, Any]]:
    """The inherited rules with those of one file laid over them."""
    known = [str(r.get("id")) for r in inherited]
    dropped = [str(i) for i in layer.data.get("drop") or ()]
    entries = layer.data.get("rules") or ()
    replaced = {str(e["replaces"]) for e in entries if e.get("replaces")}
    for name in (*dropped, *sorted(replaced)):
        if name not in known:
            field = "drop" if name in dropped else "replaces"
            raise CatalogueError(
                both("catalogue_no_base", name=name), where=f"{layer.file}, {field}", hint=near(name, known)
            )
    for entry in entries:
        if entry.get("id") in dropped or entry.get("replaces") in dropped:
            raise CatalogueError(both("catalogue_dropped"), where=f"{layer.file}, rule {entry.get('id')}, drop")
    result = {str(r.get("id")): r for r in inherited if str(r.get("id")) not in dropped}
    order = [i for i in known if i in result]
    for number, entry in enumerate(entries):
        name = str(entry.get("id", f"number {number + 1}"))
        old = str(entry.get("replaces") or "")
        where = f"{layer.file}, rule {name}"
        if old and old in result:
            before = result.pop(old)
            aliases = [*before.get("aliases", ()), old]
            result[name] = {"aliases": aliases, **_over(before, entry, where)}
            result[name]["aliases"] = list(dict.fromkeys([*aliases, *entry.get("aliases", ())]))
            order[order.index(old)] = name
        elif old:
            raise CatalogueError(both("catalogue_replaced", name=old), where=f"{where}, replaces")
        elif name in result:
            result[name] = _over(result[name], entry, where)
        else:
            result[name] = entry
            order.append(name)
        files[name] = layer.file
    return [result[i] for i in order]


def _over(before: dict[str, Any], entry: dict[str, Any], where: str) -> dict[str, Any]:
    """A rule with an entry laid over it. Another kind of check begins with fields of its own."""
    kept = dict(before)
    kept.pop("replaces", None)
    if entry.get("check", before.get("check")) != before.get("check"):
        kept.pop("with", None)
    if isinstance(entry.get("weight"), int | float):
        kept.pop("weight", None)
    return _merged(kept, entry, where)


def _merged(before: dict[str, Any], over: dict[str, Any], where: str) -> dict[str, Any]:
    result = dict(before)
    for key, value in over.items():
        verb, _, field = key.partition("_")
        inherited = before.get(field)
        if verb in ("add", "remove") and isinstance(inherited, list):
            if field in over:
                raise CatalogueError(
                    both("catalogue_both", a=field, b=key), where=f"{where}, {key}", hint=both("catalogue_both_hint")
                )
            if not isinstance(value, list):
                raise CatalogueError(
                    both("catalogue_no_list"), where=f"{where}, {key}", hint=both("catalogue_no_list_hint")
                )
            result[field] = _changed(result[field], value, verb, f"{where}, {key}")
        elif isinstance(value, dict) and isinstance(inherited := before.get(key), dict):
            result[key] = _merged(inherited, value, f"{where}, {key}")
        elif isinstance(value, dict) and isinstance(inherited := before.get(key), list) and _have_ids(inherited):
            result[key] = _by_id(inherited, value, f"{where}, {key}")
        else:
            result[key] = value
    return result


def _have_ids(inherited: list[Any]) -> bool:
    return bool(inherited) and all(isinstance(e, dict) and "id" in e for e in inherited)


def _by_id(inherited: list[dict[str, Any]], changes: dict[str, Any], where: str) -> list[dict[str, Any]]:
    """A list of entries with ids (parts, fields, topics), some of them changed."""
    known = [str(e["id"]) for e in inherited]
    for name, change in changes.items():
        if name not in known or not isinstance(change, dict):
            raise CatalogueError(
                both("catalogue_no_entry", name=name),
                where=where,
                hint=f"{both('one_of')}: {', '.join(known)}",
            )
    return [_merged(e, changes.get(str(e["id"]), {}), f"{where}, {e['id']}") for e in inherited]


def _changed(inherited: list[Any], value: list[Any], verb: str, where: str) -> list[Any]:
    if verb == "add":
        return [*inherited, *(v for v in value if v not in inherited)]
    for entry in value:
        if entry not in inherited:
            raise CatalogueError(both("catalogue_not_inherited", name=str(entry)[:60]), where=where)
    return [v for v in inherited if v not in value]


def near(name: str, known: Iterable[str]) -> str:
    """A hint with the ids most like a name."""
    close = difflib.get_close_matches(name, list(known), 3, 0.6)
    return f"{both('catalogue_near')}: {', '.join(close)}" if close else both("catalogue_near_none")
