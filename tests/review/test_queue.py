"""Who is asked about what, and what comes first."""

from __future__ import annotations

import statistics
from dataclasses import replace
from itertools import pairwise
from math import sqrt

import pytest

from annotations.codebook import load
from annotations.tables import load_tables
from corpus.types import DocumentKind, DocumentRecord, Header, Project, Reading, Role, Status
from pipeline.review.queue import SHARE, queue
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Round
from tests.tables.made_up import big_round, codings

BOOK = load()
DEFINITIONS = load_tables()
KEY = b"prov"


def asked(round, unscored=(), key=KEY, share=0.0):
    return queue(round, BOOK, DEFINITIONS, unscored=unscored, key=key, share=share)


def order(round, **changes):
    found = asked(round, **changes)
    return sorted(found.ranks, key=found.ranks.__getitem__)


def made(*held, kinds=None, counties=None, doubts=None):
    """A round of projects p0, p1, …: each holds its categories (with a role after a slash).

    `doubts` maps (project, `variable.category`) to the confidence of what is flagged.
    """
    projects, coded, documents = [], {}, []
    for i, keys in enumerate(held):
        id = f"p{i}"
        roles = {k.split("/")[0]: Role(k.split("/")[1]) if "/" in k else None for k in keys}
        defaults = {"maluppfyllelse.oklart": None, "status.oklart": None}
        roles |= {
            k: v
            for k, v in defaults.items()
            if not any(h.startswith(k.split(".")[0]) for h in roles)
        }
        own = []
        for c in codings(BOOK, roles, confidence=0.99):
            confidence = (doubts or {}).get((id, f"{c.variable}.{c.category}"))
            if confidence is not None:
                c = replace(c, confidence=confidence, status=Status.REVIEW)
            own.append(c)
        coded[id] = tuple(own)
        header = Header(lanskod=(counties or {}).get(id, "10"))
        projects.append(Project(id, header, (f"{id}.docx",)))
        kind = (kinds or {}).get(id, DocumentKind.BLANKETT_SLUT)
        documents.append(DocumentRecord(f"{id}.docx", "0", "docx", 1, kind, (id,), Reading.TEXT))
    return Round("prov", tuple(documents), tuple(projects), coded, {})


def test_what_is_automatic_is_asked_of_nobody_and_what_is_flagged_of_somebody():
    round = made(["malgrupp.kvinnor"], doubts={("p0", "malgrupp.kvinnor"): 0.6})
    assert dict(asked(round).ranks) == {("p0", "malgrupp", "kvinnor"): 0.0}


def test_one_flagged_category_asks_about_a_whole_variable():
    round = made(["maluppfyllelse.helt"], doubts={("p0", "maluppfyllelse.ej"): 0.6})
    assert list(asked(round).ranks) == [("p0", "maluppfyllelse", "")]


def test_the_same_doubt_about_a_small_figure_comes_first():
    """One of nine projects with women and the only one with the addicted are as doubtful."""
    held = [["malgrupp.kvinnor"]] * 9 + [["malgrupp.missbruk", "malgrupp.sarskilt_utsatta"]]
    doubts = {("p0", "malgrupp.kvinnor"): 0.6, ("p9", "malgrupp.missbruk"): 0.6}
    assert [place[2] for place in order(made(*held, doubts=doubts))] == ["missbruk", "kvinnor"]


def test_the_greater_doubt_about_the_same_figure_comes_first():
    doubts = {("p0", "malgrupp.barn"): 0.9, ("p1", "malgrupp.barn"): 0.6}
    found = order(made(["malgrupp.barn"], ["malgrupp.barn"], doubts=doubts))
    assert [place[0] for place in found] == ["p1", "p0"]


def test_what_feeds_a_county_goes_before_what_feeds_the_nation_only():
    held = [["struktur.ny", "form.tillfallig"]] * 4
    doubts = {("p0", "struktur.ny"): 0.6, ("p0", "form.tillfallig"): 0.6}
    counties = {"p0": "10", "p1": "20", "p2": "20", "p3": "20"}
    found = order(made(*held, doubts=doubts, counties=counties))
    assert [place[1] for place in found] == ["struktur", "form"]


def test_a_part_that_another_part_stands_in_for_moves_its_own_row_only():
    """Without the police the justice system still is there by the prosecutors, elsewhere not."""
    held = [["partner.polis/aktiv", "partner.aklagare/aktiv"], ["partner.polis/aktiv"]]
    doubts = {("p0", "partner.polis"): 0.6, ("p1", "partner.polis"): 0.6}
    found = order(made(*held, doubts=doubts))
    assert [place[0] for place in found] == ["p1", "p0"]


def test_a_row_outside_every_table_comes_last_however_doubtful():
    doubts = {("p0", "struktur.annat"): 0.5, ("p0", "malgrupp.barn"): 0.94}
    found = order(made(["struktur.annat", "malgrupp.barn"], doubts=doubts))
    assert [place[2] for place in found] == ["barn", "annat"]


