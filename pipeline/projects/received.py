"""The manifest's column `mottagen`: the day each file came in, where the coordinator noted it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.parse import dates
from pipeline.parse.fold import fold
from pipeline.parse.manifest import Manifest, ManifestError, parse_manifest, read_manifest
from pipeline.projects.csv_text import ListError, decode, table
from pipeline.projects.indexed import indexed

COLUMN = "mottagen"


@dataclass(frozen=True, slots=True)
class Received:
    """Days by row number of the manifest."""

    days: dict[int, date] = field(default_factory=dict)

    def day(self, manifest: Manifest | None, document: str) -> date | None:
        """Return the day that a document, or what it came in, was received."""
        row = manifest.row_for(document) if manifest and self.days else None
        return self.days.get(row.row) if row else None


def read_with_days(path: Path) -> tuple[Manifest, Received]:
    """Read a manifest and its days. Raises ManifestError with every fault at once."""
    try:
        rows = table(decode(path.read_bytes()), "Manifestet")
    except ListError:
        return indexed(read_manifest(path)), Received()  # It says itself what is wrong.
    names = [fold(cell).strip() for cell in rows[0]]
    if COLUMN not in names:
        return indexed(read_manifest(path)), Received()
    at = names.index(COLUMN)
    days: dict[int, date] = {}
    faults: list[str] = []
    for number, cells in enumerate(rows[1:], start=2):
        value = cells[at].strip() if at < len(cells) else ""
        day = dates.day(value)
        if value and day is None:
            faults.append(f"Rad {number}: {COLUMN} ”{value}” är inget datum.")
        elif day is not None:
            days[number] = day
    try:
        manifest = parse_manifest(_without(rows, at))
    except ManifestError as error:
        raise ManifestError([*error.faults, *faults]) from None
    if faults:
        raise ManifestError(faults)
    return indexed(manifest), Received(days)


def _without(rows: list[list[str]], at: int) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [cell for i, cell in enumerate(row) if i != at] for row in rows
    )
    return out.getvalue()
