"""What the coder's own card says of it: the promise, and how it held on writers it had not seen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.types import Origin
from models.calibration import PROMISE
from models.store import CARD, SHIPPED
from pipeline.tables.effort import Bounded
from pipeline.tables.types import Round

_SHOWN_ON = "test"  # writers that neither coder nor calibration had seen


@dataclass(frozen=True, slots=True)
class ModelCard:
    """`promise` is the largest share (0–1) of wrong automatic answers that is promised.

    `error` is the share measured on `reports` reports by `writers` writers not seen before.
    """

    promise: float
    error: Bounded
    reports: int
    writers: int


def card_of(round: Round, folder: Path = SHIPPED) -> ModelCard | None:
    """Return the card of the coder that coded a round; None where only rules did."""
    used = any(c.origin is Origin.MODEL for own in round.codings.values() for c in own)
    path = folder / CARD
    if not used or not path.is_file():
        return None
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    try:
        value, low, high = told["figures"][_SHOWN_ON]["automatic_error"]
        reports, writers = told["reports"][_SHOWN_ON], len(told["writers"][_SHOWN_ON])
    except (KeyError, TypeError, ValueError):  # a card of one's own need not have been measured
        return None
    return ModelCard(PROMISE, Bounded(value, low, high), reports, writers)
