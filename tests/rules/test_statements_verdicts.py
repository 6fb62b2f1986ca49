"""Where the writer gives a verdict on the goals, the details around it weigh less."""

from __future__ import annotations

import pytest

from annotations.outcomes import load_outcomes
from pipeline.language.swedish import analyse
from pipeline.rules.check_statements import as_answer
from pipeline.rules.statements import find_statements

DETAIL = "Affischen hann vi inte med."
VERDICTS = [
    ("Vi bedömer att målet är uppnått.", True),
    ("Uppdraget är därmed slutfört.", True),
    ("Målen nåddes inte.", True),
    ("Mål 1 är uppnått.", False),
    ("Det första målet är uppnått.", False),
    ("Målet är att alla ska få stöd.", False),
    ("Gruppen träffas varje månad.", False),
]


@pytest.mark.parametrize(("verdict", "lighter"), VERDICTS)
def test_details_beside_a_verdict(verdict: str, lighter: bool) -> None:
    share = _weight(f"{verdict} {DETAIL}") / _weight(DETAIL)
    assert (share < load_outcomes().details / 2) is lighter


def _weight(text: str) -> float:
    document, submission = as_answer(text, "maluppfyllelse")
    found = find_statements(document, submission, analyse(text))
    return max(m.weight for m in found if m.rule == "mal_ouppnatt" and m.category == "delvis")
