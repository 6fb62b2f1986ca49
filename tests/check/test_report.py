"""An invented report: clean it gives nothing, each changed figure is found with both figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.made_up import REPORT, findings
from tests.check.made_up_second import SECOND

FAULTS = [
    # (what stands, what is put there, part of the place, expected, found)
    ("Västerskog\t9\t", "Västerskog\t8\t", "Tabell 1, raden Summa, kolumnen Antal", "61", "62"),
    ("\t510 000", "\t520 000", "raden Norrlund, kolumnen Summa", "510 000", "520 000"),
    ("\t4 600 000", "\t4 650 000", "raden Summa, kolumnen Summa", "4 600 000", "4 650 000"),
    ("\t2 250 000", "\t2 200 000", "kolumnen Beviljat belopp 2015", "2 250 000", "2 200 000"),
    ("skolan\t30\t48", "skolan\t30\t58", "Tabell 2, raden Samverkan med skolan", "48,4 %", "58 %"),
    ("gymnasiet\t11\t18", "gymnasiet\t31\t50", "raden varav gymnasiet", "högst 30", "31"),
    ("Pågående projekt\t21", "Pågående projekt\t23", "Tabell 3, raden Totalt", "64", "62"),
    ("41 avslutade och 21", "41 avslutade och 25", "Sammanfattning", "62", "66"),
    ("har 62 projekt bev", "har 60 projekt bev", "Sammanfattning", "62", "60"),
    ("4,6 miljoner", "4,9 miljoner", "Sammanfattning", "4 600 000", "4 900 000"),
    ("18 projekt (29", "18 projekt (39", "Sammanfattning", "29 %", "39 %"),
    ("nu i 25 av", "nu i 27 av", "Sammanfattning", "25", "27"),
    ("Drygt 60 procent", "Drygt 70 procent", "Sammanfattning", "61,3 %", "70 %"),
    ("De 62 projekten finns", "De 59 projekten finns", "Så gick det till", "62", "59"),
    (
        "var 1 januari 2014",
        "var 1 mars 2014",
        "Så gick det till",
        "2014-01-01 – 2016-12-31",
        "2014-03-01 – 2016-12-31",
    ),
    ("lagt 2 040 000", "lagt 2 140 000", "Resultat", "2 040 000", "2 140 000"),
    ("Sammanlagt 62 projekt", "Sammanlagt 64 projekt", "Resultat", "62", "64"),
    ("projekt (61 procent)", "projekt (66 procent)", "Resultat", "61,3 %", "66 %"),
    ("38 av 62 projekt", "83 av 62 projekt", "Resultat", "högst 62", "83"),
    ("30 projekt har haft", "33 projekt har haft", "Resultat", "30", "33"),
    ("ökning med 25", "ökning med 20", "Resultat", "25 %", "20 %"),
    ("medan 18 projekt", "medan 20 projekt", "Resultat", "18", "20"),
]


def test_a_report_that_adds_up_has_no_remarks(tmp_path):
    assert findings(REPORT, tmp_path) == []


@pytest.mark.parametrize(("stands", "put", "place", "expected", "found"), FAULTS)
def test_each_changed_figure_is_found(tmp_path, stands, put, place, expected, found):
    assert REPORT.count(stands) == 1
    told = findings(REPORT.replace(stands, put), tmp_path)
    assert any(place in f[0] and (f[2], f[3]) == (expected, found) for f in told), told
    assert len(told) <= 3  # the figure itself and what it is part of, nothing else


@pytest.mark.parametrize(
    ("stands", "put"),
    [
        # Other words for the same, and things that only look like contradictions.
        ("Drygt 60 procent", "61 procent"),
        ("4,6 miljoner", "knappt 5 miljoner"),
        ("Sammanlagt 62 projekt fick", "Minst 40 projekt i Österhed sökte och 25 fick"),
        ("De 62 projekten finns", "De två största projekten finns"),
        ("Enkäten består av 14 frågor.", "Enkäten består av 14 frågor. Bilagan har 3 frågor."),
        ("Enkäten består av 14 frågor.", "För 5 projekt anges inget beviljat belopp."),
        ("Enkäten består av 14 frågor.", "Enkät.\n\n7 Beviljade projekt är de som har ett beslut."),
        ("med 25 procent.", "med 100. Av deltagarna var 60 procent kvinnor."),
        ("30 projekt har haft", "Ytterligare 3 projekt har planerat"),
        ("medan 18 projekt inte har nått dem", "medan 40 projekt samverkar med polisen"),
        ("De 62 projekten finns", "I delrapporten 2015 redovisades 40 projekt. De finns"),
        ("Norrlund\t12\t200 000\t310 000\t510 000", "Norrlund\t12\t..\t..\t510 000"),
    ],
)
def test_what_is_no_contradiction_is_left_alone(tmp_path, stands, put):
    assert REPORT.count(stands) == 1
    assert findings(REPORT.replace(stands, put), tmp_path) == []


SECOND_FAULTS = [
    ("till 45 insatser i", "till 48 insatser i", "Sammanfattning", "45", "48"),
    ("fördelades 12,4", "fördelades 13,4", "Sammanfattning", "12 400 000", "13 400 000"),
    ("i 38 kommuner", "i 40 kommuner", "Sammanfattning", "38", "40"),
    ("insatserna har 29", "insatserna har 31", "Sammanfattning", "45", "47"),
    ("27 (60 procent)", "27 (66 procent)", "Sammanfattning", "60 %", "66 %"),
    ("980 kvinnor och", "950 kvinnor och", "Sammanfattning", "1 340", "1 310"),
    ("5 270", "5 370", "Tabell 1, raden Totalt, kolumnen Medel", "12 500", "12 400"),
    ("43 %", "34 %", "Tabell 1, raden Mitt, kolumnen Andel", "42,5 %", "34 %"),
    ("45          38", "45          39", "Tabell 1, raden Totalt, kolumnen Kommuner", "38", "39"),
    ("Polis\t9\t20", "Polis\t9\t25", "Tabell 2, raden Polis", "20 %", "25 %"),
    ("Polis ingick i 9", "Polis ingick i 11", "Resultat", "9", "11"),
    ("uppnådda\t7\t16", "uppnådda\t9\t16", "Tabell 3, raden Summa", "47", "45"),
    ("20 målen helt, 18", "20 målen helt, 21", "Resultat", "högst 45", "48"),
    ("ökning med 45", "ökning med 54", "Resultat", "45,2 %", "54 %"),
    ("Summa\t1 180", "Summa\t1 280", "Tabell 4, raden Summa, kolumnen 2018", "1 180", "1 280"),
    ("i region Syd 15", "i region Syd 14", "Resultat", "15", "14"),
]


def test_another_report_that_adds_up_has_no_remarks(tmp_path):
    assert findings(SECOND, tmp_path) == []


@pytest.mark.parametrize(("stands", "put", "place", "expected", "found"), SECOND_FAULTS)
def test_each_changed_figure_of_another_report(tmp_path, stands, put, place, expected, found):
    assert SECOND.count(stands) == 1
    told = findings(SECOND.replace(stands, put), tmp_path)
    assert any(place in f[0] and (f[2], f[3]) == (expected, found) for f in told), told
    assert len(told) <= 3


MONEY = """\
Tabell 6.
Pengarna

