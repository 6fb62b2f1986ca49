"""Granted, started, reported, ended: each project's standing, and figures that add up."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from annotations.strict import DefinitionError
from corpus.types import Coding, Origin, Status
from pipeline.projects.arrange import Given
from pipeline.projects.blocks import flow_blocks
from pipeline.projects.counts import by_county, count, reasons
from pipeline.projects.findings import flow_findings
from pipeline.projects.granted import parse_grants
from pipeline.projects.steps import project_flow, restated
from pipeline.projects.types import Answer, Step
from pipeline.projects.words import FILE, load_words
from pipeline.projects.write import FLOW, write_flow
from pipeline.report.blocks import Grid, Paragraph
from tests.projects.papers import ANNAT, ANSOKAN, BESLUT, DEL, SLUT, arranged, paper, prose

JA, NEJ, OKANT = Answer.YES, Answer.NO, Answer.UNKNOWN


def status(category):
    """Return the codings of a project's status."""
    return tuple(
        Coding("status", c, c == category, None, 0.9, Status.AUTO, Origin.RULE)
        for c in ("avslutat", "pagar", "oklart")
    )


def flow(*papers, listed=None, ended="avslutat", due=None):
    """Return the flow of the papers, with the list of grants where there is one."""
    given = Given(parse_grants(listed) if listed else None, due=due)
    result = arranged(*papers, given=given)
    codings = {one.id: status(ended) for one in result.joined}
    return restated(project_flow(result, given), codings)


def answers(row):
    return tuple(s.answer for s in row.standings)


@pytest.mark.parametrize(
    ("papers", "expected", "reason"),
    [
        ([paper("a.docx", ANSOKAN, applied=1000)], (OKANT, OKANT, NEJ, OKANT), "okant_beslut"),
        (
            [
                paper("a.docx", ANSOKAN, title="Trygg", applied=1000),
                paper("b.pdf", ANNAT, title="Trygg", amount=1000, notes=BESLUT),
            ],
            (JA, OKANT, NEJ, OKANT),
            "ingen_uppgift",
        ),
        ([paper("a.docx", DEL, text=prose(1))], (JA, JA, JA, JA), ""),
        ([paper("a.docx", SLUT, amount=1000, text=prose(1))], (JA, JA, JA, JA), ""),
    ],
)
def test_without_a_list_the_papers_tell(papers, expected, reason):
    (row,) = flow(*papers).rows
    assert answers(row) == expected
    assert row.reason == reason
    assert all(s.evidence for s in row.standings if s.answer is JA)


@pytest.mark.parametrize(
    ("ended", "expected", "reason"),
    [("avslutat", JA, ""), ("pagar", NEJ, "pagar"), ("oklart", OKANT, "status_oklar")],
)
def test_whether_it_has_ended_is_its_coding(ended, expected, reason):
    (row,) = flow(paper("a.docx", text=prose(1)), ended=ended).rows
    assert (row.at(Step.ENDED).answer, row.reason) == (expected, reason)


@pytest.mark.parametrize(
    ("dropped", "expected", "reason"),
    [
        ("", (JA, OKANT, NEJ, OKANT), "ingen_uppgift"),
        ("startade aldrig", (JA, NEJ, NEJ, NEJ), "aldrig_startat"),
        ("återkallat", (JA, NEJ, NEJ, NEJ), "aterkallat"),
        ("senarelagt", (JA, NEJ, NEJ, NEJ), "senarelagt"),
        ("inte redovisat", (JA, OKANT, NEJ, OKANT), "ej_redovisat"),
        ("pågår", (JA, JA, NEJ, NEJ), "pagar"),
    ],
)
def test_a_granted_project_without_papers(dropped, expected, reason):
    (row,) = flow(listed=f"kommun,titel,bortfall\nStoruman,Trygg,{dropped}").rows
    assert answers(row) == expected
    assert row.reason == reason
    assert row.row == 2


