"""Runs the codebook's own sentences through rules and decision: are they coded as it says?"""

from __future__ import annotations

from annotations.codebook import load
from annotations.statements import load_decisions
from pipeline.decide import decide
from pipeline.decide.case import Analysed
from pipeline.decide.partners import VARIABLE as PARTNER
from pipeline.rules.check_statements import as_answer
from pipeline.rules.find import find


def check_codebook_examples() -> list[str]:
    """Return Swedish lines about examples that are not coded as the codebook says.

    Each sentence is read as the answer that counts most for its variable. Partners have examples
    of their own with their words.
    """
    faults = []
    for variable in load().variables:
        if variable.id == PARTNER:
            continue
        factors = load_decisions().questions[variable.id]
        question = max(factors, key=lambda q: factors[q])
        for category in variable.categories:
            name = f"{variable.id}.{category.id}"
            for text in category.examples:
                if name not in _coded(text, question):
                    faults.append(f"{name}: kodbokens exempel kodas inte så: {text!r}")
            for text in category.counterexamples:
                if name in _coded(text, question):
                    faults.append(f"{name}: kodbokens motexempel kodas så: {text!r}")
    return faults


def _coded(text: str, question: str) -> set[str]:
    document, submission = as_answer(text, question)
    case = Analysed(document, submission, find(document, submission))
    return {f"{c.variable}.{c.category}" for c in decide([case], load()) if c.value}
