"""Which table, row or column somebody means: forgiving of case, diacritics and near-misses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz, process

T = TypeVar("T")
_NEAR = 84.0  # of 100: how alike two names must be to be taken for the same
_AHEAD = 6.0  # by how much the nearest must beat the next
_ALIKE = 45.0  # of 100: from where a name is worth suggesting
_SUGGESTED = 6


class NoneMeantError(Exception):
    """Nothing, or too much, is called so. The message suggests what there is."""


def find(
    said: str,
    among: Sequence[T],
    names: Callable[[T], Sequence[str]],
    what: str,
) -> T:
    """Return the one that `said` names: its id or label, the start or a word of one, or near it.

    The first name of each is what is suggested. Raises NoneMeantError. `what` is Swedish ("raden").
    """
    wanted = fold(said)
    folded = [[fold(name) for name in names(one)] for one in among]
    for fits in (
        lambda name: name == wanted,
        lambda name: name.startswith(f"{wanted} "),
        lambda name: name.startswith(wanted),
        lambda name: f" {wanted}" in name,
        lambda name: wanted in name,
    ):
        hits = [i for i, own in enumerate(folded) if wanted and any(map(fits, own))]
        if len(hits) == 1:
            return among[hits[0]]
        if hits:
            raise NoneMeantError(
                f"Flera passar på {what} ”{said}”: {_listed([among[i] for i in hits], names)}. "
                "Skriv hela namnet."
            )
    near = sorted(
        ((max(fuzz.ratio(wanted, name) for name in own), i) for i, own in enumerate(folded)),
        key=lambda pair: -pair[0],
    )
    if near and near[0][0] >= _NEAR and (len(near) == 1 or near[0][0] - near[1][0] >= _AHEAD):
        return among[near[0][1]]
    alike = process.extract(
        wanted,
        {i: " ".join(own) for i, own in enumerate(folded)},
        scorer=fuzz.WRatio,
        limit=_SUGGESTED,
        score_cutoff=_ALIKE,
    )
    suggested = [among[i] for _, _, i in alike] or list(among)
    begins = "Menades" if alike else "Det finns"
    raise NoneMeantError(
        f"{what[0].upper()}{what[1:]} ”{said}” finns inte. {begins}: {_listed(suggested, names)}."
    )


def fold(name: str) -> str:
    """Return a name without case, diacritics and punctuation: `MVC/BVC, Örebro` → `mvc bvc orebro`.

    Doubled here are only blanks; what a name means is for the caller.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


def _listed(ones: Sequence[T], names: Callable[[T], Sequence[str]]) -> str:
    labels = list(dict.fromkeys(f"”{names(one)[0]}”" for one in ones))
    if len(labels) > 1:
        return f"{', '.join(labels[:-1])} eller {labels[-1]}"
    return "".join(labels)
