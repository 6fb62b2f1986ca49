"""A run's out folder read back into the types it was written from, strict about every field."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from annotations.codebook import Codebook
from corpus.types import (
    Coding,
    DocumentKind,
    DocumentRecord,
    Header,
    Origin,
    Project,
    Reading,
    Role,
    Span,
    Status,
)
from pipeline.export.fields import amount, day, listed, one_of, share, whole
from pipeline.tables.contract import CODINGS, DOCUMENTS, PROJECTS, text_path

_MOST_FAULTS = 20
T = TypeVar("T")
Row = Mapping[str, str]


class ResultsError(Exception):
    """A folder that is no run's out folder, or one that was changed. Swedish, fault by fault."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One row of kodningar.csv: the coding, the document it stands with, and its words."""

    coding: Coding
    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Results:
    """Everything in the CSV files of one run; texts are fetched one at a time.

    `codings` has every project of `projects` as a key, its rows in the order of the file.
    """

    folder: Path
    documents: tuple[DocumentRecord, ...]
    projects: tuple[Project, ...]
    codings: Mapping[str, tuple[Coded, ...]]

    def text(self, document: str) -> str | None:
        """Return a document's text, offsets and newlines untouched; None where it has none."""
        try:
            data = (self.folder / text_path(document)).read_bytes()
        except OSError:
            return None
        return data.decode("utf-8", errors="replace")

    def sources(self) -> Iterator[tuple[DocumentRecord, str]]:
        """Yield the documents that belong to a project and have a text: others are nobody's."""
        used = {name for project in self.projects for name in project.documents}
        for document in self.documents:
            if document.name in used and (text := self.text(document.name)) is not None:
                yield document, text


def read_results(folder: Path, codebook: Codebook) -> Results:
    """Read dokument.csv, projekt.csv and kodningar.csv. Raises ResultsError with every fault."""
    faults: list[str] = []
    rows = {
        name: list(_rows(folder / name, columns, faults))
        for name, columns in (("dokument.csv", DOCUMENTS), ("projekt.csv", PROJECTS))
    }
    names = {row["dokument"] for _, row in rows["dokument.csv"]}
    ids = {row["projekt"] for _, row in rows["projekt.csv"]}
    documents = _all(rows["dokument.csv"], lambda row: _document(row, ids), faults)
    projects = _all(rows["projekt.csv"], lambda row: _project(row, names), faults)
    codings: dict[str, list[Coded]] = {project.id: [] for project in projects}
    leaves = {(c.variable, c.id) for c in codebook.leaves()}
    seen: set[tuple[str, str, str]] = set()
    for place, row in _rows(folder / "kodningar.csv", CODINGS, faults):
        key = row["projekt"], row["variabel"], row["kategori"]
        if key in seen:
            faults.append(f"{' '.join(key)} står två gånger @ {place}")
        seen.add(key)
        try:
            codings[_known(row["projekt"], codings, "projekt.csv")].append(_coded(row, leaves))
        except ValueError as error:
            faults.append(f"{error} @ {place}")
    if faults:
        more = len(faults) - _MOST_FAULTS
        listed = faults[:_MOST_FAULTS] + ([f"och {more} fel till"] if more > 0 else [])
        raise ResultsError("\n".join(listed))
    return Results(folder, documents, projects, {id: tuple(c) for id, c in codings.items()})


def _rows(
    path: Path, columns: Collection[str], faults: list[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (place, row); a file that is not there or lacks columns is a fault."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", restval="")
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            faults += [f"kolumnen {c} saknas @ {path.name}:1" for c in missing]
            if missing:
                return
            for row in reader:
                yield f"{path.name}:{reader.line_num}", row
    except FileNotFoundError:
        faults.append(f"{path.name} finns inte i {path.parent}; ange mappen som run skrev till")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.append(f"går inte att läsa ({error}) @ {path.name}")


def _all(
    rows: list[tuple[str, dict[str, str]]], make: Callable[[Row], T], faults: list[str]
) -> tuple[T, ...]:
    made: list[T] = []
    for place, row in rows:
        try:
            made.append(make(row))
        except ValueError as error:
            faults.append(f"{error} @ {place}")
    return tuple(made)


def _document(row: Row, projects: Collection[str]) -> DocumentRecord:
    return DocumentRecord(
        name=row["dokument"],
        sha256=row["sha256"],
        format=row["format"],
        pages=whole(row["sidor"], "sidor") or 0,
        kind=one_of(DocumentKind, row["dokumenttyp"], "dokumenttyp"),
        projects=listed(row["projekt"], projects),
        reading=one_of(Reading, row["lasning"], "lasning"),
        error=row["fel"],
    )


def _project(row: Row, documents: Collection[str]) -> Project:
    header = Header(
        lan=row["lan"] or None,
        kommun=row["kommun"] or None,
        titel=row["titel"] or None,
        period_start=day(row["period_start"], "period_start"),
        period_slut=day(row["period_slut"], "period_slut"),
        beviljat_belopp=amount(row["beviljat_belopp"], "beviljat_belopp"),
        sokt_belopp=amount(row["sokt_belopp"], "sokt_belopp"),
    )
    return Project(row["projekt"], header, listed(row["dokument"], documents), row["omgang"])


def _coded(row: Row, leaves: Collection[tuple[str, str]]) -> Coded:
    variable, category = sys.intern(row["variabel"]), sys.intern(row["kategori"])
    if (variable, category) not in leaves:
        raise ValueError(f"kodboken har inget {variable}.{category}")
    if row["varde"] not in ("0", "1"):
        raise ValueError(f"varde ska vara 0 eller 1, inte {row['varde']!r}")
    document = sys.intern(row["dokument"])
    start, end = whole(row["start"], "start"), whole(row["slut"], "slut")
    evidence = None
    if start is not None and end is not None:
        evidence = Span(document, start, end, whole(row["sida"], "sida"))
    coding = Coding(
        variable,
        category,
        row["varde"] == "1",
        one_of(Role, row["roll"], "roll"),
        share(row["konfidens"]),
        one_of(Status, row["status"], "status") or Status.AUTO,
        one_of(Origin, row["kalla"], "kalla") or Origin.RULE,
        evidence,
        tuple(row["skal"].split("; ")) if row["skal"] else (),
    )
    return Coded(coding, document, row["citat"])


def _known(id: str, among: Collection[str], file: str) -> str:
    if id not in among:
        raise ValueError(f"projektet {id!r} finns inte i {file}")
    return id
