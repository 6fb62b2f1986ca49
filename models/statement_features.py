"""What a report says of one variable: the rules' codings and mentions, ticks, its sentences."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Coding, Role
from models.case import PARTNER, Case, ticked
from models.sentences import Said

_TICKS = ("redovisning", "struktur", "omrade", "integrering")


def statement_features(
    variable: str, case: Case, codings: Sequence[Coding], said: Said
) -> dict[str, float]:
    """Return the features that all categories of one variable share; values are -2 to 2.

    `said` is what sentences and the whole report say, told by models that have not learnt from it.
    """
    f: dict[str, float] = {}
    for c in codings:
        if c.variable == variable:
            f[f"v:{c.category}"] = float(c.value)
            f[f"c:{c.category}"] = c.confidence if c.value else 1 - c.confidence
            f[f"o:{c.category}{c.origin}"] = float(c.value)
        elif c.variable not in (PARTNER, "malgrupp"):
            f[f"x:{c.variable}{c.category}"] = 0.5 * c.value
    active = sum(c.value and c.role is Role.AKTIV for c in codings)
    f["partners"] = min(active, 8) / 8
    for question in _TICKS:
        for option in ticked(case, question):
            f[f"t:{question}{option}"] = 1.0
    for m in case.mentions:
        if m.variable == variable:
            name = f"m:{m.category}{m.context}"
            f[name] = max(f.get(name, 0.0), min(abs(m.weight), 2.0))
            f[f"r:{m.rule}"] = 0.5
    f[f"kind:{case.submission.form}"] = 1.0
    f.update(said.get(variable, {}))
    return f
