"""Two small rounds side by side: differences counted by hand, and what cannot be compared."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.codebook import load
from annotations.tables import load_tables
from corpus.types import Origin, Role, Status
from pipeline.report.blocks import BarChart, Grid, Heading, Listing, Paragraph
from pipeline.report.changes import change_blocks
from pipeline.report.write import write_all
from pipeline.tables.checks import check
from pipeline.tables.rounds import NOT_NOW, NOT_THEN, UNKNOWN_THEN, change_findings, compare
from pipeline.tables.rounds_find import beside, find_rounds
from pipeline.tables.rounds_read import EarlierError, read_round
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import PreviousRound
from tests.tables.made_up import big_round, codings, small_round

BOOK = load()
DEFINITIONS = load_tables()


def tables(round, definitions=DEFINITIONS):
    return tabulate(round, definitions, BOOK)


def write(round, out):
    write_all(round, tables(round), out)
    return out


def changes(round, number, name=None):
    """Changes of one table by (row, column)."""
    (comparison,) = compare(round, tables(round))
    (found,) = [t for t in comparison.tables if t.table.number == number]
    return {(c.row, c.column.id if c.column else ""): c for c in found.changes}


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    return read_round(write(small_round(), tmp_path_factory.mktemp("forra")))


def later_round():
    """As the small round, but P2 (of Örebro) is gone and P3 has police and is no course."""
    round = small_round()
    held = {"partner.polis": Role.INBJUDEN, "malgrupp.kvinnor": None, "malgrupp.barn": None,
            "maluppfyllelse.helt": None, "innehall.reell_samverkan": None,
            "status.avslutat": None, "struktur.ny": None}  # fmt: skip
    of_p3 = codings(BOOK, held, status=Status.REVIEWED, origin=Origin.REVIEWER, confidence=1.0)
    rest = {id: c for id, c in round.codings.items() if id != "P2"}
    return replace(
        round,
        name="Omgång 2012",
        previous=None,
        projects=tuple(p for p in round.projects if p.id != "P2"),
        codings={**rest, "P3": of_p3},
    )


@pytest.fixture(scope="module")
def later(earlier):
    return beside(later_round(), (earlier,), DEFINITIONS)


@pytest.mark.parametrize(
    ("number", "row", "column", "now", "then"),
    [
        (2, "10", "antal", 2, 2),
        (2, "18", "antal", 0, 1),
        (2, "okant", "antal", 1, 1),
        (2, "summa", "antal", 3, 4),
        (2, "10", "ny", 2, 1),
        (2, "18", "utvardering", 0, 1),
        (3, "polis", "antal", 2, 1),
        (3, "polis", "inbjuden", 1, 0),
        (3, "aklagare", "antal", 1, 2),
        (4, "barn", "antal", 2, 1),
        (4, "aldre", "antal", 0, 1),
        (5, "mal_ej", "antal", 0, 1),
        (5, "utbildning", "antal", 0, 2),
        (5, "ej_reell_samverkan", "antal", 0, 1),
    ],
)
def test_counts_then_and_now(later, number, row, column, now, then):
    change = changes(later, number)[row, column]
    assert (change.now.count, change.then.value) == (now, then)
    assert change.change.value == now - then
    assert change.change.lower <= now - then <= change.change.upper


def test_shares_are_of_each_rounds_own_projects(later):
    change = changes(later, 4)["barn", "antal"]
    assert (change.share_now, change.share_then) == (2 / 3, 1 / 4)
    assert change.share_change.value == pytest.approx(2 / 3 - 1 / 4)
    assert change.share_change.lower <= change.share_change.value <= change.share_change.upper


def test_amounts_have_a_change_without_interval(later):
    money = changes(later, 6)
    assert money["beviljat", "belopp"].change.value == 190_000 - 280_500
    by_year = changes(later, 1)
    assert by_year["18", "summa"].change.value == -90_500
    assert ("18", "ar_2009") not in by_year  # no project begins that year any more


def test_the_earlier_round_gives_the_last_rounds_number_of_projects(later, earlier):
    assert later.previous.name == earlier.name == "Omgång 2011"
    assert {c: n for c, n in later.previous.projects.items() if n} == {"10": 2, "18": 1}
    given = PreviousRound("givet", {"10": 7})
    assert beside(replace(later, previous=given), (earlier,), DEFINITIONS).previous == given


def test_given_figures_of_the_last_round_are_not_compared(later):
    assert not any(column == "antal_forra" for _, column in changes(later, 2))


# --- a round with itself ------------------------------------------------------------------------


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 40), st.integers(0, 10_000))
def test_a_round_has_not_changed_since_itself(tmp_path_factory, projects, seed):
    round = big_round(projects, seed)
    same = read_round(write(round, tmp_path_factory.mktemp("samma")))
    compared = replace(round, earlier=(same,))
    (comparison,) = compare(compared, tables(compared))
    assert comparison.notes == ()
    assert len(comparison.tables) == 6
    for table in comparison.tables:
        assert table.notes == ()
        assert table.changes
        for c in table.changes:
            if c.now.count is None and c.now.amount is None:
                continue
            assert c.change is not None, c
            assert c.change.value == 0, c
            assert c.change.lower <= 0 <= c.change.upper
            assert c.share_change is None or c.share_change.value == 0
    assert not list(change_findings((comparison,)))


# --- definitions that differ --------------------------------------------------------------------


def definitions(**changed):
    """The shipped definitions, some of table 4's fields changed."""
    found = tuple(replace(t, **changed) if t.number == 4 else t for t in DEFINITIONS.tables)
    return replace(DEFINITIONS, tables=found)


