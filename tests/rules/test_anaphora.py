"""Sentences that go on about actors named before: pronouns, first names, and what only looks so."""

from __future__ import annotations

import pytest

from corpus.types import Context
from pipeline.language.swedish import analyse
from pipeline.rules.anaphora import goes_on
from pipeline.rules.partners import find_partners
from tests.decide.partner_reports import build


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De kommer varje månad.", True),
        ("Sen kom de två gånger till.", True),
        ("Hon sitter med på torsdagar.", True),
        ("Numera har de lämnat gruppen.", True),
        ("De fyra cheferna träffas var för sig.", False),
        ("Elva av dem fick hjälp.", False),
        ("Vi skrev rutinen på egen hand.", False),
    ],
)
def test_pronouns_that_point_back_to_an_actor(text, expected):
    assert goes_on(next(iter(analyse(text).sents)), "insatser") is expected


def mentions(text: str) -> list[tuple[str, str, Context]]:
    document, submission = build({"insatser": text})
    found = find_partners(document, submission, analyse(document.text))
    return [(m.category, document.text[m.start : m.end], m.context) for m in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Diakonen Alvar Lind ingår i gruppen. Sedan maj har Alvar hoppat av.",
            ("kyrka", "Alvar", Context.NEJ),
        ),
        (
            "Runt bordet fanns Tilde på polisen. På mötena deltar Tilde aktivt.",
            ("polis", "Tilde", Context.AKTIV),
        ),
    ],
)
def test_a_name_given_to_an_actor_means_the_actor(text, expected):
    assert expected in mentions(text)


def test_a_municipality_after_an_actor_is_no_name_of_it():
    found = mentions("RFSL Boden höll i kvällen. I våras avböjde Boden en fortsättning.")
    assert ("rfsl", "Boden", Context.NEJ) not in found
