"""What a report is made of, before it is a web page or a Word document. All texts are Swedish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.tables.types import Table


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `level` 1 is a chapter; `anchor` is unique within the report."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text without markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of points, or of steps where their order matters."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class NumberedNote:
    """A note under a table; `mark` is what its rows and its caption refer to ("1")."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class TableBlock:
    """One of the compilation's tables with its caption ("Tabell 3. …") and its notes.

    `marks` says which notes a row refers to, by the row's id; "" is the table as a whole.
    """

    table: Table
    caption: str
    notes: tuple[NumberedNote, ...] = ()
    marks: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Any other table, its cells as they are to be read. `numeric` are columns set to the right.

    `total` says that the last row is a sum. `links` are addresses of cells, by row and column from
    0, relative to the out folder.
    """

    id: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    total: bool = False
    links: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its value (None where it is not known), the ends of its interval where it has one.

    `part` is a part of the nearest bar above that is none; `before` is the last round's value.
    """

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    part: bool = False
    before: float | None = None


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars from nought to `top` (the longest bar's end where None), counted in `unit`.

    `alt` says in words what the picture shows, for those who do not see it; `before` is the name
    of the last round, where bars have its values; `note` stands under the picture.
    """

    id: str
    caption: str
    alt: str
    unit: str
    bars: tuple[Bar, ...]
    top: float | None = None
    before: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CountyMap:
    """A value for each of the 21 counties, by SCB's code ("08"); None where nothing is known.

    `note` stands under the picture: what is not on the map.
    """

    id: str
    caption: str
    alt: str
    unit: str
    values: tuple[tuple[str, float | None], ...]
    note: str = ""


Block = Heading | Paragraph | Listing | TableBlock | Grid | BarChart | CountyMap


@dataclass(frozen=True, slots=True)
class Report:
    """A report, its blocks in reading order."""

    title: str
    subtitle: str
    made: date
    blocks: tuple[Block, ...]
