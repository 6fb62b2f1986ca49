"""docs/publicerad_omgang.md: what a run's tables give beside the truth, cell for cell."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from bench.gold_round import gold_round, gold_tables
from bench.published_cells import compare, read_listing
from bench.published_ours import beside, figures_of, page, read_figures, reviewed, table_error
from corpus.types import Status
from pipeline.tables.contract import CODINGS
from pipeline.tables.table_csv import write_tables


@pytest.fixture(scope="module")
def gold(whole, preset):
    return gold_round(whole, preset)


@pytest.fixture(scope="module")
def truth(gold):
    return gold_tables(gold)


def write_codings(folder, gold, changed):
    """kodningar.csv of a run that coded as gold does but for `changed`: status and value by key."""
    with (folder / "kodningar.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, CODINGS)
        rows.writeheader()
        for project, own in gold.codings.items():
            for c in own:
                key = (project, c.variable, c.category)
                status, value = changed.get(key, (Status.AUTO, c.value))
                role = c.role.value if c.role else ""
                told = (*key, str(int(value)), role, "0.9", status.value, "regel")
                names = ("projekt", "variabel", "kategori", "varde", "roll", "konfidens")
                rows.writerow(dict(zip((*names, "status", "kalla"), told, strict=True)))


def test_the_true_tables_read_back_have_no_error(truth, tmp_path):
    write_tables(truth, tmp_path)
    cells = [c for c in beside(truth, read_figures(tmp_path, truth)) if c.counted]
    assert table_error(cells) == 0
    assert all(c.inside for c in cells)


def test_a_wrong_figure_is_told(gold, truth, preset, tmp_path):
    write_tables(truth, tmp_path)
    path = tmp_path / "tabeller" / "tabell4.csv"
    text = path.read_text(encoding="utf-8")
    assert "heder,Hedersrelaterat våld,,84,84,84" in text
    path.write_text(text.replace("våld,,84,84,84", "våld,,80,78,83"), encoding="utf-8")
    cells = beside(truth, read_figures(tmp_path, truth))
    (wrong,) = (c for c in cells if c.counted and not c.inside)
    assert (wrong.table, int(wrong.truth), int(wrong.figure or 0)) == (4, 84, 80)
    own = [c for c in cells if c.table == 4]
    assert table_error(own) == pytest.approx(4 / sum(int(c.truth) for c in own))
    told = page(truth, cells, cells, compare(read_listing(), truth, gold), preset, 11)
    assert "| Hedersrelaterat våld | 84 | 80 | 78–83 | **nej** |" in told
    assert "11 (91,7 %)" in told
    assert "tryckt 88, här 89. Känt tryckfel" in told


def test_reviewed_is_gold_where_people_are_asked_and_ours_elsewhere(gold, tmp_path):
    asked, automatic = (
        (project, "malgrupp", "heder") for project in [p.id for p in gold.projects][10:12]
    )
    held = {(p, c.variable, c.category): c.value for p, own in gold.codings.items() for c in own}
    changed = {
        asked: (Status.REVIEW, not held[asked]),
        automatic: (Status.AUTO, not held[automatic]),
    }
    write_codings(tmp_path, gold, changed)
    found = reviewed(tmp_path, gold)
    values = {(p, c.variable, c.category): c for p, own in found.codings.items() for c in own}
    assert values[asked].value is held[asked]
    assert values[asked].status is Status.REVIEWED
    assert values[automatic].value is not held[automatic]
    assert values[automatic].confidence == 0.9
    same = replace(found, codings={**found.codings, automatic[0]: gold.codings[automatic[0]]})
    heder = (4, "heder", "antal")
    before, after = (figures_of(gold_tables(r))[heder] for r in (same, found))
    assert abs(int(before[0] or 0) - int(after[0] or 0)) == 1
