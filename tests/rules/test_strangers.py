"""Refusals of something else than an actor: the parse gives the verb a subject of its own."""

from __future__ import annotations

import pytest

from corpus.types import Context
from pipeline.language.swedish import analyse
from pipeline.rules.partners import find_partners
from tests.decide.partner_reports import build


def refused(text: str) -> bool:
    document, submission = build({"insatser": text}, None, "Norrby")
    mentions = find_partners(document, submission, analyse(document.text, parsed=True))
    return any(m.context is Context.NEJ for m in mentions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jouren tar de samtal som vi inte hinner med.", False),
        ("Jouren tar samtalen när vi inte hinner.", False),
        ("Jouren deltar ideellt, ingen ersättning har betalats.", False),
        ("Kvinnojouren har hållit i gruppen som annars inte blivit av.", False),
        ("Kyrkan kom in när biblioteket stängde.", True),  # the library has closed
        ("Kyrkan kom in när kursen stängde.", False),
        ("Gruppen har inte lyckats engagera polisen.", True),
        ("Kvinnojouren ville tänka på saken men har inte hunnit med.", True),
        ("Kyrkan bjöds in men ingen kom.", True),
        ("Polisen hinner inte med oss.", True),
        ("Polisen har vi inte med, kvinnorna ville inte det.", True),
        ("När vi ringde hade polisen inte tid.", True),
    ],
)
def test_a_refusal_of_another_subject_is_no_actors(text, expected):
    assert refused(text) is expected
