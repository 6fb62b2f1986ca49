"""The grant as the answer to the question of money states it, on a form and in a free text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.types import Answer
from pipeline.parse.header import money_answer

FORM = [
    ("185", 185000),
    ("ca 85", 85000),
    ("cirka 85.", 85000),
    ("160 000, allt använt", 160000),
    ("Se bilaga", None),
    ("7", None),
]
FREE = [
    ("160 000, allt använt till löner.", 160000),
    ("Ca 90 000 kr. Länsstyrelsen betalade i maj.", 90000),
    ("Vi beviljades 75 000 kr. Allt gick åt.", 75000),
    ("Materialet kostade 15 000 kr.", None),
    ("Vi nådde 1 200 besökare.", None),
    ("185", None),
]


def read(text: str, *, form: bool) -> Decimal | None:
    return money_answer(text, [Answer("belopp", 0, len(text))], form=form)


@pytest.mark.parametrize(("text", "amount"), FORM)
def test_a_forms_box(text, amount):
    assert read(text, form=True) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(("text", "amount"), FREE)
def test_under_a_heading_of_a_free_text(text, amount):
    assert read(text, form=False) == (None if amount is None else Decimal(amount))


def test_other_questions_say_nothing_of_the_grant():
    assert money_answer("90 000 kr", [Answer("insatser", 0, 9)], form=True) is None
