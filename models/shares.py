"""From scores to probabilities by name, the same for every kind of model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


def of_classes(outputs: Sequence[str], scores: npt.NDArray[Any]) -> list[dict[str, float]]:
    """Return the probability of each class (softmax) for each row of scores (rows, outputs)."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares = (odds / odds.sum(axis=1, keepdims=True)).tolist()
    return [dict(zip(outputs, row, strict=True)) for row in shares]


def of_questions(scores: Matrix) -> Matrix:
    """Return the probability of each output by itself (logistic), shape as the scores'."""
    shares: Matrix = 0.5 + 0.5 * np.tanh(0.5 * scores)  # exp would overflow
    return shares
