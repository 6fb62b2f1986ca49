"""Every figure explained as it was published, with exactly its projects and their words."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from annotations.codebook import load
from annotations.tables import load_tables
from cli import app
from pipeline.explain.explain import explain
from pipeline.explain.figures import FiguresError, read_figures
from pipeline.explain.told import as_dict, lines
from pipeline.report.write import write_all
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Decider
from pipeline.tables.words import words
from tests.tables.made_up import big_round, small_round

BOOK = load()
DEFINITIONS = load_tables()
WORDS = words(BOOK)


@pytest.fixture(scope="module", params=[small_round, lambda: big_round(30)], ids=["small", "big"])
def published(request, tmp_path_factory):
    round = request.param()
    tables = tabulate(round, DEFINITIONS, BOOK)
    out = tmp_path_factory.mktemp("ut")
    write_all(round, tables, out)
    return round, tables, out


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    round = small_round()
    out = tmp_path_factory.mktemp("ut")
    write_all(round, tabulate(round, DEFINITIONS, BOOK), out)
    return out


def ask(out, table, row, column="", county=""):
    return explain(out, table, row, column, county, BOOK, DEFINITIONS.counties)


def test_every_cell_of_every_table_is_explained_as_published(published):
    _, tables, out = published
    figures = iter(read_figures(out))
    for table in tables:
        with (out / "tabeller" / f"tabell{table.number}.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for line, row in zip(rows, table.rows, strict=True):
            for column, cell in zip(table.columns, row.cells, strict=True):
                f = next(figures)
                assert (f.table, f.row, f.column) == (table.id, line["rad"], column.id)
                assert f.amount == (Decimal(line[column.id]) if _amount(column, line) else None)
                if not column.money:
                    assert ("" if f.count is None else str(f.count)) == line[column.id]
                    assert str(f.count if f.lower is None else f.lower) in (
                        line[f"{column.id}_nedre"],
                        "None",
                    )
                    assert str(f.count if f.upper is None else f.upper) in (
                        line[f"{column.id}_ovre"],
                        "None",
                    )
                assert tuple(c.project for c in f.projects) == cell.projects
                if f.count is not None and f.projects:
                    assert f.count == len(f.projects)
                if f.decided:
                    assert sum(f.decided.values()) == f.count
    assert next(figures, None) is None


def _amount(column, line):
    return column.money and line[column.id]


def test_asked_for_by_name_each_figure_is_found_with_its_words(published):
    round, tables, out = published
    for table in tables[1:5]:
        for row in table.rows:
            column = table.columns[-1]
            told = ask(out, f"Tabell {table.number}", row.id, column.id)
            assert (told.figure.row, told.figure.column) == (row.id, column.id)
            assert [b.project.id for b in told.behind] == list(row.cells[-1].projects)
            for behind, support in zip(told.behind, row.cells[-1].support, strict=True):
                if support.coding is None:
                    continue
                assert behind.coded.coding.category == support.coding.category
                evidence = support.coding.evidence
                if evidence:
                    assert (
                        behind.quote
                        == round.texts[evidence.document][evidence.start : evidence.end]
                    )
                    assert behind.link.endswith(f"#ord-{evidence.start}-{evidence.end}")


def test_deciders_are_those_of_the_projects_listed(published):
    _, tables, out = published
    for row in tables[2].rows:
        told = ask(out, "Tabell 3", row.id)
        for who in Decider:
            listed = sum(b.coded.coding.origin.value == who.value for b in told.behind)
            assert told.figure.decided.get(who, 0) == listed


def test_planned_is_told_apart_and_never_counted(small):
    told = ask(small, "Tabell 3", "polis")
    assert [b.project.id for b in told.behind] == ["P1"]
    ((planned, behind),) = told.uncounted
    assert planned.column == "planerad"
    assert [b.project.id for b in behind] == ["P4"]
    text = "\n".join(lines(told, WORDS, 20))
    assert "Polis – Antal projekt: 1" in text
    assert "Beslutat av: granskare 0, kryss 0, regel 1, modell 0" in text
    assert text.index("Planerade (räknas inte): 1\n") > text.index("Projekten bakom siffran: 1")
    assert ask(small, "Tabell 3", "polis", "Planerade").uncounted == ()


def test_money_shows_the_amounts_behind_a_sum(small):
    for told in (ask(small, "6", "beviljade"), ask(small, "Tabell 1", "Summa", "Summa")):
        amounts = [b.amount for b in told.behind]
        assert sum(amounts) == told.figure.amount == Decimal(280500)
        assert "    Summa: 280 500 kr" in [
            line.replace("\N{NO-BREAK SPACE}", " ") for line in lines(told, WORDS, 2)
        ]
    assert ask(small, "6", "sammanlagda").behind == ()


def test_a_table_of_money_by_county_explains_its_sum_unless_asked_otherwise(small):
    assert ask(small, "Tabell 1", "Blekinge").figure.column == "summa"
    assert ask(small, "Tabell 1", "Blekinge", "2008").figure.amount == Decimal(150000)


def test_a_county_narrows_the_list_but_not_the_figure(small):
    told = ask(small, "Tabell 3", "Åklagare", county="örebro")
    assert told.figure.count == 2
    assert [b.project.id for b in told.behind] == ["P2"]
    assert any(line.endswith("Örebro: 1 av 2") for line in lines(told, WORDS, 20))


def test_lists_are_cut_where_wanted(small):
    told = ask(small, "Tabell 2", "Summa", "Antal projekt")
    cut = list(lines(told, WORDS, 2))
    assert any("till (--limit 0 visar alla)" in line for line in cut)
    assert len(as_dict(told, WORDS)["projekt"]) == told.figure.count


RUN = CliRunner()


def test_the_command_prints_json(small):
    done = RUN.invoke(
        app, ["explain", str(small), "tabell 3", "kvinojour eller tjejjour", "--json"]
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["rad"], told["antal"], told["beslutat"]["regel"]) == ("kvinnojour", 1, 1)
    (project,) = told["projekt"]
    assert (project["projekt"], project["roll"], project["kalla"]) == ("P2", "aktiv", "regel")
    assert project["citat"] == small_round().texts["b.docx"].split("\n")[0]
    assert (small / project["lank"].partition("#")[0]).is_file()


@pytest.mark.parametrize(
    ("words_", "told"),
    [
        (["Tabell 9", "x"], "Tabellen ”Tabell 9” finns inte"),
        (["Tabell 3", "Kirka"], "”Kyrka och samfund”"),
        (["Tabell 3"], "Ange en rad. Tabell 3 har"),
        (["Tabell 3", "Polis", "vilka som helst"], "Kolumnen ”vilka som helst” finns inte"),
        (["Tabell 3", "Polis", "aktiva", "--column", "antal"], "två gånger"),
        (["Tabell 3", "Polis", "--county", "Atlantis"], "Länet ”Atlantis” finns inte"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(small, words_, told):
    done = RUN.invoke(app, ["explain", str(small), *words_])
    assert done.exit_code == 2
    assert told in done.stderr


def test_a_folder_of_something_else(tmp_path, small):
    done = RUN.invoke(app, ["explain", str(tmp_path), "3", "polis"])
    assert done.exit_code == 2
    assert "Ange mappen som samverkan run skrev till" in done.stderr
    changed = tmp_path / "ut"
    shutil.copytree(small, changed)
    (changed / "tabeller" / "celler.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(FiguresError, match=r"celler\.jsonl:1 går inte att läsa"):
        list(read_figures(changed))
    shutil.copy(small / "tabeller" / "celler.jsonl", changed / "tabeller" / "celler.jsonl")
    (changed / "projekt.csv").write_text(
        (small / "projekt.csv").read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8"
    )
    assert RUN.invoke(app, ["explain", str(changed), "3", "polis"]).exit_code == 2
