"""The counts of all tables as one system: every cell, and what a reader knows to hold between them.

Columns of roles add up to the projects, counties to the sum, partitions to their whole; a part is
within its group and a group within the sum of its parts; what counts the same thing is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotations.codebook import Codebook
from annotations.tables import CategoryRow, Condition, TableDefinition
from pipeline.export.small_counts import Count, Relation
from pipeline.tables.judge import role_order
from pipeline.tables.row_parts import with_parts

SUM = "summa"
Place = tuple[str, str, str]  # table, row, column
Figures = Mapping[Place, int]
Terms = tuple[tuple[tuple[Place, int], ...], bool]
_LEAF, _WHOLE, _SUM = 1.0, 8.0, 30.0
_NOUGHT = 3.0  # hiding a nought hides that there is nothing


@dataclass(frozen=True, slots=True)
class System:
    """The cells in a fixed order, and the relations between their positions.

    Places whose table is empty are what everybody knows: how many projects a table is about.
    """

    places: tuple[Place, ...]
    counts: tuple[Count, ...]
    relations: tuple[Relation, ...]


def count_columns(definition: TableDefinition) -> tuple[str, ...]:
    """Return the ids of a table's columns that count projects; none for tables of money."""
    return (
        *(c.id for c in definition.columns),
        *(c.id for c in definition.county_columns if not c.money),
    )


def system(definitions: Iterable[TableDefinition], codebook: Codebook, figures: Figures) -> System:
    """Put together all tables' counts. A relation that the figures do not fulfil is left out."""
    tables = [d for d in definitions if any(place[0] == d.id for place in figures)]
    known = dict(figures) | {
        ("", _base(d), ""): sum(figures[d.id, row, d.columns[0].id] for row in partition.rows)
        for d in tables
        for partition in d.partitions
        if not partition.whole and d.columns
    }
    places = tuple(known)
    at = {place: i for i, place in enumerate(places)}
    values = list(known.values())
    wholes = {place for d in tables for place in _wholes(d, codebook)}
    relations = [
        Relation(tuple((at[place], factor) for place, factor in terms), equal)
        for terms, equal in known_relations(tables, codebook, figures)
        if all(place in at for place, _ in terms)
    ]
    counts = tuple(
        Count(value, None if not place[0] else _cost(place, value, wholes))
        for place, value in known.items()
    )
    return System(places, counts, tuple(r for r in relations if r.holds(values)))


def known_relations(
    tables: Sequence[TableDefinition], codebook: Codebook, figures: Figures
) -> Iterator[Terms]:
    """Yield what holds between the figures whatever they are: (terms, equal), some twice.

    A term may name a place that the tables do not have.
    """
    for d in tables:
        if d.kind == "counties":
            yield from _county_relations(d, figures)
        elif d.kind == "categories":
            yield from _role_relations(d, codebook)
            yield from _part_relations(d, codebook)
            yield from _partition_relations(d)
    yield from _same_and_derived(tables, codebook)


def _county_relations(d: TableDefinition, figures: Figures) -> Iterator[Terms]:
    """Counties against the sum; what counts a condition is within the number of projects."""
    rows = list(dict.fromkeys(row for table, row, _ in figures if table == d.id))
    projects = [c.id for c in d.county_columns if c.shows == "projects"]
    for column in (c for c in d.county_columns if not c.money):
        parts = tuple(((d.id, row, column.id), -1) for row in rows if row != SUM)
        yield (((d.id, SUM, column.id), 1), *parts), True
        if column.shows == "condition":
            for whole in projects:
                for row in rows:
                    yield (((d.id, row, column.id), 1), ((d.id, row, whole), -1)), False
    for column_id in projects:
        yield (((d.id, SUM, column_id), 1), (("", _base(d), ""), -1)), True


def _role_relations(d: TableDefinition, codebook: Codebook) -> Iterator[Terms]:
    """All counted = the columns of the counted roles, one role each; no row is above the base."""
    counted = role_order(codebook).counted
    by_role = {c.roles[0]: c.id for c in d.columns if len(c.roles) == 1}
    for row in _rows(d, codebook):
        for column in d.columns:
            yield (((d.id, row.id, column.id), 1), (("", _base(d), ""), -1)), False
            if not column.roles and all(role in by_role for role in counted):
                parts = tuple(((d.id, row.id, by_role[role]), -1) for role in counted)
                yield (((d.id, row.id, column.id), 1), *parts), True


