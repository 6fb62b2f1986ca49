"""From tables to pictures: what is shown, how it is described, what is left out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from annotations.codebook import load
from annotations.strict import DefinitionError
from annotations.tables import load_tables
from pipeline.report.blocks import BarChart, CountyMap
from pipeline.report.charts import pictures
from pipeline.report.charts_yaml import check_against, load_charts
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Cell, Column, Interval, Layout, Row, Table
from tests.tables.made_up import small_round

YAML = Path(__file__).parents[2] / "pipeline" / "report" / "charts.yaml"


def counties(*figures: tuple[str, str, int | None], number: int = 2) -> Table:
    rows = tuple(Row(code, name, (Cell(n), Cell(n))) for code, name, n in figures)
    total = Row("summa", "Summa", (Cell(1_000), Cell(1_000)), total=True)
    columns = (Column("antal_forra", "Antal, förra"), Column("antal", "Antal projekt"))
    return Table(
        f"tabell{number}", number, "Projekt", "Län", Layout.BY_COUNTY, columns, (*rows, total), 9
    )


def categories(*rows: Row, id: str = "tabell4") -> Table:
    columns = (Column("antal", "Antal projekt"),)
    return Table(
        id, 4, "Målgrupper i 148 projekt", "Målgrupp", Layout.BY_CATEGORY, columns, rows, 148
    )


def row(id: str, count: int, part_of: str = "", interval: Interval | None = None) -> Row:
    return Row(id, id.capitalize(), (Cell(count, interval=interval),), part_of)


def county_map(table: Table) -> CountyMap:
    (found,) = [p for p in pictures([table])[table.id] if isinstance(p, CountyMap)]
    return found


def bar_chart(table: Table) -> BarChart:
    (found,) = [p for p in pictures([table])[table.id] if isinstance(p, BarChart)]
    return found


def test_the_bars_are_the_rows_with_parts_intervals_and_the_whole():
    chart = bar_chart(
        categories(row("barn", 94, interval=Interval(90, 99)), row("pojkar", 12, "barn"))
    )
    children, boys = chart.bars
    assert (children.value, children.lower, children.upper, children.part) == (94, 90, 99, False)
    assert (boys.label, boys.value, boys.lower, boys.part) == ("Pojkar", 12, None, True)
    assert chart.top == 148


def test_sums_are_no_bars_and_the_last_round_is_beside():
    chart = bar_chart(counties(("12", "Skåne", 13), ("25", "Norrbotten", 10)))
    assert [(b.label, b.value, b.before) for b in chart.bars] == [
        ("Skåne", 13, 13),
        ("Norrbotten", 10, 10),
    ]
    assert chart.before == "förra omgången"
    named = pictures([counties(("12", "Skåne", 13))], previous="2008–2009")["tabell2"]
    assert [p.before for p in named if isinstance(p, BarChart)] == ["2008–2009"]


def test_a_map_tells_nought_from_unknown_and_has_every_county():
    values = dict(county_map(counties(("12", "Skåne", 13), ("25", "Norrbotten", 0))).values)
    assert len(values) == 21
    assert (values["12"], values["25"], values["01"]) == (13, 0, None)


def test_what_has_no_county_is_told_under_the_map():
    made = county_map(counties(("12", "Skåne", 13), ("07", "Kronoberg", 3), ("okant", "Okänt", 2)))
    assert "Färst: Kronoberg (3)." in made.alt
    assert made.note.startswith("2 projekt syns inte på kartan")
    assert "okant" not in dict(made.values)
    assert not county_map(counties(("12", "Skåne", 13), ("okant", "Län okänt", 0))).note


def test_amounts_are_shown_in_thousands():
    cells = (Cell(amount=Decimal("1234567")),)
    columns = (Column("summa", "Summa", money=True),)
    table = Table(
        "tabell1",
        1,
        "Medel",
        "Län",
        Layout.BY_COUNTY,
        columns,
        (Row("12", "Skåne", cells),),
        1,
    )
    made = county_map(table)
    assert dict(made.values)["12"] == 1_235
    assert "tusen kronor" in made.alt


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (
            [("12", "Skåne", 13), ("25", "Norrbotten", 10), ("20", "Dalarna", 5), ("07", "K", 1)],
            "Flest: Skåne (13), Norrbotten (10) och Dalarna (5). Färst: K (1).",
        ),
        (
            [("12", "Skåne", 13), ("25", "Norrbotten", 2), ("20", "Dalarna", 2)],
            "Flest: Skåne (13). Färst: Norrbotten (2) och Dalarna (2).",
        ),
        ([("12", "Skåne", 4), ("25", "Norrbotten", 4)], "Alla siffror är lika: 4."),
        ([("12", "Skåne", 0)], "Alla siffror är lika: 0."),
        ([("12", "Skåne", None)], "Inga uppgifter finns."),
        (
            [("12", "Skåne", 3), *((f"{n:02}", "X", 0) for n in (1, 3, 4, 5, 6, 7))],
            "Flest: Skåne (3). Färst: 6 län (0).",
        ),
    ],
)
def test_alt_texts_name_most_and_least(figures, said):
    assert said in county_map(counties(*figures)).alt


def test_alt_texts_of_bars_name_groups_and_the_table():
    chart = bar_chart(categories(row("barn", 94), row("pojkar", 12, "barn"), row("kvinnor", 122)))
    assert "Flest: Kvinnor (122). Färst: Barn (94)." in chart.alt
    assert "tabell 4" in chart.alt


def test_figures_are_numbered_through():
    made = pictures([counties(("12", "Skåne", 13)), categories(row("barn", 94))])
    captions = [p.caption.split(".")[0] for of_table in made.values() for p in of_table]
    assert captions == ["Figur 1", "Figur 2", "Figur 3"]


def test_another_grants_tables_get_a_picture_of_their_own():
    chart = bar_chart(categories(row("skolor", 9), id="skolprojekt"))
    assert chart.id == "diagram_skolprojekt"
    assert chart.caption == "Figur 1. Målgrupper i 148 projekt"


def test_all_our_tables_have_pictures():
    tables = tabulate(small_round(), load_tables(), load())
    made = pictures(tables, previous="2008–2009")
    assert set(made) == {t.id for t in tables}
    assert all(made[t.id] for t in tables)
    ids = [p.id for of_table in made.values() for p in of_table]
    assert len(set(ids)) == len(ids)


def test_pictures_show_what_the_tables_say():
    tables = tabulate(small_round(), load_tables(), load())
    partners = next(t for t in tables if t.id == "tabell3")
    chart = next(p for p in pictures(tables)["tabell3"] if isinstance(p, BarChart))
    assert [(b.label, b.value) for b in chart.bars] == [
        (r.label, r.cells[0].count) for r in partners.rows
    ]


def test_our_definitions_ask_for_what_the_tables_have():
    assert check_against(load_charts(), load_tables()) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("kind: map", "kind: pie", "inget av de värden som får stå här"),
        ("per: 1000", "per: 0", "0 ska vara minst 1"),
        ("per: 1000", "perr: 1000", "okända fält: perr"),
        ("Mest: {mest}.", "Mest: {mesta}.", "okänd uppgift {mesta}"),
        ("Mest: {mest}.", "Mest: {mest.", "en klammer står ensam"),
        ('caption: "{titel}"', 'caption: "{mest}"', "okänd uppgift {mest}"),
        ("id: karta_projekt", "id: karta_belopp", "'karta_belopp' står två gånger"),
        ("    layout: by_county\n", "", "obligatoriskt fält saknas: layout"),
    ],
)
def test_faults_in_definitions_are_told_with_their_place(tmp_path, old, new, fault):
    text = YAML.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "charts.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as found:
        load_charts(path)
    assert any(fault in line and " @ charts.yaml" in line for line in found.value.faults)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("table: tabell3", "table: tabell33", "okänd tabell 'tabell33'"),
        ("mal_ej, ", "mal_aldrig, ", "okänd rad 'mal_aldrig'"),
        ("before: antal_forra", "before: antal_nu", "okänd kolumn 'antal_nu'"),
    ],
)
def test_what_the_tables_do_not_have_is_told(tmp_path, old, new, fault):
    text = YAML.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "charts.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (said,) = check_against(load_charts(path), load_tables())
    assert fault in said
