"""Types to bytes and back, for the store: JSON of the frozen dataclasses, compressed."""

from __future__ import annotations

import zlib
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.errors import StructureHandlerNotFoundError

T = TypeVar("T")


def encode(value: Any) -> bytes:
    """Return compressed JSON of any value built from the types in `corpus.types`."""
    import orjson

    return zlib.compress(orjson.dumps(_converter().unstructure(value)), 6)


class DamagedError(Exception):
    """Bytes that `encode` did not write, or not these."""


def decode(data: bytes, kind: type[T]) -> T:
    """Return the value of type `kind` that `encode` wrote. Raises DamagedError."""
    import orjson

    try:
        return _converter().structure(orjson.loads(zlib.decompress(data)), kind)
    except (zlib.error, ValueError, TypeError, KeyError, StructureHandlerNotFoundError) as error:
        raise DamagedError(f"{kind.__name__}: {error}") from error


@cache
def _converter() -> Converter:
    converter = Converter(omit_if_default=True, detailed_validation=False)
    converter.register_unstructure_hook(date, lambda d: d.isoformat())
    converter.register_structure_hook(date, lambda v, _: date.fromisoformat(v))
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda v, _: Decimal(v))
    return converter
