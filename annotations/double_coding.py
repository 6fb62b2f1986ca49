"""The rounds of independent double coding: which codes were compared, and how far they agreed."""

from __future__ import annotations

from pathlib import Path

from annotations.agreement import Agreement, agreement
from annotations.codebook import load
from annotations.gold import FOLDER, cells, load_coded


def compare(number: int, version: int | None = None, folder: Path = FOLDER) -> list[Agreement]:
    """Return the agreement of one round's blind coders with a gold version.

    Without a version, the one that held when the round was coded (round n was coded beside
    version n). Raises FileNotFoundError for a version, ValueError for a round that does not exist.
    """
    codebook = load()
    first = load_coded(folder / f"v{version or number}.jsonl")
    second = [c for c in load_coded(folder / "second.jsonl") if c.round == number]
    return agreement(
        {c.id: cells(c.gold, codebook) for c in first},
        {c.id: cells(c.gold, codebook) for c in second},
    )