def test_rows_that_only_one_round_has_are_told_not_guessed(later):
    rows = DEFINITIONS.tables[3].rows
    other = definitions(
        rows=(replace(rows[0], id="kvinnor_och_flickor"), *rows[1:-1], replace(rows[-1], label="X"))
    )
    found = tabulate(later, other, BOOK)
    (comparison,) = compare(later, found)
    table = next(t for t in comparison.tables if t.table.number == 4)
    by_row = {c.row: c for c in table.changes}
    assert by_row["kvinnor_och_flickor"].note == NOT_THEN
    assert by_row["kvinnor_och_flickor"].change is None
    assert by_row["kvinnor"].note == NOT_NOW
    assert by_row["barn"].note == ""
    assert table.notes == (
        "Rader som inte fanns i den tidigare omgången: ”Våldsutsatta kvinnor”.",
        "Rader som bara finns i den tidigare omgången: ”Våldsutsatta kvinnor”.",
        "Rader som har bytt namn: ”X” hette ”Familjeperspektiv (kvinnor, barn och utövare)”.",
    )
    told = [f.what for f in check(later, found, other, BOOK) if f.where == "Tabell 4"]
    assert [t for t in told if "bara finns i den tidigare" in t]


def test_another_table_of_the_same_number_is_not_compared(later):
    (comparison,) = compare(later, tabulate(later, definitions(id="annan"), BOOK))
    assert comparison.notes == (
        "Tabell 4 är en annan tabell i den tidigare omgången (tabell4, nu annan) och jämförs inte.",
    )
    assert {t.table.number for t in comparison.tables} == {1, 2, 3, 5, 6}


def test_tables_that_only_one_round_has(later, earlier):
    fewer = replace(earlier, tables=earlier.tables[:5])
    (comparison,) = compare(replace(later, earlier=(fewer,)), tables(later))
    assert comparison.notes == ("Tabell 6 finns inte i den tidigare omgången.",)
    (comparison,) = compare(later, tables(later)[1:])
    assert comparison.notes == ("Tabell 1 finns bara i den tidigare omgången.",)


def test_without_the_number_of_projects_shares_are_not_compared(later, earlier):
    unknown = replace(earlier, tables=tuple(replace(t, base=None) for t in earlier.tables))
    change = changes(replace(later, earlier=(unknown,)), 4)["barn", "antal"]
    assert change.change.value == 1
    assert change.share_change is None


def test_a_printed_round_may_tell_only_some_figures(later, tmp_path):
    (tmp_path / "tabell4.csv").write_text("rad,antal\nbarn,3\nheder,\n", encoding="utf-8")
    printed = find_rounds([str(tmp_path)], DEFINITIONS, BOOK)
    found = changes(replace(later, earlier=printed), 4)
    assert found["barn", "antal"].change.value == -1
    assert found["heder", "antal"].note == UNKNOWN_THEN
    assert found["kvinnor", "antal"].note == NOT_THEN


# --- findings -----------------------------------------------------------------------------------


