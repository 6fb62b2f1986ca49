"""Whole reports of our own writing, coded as a careful reader would."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from annotations.codebook import load
from bench.direct import submission_of
from corpus.records import Gold, load_reports
from pipeline.decide import decide
from pipeline.decide.case import Analysed
from pipeline.rules.find import find

REPORTS = list(load_reports(Path(__file__).with_name("egna.jsonl")))


def gold_values(gold: Gold, variable: str) -> set[str]:
    if variable in ("innehall", "form"):
        return {c.id for c in load().variable(variable).categories if getattr(gold, c.id)}
    value = getattr(gold, variable)
    return {value} if isinstance(value, str) else set(value)


@pytest.mark.parametrize(
    ("variable", "least"),
    [
        ("struktur", 0.85),
        ("malgrupp", 0.93),
        ("maluppfyllelse", 0.9),
        ("integrering", 0.9),
        ("innehall", 0.9),
        ("status", 0.95),
        ("form", 0.8),
    ],
)
def test_f1_on_our_own_reports(variable: str, least: float) -> None:
    counts: Counter[str] = Counter()
    for report in REPORTS:
        document, submission = submission_of(report)
        case = Analysed(document, submission, find(document, submission))
        mine = {c.category for c in decide([case], load()) if c.variable == variable and c.value}
        gold = gold_values(report.gold, variable)
        counts += Counter(tp=len(mine & gold), fp=len(mine - gold), fn=len(gold - mine))
    f1 = 2 * counts["tp"] / (2 * counts["tp"] + counts["fp"] + counts["fn"])
    assert f1 >= least, counts
