"""The CSV files and texts that others read: their columns are a contract, never changed."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from annotations.codebook import Codebook
from corpus.types import Coding, DocumentRecord, Project
from pipeline.tables.files import replacing, write_text
from pipeline.tables.quotes import Quotes
from pipeline.tables.types import Round

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

DOCUMENTS = [
    "dokument",
    "sha256",
    "format",
    "sidor",
    "dokumenttyp",
    "projekt",
    "lasning",
    "fel",
]
PROJECTS = [
    "projekt",
    "dokument",
    "lan",
    "kommun",
    "titel",
    "period_start",
    "period_slut",
    "beviljat_belopp",
    "sokt_belopp",
    "omgang",
]
CODINGS = [
    "projekt",
    "dokument",
    "variabel",
    "kategori",
    "varde",
    "roll",
    "konfidens",
    "status",
    "kalla",
    "skal",
    "sida",
    "start",
    "slut",
    "citat",
]
_LONGEST_NAME = 200  # bytes; file systems take 255, the suffixes need some of them


def write_contract(round: Round, codebook: Codebook, quotes: Quotes, out: Path) -> list[Path]:
    """Write dokument.csv, projekt.csv, kodningar.csv and text/. Raises WriteError."""
    return [
        write_documents(round, out),
        write_csv(out / "projekt.csv", PROJECTS, map(_project, round.projects)),
        write_csv(out / "kodningar.csv", CODINGS, _codings(round, codebook, quotes)),
        *(write_text(out / text_path(name), text) for name, text in round.texts.items()),
    ]


def write_documents(round: Round, out: Path) -> Path:
    """Write dokument.csv alone. Raises WriteError."""
    return write_csv(out / "dokument.csv", DOCUMENTS, map(_document, round.documents))


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write one CSV file: UTF-8 without BOM, comma, newline, header row. Raises WriteError."""
    with (
        replacing(path) as beside,
        beside.open("w", encoding="utf-8", errors="replace", newline="") as f,
    ):
        write_rows(f, chain([columns], rows))
    return path


def write_rows(
    file: SupportsWrite[str],
    rows: Iterable[Sequence[str]],
    delimiter: str = ",",
    newline: str = "\n",
) -> None:
    """Write rows of CSV, those that hold a CR quoted throughout.

    Before Python 3.13 a CR alone is not quoted, and every reader ends the row there.
    """
    plain = csv.writer(file, delimiter=delimiter, lineterminator=newline)
    quoted = csv.writer(file, quoting=csv.QUOTE_ALL, delimiter=delimiter, lineterminator=newline)
    for row in rows:
        (quoted if any("\r" in value for value in row) else plain).writerow(row)


def text_path(document: str) -> Path:
    """Return where a document's text stands below the output folder: text/NAME.txt.

    A name from an archive may try to climb out of the folder or be too long for the file system;
    such parts are renamed, all others kept as they are.
    """
    parts = [_safe(part) for part in PurePosixPath(document).parts if part != "/"]
    return Path("text", *parts[:-1], f"{parts[-1]}.txt")


def remove_stale_texts(out: Path, names: Collection[str]) -> None:
    """Delete the texts of documents that an earlier run wrote and that are no longer there.

    Sensitive text must not outlive its document. Only what the last dokument.csv lists is touched.
    """
    listed = out / "dokument.csv"
    if not listed.exists():
        return
    with listed.open(encoding="utf-8", newline="") as file:
        before = [row.get("dokument") or "" for row in csv.DictReader(file)]
    for name in before:
        if name and name not in names:
            (out / text_path(name)).unlink(missing_ok=True)


def _document(d: DocumentRecord) -> list[str]:
    kind = d.kind.value if d.kind else ""
    reading = d.reading.value if d.reading else ""
    return [d.name, d.sha256, d.format, str(d.pages), kind, ";".join(d.projects), reading, d.error]


def _project(p: Project) -> list[str]:
    h = p.header
    return [
        p.id,
        ";".join(p.documents),
        h.lan or "",
        h.kommun or "",
        h.titel or "",
        _date(h.period_start),
        _date(h.period_slut),
        _amount(h.beviljat_belopp),
        _amount(h.sokt_belopp),
        p.omgang,
    ]


def _codings(round: Round, codebook: Codebook, quotes: Quotes) -> Iterator[list[str]]:
    """Project by project, categories in the codebook's order."""
    order = {(c.variable, c.id): i for i, c in enumerate(codebook.leaves())}
    for project in round.projects:
        codings = round.codings.get(project.id, ())
        ordered = sorted(codings, key=lambda c: order.get((c.variable, c.category), len(order)))
        for coding in ordered:
            yield _coding(project, coding, quotes)


def _coding(project: Project, c: Coding, quotes: Quotes) -> list[str]:
    # What rests on no words (a tick, or nothing at all) stands with the newest document.
    newest = project.documents[-1] if project.documents else ""
    e = c.evidence
    return [
        project.id,
        e.document if e else newest,
        c.variable,
        c.category,
        "1" if c.value else "0",
        c.role.value if c.role and c.value else "",
        f"{c.confidence:.4f}",
        c.status.value,
        c.origin.value,
        "; ".join(c.reasons),
        "" if e is None or e.page is None else str(e.page),
        "" if e is None else str(e.start),
        "" if e is None else str(e.end),
        quotes.of(c),
    ]


def _date(day: date | None) -> str:
    return day.isoformat() if day else ""


def _amount(value: Decimal | None) -> str:
    """Plain digits: 150000, or 150000.50 where there are öre."""
    if value is None:
        return ""
    return f"{value:f}" if value % 1 else f"{value:.0f}"


def _safe(part: str) -> str:
    name = "__" if part in (".", "..") else part.replace("\0", "_")
    if len(name.encode("utf-8", errors="replace")) <= _LONGEST_NAME:
        return name
    mark = hashlib.sha256(name.encode("utf-8", errors="replace")).hexdigest()[:12]
    return (
        name.encode("utf-8", errors="replace")[: _LONGEST_NAME - 16].decode("utf-8", "ignore")
        + mark
    )
