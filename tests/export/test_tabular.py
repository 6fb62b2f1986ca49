from __future__ import annotations

import csv
import json
import re
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.dictionary import Format, data_package, load_dictionary
from pipeline.export.frames import frames
from pipeline.export.results import read_results
from pipeline.export.tabular import ParquetMissing, guarded, write_tabular
from tests.export.made_up import BOOK, LEAVES, hostile

HERE = Path(__file__).parent
PACKAGE = fastjsonschema.compile(json.loads((HERE / "data-package.json").read_text("utf-8")))
SCHEMA = fastjsonschema.compile(json.loads((HERE / "table-schema.json").read_text("utf-8")))


def exported(tmp_path: Path, format: Format) -> Path:
    results = read_results(hostile(tmp_path / "ut"), BOOK)
    write_tabular(results, BOOK, format, tmp_path / format)
    return tmp_path / format


def rows_of(folder: Path, resource: dict[str, Any]) -> list[dict[str, str]]:
    dialect = resource["dialect"]
    encoding = "utf-8-sig" if dialect["delimiter"] == ";" else "utf-8"
    with (folder / resource["path"]).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=dialect["delimiter"]))


@pytest.mark.parametrize("format", ["csv", "excel", "parquet"])
def test_the_dictionary_is_a_data_package(format: Format) -> None:
    package: Any = data_package(BOOK, format, load_dictionary().resources)
    PACKAGE(package)
    for resource in package["resources"]:
        SCHEMA(resource["schema"])
        for field in resource["schema"]["fields"]:
            assert field["title"] and field["description"]


@pytest.mark.parametrize("damage", [{"type": "text"}, {"name": None}])
def test_the_schemas_in_use_do_refuse(damage: dict[str, object]) -> None:
    package: Any = data_package(BOOK, "csv", load_dictionary().resources)
    schema = package["resources"][0]["schema"]
    schema["fields"][0] |= damage
    with pytest.raises(fastjsonschema.JsonSchemaException):
        SCHEMA(schema)


@pytest.mark.parametrize("format", ["csv", "excel"])
def test_the_files_are_what_the_dictionary_says(tmp_path: Path, format: Format) -> None:
    folder = exported(tmp_path, format)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    tables = {r["name"]: rows_of(folder, r) for r in package["resources"]}
    assert {name: len(rows) for name, rows in tables.items()} == {
        "dokument": 2,
        "projekt": 1,
        "kodningar": len(LEAVES),
        "kodbok": len(LEAVES),
    }
    for resource in package["resources"]:
        schema, rows = resource["schema"], tables[resource["name"]]
        for row in rows:
            assert list(row) == [field["name"] for field in schema["fields"]]
            for field in schema["fields"]:
                assert_fits(row[field["name"]], field)
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert len(keys) == len(set(keys))
        for foreign in schema.get("foreignKeys", ()):
            there = foreign["reference"]
            known = {
                tuple(row[name] for name in there["fields"]) for row in tables[there["resource"]]
            }
            assert {tuple(row[name] for name in foreign["fields"]) for row in rows} <= known


def assert_fits(text: str, field: dict[str, Any]) -> None:
    """What a Table Schema reader does with one value."""
    constraints = field.get("constraints", {})
    if not text:
        assert not constraints.get("required"), field["name"]
        return
    match field["type"]:
        case "integer":
            value: object = int(text)
        case "number":
            sign = field.get("decimalChar", ".")
            assert re.fullmatch(rf"-?\d+({re.escape(sign)}\d+)?", text)
            value = Decimal(text.replace(sign, "."))
        case "boolean":
            assert text in [*field["trueValues"], *field["falseValues"]]
            value = text
        case "date":
            value = date.fromisoformat(text)
        case _:
            value = text
    if "enum" in constraints:
        assert value in constraints["enum"]
    if "pattern" in constraints:
        assert re.fullmatch(constraints["pattern"], text)
    assert "minimum" not in constraints or value >= constraints["minimum"]
    assert "maximum" not in constraints or value <= constraints["maximum"]


def test_csv_for_programs_is_the_contract_unchanged(tmp_path: Path) -> None:
    folder = exported(tmp_path, "csv")
    for name in ("dokument.csv", "projekt.csv", "kodningar.csv"):
        assert (folder / name).read_bytes() == (tmp_path / "ut" / name).read_bytes()


def test_golden_project_for_excel(tmp_path: Path) -> None:
    data = (exported(tmp_path, "excel") / "projekt.csv").read_bytes()
    assert data.decode("utf-8") == (
        "\ufeffprojekt;dokument;lan;kommun;titel;period_start;period_slut;beviljat_belopp;"
        "sokt_belopp;omgang\r\n"
        '"\'=HYPERLINK(""x"")\t1";"arkiv.zip/=cmd|""A1"";\nb<&>\x07.docx;b; c.txt";Skåne;Åstad;'
        '"\'+Trygg; ""hemma""\nnu";2009-01-01;;150000,50;;2008–2010\r\n'
    )


@given(st.text(max_size=20))
def test_no_guarded_text_is_a_formula(text: str) -> None:
    safe = guarded(text)
    assert not safe.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert safe in (text, "'" + text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("-5 procent", "'-5 procent"),
        ("@SUMMA(A1)", "'@SUMMA(A1)"),
        ("Åtta + fyra", "Åtta + fyra"),
        ("", ""),
    ],
)
def test_the_formula_guard(text: str, safe: str) -> None:
    assert guarded(text) == safe


def test_parquet_has_types_and_the_same_values(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the parquet extra is not installed")
    folder = exported(tmp_path, "parquet")
    resources = [r for r in load_dictionary().resources if not r.source]
    rows = frames(read_results(tmp_path / "ut", BOOK), BOOK, resources)
    for resource in resources:
        table = parquet.read_table(folder / f"{resource.name}.parquet")
        assert [tuple(row.values()) for row in table.to_pylist()] == list(rows[resource.name]())
        assert table.schema.metadata[b"title"].decode() == resource.title
    project = parquet.read_table(folder / "projekt.parquet")
    assert project["beviljat_belopp"].to_pylist() == [Decimal("150000.50")]
    assert project["period_start"].to_pylist() == [date(2009, 1, 1)]
    assert (folder / "datapackage.json").is_file()


def test_parquet_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the parquet extra is not installed")
    results = read_results(hostile(tmp_path / "ut"), BOOK)
    for name in ("a", "b"):
        write_tabular(results, BOOK, "parquet", tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_without_pyarrow_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    results = read_results(hostile(tmp_path / "ut"), BOOK)
    with pytest.raises(ParquetMissing, match=r"pip install 'samverkan\[parquet\]'"):
        write_tabular(results, BOOK, "parquet", tmp_path / "p")