def test_a_large_change_that_nothing_explains_is_a_finding(earlier):
    round = big_round(120, 3)
    base = len(round.projects)
    then = {row: {"antal": replace(f["antal"], value=Decimal(0), lower=0, upper=0)}
            for row, f in earlier.tables[3].figures.items()}  # fmt: skip
    then["kvinnor"] = {"antal": replace(then["barn"]["antal"], value=Decimal(base))}
    then["kvinnor"] = {"antal": replace(then["kvinnor"]["antal"], lower=base - 1, upper=base)}
    other = replace(earlier, tables=(replace(earlier.tables[3], figures=then, base=base),))
    compared = replace(round, earlier=(other,))
    found = check(compared, tables(compared), DEFINITIONS, BOOK)
    told = [f for f in found if f.what.startswith("Större förändring")]
    assert "Tabell 4, Våldsutsatta kvinnor" in [f.where for f in told]
    assert {f.severity.value for f in told} == {"varning"}
    (women,) = [f for f in told if f.where == "Tabell 4, Våldsutsatta kvinnor"]
    assert women.expected == "omkring 100\N{NO-BREAK SPACE}% av projekten"


# --- what is written ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(later, tmp_path_factory):
    return write(later, tmp_path_factory.mktemp("ut"))


def test_comparison_file(written):
    with (written / "tabeller" / "jamforelse.csv").open(encoding="utf-8", newline="") as file:
        rows = {(r["tabell"], r["rad"], r["kolumn"]): r for r in csv.DictReader(file)}
    barn = rows["tabell4", "barn", "antal"]
    assert (barn["tidigare_omgang"], barn["nu"], barn["tidigare"]) == ("Omgång 2011", "2", "1")
    assert barn["forandring"] == "1"
    assert barn["andel_nu"] == "0.6667"
    assert barn["forandring_andel"] == "0.4167"
    assert int(barn["forandring_nedre"]) <= 1 <= int(barn["forandring_ovre"])
    money = rows["tabell6", "beviljat", "belopp"]
    assert (money["forandring"], money["forandring_nedre"]) == ("-90500", "")


def test_contents_tell_what_the_next_round_needs(written):
    again = read_round(written)
    assert again.name == "Omgång 2012"
    assert [(t.id, t.base) for t in again.tables][2:5] == [
        ("tabell3", 3),
        ("tabell4", 3),
        ("tabell5", 3),
    ]


def test_without_earlier_round_an_old_comparison_goes(written, tmp_path):
    out = write(later_round(), tmp_path)
    (out / "tabeller" / "jamforelse.csv").write_text("gammal", encoding="utf-8")
    (out / "tabeller" / "tabell9.csv").write_text("gammal", encoding="utf-8")
    write(later_round(), out)
    names = {p.name for p in (out / "tabeller").iterdir()}
    assert {n for n in names if n.startswith("tabell")} == {f"tabell{n}.csv" for n in range(1, 7)}
    assert "jamforelse.csv" not in names


def test_workbook_has_a_sheet_of_change_for_each_table(written):
    book = openpyxl.load_workbook(written / "sammanstallning.xlsx")
    assert [n for n in book.sheetnames if n.startswith("Förändring")] == [
        f"Förändring {n}" for n in range(1, 7)
    ]
    sheet = book["Förändring 4"]
    headings = [c.value for c in sheet[4]]
    assert headings[1:8:2] == ["Omgång 2012", "Omgång 2011", "Förändring", "Andel, Omgång 2012"]
    (barn,) = [row for row in sheet.iter_rows(min_row=5) if row[0].value == "Barn som upplevt våld"]
    assert (barn[1].value, barn[3].value, barn[5].value) == (2, 1, 1)
    links = [c.hyperlink.location for row in book.worksheets[0].iter_rows() for c in row
             if c.hyperlink and "Förändring" in (c.hyperlink.location or "")]  # fmt: skip
    assert len(links) == 6


def test_report_has_a_chapter_of_change(later):
    blocks = change_blocks(later, tables(later))
    headings = [b.text for b in blocks if isinstance(b, Heading)]
    assert headings[0] == "Förändring sedan Omgång 2011"
    assert len(headings) == 7
    grids = {b.id: b for b in blocks if isinstance(b, Grid)}
    assert len({*grids}) == 5 + 4  # one a table, but for the four columns by county
    for grid in grids.values():
        assert {len(row) for row in grid.rows} == {len(grid.headings)}
    barn = next(r for r in grids["forandring-1-tabell4-antal"].rows if r[0].startswith("Barn"))
    assert [cell.split("\N{NO-BREAK SPACE}")[0] for cell in barn[1:3]] == ["2 (67", "1 (25"]
    assert barn[3].startswith("+1 (")
    assert barn[4].startswith("+41,7 (")
    charts = [b for b in blocks if isinstance(b, BarChart)]
    assert [c.before for c in charts] == ["Omgång 2011"] * 3
    bar = next(b for b in charts[1].bars if b.label.startswith("Barn"))
    assert (bar.value, bar.before) == pytest.approx((200 / 3, 25))
    assert not any(isinstance(b, Listing) for b in blocks)


