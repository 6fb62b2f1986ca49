"""Every figure against a table worked out by hand."""

from __future__ import annotations

import pytest

from models.evaluation import CodedCell, Codings, EvaluationError, evaluate
from models.evaluation.bootstrap import at_most
from tests.evaluation.build import CODEBOOK, LEAVES, coded, codings, gold, golds

POLICE, SHELTER, CHILDREN = "partner.polis", "partner.kvinnojour", "malgrupp.barn"
#            police            shelter             children
# a   gold   aktiv             inbjuden            ja
#     coded  aktiv             aktiv (wrong role)  ja
# b   gold   aktiv             –                   ja
#     coded  – (missed)        aktiv (too much)    ja (to be reviewed)
# c   gold   planerad          inbjuden            –
#     coded  aktiv (too much)  inbjuden            – (to be reviewed)
# d   gold   aktiv             aktiv               ja
#     coded  planerad (missed) aktiv               – (missed, to be reviewed)
GOLD = golds(
    gold("a", {POLICE: "aktiv", SHELTER: "inbjuden", CHILDREN: "ja"}),
    gold("b", {POLICE: "aktiv", CHILDREN: "ja"}),
    gold("c", {POLICE: "planerad", SHELTER: "inbjuden"}),
    gold("d", {POLICE: "aktiv", SHELTER: "aktiv", CHILDREN: "ja"}),
)
CODED = codings(
    a=coded({POLICE: "aktiv", SHELTER: "aktiv", CHILDREN: "ja"}),
    b=coded({SHELTER: "aktiv", CHILDREN: "ja"}, review=(CHILDREN,)),
    c=coded({POLICE: "aktiv", SHELTER: "inbjuden"}, review=(CHILDREN,)),
    d=coded({POLICE: "planerad", SHELTER: "aktiv"}, review=(CHILDREN,)),
)


@pytest.fixture(scope="module")
def found():
    return evaluate(GOLD, CODED, CODEBOOK)


def figures(scores):
    return (scores.tp, scores.fp, scores.fn)


@pytest.mark.parametrize(
    ("variable", "category", "counts", "precision", "recall", "f1"),
    [
        ("partner", "polis", (1, 1, 2), 1 / 2, 1 / 3, 2 / 5),
        ("partner", "kvinnojour", (3, 1, 0), 3 / 4, 1, 6 / 7),
        ("malgrupp", "barn", (2, 0, 1), 1, 2 / 3, 4 / 5),
        ("partnergrupp", "rattsvasende", (1, 1, 2), 1 / 2, 1 / 3, 2 / 5),
        ("partner", "", (4, 2, 2), 4 / 6, 4 / 6, 4 / 6),
    ],
)
def test_precision_recall_and_f1(found, variable, category, counts, precision, recall, f1):
    (scores,) = [
        s
        for s in (*found.variables, *found.categories)
        if (s.variable, s.category) == (variable, category)
    ]
    assert figures(scores) == counts
    values = (scores.precision.value, scores.recall.value, scores.f1.value)
    assert values == pytest.approx((precision, recall, f1))


def test_the_whole_is_over_categories_not_groups(found):
    overall = found.overall
    assert figures(overall) == (6, 2, 3)
    assert overall.f1.value == pytest.approx(12 / 17)
    # Three categories have three or more projects in gold.
    assert overall.macro_f1.value == pytest.approx((2 / 5 + 6 / 7 + 4 / 5) / 3)


def test_roles_are_judged_where_both_count_the_partner(found):
    assert found.overall.role_accuracy.value == pytest.approx(3 / 4)
    assert found.roles[("planerad", "aktiv")] == 1
    assert found.roles[("aktiv", "planerad")] == 1
    assert sum(found.roles.values()) == 4 * sum(v == "partner" for v, _ in LEAVES)


def test_table_error_compares_counts_and_so_forgives_what_cancels_out(found):
    # |3-2| police, |3-4| shelter, |3-2| children, and the same for both groups.
    assert found.overall.table_error.value == pytest.approx((1 + 1 + 1 + 1 + 1) / 15)


def test_automatic_cells(found):
    overall = found.overall
    assert (overall.cells, overall.automatic) == (4 * len(LEAVES), 4 * len(LEAVES) - 3)
    # Police of b, c and d, shelter of b; children of d is wrong too, but flagged.
    assert overall.automatic_wrong == 4
    assert overall.auto_error.value == pytest.approx(4 / overall.automatic)
    (target,) = [v for v in found.variables if v.variable == "malgrupp"]
    assert (target.automatic_wrong, target.coverage.value) == (0, pytest.approx(41 / 44))
    assert target.at_most is not None
    assert 0 < target.at_most < 0.1


