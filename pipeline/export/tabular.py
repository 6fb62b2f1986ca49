"""CSV and Parquet with their data dictionary, each file written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from annotations.codebook import Codebook
from pipeline.export.beside import is_there
from pipeline.export.dictionary import SUFFIX, Format, Resource, data_package, load_dictionary
from pipeline.export.frames import Rows, Value, frames
from pipeline.export.results import Results, ResultsError
from pipeline.tables.cells_jsonl import CELLS
from pipeline.tables.contract import write_rows
from pipeline.tables.files import replacing, write_text

if TYPE_CHECKING:
    import pyarrow

# What makes a spreadsheet take a text for a formula, also with spaces before it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BATCH = 50_000  # rows held at once while Parquet is written


class ParquetMissing(Exception):
    """The extra that writes Parquet is not installed. The text is Swedish."""


def write_tabular(results: Results, codebook: Codebook, format: Format, out: Path) -> list[Path]:
    """Write dokument, projekt, kodningar, kodbok and datapackage.json to a folder.

    The flow, rulings, figures and comparisons follow where the results have them; a file of an
    earlier export that they have not is removed.

    `csv` is for programs: UTF-8, comma, values as they are. `excel` is for a Swedish Excel: byte
    order mark, semicolon, decimal comma, and an apostrophe before what Excel would take for a
    formula. Raises WriteError, ParquetMissing, ResultsError where the folder is the results' own
    or one of their files cannot be read.
    """
    own = {results.folder.resolve(), (results.folder / CELLS.parent).resolve()}
    if out.resolve() in own:
        raise ResultsError("exporten får inte skrivas över resultaten; ange en annan mapp med --to")
    every = load_dictionary().resources
    resources = [r for r in every if is_there(results.folder, r)]
    rows = frames(results, codebook, resources)
    files: list[Path] = []
    for resource in every:
        path = out / f"{resource.name}.{SUFFIX[format]}"
        if resource not in resources:
            path.unlink(missing_ok=True)
            continue
        if format == "parquet":
            _write_parquet(resource, rows[resource.name], path)
        else:
            _write_csv(resource, rows[resource.name], path, excel=format == "excel")
        files.append(path)
    package = orjson.dumps(data_package(codebook, format, resources), option=orjson.OPT_INDENT_2)
    return [*files, write_text(out / "datapackage.json", package.decode() + "\n")]


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs: `=1+1` → `'=1+1`."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text


def _write_csv(resource: Resource, rows: Rows, path: Path, *, excel: bool) -> None:
    encoding = "utf-8-sig" if excel else "utf-8"
    with (
        replacing(path) as beside,
        beside.open("w", encoding=encoding, errors="replace", newline="") as file,
    ):
        told = _excel if excel else _plain
        header = [field.name for field in resource.fields]
        values = ([told(value) for value in row] for row in rows())
        separator, newline = (";", "\r\n") if excel else (",", "\n")
        write_rows(file, chain([header], values), separator, newline)


def _plain(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float():
            return f"{value:.4f}"
        case Decimal():
            return f"{value:f}" if value % 1 else f"{value:.0f}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _excel(value: Value) -> str:
    if isinstance(value, str):
        return guarded(value)
    text = _plain(value)
    return text.replace(".", ",") if isinstance(value, float | Decimal) else text


def _write_parquet(resource: Resource, rows: Rows, path: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise ParquetMissing(
            "Parquet kräver pyarrow. Installera med: pip install 'samverkan[parquet]'"
        ) from error
    schema = _arrow_schema(resource)
    with (
        replacing(path) as beside,
        pq.ParquetWriter(beside, schema, compression="zstd") as writer,
    ):
        for batch in _batches(rows):
            columns = zip(*batch, strict=True)
            arrays = [
                pa.array([_arrow(value, field.type) for value in column], type=field.type)
                for column, field in zip(columns, schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _batches(rows: Rows) -> Iterator[tuple[tuple[Value, ...], ...]]:
    every = rows()
    while batch := tuple(islice(every, _BATCH)):
        yield batch


def _arrow_schema(resource: Resource) -> pyarrow.Schema:
    """Types for each column; title and description as its metadata. Amounts to the öre."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    return pa.schema(
        [
            pa.field(
                f.name,
                pa.decimal128(18, 2) if f.name.endswith("belopp") else types[f.type],
                nullable=not f.required,
                metadata={"title": f.title, "description": f.description},
            )
            for f in resource.fields
        ],
        metadata={"title": resource.title, "description": resource.description},
    )


def _arrow(value: Value, type: pyarrow.DataType) -> Value:
    """Give amounts their two decimals; other numbers are floats."""
    if not isinstance(value, Decimal):
        return value
    return value.quantize(Decimal("0.01")) if str(type).startswith("decimal") else float(value)
