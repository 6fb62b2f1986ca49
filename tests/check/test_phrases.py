"""Arithmetic within sentences, and what only looks like it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.check.claims import claims_of
from pipeline.check.numerals import Numerals
from pipeline.check.partitions import partitions
from pipeline.check.periods import consists, periods
from pipeline.check.phrases import phrases
from pipeline.check.scopes import Scopes
from pipeline.check.sentences import scope_of
from pipeline.check.types import Sentence
from pipeline.check.words import load_words

WORDS = load_words()


def found(*texts):
    """Expected and found of every remark on the sentences."""
    sentences = [Sentence(t, scope=scope_of(t, WORDS)) for t in texts]
    claims = claims_of(sentences, Numerals(WORDS), WORDS)
    told = [
        *phrases(claims, WORDS),
        *partitions(claims, {"projekt": Decimal(62)}, Scopes(frozenset()), WORDS),
        *periods(sentences, WORDS),
        *consists(claims, WORDS),
    ]
    return [
        (f.expected.replace("\N{NO-BREAK SPACE}", " "), f.found.replace("\N{NO-BREAK SPACE}", " "))
        for f in told
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Av 40 projekt nådde 20 målen helt, 15 delvis och 10 inte alls.", [("högst 40", "45")]),
        ("Av 40 projekt nådde 20 målen helt, 15 delvis och 5 inte alls.", []),
        ("Av 40 projekt samverkade 30 med polisen och 25 med skolan.", []),
        ("32 av 40 kommuner svarade och de återstående 10 gjorde det inte.", [("8", "10")]),
        ("32 av 40 kommuner svarade och de återstående 8 gjorde det inte.", []),
        ("Bidragen var 3 miljoner, 4 miljoner och 5 miljoner, totalt 13 miljoner kronor.",
         [("12 000 000", "13 000 000")]),
        ("Bidragen var 3 miljoner, 4 miljoner och 5 miljoner, totalt 12 miljoner kronor.", []),
        ("Programmet har 30 insatser fördelade på 12 nya och 16 äldre.", [("28", "30")]),
        ("Programmet har 30 insatser fördelade på 14 nya och 16 äldre.", []),
        ("Programmet har 30 insatser fördelade på fyra län och två år.", []),
        ("Antalet insatser minskade från 50 till 40, en minskning med 25 procent.",
         [("20 %", "25 %")]),
        ("Antalet insatser minskade med 20 procent, från 50 till 40.", []),
        ("Andelen var 37 procent (55 av 148 projekt).", []),
        ("Andelen var 39 procent (55 av 148 projekt).", [("37,2 %", "39 %")]),
        ("Nästan hälften, 18 av 40 projekt, 45 procent av medlen, gick till skolor.", []),
        ("Här beviljades 60 projekt, varav 64 i Norrlund.", [("högst 60", "64")]),
        ("Av projekten har 41 avslutats medan 25 pågår.", [("62", "66")]),
        ("Av projekten har 41 avslutats medan 21 pågår.", []),
        ("Av projekten har 41 samverkat med polisen medan 25 pågår.", []),
        ("Här deltog 900 personer, varav 600 kvinnor och 200 män.", [("900", "800")]),
        ("Här deltog 900 personer, varav 600 kvinnor och 300 män.", []),
        ("Här beviljades 60 projekt, varav 50 för kvinnor och 40 för män.", []),
        ("Enligt 11 kap. 2 § och skr. 2007/08:39, s. 12 av 10, gäller 5 av 7 krav.", []),
    ],
)  # fmt: skip
def test_one_sentence(text, expected):
    assert found(text) == expected


def test_amounts_of_one_sentence_are_summed_in_the_next():
    years = "För 2015 gavs två miljoner kronor och för 2016 gavs fem miljoner kronor."
    assert found(years, "Sammanlagt har alltså 8 miljoner kronor delats ut.") == [
        ("7 000 000", "8 000 000")
    ]
    assert found(years, "Sammanlagt har alltså 7 miljoner kronor delats ut.") == []


def test_periods_of_an_interim_report_are_another_matter():
    whole = "Perioden är 2014-01-01 till 2016-12-31."
    assert found(whole, "Redovisningsperioden var 2014-01-01 till 2016-06-30.") == [
        ("2014-01-01 – 2016-12-31", "2014-01-01 – 2016-06-30")
    ]
    assert found(whole, "Delrapporten avsåg perioden 2014-01-01 till 2015-06-30.") == []
    assert found(whole, "Ansökan lämnades från 2014-01-01 till 2014-03-31.") == []


def test_periods_by_different_names_are_different():
    project = "Projektperioden är 2017-09-01 till 2019-12-31."
    assert found(project, "Redovisningsperioden är 1 september 2017 till 31 december 2018.") == []
    assert len(found(project, "Projekttiden är 1 september 2017 till 31 december 2018.")) == 1
    assert len(found(project, "Hela perioden är 1 september 2017 till 31 december 2018.")) == 1


def test_forms_of_different_length():
    assert found("Enkäten består av 14 frågor.", "Enkäten innehåller tolv frågor.") == [
        ("14", "12")
    ]
    assert found("Enkäten består av 14 frågor.", "Blanketten innehåller tolv frågor.") == []