def test_what_nobody_codes_has_no_figure(found):
    (rfsl,) = [c for c in found.categories if c.category == "rfsl"]
    assert (rfsl.f1.value, rfsl.f1.low, rfsl.role_accuracy.value) == (None, None, None)


@pytest.mark.parametrize(
    ("wrong", "of", "bound"),
    # Clopper and Pearson (1934): 0 of 10 and 1 of 10, two-sided 95 %.
    [(0, 10, 0.3085), (1, 10, 0.4450), (10, 10, 1.0), (0, 0, None)],
)
def test_exact_bound(wrong, of, bound):
    assert at_most(wrong, of) == (bound and pytest.approx(bound, abs=5e-5))


def test_the_same_seed_gives_the_same_intervals_and_another_does_not():
    once, again, other = (evaluate(GOLD, CODED, CODEBOOK, seed) for seed in (7, 7, 8))
    assert once == again
    assert once.overall.f1.value == other.overall.f1.value
    assert once.overall.table_error != other.overall.table_error


def test_whole_projects_are_drawn_not_cells():
    """All partners found in one project and all missed in the other: every share is possible."""
    partners = {f"{v}.{c}": "aktiv" for v, c in LEAVES if v == "partner"}
    found = evaluate(
        golds(gold("a", partners), gold("b", partners)),
        codings(a=coded(partners), b=coded({})),
        CODEBOOK,
    )
    recall = found.overall.recall
    assert (recall.low, recall.value, recall.high) == (0, 0.5, 1)


def test_intervals_hold_the_figure_and_narrow_with_more_projects():
    few = evaluate(GOLD, CODED, CODEBOOK).overall
    many_gold = {
        f"{id}{i}": gold(f"{id}{i}", _held(report))
        for id, report in GOLD.items()
        for i in range(25)
    }
    many_coded = Codings(
        {f"{id}{i}": cells for id, cells in CODED.projects.items() for i in range(25)}
    )
    many = evaluate(many_gold, many_coded, CODEBOOK).overall
    for name in ("f1", "macro_f1", "role_accuracy", "coverage", "auto_error"):
        narrow, wide = getattr(many, name), getattr(few, name)
        assert narrow.value == pytest.approx(wide.value)
        assert narrow.low <= narrow.value <= narrow.high
        assert narrow.high - narrow.low < wide.high - wide.low


def test_without_resamples_there_are_no_intervals():
    overall = evaluate(GOLD, CODED, CODEBOOK, resamples=0).overall
    assert overall.f1.value == pytest.approx(12 / 17)
    assert (overall.f1.low, overall.f1.high) == (None, None)


def test_a_missing_project_counts_as_not_coded_and_is_named():
    without = codings(a=CODED.projects["a"], b=CODED.projects["b"], d=CODED.projects["d"])
    found = evaluate(GOLD, without, CODEBOOK)
    assert found.missing == ("c",)
    assert figures(found.overall) == (5, 1, 4)
    assert found.overall.automatic == 4 * len(LEAVES) - 2
    # It is one loss, told as such, and no sort of confusion.
    assert all(d.project != "c" for c in found.confusions for d in c.differences)
    assert any(d.project == "c" for d in found.differences)


def test_missing_cells_are_counted():
    cells = {k: v for k, v in CODED.projects["a"].items() if k[0] != "malgrupp"}
    found = evaluate(golds(GOLD["a"]), codings(a=cells), CODEBOOK)
    assert found.missing_cells == 11
    assert figures(found.overall) == (2, 0, 1)


def test_no_gold_and_nothing_in_common_are_errors():
    with pytest.raises(EvaluationError, match="no gold"):
        evaluate({}, CODED, CODEBOOK)
    with pytest.raises(EvaluationError, match=r"no project of the gold \(a, b, c …\).*--manifest"):
        evaluate(GOLD, Codings({}, ("0980-gotland",)), CODEBOOK)


def test_a_person_is_no_reviewer_to_come():
    cells = coded({POLICE: "aktiv"}) | {("malgrupp", "barn"): CodedCell("", "granskad")}
    found = evaluate(golds(GOLD["a"]), codings(a=cells), CODEBOOK)
    assert (found.reviewed_cells, found.overall.coverage.value) == (1, 1.0)


def _held(report):
    return {".".join(cell): value for cell, value in report.values.items() if value}
