"""A goal in figures is held against what came of it, wherever that stands."""

from __future__ import annotations

import pytest

from pipeline.language.swedish import analyse
from pipeline.rules.statements_targets import find_targets

OWN = "maluppfyllelse"
TARGETS = [
    ("Det skulle vara 30 personer, blev 34.", OWN, ["helt"]),
    ("Vi hade räknat med tolv familjer. Fem har deltagit.", OWN, ["delvis"]),
    ("Arton familjer har deltagit mot planerade sexton.", OWN, ["helt"]),
    ("Målet var att nå 60 ungdomar. Två har deltagit.", OWN, ["ej"]),
    ("Vid årets slut var väntetiden 20 dagar. Målet var högst 25.", OWN, ["helt"]),
    ("Väntetiden blev 40 dagar. Målet var högst 25.", OWN, ["delvis"]),
    (
        "Elva kvinnor har bott hos oss. Ni hade satt tio i ansökan. Fyra har flyttat.",
        "mal",
        ["helt"],
    ),
    ("Målet var 80 procent. 25 lärare deltog.", OWN, []),
    ("Målet sattes 2009. Det blev 14 möten.", OWN, []),
    ("Inget av målen i ansökan, tre träffar, nåddes. Vi har haft 4 samtal.", OWN, []),
    ("Kursen skulle ha varit den 14 mars men blev den 20.", OWN, []),
    ("Uppstarten tog längre tid än beräknat, fyra månader. Det kom 60 personer.", "insatser", []),
    ("Gruppen har träffats nio gånger.", OWN, []),
    ("Målet i ansökan var 24 män. 19 slutförde.", OWN, ["delvis"]),
    ("Andelen är 58 procent, målet var 50.", OWN, ["helt"]),
    ("Andelen är 58 procent, målet var 50 kvinnor.", OWN, []),
    ("Målet 30 män nåddes inte, det blev 18.", OWN, ["delvis"]),
    ("Mål 3 nåddes, det blev 18 möten.", OWN, []),
    ("Vi räknade med tolv barn och tolv blev det.", OWN, ["helt"]),
    ("19 av 33 har arbete. Målet var hälften.", OWN, ["helt"]),
    ("I 71 procent av ärendena, målet var samtliga.", OWN, ["delvis"]),
    ("Målet nåddes till hälften. 19 av 33 kom.", OWN, []),
    ("41 deltagare skulle rekommendera kursen. 60 kom.", OWN, []),
    ("Att alla tre byarna skulle få en grupp. Det blev 14 möten.", OWN, []),
]


@pytest.mark.parametrize(("answer", "question", "expected"), TARGETS)
def test_goals_in_figures(answer: str, question: str, expected: list[str]) -> None:
    found = find_targets(list(analyse(answer).sents), question)
    assert [m.category for m in found] == expected
