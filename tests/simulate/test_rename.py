"""What becomes of places, people, amounts and years: (before, after) for a report of Sala, 2008."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date

import pytest

from corpus.records import Gold
from corpus.simulate.library import Source
from corpus.simulate.pieces import Piece
from corpus.simulate.rename import Home, settle

SALA = Source(
    id="x", writer="x", lan="Västmanland", kommun="Sala", districts=(), blankett="slut", titel="",
    start=date(2008, 9, 1), end=date(2010, 8, 31), belopp=150_000,
    gold=Gold((), {}, (), "helt", (), False, True, "avslutat"), fields={}, ticked=frozenset(),
)  # fmt: skip


def home(country, **changes):
    base = Home(country, "Värmland", "Arvika", 90_000, 2010, random.Random(1), "Sala")
    return replace(base, **changes)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Gruppen i Sala möts.", "Gruppen i Arvika möts."),
        ("Salas närpolis, SALA KOMMUN", "Arvikas närpolis, ARVIKA KOMMUN"),
        ("Västmanlands läns landsting", "Värmlands läns landsting"),
        ("Salabostäder hyr ut.", "Arvikabostäder hyr ut."),
        ("Vi fick 150 000 kr, 15 000 kr gick åt.", "Vi fick 90 000 kr, 9 000 kr gick åt."),
        ("150.000:- beviljat", "90.000:- beviljat"),
        ("150 tkr", "90 tkr"),
        ("Konto 58123, tel 1234567", "Konto 58123, tel 1234567"),
        ("hösten 2008, 2009-03-01", "hösten 2010, 2011-03-01"),
        ("ht 08 och våren -09", "ht 10 och våren -11"),
        ("sedan 1998 och 2005", "sedan 1998 och 2005"),
        ("Kursen gavs av Uppsala universitet.", "Kursen gavs av Uppsala universitet."),
    ],
)
def test_settled(before, after, country):
    assert settle(Piece(before), SALA, home(country)).text == after


def test_other_municipalities_become_neighbours_and_stay_the_same(country):
    there = home(country)
    text = settle(Piece("Heby och Köping. Sedan kom Heby. Hebys buss."), SALA, there).text
    first, second = re.findall(r"^(\S+) och (\S+)\. Sedan kom", text)[0]
    assert text == f"{first} och {second}. Sedan kom {first}. {first.rstrip('s')}s buss."
    assert {first, second} <= set(country.counties["Värmland"]) - {"Arvika"}


def test_people_get_other_names(country):
    text = settle(Piece("Kerstin Holm ringde. Då kom Kerstin."), SALA, home(country)).text
    first, family, again = re.findall(r"^(\S+) (\S+) ringde\. Då kom (\S+)\.", text)[0]
    assert first == again
    assert first != "Kerstin" and family != "Holm"


def test_nothing_is_left_of_the_donors_place(library, country):
    for source in library.sources:
        if source.kommun in ("Mark", "Vara", "Gotland"):  # words as well, or the new home
            continue
        there = home(country, lan="Gotland", kommun="Gotland", avoid=source.kommun)
        for piece in source.fields.values():
            text = settle(piece, source, there).text
            assert not re.search(rf"\b{source.kommun}\b", text), source.id
