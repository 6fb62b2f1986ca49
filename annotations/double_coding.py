"""The rounds of independent double coding: which codes were compared, and how far they agreed."""

from __future__ import annotations

from pathlib import Path

from annotations.agreement import Agreement, agreement
from annotations.codebook import load
from annotations.gold import FOLDER, cells, load_coded


def compare(number: int = 0, version: int = 1, folder: Path = FOLDER) -> list[Agreement]:
    """Return the agreement of one round's blind coders (0: of all) with a gold version.

    Version 1 is the writers' own codes, so that compares two people who had not seen each other's;
    a later version is what a third reader made of both.
    Raises FileNotFoundError for a version, ValueError for a round that does not exist.
    """
    codebook = load()
    first = load_coded(folder / f"v{version}.jsonl")
    second = [c for c in load_coded(folder / "second.jsonl") if number in (0, c.round)]
    return agreement(
        {c.id: cells(c.gold, codebook) for c in first},
        {c.id: cells(c.gold, codebook) for c in second},
    )
