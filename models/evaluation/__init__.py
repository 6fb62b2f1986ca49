"""How good codings are against gold: pure functions from codes to figures, no report of any kind.

`evaluate` takes what `load_gold` and `read_codings` return, or what a training run has in memory.
"""

from models.evaluation.codings import read_codings
from models.evaluation.evaluate import evaluate
from models.evaluation.gold import load_gold
from models.evaluation.types import (
    CodedCell,
    Codings,
    Confusion,
    Difference,
    Estimate,
    Evaluation,
    EvaluationError,
    GoldReport,
    Scores,
)

__all__ = [
    "CodedCell",
    "Codings",
    "Confusion",
    "Difference",
    "Estimate",
    "Evaluation",
    "EvaluationError",
    "GoldReport",
    "Scores",
    "evaluate",
    "load_gold",
    "read_codings",
]
