"""The general rulings that come with the program, and what they and others may refer to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotations.codebook import Codebook
from annotations.decisions.rulings import OWN, Ruling
from annotations.strict import DefinitionError, load
from annotations.tables import TableDefinition, known
from pipeline.tables.row_parts import with_parts

FILE = Path(__file__).with_name("general.yaml")


@dataclass(frozen=True)
class Stated:
    """A general ruling as the file has it; without `note` it stands in the register only."""

    mark: str
    question: str
    text: str
    reason: str
    applies: tuple[str, ...]
    note: bool = True


@dataclass(frozen=True)
class GeneralRulings:
    """The file: where its rulings come from, and the day they were made (ISO 8601)."""

    source: str
    date: str
    rulings: tuple[Stated, ...]


@cache
def load_general(path: Path = FILE) -> tuple[Ruling, ...]:
    """Read the general rulings. Raises DefinitionError with all faults of the file."""
    given = load(path, GeneralRulings)
    marks = [stated.mark for stated in given.rulings]
    faults = [
        f"{mark!r} står två gånger @ {path.name}"
        for mark in sorted({m for m in marks if marks.count(m) > 1})
    ]
    for i, one in enumerate(given.rulings):
        if one.mark.startswith(OWN):
            faults.append(f"{one.mark!r}: {OWN} är granskarnas egna @ {path.name}.rulings[{i}]")
        if not one.applies:
            faults.append(f"säg vad tolkningen gäller @ {path.name}.rulings[{i}] ({one.mark})")
    if faults:
        raise DefinitionError(faults)
    return tuple(
        Ruling(
            one.mark,
            one.question,
            one.text,
            one.reason,
            given.source,
            given.date,
            one.applies,
            general=True,
            note=one.note,
        )
        for one in given.rulings
    )


def general_marks() -> frozenset[str]:
    """Return the marks of the general rulings."""
    return frozenset(ruling.mark for ruling in load_general())


def reference_faults(
    applies: tuple[str, ...], codebook: Codebook, tables: tuple[TableDefinition, ...]
) -> list[str]:
    """Return what of a ruling's references neither the codebook nor the tables know."""
    return [ref for ref in applies if not _is_known(ref, codebook, tables)]


def check_general(codebook: Codebook, tables: tuple[TableDefinition, ...]) -> list[str]:
    """Return references of the general rulings that lead nowhere, in Swedish: what @ where."""
    return [
        f"varken kodbok eller tabell har {ref!r} @ {FILE.name} ({ruling.mark})"
        for ruling in load_general()
        for ref in reference_faults(ruling.applies, codebook, tables)
    ]


def _is_known(ref: str, codebook: Codebook, tables: tuple[TableDefinition, ...]) -> bool:
    first, _, rest = ref.partition(".")
    for table in tables:
        if table.id == first:
            rows = {r.id for row in table.rows for r in with_parts(row, codebook)}
            return not rest or rest in rows | {r.id for r in table.money_rows}
    if not rest:
        return first in {variable.id for variable in codebook.variables}
    return known(ref, codebook)