def _part_relations(d: TableDefinition, codebook: Codebook) -> Iterator[Terms]:
    """A part is within its group, the group within its parts where they are all there is of it.

    A group has the strongest role of its parts, so the same holds for the strongest role, for the
    two strongest together, and so on.
    """
    in_order = [
        c.id for role in (r.id for v in codebook.variables for r in v.roles)
        for c in d.columns if c.roles == (role,)
    ]  # fmt: skip
    sets = [[c.id] for c in d.columns if not c.roles]
    sets += [in_order[:n] for n in range(1, len(in_order) + 1)]
    groups = {f"{v.id}.{g.id}" for v in codebook.variables for g in v.groups}
    rows = list(_rows(d, codebook))
    for columns in sets:
        for row in rows:
            parts = [part.id for part in rows if part.part_of == row.id]
            whole = tuple(((d.id, row.id, c), 1) for c in columns)
            for part in parts:
                yield (*(((d.id, part, c), 1) for c in columns), *_minus(whole)), False
            if row.with_parts and groups.issuperset(row.counts.any_of):
                yield (*whole, *(((d.id, p, c), -1) for p in parts for c in columns)), False


def _partition_relations(d: TableDefinition) -> Iterator[Terms]:
    column = d.columns[0].id
    for p in d.partitions:
        whole = (d.id, p.whole, column) if p.whole else ("", _base(d), "")
        yield ((whole, 1), *(((d.id, row, column), -1) for row in p.rows)), True


def _same_and_derived(tables: Sequence[TableDefinition], codebook: Codebook) -> Iterator[Terms]:
    """Rows that count the same; and what needs several things is within each of them."""
    derived = {
        f"{v.id}.{x.id}": tuple(f"{v.id}.{id}" for id in x.all_of)
        for v in codebook.variables
        for x in v.derived
    }
    seen: dict[tuple[str, Condition, tuple[str, ...]], Place] = {}
    needing: list[tuple[tuple[str, Condition, tuple[str, ...]], Place]] = []
    for d in tables:
        for row in _rows(d, codebook):
            for column in d.columns:
                roles = tuple(column.roles)
                place = (d.id, row.id, column.id)
                first = seen.setdefault((_base(d), row.counts, roles), place)
                if first != place:
                    yield ((place, 1), (first, -1)), True
                needed = [x for ref in row.counts.any_of for x in derived.get(ref, ())]
                for ref in (*row.counts.all_of, *(needed if len(row.counts.any_of) == 1 else ())):
                    needing.append(((_base(d), Condition(any_of=(ref,)), roles), place))
                if row.counts.given > 1:
                    for part in ("any_of", "none_of"):
                        alone = Condition(**{part: getattr(row.counts, part)})
                        needing.append(((_base(d), alone, roles), place))
    for key, place in needing:
        if key in seen:
            yield ((place, 1), (seen[key], -1)), False


def _rows(d: TableDefinition, codebook: Codebook) -> Iterator[CategoryRow]:
    for row in d.rows:
        yield from with_parts(row, codebook)


def _wholes(d: TableDefinition, codebook: Codebook) -> Iterator[Place]:
    rows = list(_rows(d, codebook)) if d.kind == "categories" else []
    ids = {row.part_of for row in rows} | {p.whole for p in d.partitions}
    yield from ((d.id, id, column) for id in ids if id for column in count_columns(d))


def _cost(place: Place, value: int, wholes: set[Place]) -> float:
    base = _SUM if place[1] == SUM else _WHOLE if place in wholes else _LEAF
    return base + (value / 50 if value else _NOUGHT)


def _base(d: TableDefinition) -> str:
    """Name the set of projects that a table is about; tables with one name share it."""
    return f"{sorted(d.uncounted)}{d.granted_counts}"


def _minus(terms: tuple[tuple[Place, int], ...]) -> tuple[tuple[Place, int], ...]:
    return tuple((place, -factor) for place, factor in terms)
