"""The simulated round as we code it, beside the truth: the page `docs/publicerad_omgang.md`."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from statistics import median

from bench.published_cells import Compared, value
from corpus.simulate.preset import Preset
from corpus.types import Coding, Origin, Role, Status
from pipeline.tables.numbers import NDASH, decimals, whole
from pipeline.tables.types import Column, Round, Table

_PLANNED = "planerad"  # the simulation's gold has none
Place = tuple[int, str, str]  # table, row, column
Figures = Mapping[Place, tuple[Decimal | None, int | None, int | None]]


@dataclass(frozen=True, slots=True)
class Ours:
    """One cell: the truth, our figure and its interval (None for money), where it stands."""

    table: int
    row: str
    column: Column
    total: bool
    first: bool
    truth: Decimal
    figure: Decimal | None
    lower: int | None
    upper: int | None

    @property
    def inside(self) -> bool:
        """Whether the interval holds the truth."""
        return (
            self.lower is not None
            and self.upper is not None
            and (self.lower <= self.truth <= self.upper)
        )

    @property
    def counted(self) -> bool:
        """Whether the cell is counted from codes, and so has an interval that claims something."""
        exact = self.table == 2 and self.column.id in ("antal_forra", "antal")
        return not self.column.money and not exact


def read_figures(results: Path, truth: Sequence[Table]) -> Figures:
    """Return what stands in a run's tabeller/tabellN.csv: each cell's figure and interval."""
    found: dict[Place, tuple[Decimal | None, int | None, int | None]] = {}
    for table in truth:
        path = results / "tabeller" / f"tabell{table.number}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column in (c.id for c in table.columns):
                    figure = row.get(column) or ""
                    ends = [row.get(f"{column}_{end}") or "" for end in ("nedre", "ovre")]
                    lower, upper = (int(end) if end else None for end in ends)
                    place = (table.number, row["rad"], column)
                    found[place] = (Decimal(figure) if figure else None, lower, upper)
    return found


def figures_of(tables: Sequence[Table]) -> Figures:
    """Return the same of tables that have just been counted."""
    return {
        (table.number, row.id, column.id): (
            value(cell),
            cell.interval.lower if cell.interval else None,
            cell.interval.upper if cell.interval else None,
        )
        for table in tables
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    }


def beside(truth: Sequence[Table], figures: Figures) -> tuple[Ours, ...]:
    """Return every cell of the true tables with our figure."""
    return tuple(
        Ours(
            table.number,
            row.label,
            column,
            row.total,
            c == 0,
            true,
            *figures.get((table.number, row.id, column.id), (None, None, None)),
        )
        for table in truth
        for row in table.rows
        for c, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True))
        if (true := value(cell)) is not None and column.id != _PLANNED
    )


def reviewed(results: Path, gold: Round) -> Round:
    """Return the gold round with our codings, those that wait for a person as gold has them."""
    codings: dict[str, tuple[Coding, ...]] = {}
    with (results / "kodningar.csv").open(encoding="utf-8", newline="") as file:
        ours = {(r["projekt"], r["variabel"], r["kategori"]): r for r in csv.DictReader(file)}
    for project, own in gold.codings.items():
        codings[project] = tuple(
            _ours(true, ours.get((project, true.variable, true.category))) for true in own
        )
    return replace(gold, codings=codings)


def _ours(true: Coding, row: Mapping[str, str] | None) -> Coding:
    if row is None or row["status"] != Status.AUTO:
        return true
    return replace(
        true,
        value=row["varde"] == "1",
        role=Role(row["roll"]) if row["roll"] else None,
        confidence=float(row["konfidens"]),
        status=Status.AUTO,
        origin=Origin(row["kalla"]),
    )


def table_error(cells: Sequence[Ours]) -> float | None:
    """Return the differences between our counts and the true ones, as a share of the true ones."""
    true = sum(c.truth for c in cells)
    apart = sum(abs((c.figure or Decimal(0)) - c.truth) for c in cells)
    return float(apart / true) if true else None


def page(
    truth: Sequence[Table],
    cells: Sequence[Ours],
    after: Sequence[Ours],
    compared: Sequence[Compared],
    preset: Preset,
    seed: int,
) -> str:
    """Return the page as Markdown."""
    lines = [
        "# Den publicerade omgången, simulerad",
        "",
        "Skriven av `python -m bench.published --ours MAPP`; varje siffra är mätt. "
        f"{preset.granted} beviljade projekt, {preset.started} startade, frö {seed}.",
        "",
        "## Med felfria koder",
        "",
        "Guldet i den simulerade omgången har tabellerats av samma kod som gör sammanställningen. "
        "Varje siffra som underlaget ger ur den tryckta rapporten (2011:39) har jämförts med "
        "motsvarande cell. Förteckningen är `bench/published_2011_39.csv`.",
        "",
        *_perfect(compared),
        "",
        "## Med vår kodning",
        "",
        "Samma omgång har skrivits som filer i alla format och gått genom `samverkan run`. "
        "Sanningen är guldet. Efter granskning: det som programmet ber en person att avgöra är "
        "avgjort som i guldet, det automatiska står kvar.",
        "",
        *_summary(cells, after),
        "",
        "Tabellfel: summan av skillnaderna mellan vårt antal och det sanna, delad med summan av de "
        "sanna. Projekt som ännu bara är planerade parter finns inte i guldet och är inte med.",
        "",
        "Det här är **inget kvalitetsmått**. Texterna är sammansatta av skrivna rapporter så att "
        "de passar siffrorna, och kodaren är delvis tränad på dem: felet säger inget om verkliga "
        "rapporter, åt något håll. Kvaliteten mäts på skribenter som kodaren inte har sett. Hur "
        "ofta intervallen stämmer över 500 omgångar står i [margins.md](margins.md). I en enda "
        "omgång hör cellerna ihop: samma slags fel märks på många rader.",
        "",
        "Tabellerna nedan är före granskning.",
        "",
    ]
    for table in truth:
        own = [c for c in cells if c.table == table.number]
        lines += ["", f"### Tabell {table.number}. {table.title}", ""]
        if all(c.column.money for c in own):
            lines += list(_money(own))
        elif len({c.column.id for c in own}) == 1:
            lines += list(_single(own))
        else:
            lines += list(_several(own))
    return "\n".join(lines) + "\n"


def _perfect(compared: Sequence[Compared]) -> Iterator[str]:
    yield from _table_head("", "Tryckta siffror", "Lika")
    names = dict.fromkeys(c.printed.table for c in compared)
    for name in names:
        own = [c for c in compared if c.printed.table == name]
        label = f"Tabell {name}" if name.isdecimal() else "Startade och ej startade projekt"
        yield f"| {label} | {len(own)} | {sum(c.equal for c in own)} |"
    yield f"| **Alla** | {len(compared)} | {sum(c.equal for c in compared)} |"
    yield ""
    different = [c for c in compared if not c.equal]
    if not different:
        yield "Inga skillnader."
    for c in different:
        p = c.printed
        ours = "saknas" if c.ours is None else whole(c.ours)
        why = f" Känt tryckfel: {p.note}" if c.explained else ""
        yield f"- Tabell {p.table}, {p.row}, {p.column}: tryckt {whole(p.value)}, här {ours}.{why}"


def _summary(cells: Sequence[Ours], after: Sequence[Ours]) -> Iterator[str]:
    heads = ("Tabellfel", "Sanningen inom", "Medianbredd")
    yield from _table_head(
        "", "Celler", *(f"{h}, ogranskat" for h in heads), *(f"{h}, granskat" for h in heads)
    )
    groups: tuple[tuple[str, Callable[[Ours], bool]], ...] = (
        ("Tabell 2, länens strukturer", lambda c: c.table == 2 and not c.total),
        ("Tabell 2, summor", lambda c: c.table == 2 and c.total),
        ("Tabell 3, projekt", lambda c: c.table == 3 and c.first),
        ("Tabell 3, varav aktiva och inbjudna", lambda c: c.table == 3 and not c.first),
        ("Tabell 4", lambda c: c.table == 4),
        ("Tabell 5", lambda c: c.table == 5),
        ("**Tabell 3–5**", lambda c: c.table in (3, 4, 5)),
    )
    for name, belongs in groups:
        told = [[c for c in some if c.counted and belongs(c)] for some in (cells, after)]
        figures = [figure for own in told for figure in _held(own)]
        yield f"| {name} | {len(told[0])} | {' | '.join(figures)} |"


def _held(cells: Sequence[Ours]) -> tuple[str, str, str]:
    """Return table error, how many intervals hold the truth, and their median width."""
    error, inside = table_error(cells), sum(c.inside for c in cells)
    widths = [c.upper - c.lower for c in cells if c.upper is not None and c.lower is not None]
    return (
        NDASH if error is None else _percent(error),
        f"{inside} ({_percent(inside / len(cells))})",
        f"{median(widths):.0f}",
    )


def _single(cells: Sequence[Ours]) -> Iterator[str]:
    yield from _table_head("", "Sanning", "Vår", "95 %-intervall", "Inom")
    for c in cells:
        yield f"| {c.row} | {whole(c.truth)} | {_figure(c)} | {_interval(c)} | {_yes(c)} |"


def _several(cells: Sequence[Ours]) -> Iterator[str]:
    """A cell is `truth · ours (interval)`; one that misses the truth is marked."""
    columns = list(dict.fromkeys(c.column.label for c in cells))
    yield "Varje cell: sanning · vår (95 %-intervall). **Fet**: intervallet rymmer inte sanningen."
    yield ""
    yield from _table_head("", *columns)
    for row in dict.fromkeys(c.row for c in cells):
        told = {c.column.label: c for c in cells if c.row == row}
        shown = [_cell(told[label]) if label in told else "" for label in columns]
        yield f"| {row} | {' | '.join(shown)} |"


def _cell(c: Ours) -> str:
    text = f"{whole(c.truth)} · {_figure(c)}"
    if not c.counted:
        return text
    text += f" ({_interval(c)})"
    return text if c.inside else f"**{text}**"


def _money(cells: Sequence[Ours]) -> Iterator[str]:
    """Counties have a row for the sum only: amounts are read, not coded, and have no interval."""
    last = [c for c in cells if c.column.id in ("summa", "belopp")]
    yield from _table_head("", "Sanning, kr", "Vår, kr", "Skillnad")
    for c in last:
        apart = NDASH if c.figure is None else whole(c.figure - c.truth)
        yield f"| {c.row} | {whole(c.truth)} | {_figure(c)} | {apart} |"
    wrong = sum(c.figure != c.truth for c in cells)
    yield ""
    yield f"{len(cells)} celler med år och summor, {wrong} skiljer sig."


def _table_head(first: str, *others: str) -> Iterator[str]:
    yield f"| {first} | " + " | ".join(others) + " |"
    yield "| --- |" + " ---: |" * len(others)


def _figure(c: Ours) -> str:
    return NDASH if c.figure is None else whole(c.figure)


def _interval(c: Ours) -> str:
    return NDASH if c.lower is None or c.upper is None else f"{c.lower}{NDASH}{c.upper}"


def _yes(c: Ours) -> str:
    return "ja" if c.inside else "**nej**"


def _percent(share: float) -> str:
    return f"{decimals(share * 100, 1)} %"
