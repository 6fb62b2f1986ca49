"""What tabulation takes in (a round) and gives out (tables whose cells know their projects)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from corpus.types import Coding, DocumentRecord, Project, Span
from pipeline.tables.effort import Effort

if TYPE_CHECKING:
    from annotations.decisions.rulings import Ruling
    from pipeline.projects.types import ProjectFlow

CodingKey = tuple[str, str]  # variable, category


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """Amounts in kronor that only the coordinator knows; None where nobody gave them."""

    att_fordela: Decimal | None = None
    rekvirerat: Decimal | None = None
    administration: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PreviousRound:
    """The last round's number of projects by SCB county code ("08")."""

    name: str
    projects: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EarlierFigure:
    """A count or an amount (kronor) of an earlier round; no interval where none was told."""

    value: Decimal
    lower: int | None = None
    upper: int | None = None


@dataclass(frozen=True, slots=True)
class EarlierTable:
    """A table of an earlier round: figures by row and column, labels by row.

    `base` is the number of projects it is about, None where nobody told.
    """

    id: str
    number: int
    base: int | None
    labels: Mapping[str, str]
    figures: Mapping[str, Mapping[str, EarlierFigure]]


@dataclass(frozen=True, slots=True)
class EarlierRound:
    """A round to compare with: its name, its tables as they were written or printed."""

    name: str
    tables: tuple[EarlierTable, ...]


class Severity(StrEnum):
    """How bad a finding is (`allvar`)."""

    ERROR = "fel"
    WARNING = "varning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of avvikelser.csv: where, what, what was expected, what was found, how bad."""

    where: str
    what: str
    expected: str
    found: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Repair:
    """One word of damaged text: what stood at `start:end` of the document, what it was read as."""

    document: str
    page: int | None
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TickPicture:
    """A tick on a scan that a person should look at: what we took it for, and its picture (PNG)."""

    document: str
    page: int
    label: str
    checked: bool
    certainty: float
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Audit:
    """One cell of the random sample of automatic items: what the machine said, a person decided."""

    machine: Coding
    decided: Coding


@dataclass(frozen=True, slots=True)
class Round:
    """Everything one compilation rests on.

    `codings` is keyed by project id, `texts` by document name. `remarks` are what earlier stages
    want a person to look at, `ticks` the boxes on scans that they could not tell, `repairs` the
    words repaired in damaged text. `decided` counts the questions that people have answered,
    `reopened` those that this run asks again because their text has changed. `audits` are the
    settled cells of the random sample of automatic items. `earlier` are rounds to compare with,
    `rulings` how what the reports say is to be read, those taken back among them. `pages` are the
    offsets at which a document's pages begin, `boxes` the ticked boxes behind codings that no
    words speak for, by project. `flow` is the projects' way from grant to end.
    """

    name: str
    documents: tuple[DocumentRecord, ...]
    projects: tuple[Project, ...]
    codings: Mapping[str, tuple[Coding, ...]]
    texts: Mapping[str, str]
    previous: PreviousRound | None = None
    figures: RoundFigures = field(default_factory=RoundFigures)
    remarks: tuple[Finding, ...] = ()
    ticks: tuple[TickPicture, ...] = ()
    repairs: tuple[Repair, ...] = ()
    decided: int = 0
    reopened: int = 0
    audits: tuple[Audit, ...] = ()
    earlier: tuple[EarlierRound, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    effort: Effort | None = None
    pages: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    boxes: Mapping[str, Mapping[CodingKey, Span]] = field(default_factory=dict)
    flow: ProjectFlow | None = None

    def titled(self, what: str) -> str:
        """Return a title for this round ("Granskning – 2008–2010"; without a name "Granskning")."""
        return f"{what} – {self.name}" if self.name else what


class Decider(StrEnum):
    """Who or what decided that a project counts."""

    PERSON = "granskare"
    TICK = "kryss"
    RULE = "regel"
    MODEL = "modell"


@dataclass(frozen=True, slots=True)
class Interval:
    """The smallest and largest likely true count (95 %), both included."""

    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Support:
    """One project behind a cell and the coding that put it there, or its part of an amount.

    A count of projects as such has neither.
    """

    project: str
    coding: Coding | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure. A count or an amount (kronor), or neither where it is not known.

    `decided` says how many of the counted projects each kind of decider put there. `remark` is
    Swedish: how an amount came about, or why it is missing.
    """

    count: int | None = None
    amount: Decimal | None = None
    interval: Interval | None = None
    support: tuple[Support, ...] = ()
    decided: tuple[tuple[Decider, int], ...] = ()
    remark: str = ""

    @property
    def projects(self) -> tuple[str, ...]:
        """The ids of the projects behind the figure."""
        return tuple(s.project for s in self.support)

    def decided_by(self, decider: Decider) -> int:
        """How many of the counted projects `decider` decided."""
        return dict(self.decided).get(decider, 0)

    @property
    def person_share(self) -> float | None:
        """The share (0–1) of the counted projects that a person decided; None without projects."""
        if not self.count or not self.decided:
            return None
        return self.decided_by(Decider.PERSON) / self.count


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `counted` is False for what is shown beside the count but never counted.

    `given` holds the last round's own figures, as the coordinator gave them.
    """

    id: str
    label: str
    counted: bool = True
    money: bool = False
    given: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row, its cells in the order of the table's columns. `part_of` is the row above it."""

    id: str
    label: str
    cells: tuple[Cell, ...]
    part_of: str = ""
    total: bool = False


class Layout(StrEnum):
    """What a table's rows are, and so which way its figures add up."""

    BY_COUNTY = "by_county"
    BY_CATEGORY = "by_category"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the compilation. `base` is the number of projects it is about."""

    id: str
    number: int
    title: str
    row_heading: str
    layout: Layout
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    base: int
    notes: tuple[str, ...] = ()
