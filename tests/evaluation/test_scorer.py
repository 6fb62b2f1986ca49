"""The development material's scorer and ours give the same figures."""

from __future__ import annotations

import importlib.util
import random
from dataclasses import replace

import pytest

from annotations.gold import Cell
from models.evaluation import CodedCell, evaluate, load_gold, read_codings
from tests.evaluation.build import CODEBOOK, write_table

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def scorer(shared):
    spec = importlib.util.spec_from_file_location("score", shared / "rounds" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("flips", [0.0, 0.02, 0.3])
@pytest.mark.parametrize("seed", range(3))
def test_same_figures(scorer, shared, tmp_path, seed, flips):
    rounds = sorted((shared / "rounds").glob("w*.jsonl"))
    truth = load_gold(rounds, CODEBOOK)
    table = write_table(tmp_path / "kodningar.csv", careless(truth, random.Random(seed), flips))
    theirs = scorer.score(str(table), [str(file) for file in rounds])
    ours = evaluate(truth, read_codings(table, CODEBOOK, truth), CODEBOOK, resamples=20)
    overall = ours.overall
    assert {v.variable: rounded(v.f1) for v in ours.variables} == theirs["f1"]
    assert (ours.projects, len(ours.missing)) == (theirs["projects"], theirs["missing_projects"])
    for name, figure, places in (
        ("micro_f1", overall.f1, 3),
        ("micro_p", overall.precision, 3),
        ("micro_r", overall.recall, 3),
        ("macro_f1", overall.macro_f1, 3),
        ("role_acc", overall.role_accuracy, 3),
        ("coverage", overall.coverage, 3),
        ("auto_error", overall.auto_error, 4),
        ("table_error", overall.table_error, 3),
    ):
        assert rounded(figure, places) == theirs[name], name
    frequent = {f"{c.variable}.{c.category}": c for c in ours.categories if c.gold >= 3}
    for name, f1, count in theirs["worst"]:
        assert (rounded(frequent[name].f1, 2), frequent[name].gold) == (f1, count)


def rounded(figure, places=3):
    assert figure.value is not None
    return round(figure.value, places)


def careless(truth, random, flips):
    """Code as gold does, but slip now and then: values, roles, rows, and every tenth project."""
    projects: dict[str, dict[Cell, CodedCell]] = {}
    for id, report in truth.items():
        if flips and random.random() < 0.1:
            continue
        cells = projects[id] = {}
        for cell, value in report.values.items():
            if random.random() < flips / 4:
                continue
            roles = ("aktiv", "inbjuden", "planerad") if cell[0] == "partner" else ("ja",)
            if random.random() < flips:
                value = random.choice(("", *roles))
            flagged = random.random() < 0.1
            cells[cell] = CodedCell(value, "granska" if flagged else "auto", random.random())
        if random.random() < flips:
            cells |= {k: replace(c, status="granskad") for k, c in list(cells.items())[:5]}
    return projects
