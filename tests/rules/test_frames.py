"""What verbs and nouns say about the actor that hangs on them."""

from __future__ import annotations

import pytest

from corpus.types import Context
from pipeline.language.swedish import analyse
from pipeline.rules.check_frames import check_frames, read_marked
from pipeline.rules.roles import AGENT, OBJECT, SUBJECT, parts

AKTIV, INBJ, PLAN, NEJ = Context.AKTIV, Context.INBJUDEN, Context.PLANERAD, Context.NEJ
ANNAN, OMN = Context.ANNAN, Context.OMNAMND


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # who gives to whom
        ("Vi utbildade [[lärarna]] och [[polisen]] om våld.", [INBJ, INBJ]),
        ("[[Polisen]] utbildade våra volontärer.", [AKTIV]),
        ("Utbildningen hölls av [[Brottsofferjouren]].", [AKTIV]),
        ("Föreställningen sågs av eleverna på [[gymnasiet]].", [INBJ]),
        ("[[Tingsrätten]] fick våra foldrar.", [INBJ]),
        ("Foldern skickades till [[kyrkan]], [[skolan]] och [[apoteket]].", [INBJ, INBJ, INBJ]),
        ("Boken lånades från [[biblioteket]].", [OMN]),
        ("[[Polisen]] föreläste en eftermiddag men är inte med i gruppen.", [AKTIV]),
        ("[[Polisen]] har föreläst för oss men sitter inte med.", [AKTIV]),
        ("[[Polisen]] föreläste inte och sitter inte med.", [NEJ]),
        ("[[Polisen]] är inte med i gruppen.", [NEJ]),
        ("Vi hade inga deltagare från [[BUP]].", [NEJ]),
        ("Vi hade deltagare från [[BUP]].", [INBJ]),
        # promised, fell through, denied
        ("Från mars tar [[jouren]] över telefonen.", [PLAN]),
        ("[[Jouren]] tog över telefonen i mars.", [AKTIV]),
        ("[[Jouren]] skulle ta telefonen men fick inte ihop schemat.", [NEJ]),
        ("Remissen besvarades aldrig av [[lasarettet]].", [NEJ]),
        # others' work and others' errands
        ("I förra projektet medverkade [[åklagaren]].", [ANNAN]),
        ("Metoden kommer ursprungligen från [[frivården]].", [ANNAN]),
        ("Flera av kvinnorna hade varit på [[akuten]].", [OMN]),
        ("Närmaste [[åklagare]] sitter tolv mil bort.", [OMN]),
    ],
)
def test_what_a_verb_says_of_its_actor(text: str, expected: list[Context]):
    assert [reading.context for _, reading in read_marked(text)] == expected


@pytest.mark.parametrize(
    ("text", "name", "word", "role"),
    [
        ("Polisen kom och lyssnade.", "Polisen", "lyssnade", SUBJECT),
        ("Rutinen används av vårdcentralen.", "vårdcentralen", "används", AGENT),
        ("Vi intervjuade rektorn.", "rektorn", "intervjuade", OBJECT),
        ("Rektorn såg vi aldrig till.", "Rektorn", "såg", OBJECT),
        ("Pastorn, som aldrig svarade, flyttade.", "Pastorn", "svarade", SUBJECT),
        ("Vi skickade brevet till skolan.", "skolan", "skickade", "till"),
    ],
)
def test_which_part_a_name_has(text: str, name: str, word: str, role: str):
    sentence = next(iter(analyse(text, parsed=True).sents))
    start = text.index(name)
    found = {(p.word.text, p.role) for p in parts(sentence, start, start + len(name))}
    assert (word, role) in found


def test_without_a_parse_no_part_is_told():
    text = "Vi intervjuade rektorn."
    sentence = next(iter(analyse(text).sents))
    assert parts(sentence, text.index("rektorn"), len(text) - 1) == ()


def test_every_example_of_the_frames_is_read_as_it_says():
    assert check_frames() == []
