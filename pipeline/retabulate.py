"""Counting a run's round again without reading a document: new decisions, other tables, changes."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from annotations.codebook import load as load_codebook
from annotations.decisions.items import Items
from pipeline.report.texts_choice import remembered, texts_of
from pipeline.report.write import check_writable, write_all
from pipeline.review.open import Place, open_database
from pipeline.review.publish import decided
from pipeline.snapshot import SnapshotError, restore
from pipeline.tables.contract import text_path
from pipeline.tables.files import WriteError, can_write
from pipeline.tables.given import load_given
from pipeline.tables.own import definitions_of
from pipeline.tables.rounds import Change, Comparison, compare
from pipeline.tables.rounds_find import beside, find_rounds
from pipeline.tables.rounds_read import EarlierError, read_round
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import EarlierRound, Round, Table


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: a run's folder, its workspace, where to write, and what shall differ.

    `tables` is a folder of definitions (None: those of the run), `figures` the coordinator's own
    figures (None: those of the run), `compare` rounds to compare with, `name` the round's name,
    `report_texts` a folder of the report's texts (None: those of the run).
    """

    results: Path
    workspace: Path
    out: Path
    decisions: str = ""
    tables: Path | None = None
    figures: Path | None = None
    compare: tuple[str, ...] = ()
    name: str | None = None
    report_texts: Path | None = None


@dataclass(frozen=True, slots=True)
class Recounted:
    """What was written, and how the tables differ from those that stood in the results.

    `moved` is None where other tables stood there, or none that could be read.
    """

    round: Round
    tables: tuple[Table, ...]
    comparisons: tuple[Comparison, ...]
    moved: tuple[tuple[Table, Change], ...] | None


def retabulate(order: Order) -> Recounted:
    """Count again and write every result but granskning.xlsx, which people may be filling in.

    What people have decided since the run is counted in. Raises SnapshotError, EarlierError,
    DefinitionError, DecisionsError and WriteError, whose texts say what to do.
    """
    texts = Texts(order.results)
    check_writable(order.out)
    codebook = load_codebook()
    round, own = restore(order.workspace, texts)
    definitions = definitions_of(order.tables or own, codebook)
    earlier = find_rounds(order.compare, definitions, codebook)
    own_texts = texts_of(order.report_texts or remembered(order.workspace), definitions, codebook)
    if order.figures:
        figures, previous = load_given(order.figures, definitions.counties)
        round = replace(round, figures=figures, previous=previous)
    if not can_write(order.out):
        raise WriteError(f"Det går inte att skriva i mappen {order.out}. Ange en annan med --out.")
    place = Place(order.results, order.workspace, order.decisions)
    with closing(open_database(place)) as database:
        pages = Pages(Items(database), round)
        round = replace(decided(database, round, codebook), pages=pages)
        if order.name is not None:
            round = replace(round, name=order.name)
        round = beside(round, earlier, definitions)
        stood = _stood(order.results)
        tables = tabulate(round, definitions, codebook)
        write_all(
            round,
            tables,
            order.out,
            codebook=codebook,
            definitions=definitions,
            texts=own_texts,
        )
    moved = None if stood is None else _moved(round, tables, stood)
    return Recounted(round, tables, compare(round, tables), moved)


class Texts(Mapping[str, str]):
    """The documents' texts as the run wrote them, one at a time.

    Raises SnapshotError where the folder is not one that a run wrote.
    """

    def __init__(self, results: Path) -> None:
        self._results = results
        self._names = tuple(_documents(results))

    def __getitem__(self, name: str) -> str:
        try:
            data = (self._results / text_path(name)).read_bytes()
        except OSError as error:
            raise KeyError(name) from error
        return data.decode("utf-8", errors="replace")

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Pages(Mapping[str, tuple[int, ...]]):
    """The offsets at which the documents' pages begin, as the run published them."""

    def __init__(self, items: Items, round: Round) -> None:
        self._items = items
        self._round = round.name
        self._names = tuple(dict.fromkeys(n for p in round.projects for n in p.documents))

    def __getitem__(self, name: str) -> tuple[int, ...]:
        stored = self._items.document(self._round, name)
        if stored is None:
            raise KeyError(name)
        return tuple(page.start for page in stored.document.pages)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _documents(results: Path) -> Iterator[str]:
    """Yield the documents of dokument.csv whose text stands in the results."""
    path = results / "dokument.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if (results / text_path(row["dokument"])).is_file():
                    yield row["dokument"]
    except (FileNotFoundError, NotADirectoryError):
        raise SnapshotError(
            f"{results} är ingen mapp som samverkan run har skrivit till: {path.name} finns inte "
            "där. Ange den mapp som run fick med --out."
        ) from None
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        raise SnapshotError(
            f"{path} går inte att läsa ({error}). Kör samverkan run igen, så skrivs den på nytt."
        ) from error


def _stood(results: Path) -> EarlierRound | None:
    try:
        return read_round(results)
    except EarlierError:
        return None


def _moved(
    round: Round, tables: tuple[Table, ...], stood: EarlierRound
) -> tuple[tuple[Table, Change], ...] | None:
    (comparison,) = compare(replace(round, earlier=(stood,)), tables)
    if comparison.notes:
        return None
    return tuple((t, c) for t, c in comparison.changes() if _differs(c))


def _differs(c: Change) -> bool:
    known = c.now.count is not None or c.now.amount is not None
    return bool(c.change.value) if c.change else known != (c.then is not None)
