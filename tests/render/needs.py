"""Which variants cannot be written without an installed font."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from corpus.render import variant


def params(names: Iterable[str]) -> list[Any]:
    """Return a test parameter for each variant, marked by its needs."""
    return [pytest.param(name, marks=marks(name)) for name in names]


def marks(name: str) -> tuple[pytest.MarkDecorator, ...]:
    """Return the mark `fonts` for a variant that begins as a drawn PDF, else none."""
    first = variant(name)
    while first.base:
        first = variant(first.base)
    return (pytest.mark.fonts,) if first.suffix == "pdf" else ()
