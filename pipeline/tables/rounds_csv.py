"""jamforelse.csv, every figure now and then; innehall.csv, what the tables are about."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from pipeline.tables.contract import write_csv
from pipeline.tables.files import refuse_if_open
from pipeline.tables.rounds import Change, Comparison
from pipeline.tables.rounds_change import Measured
from pipeline.tables.rounds_read import ABOUT, CONTENTS
from pipeline.tables.types import EarlierFigure, Table

NAME = "jamforelse.csv"
COLUMNS = [
    "tabell",
    "rad",
    "etikett",
    "del_av",
    "kolumn",
    "tidigare_omgang",
    "nu",
    "nu_nedre",
    "nu_ovre",
    "tidigare",
    "tidigare_nedre",
    "tidigare_ovre",
    "forandring",
    "forandring_nedre",
    "forandring_ovre",
    "andel_nu",
    "andel_tidigare",
    "forandring_andel",
    "forandring_andel_nedre",
    "forandring_andel_ovre",
    "anmarkning",
]


def write_contents(tables: tuple[Table, ...], round_name: str, out: Path) -> Path:
    """Write tabeller/innehall.csv: each table's title and number of projects. Raises WriteError."""
    rows = ([t.id, str(t.number), t.title, str(t.base), round_name] for t in tables)
    return write_csv(out / "tabeller" / CONTENTS, list(ABOUT), rows)


def write_comparisons(comparisons: tuple[Comparison, ...], out: Path) -> list[Path]:
    """Write tabeller/jamforelse.csv; with nothing to compare that of an earlier run goes.

    Raises WriteError.
    """
    path = out / "tabeller" / NAME
    if not comparisons:
        refuse_if_open(path)
        path.unlink(missing_ok=True)
        return []
    rows = (_row(c.name, table, change) for c in comparisons for table, change in c.changes())
    return [write_csv(path, COLUMNS, rows)]


def _row(earlier: str, table: Table, c: Change) -> list[str]:
    return [
        table.id,
        c.row,
        c.label,
        c.part_of,
        c.column.id if c.column else "",
        earlier,
        *_now(c),
        *_then(c.then),
        *_change(c),
        _share(c.share_now),
        _share(c.share_then),
        *(_ends(c.share_change) if c.share_change else ["", "", ""]),
        c.note,
    ]


def _now(c: Change) -> Iterator[str]:
    """Yield figure and interval; what is exact is its own interval, as in the tables' files."""
    if c.now.amount is not None:
        yield from (_plain(c.now.amount), "", "")
    elif c.now.count is not None:
        count, interval = c.now.count, c.now.interval
        yield str(count)
        yield str(interval.lower if interval else count)
        yield str(interval.upper if interval else count)
    else:
        yield from ("", "", "")


def _then(figure: EarlierFigure | None) -> list[str]:
    if figure is None:
        return ["", "", ""]
    ends = (figure.lower, figure.upper)
    return [_plain(figure.value), *("" if end is None else str(end) for end in ends)]


def _change(c: Change) -> list[str]:
    if c.change is None:
        return ["", "", ""]
    if c.column and c.column.money:
        return [_plain(Decimal(str(c.change.value))), "", ""]
    return [f"{end:z.0f}" for end in (c.change.value, c.change.lower, c.change.upper)]


def _ends(m: Measured) -> list[str]:
    return [_share(m.value), _share(m.lower), _share(m.upper)]


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:z.4f}"


def _plain(value: Decimal) -> str:
    return f"{value:f}" if value % 1 else f"{value:.0f}"
