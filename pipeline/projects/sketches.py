"""Texts that say the same in other formats, found without comparing all with all.

One-permutation MinHash (Li, Owen & Zhang 2012) of eight-letter strings, with banding: a word that
OCR misread spoils eight strings, not a whole sentence, and spaces and line breaks say nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.parse.fold import squeeze
from pipeline.projects.words import load_words

Sketch = npt.NDArray[np.uint64]

_BINS, _ROWS, _LETTERS = 128, 4, 8
_EMPTY = np.uint64(2**64 - 1)
_EDGES = np.arange(_BINS + 1, dtype=object) << 57
_STARTS = np.array([int(e) for e in _EDGES[:-1]], dtype=np.uint64)
_FULL = (
    12  # of one bucket, with how many a text is compared: sets that all say the same stay linear
)


def sketch(text: str) -> Sketch | None:
    """Return the sketch of a text; None where it is too short to say anything."""
    letters = squeeze(text).encode("ascii", "ignore")
    if len(letters) < max(load_words().copies.letters, _LETTERS):
        return None
    windows = np.lib.stride_tricks.sliding_window_view(
        np.frombuffer(letters, dtype=np.uint8), _LETTERS
    )
    hashes = np.sort(_mix(np.ascontiguousarray(windows).view("<u8").ravel().astype(np.uint64)))
    at = np.searchsorted(hashes, _STARTS)
    ends = np.append(at[1:], len(hashes))
    smallest = np.full(_BINS, _EMPTY, dtype=np.uint64)
    filled = at < ends
    smallest[filled] = hashes[at[filled]]
    return smallest


def likeness(a: Sketch, b: Sketch) -> float:
    """Estimate the share (0–1) of all their strings that two texts have in common."""
    known = (a != _EMPTY) | (b != _EMPTY)
    return float(((a == b) & known).sum() / max(known.sum(), 1))


def alike(
    sketches: Mapping[Any, tuple[Sketch, str]], least: float
) -> Iterator[tuple[Any, Any, float]]:
    """Yield (a, b, likeness) of texts of one place that are at least so much alike, each pair once.

    `sketches` holds each text's sketch and place; "" is an unknown place and may be any.
    """
    buckets: dict[tuple[int, bytes, str], list[Any]] = defaultdict(list)
    for key in sorted(sketches):
        own, place = sketches[key]
        met: dict[Any, None] = {}
        for band in range(0, _BINS, _ROWS):
            part = own[band : band + _ROWS]
            if (part == _EMPTY).all():
                continue
            data = part.tobytes()
            # A known place is met by itself and by the unknown, an unknown place by everybody.
            for where in (place, "") if place else ("*",):
                for other in buckets[band, data, where][-_FULL:]:
                    met[other] = None
            for where in {place, "*"}:
                buckets[band, data, where].append(key)
        for other in met:
            if (found := likeness(own, sketches[other][0])) >= least:
                yield other, key, found


def _mix(x: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return splitmix64's finaliser of each number."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
