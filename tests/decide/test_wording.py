"""Why the learnt coder is not sure: words it has not met."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.types import Document, Page, Span
from models.linear import fit
from models.sentences import Readers
from models.store import SHIPPED
from models.store import load as load_coder
from pipeline.decide.wording import WEAK, doubt, unseen_words

NOTHING = fit([{"w:x": 1.0}], ["x"], 1.0)


@pytest.mark.parametrize(
    ("text", "unseen"),
    [
        ("Polisen deltog i möten.", ()),
        ("Polisen deltagit i möten.", ()),  # the stem is known
        ("Polisen hospiterade i Ljungby.", ("hospiterade",)),
        ("Hospitering, hospitering, gruppen", ("hospitering", "gruppen")),
        ("BUP 2010 m.fl.", ()),
    ],
)
def test_words_that_training_never_met_are_named(text, unseen):
    rows = [{"b:deltog": 1.0, "p:delta": 1.0, "b:möten": 1.0}, {"b:deltog": 1.0, "p:delta": 0.5}]
    known = fit(rows + rows, ["x", "y", "x", "y"], 1.0)
    coder = replace(load_coder(SHIPPED), contexts=known, readers=Readers(NOTHING, NOTHING))
    assert unseen_words(text, coder) == unseen


def test_weak_support_in_new_words_says_which():
    text = "Polisen hospiterade."
    known = fit([{"b:deltog": 1.0}] * 2 + [{"b:kom": 1.0}] * 2, ["x", "x", "y", "y"], 1.0)
    coder = replace(load_coder(SHIPPED), contexts=known, readers=Readers(NOTHING, NOTHING))
    document = Document("a.txt", "a", "txt", text, (Page(1, 0, len(text)),))
    assert "”hospiterade”" in doubt(Span("a.txt", 0, len(text), 1), document, coder)
    assert doubt(Span("a.txt", 0, 7, 1), document, coder) == WEAK
    assert doubt(Span("a.txt", 0, len(text), 1), None, coder) == WEAK
