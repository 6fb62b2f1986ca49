"""Margins are held exactly, whatever they are and whoever wishes what."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.simulate.draw import FAMILY, INTEGRATED, NEVER, PLAN, Group, Margins, draw, margins

PARTS, FREE, OWN = ("partner.a", "partner.b"), ("partner.c",), "malgrupp.x"
SUBPARTS, REST = ("malgrupp.y", "malgrupp.z"), ("utbildning", "tillfallig")
LONE = "partner.lone"


@st.composite
def populations(draw_):
    """Projects with codes that obey the rules: what their margins are, other projects can meet."""
    found = []
    for _ in range(draw_(st.integers(1, 25))):
        codes = set(draw_(st.sets(st.sampled_from((*PARTS, *FREE, LONE, *FAMILY, *REST)))))
        codes |= (
            {OWN, *draw_(st.sets(st.sampled_from(SUBPARTS)))} if draw_(st.booleans()) else set()
        )
        whole = draw_(st.sampled_from(((), (NEVER,), (INTEGRATED,), (PLAN,), (INTEGRATED, PLAN))))
        found.append(codes | set(whole))
    return found


def margins_of(population):
    counts = Counter(code for codes in population for code in codes)

    def group(parts, free=(), own=""):
        members = sum(bool(codes & {*parts, *free, own}) for codes in population)
        return Group(members, {p: counts[p] for p in parts}, free, own)

    return Margins(
        (group(PARTS, FREE), group((LONE,)), group(SUBPARTS, own=OWN)),
        sum(set(FAMILY) <= codes for codes in population),
        (counts[FAMILY[0]], counts[FAMILY[1]], counts[FAMILY[2]]),
        {c: counts[c] for c in REST},
        counts[INTEGRATED],
        counts[PLAN],
        counts[NEVER],
    )


@settings(max_examples=300, deadline=None)
@given(populations(), st.integers(0, 1000), st.booleans())
def test_every_margin_is_held(population, seed, wishing):
    wanted = margins_of(population)
    rng = random.Random(seed)
    codes = sorted({c for held in population for c in held})
    wishes = [{c: rng.uniform(-60, 60) for c in codes} if wishing else {} for _ in population]
    assert margins_of(draw(wanted, wishes, rng)) == wanted


@given(populations(), st.integers(0, 1000))
def test_never_stands_alone(population, seed):
    drawn = draw(margins_of(population), [{} for _ in population], random.Random(seed))
    assert not any(NEVER in codes and codes & {INTEGRATED, PLAN} for codes in drawn)


def test_who_wishes_gets():
    wanted = Margins((), 0, (0, 0, 0), {"utbildning": 2}, 0, 0, 0)
    wishes = [{}, {"utbildning": 50.0}, {}, {"utbildning": 50.0}]
    drawn = draw(wanted, wishes, random.Random(1))
    assert drawn == [set(), {"utbildning"}, set(), {"utbildning"}]


def test_the_published_margins_are_held_without_any_wish(preset):
    drawn = draw(margins(preset), [{} for _ in range(preset.started)], random.Random(2))
    assert sum(set(FAMILY) <= codes for codes in drawn) == 55
    assert Counter(c for codes in drawn for c in codes)["partner.aklagare"] == 36


def test_more_than_there_are_is_refused():
    wanted = Margins((), 0, (0, 0, 0), {"utbildning": 3}, 0, 0, 0)
    with pytest.raises(ValueError, match="utbildning"):
        draw(wanted, [{}, {}], random.Random(1))
