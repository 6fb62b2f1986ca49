"""Answers that point elsewhere are read there; those that say something are not."""

from __future__ import annotations

import pytest

from corpus.types import Answer, Document, Page
from pipeline.rules.statements_elsewhere import refers
from tests.decide.build import case, decided, held

ANSWERS = [
    ("Se ovan.", True),
    ("se 2b", True),
    ("Se svaret på fråga 3", True),
    ("Samma som ovan", True),
    ("Framgår av svaret under 2a.", True),
    ("Se bilaga 1", True),
    ("Ja, se ovan.", False),
    ("Se till att fler får veta.", False),
    ("Samma grupp träffas varje månad", False),
    ("Vi ser att fler söker hjälp.", False),
    ("", False),
]


@pytest.mark.parametrize(("answer", "expected"), ANSWERS)
def test_what_only_points_elsewhere(answer: str, expected: bool) -> None:
    document = Document("a", "", "txt", answer, (Page(1, 0, len(answer)),))
    assert refers(document, Answer("integrering", 0, len(answer))) is expected


@pytest.mark.parametrize("own", ["Se 2b.", "se fråga 2", "", "-"])
def test_the_answer_pointed_to_is_read(own: str) -> None:
    told = "Rutinen skrevs klar. Målet är delvis nått, till hälften ungefär."
    cells = decided(case({"insatser": told, "maluppfyllelse": own}))
    assert held("maluppfyllelse", cells) == {"delvis"}


def test_an_answer_of_its_own_is_believed_alone() -> None:
    told = "Målet är delvis nått, till hälften ungefär."
    cells = decided(case({"insatser": told, "maluppfyllelse": "Ja, helt och hållet."}))
    assert held("maluppfyllelse", cells) == {"helt"}
