"""An earlier round read back from the CSV files of its tables, strict about every figure.

The same form serves a printed report: one file a table, `rad` and the columns of counts; what the
report does not tell is left blank or out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipeline.projects.csv_text import ListError, decode, table
from pipeline.tables.types import EarlierFigure, EarlierRound, EarlierTable

CONTENTS = "innehall.csv"
ABOUT = ("tabell", "nummer", "rubrik", "projekt", "omgang")
_NAME = re.compile(r"tabell(\d+)\.csv")
_NOT_FIGURES = frozenset({"rad", "etikett", "del_av", "anmarkning"})
_BESIDE = ("_nedre", "_ovre", "_andel_person")
_MOST_FAULTS = 20
Rows = list[tuple[str, dict[str, str]]]


class EarlierError(Exception):
    """An earlier round that cannot be compared with. Swedish, fault by fault."""


def read_round(folder: Path) -> EarlierRound:
    """Read a run's out folder, or any folder of tabellN.csv. Raises EarlierError.

    `innehall.csv` tells the round's name and how many projects each table is about; without it
    the round is named after its folder and shares are not compared.
    """
    place = folder / "tabeller" if (folder / "tabeller").is_dir() else folder
    paths = {int(m[1]): p for p in place.glob("tabell*.csv") if (m := _NAME.fullmatch(p.name))}
    if not paths:
        raise EarlierError(
            f"{folder} har inga tabeller (tabellN.csv). Ange en mapp som run skrev till, eller en "
            "mapp med en tryckt rapports siffror i samma form."
        )
    faults: list[str] = []
    about = {row["nummer"]: row for _, row in _contents(place / CONTENTS, faults)}
    tables = [_table(paths[n], n, about.get(str(n), {}), faults) for n in sorted(paths)]
    if faults:
        more = len(faults) - _MOST_FAULTS
        listed = faults[:_MOST_FAULTS] + ([f"och {more} fel till"] if more > 0 else [])
        raise EarlierError("\n".join(f"{fault} i {place}" for fault in listed))
    told = next((row["omgang"] for row in about.values() if row["omgang"]), "")
    return EarlierRound(told or folder.resolve().name, tuple(tables))


def _contents(path: Path, faults: list[str]) -> Rows:
    return _rows(path, ABOUT, faults) if path.exists() else []


def _table(path: Path, number: int, about: Mapping[str, str], faults: list[str]) -> EarlierTable:
    rows = _rows(path, ("rad",), faults)
    figures: dict[str, dict[str, EarlierFigure]] = {}
    labels: dict[str, str] = {}
    for place, row in rows:
        id = row["rad"]
        if not id:
            faults.append(f"raden saknar id i kolumnen rad @ {place}")
        if id and id in figures:
            faults.append(f"raden {id!r} står två gånger @ {place}")
        try:
            figures[id] = dict(_figures(row))
        except ValueError as error:
            faults.append(f"{error} @ {place}")
        labels[id] = row.get("etikett") or ""
    base = about.get("projekt", "")
    if base and not _is_whole(base):
        faults.append(f"projekt ska vara ett heltal, inte {base!r} @ {CONTENTS}")
        base = ""
    id = about.get("tabell") or path.stem
    return EarlierTable(id, number, int(base) if base else None, labels, figures)


def _figures(row: Mapping[str, str]) -> Iterator[tuple[str, EarlierFigure]]:
    """Yield what is told of each column. Raises ValueError for what is no figure."""
    for column, text in row.items():
        if column in _NOT_FIGURES or column.endswith(_BESIDE) or not text:
            continue
        lower, upper = (_end(row.get(column + suffix) or "", column) for suffix in _BESIDE[:2])
        try:
            value = Decimal(text)
        except InvalidOperation:
            raise ValueError(f"{column} ska vara ett tal, inte {text!r}") from None
        if not value.is_finite():
            raise ValueError(f"{column} ska vara ett tal, inte {text!r}")
        if not (lower is None or lower <= value) or not (upper is None or value <= upper):
            raise ValueError(f"{column} är {text} men ligger utanför sitt intervall")
        yield column, EarlierFigure(value, lower, upper)


def _end(text: str, column: str) -> int | None:
    if text and not _is_whole(text):
        raise ValueError(f"intervallet för {column} ska vara heltal, inte {text!r}")
    return int(text) if text else None


def _rows(path: Path, needed: tuple[str, ...], faults: list[str]) -> Rows:
    """Return the rows with their places; a file that cannot be read or lacks columns is a fault.

    Separators and encodings are those that Excel saves with as well as the program's own.
    """
    try:
        cells = table(decode(path.read_bytes()), path.name)
    except ListError:
        faults.append(f"filen är tom eller ingen CSV @ {path.name}")
        return []
    except OSError as error:
        faults.append(f"går inte att läsa ({error.strerror}) @ {path.name}")
        return []
    names = [name.strip() for name in cells[0]]
    missing = [c for c in needed if c not in names]
    faults += [f"kolumnen {c} saknas @ {path.name}:1" for c in missing]
    if missing:
        return []
    rows: Rows = []
    for line, values in enumerate(cells[1:], 2):
        place, values = f"{path.name}:{line}", [value.strip() for value in values]
        if any(values[len(names) :]):
            faults.append(f"fler värden än kolumner @ {place}")
        elif any(values):
            padded = [*values, *[""] * len(names)]
            rows.append((place, dict(zip(names, padded, strict=False))))
    return rows


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdecimal()
