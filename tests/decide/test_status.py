"""Whether a project has ended, told in words on a form without ticks, and against its ticks."""

from __future__ import annotations

import pytest

from tests.decide.build import case, decided, held

ROWS = [
    ("ovrigt", "Satsningen upphörde vid årsskiftet.", "avslutat"),
    ("ovrigt", "Vi avbröt projektet redan efter tre månader.", "avslutat"),
    ("integrering", "Sedan projektet avslutades leder skolan gruppen.", "avslutat"),
    ("insatser", "Sista träffen hölls i oktober.", "avslutat"),
    ("ovrigt", "Lades ner i maj.", "avslutat"),
    ("insatser", "Projektet är inne i sin andra fas.", "pagar"),
    ("ovrigt", "Starten är framflyttad till våren.", "pagar"),
    ("insatser", "Arbetet har ännu inte kommit i gång.", "pagar"),
    ("maluppfyllelse", "Vi har ett halvår kvar, så det är för tidigt.", "pagar"),
    ("insatser", "Just nu går den andra kursen.", "pagar"),
    ("integrering", "Så länge projektet pågår kallar projektledaren.", "pagar"),
    ("ovrigt", "Det går inte att få besked om huruvida arbetet bedrivs ännu.", "oklart"),
    ("insatser", "Nätverk och två kurser.", "oklart"),
    ("integrering", "När projektet är slut tar vårdcentralen över.", "oklart"),
]


@pytest.mark.parametrize(("question", "answer", "expected"), ROWS)
def test_status_in_words(question: str, answer: str, expected: str) -> None:
    assert held("status", decided(case({question: answer}))) == {expected}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Projektet är inne i sin andra fas.", "pagar"),
        ("Samverkan fortsätter i gruppen.", "avslutat"),
    ],
)
def test_words_go_before_a_tick(answer: str, expected: str) -> None:
    cells = decided(case({"insatser": answer}, ["redovisning.slut"]))
    assert held("status", cells) == {expected}
