"""Single fields of the CSV files, from text to value; each raises ValueError in Swedish."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)


def listed(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Part `a;b` again. A known name may itself have semicolons, so the longest known goes first.

    ```
    "a.pdf;b; kopia.pdf" with {"a.pdf", "b; kopia.pdf"}  →  ("a.pdf", "b; kopia.pdf")
    ```
    """
    parts, names = text.split(";") if text else [], []
    while parts:
        lengths = range(len(parts), 0, -1)
        n = next((n for n in lengths if ";".join(parts[:n]) in known), 1)
        names.append(";".join(parts[:n]))
        parts = parts[n:]
    return tuple(names)


def one_of(kind: type[E], text: str, column: str) -> E | None:
    """Return the member that a text names, None for no text."""
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        raise ValueError(f"{column} ska vara en av {', '.join(kind)}, inte {text!r}") from None


def whole(text: str, column: str) -> int | None:
    """Return a whole number that is not negative, None for no text."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(f"{column} ska vara ett heltal, inte {text!r}")
    return int(text)


def share(text: str) -> float:
    """Return a probability."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ValueError(f"konfidens ska ligga mellan 0 och 1, inte {text!r}")
    return value


def day(text: str, column: str) -> date | None:
    """Return an ISO date, None for no text."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{column} ska vara ett datum, inte {text!r}") from None


def amount(text: str, column: str) -> Decimal | None:
    """Return an amount in kronor, None for no text."""
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        value = Decimal("NaN")
    if value is not None and not value.is_finite():
        raise ValueError(f"{column} ska vara ett belopp, inte {text!r}")
    return value
