"""From what somebody asks for to the published figure and everything behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from annotations.codebook import Codebook
from annotations.tables import County
from corpus.types import Project, Span
from pipeline.evidence.links import page_link, span_link
from pipeline.explain.figures import Counted, FiguresError, Published, read_figures
from pipeline.explain.find import NoneMeantError, find
from pipeline.export.results import Coded, Results, read_results
from pipeline.tables.by_county import county_code, county_names
from pipeline.tables.types import Layout


@dataclass(frozen=True, slots=True)
class Behind:
    """One project behind a figure: the coding, its words and where they stand.

    `coded` is None where the project counts as such or by its amount. `quote` are the words, or
    the ticked box and its label. `link` is the document page's address below the results folder.
    """

    project: Project
    coded: Coded | None
    place: Span | None
    quote: str
    amount: Decimal | None
    link: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure with its projects, and the row's other figures.

    `uncounted` are the row's figures that are shown but never counted, with their projects.
    `county` narrows the lists, not the published figure.
    """

    figure: Published
    behind: tuple[Behind, ...]
    others: tuple[Published, ...]
    uncounted: tuple[tuple[Published, tuple[Behind, ...]], ...]
    county: str = ""


def explain(
    folder: Path,
    table: str,
    row: str,
    column: str,
    county: str,
    codebook: Codebook,
    counties: tuple[County, ...],
) -> Explained:
    """Return what is behind one figure; an empty column means the table's main one.

    Raises NoneMeantError where nothing is called so, FiguresError and ResultsError for a folder
    that cannot be read.
    """
    rows = list(_row(folder, table, row))
    chosen = find(column, rows, _column_names, "kolumnen") if column else _main(rows)
    name = find(county, counties, _county_names, "länet").name if county else ""
    results = read_results(folder, codebook)
    source = _Source(results, county_names(counties), {c.code: c.name for c in counties})
    uncounted = [f for f in rows if not f.counts and f is not chosen and chosen.counts]
    return Explained(
        chosen,
        tuple(source.behind(chosen, name)),
        tuple(f for f in rows if f is not chosen),
        tuple((f, tuple(source.behind(f, name))) for f in uncounted if f.projects),
        name,
    )


def _row(folder: Path, table: str, row: str) -> Iterator[Published]:
    """Yield the figures of the row that is meant; only one table is kept in memory."""
    found: dict[str, Published] = {}
    for id, figures in groupby(read_figures(folder), key=lambda f: f.table):
        found[id] = next(figures)
    if not found:
        raise FiguresError(f"{folder} har inga tabeller.")
    first = find(table, list(found.values()), _table_names, "tabellen")
    of_table = [f for f in read_figures(folder) if f.table == first.table]
    rows = list({f.row: f for f in of_table}.values())
    if not row:
        labels = ", ".join(f"”{f.label}”" for f in rows)
        raise NoneMeantError(f"Ange en rad. Tabell {first.number} har {labels}.")
    meant = find(row, rows, _row_names, "raden")
    yield from (f for f in of_table if f.row == meant.row)


def _table_names(f: Published) -> tuple[str, ...]:
    return (f"Tabell {f.number}", f.table, str(f.number), f.title)


def _row_names(f: Published) -> tuple[str, ...]:
    return (f.label, f.row)


def _column_names(f: Published) -> tuple[str, ...]:
    return (f.heading, f.column)


def _county_names(c: County) -> tuple[str, ...]:
    return (c.name, c.official, c.code)


def _main(rows: list[Published]) -> Published:
    """Return the figure that the row is about: its sum of money, else its first own count."""
    if rows[0].layout is Layout.BY_COUNTY and rows[0].amount is not None:
        return rows[-1]
    return next((f for f in rows if f.projects), rows[0])


class _Source:
    """What the results folder says of projects and codings."""

    def __init__(
        self, results: Results, codes: Mapping[str, str], counties: Mapping[str, str]
    ) -> None:
        self._results = results
        self._codes = codes
        self._counties = counties
        self._projects = {p.id: p for p in results.projects}

    def behind(self, figure: Published, county: str) -> Iterator[Behind]:
        """Yield the projects behind a figure, those of one county where it is given."""
        for counted in figure.projects:
            project = self._project(counted.project)
            if not county or self._counties.get(county_code(project.header, self._codes)) == county:
                yield self._one(counted, project)

    def _project(self, id: str) -> Project:
        if id not in self._projects:
            raise FiguresError(f"Projektet {id} står inte i projekt.csv. Kör samverkan run igen.")
        return self._projects[id]

    def _one(self, counted: Counted, project: Project) -> Behind:
        coded = self._coded(counted)
        place = coded.coding.evidence if coded else None
        quote = coded.quote if coded else ""
        if place is None and (place := counted.box) is not None:
            quote = (self._results.text(place.document) or "")[place.start : place.end]
        link = span_link(place) if place else ""
        if not link and project.documents:
            link = page_link(coded.document if coded and coded.document else project.documents[-1])
        exists = link and (self._results.folder / link.partition("#")[0]).is_file()
        return Behind(project, coded, place, quote, counted.amount, link if exists else "")

    def _coded(self, counted: Counted) -> Coded | None:
        if counted.key is None:
            return None
        for coded in self._results.codings[counted.project]:
            if (coded.coding.variable, coded.coding.category) == counted.key:
                return coded
        raise FiguresError(
            f"{counted.project} {'.'.join(counted.key)} står inte i kodningar.csv. "
            "Kör samverkan run igen."
        )