def test_an_application_that_no_table_counts_comes_last_if_it_was_scored():
    doubts = {("p0", "malgrupp.barn"): 0.5, ("p1", "malgrupp.barn"): 0.9}
    kinds = {"p0": DocumentKind.TJANSTEUTLATANDE_ANSOKAN}
    round = made(["malgrupp.barn"], ["malgrupp.barn"], doubts=doubts, kinds=kinds)
    assert [place[0] for place in order(round)] == ["p1", "p0"]
    assert [place[0] for place in order(round, unscored={"p0"})] == ["p0", "p1"]


@pytest.mark.parametrize("share", [0.0, SHARE, 0.3, 1.0])
def test_the_audit_is_that_share_of_the_automatic_items(share):
    round = big_round(60)
    audits = asked(round, share=share).audits
    automatic = len(asked(round, share=1.0).audits)
    spread = 4 * sqrt(automatic * share * (1 - share))
    assert abs(len(audits) - automatic * share) <= spread
    flagged = asked(round).ranks
    assert not audits & set(flagged)
    assert set(asked(round, share=share).ranks) == audits | set(flagged)


def test_the_audit_is_the_same_in_every_run_and_another_with_another_key():
    round = big_round(40)
    first = asked(round, share=SHARE).audits
    fewer = replace(round, projects=round.projects[:20])
    kept = {p.id for p in fewer.projects}
    assert asked(fewer, share=SHARE).audits == {a for a in first if a[0] in kept}
    assert asked(round, share=SHARE, key=b"annan").audits != first


def test_a_place_in_the_queue_does_not_tell_an_audit():
    round = big_round(200)
    found = asked(round, share=SHARE)
    assert sorted(found.ranks.values()) == [float(i) for i in range(len(found.ranks))]
    places = [found.ranks[a] / len(found.ranks) for a in found.audits]
    assert len(places) > 200
    assert statistics.mean(places) == pytest.approx(0.5, abs=0.06)
    quarters = statistics.quantiles(places, n=4)
    assert quarters == pytest.approx([0.25, 0.5, 0.75], abs=0.08)
    # Taken away they leave the others as they would have stood without them.
    alone = asked(round).ranks
    left = [p for p in sorted(found.ranks, key=found.ranks.__getitem__) if p not in found.audits]
    assert left == sorted(alone, key=alone.__getitem__)


def test_an_effect_is_what_tabulation_would_show():
    """Turn each flagged item and count again: the tables must move as the score says."""
    keys = [
        "malgrupp.kvinnor",
        "malgrupp.utovare",
        "malgrupp.aldre",
        "struktur.ny",
        "partner.polis",
        "partner.aklagare",
        "partner.kyrka",
        "innehall.reell_samverkan",
        "integrering.plan",
    ]
    held = [
        ["malgrupp.kvinnor", "malgrupp.barn", "malgrupp.utovare", "partner.polis/aktiv"],
        ["malgrupp.aldre", "malgrupp.sarskilt_utsatta", "struktur.ny", "partner.aklagare/inbjuden"],
        ["innehall.reell_samverkan", "partner.polis/inbjuden", "partner.aklagare/aktiv"],
        ["malgrupp.kvinnor", "integrering.plan", "partner.kyrka/planerad"],
    ]
    doubts = {(f"p{i}", key): 0.7 for i in range(len(held)) for key in keys}
    round = made(*held, doubts=doubts, counties={"p1": "20"})
    expected = {}
    for (project, key), confidence in doubts.items():
        variable, category = key.split(".")
        turned = tuple(
            _turned(c) if (c.variable, c.category) == (variable, category) else c
            for c in round.codings[project]
        )
        after = replace(round, codings={**round.codings, project: turned})
        expected[project, variable, category] = (1 - confidence) * _moved(round, after)
    found = order(round)
    assert set(found) == set(expected)
    values = [expected[place] for place in found]
    assert all(a >= b - 1e-9 for a, b in pairwise(values))
    assert len(set(values)) > 8


def _turned(coding):
    counted = coding.value and coding.role is not Role.PLANERAD
    role = Role.AKTIV if coding.variable == "partner" and not counted else None
    return replace(coding, value=not counted, role=role)


def _moved(before, after):
    total = 0.0
    for table, other in zip(
        tabulate(before, DEFINITIONS, BOOK), tabulate(after, DEFINITIONS, BOOK), strict=True
    ):
        counted = [i for i, c in enumerate(table.columns) if c.counted and not c.money]
        for row, changed in zip(table.rows, other.rows, strict=True):
            for i in counted:
                was, now = row.cells[i].count, changed.cells[i].count
                if was is not None and now is not None and was != now:
                    total += abs(now - was) / sqrt(max(was, 1))
    return total
