"""The published figures of a run, read back from tabeller/celler.jsonl."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import orjson

from corpus.types import Span
from pipeline.tables.cells_jsonl import CELLS
from pipeline.tables.types import CodingKey, Decider, Layout


class FiguresError(Exception):
    """A folder without figures, or with a file that was changed. Swedish, says what to do."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One project behind a figure: the coding that counts, its box, or its part of an amount."""

    project: str
    key: CodingKey | None = None
    box: Span | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """One figure as published, with where it stands and what is behind it."""

    table: str
    number: int
    title: str
    layout: Layout
    row: str
    label: str
    part_of: str
    column: str
    heading: str
    counts: bool
    count: int | None
    amount: Decimal | None
    lower: int | None
    upper: int | None
    decided: Mapping[Decider, int]
    remark: str
    projects: tuple[Counted, ...]


def read_figures(folder: Path) -> Iterator[Published]:
    """Yield every figure in the order of tables, rows and columns. Raises FiguresError."""
    path = folder / CELLS
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                try:
                    yield _figure(orjson.loads(line))
                except (KeyError, TypeError, ValueError, InvalidOperation) as error:
                    raise FiguresError(
                        f"{CELLS}:{number} går inte att läsa ({error!r}). Kör samverkan run igen."
                    ) from error
    except OSError as error:
        raise FiguresError(
            f"{path} går inte att läsa ({error.strerror}). Ange mappen som samverkan run skrev "
            "till; är den från en äldre version, kör samverkan run igen."
        ) from error


def _figure(line: dict[str, Any]) -> Published:
    return Published(
        line["tabell"],
        line["nummer"],
        line["titel"],
        Layout(line["upplagg"]),
        line["rad"],
        line["etikett"],
        line["del_av"],
        line["kolumn"],
        line["rubrik"],
        line["raknas"],
        line["antal"],
        _amount(line["belopp"]),
        line["nedre"],
        line["ovre"],
        {Decider(who): count for who, count in line["beslutat"].items()},
        line["anmarkning"],
        tuple(_counted(one) for one in line["projekt"]),
    )


def _counted(one: dict[str, Any]) -> Counted:
    box = None
    if "ruta" in one:
        document, page, start, end = one["ruta"]
        box = Span(document, start, end, page)
    key = (one["variabel"], one["kategori"]) if "variabel" in one else None
    return Counted(one["projekt"], key, box, _amount(one.get("belopp")))


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
