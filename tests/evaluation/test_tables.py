"""The tables of gold beside ours: counts, intervals, and what a missing project does."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from cli import app
from pipeline.evaluate.tables import table_cells, table_sums
from tests.evaluation.build import (
    CODEBOOK,
    LEAVES,
    coded,
    codings,
    gold,
    gold_line,
    golds,
    write_table,
)

SURE = {f"{v}.{c}": 0.999 for v, c in LEAVES}
POLICE, CHILDREN = "partner.polis", "malgrupp.barn"


def cells(true, ours):
    return {(c.table, c.row, c.column): c for c in table_cells(golds(*true), ours, CODEBOOK)}


def test_counts_groups_and_roles_of_both():
    found = cells(
        [gold("a", {POLICE: "aktiv"}), gold("b", {POLICE: "inbjuden"}), gold("c", {})],
        codings(
            a=coded({POLICE: "aktiv"}, confidence=SURE),
            b=coded({POLICE: "planerad"}, confidence=SURE),
            c=coded({}, confidence=SURE),
        ),
    )
    told = {
        (row, column): (c.gold, c.coded)
        for (table, row, column), c in found.items()
        if table == 3 and row in ("polis", "rattsvasende")
    }
    assert told == {
        (row, column): counts
        for row in ("polis", "rattsvasende")
        for column, counts in (
            ("", (2, 1)),
            ("varav aktiva", (1, 1)),
            ("varav inbjudna", (1, 0)),
            ("Planerade (räknas inte)", (0, 1)),
        )
    }


def test_an_interval_holds_golds_count_or_does_not():
    true = [gold(f"p{i}", {CHILDREN: "ja"} if i < 30 else {}) for i in range(40)]
    doubtful = SURE | {CHILDREN: 0.7}
    near = {
        f"p{i}": coded({CHILDREN: "ja"} if i < 28 else {}, confidence=doubtful) for i in range(40)
    }
    far = {f"p{i}": coded({CHILDREN: "ja"} if i < 9 else {}, confidence=SURE) for i in range(40)}
    one = cells(true, codings(**near))[4, "barn", ""]
    other = cells(true, codings(**far))[4, "barn", ""]
    assert one.lower < one.coded < one.upper
    assert (one.gold, one.coded, one.inside) == (30, 28, True)
    assert (other.gold, other.coded, other.inside) == (30, 9, False)


def test_without_confidences_there_are_no_intervals():
    found = cells([gold("a", {CHILDREN: "ja"})], codings(a=coded({CHILDREN: "ja"})))
    assert {c.inside for c in found.values()} == {None}
    assert (found[4, "barn", ""].lower, found[4, "barn", ""].upper) == (None, None)


def test_a_project_that_the_results_lack_is_in_golds_counts_only():
    found = cells(
        [gold("a", {CHILDREN: "ja"}), gold("b", {CHILDREN: "ja"})],
        codings(a=coded({CHILDREN: "ja"}, confidence=SURE)),
    )
    assert (found[4, "barn", ""].gold, found[4, "barn", ""].coded) == (2, 1)
    assert found[5, "ej_reell_samverkan", ""].coded == 1


def test_table_error_leaves_planned_partners_out():
    true = golds(gold("a", {POLICE: "aktiv"}), gold("b", {CHILDREN: "ja"}))
    ours = codings(
        a=coded({POLICE: "planerad"}, confidence=SURE), b=coded({CHILDREN: "ja"}, confidence=SURE)
    )
    sums = {s.table: s for s in table_sums(table_cells(true, ours, CODEBOOK))}
    # Police and justice, each as projects and as active: four counts of one, all missed.
    assert sums[3].error == 1.0
    assert sums[4].error == 0.0
    assert sums[4].inside == sums[4].intervals == sums[4].cells


def test_the_command_prints_and_writes_them(tmp_path):
    (tmp_path / "ut").mkdir()
    own = coded(
        {CHILDREN: "ja", "maluppfyllelse.oklart": "ja", "status.oklart": "ja"}, confidence=SURE
    )
    write_table(tmp_path / "ut" / "kodningar.csv", {"a": own})
    line = gold_line("a", malgrupp=["barn"])
    (tmp_path / "guld.jsonl").write_text(line + "\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["evaluate", str(tmp_path / "ut"), str(tmp_path / "guld.jsonl")])
    assert "table 4: error             0.000   12 of 12 intervals hold gold's count" in done.stdout
    data = json.loads((tmp_path / "ut" / "utvardering" / "utvardering.json").read_text("utf-8"))
    (barn,) = (c for c in data["table_cells"] if (c["table"], c["row"]) == (4, "barn"))
    assert (barn["gold"], barn["coded"], barn["inside"]) == (1, 1, True)
    page = (tmp_path / "ut" / "utvardering" / "utvardering.html").read_text(encoding="utf-8")
    assert 'id="tabeller"' in page
    assert "12 av 12 (100,0" in page


@pytest.mark.parametrize(("origin", "status"), [("språkmodell", "auto"), ("", "granskad")])
def test_results_of_others_may_name_other_origins(origin, status):
    ours = replace_all(coded({CHILDREN: "ja"}, confidence=SURE), origin=origin, status=status)
    found = cells([gold("a", {CHILDREN: "ja"})], codings(a=ours))
    assert (found[4, "barn", ""].gold, found[4, "barn", ""].coded) == (1, 1)


def replace_all(cells, **fields):
    return {key: replace(cell, **fields) for key, cell in cells.items()}
