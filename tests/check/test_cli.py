"""`samverkan check`: what is printed and written, exit codes, our own results folder."""

from __future__ import annotations

import csv
import json

import pytest
from typer.testing import CliRunner

from annotations.codebook import load
from annotations.tables import load_tables
from cli import app
from pipeline.report.write import write_all
from pipeline.tables.tabulate import tabulate
from tests.check.made_up import REPORT
from tests.tables.made_up import big_round

WRONG = REPORT.replace("\t510 000", "\t520 000").replace("nu i 25 av", "nu i 27 av")


def run(*args):
    return CliRunner().invoke(app, ["check", *map(str, args)])


@pytest.fixture
def wrong(tmp_path):
    path = tmp_path / "rapport.txt"
    path.write_text(WRONG, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    out = tmp_path_factory.mktemp("ut")
    round = big_round(40)
    write_all(round, tabulate(round, load_tables(), load()), out)
    return out


def test_a_readable_list_and_exit_code_five(wrong):
    result = run(wrong)
    assert result.exit_code == 5
    assert "raden Norrlund, kolumnen Summa" in result.output
    assert "Väntat: 510\N{NO-BREAK SPACE}000. Funnet: 520\N{NO-BREAK SPACE}000." in result.output
    assert result.output.endswith("motsägelser.\n")


def test_a_sound_report_ends_with_zero(tmp_path):
    path = tmp_path / "rapport.txt"
    path.write_text(REPORT, encoding="utf-8")
    result = run(path)
    assert (result.exit_code, result.output) == (0, "Inga motsägelser hittades.\n")


def test_json(wrong):
    told = json.loads(run(wrong, "--json").output)
    assert told["fil"] == "rapport.txt"
    assert {"var", "vad", "forvantat", "funnet", "allvar"} == set(told["avvikelser"][0])


def test_the_file_has_the_contracts_columns(wrong, tmp_path):
    out = tmp_path / "avvikelser.csv"
    assert run(wrong, "--out", out).exit_code == 5
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["var", "vad", "forvantat", "funnet", "allvar"]
    assert len(rows) == 1 + len(json.loads(run(wrong, "--json").output)["avvikelser"])


@pytest.mark.parametrize(("name", "code"), [("tom.txt", 3), ("bild.xyz", 3), ("mapp", 2)])
def test_what_cannot_be_checked(tmp_path, name, code):
    path = tmp_path / name
    if name == "mapp":
        path.mkdir()
    else:
        path.write_bytes(b"" if name == "tom.txt" else b"\x00\x01\x02")
    result = run(path)
    assert result.exit_code == code and "Error: " in result.output


def test_our_own_results_have_no_contradiction(results):
    result = run(results)
    assert (result.exit_code, result.output) == (0, "Inga motsägelser hittades.\n")


@pytest.mark.parametrize(
    ("table", "row", "column", "put", "told"),
    [
        ("tabell3.csv", "polis", "antal", "4000", "Delen är fler än gruppen"),
        ("tabell3.csv", "kommuner", "antal_ovre", "0", "utanför sitt intervall"),
        ("tabell2.csv", "summa", "ny", "3999", "Raderna ger inte summan"),
        ("tabell1.csv", "summa", "summa", "3999", "ger inte"),
    ],
)
def test_a_figure_changed_in_our_results_is_found(results, tmp_path, table, row, column, put, told):
    folder = tmp_path / "ut"
    (folder / "tabeller").mkdir(parents=True)
    for path in (results / "tabeller").iterdir():
        (folder / "tabeller" / path.name).write_bytes(path.read_bytes())
    path = folder / "tabeller" / table
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    next(r for r in rows if r["rad"] == row)[column] = put
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    result = run(folder)
    assert result.exit_code == 5
    assert told in result.output and f"tabeller/{table}" in result.output


def test_a_report_of_ours_too_large_to_read_leaves_the_tables_checked(results, monkeypatch):
    monkeypatch.setattr("pipeline.ingest.text.MAX_BYTES", 100)
    assert run(results).exit_code == 0
    assert run(results / "rapport.html").exit_code == 3
