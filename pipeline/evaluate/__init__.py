"""What `samverkan evaluate` prints and writes about an evaluation; the figures come from models."""

from pipeline.evaluate.flow import Evaluated, evaluate_run

__all__ = ["Evaluated", "evaluate_run"]
