"""An invented report: clean it gives nothing, each changed figure is found with both figures."""

from __future__ import annotations

import pytest

from tests.check.made_up import REPORT, findings

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
    ("Inom 25 av", "Inom 27 av", "Sammanfattning", "25", "27"),
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
