"""Tables whose rows are the counties: numbers of projects, and grants by year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import accumulate, compress, pairwise

from annotations.codebook import Codebook
from annotations.tables import County, CountyColumn, TableDefinition
from corpus.types import Header
from pipeline.tables.counting import Case, Facts, count, count_projects, notes, panel, title
from pipeline.tables.judge import resolve, role_order
from pipeline.tables.margins import Margins
from pipeline.tables.types import Cell, Column, Layout, PreviousRound, Row, Support, Table
from pipeline.tables.verdicts import judge_all

UNKNOWN = County("okant", "Län okänt", "Län okänt")
_ALPHABET = str.maketrans("åäö", "{|}")


def by_county(
    definition: TableDefinition,
    counties: tuple[County, ...],
    codebook: Codebook,
    cases: tuple[Case, ...],
    facts: Facts,
    previous: PreviousRound | None,
    margins: Margins,
) -> Table:
    """Count projects by county; every county has a row, and projects without one a row below."""
    groups = _grouped(cases, counties)
    columns = tuple(
        Column(c.id, c.label, money=c.money, given=c.shows == "previous")
        for c in definition.county_columns
    )
    # Supports of the sum stand county by county, so that each county's are a slice of them.
    ordered = tuple(case for _, group in groups for case in group)
    ends = accumulate((len(group) for _, group in groups), initial=0)
    places = [*pairwise(ends), (0, len(ordered))]
    codes = [
        *((county.code,) for county, _ in groups),
        tuple(previous.projects) if previous else (),
    ]
    last = [_previous(previous, own) for own in codes]
    shown = [
        _column(c, codebook, ordered, places, last, margins) for c in definition.county_columns
    ]
    names = [*((county.code, county.name) for county, _ in groups), ("summa", "Summa")]
    rows = tuple(
        Row(id, label, cells, total=id == "summa")
        for (id, label), cells in zip(names, zip(*shown, strict=True), strict=True)
    )
    return Table(
        definition.id,
        definition.number,
        title(definition, facts),
        definition.row_heading,
        Layout.BY_COUNTY,
        columns,
        rows,
        len(cases),
        notes(definition, facts),
    )


def grants(
    definition: TableDefinition, counties: tuple[County, ...], cases: tuple[Case, ...], facts: Facts
) -> Table:
    """Add up granted amounts (kronor) by county and by the year in which the project begins."""
    paid = tuple(case for case in cases if case.project.header.beviljat_belopp is not None)
    years = sorted({h.period_start.year for c in paid if (h := c.project.header).period_start})
    unknown_year = any(c.project.header.period_start is None for c in paid)
    keys: list[int | None] = [*years, *([None] if unknown_year else [])]
    columns = [
        Column(f"ar_{key}" if key else "ar_okant", str(key) if key else "År okänt", money=True)
        for key in keys
    ]
    groups = _grouped(paid, counties)
    rows = [Row(county.code, county.name, _by_year(group, keys)) for county, group in groups]
    ordered = tuple(case for _, group in groups for case in group)
    rows.append(Row("summa", "Summa", _by_year(ordered, keys), total=True))
    return Table(
        definition.id,
        definition.number,
        title(definition, facts),
        definition.row_heading,
        Layout.BY_COUNTY,
        (*columns, Column("summa", "Summa", money=True)),
        tuple(rows),
        len(cases),
        notes(definition, facts),
    )


def county_code(header: Header, by_name: Mapping[str, str]) -> str:
    """Return the county's SCB code from code, name or municipality code; empty where unknown."""
    if header.lanskod:
        return header.lanskod
    if header.lan and header.lan.casefold() in by_name:
        return by_name[header.lan.casefold()]
    return (header.kommunkod or "")[:2]


def county_names(counties: tuple[County, ...]) -> dict[str, str]:
    """Return SCB codes by name, short and official, case folded."""
    return {name.casefold(): c.code for c in counties for name in (c.name, c.official)}


def sort_key(name: str) -> str:
    """Order names as Swedish does: å, ä, ö last."""
    return name.casefold().translate(_ALPHABET)


def _grouped(
    cases: tuple[Case, ...], counties: tuple[County, ...]
) -> list[tuple[County, tuple[Case, ...]]]:
    names = county_names(counties)
    found: dict[str, list[Case]] = {county.code: [] for county in counties}
    unknown: list[Case] = []
    for case in cases:
        found.get(county_code(case.project.header, names), unknown).append(case)
    groups = [(c, tuple(found[c.code])) for c in sorted(counties, key=lambda c: sort_key(c.name))]
    return [*groups, (UNKNOWN, tuple(unknown))] if unknown else groups


def _column(
    column: CountyColumn,
    codebook: Codebook,
    cases: tuple[Case, ...],
    places: list[tuple[int, int]],
    previous: list[int | None],
    margins: Margins,
) -> list[Cell]:
    """Return a column's cells: each is of the projects in one of `places`, stretches of `cases`."""
    if column.shows == "previous":
        return [Cell(count=number) for number in previous]
    if column.shows == "projects":
        return [count_projects(cases[a:b]) for a, b in places]
    if not column.counts_condition:
        return [_amount(column, cases[a:b]) for a, b in places]
    order = role_order(codebook)
    roles = column.roles or order.counted
    criterion = resolve(column.counts, codebook)
    verdicts = judge_all(panel(cases), criterion, roles, order)
    if column.money:
        held = [(cases[a:b], verdicts.holds[a:b]) for a, b in places]
        return [_amount(column, tuple(compress(own, holds))) for own, holds in held]
    return [count(cases[a:b], verdicts.part(a, b), criterion, roles, margins) for a, b in places]


def _amount(column: CountyColumn, cases: tuple[Case, ...]) -> Cell:
    """Add up what the projects tell; those that tell no amount are not behind the figure."""
    told = [(c.project.id, getattr(c.project.header, column.shows)) for c in cases]
    known = [(id, amount) for id, amount in told if amount is not None]
    total = sum((amount for _, amount in known), Decimal(0))
    return Cell(amount=total, support=tuple(Support(id) for id, _ in known))


def _previous(previous: PreviousRound | None, codes: tuple[str, ...]) -> int | None:
    """The last round's number; a county that it does not name had none."""
    if previous is None:
        return None
    return sum(previous.projects.get(code, 0) for code in codes)


def _by_year(cases: tuple[Case, ...], years: list[int | None]) -> tuple[Cell, ...]:
    def amount_of(chosen: list[Case]) -> Cell:
        granted = [(c.project.id, c.project.header.beviljat_belopp or Decimal(0)) for c in chosen]
        return Cell(
            amount=sum((amount for _, amount in granted), Decimal(0)),
            support=tuple(Support(id, amount=amount) for id, amount in granted),
        )

    def begins(case: Case) -> int | None:
        start = case.project.header.period_start
        return start.year if start else None

    return (
        *(amount_of([c for c in cases if begins(c) == year]) for year in years),
        amount_of(list(cases)),
    )
