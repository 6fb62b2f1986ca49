"""One evaluation: gold and codes in, every figure out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from annotations.codebook import Codebook
from models.evaluation.calibration import calibrate
from models.evaluation.confusions import confusions, differences
from models.evaluation.scores import score
from models.evaluation.tally import tally
from models.evaluation.types import Codings, Evaluation, EvaluationError, GoldReport

SEED = 1
RESAMPLES = 1000


def evaluate(
    gold: Mapping[str, GoldReport],
    codings: Codings,
    codebook: Codebook,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Evaluation:
    """Compare codes with gold, project by project.

    A project that the codes lack counts as coded with nothing. Raises EvaluationError where
    there is no gold, or where no project is in both.
    """
    if not gold:
        raise EvaluationError(["there is no gold to compare with"])
    missing = tuple(id for id in gold if id not in codings.projects)
    if len(missing) == len(gold):
        raise EvaluationError([_nothing_in_common(gold, codings)])
    reports, coded = tuple(gold.values()), codings.projects
    overall, variables, categories = score(
        tally(reports, coded, codebook), codebook, seed, resamples
    )
    calibration, calibrations = calibrate(reports, coded, codebook, seed, resamples)
    found = differences(reports, coded, codebook)
    there = [report for report in reports if report.id in coded]
    # A project that was not found is one loss, not fifty confusions.
    met = [difference for difference in found if difference.project in coded]
    return Evaluation(
        projects=len(gold),
        missing=missing,
        others=codings.others,
        missing_cells=sum(len(report.values) - len(coded[report.id]) for report in there),
        reviewed_cells=sum(
            cell.status == "granskad" for id in gold for cell in coded.get(id, {}).values()
        ),
        seed=seed,
        resamples=resamples,
        overall=overall,
        variables=variables,
        categories=categories,
        roles=_roles(reports, codings),
        calibration=calibration,
        calibrations=calibrations,
        differences=found,
        confusions=confusions(there, met, codebook),
    )


def _nothing_in_common(gold: Mapping[str, GoldReport], codings: Codings) -> str:
    theirs = ", ".join(codings.others[:3]) or "none at all"
    ours = ", ".join(list(gold)[:3])
    return (
        f"no project of the gold ({ours} …) is in the results ({theirs} …). "
        "Name the projects as the gold does: samverkan run … --manifest CSV"
    )


def _roles(reports: tuple[GoldReport, ...], codings: Codings) -> dict[tuple[str, str], int]:
    counts: Counter[tuple[str, str]] = Counter()
    for report in reports:
        coded = codings.projects.get(report.id, {})
        for cell, true in report.values.items():
            if cell[0] == "partner":
                mine = coded.get(cell)
                counts[true, mine.value if mine else ""] += 1
    return dict(counts)