def test_the_last_day_tells_what_is_to_come_later():
    listed = (
        "kommun,titel,start,slut\nStoruman,A,2012-01-01,2012-12-31\nUmeå,B,2010-01-01,2012-12-31\n"
    )
    rows = flow(listed=listed, due=date(2011, 6, 30)).rows
    assert {r.titel: r.reason for r in rows} == {"A": "senarelagt", "B": "redovisas_senare"}


def test_a_report_goes_before_the_lists_word_and_is_told():
    found = flow(
        paper("a.docx", title="Trygg", text=prose(1)),
        listed="kommun,titel,bortfall\nStoruman,Trygg,startade aldrig",
    )
    (row,) = found.rows
    assert row.holds(Step.REPORTED)
    assert any("startade aldrig" in f.what for f in flow_findings(found))


def test_what_is_not_in_the_list_is_told_and_not_counted():
    found = flow(
        paper("a.docx", title="Trygg", text=prose(1)),
        paper("b.docx", code="2480", title="Okänd", text=prose(2)),
        listed="kommun,titel\nStoruman,Trygg",
    )
    assert count(found.rows).granted == count(found.rows).reported == 1
    assert [f.where for f in flow_findings(found)] == ["2480-umea-okand"]


def test_rows_and_projects_of_one_municipality_are_matched_by_what_they_say():
    found = flow(
        paper("a.docx", title="Barnspår", amount=50000, text=prose(1)),
        paper("b.docx", title="Nattlinjen", amount=70000, text=prose(2)),
        paper("c.docx", period=("2010-01-01", "2010-06-30"), amount=9000, text=prose(3)),
        listed="kommun,titel,beviljat_belopp,start,slut\n"
        "Storuman,Nattlinjen i Storuman,70 000,2009-01-01,2010-08-31\n"
        "Storuman,,9000,2010-01-01,2010-06-30\n"
        "Storuman,Barnspår,50000,,\n"
        "Storuman,Aldrig hört talas om,123,,\n",
    )
    assert {r.final: r.row for r in found.rows} == {
        ("a.docx",): 4, ("b.docx",): 2, ("c.docx",): 3, (): 5,
    }  # fmt: skip


def test_the_lists_order_and_the_files_order_say_nothing():
    papers = [paper(f"{n}.docx", title=t, text=prose(n)) for n, t in enumerate(("Ett", "Två"))]
    lines = ["Storuman,Ett", "Storuman,Två", "Umeå,Tre"]
    one = flow(*papers, listed="\n".join(["kommun,titel", *lines]))
    other = flow(*reversed(papers), listed="\n".join(["kommun,titel", *reversed(lines)]))
    assert [(r.project, r.final, r.reason) for r in one.rows] == [
        (r.project, r.final, r.reason) for r in other.rows
    ]


PLACES = ("2421", "2480", "0180")
KINDS = st.sampled_from([SLUT, DEL, ANSOKAN])
PAPERS = st.lists(
    st.tuples(KINDS, st.sampled_from(PLACES), st.booleans(), st.integers(1, 4)), max_size=7
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Storuman", "Umeå", "Stockholm"]),
        st.integers(1, 4),
        st.sampled_from(["", "startade aldrig", "senarelagt", "pågår", "ej redovisat", "hm"]),
    ),
    max_size=7,
)


