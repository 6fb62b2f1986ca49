"""Joins that people decide: honoured on every run, whatever the order of the files."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from pipeline.parse.manifest import parse_manifest
from pipeline.projects.arrange import Given
from pipeline.projects.csv_text import ListError
from pipeline.projects.ids import keep_ids, remember
from pipeline.projects.links import COLUMNS, parse_decisions, together
from pipeline.projects.types import PairKind
from pipeline.projects.write import _pair
from tests.projects.papers import ANNAT, BESLUT, DEL, SLUT, arranged, groups, paper, prose

GOAL = "Att skapa en gemensam rutin mellan polis, skola och jour för barn som har upplevt våld"


def said(*rows):
    """Return decisions: (document a, document b, samma or olika)."""
    lines = ["dokument_a,dokument_b,beslut", *(",".join(row) for row in rows)]
    return Given(decisions=parse_decisions("\n".join(lines)))


def thin():
    """An interim and a final report that hang together by little."""
    return (
        paper("del.docx", DEL, period=None, amount=90000, text=prose(1)),
        paper("slut.docx", SLUT, amount=90000, text=prose(2)),
    )


def alike():
    """Two final reports with one goal and period that are kept apart."""
    return (
        paper("a.docx", goal=GOAL, amount=50000, text=prose(3)),
        paper("b.docx", goal=GOAL, amount=70000, text=prose(4)),
    )


def test_a_sure_join_is_not_asked_about():
    result = arranged(
        paper("del.docx", DEL, title="Hela kedjan", amount=90000, text=prose(1)),
        paper("slut.docx", SLUT, title="Hela kedjan", amount=90000, text=prose(2)),
    )
    assert len(result.joined) == 1
    assert result.pairs == ()


def test_papers_kept_apart_though_alike_are_asked_about():
    result = arranged(*alike())
    assert groups(result) == [("a.docx",), ("b.docx",)]
    (pair,) = result.pairs
    assert (pair.kind, pair.a, pair.b) == (PairKind.APART, ("a.docx", 1), ("b.docx", 1))
    assert "samma mål" in pair.reasons
    assert pair.town == "Storuman"
    assert any("sammanslagning.csv" in f.where for f in result.findings)


def test_unlike_projects_of_one_municipality_are_not_asked_about():
    result = arranged(
        paper("a.docx", title="Barnspår", goal=prose("x", 20), text=prose(5)),
        paper("b.docx", title="Nattlinjen", goal=prose("y", 20), text=prose(6)),
    )
    assert result.pairs == ()


def test_a_thin_join_is_listed_and_a_person_can_part_or_confirm_it():
    result = arranged(*thin())
    (pair,) = result.pairs
    assert pair.kind is PairKind.JOINED
    assert pair.proposal == "samma"
    assert len(result.joined) == 1
    parted = arranged(*thin(), given=said(("slut.docx", "del.docx", "olika")))
    assert groups(parted) == [("del.docx",), ("slut.docx",)]
    assert [p.decision for p in parted.pairs] == ["olika"]
    kept = arranged(*thin(), given=said(("del.docx", "slut.docx", "samma")))
    assert [one.uncertain for one in kept.joined] == [False]
    assert [p.decision for p in kept.pairs] == ["samma"]
    assert not kept.findings


def test_two_apart_are_joined_when_a_person_says_so():
    result = arranged(*alike(), given=said(("a.docx", "b.docx", "samma")))
    assert groups(result) == [("a.docx", "b.docx")]
    (one,) = result.joined
    assert one.id == "2421-storuman-2009-2010"
    assert "Samordnaren" in one.reason


def test_a_decision_on_money_that_found_no_project_can_be_put_to_one():
    papers = (
        paper("slut.docx", title="Barnspår", amount=50000, text=prose(1)),
        paper("beslut.pdf", ANNAT, amount=60000, period=None, notes=BESLUT, text=prose(2)),
    )
    assert groups(arranged(*papers)) == [("slut.docx",)]
    result = arranged(*papers, given=said(("beslut.pdf", "slut.docx", "samma")))
    assert groups(result) == [("beslut.pdf", "slut.docx")]


def test_the_manifest_goes_before_what_people_said():
    manifest = parse_manifest("fil,projekt\na.docx,P1\nb.docx,P2")
    given = said(("a.docx", "b.docx", "samma"))
    result = arranged(*alike(), manifest=manifest, given=given)
    assert [(one.id, one.documents) for one in result.joined] == [
        ("P1", ("a.docx",)),
        ("P2", ("b.docx",)),
    ]
    assert any("manifestet" in f.what for f in result.findings)


def test_decisions_that_contradict_each_other_are_listed_with_their_rows():
    papers = (*alike(), paper("c.docx", goal=GOAL, amount=80000, text=prose(9)))
    rows = (
        ("a.docx", "b.docx", "samma"),
        ("b.docx", "c.docx", "samma"),
        ("a.docx", "c.docx", "olika"),
        ("b.docx", "a.docx", "olika"),
        ("a.docx", "b.docx", "kanske"),
        ("a.docx", "a.docx", "samma"),
    )
    result = arranged(*papers, given=said(*rows))
    assert groups(result) == [("a.docx", "b.docx", "c.docx")]
    told = [f.where for f in result.findings]
    assert told == [f"sammanslagning.csv, rad {n}" for n in (4, 5, 6, 7)]


def test_a_file_that_is_renamed_is_known_by_its_content_and_a_lost_one_is_kept():
    first = arranged(*thin(), given=said(("del.docx", "slut.docx", "olika")))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_pair(p) for p in first.pairs)
    given = Given(decisions=parse_decisions(out.getvalue()))
    (one, paper_one), (other, paper_other) = thin()
    moved = replace(one, name="ny mapp/del.docx"), replace(paper_one, document="ny mapp/del.docx")
    assert len(arranged(moved, (other, paper_other), given=given).joined) == 2
    gone = arranged((other, paper_other), given=given)
    assert [p.decision for p in gone.pairs] == ["olika"]
    assert "finns inte" in gone.pairs[0].remark


def again(result):
    """Return the review list as it is written, read back."""
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, *map(_pair, result.pairs)])
    return Given(decisions=parse_decisions(out.getvalue()))


def listed(result):
    return [(p.a[0], _pair(p)[COLUMNS.index("beslut")], p.remark, p.open) for p in result.pairs]


def test_what_a_person_wrote_in_the_list_stays_there_even_where_it_is_no_decision():
    rows = (
        "a.docx,b.docx,sama,Ring Bo",  # mistyped: asked about, and to be corrected
        "a.docx,c.docx,,Inte frågat om",
        "borta.docx,a.docx,,Väntar på brev",
        "borta.docx,b.docx,samma,Sagt i telefon",
    )
    text = "\n".join(["dokument_a,dokument_b,beslut,anmarkning", *rows])
    papers = (*alike(), paper("c.docx", title="Annat", amount=1, text=prose(9)))
    result = arranged(*papers, given=Given(decisions=parse_decisions(text)))
    lost = "Någon av handlingarna finns inte i den här körningen."
    expected = [
        ("a.docx", "sama", "Ring Bo", True),
        ("a.docx", "", "Inte frågat om", False),
        ("borta.docx", "samma", f"Sagt i telefon {lost}", False),
        ("borta.docx", "", f"Väntar på brev {lost}", False),
    ]
    assert listed(result) == expected
    twice = arranged(*papers, given=again(result))
    assert listed(twice) == expected
    assert [f.where for f in twice.findings] == ["sammanslagning.csv, rad 2", "sammanslagning.csv"]


def test_two_lists_hold_together_and_the_first_goes_before():
    head = "dokument_a,dokument_b,beslut,anmarkning\n"
    first = parse_decisions(head + "a,b,samma,\nc,d,,fråga Bo")
    second = parse_decisions(head + "B,A,olika,\nc,d,olika,\ne,f,olika,sagt")
    both = together(first, second)
    assert [(s.a[0], s.b[0], s.same) for s in both.said] == [("a", "b", True), ("e", "f", False)]
    assert [s.remark for s in both.written] == ["", "fråga Bo", "sagt"]


def test_a_remark_beside_a_decision_stays():
    text = "dokument_a,dokument_b,beslut,anmarkning\ndel.docx,slut.docx,olika,Två nämnder"
    first = arranged(*thin(), given=Given(decisions=parse_decisions(text)))
    assert listed(arranged(*thin(), given=again(first))) == listed(first)
    assert [(p.decision, p.remark) for p in first.pairs] == [("olika", "Två nämnder")]


@pytest.mark.parametrize("text", ["", "a,b\n1,2"])
def test_a_file_that_is_no_review_list_is_refused(text):
    with pytest.raises(ListError):
        parse_decisions(text)


PAPERS = (*thin(), *alike(), paper("c.docx", DEL, goal=GOAL, amount=50000, text=prose(7)))
NAMES = [d.name for d, _ in PAPERS]
ROWS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(["samma", "olika"])),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@hypothesis_given(ROWS, st.permutations(PAPERS))
def test_the_order_of_files_does_not_matter_and_a_second_run_changes_nothing(rows, order):
    once = arranged(*PAPERS, given=said(*rows))
    again = arranged(*order, given=said(*rows))
    assert [(j.id, j.documents) for j in once.joined] == [(j.id, j.documents) for j in again.joined]
    assert once.pairs == again.pairs
    # The list as it is written, given back: nothing moves.
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_pair(p) for p in once.pairs)
    third = arranged(*order, given=Given(decisions=parse_decisions(out.getvalue())))
    assert groups(third) == groups(once)
    every = sorted(name for group in groups(once) for name in group)
    assert every == sorted(NAMES)  # nothing lost, nothing twice


def test_a_project_keeps_its_id_when_a_later_paper_words_its_title_in_another_way():
    early = paper("del.docx", DEL, title="Hela kedjan", amount=90000, text=prose(1))
    late = paper("slut.docx", SLUT, title="Slutrapport Hela kedjan!", amount=90000, text=prose(2))
    first = arranged(early)
    digests = {d.name: d.sha256 for d, _ in (early, late)}
    memory = remember(first.joined, digests, {})
    (one,) = arranged(early, late, memory=memory).joined
    assert one.documents == ("del.docx", "slut.docx")
    assert one.id == first.joined[0].id == "2421-storuman-hela-kedjan"
    # Without memory the newest title would have made another id.
    assert arranged(early, late).joined[0].id != one.id


def test_numbered_ids_stay_when_a_file_comes_in_before():
    two = (paper("m.docx", text=prose(1), amount=1000), paper("n.docx", text=prose(2), amount=2000))
    first = arranged(*two)
    assert [j.id for j in first.joined] == ["2421-storuman-2009-2010", "2421-storuman-2009-2010-2"]
    new = paper("a.docx", text=prose(3), amount=3000)
    digests = {d.name: d.sha256 for d, _ in (*two, new)}
    memory = remember(first.joined, digests, {})
    result = arranged(*two, new, memory=memory)
    ids = {j.documents[0]: j.id for j in result.joined}
    assert ids["m.docx"] == "2421-storuman-2009-2010"
    assert ids["n.docx"] == "2421-storuman-2009-2010-2"
    assert ids["a.docx"] == "2421-storuman-2009-2010-3"


def test_two_projects_that_once_were_one_do_not_share_its_id():
    papers = thin()
    digests = {d.name: d.sha256 for d, _ in papers}
    one = arranged(*papers)
    memory = remember(one.joined, digests, {})
    for order in permutations(papers):
        parted = arranged(*order, memory=memory, given=said(("del.docx", "slut.docx", "olika")))
        ids = [j.id for j in parted.joined]
        assert len(set(ids)) == 2
        assert one.joined[0].id in ids


def test_ids_of_the_manifest_are_never_given_to_others():
    (one,) = arranged(paper("a.docx", text=prose(1))).joined
    kept = keep_ids([one], {"a.docx": "x"}, {"x:1": "P1"}, {"P1"})
    assert kept[0].id == one.id
