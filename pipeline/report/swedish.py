"""Figures in running Swedish text: small numbers in words, percent, kronor, lists, days and hours.

These are the filters of the report's texts. What cannot be said raises ValueError, in Swedish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from corpus.months import MONTHS
from pipeline.tables import numbers
from pipeline.tables.numbers import NBSP

_WORDS = (
    "noll", "ett", "två", "tre", "fyra", "fem", "sex",
    "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip
_MILLION = 1_000_000


def digits(value: int | Decimal) -> str:
    """Write in digits: 1234 → 1 234."""
    return numbers.whole(_known(value))


def word(value: int, gender: str = "ett") -> str:
    """Write up to twelve in words, one as `gender` ("en" or "ett"): 3 → tre, 13 → 13."""
    value = _known(value)
    if value == 1:
        return gender
    return _WORDS[value] if 0 <= value < len(_WORDS) else digits(value)


def number_of(value: int, one: str, many: str = "", gender: str = "ett") -> str:
    """Write a number with its noun: 1 → ett projekt, 0 → inga projekt, 148 → 148 projekt."""
    value, many = _known(value), many or one
    if value == 0:
        return f"inga {many}"
    said = word(value, gender)
    return f"{said}{NBSP if said[0].isdigit() else ' '}{one if value == 1 else many}"


def percent(share: float) -> str:
    """Write a share (0–1) in running text: 0.838 → 84 procent; never 0 or 100 of what is not."""
    share = _known(share)
    if 0 < share < 0.01:
        return f"mindre än 1{NBSP}procent"
    if 0.99 < share < 1:
        return f"mer än 99{NBSP}procent"
    return f"{share * 100:.0f}{NBSP}procent"


def percent_fine(share: float) -> str:
    """Write a small share (0–1) with one decimal: 0.0084 → 0,8 procent."""
    return f"{numbers.decimals(_known(share) * 100, 1)}{NBSP}procent"


def kronor(value: Decimal | int) -> str:
    """Write an amount: 728646 → 728 646 kronor."""
    return f"{digits(value)}{NBSP}kronor"


def millions(value: Decimal | int) -> str:
    """Write a large amount shortly: 20170607 → 20,2 miljoner kronor; a small one in full."""
    amount = float(_known(value))
    if abs(amount) < _MILLION:
        return kronor(value)
    return f"{numbers.decimals(amount / _MILLION, 1)}{NBSP}miljoner kronor"


def listed(values: Iterable[object]) -> str:
    """Join with commas and och: a, b och c."""
    texts = [str(value) for value in values]
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} och {texts[-1]}"


class Counted(Protocol):
    """A row of a table: its label and its count."""

    @property
    def etikett(self) -> str: ...  # noqa: D102
    @property
    def antal(self) -> int | None: ...  # noqa: D102


def with_counts(rows: Iterable[Counted]) -> str:
    """Join rows with their counts: polis (60 projekt) och kvinnojour (1 projekt)."""
    return listed(
        f"{lower_first(row.etikett)} ({digits(_known(row.antal))}{NBSP}projekt)" for row in rows
    )


def lower_first(text: str) -> str:
    """Begin with a small letter, unless it is an abbreviation or the name of something."""
    return text if text[1:2].isupper() or text in _NAMES else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def day(value: date) -> str:
    """Write a day: 22 november 2026."""
    value = _known(value)
    return f"{value.day}{NBSP}{MONTHS[value.month - 1]} {value.year}"


def hours(seconds: float) -> str:
    """Write a time: 12000 → 3 timmar och 20 minuter."""
    minutes: int = round(_known(seconds) / 60)
    if minutes < 1:
        return "mindre än en minut"
    whole, rest = divmod(minutes, 60)
    said = [number_of(whole, "timme", "timmar", "en")] if whole else []
    return listed([*said, number_of(rest, "minut", "minuter", "en")] if rest else said)


def decimal(value: float, places: int = 2) -> str:
    """Write a decimal number: 0.873 → 0,87."""
    return numbers.decimals(_known(value), places)


FILTERS: Mapping[str, Callable[..., str]] = {
    "tal": digits,
    "ord": word,
    "antal": number_of,
    "procent": percent,
    "fin_procent": percent_fine,
    "kronor": kronor,
    "miljoner": millions,
    "lista": listed,
    "med_antal": with_counts,
    "liten": lower_first,
    "stor": upper_first,
    "datum": day,
    "tid": hours,
    "decimal": decimal,
}
"""What the texts may call these functions."""

_NAMES = frozenset({"Försäkringskassan", "Rädda Barnen", "Röda korset", "Migrationsverket"})


def _known(value: Any) -> Any:
    if value is None:
        raise ValueError("uppgiften är okänd i den här omgången; skriv ett villkor runt meningen")
    return value
