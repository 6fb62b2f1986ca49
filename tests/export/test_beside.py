"""What stands beside the codings, exported with its dictionary: flow, rulings, figures, changes."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from annotations.tables import load_tables
from pipeline.export.dictionary import load_dictionary
from pipeline.export.results import ResultsError, read_results
from pipeline.export.tabular import write_tabular
from pipeline.projects.types import (
    Answer,
    Pair,
    PairKind,
    ProjectFlow,
    ProjectRow,
    Standing,
)
from pipeline.report.write import write_all
from pipeline.rulings.general import load_general
from pipeline.tables.rounds_find import beside
from pipeline.tables.rounds_read import read_round
from pipeline.tables.tabulate import tabulate
from tests.export.made_up import BOOK
from tests.export.test_tabular import assert_fits, rows_of
from tests.tables.made_up import small_round

DEFINITIONS = load_tables()
BESIDE = [r.name for r in load_dictionary().resources if r.source]
TOLD = Standing(Answer.YES, "enligt redovisningen; sida 1", "=a.docx")


def flow() -> ProjectFlow:
    row = ProjectRow(
        "P1", (TOLD, TOLD, TOLD, Standing(Answer.UNKNOWN)), "pagar", "Skåne", "12", "Åstad",
        amount=Decimal("1000.50"), row=3, final=("=a.docx",), received=date(2011, 3, 1),
        due=date(2011, 2, 28), late=True,
    )  # fmt: skip
    pair = Pair(PairKind.APART, ("a.docx", 0), ("b.docx", 1), 2.5, ("samma titel",), "olika")
    return ProjectFlow((row,), listed=True, pairs=(pair,))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("ut")
    before = tmp_path_factory.mktemp("forra")
    first = small_round()
    write_all(first, tabulate(first, DEFINITIONS, BOOK), before)
    plain = replace(first, previous=None, rulings=load_general(), flow=flow())
    round = beside(plain, (read_round(before),), DEFINITIONS)
    write_all(round, tabulate(round, DEFINITIONS, BOOK), out)
    return out


def export(results: Path, format: Any, to: Path) -> dict[str, Any]:
    write_tabular(read_results(results, BOOK), BOOK, format, to)
    package = json.loads((to / "datapackage.json").read_text("utf-8"))
    return {r["name"]: r for r in package["resources"]}


@pytest.mark.parametrize("format", ["csv", "excel"])
def test_every_file_is_there_and_is_what_the_dictionary_says(
    results: Path, tmp_path: Path, format: str
) -> None:
    package = export(results, format, tmp_path)
    assert set(BESIDE) < set(package)
    tables = {name: rows_of(tmp_path, r) for name, r in package.items()}
    for name in BESIDE:
        schema = package[name]["schema"]
        assert tables[name], name
        for row in tables[name]:
            assert list(row) == [field["name"] for field in schema["fields"]]
            for field in schema["fields"]:
                assert_fits(row[field["name"]], field)
        if keys := schema.get("primaryKey"):
            assert max(Counter(tuple(r[k] for k in keys) for r in tables[name]).values()) == 1
        for foreign in schema.get("foreignKeys", ()):
            there = foreign["reference"]
            known = {tuple(r[f] for f in there["fields"]) for r in tables[there["resource"]]}
            assert {tuple(r[f] for f in foreign["fields"]) for r in tables[name]} <= known


@pytest.mark.parametrize("name", [n for n in BESIDE if not n.startswith("cell")])
def test_csv_for_programs_is_what_the_run_wrote(results: Path, tmp_path: Path, name: str) -> None:
    export(results, "csv", tmp_path)
    source = next(r.source for r in load_dictionary().resources if r.name == name)
    with (results / source).open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert [_numbers(row) for row in csv.DictReader(file)] == [_numbers(r) for r in written]


def _numbers(row: dict[str, str]) -> dict[str, object]:
    """Let 2.50 and 2.5 be the same."""
    return {k: Decimal(v) if v.replace(".", "").isdecimal() else v for k, v in row.items()}


def test_figures_and_the_projects_behind_them(results: Path, tmp_path: Path) -> None:
    package = export(results, "csv", tmp_path)
    behind = Counter(
        (r["tabell"], r["rad"], r["kolumn"]) for r in rows_of(tmp_path, package["cellprojekt"])
    )
    figures = rows_of(tmp_path, package["celler"])
    counted = [f for f in figures if f["antal"] and f["granskare"]]
    assert counted
    for f in counted:
        assert int(f["antal"]) == behind[f["tabell"], f["rad"], f["kolumn"]]
        who = ("granskare", "kryss", "regel", "modell")
        assert sum(int(f[one]) for one in who) == int(f["antal"])


def test_parquet_has_types(results: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the parquet extra is not installed")
    export(results, "parquet", tmp_path)
    way = parquet.read_table(tmp_path / "projektflode.parquet").to_pylist()[0]
    assert (way["beviljat_belopp"], way["rad_i_listan"]) == (Decimal("1000.50"), 3)
    assert way["mottagen"] == date(2011, 3, 1)
    change = parquet.read_table(tmp_path / "jamforelse.parquet").to_pylist()
    assert {type(row["andel_nu"]) for row in change} == {float, type(None)}


def test_what_the_results_lack_is_left_out_also_of_an_earlier_export(
    results: Path, tmp_path: Path
) -> None:
    to, fewer = tmp_path / "till", tmp_path / "ut"
    export(results, "csv", to)
    assert (to / "jamforelse.csv").is_file()
    shutil.copytree(results, fewer)
    (fewer / "tabeller" / "jamforelse.csv").unlink()
    assert "jamforelse" not in export(fewer, "csv", to)
    assert not (to / "jamforelse.csv").exists()


def test_a_damaged_file_is_named_with_its_line(results: Path, tmp_path: Path) -> None:
    shutil.copytree(results, tmp_path / "ut")
    path = tmp_path / "ut" / "projektflode.csv"
    path.write_text(path.read_text("utf-8").replace("2011-03-01", "i mars"), encoding="utf-8")
    with pytest.raises(ResultsError, match=r"mottagen ska vara ett datum.*projektflode\.csv:2"):
        export(tmp_path / "ut", "csv", tmp_path / "till")


@pytest.mark.parametrize("folder", ["", "tabeller"])
def test_the_results_own_files_are_never_written_over(results: Path, folder: str) -> None:
    with pytest.raises(ResultsError, match="annan mapp"):
        export(results, "excel", results / folder)
