"""Which kind of file each simulated report becomes: shares by family, its variants in turn."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from corpus.render.variants import VARIANTS, Variant, variant

_ALSO = {"txt": "text", "eml": "mail", "e-mail": "mail"}
FAMILIES = tuple(dict.fromkeys(v.family for v in VARIANTS.values()))


class FormatError(ValueError):
    """A format nobody knows, or none left that this machine can write."""


def families(text: str) -> tuple[str, ...]:
    """Read `docx,pdf,txt`. Raises FormatError."""
    names = [_ALSO.get(n, n) for part in text.split(",") if (n := part.strip().casefold())]
    unknown = [n for n in names if n not in FAMILIES]
    if unknown or not names:
        what = ", ".join(unknown) or "nothing"
        raise FormatError(f"unknown format: {what}; known: {', '.join(FAMILIES)}")
    return tuple(dict.fromkeys(names))


def writable(chosen: Sequence[str]) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return the variants by family, and those left out because LibreOffice is not installed.

    Raises FormatError where nothing is left.
    """
    office = shutil.which("soffice") is not None
    by_family: dict[str, list[str]] = {}
    left_out = []
    for name, kind in VARIANTS.items():
        if kind.family not in chosen:
            continue
        if office or not needs_office(kind):
            by_family.setdefault(kind.family, []).append(name)
        else:
            left_out.append(name)
    if not by_family:
        raise FormatError("LibreOffice (soffice) is not installed; it writes these formats")
    return {f: tuple(names) for f, names in by_family.items()}, tuple(left_out)


def needs_office(kind: Variant) -> bool:
    """Tell whether LibreOffice has a part in writing a variant."""
    converts = isinstance(kind.turn, partial) and "target" in kind.turn.keywords
    return converts or bool(kind.base and needs_office(variant(kind.base)))


def assign(
    shares: Mapping[str, int], variants: Mapping[str, Sequence[str]], rng: random.Random
) -> Iterator[str]:
    """Yield a variant for file after file; the families' shares hold in every hundred or so."""
    weights = {f: shares.get(f, 1) for f in variants}
    turns = {f: _around(names, rng) for f, names in variants.items()}
    while True:
        row = [f for f, weight in weights.items() for _ in range(weight)]
        rng.shuffle(row)
        for family in row:
            yield next(turns[family])


def _around(names: Sequence[str], rng: random.Random) -> Iterator[str]:
    while True:
        yield from rng.sample(names, len(names))
