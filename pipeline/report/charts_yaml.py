"""Which pictures a report has, as data (charts.yaml, which tells how it is written)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal

from annotations.strict import DefinitionError, load
from annotations.tables import Definitions, TableDefinition, load_tables

CHARTS = Path(__file__).with_name("charts.yaml")
FACTS = ("titel", "tabell", "antal", "enhet")
EXTREMES = ("mest", "minst")
LayoutName = Literal["", "by_county", "by_category", "money"]


@dataclass(frozen=True)
class ChartDefinition:
    """One picture: where its figures stand and how it is described."""

    id: str
    kind: Literal["bars", "map"]
    unit: str
    caption: str
    alt: str
    table: str = ""
    layout: LayoutName = ""
    column: str = ""
    rows: tuple[str, ...] = ()
    to_base: bool = False
    per: int = 1
    before: str = ""
    note: str = ""


@dataclass(frozen=True)
class Charts:
    """All pictures, those for tables that have none of their own, and two alt texts."""

    charts: tuple[ChartDefinition, ...]
    otherwise: tuple[ChartDefinition, ...]
    equal: str
    unknown: str


@cache
def load_charts(path: Path = CHARTS) -> Charts:
    """Read the definitions. Raises DefinitionError with all faults."""
    charts = load(path, Charts)
    if faults := list(_faults(charts, path.name)):
        raise DefinitionError(faults)
    return charts


def check_charts() -> list[str]:
    """Return what our own pictures ask of our own tables that is not there."""
    return check_against(load_charts(), load_tables())


def check_against(charts: Charts, definitions: Definitions) -> list[str]:
    """Return what pictures ask of the tables that is not there, in Swedish: what @ where."""
    tables = {t.id: t for t in definitions.tables}
    faults = []
    for i, chart in enumerate(charts.charts):
        where = f"charts[{i}] ({chart.id})"
        if chart.table not in tables:
            faults.append(f"okänd tabell {chart.table!r} @ {where}.table")
            continue
        rows, columns = _rows(tables[chart.table]), _columns(tables[chart.table])
        faults += [f"okänd rad {row!r} @ {where}.rows" for row in chart.rows if row not in rows]
        named = [c for c in (chart.column, chart.before) if c and c not in columns]
        faults += [f"okänd kolumn {column!r} @ {where}" for column in named]
    return faults


def _rows(table: TableDefinition) -> set[str]:
    return {row.id for row in table.rows} | {row.id for row in table.money_rows}


def _columns(table: TableDefinition) -> set[str]:
    """The tables of money have columns that no definition names."""
    own = {"grants": {"summa"}, "money": {"belopp"}}.get(table.kind, set())
    return own | {c.id for c in table.columns} | {c.id for c in table.county_columns}


def _faults(charts: Charts, name: str) -> Iterator[str]:
    ids = Counter(c.id for c in (*charts.charts, *charts.otherwise))
    yield from (f"{id!r} står två gånger @ {name}" for id, number in ids.items() if number > 1)
    lists = (("charts", charts.charts), ("otherwise", charts.otherwise))
    for list_name, definitions in lists:
        for i, chart in enumerate(definitions):
            where = f"{name}.{list_name}[{i}] ({chart.id})"
            needed = "table" if list_name == "charts" else "layout"
            if not getattr(chart, needed):
                yield f"obligatoriskt fält saknas: {needed} @ {where}"
            if chart.per < 1:
                yield f"{chart.per} ska vara minst 1 @ {where}.per"
            yield from _unknown(chart.caption, FACTS, f"{where}.caption")
            yield from _unknown(chart.alt, (*FACTS, *EXTREMES), f"{where}.alt")
            yield from _unknown(chart.note, (*FACTS, "okant"), f"{where}.note")
    yield from _unknown(charts.equal, (*FACTS, "mest"), f"{name}.equal")
    yield from _unknown(charts.unknown, FACTS, f"{name}.unknown")


def _unknown(text: str, known: tuple[str, ...], where: str) -> Iterator[str]:
    try:
        fields = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
    except ValueError:
        yield f"en klammer står ensam @ {where}"
        return
    yield from (f"okänd uppgift {{{field}}} @ {where}" for field in fields if field not in known)
