"""Texts that once broke or misled the rules: each is read, and what it says is what it says."""

from __future__ import annotations

import pytest

from corpus.types import Context
from tests.decide.build import case, decided

ODD = [
    "Målet var hälften. 12 av 0 gick klart.",
    "Syfte " + "." * 1500,
    "\u017fex av elva mål nåddes.",  # a long s, as OCR engines read it
    "½",
    "\x00",
    "☒ ☐ ☒",
]


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("question", ["mal", "maluppfyllelse", "aktor_rattsvasende", "integrering"])
def test_nothing_written_stops_a_report(question, text):
    assert len(decided(case({question: text}))) == 58


@pytest.mark.parametrize(
    ("answers", "partner", "value"),
    [
        ({"aktor_rattsvasende": "Polisen var med på alla träffar, frånvaro 0."}, "polis", True),
        ({"aktor_rattsvasende": "Polisen 0, åklagaren 4"}, "polis", False),
    ],
)
def test_what_a_word_says_of_a_partner_stays_where_it_belongs(answers, partner, value):
    assert decided(case(answers))["partner", partner].value is value


def test_a_refusal_does_not_reach_into_the_next_question():
    one = case(
        {
            "aktor_frivilligorganisation": "Kvinnojouren tackade nej.",
            "insatser": "Samma lokal hyrdes av skolan.",
        }
    )
    contexts = {m.category: m.context for m in one.mentions if m.variable == "partner"}
    assert contexts["kvinnojour"] is Context.NEJ
    assert contexts["skola"] is not Context.NEJ


def test_that_something_new_came_in_is_no_training_dropped():
    said = decided(case({"insatser": "Vi fick utbildning och fick in nya vanor."}))
    assert said["innehall", "utbildning"].value
