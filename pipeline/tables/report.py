"""rapport.html: one self-contained page with the tables and, behind each figure, its projects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import ceil
from pathlib import Path
from urllib.parse import quote as url_quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from annotations.codebook import Codebook
from corpus.types import DocumentRecord, Project, Status
from pipeline.tables.behind import Place, Series, anchor, known_columns, series_of
from pipeline.tables.contract import text_path
from pipeline.tables.files import write_text
from pipeline.tables.method import METHOD
from pipeline.tables.numbers import figure, percent, span, whole
from pipeline.tables.quotes import Quotes
from pipeline.tables.summary_rows import Line, behind_columns, behind_lines, where
from pipeline.tables.types import Cell, Finding, Layout, Round, Row, Table
from pipeline.tables.words import Words, words

_FOLDER = Path(__file__).parent
_MOST_ROWS = 12_000  # behind all tables together; a browser opens such a page in seconds
_FEWEST_ROWS = 20  # behind each figure, however large the round
_SIFFRA = "Siffra"


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell as shown: its text, the anchor of its projects, its interval in words."""

    text: str
    href: str = ""
    interval: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a table as shown; `bar` is the first figure's share of all projects (0–1)."""

    label: str
    figures: tuple[Figure, ...]
    part: bool
    total: bool
    bar: float | None
    percent: str
    person: str
    remark: str


@dataclass(frozen=True, slots=True)
class Detail:
    """The projects of one role or county: cell texts with addresses, and how many are left out."""

    anchor: str
    label: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class DetailGroup:
    """The projects behind one row or column of a table."""

    anchor: str
    label: str
    count: str
    headings: tuple[str, ...]
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """What the lists behind the figures are made from; `scale` is the share of rows shown."""

    projects: Mapping[str, Project]
    quotes: Quotes
    labels: Words
    scale: float


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with everything that is shown about it."""

    id: str
    name: str
    title: str
    row_heading: str
    headings: tuple[str, ...]
    by_category: bool
    money: bool
    intervals: bool
    rows: tuple[ShownRow, ...]
    notes: tuple[str, ...]
    groups: tuple[DetailGroup, ...]


def write_report(
    round: Round,
    tables: tuple[Table, ...],
    findings: tuple[Finding, ...],
    codebook: Codebook,
    quotes: Quotes,
    path: Path,
    made: date,
) -> Path:
    """Write the page. Raises WriteError."""
    return write_text(path, render(round, tables, findings, codebook, quotes, made))


def render(
    round: Round,
    tables: tuple[Table, ...],
    findings: tuple[Finding, ...],
    codebook: Codebook,
    quotes: Quotes,
    made: date,
) -> str:
    """Return the page as HTML."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    tables = tuple(known_columns(table) for table in tables)
    series = {table.id: series_of(table) for table in tables}
    projects = {p.id: p for p in round.projects}
    labels = words(codebook)
    shown = sum(len(b.support) for all in series.values() for s in all for b in s.blocks)
    scale = min(1.0, _MOST_ROWS / shown) if shown else 1.0
    return environment.get_template("rapport.html").render(
        round=round,
        made=made.isoformat(),
        facts=_facts(round),
        failed=[d for d in round.documents if d.error],
        findings=findings,
        method=METHOD,
        tables=[_table(t, series[t.id], Behind(projects, quotes, labels, scale)) for t in tables],
    )


def _facts(round: Round) -> list[tuple[str, str]]:
    codings = [c for p in round.projects for c in round.codings.get(p.id, ())]
    flagged = sum(c.status is Status.REVIEW for c in codings)
    reviewed = sum(c.status is Status.REVIEWED for c in codings)
    read = [d for d in round.documents if not d.error]
    facts = [
        ("Dokument", whole(len(round.documents))),
        ("Lästa", whole(len(read))),
        ("Kunde inte läsas", whole(len(round.documents) - len(read))),
        ("Lästa, inget projekt", whole(sum(_no_project(d) for d in read))),
        ("Projekt", whole(len(round.projects))),
    ]
    if codings:
        facts += [
            ("Beslut att granska", f"{whole(flagged)} ({percent(flagged / len(codings))})"),
            (
                "Beslut granskade av person",
                f"{whole(reviewed)} ({percent(reviewed / len(codings))})",
            ),
        ]
    if round.decided or round.reopened:
        facts += [
            ("Frågor som granskare har avgjort", whole(round.decided)),
            ("Frågor öppnade igen, texten har ändrats", whole(round.reopened)),
        ]
    return facts


