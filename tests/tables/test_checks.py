"""Our own arithmetic is checked: sound rounds give no finding, each planted fault gives one."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal

import pytest

from annotations.codebook import load
from annotations.tables import load_tables
from pipeline.report.write import write_all
from pipeline.tables.checks import check
from pipeline.tables.files import ContradictionError
from pipeline.tables.table_csv import write_findings, write_tables
from pipeline.tables.tabulate import tabulate
from tests.tables.made_up import big_round, small_round

BOOK = load()
DEFINITIONS = load_tables()
ROUND = small_round()
TABLES = tabulate(ROUND, DEFINITIONS, BOOK)


def with_cell(number, row_id, column, **change):
    """The small round's tables with one figure changed."""
    return tuple(
        t
        if t.number != number
        else replace(
            t,
            rows=tuple(
                row
                if row.id != row_id
                else replace(
                    row,
                    cells=tuple(
                        replace(c, **change) if i == column else c for i, c in enumerate(row.cells)
                    ),
                )
                for row in t.rows
            ),
        )
        for t in TABLES
    )


@pytest.mark.parametrize("round", [ROUND, big_round(80)])
def test_sound_rounds_have_no_findings(round):
    assert check(round, tabulate(round, DEFINITIONS, BOOK), DEFINITIONS, BOOK) == ()


@pytest.mark.parametrize(
    ("place", "change", "where", "what"),
    [
        ((2, "10", 2), {"count": 9}, "Tabell 2, Nya strukturer", "Länen ger inte summan"),
        ((1, "10", 0), {"amount": Decimal(1)}, "Tabell 1, Blekinge", "Åren ger inte"),
        ((3, "polis", 0), {"count": 3}, "Tabell 3, Polis", "Delen är fler än gruppen Rättsväsende"),
        ((3, "kommuner", 1), {"count": 1}, "Tabell 3, Andra kommuner", "Rollerna ger inte"),
        ((5, "pagar", 0), {"count": 2}, "Tabell 5", "ger inte helheten"),
        (
            (6, "beviljat", 0),
            {"amount": Decimal(1)},
            "Tabell 1 och 6",
            "Beviljade medel skiljer sig",
        ),
    ],
)
def test_each_planted_fault_is_found(place, change, where, what):
    findings = check(ROUND, with_cell(*place, **change), DEFINITIONS, BOOK)
    assert any(f.where == where and what in f.what and f.expected != f.found for f in findings)


@pytest.mark.parametrize(
    ("place", "change", "named"),
    [
        ((2, "10", 2), {"count": 9}, "Tabell 2, Nya strukturer: Länen ger inte summan"),
        ((1, "10", 0), {"amount": Decimal(1)}, "Tabell 1, Blekinge: Åren ger inte"),
        ((3, "polis", 0), {"count": 3}, "Tabell 3, Polis: Delen är fler än gruppen"),
        ((3, "kommuner", 1), {"count": 1}, "Tabell 3, Andra kommuner: Rollerna ger inte"),
        ((5, "pagar", 0), {"count": 2}, "Tabell 5: Raderna"),
        ((6, "beviljat", 0), {"amount": Decimal(1)}, "Tabell 1 och 6: Beviljade medel"),
    ],
)
def test_a_publication_that_contradicts_itself_is_not_written(tmp_path, place, change, named):
    with pytest.raises(ContradictionError, match=named) as refused:
        write_all(ROUND, with_cell(*place, **change), tmp_path)
    assert "Väntat: " in str(refused.value) and "Funnet: " in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_what_the_reports_leave_uncertain_is_published_with_its_remark(tmp_path):
    double = tuple(
        replace(c, value=True) if (c.variable, c.category) == ("maluppfyllelse", "ej") else c
        for c in ROUND.codings["P1"]
    )
    round = replace(ROUND, codings={**ROUND.codings, "P1": double})
    write_all(round, tabulate(round, DEFINITIONS, BOOK), tmp_path)
    assert "i flera rader: P1" in (tmp_path / "avvikelser.csv").read_text(encoding="utf-8")


def test_a_project_with_two_goals_is_named():
    double = tuple(
        replace(c, value=True) if (c.variable, c.category) == ("maluppfyllelse", "ej") else c
        for c in ROUND.codings["P1"]
    )
    round = replace(ROUND, codings={**ROUND.codings, "P1": double})
    findings = check(round, tabulate(round, DEFINITIONS, BOOK), DEFINITIONS, BOOK)
    assert any("i flera rader: P1" in f.what for f in findings)
    assert any("precis en kategori av Måluppfyllelse: P1" in f.what for f in findings)


def test_missing_codings_are_found():
    round = replace(ROUND, codings={**ROUND.codings, "P2": ROUND.codings["P2"][:-1]})
    found = check(round, tabulate(round, DEFINITIONS, BOOK), DEFINITIONS, BOOK)
    assert [(f.where, f.found) for f in found] == [("kodningar.csv", "1")]
    assert "P2" in found[0].what


def test_findings_file_always_has_its_header(tmp_path):
    assert (
        write_findings((), tmp_path).read_text(encoding="utf-8")
        == "var,vad,forvantat,funnet,allvar\n"
    )


def test_table_files(tmp_path):
    paths = write_tables(TABLES, tmp_path)
    assert [p.name for p in paths] == [f"tabell{n}.csv" for n in range(1, 7)]
    with (tmp_path / "tabeller" / "tabell3.csv").open(encoding="utf-8", newline="") as file:
        polis = next(r for r in csv.DictReader(file) if r["rad"] == "polis")
    columns = ("antal", "aktiv", "inbjuden", "planerad")
    assert (polis["etikett"], polis["del_av"]) == ("Polis", "rattsvasende")
    assert [polis[c] for c in columns] == ["1", "1", "0", "1"]
    assert [polis[f"{c}_nedre"] for c in columns] == ["0", "0", "0", "0"]
    # What is said to be active is seldom only invited or planned.
    assert [polis[f"{c}_ovre"] for c in columns] == ["2", "2", "1", "1"]
    assert [polis[f"{c}_andel_person"] for c in columns] == ["0.0000", "0.0000", "", "0.0000"]
    money = (tmp_path / "tabeller" / "tabell6.csv").read_text(encoding="utf-8").splitlines()
    assert money[0] == "rad,etikett,del_av,belopp,anmarkning"
    assert money[3].startswith("beviljat,Beviljade medel,,280500,Summan av 3 projekts belopp")
