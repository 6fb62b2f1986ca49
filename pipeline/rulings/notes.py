"""Rulings as numbered notes under the tables they decide how to read. Pure.

A ruling has one number in the whole report, given in the order of the tables and their rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotations.codebook import Codebook
from annotations.decisions.rulings import Ruling
from annotations.tables import Condition, TableDefinition
from pipeline.report.blocks import NumberedNote
from pipeline.rulings.register import standing
from pipeline.rulings.words import note
from pipeline.tables.row_parts import with_parts
from pipeline.tables.types import Table

WHOLE = ""
Refs = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Noted:
    """The notes of one table, and the marks of its rows by row id ("" is the whole table).

    Both as `TableBlock` has them.
    """

    notes: tuple[NumberedNote, ...] = ()
    marks: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def of(self, row: str) -> tuple[str, ...]:
        """Return the marks of a row."""
        return dict(self.marks).get(row, ())


@dataclass(frozen=True, slots=True)
class Numbering:
    """What all tables' notes are: by table id, and the number of each ruling by its mark."""

    tables: Mapping[str, Noted]
    numbers: Mapping[str, str]

    def of(self, table: Table) -> Noted:
        """Return a table's notes, which may be none."""
        return self.tables.get(table.id, Noted())


def number(
    rulings: Sequence[Ruling],
    tables: Sequence[Table],
    definitions: Sequence[TableDefinition],
    codebook: Codebook,
) -> Numbering:
    """Return the notes under the tables: rulings that hold, but for those of the register only."""
    by_id = {definition.id: definition for definition in definitions}
    numbers: dict[str, str] = {}
    noted: dict[str, Noted] = {}
    held = [ruling for ruling in standing(rulings) if ruling.note]
    for table in sorted(tables, key=lambda t: t.number):
        if table.id not in by_id:
            continue
        refs = _refs(by_id[table.id], codebook)
        places = {r.mark: _places(r, table, refs, codebook) for r in held}
        marks: list[tuple[str, tuple[str, ...]]] = []
        for row in (WHOLE, *(row.id for row in table.rows)):
            here = [r.mark for r in held if row in places[r.mark]]
            for mark in here:
                numbers.setdefault(mark, str(len(numbers) + 1))
            if here:
                marks.append((row, tuple(sorted((numbers[m] for m in here), key=int))))
        own = sorted((r for r in held if places[r.mark]), key=lambda r: int(numbers[r.mark]))
        notes = tuple(NumberedNote(numbers[r.mark], note(r)) for r in own)
        noted[table.id] = Noted(notes, tuple(marks))
    return Numbering(noted, numbers)


def _refs(definition: TableDefinition, codebook: Codebook) -> Refs:
    """Return what each row counts; what columns count is about the whole table."""
    found = {
        row.id: _counted(row.counts)
        for defined in definition.rows
        for row in with_parts(defined, codebook)
    }
    columns = tuple(ref for c in definition.county_columns for ref in _counted(c.counts))
    return {**found, WHOLE: columns} if columns else found


def _counted(condition: Condition) -> tuple[str, ...]:
    return (*condition.any_of, *condition.all_of, *condition.none_of)


def _places(ruling: Ruling, table: Table, refs: Refs, codebook: Codebook) -> set[str]:
    """Return the rows a ruling is about, `WHOLE` for the table itself."""
    return {row for ref in ruling.applies for row in _rows(ref, table, refs, codebook)}


def _rows(ref: str, table: Table, refs: Refs, codebook: Codebook) -> Iterator[str]:
    first, _, rest = ref.partition(".")
    if first == table.id:
        if not rest or rest in {row.id for row in table.rows}:
            yield rest
        return
    if rest:
        yield from _counting(ref, refs) or _counting(_group(ref, codebook), refs)
        return
    own = [row for row, counted in refs.items() if any(c.startswith(f"{ref}.") for c in counted)]
    if len(own) == len(refs) and own:
        yield WHOLE
    else:
        top = {row.id for row in table.rows if not row.part_of}
        yield from (row for row in own if row in top or row == WHOLE)


def _counting(ref: str, refs: Refs) -> list[str]:
    """Return the rows that count just this, else those that count it among other things."""
    alone = [row for row, counted in refs.items() if counted == (ref,)]
    return alone or [row for row, counted in refs.items() if ref in counted]


def _group(ref: str, codebook: Codebook) -> str:
    """Return the group of a category that has no row of its own, or ""."""
    variable, _, category = ref.partition(".")
    try:
        found = codebook.variable(variable)
        group = found.group_of(category)
    except KeyError:
        return ""
    return f"{variable}.{group.id}" if group else ""
