"""A simulated round goes through the whole product: what it is for."""

from __future__ import annotations

import csv

import pytest
from typer.testing import CliRunner

from annotations.codebook import load
from bench.gold_round import codings
from cli import app
from corpus.records import load_reports


@pytest.mark.slow
def test_the_product_finds_again_what_was_put_in(tmp_path):
    """Far from a quality claim: were text and gold apart, agreement would be near one half."""
    made, out = tmp_path / "round", tmp_path / "ut"
    invoke = CliRunner().invoke
    invoke(app, ["simulate", "-n", "60", "--formats", "txt", "--out", str(made), "--quiet"])
    ran = invoke(
        app,
        ["run", str(made / "inkorg"), "--manifest", str(made / "manifest.csv"), "--figures",
         str(made / "siffror.yaml"), "--out", str(out), "--quiet"],
    )  # fmt: skip
    assert ran.exit_code == 0, ran.output
    book = load()
    gold = {
        (report.id, c.variable, c.category): c.value
        for report in load_reports(made / "gold.jsonl")
        for c in codings(report.gold, book)
    }
    with (out / "kodningar.csv").open(encoding="utf-8-sig") as table:
        found = {
            (row["projekt"], row["variabel"], row["kategori"]): row["varde"] == "1"
            and row["roll"] != "planerad"
            for row in csv.DictReader(table)
        }
    both = sum(value and found.get(cell, False) for cell, value in gold.items())
    either = sum(value or found.get(cell, False) for cell, value in gold.items())
    assert 2 * both / (both + either) > 0.8
