"""Ticked groups the writer does not stand by, and answers that say as little as "-" or "d:o"."""

from __future__ import annotations

import pytest

from annotations.codebook import load
from pipeline.decide.partners import decide_partners
from tests.decide.build import case

POLICE, COURT, CHURCH = "polis", "rattsvasende_annan", "kyrka"
TICKS = ("aktor.rattsvasende", "aktor.kyrka_samfund")


def coded(answers: dict[str, str]) -> set[str]:
    return {c.category for c in decide_partners([case(answers, TICKS)], load()) if c.value}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"ovrigt": "Tack för pengarna."}, {COURT, CHURCH}),
        ({"ovrigt": "Kryssen är ifyllda enligt ansökan."}, set()),
        ({"ovrigt": "Är osäker på vad som ska kryssas."}, set()),
        ({"aktor_kyrka_samfund": "Rutan borde inte vara ikryssad."}, {COURT}),
        ({"ovrigt": "Kryssen enl. ansökan.", "insatser": "Polisen sitter med."}, {POLICE}),
        ({"aktor_kyrka_samfund": "-"}, {COURT, CHURCH}),
        ({"aktor_kyrka_samfund": "Nej."}, {COURT}),
        ({"aktor_rattsvasende": "Kontakt ej tagen.", "aktor_kyrka_samfund": "D:o."}, set()),
        (
            {"aktor_rattsvasende": "Polisen är med.", "aktor_kyrka_samfund": "Dito"},
            {POLICE, CHURCH},
        ),
    ],
)
def test_what_a_tick_is_worth(answers, expected):
    assert coded(answers) == expected
