"""YAML files to frozen dataclasses, strictly: every fault of a file at once and with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import yaml
from cattrs import Converter, transform_error
from cattrs.errors import ForbiddenExtraKeysError, IterableValidationError

T = TypeVar("T")


class DefinitionError(Exception):
    """A definition file that cannot be used. `faults` are Swedish lines, one for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def load(path: Path, kind: type[T]) -> T:
    """Read one YAML file as `kind`. Raises DefinitionError with all faults of the file."""
    return structure(parse_yaml(path.read_text(encoding="utf-8"), path.name), kind, path.name)


def parse_yaml(text: str, name: str) -> Any:
    """Parse YAML in which a key may stand only once. Raises DefinitionError with line numbers."""
    try:
        return yaml.load(text, Loader=_UniqueKeys)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"rad {mark.line + 1}" if mark else "okänd rad"
        raise DefinitionError([f"{name}: {where}: {error.problem or error.context}"]) from None


def structure(data: Any, kind: type[T], name: str) -> T:
    """Turn parsed YAML into `kind`. Raises DefinitionError, one line a fault: what @ where."""
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
    if isinstance(error, TypeError):
        return f"fel slags värde ({error})"
    return str(error)


# libyaml's parser is some ten times as fast; the wheels bring it, a source build may not.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _UniqueKeys(_SafeLoader):  # type: ignore[misc]
    """A safe loader that refuses the same key twice; PyYAML lets the last one win silently."""


def _mapping(loader: _UniqueKeys, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"nyckeln {key!r} står två gånger", key_node.start_mark
            )
        seen.add(key)
    made: dict[Any, Any] = loader.construct_mapping(node)
    return made


_UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
