"""The manifest: a CSV by which the coordinator says which project each file belongs to."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.parse.fold import fold
from pipeline.parse.place import county, municipality

REQUIRED = ("fil", "projekt")
OPTIONAL = ("lan", "kommun", "omgang")
_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u2028\u2029]")


class ManifestError(Exception):
    """A manifest that cannot be obeyed. `faults` are Swedish lines with row numbers."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Row:
    """One file of the manifest; `row` is its row number in the CSV, the header being 1."""

    file: str
    project: str
    county: str = ""
    municipality: str = ""
    round: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """All rows, one a file."""

    rows: tuple[Row, ...]

    def row_for(self, document: str) -> Row | None:
        """Return the row of a document: its own name, or that of the container it came in."""
        key = _key(document)
        best: Row | None = None
        for row in self.rows:
            file = _key(row.file)
            fits = key == file or key.startswith(file + "/")
            if fits and (best is None or len(file) > len(_key(best.file))):
                best = row
        return best


def read_manifest(path: Path) -> Manifest:
    """Read a manifest: UTF-8 with or without BOM (else CP1252), comma, semicolon or tab.

    Raises ManifestError with every fault at once.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return parse_manifest(text)


def parse_manifest(text: str) -> Manifest:
    """Parse the text of a manifest. Raises ManifestError with every fault at once."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise ManifestError(["Manifestet går inte att läsa som CSV; spara det på nytt."]) from None
    if not table:
        raise ManifestError(["Manifestet är tomt. Första raden ska vara: fil,projekt"])
    names = [fold(unicodedata.normalize("NFC", n)).strip() for n in table[0]]
    faults = [
        f"Kolumnen ”{n}” saknas i manifestets första rad." for n in REQUIRED if n not in names
    ]
    known = {*REQUIRED, *OPTIONAL}
    faults += [f"Okänd kolumn i manifestet: ”{n}”." for n in names if n and n not in known]
    if faults:
        raise ManifestError(faults)
    rows: list[Row] = []
    for number, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        values = dict(zip(names, (c.strip() for c in cells), strict=False))
        missing = [n for n in REQUIRED if not values.get(n)]
        faults += [f"Rad {number}: ”{n}” är tomt." for n in missing]
        if len(cells) > len(names):
            faults.append(f"Rad {number}: fler värden än kolumner.")
        faults += [f"Rad {number}: {fault}" for fault in _unusable(values)]
        if not missing:
            rows.append(
                Row(
                    values["fil"],
                    values["projekt"],
                    values.get("lan", ""),
                    values.get("kommun", ""),
                    values.get("omgang", ""),
                    number,
                )
            )
    faults += _duplicates(rows)
    if faults:
        raise ManifestError(faults)
    return Manifest(tuple(rows))


def _unusable(values: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the project id and the places of one row."""
    project = values.get("projekt", "")
    if _UNSAFE.search(project) or project in (".", ".."):
        shown = _UNSAFE.sub("�", project)
        yield f"projekt-id ”{shown}” får inte innehålla / eller \\ eller styrtecken."
    lan, kommun = values.get("lan", ""), values.get("kommun", "")
    if lan and county(lan) is None:
        yield f"länet ”{lan}” är okänt."
    if kommun and municipality(kommun) is None:
        yield f"kommunen ”{kommun}” är okänd."


def missing_files(manifest: Manifest, documents: Iterable[str]) -> tuple[Row, ...]:
    """Return the rows whose file is neither a document of the inbox nor a container of one."""
    keys = {_key(name) for name in documents}
    keys |= {key[:i] for key in keys for i in range(len(key)) if key[i] == "/"}
    return tuple(row for row in manifest.rows if _key(row.file) not in keys)


def _duplicates(rows: list[Row]) -> list[str]:
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        key = _key(row.file)
        if key in first:
            faults.append(f"Rad {row.row}: filen ”{row.file}” står redan på rad {first[key]}.")
        first.setdefault(key, row.row)
    return faults


def _key(name: str) -> str:
    name = unicodedata.normalize("NFC", name.strip()).replace("\\", "/")
    return name.removeprefix("./").strip("/").casefold()
