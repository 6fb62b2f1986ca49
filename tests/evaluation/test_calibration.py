"""What a confidence is worth, against bins worked out by hand."""

from __future__ import annotations

import pytest

from models.evaluation import evaluate
from tests.evaluation.build import CODEBOOK, coded, codings, gold, golds

NEW, PLAN = "struktur.ny", "integrering.plan"


def calibrated(*cells, code=NEW):
    """Each cell is (gold, coded, confidence) of one category in a project of its own."""
    return evaluate(
        golds(*(gold(f"p{i}", {code: true}) for i, (true, _, _) in enumerate(cells))),
        codings(
            **{
                f"p{i}": coded({code: value}, confidence={code: chance})
                for i, (_, value, chance) in enumerate(cells)
            }
        ),
        CODEBOOK,
    )


def test_ece_is_the_weighted_distance_in_ten_bins():
    found = calibrated(
        ("ja", "ja", 0.95), ("ja", "ja", 0.97), ("", "ja", 0.91), ("", "", 0.65), ("ja", "", 0.6)
    )  # fmt: skip
    # 0.9–1: 2 of 3 right at 0.9433; 0.6–0.7: 1 of 2 right at 0.625.
    expected = 3 / 5 * (0.943333 - 2 / 3) + 2 / 5 * (0.625 - 1 / 2)
    overall = found.calibration
    assert overall.ece.value == pytest.approx(expected, abs=1e-5)
    assert [(b.cells, round(b.right, 3)) for b in overall.bins] == [(2, 0.5), (3, 0.667)]
    assert overall.brier == pytest.approx(
        (0.05**2 + 0.03**2 + 0.91**2 + 0.35**2 + 0.6**2) / 5
    )  # fmt: skip
    assert (overall.cells, overall.right) == (5, pytest.approx(0.6))


def test_a_confident_no_is_as_good_as_a_confident_yes():
    found = calibrated(*[("", "", 1.0)] * 20)
    assert found.calibration.ece.value == 0
    assert found.calibration.ece_by_chance == 0


def test_a_planned_partner_is_right_wherever_both_do_not_count_it():
    polis = "partner.polis"
    found = calibrated(("", "planerad", 0.9), ("planerad", "", 0.9), code=polis)
    assert found.calibration.right == 1
    wrong = calibrated(("aktiv", "planerad", 0.9), ("planerad", "aktiv", 0.9), code=polis)
    assert wrong.calibration.right == 0
    # The role is not what the confidence speaks of.
    assert calibrated(("aktiv", "inbjuden", 0.9), code=polis).calibration.right == 1


def test_each_variable_has_its_own():
    found = evaluate(
        golds(gold("a", {NEW: "ja"})),
        codings(a=coded({PLAN: "ja"}, confidence={NEW: 0.8, PLAN: 0.5})),
        CODEBOOK,
    )
    by_variable = {c.variable: c.ece.value for c in found.calibrations}
    assert by_variable["struktur"] == pytest.approx(0.8)
    assert by_variable["integrering"] == pytest.approx(0.5)
    assert by_variable["partner"] is None
    assert found.calibration.ece.value == pytest.approx(0.65)


def test_few_cells_of_a_right_confidence_do_not_look_wrong():
    """Half of the 0.5s are right; chance alone would give such an ECE more often than not."""
    found = calibrated(*[("ja", "ja", 0.5)] * 9, *[("", "ja", 0.5)] * 11)
    ece = found.calibration
    assert ece.ece.value == pytest.approx(0.05)
    assert ece.ece_by_chance > ece.ece.value
    assert ece.ece.low <= ece.ece.value <= ece.ece.high
