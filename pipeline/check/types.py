"""What a report is to the checks: tables with their figures, sentences with their scope."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a figure is."""

    COUNT = "antal"
    MONEY = "belopp"
    PERCENT = "procent"


class About(StrEnum):
    """How exactly a figure is meant."""

    EXACT = ""
    AROUND = "omkring"
    BELOW = "under"
    ABOVE = "over"
    BOUND = "grans"


@dataclass(frozen=True, slots=True)
class Number:
    """A figure at `start:end` of its text. `step` is what its last digit is worth (1, 0.1, 10⁶)."""

    value: Decimal
    kind: Kind
    start: int
    end: int
    step: Decimal = Decimal(1)
    about: About = About.EXACT
    spelt: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """One cell's figure; `share` is a percentage beside it, `base` what it is out of.

    `number` is None where nothing stands; `hidden` where something stands that is no figure.
    """

    number: Decimal | None = None
    step: Decimal = Decimal(1)
    percent: bool = False
    money: bool = False
    share: Decimal | None = None
    base: Decimal | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures, one for each of the table's columns."""

    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `columns` are the headings of the figures; `number` is None for one without."""

    number: int | None
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    page: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How a finding calls the table."""
        if self.number is not None:
            name = f"Tabell {self.number}"
        else:
            name = f"Tabellen ”{self.title}”" if self.title else "Tabell utan rubrik"
        return name + (f" (s.\N{NO-BREAK SPACE}{self.page})" if self.page else "")

    def at(self, row: Row | None = None, column: int | None = None) -> str:
        """Say where a figure stands: table, row and column."""
        parts = [self.name]
        if row is not None and row.label:
            parts.append(f"raden {row.label}")
        if column is not None and self.columns[column]:
            parts.append(f"kolumnen {self.columns[column]}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Scope:
    """What time a figure is about. `earlier` is an interim report or an earlier round."""

    years: frozenset[int] = frozenset()
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text; `appendix` is True below a heading that begins the annexes."""

    text: str
    page: int | None = None
    section: str = ""
    scope: Scope = Scope()
    appendix: bool = False

    def at(self, number: Number | None = None) -> str:
        """Say where the words stand: page, section and the words around the figure."""
        page = f"s.\N{NO-BREAK SPACE}{self.page}" if self.page else ""
        section = f"avsnittet {self.section}" if self.section else ""
        around = _around(self.text, number)
        return (
            ", ".join(p for p in (page, section) if p)
            + (": " if page or section else "")
            + (f"”{around}”")
        )


@dataclass(frozen=True, slots=True)
class Report:
    """A published report as the checks see it."""

    name: str
    grids: tuple[Grid, ...]
    sentences: tuple[Sentence, ...]
    title_years: frozenset[int] = frozenset()


def shown(value: Decimal) -> str:
    """Write a figure as Swedish readers expect it: 1 234 567 or 37,5."""
    value = value.normalize() if value % 1 else value.quantize(Decimal(1))
    text = f"{value:,f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return text.replace("-", "\N{MINUS SIGN}")


_WIDTH = 70


def _around(text: str, number: Number | None) -> str:
    start, end = (number.start, number.end) if number else (0, 0)
    left, right = max(0, start - _WIDTH), min(len(text), end + _WIDTH)
    if left:
        left = text.find(" ", left, start) + 1 or left
    if right < len(text):
        cut = text.rfind(" ", end, right)
        right = cut if cut > end else right
    return ("…" if left else "") + text[left:right].strip() + ("…" if right < len(text) else "")
