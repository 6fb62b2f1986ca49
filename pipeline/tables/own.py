"""The tables of one's own: a folder of definitions, every fault of all files told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from annotations.codebook import Codebook
from annotations.strict import DefinitionError, load
from annotations.tables import Definitions, TableDefinition, check_against, conditions, load_tables
from pipeline.tables.judge import resolve
from pipeline.tables.row_parts import with_parts

_RESERVED = frozenset({"rad", "etikett", "del_av", "anmarkning"})
_SUFFIXES = ("_nedre", "_ovre", "_andel_person")


def definitions_of(folder: Path | None, codebook: Codebook) -> Definitions:
    """Return the definitions of a folder, or those that come with the program.

    Raises DefinitionError with the faults of every file: what its schema refuses, what the
    codebook does not have, and what would not make a table.
    """
    if folder is None:
        return load_tables()
    if not any(folder.glob("*.yaml")):
        raise DefinitionError([f"mappen har inga tabeller (*.yaml) @ {folder}"])
    faults: list[str] = []
    definitions: Definitions | None = None
    load_tables.cache_clear()  # the files may have been corrected since
    tables = _readable(folder)
    if unfit := [fault for table in tables for fault in _unfit_texts(table)]:
        raise DefinitionError(unfit)  # No table with such a text could be looked at further.
    try:
        definitions = load_tables(folder.resolve())
    except DefinitionError as error:
        faults += error.faults
    for table in tables:
        unknown = check_against(table, codebook)
        faults += unknown or _not_countable(table, codebook)
        faults += _clashes(table)
    faults += [
        f"två tabeller har nummer {number} @ {folder.name}"
        for number, times in Counter(t.number for t in tables).items()
        if times > 1
    ]
    if faults or definitions is None:
        raise DefinitionError(list(dict.fromkeys(faults)))
    return definitions


def _readable(folder: Path) -> list[TableDefinition]:
    tables: list[TableDefinition] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            tables.append(load(path, TableDefinition))
        except DefinitionError:
            continue  # told already
    return tables


def _unfit_texts(table: TableDefinition) -> Iterator[str]:
    """Yield titles and notes whose braces cannot be filled in."""
    for where, text in (
        ("title", table.title),
        *((f"notes[{i}]", note.text) for i, note in enumerate(table.notes)),
    ):
        try:
            fields = list(Formatter().parse(text))
        except ValueError:
            yield f"klammern i {text!r} är ensam (skriv {{{{ för {{) @ {table.id}.{where}"
            continue
        if any(name is not None and (spec or conversion) for _, name, spec, conversion in fields):
            yield f"bara uppgiftens namn kan stå inom klamrarna i {text!r} @ {table.id}.{where}"


def _not_countable(table: TableDefinition, codebook: Codebook) -> Iterator[str]:
    """Yield conditions that cannot be counted, and rows that stand twice once parts are added."""
    for where, condition in conditions(table):
        try:
            if condition.any_of or condition.all_of or condition.none_of:
                resolve(condition, codebook)
        except KeyError as error:
            yield f"{error.args[0]} @ {table.id}.{where}"
    ids = Counter(part.id for row in table.rows for part in with_parts(row, codebook))
    for id, times in ids.items():
        if times > 1 and sum(row.id == id for row in table.rows) < 2:
            yield f"raden {id!r} står två gånger när delarna har lagts till @ {table.id}"


def _clashes(table: TableDefinition) -> Iterator[str]:
    """Yield what would give the CSV file two columns of one name, or a file no sound name."""
    if table.number < 1:
        yield f"numret ska vara 1 eller mer, inte {table.number} @ {table.id}"
    for id in (*(c.id for c in table.columns), *(c.id for c in table.county_columns)):
        if id in _RESERVED or id.endswith(_SUFFIXES):
            yield f"kolumnen får inte heta {id!r} @ {table.id}"
