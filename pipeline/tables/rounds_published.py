"""The published round that simulations reproduce, as figures that any round can be set beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from annotations.codebook import Codebook
from annotations.tables import Condition, CountyColumn, Definitions, RoleColumn, TableDefinition
from corpus.simulate.preset import Preset
from corpus.types import Role
from pipeline.tables.row_parts import with_parts
from pipeline.tables.types import EarlierFigure, EarlierRound, EarlierTable

Refs = frozenset[str]
Figures = Mapping[str, EarlierFigure]


def published(preset: Preset, definitions: Definitions, codebook: Codebook) -> EarlierRound:
    """Return what the report tells of each row that the tables have; the rest stays out.

    Amounts by county and year are left out: the report's are allotments, ours are grants.
    """
    told = dict(_told(preset))
    tables: list[EarlierTable] = []
    for d in definitions.tables:
        rows: dict[str, Figures] = {}
        if d.kind == "categories":
            rows = {r: f for r, f in _by_category(d, codebook, told, preset.started) if f}
        elif d.kind == "counties":
            rows = dict(_by_county(d, definitions, preset))
        elif d.kind == "money":
            rows = {r: {"belopp": _figure(v)} for r, v in _money(d, preset)}
        if rows:
            tables.append(EarlierTable(d.id, d.number, preset.started, {}, rows))
    return EarlierRound(preset.namn, tuple(tables))


def _told(p: Preset) -> Iterator[tuple[Refs, tuple[int, int | None]]]:
    """Yield each count by the categories it counts, and how many of them are active if told."""
    n = p.started
    for group in p.partner:
        for part, number in group.delar.items():
            yield frozenset({f"partner.{part}"}), (number, group.aktiva)
        yield frozenset({f"partner.{group.grupp}"}), (group.antal, group.aktiva)
    for id, number in (*p.malgrupp.items(), *p.sarskilt_utsatta.delar.items()):
        yield frozenset({f"malgrupp.{id}"}), (number, None)
    single = {
        "malgrupp.sarskilt_utsatta": p.sarskilt_utsatta.antal,
        "malgrupp.familjeperspektiv": p.familjeperspektiv,
        "integrering.integrerad": p.integrering.integrerad,
        "integrering.plan": p.integrering.plan,
        "integrering.ej": p.integrering.ej,
        "innehall.reell_samverkan": p.reell_samverkan,
        "innehall.utbildning": p.utbildning,
        "status.pagar": p.pagar,
        "status.avslutat": n - p.pagar,
        "form.tillfallig": p.tillfallig,
        "form.lansstyrelsen_aktiv": p.lansstyrelsen_aktiv,
    }
    for ref, number in single.items():
        yield frozenset({ref}), (number, None)
    yield frozenset({"maluppfyllelse.helt", "maluppfyllelse.delvis"}), (p.mal_natt, None)


def _by_category(
    d: TableDefinition,
    codebook: Codebook,
    told: Mapping[Refs, tuple[int, int | None]],
    projects: int,
) -> Iterator[tuple[str, Figures]]:
    for defined in d.rows:
        for row in with_parts(defined, codebook):
            known = _count(row.counts, told, projects)
            if known is None:
                continue
            counts = ((c.id, _in_roles(c, *known)) for c in d.columns)
            yield row.id, {id: _figure(count) for id, count in counts if count is not None}


def _count(
    condition: Condition, told: Mapping[Refs, tuple[int, int | None]], projects: int
) -> tuple[int, int | None] | None:
    if condition.given != 1 or condition.all_of:
        return None
    if condition.none_of:
        found = told.get(frozenset(condition.none_of))
        return None if found is None else (projects - found[0], None)
    return told.get(frozenset(condition.any_of))


def _in_roles(column: RoleColumn, count: int, active: int | None) -> int | None:
    if not column.roles:
        return count
    if active is None:
        return None
    if len(column.roles) > 1:
        return None
    return {Role.AKTIV: active, Role.INBJUDEN: count - active}.get(column.roles[0])


def _by_county(
    d: TableDefinition, definitions: Definitions, preset: Preset
) -> Iterator[tuple[str, Figures]]:
    codes = {county.name: county.code for county in definitions.counties}
    sums: dict[str, int] = {}
    for county in preset.lan:
        found: dict[str, EarlierFigure] = {}
        structures = {"ny": county.ny, "befintlig": county.befintlig}
        structures["utvardering"] = county.utvardering
        for column in d.county_columns:
            number = _of_county(column, county.projekt, structures)
            if number is not None:
                found[column.id] = _figure(number)
                sums[column.id] = sums.get(column.id, 0) + number
        yield codes[county.namn], found
    yield "summa", {id: _figure(number) for id, number in sums.items()}


def _of_county(column: CountyColumn, projects: int, structures: Mapping[str, int]) -> int | None:
    if column.shows == "projects":
        return projects
    refs = [ref.partition(".") for ref in column.counts.any_of]
    simple = column.shows == "condition" and column.counts.given == 1 and not column.roles
    if simple and len(refs) == 1 and refs[0][0] == "struktur":
        return structures.get(refs[0][2])
    return None


def _money(d: TableDefinition, preset: Preset) -> Iterator[tuple[str, int]]:
    """Yield the rows that are told, and what plus and minus of them give."""
    money = preset.medel
    amounts: dict[str, int] = {}
    for row in d.money_rows:
        if row.figure:
            amounts[row.id] = getattr(money, row.figure)
        elif row.sum_of == "beviljat_belopp":
            amounts[row.id] = money.beviljat
        elif row.plus and all(id in amounts for id in (*row.plus, *row.minus)):
            plus, minus = (sum(amounts[id] for id in ids) for ids in (row.plus, row.minus))
            amounts[row.id] = plus - minus
    yield from amounts.items()


def _figure(number: int) -> EarlierFigure:
    return EarlierFigure(Decimal(number))
