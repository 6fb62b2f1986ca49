"""From everything found in a project's documents to one coding for every category."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.codebook import Codebook
from corpus.types import Coding, Origin, Status
from pipeline.decide.case import Analysed


def decide(cases: Sequence[Analysed], codebook: Codebook) -> tuple[Coding, ...]:
    """Return one coding for every category, in the codebook's order; `cases` oldest first."""
    codings: dict[tuple[str, str], Coding] = {}
    try:
        from pipeline.decide.partners import decide_partners
    except ImportError:
        pass
    else:
        codings = {(c.variable, c.category): c for c in decide_partners(cases, codebook)}
    for case in cases:
        for choice in case.submission.choices:
            for variable, category in codebook.ticked(choice.question, choice.option):
                if choice.checked and variable != "partner":
                    codings[variable, category] = Coding(
                        variable, category, True, None, 0.7, Status.AUTO, Origin.TICK
                    )
    return tuple(
        codings.get(
            (c.variable, c.id), Coding(c.variable, c.id, False, None, 0.7, Status.AUTO, Origin.RULE)
        )
        for c in codebook.leaves()
    )
