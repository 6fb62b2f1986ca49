"""YAML files to frozen dataclasses, strictly: every fault of a file at once and with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import is_dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import yaml
from cattrs import Converter, transform_error
from cattrs.errors import ForbiddenExtraKeysError, IterableValidationError

T = TypeVar("T")
# What cattrs and enum say in English about a value that is none of a fixed few.
_NOT_LISTED = re.compile(r"(?P<a>.+) not in literal .*|(?P<b>.+) is not a valid \w+", re.DOTALL)
_NO_LIST = re.compile(r"'(?P<kind>\w+)' object is not iterable")


class DefinitionError(Exception):
    """A definition file that cannot be used. `faults` are Swedish lines, one for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def load(path: Path, kind: type[T]) -> T:
    """Read one YAML file as `kind`. Raises DefinitionError with all faults of the file."""
    data = parse_yaml(read_text(path), path.name)
    if data is not None:
        return structure(data, kind, path.name)
    try:
        return structure({}, kind, path.name)
    except DefinitionError:
        raise DefinitionError([f"filen är tom @ {path.name}"]) from None


def read_text(path: Path) -> str:
    """Return the text of a definition file. Raises DefinitionError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        fault = f"{path.name}: rad {line}: filen är inte sparad som UTF-8"
    except OSError as error:
        fault = f"filen kan inte läsas ({error.strerror}) @ {path.name}"
    raise DefinitionError([fault])


def parse_yaml(text: str, name: str) -> Any:
    """Parse YAML in which a key may stand only once. Raises DefinitionError with line numbers."""
    try:
        return yaml.load(text, Loader=_UniqueKeys)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"rad {mark.line + 1}" if mark else "okänd rad"
        raise DefinitionError([f"{name}: {where}: {error.problem or error.context}"]) from None
    except yaml.YAMLError as error:
        raise DefinitionError([f"{name}: tecken som YAML inte tillåter ({error})"]) from None


def structure(data: Any, kind: type[T], name: str) -> T:
    """Turn parsed YAML into `kind`. Raises DefinitionError, one line a fault: what @ where."""
    if is_dataclass(kind) and not isinstance(data, Mapping):
        raise DefinitionError([f"fält med namn väntas här, inte {data!r:.40} @ {name}"])
    try:
        return _converter().structure(data, kind)
    except (IterableValidationError, ForbiddenExtraKeysError, ValueError, TypeError) as error:
        raise DefinitionError(_faults(error, name)) from None
    except Exception as error:  # cattrs' ClassValidationError is an ExceptionGroup
        if not isinstance(error, ExceptionGroup):
            raise
        raise DefinitionError(_faults(error, name)) from None


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, hook in ((str, _text), (bool, _flag), (float, _number), (int, _whole)):
        converter.register_structure_hook(kind, partial(_exactly, kind, hook))
    return converter


def _exactly(
    kind: type, hook: Callable[[Any, Any], Any], value: Any, asked: Callable[[Any], Any]
) -> Any:
    """Use the hook for the type itself; enums of text are subclasses of str and stay enums."""
    return hook(value, asked) if asked is kind else asked(value)


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} är inte text; skriv det inom citattecken")
    return value


def _flag(value: Any, _: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} ska vara true eller false")
    return value


def _number(value: Any, _: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{value!r} är inte ett tal")
    return float(value)


def _whole(value: Any, _: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{value!r} är inte ett heltal")
    return value


def _faults(error: BaseException, name: str) -> list[str]:
    lines = transform_error(error, path=name, format_exception=_swedish)
    return [re.sub(r" @ (\S+)$", r" @ \1", line) for line in lines] or [f"{error} @ {name}"]


def _swedish(error: BaseException, _: type | None) -> str:
    if isinstance(error, KeyError):
        return f"obligatoriskt fält saknas: {error.args[0]}"
    if isinstance(error, ForbiddenExtraKeysError):
        return "okända fält: " + ", ".join(sorted(map(str, error.extra_fields)))
    said = str(error)
    if found := _NOT_LISTED.fullmatch(said):
        return f"{found['a'] or found['b']} är inget av de värden som får stå här"
    if isinstance(error, TypeError) and (found := _NO_LIST.search(said)):
        return f"en lista eller fält med namn väntas, inte ett värde av slaget {found['kind']}"
    if isinstance(error, (TypeError, AttributeError)):
        return "fel slags värde: lista, text eller fält med namn på fel ställe"
    return said


# libyaml's parser is some ten times as fast; the wheels bring it, a source build may not.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _UniqueKeys(_SafeLoader):  # type: ignore[misc]
    """A safe loader that refuses the same key twice; PyYAML lets the last one win silently."""


def _mapping(loader: _UniqueKeys, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if not isinstance(key, Hashable):
            raise yaml.constructor.ConstructorError(
                None, None, "en nyckel får inte vara en lista", key_node.start_mark
            )
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"nyckeln {key!r} står två gånger", key_node.start_mark
            )
        seen.add(key)
    made: dict[Any, Any] = loader.construct_mapping(node)
    return made


_UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
