"""Table definitions as data: a compilation's rows and columns and what each cell counts."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal

from annotations.codebook import Codebook
from annotations.strict import DefinitionError, load
from corpus.types import DocumentKind, Role

FOLDER = Path(__file__).with_name("tables")
COUNTIES = Path(__file__).with_name("places") / "lan.csv"
FACTS = ("antal", "utelamnade", "utan_belopp", "utan_period", "omgang", "forra_omgangen")
Fact = Literal["", "antal", "utelamnade", "utan_belopp", "utan_period", "omgang", "forra_omgangen"]


@dataclass(frozen=True)
class Condition:
    """What a project must fulfil to be counted: everything of the three that is given.

    Any one of `any_of`, every one of `all_of`, and none of `none_of`.
    Each reference is `variable.id`: a category, a group or a derived category of the codebook. A
    group, or a category that has parts, holds when itself or any of its parts holds.
    """

    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    @property
    def given(self) -> int:
        """How many of the three are given."""
        return sum(map(bool, (self.any_of, self.all_of, self.none_of)))


@dataclass(frozen=True)
class CategoryRow:
    """A row that counts projects. Without a label the codebook's is used.

    `with_parts` adds a row for each part of the group, below it.
    """

    id: str
    counts: Condition
    label: str = ""
    part_of: str = ""
    with_parts: bool = False


@dataclass(frozen=True)
class RoleColumn:
    """A column of a table by category: only partners in these roles (none given: all counted)."""

    id: str
    label: str
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class CountyColumn:
    """A column of a table by county: what it shows, and for a condition which projects count.

    `previous` is the last round's number of projects; an amount is the sum of that field over the
    projects, or over those that fulfil `counts` where it is given. Of partners only those in
    `roles` count (none given: all counted).
    """

    id: str
    label: str
    shows: Literal["projects", "previous", "condition", "beviljat_belopp", "sokt_belopp"] = (
        "condition"
    )
    counts: Condition = Condition()
    roles: tuple[Role, ...] = ()

    @property
    def money(self) -> bool:
        """Whether the column shows an amount."""
        return self.shows in ("beviljat_belopp", "sokt_belopp")

    @property
    def counts_condition(self) -> bool:
        """Whether the column is of the projects that fulfil a condition."""
        return self.shows == "condition" or (self.money and self.counts != Condition())


@dataclass(frozen=True)
class MoneyRow:
    """An amount: a figure given by the coordinator, the sum of a project field, or arithmetic.

    A `figure` that is not given may be reckoned as `share` (decimal text) of the row `share_of`.
    """

    id: str
    label: str
    figure: Literal["", "att_fordela", "rekvirerat", "administration"] = ""
    sum_of: Literal["", "beviljat_belopp", "sokt_belopp"] = ""
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    share: str = ""
    share_of: str = ""


@dataclass(frozen=True)
class Partition:
    """Rows that must add up to the row `whole`, or to all counted projects where it is empty."""

    rows: tuple[str, ...]
    whole: str = ""


@dataclass(frozen=True)
class Note:
    """A note under a table; shown when the fact `when` is more than nought, or always."""

    text: str
    when: Fact = ""


@dataclass(frozen=True)
class TableDefinition:
    """One table. `kind` decides which of the row and column lists are used.

    `uncounted` are document kinds that alone do not make a project count (an application), unless
    `granted_counts` and the project is known to have been granted money.
    """

    id: str
    number: int
    title: str
    kind: Literal["categories", "counties", "grants", "money"]
    row_heading: str
    uncounted: tuple[DocumentKind, ...] = ()
    granted_counts: bool = False
    rows: tuple[CategoryRow, ...] = ()
    columns: tuple[RoleColumn, ...] = ()
    county_columns: tuple[CountyColumn, ...] = ()
    money_rows: tuple[MoneyRow, ...] = ()
    partitions: tuple[Partition, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class County:
    """A county with SCB's code, as the tables name it and as the county board is called."""

    code: str
    name: str
    official: str


@dataclass(frozen=True)
class Definitions:
    """Everything tabulation needs besides the round and the codebook."""

    tables: tuple[TableDefinition, ...]
    counties: tuple[County, ...]


@cache
def load_tables(folder: Path = FOLDER, counties: Path = COUNTIES) -> Definitions:
    """Read all definitions, by number. Raises DefinitionError with all faults of all files."""
    tables: list[TableDefinition] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            table = load(path, TableDefinition)
        except DefinitionError as error:
            faults += error.faults
        else:
            faults += check(table, path.name)
            tables.append(table)
    faults += [f"två tabeller heter {id!r} @ {folder.name}" for id in _twice(t.id for t in tables)]
    if faults:
        raise DefinitionError(faults)
    with counties.open(encoding="utf-8", newline="") as file:
        places = tuple(County(r["kod"], r["namn"], r["officiellt"]) for r in csv.DictReader(file))
    return Definitions(tuple(sorted(tables, key=lambda t: t.number)), places)


