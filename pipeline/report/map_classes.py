"""Into which few classes the counties' figures fall; nought is a class of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.tables.numbers import NDASH, whole

# White for nought, then shades whose lightness (WCAG) falls by like steps, in grey as well.
NOUGHT = "#ffffff"
SHADES = ("#b9cadb", "#8ba6c1", "#507498", "#23486d")
_OF_NUMBER = {1: (2,), 2: (0, 3), 3: (0, 2, 3), 4: (0, 1, 2, 3)}
MOST = len(SHADES)


@dataclass(frozen=True, slots=True)
class Class:
    """Whole numbers from `low` to `high`, both included, and the shade that stands for them."""

    low: int
    high: int
    shade: str

    @property
    def label(self) -> str:
        """The class in words: 6–10."""
        both = f"{whole(self.low)}{NDASH}{whole(self.high)}"
        return whole(self.low) if self.low == self.high else both


def classes(values: Iterable[float | None]) -> tuple[Class, ...]:
    """Return the classes from the lowest up, none of them empty.

    About as many counties fall in each; counties with the same figure never fall apart. Classes
    lie side by side, unless the figures are so few that each is a class.
    """
    known = Counter(round(v) for v in values if v is not None)
    nought = (Class(0, 0, NOUGHT),) if known and 0 in known and min(known) >= 0 else ()
    rest = {v: n for v, n in sorted(known.items()) if v or not nought}
    if not rest:
        return nought
    groups = _groups(rest)
    shades = [SHADES[i] for i in _OF_NUMBER[len(groups)]]
    if len(rest) == len(groups):
        each = zip(rest, shades, strict=True)
        return nought + tuple(Class(value, value, shade) for value, shade in each)
    found, low = list(nought), groups[0][0]
    for i, group in enumerate(groups):
        high = _round_limit(group[-1], groups[i + 1][0]) if i + 1 < len(groups) else group[-1]
        found.append(Class(low, high, shades[i]))
        low = high + 1
    return tuple(found)


def class_of(value: float, found: tuple[Class, ...]) -> Class:
    """Return the class of a value. Raises ValueError where none holds it."""
    for one in found:
        if one.low <= round(value) <= one.high:
            return one
    raise ValueError(f"no class for {value}")


def _groups(counted: dict[int, int]) -> list[list[int]]:
    """Divide values (and how many counties have each) into at most `MOST` groups."""
    if len(counted) <= MOST:
        return [[value] for value in counted]
    groups: list[list[int]] = [[] for _ in range(MOST)]
    total, before = sum(counted.values()), 0
    for value, number in counted.items():
        groups[min(int(MOST * (before + number / 2) / total), MOST - 1)].append(value)
        before += number
    return [group for group in groups if group]


def _round_limit(last: int, following: int) -> int:
    """Return the roundest number from `last` up to but not including `following`."""
    limit = last
    for power in range(len(str(abs(following)))):
        for factor in (1, 2, 5):
            step = factor * 10**power
            candidate = (following - 1) // step * step
            if candidate >= last:
                limit = candidate
    return limit
