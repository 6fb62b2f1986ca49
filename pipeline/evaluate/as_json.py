"""utvardering.json: every figure with its interval, for programs.

What the development material's scorer prints too has that scorer's name.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from annotations.codebook import Codebook
from models.evaluation import Confusion, Evaluation, Scores
from models.evaluation.types import Calibration
from pipeline.evaluate.tables import TableCell, table_sums
from pipeline.evaluate.texts import Evidence

CONFIDENCE = "probability that the counted value (1 or 0; planned partners count as 0) is right"
_PLACES = 6


@dataclass(frozen=True, slots=True)
class Json:
    """The figures as plain values and as the file's text."""

    value: dict[str, object]
    text: str


def as_json(
    evaluation: Evaluation,
    evidence: Evidence,
    codebook: Codebook,
    gold: Sequence[str],
    tabled: Sequence[TableCell],
) -> Json:
    """Return all figures; those without meaning (nothing to count) are null."""
    e, o = evaluation, evaluation.overall
    value: dict[str, object] = _rounded(
        {
            "gold": list(gold),
            "codebook": {"version": codebook.version, "digest": codebook.digest()},
            "projects": e.projects,
            "missing_projects": len(e.missing),
            "missing": e.missing,
            "other_projects": len(e.others),
            "missing_cells": e.missing_cells,
            "reviewed_cells": e.reviewed_cells,
            "interval": {"level": 0.95, "resamples": e.resamples, "seed": e.seed},
            "micro_f1": asdict(o.f1),
            "micro_p": asdict(o.precision),
            "micro_r": asdict(o.recall),
            "macro_f1": asdict(o.macro_f1),
            "role_acc": asdict(o.role_accuracy),
            "coverage": asdict(o.coverage),
            "auto_error": asdict(o.auto_error) | {"at_most": o.at_most},
            "table_error": asdict(o.table_error),
            "ece": asdict(e.calibration.ece),
            "evidence": asdict(evidence),
            "f1": {v.variable: v.f1.value for v in e.variables},
            "overall": _scores(o),
            "variables": {v.variable: _scores(v) for v in e.variables},
            "categories": {f"{c.variable}.{c.category}": _scores(c) for c in e.categories},
            "roles": [
                {"gold": gold, "coded": coded, "cells": cells}
                for (gold, coded), cells in sorted(e.roles.items())
            ],
            "confidence_means": CONFIDENCE,
            "calibration": {
                "overall": _calibration(e.calibration),
                **{c.variable: _calibration(c) for c in e.calibrations},
            },
            "tables": [asdict(s) for s in table_sums(tabled)],
            "table_cells": [asdict(c) | {"inside": c.inside} for c in tabled],
            "confusions": [_confusion(c) for c in e.confusions],
        }
    )
    return Json(value, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _scores(scores: Scores) -> dict[str, object]:
    return {k: v for k, v in asdict(scores).items() if k not in ("variable", "category")}


def _calibration(calibration: Calibration) -> dict[str, object]:
    return {k: v for k, v in asdict(calibration).items() if k != "variable"}


def _confusion(c: Confusion) -> dict[str, object]:
    return {
        "variable": c.variable,
        "gold": c.gold,
        "coded": c.value,
        "projects": c.projects,
        "of": c.of,
        "where": [f"{d.project} {d.variable}.{d.category}" for d in c.differences],
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _PLACES)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    return value
