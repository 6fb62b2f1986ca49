"""All projects judged at once are judged as one by one: figure for figure, bit for bit."""

from __future__ import annotations

import random
from math import prod

import numpy as np
import pytest

from annotations.codebook import load
from bench.margins import figures
from corpus.types import Coding, Origin, Role, Status
from pipeline.tables.judge import decider, role_order
from pipeline.tables.margins_assumed import role_chance
from pipeline.tables.types import Decider
from pipeline.tables.verdicts import Panel, judge, judge_all

BOOK = load()
ORDER = role_order(BOOK)


def one_by_one(codings, criterion, roles):
    """Judge one project in plain Python: whether it holds, the probability, the coding."""

    def leaf(coding, roles):
        holds = coding.value and (coding.role or Role.AKTIV) in roles
        sure = decider(coding) is Decider.PERSON
        return holds, float(holds) if sure else role_chance(coding, roles), coding

    def union(found):
        if criterion.exclusive:
            return min(1.0, sum(p for _, p, _ in found))
        if criterion.nested:
            return max((p for _, p, _ in found), default=0.0)
        return 1.0 - prod(1.0 - p for _, p, _ in found)

    def sureness(found):
        coding = found[2]
        if coding is None:
            return False, 0.0
        return decider(coding) is Decider.PERSON, coding.confidence

    def clause(keys):
        parts = [codings[key] for key in keys if key in codings]
        if len(parts) == 1:
            return leaf(parts[0], roles)
        stronger = ORDER.stronger(roles)
        outranked = [leaf(c, stronger) for c in parts] if stronger else []
        found = [leaf(c, roles) for c in parts]
        probability = union(found) * (1.0 - union(outranked))
        holding = [v for v in found if v[0]]
        if holding and not any(v[0] for v in outranked):
            return True, probability, max(holding, key=sureness)[2]
        return False, probability, min(found, key=sureness)[2] if found else None

    told = [clause(keys) for keys in criterion.clauses]
    if len(told) == 1:
        holds, probability, coding = told[0]
    else:
        holds = all(v[0] for v in told)
        coding = min(told if holds else [v for v in told if not v[0]], key=sureness)[2]
        probability = prod(v[1] for v in told)
    return (
        (not holds, 1.0 - probability, coding)
        if criterion.negated
        else (holds, probability, coding)
    )


def random_codings(seed):
    """Codings of one project, some of them missing, many equally sure."""
    rng = random.Random(seed)
    found = {}
    for leaf in BOOK.leaves():
        if rng.random() < 0.1:
            continue
        value = rng.random() < 0.4
        role = rng.choice([None, *Role]) if leaf.variable == "partner" and value else None
        found[leaf.variable, leaf.id] = Coding(
            leaf.variable,
            leaf.id,
            value,
            role,
            rng.choice([0.0, 0.5, 0.8, 0.97, 1.0, rng.random()]),
            rng.choice(list(Status)),
            rng.choice(list(Origin)),
        )
    return found


@pytest.fixture(scope="module")
def cases():
    return [{}, *(random_codings(seed) for seed in range(120))]


def test_every_figure_of_tables_three_to_five(cases):
    panel = Panel(cases)
    for figure in figures(BOOK, ORDER):
        found = judge_all(panel, figure.criterion, figure.roles, ORDER)
        expected = [one_by_one(own, figure.criterion, figure.roles) for own in cases]
        where = (figure.row, figure.column)
        assert found.holds.tolist() == [holds for holds, _, _ in expected], where
        assert found.probability.tolist() == [p for _, p, _ in expected], where
        assert all(a is e[2] for a, e in zip(found.by.codings, expected, strict=True)), where
        automatic = [c is None or c.status is Status.AUTO for _, _, c in expected]
        assert found.by.automatic.tolist() == automatic, where


def test_a_part_of_the_projects_is_judged_as_they_are(cases):
    figure = next(iter(figures(BOOK, ORDER)))
    found = judge_all(Panel(cases), figure.criterion, figure.roles, ORDER).part(7, 20)
    alone = judge_all(Panel(cases[7:20]), figure.criterion, figure.roles, ORDER)
    assert np.array_equal(found.holds, alone.holds)
    assert np.array_equal(found.probability, alone.probability)
    assert list(found.by.codings) == list(alone.by.codings)


def test_one_project_alone(cases):
    for figure in figures(BOOK, ORDER):
        found = judge(cases[5], figure.criterion, figure.roles, ORDER)
        expected = one_by_one(cases[5], figure.criterion, figure.roles)
        assert (found.holds, found.probability, found.coding) == expected
