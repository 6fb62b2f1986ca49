"""Sentences and lemmas of everyday Swedish report text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.lemmas import lemma
from pipeline.language.swedish import analyse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi möttes. Sen kom de.", ["Vi möttes.", "Sen kom de."]),
        ("prästen var med. polisen kunde inte", ["prästen var med.", "polisen kunde inte"]),
        (
            "Kursen gavs i feb. Ingen kom den 3 okt. till mötet.",
            ["Kursen gavs i feb.", "Ingen kom den 3 okt. till mötet."],
        ),
        (
            "Möte kl. 14.30 med t.ex. BUP, MVC m.fl. parter.",
            ["Möte kl. 14.30 med t.ex. BUP, MVC m.fl. parter."],
        ),
        ("Bl.a. BVC, MVC m.m. Kyrkan var med.", ["Bl.a. BVC, MVC m.m.", "Kyrkan var med."]),
        ("1. Rutiner. Klara.\n2. Möten", ["1. Rutiner.", "Klara.", "2. Möten"]),
        ("Antogs den 1. januari av nämnden.", ["Antogs den 1. januari av nämnden."]),
        (
            "- polisen\n- kyrkan\n• jouren • skolan",
            ["- polisen", "- kyrkan", "• jouren", "• skolan"],
        ),
        ("☒ kommuner\n☐ skola", ["☒ kommuner", "☐ skola"]),
        ("cell ett\tcell två", ["cell ett", "cell två"]),
        ('Svaret blev "nej." Det var allt.', ['Svaret blev "nej."', "Det var allt."]),
        (
            'Hon sa nej. "Vi hinner inte" var skälet.',
            ["Hon sa nej.", '"Vi hinner inte" var skälet.'],
        ),
        ("Dnr. 2009/12 ang. medel, dvs. bidraget.", ["Dnr. 2009/12 ang. medel, dvs. bidraget."]),
        ("Det blev inget av... Jouren la ner.", ["Det blev inget av...", "Jouren la ner."]),
        ("De som kunde kom. Resten ringde.", ["De som kunde kom.", "Resten ringde."]),
    ],
)
def test_sentences(text, expected):
    assert [s.text.strip() for s in analyse(text).sents] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["jour"] * 140 + ["polis,"] + ["skola"] * 5, [147]),  # long, but people do write so
        (["jour"] * 160 + ["polis,"] + ["skola"] * 30, [162, 30]),
        (["jour"] * 450, [200, 200, 50]),
    ],
)
def test_text_that_never_stops_is_cut(words, expected):
    doc = analyse(" ".join(words))
    assert [len(sentence) for sentence in doc.sents] == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Poliserna", "polis"),
        ("diakonerna", "diakon"),
        ("vårdcentralerna", "vårdcentral"),
        ("deltog", "delta"),
        ("tackade", "tacka"),
        ("jourtjejerna", "jourtjej"),
    ],
)
def test_lemmas(word, expected):
    assert lemma(word) == expected


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='aåÄ. ,!?\n\t-☒"(1)•:;', max_size=60))
def test_nothing_is_lost_and_lines_never_share_a_sentence(text):
    doc = analyse(text)
    assert doc.text == text
    for sentence in doc.sents:
        assert "\n" not in sentence.text.strip()
