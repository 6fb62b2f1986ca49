"""Each cue is explained by sentences it must find, and by sentences it must leave alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotations.statements import Cue, load_cues
from pipeline.rules.check_statements import cue_faults

CUES = [cue for file in load_cues() for cue in file.cues]


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_a_cue_reads_its_examples_as_it_says(cue: Cue) -> None:
    assert list(cue_faults(cue)) == []


def test_a_wrong_example_is_told() -> None:
    cue = next(c for c in CUES if c.id == "mal_nadda")
    wrong = replace(cue, examples=("Kaffet var gott.",), counterexamples=("Målet är uppnått.",))
    assert [fault.split(": ")[1] for fault in cue_faults(wrong)] == [
        "exemplet hittas inte",
        "motexemplet ger maluppfyllelse.helt",
    ]