def _no_project(document: DocumentRecord) -> bool:
    return not document.projects


def _table(table: Table, series: tuple[Series, ...], behind: Behind) -> ShownTable:
    links = _links(series)
    by_category = table.layout is Layout.BY_CATEGORY
    return ShownTable(
        table.id,
        f"Tabell {table.number}",
        table.title,
        table.row_heading,
        tuple(column.label for column in table.columns),
        by_category,
        table.layout is Layout.MONEY,
        any(cell.interval for row in table.rows for cell in row.cells),
        tuple(_row(table, r, row, links) for r, row in enumerate(table.rows)),
        table.notes,
        tuple(_groups(table, series, behind)),
    )


def _links(series: tuple[Series, ...]) -> dict[Place, str]:
    """Return the anchor of each cell that has projects behind it."""
    links: dict[Place, str] = {}
    for one in series:
        if one.counted:
            links |= {place: anchor(one) for place in one.whole}
        for i, block in enumerate(one.blocks):
            links.setdefault(block.place, anchor(one, i))
    return links


def _row(table: Table, r: int, row: Row, links: Mapping[Place, str]) -> ShownRow:
    first = row.cells[0]
    share = None
    if table.layout is Layout.BY_CATEGORY and table.base and first.count is not None:
        share = first.count / table.base
    person = first.person_share
    return ShownRow(
        row.label,
        tuple(_figure(table, c, cell, links.get((r, c), "")) for c, cell in enumerate(row.cells)),
        bool(row.part_of),
        row.total,
        share,
        "" if share is None else percent(share),
        "" if person is None else percent(person),
        first.remark,
    )


def _figure(table: Table, column: int, cell: Cell, href: str) -> Figure:
    # Beside the roles the intervals would be three in a row; the CSV file has them.
    by_category = table.layout is Layout.BY_CATEGORY
    interval = cell.interval if not (column and by_category) else None
    if interval and not by_category and interval.lower == interval.upper:
        interval = None
    return Figure(figure(cell), href, span(interval))


def _groups(table: Table, series: tuple[Series, ...], behind: Behind) -> Iterator[DetailGroup]:
    columns = [c for c in behind_columns(table) if c.heading not in (_SIFFRA, "Roll")]
    headings = tuple(column.heading for column in columns)
    for one in series:
        lines = behind_lines((one,), behind.projects, behind.quotes, behind.labels)
        details: list[Detail] = []
        for i, block in enumerate(one.blocks):
            of_block = list(islice(lines, len(block.support)))
            room = max(ceil(len(of_block) * behind.scale), min(_FEWEST_ROWS, len(of_block)))
            rows = tuple(
                tuple(_value(line, c.heading, c.value(line)) for c in columns)
                for line in of_block[:room]
            )
            left = len(of_block) - room
            details.append(Detail(anchor(one, i), block.label, rows, whole(left) if left else ""))
        yield DetailGroup(anchor(one), one.label, whole(one.counted), headings, tuple(details))


def _value(line: Line, heading: str, text: str) -> tuple[str, str]:
    """Return a cell's text and, for documents whose text lies beside the report, its address."""
    if heading != "Dokument och sida" or line.coding is None or line.coding.evidence is None:
        return text, ""
    document = line.coding.evidence.document
    return where(line), address(document) if document in line.quotes.documents else ""


def address(document: str) -> str:
    """Return the address of a document's text, relative to the report."""
    return url_quote(text_path(document).as_posix(), errors="replace")
