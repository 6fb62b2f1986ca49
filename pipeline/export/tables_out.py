"""The tables' CSV files for publication: small counts hidden, amounts as they are."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from annotations.codebook import Codebook
from annotations.tables import Definitions, TableDefinition
from pipeline.export.results import ResultsError
from pipeline.export.small_counts import hide
from pipeline.export.table_counts import Place, count_columns, system
from pipeline.tables.contract import write_csv
from pipeline.tables.files import write_text

HIDDEN = ".."  # as in official statistics: not available or not to be shown
_NOTE = "om_tabellerna.txt"


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What was written, and how many counts were hidden: small ones, and others to protect them."""

    files: tuple[Path, ...]
    small: int
    others: int
    shown: int


@dataclass(frozen=True, slots=True)
class _File:
    """One table as it stands in its file."""

    name: str
    header: list[str]
    rows: list[dict[str, str]]
    belonging: Mapping[str, tuple[str, ...]]  # a count's column → it and its interval and share


def write_suppressed(
    results: Path, definitions: Definitions, codebook: Codebook, least: int, out: Path
) -> Suppressed:
    """Write RESULTS/tabeller with counts 1 … least - 1 hidden, and a note on how.

    Raises ResultsError where the tables are not those of the definitions, SuppressionError where
    nothing can protect the small counts, WriteError.
    """
    if out.resolve() == (results / "tabeller").resolve():
        raise ResultsError("de dolda tabellerna får inte skrivas över de fullständiga; ange annan")
    read = {d: _read(results / "tabeller" / f"tabell{d.number}.csv", d) for d in definitions.tables}
    figures: dict[Place, int] = {}
    for d, table in read.items():
        for row in table.rows:
            for column in table.belonging:
                if row[column]:
                    figures[d.id, row["rad"], column] = _figure(row[column], table.name)
    all_counts = system(definitions.tables, codebook, figures)
    hidden = hide(all_counts.counts, all_counts.relations, least)
    places = {all_counts.places[i] for i in hidden}
    files = [
        write_csv(out / table.name, table.header, _rows(d, table, places))
        for d, table in read.items()
    ]
    small = sum(0 < value < least for value in figures.values())
    done = Suppressed((*files, out / _NOTE), small, len(places) - small, len(figures) - len(places))
    write_text(out / _NOTE, _note(done, least))
    return done


def _read(path: Path, definition: TableDefinition) -> _File:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            header = list(reader.fieldnames or ())
            rows = [dict(row) for row in reader]
    except FileNotFoundError:
        raise ResultsError(f"{path.name} finns inte i {path.parent}") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ResultsError(f"går inte att läsa ({error}) @ {path.name}") from error
    columns = count_columns(definition)
    if missing := [c for c in ("rad", *columns) if c not in header]:
        raise ResultsError(f"kolumnen {missing[0]} saknas @ {path.name}:1")
    # What stands after a count and before the next one says more about it: interval and share.
    belonging: dict[str, tuple[str, ...]] = {}
    starts = [*(header.index(c) for c in columns), len(header)]
    for column, start, end in zip(columns, starts, starts[1:], strict=False):
        belonging[column] = tuple(header[start:end])
    return _File(path.name, header, rows, belonging)


def _figure(text: str, name: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ResultsError(f"{text!r} är inget antal @ {name}")
    return int(text)


def _rows(definition: TableDefinition, table: _File, hidden: set[Place]) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in table.rows:
        cells = dict(row)
        for column, names in table.belonging.items():
            if (definition.id, row["rad"], column) in hidden:
                cells |= dict.fromkeys(names, HIDDEN)
        rows.append([cells[name] for name in table.header])
    return rows


def _note(done: Suppressed, least: int) -> str:
    return f"""Om tabellerna

Antal från 1 till {least - 1} visas inte. I deras ställe står {HIDDEN}, också där en cell har dolts
för att ett litet antal annars hade gått att räkna ut ur summor, delar eller andra tabeller.
Det syns inte vilka celler som är små och vilka som skyddar dem. En nolla visas om den inte behövs
som skydd.

Dolda celler: {done.small} små och {done.others} för skydd. Visade celler: {done.shown}.

För varje litet antal finns det minst en tabell som stämmer med allt som visas och där antalet är
högst 1, och en där det är minst {least - 1}. Det gäller den som bara har dessa filer. Den som
också har de fullständiga tabellerna, rapporten eller kodningarna kan se antalen: lämna inte ut
dem tillsammans. Belopp visas som de är, för beviljade medel är offentliga beslut.
"""