def check(table: TableDefinition, name: str) -> list[str]:
    """Return the faults of a definition that types cannot tell, in Swedish: what @ where."""
    filled = {
        "categories": bool(table.rows and table.columns),
        "counties": bool(table.county_columns),
        "grants": True,
        "money": bool(table.money_rows),
    }[table.kind]
    faults = [] if filled else [f"slaget {table.kind} kräver rader och kolumner @ {name}"]
    ids = [r.id for r in table.rows] + [r.id for r in table.money_rows]
    faults += [f"rad-id {id!r} står två gånger @ {name}" for id in _twice(ids)]
    columns = [c.id for c in table.columns] + [c.id for c in table.county_columns]
    faults += [f"kolumn-id {id!r} står två gånger @ {name}" for id in _twice(columns)]
    for where, condition in conditions(table):
        if not condition.given:
            faults.append(f"ange any_of, all_of eller none_of @ {name}.{where}")
    for i, column in enumerate(table.county_columns):
        where = f"{name}.county_columns[{i}] ({column.id})"
        if not column.counts_condition and (column.counts.given or column.roles):
            faults.append(f"counts och roles hör till kolumner som räknar ett villkor @ {where}")
    for i, row in enumerate(table.rows):
        simple = row.counts.given == 1 and bool(row.counts.any_of)
        if not row.label and not (simple and len(row.counts.any_of) == 1):
            faults.append(f"raden behöver en etikett @ {name}.rows[{i}] ({row.id})")
        if row.with_parts and not simple:
            faults.append(f"with_parts kräver enbart any_of @ {name}.rows[{i}] ({row.id})")
        if row.part_of and row.part_of not in ids:
            faults.append(f"okänd rad {row.part_of!r} @ {name}.rows[{i}] ({row.id})")
    for i, partition in enumerate(table.partitions):
        named = (*partition.rows, *((partition.whole,) if partition.whole else ()))
        faults += [f"okänd rad {id!r} @ {name}.partitions[{i}]" for id in named if id not in ids]
    faults += _money_faults(table.money_rows, name)
    texts = [("title", table.title), *((f"notes[{i}]", n.text) for i, n in enumerate(table.notes))]
    for where, text in texts:
        unknown = [f for _, f, _, _ in Formatter().parse(text) if f is not None and f not in FACTS]
        faults += [f"okänd uppgift {{{f}}} @ {name}.{where}" for f in unknown]
    return faults


def check_against(table: TableDefinition, codebook: Codebook) -> list[str]:
    """Return references that the codebook does not know, in Swedish: what @ where."""
    return [
        f"kodboken har inget {ref!r} @ {table.id}.{where}"
        for where, condition in conditions(table)
        for ref in (*condition.any_of, *condition.all_of, *condition.none_of)
        if not known(ref, codebook)
    ]


def known(ref: str, codebook: Codebook) -> bool:
    """Tell whether `variable.id` names a category, a group or a derived category."""
    variable_id, _, id = ref.partition(".")
    for variable in codebook.variables:
        if variable.id == variable_id:
            ids = {c.id for c in variable.categories} | {g.id for g in variable.groups}
            return id in ids | {d.id for d in variable.derived}
    return False


def conditions(table: TableDefinition) -> list[tuple[str, Condition]]:
    """Return every condition of a table with its place."""
    rows = [(f"rows[{i}] ({r.id})", r.counts) for i, r in enumerate(table.rows)]
    columns = [
        (f"county_columns[{i}] ({c.id})", c.counts)
        for i, c in enumerate(table.county_columns)
        if c.counts_condition
    ]
    return rows + columns


def _money_faults(rows: tuple[MoneyRow, ...], name: str) -> list[str]:
    faults: list[str] = []
    for i, row in enumerate(rows):
        where = f"{name}.money_rows[{i}] ({row.id})"
        if sum(map(bool, (row.figure, row.sum_of, row.plus))) != 1:
            faults.append(f"ange precis ett av figure, sum_of och plus @ {where}")
        if bool(row.share) != bool(row.share_of):
            faults.append(f"share och share_of hör ihop @ {where}")
        above = {r.id for r in rows[:i]}
        needed = (*row.plus, *row.minus, *((row.share_of,) if row.share_of else ()))
        faults += [f"raden {id!r} måste stå ovanför @ {where}" for id in needed if id not in above]
    return faults


def _twice(ids: Iterable[str]) -> list[str]:
    return [id for id, n in Counter(ids).items() if n > 1]
