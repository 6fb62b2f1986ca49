"""What a results folder has beside its codings: the flow, rulings, figures and comparisons.

Each file is exported where it is there; a run or an older version may have written fewer.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from pipeline.explain.figures import FiguresError, read_figures
from pipeline.export.dictionary import Field, Resource
from pipeline.export.fields import amount, day
from pipeline.export.results import ResultsError
from pipeline.tables.cells_jsonl import CELLS
from pipeline.tables.types import Decider

Value = str | int | bool | Decimal | date | None
_DECIDERS = (Decider.PERSON, Decider.TICK, Decider.RULE, Decider.MODEL)


def is_there(folder: Path, resource: Resource) -> bool:
    """Whether a results folder has what a resource is made from."""
    return not resource.source or (folder / resource.source).is_file()


def rows(folder: Path, resource: Resource) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of a resource in the order of its fields. Raises ResultsError."""
    if Path(resource.source) == CELLS:
        try:
            yield from _figures(folder) if resource.name == "celler" else _behind(folder)
        except FiguresError as error:
            raise ResultsError(str(error)) from error
    else:
        yield from _file(folder / resource.source, resource)


def _figures(folder: Path) -> Iterator[tuple[Value, ...]]:
    for f in read_figures(folder):
        place = (f.table, f.number, f.title, f.row, f.label, f.part_of or None, f.column, f.heading)
        told = (f.counts, f.count, f.amount, f.lower, f.upper)
        decided = (f.decided.get(who) for who in _DECIDERS)
        yield (*place, *told, *decided, f.remark or None)


def _behind(folder: Path) -> Iterator[tuple[Value, ...]]:
    for f in read_figures(folder):
        for one in f.projects:
            variable, category = one.key or (None, None)
            yield (f.table, f.row, f.column, one.project, variable, category, one.amount)


def _file(path: Path, resource: Resource) -> Iterator[tuple[Value, ...]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", restval="")
            missing = [f.name for f in resource.fields if f.name not in (reader.fieldnames or ())]
            if missing:
                raise ResultsError(
                    f"kolumnen {missing[0]} saknas @ {path.name}:1; kör samverkan run igen"
                )
            for row in reader:
                try:
                    yield tuple(_value(row[f.name], f) for f in resource.fields)
                except ValueError as error:
                    raise ResultsError(f"{error} @ {path.name}:{reader.line_num}") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ResultsError(f"går inte att läsa ({error}) @ {path.name}") from error


def _value(text: str, field: Field) -> Value:
    if field.type == "date":
        return day(text, field.name)
    if field.type == "number":
        return amount(text, field.name)
    if field.type == "integer" and text:
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"{field.name} ska vara ett heltal, inte {text!r}") from None
    return text or None
