"""What stands for what."""

from __future__ import annotations

import pytest

from models.evaluation import evaluate
from models.evaluation.types import Kind
from pipeline.evaluate.labels import labels
from tests.evaluation.build import CODEBOOK, coded, codings, gold, golds

LABELS = labels(CODEBOOK)


@pytest.mark.parametrize(
    ("true", "value", "told"),
    [
        (
            {"maluppfyllelse.delvis": "ja"},
            {"maluppfyllelse.helt": "ja"},
            ["Måluppfyllelse: Delvis uppnådda kodat som Helt uppnådda"],
        ),
        (
            {"partner.bup": "aktiv"},
            {"partner.psykiatri": "aktiv"},
            ["Samverkansparter: Barn- och ungdomspsykiatri (aktiv) kodat som Psykiatri (aktiv)"],
        ),
        (
            {"partner.polis": "inbjuden"},
            {"partner.polis": "aktiv"},
            ["Samverkansparter: Polis (inbjuden) kodat som aktiv"],
        ),
        # Of different groups: nothing says that one stands for the other.
        (
            {"partner.kyrka": "aktiv"},
            {"partner.polis": "aktiv"},
            [
                "Samverkansparter: Kyrka och samfund (aktiv) missat",
                "Samverkansparter: Polis (aktiv) kodat utan att stå i guldet",
            ],
        ),
        # Two too few and one too many: no telling which.
        (
            {"partner.bup": "aktiv", "partner.primarvard": "aktiv"},
            {"partner.psykiatri": "aktiv"},
            [
                "Samverkansparter: Barn- och ungdomspsykiatri (aktiv) missat",
                "Samverkansparter: Primärvård (aktiv) missat",
                "Samverkansparter: Psykiatri (aktiv) kodat utan att stå i guldet",
            ],
        ),
        ({"malgrupp.heder": "ja"}, {"malgrupp.heder": "ja"}, []),
    ],
)
def test_sorts(true, value, told):
    found = evaluate(golds(gold("a", true)), codings(a=coded(value)), CODEBOOK)
    assert sorted(LABELS.confusion(c) for c in found.confusions) == told


def test_the_most_frequent_comes_first_and_planned_partners_last():
    planned = {"partner.skola": "planerad"}
    found = evaluate(
        golds(
            gold("a", {"malgrupp.barn": "ja"} | planned),
            gold("b", {"malgrupp.barn": "ja", "struktur.ny": "ja"} | planned),
            gold("c", {"malgrupp.barn": "ja"} | planned),
        ),
        codings(a=coded({}), b=coded({}), c=coded({"malgrupp.barn": "ja"})),
        CODEBOOK,
    )
    ranked = [(c.gold, c.projects, c.of) for c in found.confusions]
    assert ranked == [
        (("barn", "ja"), 2, 3),
        (("ny", "ja"), 1, 1),
        (("skola", "planerad"), 3, 3),
    ]
    kinds = {(d.project, d.category): d.kind for d in found.differences}
    assert kinds["a", "skola"] is Kind.PLANNED
    assert kinds["a", "barn"] is Kind.MISSED


def test_what_is_too_much_could_have_been_wrong_where_gold_has_it_not():
    found = evaluate(
        golds(gold("a", {}), gold("b", {}), gold("c", {"struktur.ny": "ja"})),
        codings(a=coded({"struktur.ny": "ja"}), b=coded({}), c=coded({"struktur.ny": "ja"})),
        CODEBOOK,
    )
    (only,) = found.confusions
    assert (only.gold, only.value, only.projects, only.of) == (None, ("ny", "ja"), 1, 2)
