"""The bench's round is such as a run makes: whole codings, words that stand in the texts."""

from __future__ import annotations

import pytest

from annotations.codebook import load
from annotations.tables import load_tables
from bench.report_round import large_round
from corpus.types import Origin
from pipeline.tables.checks import check
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Severity


@pytest.fixture(scope="module")
def made():
    return large_round(120)


def test_every_project_has_every_category_once_and_nothing_contradicts(made):
    book = load()
    leaves = {(c.variable, c.id) for c in book.leaves()}
    for codings in made.codings.values():
        keys = [(c.variable, c.category) for c in codings]
        assert set(keys) == leaves
        assert len(keys) == len(leaves)
    definitions = load_tables()
    found = check(made, tabulate(made, definitions, book), definitions, book)
    assert [f for f in found if f.severity is Severity.ERROR and "Raderna" not in f.what] == []


def test_words_and_boxes_stand_in_the_texts(made):
    quoted = [c.evidence for own in made.codings.values() for c in own if c.evidence]
    boxes = [box for own in made.boxes.values() for box in own.values()]
    assert len(quoted) > 1000
    assert boxes
    for span in (*quoted, *boxes):
        assert 0 <= span.start < span.end <= len(made.texts[span.document])
    sample = [made.texts[s.document][s.start : s.end] for s in quoted[::50]]
    assert all(words.strip() for words in sample)


def test_people_decided_some_and_the_copies_of_a_report_differ(made):
    origins = {c.origin for own in made.codings.values() for c in own}
    assert origins == set(Origin)
    assert len(made.audits) > 20
    assert large_round(120).codings == made.codings
    assert large_round(120, seed=2).codings != made.codings
