from __future__ import annotations

import pytest

from annotations.tables import load_tables
from pipeline.export.small_counts import hide
from pipeline.export.table_counts import Figures, known_relations, system
from pipeline.tables.tabulate import tabulate
from tests.export.made_up import BOOK
from tests.tables.made_up import big_round, small_round

TABLES = load_tables().tables
# Table 2 as report 2011:39 printed it: county, projects before and now, new, existing, evaluated.
PUBLISHED = (
    "10 0 4 2 3 0|20 4 5 4 1 0|09 0 2 1 2 0|21 3 4 2 4 0|13 4 7 3 5 1|23 0 2 2 1 0|06 1 3 2 1 0|"
    "08 2 3 3 3 0|07 1 1 1 0 0|25 3 10 5 5 0|12 8 13 11 5 0|01 2 6 5 1 2|04 6 8 6 4 1|"
    "03 2 5 4 1 1|17 5 9 6 3 0|24 5 22 9 11 0|22 1 10 8 3 1|19 5 11 1 11 0|14 13 19 9 18 0|"
    "18 2 4 3 2 0|05 2 3 2 0 1"
)


def figures_of(round_) -> Figures:
    return {
        (table.id, row.id, column.id): cell.count
        for table in tabulate(round_, load_tables(), BOOK)
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell.count is not None
    }


@pytest.mark.parametrize("round_", [small_round(), big_round(60, 7), big_round(148, 8)])
def test_every_relation_that_a_reader_knows_is_true_of_our_tables(round_) -> None:
    """None is left out for not being fulfilled: an attacker would use it all the same."""
    figures = figures_of(round_)
    made = system(TABLES, BOOK, figures)
    values = {p: c.value for p, c in zip(made.places, made.counts, strict=True)}
    used = 0
    for terms, equal in known_relations(TABLES, BOOK, figures):
        if all(place in values for place, _ in terms):
            total = sum(factor * values[place] for place, factor in terms)
            assert total == 0 if equal else total <= 0, terms
            used += 1
    assert used == len(made.relations) > 400


def test_all_that_is_known_is_the_number_of_projects() -> None:
    made = system(TABLES, BOOK, figures_of(big_round(148, 8)))
    known = [i for i, place in enumerate(made.places) if not place[0]]
    assert [made.counts[i].cost for i in known] == [None]


def test_the_published_table_of_counties() -> None:
    columns = ("antal_forra", "antal", "ny", "befintlig", "utvardering")
    rows = [line.split() for line in PUBLISHED.split("|")]
    figures = {
        ("tabell2", row[0], column): int(value)
        for row in rows
        for column, value in zip(columns, row[1:], strict=True)
    }
    for i, column in enumerate(columns, start=1):
        figures["tabell2", "summa", column] = sum(int(row[i]) for row in rows)
    made = system(TABLES, BOOK, figures)
    hidden = hide(made.counts, made.relations, 5)
    small = {p for p, v in figures.items() if 0 < v < 5}
    # So many are small that they hide each other: nothing else need go.
    assert {made.places[i] for i in hidden} == small
    assert len(small) == 53