@settings(max_examples=120, deadline=None)
@hypothesis_given(PAPERS, st.none() | ROWS, st.sampled_from(["avslutat", "pagar", "oklart"]))
def test_the_figures_add_up_whatever_comes(papers, rows, ended):
    made = [
        paper(
            f"{n}.docx", kind, code, title=f"Projekt {'ABCD'[t - 1] * 6}", text=prose(n),
            amount=1000 if granted else None,
        )
        for n, (kind, code, granted, t) in enumerate(papers)
    ]  # fmt: skip
    listed = None
    if rows is not None:
        told = [f"{town},Projekt {'ABCD'[t - 1] * 6},{why}" for town, t, why in rows]
        listed = "\n".join(["kommun,titel,bortfall", *told])
    found = flow(*made, listed=listed, ended=ended)
    total, counties = count(found.rows), [c for _, c in by_county(found)]
    for c in (total, *counties):
        assert c.granted == c.started + c.not_started + c.unknown
        assert c.started == c.reported + c.not_reported
        assert c.reported == c.ended + c.ongoing + c.unclear
    for field in ("granted", "started", "reported", "ended", "not_started", "unknown"):
        assert sum(getattr(c, field) for c in counties) == getattr(total, field)
    steps = list(Step)
    for row in found.rows:
        if row.holds(Step.GRANTED):
            for before, after in pairwise(steps[1:]):
                assert row.holds(before) or not row.holds(after)
            # A reason stands exactly where the last step is not reached.
            assert bool(row.reason) != row.holds(Step.ENDED)
        else:
            assert row.reason in ("okant_beslut", "utanfor_listan")
    assert sum(n for _, n, _ in reasons(found)) == sum(bool(r.reason) for r in found.rows)
    names = Counter(r.project for r in found.rows)
    assert not names or max(names.values()) == 1
    if listed is not None:
        assert total.granted == len({r for r in parse_grants(listed).rows})
    assert not [f for f in flow_findings(found) if f.severity == "fel"]


def test_the_reports_grid_says_what_the_rows_say():
    found = flow(
        paper("a.docx", title="Trygg", text=prose(1)),
        listed="kommun,titel,bortfall\nStoruman,Trygg,\nUmeå,Ute,startade aldrig\nLund,Inne,",
    )
    blocks = flow_blocks(found)
    steps, why = [b for b in blocks if isinstance(b, Grid)]
    assert steps.headings == (
        "Län", "Beviljade", "Startade inte", "Okänt om startade", "Startade", "Redovisade",
        "Avslutade",
    )  # fmt: skip
    assert steps.rows == (
        ("Skåne", "1", "0", "1", "0", "0", "0"),
        ("Västerbotten", "2", "1", "0", "1", "1", "1"),
        ("Summa", "3", "1", "1", "1", "1", "1"),
    )
    assert steps.total
    assert {row[0] for row in why.rows} == {"Startade aldrig", "Ingen uppgift"}
    (told,) = [b for b in blocks if isinstance(b, Paragraph)]
    assert "Av 3 beviljade projekt startade 1" in told.text


@pytest.mark.parametrize(
    ("papers", "listed", "told"),
    [
        ((), "kommun,titel\nLund,Inne", "Av 1 beviljat projekt startade 0 (för 1 är det okänt om "
         "det startade). Inget har redovisat."),
        ((paper("a.docx", text=prose(1)),), None, "Av 1 beviljat projekt startade 1. 1 har "
         "redovisat. Av dem är 1 avslutat och 0 pågår."),
    ],
)  # fmt: skip
def test_one_project_is_told_of_as_one(papers, listed, told):
    (text,) = [
        b.text for b in flow_blocks(flow(*papers, listed=listed)) if isinstance(b, Paragraph)
    ]
    assert text.endswith(told)


def test_the_file_has_a_row_for_each_project(tmp_path):
    found = flow(
        paper("a.docx", title="Trygg", text=prose(1)), listed="kommun,titel\nStoruman,Trygg\nUmeå,B"
    )
    write_flow(found, tmp_path)
    with (tmp_path / "projektflode.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == FLOW
    assert [(r["projekt"], r["redovisat"], r["redovisat_dokument"], r["skal"]) for r in rows] == [
        ("2421-storuman-trygg", "ja", "a.docx", ""),
        ("umea-b", "nej", "", "ingen_uppgift"),
    ]


def test_a_fault_in_the_words_is_told_with_its_place(tmp_path):
    path = tmp_path / "flow.yaml"
    path.write_text(FILE.read_text(encoding="utf-8").replace("label: Startar senare", "lable: x"))
    with pytest.raises(DefinitionError, match="lable"):
        load_words(path)


def test_weak_reasons_are_reasons_that_weighing_gives():
    source = (FILE.parents[1] / "parse" / "evidence.py").read_text(encoding="utf-8")
    assert all(f'"{reason}"' in source for reason in load_words().review.weak)
