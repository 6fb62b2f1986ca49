"""Rulings as notes: which rows they are about, and numbers that stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotations.codebook import load
from annotations.decisions.rulings import Case, Ruling, Withdrawal
from annotations.tables import load_tables
from pipeline.report.blocks import Grid
from pipeline.report.content_grids import rulings_grid
from pipeline.rulings.general import load_general
from pipeline.rulings.notes import Numbering, number
from pipeline.rulings.printed import COLUMNS, entries, write_register
from pipeline.rulings.register import about, rest_on_withdrawn
from pipeline.rulings.words import about_words, day, note
from pipeline.tables.summary_rulings import runs
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Round, Table

BOOK, TABLES = load(), load_tables()


def ruling(mark: str, *applies: str, **fields: object) -> Ruling:
    values = {"question": "Vad?", "text": f"Så i {mark}", "reason": "Därför"}
    made = {"who": "Ada", "at": "2026-03-02", "applies": applies}
    return Ruling(mark, **{**values, **made, **fields})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def tables() -> tuple[Table, ...]:
    return tabulate(Round("x", (), (), {}, {}), TABLES, BOOK)


def numbered(tables: tuple[Table, ...], *rulings: Ruling) -> Numbering:
    return number(rulings, tables, TABLES.tables, BOOK)


@pytest.mark.parametrize(
    ("applies", "table", "rows"),
    [
        ("partner.polis", "tabell3", ["polis"]),
        ("partner.rattsvasende", "tabell3", ["rattsvasende"]),
        ("partner.aklagare", "tabell3", ["aklagare", "aklagarmyndighet"]),
        ("partner.kyrka", "tabell3", ["kyrka_samfund"]),  # no row of its own: that of its group
        ("partner", "tabell3", [""]),
        ("malgrupp", "tabell4", [""]),
        ("struktur.ny", "tabell2", [""]),  # a column
        ("struktur", "tabell2", [""]),
        ("maluppfyllelse.delvis", "tabell5", ["mal_delvis"]),
        ("status", "tabell5", ["pagar", "avslutat", "status_oklart"]),
        ("innehall.reell_samverkan", "tabell5", ["reell_samverkan", "ej_reell_samverkan"]),
        ("tabell5", "tabell5", [""]),
        ("tabell5.pagar", "tabell5", ["pagar"]),
        ("tabell5.finns_inte", "tabell5", []),
        ("finns_inte.alls", "tabell5", []),
    ],
)
def test_where_a_ruling_is_noted(
    tables: tuple[Table, ...], applies: str, table: str, rows: list[str]
) -> None:
    found = numbered(tables, ruling("R1", applies))
    noted = found.tables[table]
    assert [row for row, _ in noted.marks] == rows
    assert [n.mark for n in noted.notes] == (["1"] if rows else [])
    others = [t for t in found.tables if t != table]
    assert all(not found.tables[t].notes for t in others)


def test_numbers_follow_tables_and_rows_and_are_one_in_all(tables: tuple[Table, ...]) -> None:
    last = ruling("R1", "form.lansstyrelsen_aktiv", "partner.skola")
    first = ruling("R2", "partner.polis")
    found = numbered(tables, last, first)
    assert found.numbers == {"R2": "1", "R1": "2"}
    assert [n.mark for n in found.tables["tabell3"].notes] == ["1", "2"]
    assert [n.mark for n in found.tables["tabell5"].notes] == ["2"]
    assert found.tables["tabell5"].of("lansstyrelsen_aktiv") == ("2",)
    assert numbered(tuple(reversed(tables)), last, first) == found


def test_the_general_rulings_that_are_notes_stand_under_some_table_and_are_few(
    tables: tuple[Table, ...],
) -> None:
    found = numbered(tables, *load_general())
    assert set(found.numbers) == {r.mark for r in load_general() if r.note}
    assert max(len(noted.notes) for noted in found.tables.values()) <= 5
    assert sorted(map(int, found.numbers.values())) == list(range(1, len(found.numbers) + 1))


def test_every_general_ruling_is_in_the_register(tables: tuple[Table, ...]) -> None:
    found = numbered(tables, *load_general())
    shown = entries(load_general(), found.numbers, tables, BOOK)
    assert {e.mark for e in shown} == {r.mark for r in load_general()}
    (grid,) = rulings_grid(shown)
    assert isinstance(grid, Grid)
    printed = {row[1]: row[0] for row in grid.rows}
    assert printed == {r.mark: found.numbers.get(r.mark, "–") for r in load_general()}
    assert "–" in printed.values()


def test_a_ruling_of_the_register_only_is_no_note(tables: tuple[Table, ...]) -> None:
    found = numbered(tables, ruling("P1", "partner", note=False), ruling("R1", "partner"))
    assert found.numbers == {"R1": "1"}
    assert found.tables["tabell3"].of("") == ("1",)


def test_what_was_taken_back_is_no_note_but_stays_in_the_register(
    tables: tuple[Table, ...],
) -> None:
    gone = ruling("R1", "partner", withdrawn=Withdrawal("Bo", "2026-03-03", "Fel", "R2"))
    kept = ruling("R2", "partner")
    found = numbered(tables, gone, kept)
    assert found.numbers == {"R2": "1"}
    shown = entries((gone, kept), found.numbers, tables, BOOK)
    assert [(e.mark, e.number, e.withdrawn) for e in shown] == [
        ("R2", "1", False),
        ("R1", "", True),
    ]
    assert shown[1].ruling == "Så i R1. Återkallad 3 mars 2026 av Bo. Fel."


def test_the_words_of_a_note() -> None:
    cases = (Case("a"), Case("a", "partner", "polis"), Case("b"))
    assert note(ruling("R1", "partner")) == "Så i R1. Skäl: Därför. (R1, Ada, 2 mars 2026.)"
    assert note(ruling("R1", "partner", cases=cases)).endswith("; tillämpad i 2\u00a0projekt.)")


def test_what_it_is_about_in_words(tables: tuple[Table, ...]) -> None:
    applies = ("partner.polis", "partner.skola", "tabell5.pagar", "tabell6", "okand")
    expected = (
        "Samverkansparter: Polis, Skola och förskola; Tabell 5: Projektet pågår; Tabell 6; okand"
    )
    assert about_words(applies, BOOK, tables) == about_words(applies, BOOK) == expected


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-03-02", "2 mars 2026"),
        ("2026-03-02T12:00:00.000+00:00", "2 mars 2026"),
        ("snart", "snart"),
    ],
)
def test_days(at: str, words: str) -> None:
    assert day(at) == words


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        (("4", "5", "6", "9"), "4–6, 9"),
        (("1", "2"), "1, 2"),
        (("7",), "7"),
        ((), ""),
    ],
)
def test_numbers_in_a_row_are_a_run(marks: tuple[str, ...], words: str) -> None:
    assert runs(marks) == words


def test_rulings_of_a_question() -> None:
    rulings = (
        ruling("R1", "partner.rattsvasende"),
        ruling("R2", "partner.skola"),
        ruling("R3", "maluppfyllelse.ej"),
        replace(ruling("R4", "partner"), withdrawn=Withdrawal("Bo", "2026-03-03", "Fel")),
    )
    assert [r.mark for r in about(rulings, BOOK, "partner", "polis")] == ["R1"]
    assert [r.mark for r in about(rulings, BOOK, "maluppfyllelse", "")] == ["R3"]
    assert about(rulings, BOOK, "status", "") == ()


def test_only_decisions_by_what_was_taken_back_are_remarked_on() -> None:
    cases = (Case("a", "partner", "polis", "Ada", "2026-03-02", 7), Case("b"))
    gone = Withdrawal("Bo", "2026-03-03", "Fel", "R2")
    rulings = (
        ruling("R1", "partner", cases=cases, withdrawn=gone),
        ruling("R2", "partner", cases=cases),
    )
    (finding,) = rest_on_withdrawn(rulings)
    assert (finding.where, finding.expected, finding.found) == ("a", "tolkning R2", "R1")


def test_the_register_as_a_file(tmp_path) -> None:
    import csv

    cases = (Case("a;b"), Case("c", "partner", "polis"))
    gone = Withdrawal("Bo", "2026-03-03", "Fel", "R2")
    given = (ruling("R1", "partner", withdrawn=gone), ruling("R2", "partner", cases=cases))
    path = write_register(given, {"R2": "1"}, tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert list(first) == COLUMNS
    assert (first["not"], first["aterkallad_av"], first["ersatt_av"]) == ("", "Bo", "R2")
    assert (second["not"], second["antal_projekt"], second["projekt"]) == ("1", "2", "a;b; c")