Medel att fördela\tRekvirerade medel\tBeviljade medel\tAdministration\tSammanlagda kostnader
9 000 000 kr\t8 500 000 kr\t7 600 000 kr\t400 000 kr\t8 000 000 kr

Det som är kvar, 500 000 kronor, ska återbetalas. Regeringen anslog 9 miljoner kronor.
"""


@pytest.mark.parametrize(
    ("stands", "put", "expected"),
    [
        ("9 000", "9 000", []),
        ("8 000 000 kr", "8 200 000 kr", [("8 000 000", "8 200 000")]),
        ("500 000 kronor", "550 000 kronor", [("500 000", "550 000")]),
        ("anslog 9 miljoner", "anslog 10 miljoner", [("9 000 000", "10 000 000")]),
        ("anslog 9 miljoner", "anslog cirka 9 miljoner", []),
    ],
)
def test_sums_of_money(tmp_path, stands, put, expected):
    told = findings(MONEY.replace(stands, put, 1), tmp_path)
    assert {(f[2], f[3]) for f in told} >= set(expected)
    assert bool(told) == bool(expected)


CLEAN = sorted((Path(__file__).parent / "clean").glob("*.txt"))


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_reports_of_other_kinds_have_no_remarks(tmp_path, path):
    assert findings(path.read_text(encoding="utf-8"), tmp_path) == []


@pytest.mark.parametrize(
    ("name", "stands", "put", "expected", "found"),
    [
        ("delrapport", "9\t5\t2 900 000", "9\t5\t2 800 000", "6 100 000", "6 200 000"),
        ("delrapport", "10\t2\t12", "10\t2\t13", "12", "13"),
        ("delrapport", "motsvarar 79", "motsvarar 97", "51,4 % eller 79,2 %", "97 %"),
        ("delrapport", "med 470", "med 480", "470", "480"),
        ("statsbidrag", "82,5\t27,5\t110", "82,5\t27,5\t120", "110", "120"),
        ("statsbidrag", "112\t45", "112\t54", "45,2 %", "54 %"),
        ("statsbidrag", "99\t24\t8\t131", "99\t24\t8\t132", "131", "132"),
        ("statsbidrag", "86 procent (", "68 procent (", "85,5 %", "68 %"),
        ("arsrapport", "| 143 | 17,6", "| 143 | 19,6", "17,6 %", "19,6 %"),
        ("arsrapport", "720 | -20", "720 | -30", "340", "350"),
        ("arsrapport", "med 12 procent", "med 21 procent", "12 %", "21 %"),
        ("slutredovisning", "har 58 avslutats", "har 60 avslutats", "96", "98"),
        ("slutredovisning", "61 projekt är int", "66 projekt är int", "61", "66"),
        ("slutredovisning", "I 44 projekt", "I 47 projekt", "44", "47"),
        ("slutredovisning", "96 projekt har red", "94 projekt har red", "96", "94"),
        ("slutredovisning", "15 projekt har", "19 projekt har", "15", "19"),
        ("slutredovisning", "rekvirerade 17,5", "rekvirerade 17,9", "17 500 000", "17 900 000"),
        ("slutredovisning", "ion\t800 000", "ion\t900 000", "17 100 000", "17 000 000"),
        ("slutredovisning", "ska återbetala 500", "ska återbetala 550", "500 000", "550 000"),
        ("slutredovisning", "fattar 96", "fattar 98", "96", "98"),
        ("slutredovisning", "kvinnor, 71 av", "kvinnor, 75 av", "71", "75"),
        ("lagesbild", "84         71", "86         71", "84", "86"),
        ("lagesbild", "10 av 13 kommuner", "14 av 13 kommuner", "högst 13", "14"),
    ],
)
def test_a_changed_figure_in_them_is_found(tmp_path, name, stands, put, expected, found):
    text = (Path(__file__).parent / "clean" / f"{name}.txt").read_text(encoding="utf-8")
    assert text.count(stands) == 1
    told = findings(text.replace(stands, put), tmp_path)
    assert any((f[2], f[3]) == (expected, found) for f in told), told