def test_a_round_that_shares_no_figure_with_the_earlier_says_so(later, earlier):
    nothing = replace(later, earlier=(replace(earlier, tables=()),))
    said = [b.text for b in change_blocks(nothing, tables(nothing)) if isinstance(b, Paragraph)]
    assert said[0] == "Inga antal kan jämföras med Omgång 2011."


def test_without_earlier_round_there_is_no_chapter():
    assert change_blocks(small_round(), tables(small_round())) == ()


# --- rounds that cannot be read -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("tabell4.csv", "rad,antal\nbarn,tre\n", "antal ska vara ett tal, inte 'tre'"),
        ("tabell4.csv", "rad,antal\nbarn,NaN\n", "antal ska vara ett tal, inte 'NaN'"),
        ("tabell4.csv", "rad,antal\nbarn,1\nbarn,2\n", "raden 'barn' står två gånger"),
        ("tabell4.csv", "etikett,antal\nBarn,1\n", "kolumnen rad saknas @ tabell4.csv:1"),
        ("tabell4.csv", "rad,antal\nbarn,1,2\n", "fler värden än kolumner @ tabell4.csv:2"),
        ("tabell4.csv", "rad,antal\n,1\n", "raden saknar id i kolumnen rad @ tabell4.csv:2"),
        ("tabell4.csv", "", "filen är tom eller ingen CSV @ tabell4.csv"),
        ("tabell4.csv", "rad,antal,antal_nedre\nbarn,1,2\n", "utanför sitt intervall"),
        ("tabell4.csv", "rad,antal,antal_ovre\nbarn,1,x\n", "intervallet för antal"),
        ("innehall.csv", "tabell,nummer\ntabell4,4\n", "kolumnen projekt saknas"),
        (
            "innehall.csv",
            "tabell,nummer,rubrik,projekt,omgang\ntabell4,4,,många,\n",
            "projekt ska vara ett heltal, inte 'många'",
        ),
        ("annat.csv", "rad,antal\n", "har inga tabeller"),
    ],
)
def test_faults_of_an_earlier_round_are_told(tmp_path, name, text, fault):
    if name == "innehall.csv":
        (tmp_path / "tabell4.csv").write_text("rad,antal\nbarn,1\n", encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(EarlierError, match=r".") as error:
        find_rounds([str(tmp_path)], DEFINITIONS, BOOK)
    assert fault in str(error.value)


def test_a_table_as_excel_saves_it_is_read(tmp_path):
    text = "rad;etikett;antal\r\n9;Gotland;2\r\n25;Norrbotten;4\r\n;;\r\nsumma;Summa;6\r\n"
    (tmp_path / "tabell2.csv").write_bytes(text.encode("cp1252"))
    ((table,),) = (one.tables for one in find_rounds([str(tmp_path)], DEFINITIONS, BOOK))
    assert {id: f["antal"].value for id, f in table.figures.items()} == {
        "09": 2, "25": 4, "summa": 6,
    }  # fmt: skip


@pytest.mark.parametrize("count", ["9", "-1"])
def test_a_count_that_is_no_share_of_its_projects_is_told(later, tmp_path, count):
    contents = "tabell,nummer,rubrik,projekt,omgang\ntabell4,4,,4,Då\n"
    (tmp_path / "innehall.csv").write_text(contents, encoding="utf-8")
    (tmp_path / "tabell4.csv").write_text(f"rad,antal\nbarn,{count}\n", encoding="utf-8")
    (earlier,) = find_rounds([str(tmp_path)], DEFINITIONS, BOOK)
    round = replace(later, earlier=(earlier,))
    (comparison,) = compare(round, tables(round))
    (compared,) = comparison.tables
    (barn,) = (c for c in compared.changes if c.row == "barn" and c.change)
    assert (barn.share_then, barn.share_change, barn.improbable) == (None, None, False)
    assert any("Andelar jämförs inte" in n and barn.label in n for n in compared.notes)


def test_a_round_that_is_not_there_names_those_that_are():
    with pytest.raises(EarlierError, match="2011_39"):
        find_rounds(["2099"], DEFINITIONS, BOOK)
