"""How a clause speaks decides what its words mean."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.language.swedish import analyse
from pipeline.rules.statements_dates import Written
from pipeline.rules.statements_voice import Clauses

VOICES = [
    ("Gruppen träffas varje vecka.", "träffas", "says"),
    ("Gruppen ska träffas i höst.", "träffas", "planned"),
    ("Gruppen träffas inte längre.", "träffas", "negated"),
    ("Gruppen borde träffas oftare.", "träffas", "wished"),
    ("Det behövs en fast tjänst.", "fast tjänst", "wished"),
    ("Vi hoppas på en fast tjänst.", "fast tjänst", "planned"),
    ("Utbildningen hölls, men någon föreläsning blev det inte.", "Utbildningen", "says"),
    ("Inte minst har gruppen träffats.", "träffats", "says"),
    ("Inte bara polisen träffas här.", "träffas", "says"),
    ("Mötena hålls som planerat.", "Mötena", "says"),
    ("Träffarna hålls på ordinarie tid och kostar inget.", "ordinarie", "says"),
    ("Äldre fanns med i början men ströks sedan.", "Äldre", "dropped"),
    ("Arbetet med män ströks ur planen.", "män", "dropped"),
    ("Hedersvåld omfattas inte.", "Hedersvåld", "dropped"),
    ("Gruppen för män skrinlades tidigt.", "män", "dropped"),
    ("Frågan om tvångsgifte har avförts.", "tvångsgifte", "dropped"),
    ("Enligt statistiken ökar våldet.", "våldet", "others"),
    ("Rutinen används och ska ses över nästa år.", "används", "says"),
    ("Rutinen används och ska ses över nästa år.", "ses över", "planned"),
]


@pytest.mark.parametrize(("sentence", "words", "expected"), VOICES)
def test_voice(sentence: str, words: str, expected: str) -> None:
    start = sentence.index(words)
    clauses = Clauses(analyse(sentence)[:])
    assert clauses.voice(start, start + len(words)) == expected


MAY = date(2012, 5, 20)
DATED = [
    ("Mottagningen drivs av kommunen från 2014.", "drivs", "planned"),
    ("Mottagningen drivs av kommunen från 2011.", "drivs", "says"),
    ("Rutinen läggs in i handboken från hösten 2012.", "läggs in", "planned"),
    ("Rutinen läggs in i handboken fr.o.m. september.", "läggs in", "planned"),
    ("Rutinen ingår från mars i handboken.", "ingår", "says"),
    ("Från den 1 juni ingår gruppen i linjen.", "ingår", "planned"),
    ("Från den 1 april ingår gruppen i linjen.", "ingår", "says"),
    ("Planen fastställdes till november 2011.", "fastställdes", "says"),
    ("Avtalet betalas till november 2013.", "betalas", "planned"),
    # a day speaks of what stands beside it
    ("Tjänsten blir fast från 2013 och gruppen är inskriven i planen.", "blir fast", "planned"),
    ("Tjänsten blir fast från 2013 och gruppen är inskriven i planen.", "inskriven", "says"),
]


@pytest.mark.parametrize(("sentence", "words", "expected"), DATED)
def test_what_holds_from_a_later_day_is_planned(sentence: str, words: str, expected: str) -> None:
    start = sentence.index(words)
    clauses = Clauses(analyse(sentence)[:], "voice_integrering", Written(MAY, MAY))
    assert clauses.voice(start, start + len(words)) == expected


INSERTED = [
    ("Utbildningen om äldre som skulle hållits i mars blev inställd.", "Utbildningen", "dropped"),
    ("Den kurs för lärarna som ingick i budgeten genomfördes inte.", "kurs", "negated"),
    ("Den kurs för lärarna som hölls i maj ska upprepas.", "kurs", "planned"),
    ("Rutinen som skrevs i våras används på enheten.", "Rutinen", "says"),
    ("Gruppen, som inte träffats på ett år, möts igen varje vecka.", "Gruppen", "says"),
]


@pytest.mark.parametrize(("sentence", "words", "expected"), INSERTED)
def test_a_clause_goes_on_after_one_put_into_it(sentence: str, words: str, expected: str) -> None:
    start = sentence.index(words)
    clauses = Clauses(analyse(sentence, parsed=True)[:], "voice_innehall")
    assert clauses.voice(start, start + len(words)) == expected


def test_a_time_to_come_is_not_hidden_by_what_hides_its_denial() -> None:
    sentence = "Avtalet är ännu inte undertecknat."
    clauses = Clauses(analyse(sentence)[:], "voice_integrering")
    assert clauses.voice(sentence.index("undertecknat"), len(sentence) - 1) == "planned"
