"""Any table that adds up is left alone; one figure changed in it is found."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.strict import DefinitionError
from pipeline.check.sums import sums
from pipeline.check.types import Grid, Row, Value
from pipeline.check.words import load_words

WORDS = load_words()


def table(rows, total="Summa", column="Summa", title="", notes=()):
    """A table of the figures given with a total row and a total column that are right."""
    across = [[*row, sum(row)] for row in rows]
    body = [*across, [sum(c) for c in zip(*across, strict=True)]]
    labels = [f"Ort {i}" for i in range(len(rows))] + [total]
    names = (*(f"Del {i}" for i in range(len(rows[0]))), column)
    return Grid(1, title, names, tuple(map(row, labels, body)), notes=notes)


def row(label, figures):
    return Row(label, tuple(Value(Decimal(f)) for f in figures))


def changed(grid, r, c, by):
    figures = [[v.number for v in row.values] for row in grid.rows]
    figures[r][c] += by
    rows = tuple(row(old.label, new) for old, new in zip(grid.rows, figures, strict=True))
    return Grid(grid.number, grid.title, grid.columns, rows, notes=grid.notes)


figures = st.integers(2, 4).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(1, 5000), min_size=n, max_size=n), min_size=3, max_size=30
    )
)


@given(figures, st.sampled_from(["Summa", "S:a", "Totalt", "Samtliga"]))
def test_sums_that_are_right(rows, total):
    assert list(sums(table(rows, total), WORDS)) == []


@given(figures, st.data())
def test_any_one_figure_that_is_changed(rows, data):
    grid = table(rows)
    r = data.draw(st.integers(0, len(grid.rows) - 1))
    c = data.draw(st.integers(0, len(grid.columns) - 1))
    found = list(sums(changed(grid, r, c, 7), WORDS))
    assert 1 <= len(found) <= 2
    assert all(f.expected != f.found for f in found)


def test_a_table_that_says_it_overlaps_or_is_rounded_is_left_alone():
    grid = Grid(None, "", ("Antal",), (row("A", [30]), row("B", [25]), row("Summa", [40])))
    assert len(list(sums(grid, WORDS))) == 1
    for told in ("Flera svar möjliga", "Ett projekt kan stå i flera rader"):
        again = Grid(None, told, grid.columns, grid.rows)
        assert list(sums(again, WORDS)) == []
    near = Grid(None, "Tal i tkr", ("Belopp",), (row("A", [30]), row("B", [9]), row("Summa", [40])))
    assert list(sums(near, WORDS)) == []


def test_subtotals_and_parts_are_not_counted_twice():
    rows = (
        row("Norr", [3]), row("Söder", [4]), row("Delsumma", [7]),
        row("Öst", [5]), row("varav Ö", [2]), row("Väst", [6]), row("Delsumma", [11]),
        row("Summa", [18]),
    )  # fmt: skip
    assert list(sums(Grid(1, "", ("Antal",), rows), WORDS)) == []
    wrong = (*rows[:-1], row("Summa", [17]))
    assert [(f.expected, f.found) for f in sums(Grid(1, "", ("Antal",), wrong), WORDS)] == [
        ("18", "17")
    ]


def test_word_lists_with_faults_are_refused_with_their_place(tmp_path):
    from pipeline.check.words import FILE

    text = FILE.read_text(encoding="utf-8")
    for stands, put, fault in (
        ("  strong: ", "  strang: ", "okända fält: strang"),
        ("result: kostnader", "result: utgifter", "beloppet utgifter finns inte"),
        ("part: '^(?:", "part: '^((?:", "table.part"),
        ("wholes: [projekt,", "wholes: [projket,", "enheten projket finns inte"),
    ):
        assert stands in text
        path = tmp_path / "labels.yaml"
        path.write_text(text.replace(stands, put, 1), encoding="utf-8")
        load_words.cache_clear()
        with pytest.raises(DefinitionError, match=fault):
            load_words(path)


def test_an_interval_in_percent_is_no_percentage():
    from pipeline.check.grids import grid_of

    rows = [["Grupp", "Antal", "95 %-intervall"], ["A", "8", "6–11"], ["B", "5", "5"]]
    grid = grid_of(rows, [], [], None, WORDS)
    assert grid is not None and not any(v.percent for row in grid.rows for v in row.values)


def account(before, now):
    """An account where what there was to share out stands above what the costs sum."""
    labels = ("Att fördela", "Rekvirerat", "Beviljat", "Administration", "Sammanlagda kostnader")
    rows = (
        Row(label, tuple(Value(None if f is None else Decimal(f)) for f in pair))
        for label, pair in zip(labels, zip(now, before, strict=True), strict=True)
    )
    return Grid(6, "Ekonomi", ("Nu", "Tidigare"), tuple(rows))


@pytest.mark.parametrize(
    ("before", "faults"),
    [
        ((9000, 8500, 7000, 350, 7350), 0),
        ((9000, 8500, 7000, 350, 7450), 1),
        ((9000, 8500, 7000, 450, 7350), 1),
        # What stands first is no larger than the total: then it may have been forgotten.
        ((5000, 5000, 7000, 350, 7350), 1),
    ],
)
def test_what_is_larger_than_a_total_is_no_part_of_it(before, faults):
    grid = account(before, (None, None, 2000, 100, 2100))
    assert len(list(sums(grid, WORDS))) == faults
