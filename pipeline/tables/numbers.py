"""Numbers as Swedish readers expect them: 1 234 567 with unbreakable spaces, decimal comma."""

from __future__ import annotations

from decimal import Decimal

from pipeline.tables.types import Cell, Interval

NBSP = "\N{NO-BREAK SPACE}"
NDASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"


def whole(value: int | Decimal) -> str:
    """Write a whole number: 21221354 → 21 221 354; öre are rounded away."""
    return f"{value:,.0f}".replace(",", NBSP).replace("-", MINUS)


def kronor(value: Decimal) -> str:
    """Write an amount: 728646 → 728 646 kr."""
    return whole(value) + NBSP + "kr"


def percent(share: float) -> str:
    """Write a share (0–1) in whole percent; what is not nought or all never looks as if it were."""
    if 0 < share < 0.01:
        return "<" + NBSP + "1" + NBSP + "%"
    if 0.99 < share < 1:
        return ">" + NBSP + "99" + NBSP + "%"
    return f"{share * 100:.0f}{NBSP}%"


def decimals(value: float, places: int = 2) -> str:
    """Write a decimal number with a comma: 0.873 → 0,87."""
    return f"{value:.{places}f}".replace(".", ",")


def probability(value: float) -> str:
    """Write a probability to the hundredth; what is not certain never looks so: 0.997 → >0,99."""
    if 0 < value < 0.005:
        return f"<{NBSP}0,01"
    if 0.995 <= value < 1:
        return f">{NBSP}0,99"
    return decimals(value)


def span(interval: Interval | None) -> str:
    """Write an interval: 82–91; a single number where both ends meet, nothing without interval."""
    if interval is None:
        return ""
    if interval.lower == interval.upper:
        return whole(interval.lower)
    return f"{whole(interval.lower)}{NDASH}{whole(interval.upper)}"


def figure(cell: Cell) -> str:
    """Write a cell's figure; empty where it is not known."""
    if cell.amount is not None:
        return whole(cell.amount)
    return "" if cell.count is None else whole(cell.count)
