"""The same report twice, a corrected report, a late one: what counts and what is told."""

from __future__ import annotations

import random
from datetime import date
from itertools import permutations

import pytest

from pipeline.projects.arrange import Given
from pipeline.projects.granted import parse_grants
from pipeline.projects.sketches import likeness, sketch
from pipeline.projects.steps import project_flow
from tests.projects.papers import DEL, SLUT, arranged, groups, paper, prose

TEXT = prose("rapporten", 220)
GOAL = "Att skapa en gemensam rutin mellan polis, skola och jour för barn som har upplevt våld"


def counting(result):
    return sorted(name for one in result.counting for name in one.documents)


def misread(text: str, share: float) -> str:
    """Return the text as an OCR engine may read it: so many of its letters are other ones."""
    rng = random.Random(share)
    return "".join(rng.choice("ceoil") if rng.random() < share else c for c in text)


def test_the_word_file_and_its_pdf_count_once():
    twice = (
        paper("slut.docx", title="Trygg", goal=GOAL, text=TEXT),
        paper("slut.pdf", title="Trygg", goal=GOAL, text=TEXT.replace(" ", "\n", 7)),
    )
    for order in permutations(twice):
        result = arranged(*order)
        assert groups(result) == [("slut.docx", "slut.pdf")]
        assert counting(result) == ["slut.docx"]
        (copy,) = result.superseded.copies
        assert copy.copy == ("slut.pdf", 1)
        assert result.superseded.versions == ()
        assert any("räknas en gång" in f.what for f in result.findings)


@pytest.mark.parametrize("share", [0.01, 0.02, 0.03])
def test_a_scan_of_the_same_report_counts_once_and_the_text_is_what_counts(share):
    result = arranged(
        paper("a-skannad.pdf", goal=misread(GOAL, share), text=misread(TEXT, share), scanned=True),
        paper("slut.docx", goal=GOAL, text=TEXT, amount=50000),
    )
    assert len(result.joined) == 1
    assert counting(result) == ["slut.docx"]


def test_a_badly_read_scan_is_asked_about():
    result = arranged(
        paper("a.pdf", goal=misread(GOAL, 0.05), text=misread(TEXT, 0.05), scanned=True),
        paper("slut.docx", goal=GOAL, text=TEXT, amount=50000),
    )
    assert len(result.joined) == 2
    assert len(result.pairs) == 1


def test_another_municipality_with_the_same_text_is_another_project():
    result = arranged(
        paper("a.docx", goal=GOAL, text=TEXT), paper("b.docx", code="2480", goal=GOAL, text=TEXT)
    )
    assert len(result.joined) == 2
    assert result.superseded.copies == ()


def test_the_same_words_for_another_sum_are_asked_about_not_joined():
    result = arranged(
        paper("a.docx", title="Kurs i Storuman", text=TEXT, amount=50000),
        paper("b.docx", title="Råd för hedersfrågor", text=TEXT + " och mer", amount=70000),
    )
    assert len(result.joined) == 2
    (pair,) = result.pairs
    assert "nästan samma text" in pair.reasons[0]


def test_interim_and_final_report_with_the_same_words_are_two_reports():
    result = arranged(
        paper("del.docx", DEL, title="Trygg", text=TEXT, period=("2009-01-01", "2009-12-31")),
        paper("slut.docx", SLUT, title="Trygg", text=TEXT + " " + prose("mer", 20)),
    )
    assert len(result.joined) == 1
    assert counting(result) == ["del.docx", "slut.docx"]


CORRECTED = TEXT.replace(TEXT[300:380], "Polisen har lämnat gruppen och 12 möten blev av.")


@pytest.mark.parametrize(
    ("older", "newer", "days", "sure"),
    [
        ("Slutrapport.docx", "Slutrapport v2.docx", (None, None), True),
        ("Slutrapport.docx", "Rättad slutrapport.docx", (None, None), True),
        ("b.docx", "a.docx", ("2010-09-01", "2010-10-01"), True),
        ("a.docx", "b.docx", (None, None), False),
    ],
)
def test_a_corrected_report_replaces_the_older(older, newer, days, sure):
    papers = (
        paper(older, title="Trygg", goal=GOAL, text=TEXT, day=days[0]),
        paper(newer, title="Trygg", goal=GOAL, text=CORRECTED, day=days[1]),
    )
    for order in permutations(papers):
        result = arranged(*order)
        (version,) = result.superseded.versions
        assert (version.older[0], version.newer[0]) == (older, newer)
        assert version.changed == ("insatser",)
        assert version.sure is sure
        assert counting(result) == [newer]
        (project,) = result.joined
        assert project.documents == (older, newer)  # The one that counts stands last.
        (told,) = [f for f in result.findings if "nyare version" in f.what]
        assert ("Kontrollera" in told.what) is not sure


def test_the_header_is_that_of_the_version_that_counts():
    result = arranged(
        paper("Slutrapport v2.docx", title="Trygg", text=CORRECTED, amount=60000),
        paper("Slutrapport.docx", title="Trygg", text=TEXT, amount=50000),
    )
    (one,) = result.joined
    assert one.header.beviljat_belopp == 60000
    assert result.superseded.versions[0].changed == ("insatser", "beviljat_belopp")


def test_reports_of_two_periods_are_two_reports():
    result = arranged(
        paper("2009.docx", DEL, title="Trygg", text=TEXT, period=("2009-01-01", "2009-06-30")),
        paper("2010.docx", DEL, title="Trygg", text=CORRECTED, period=("2009-01-01", "2009-12-31")),
    )
    assert counting(result) == ["2009.docx", "2010.docx"]


def test_two_reports_of_one_period_that_say_quite_other_things_both_count_and_are_asked_about():
    result = arranged(
        paper("a.docx", title="Trygg", amount=1000, text=prose("ena", 200)),
        paper("b.docx", title="Trygg", amount=1000, text=prose("andra", 200)),
    )
    assert len(result.joined) == 1
    assert counting(result) == ["a.docx", "b.docx"]
    assert any("orden är olika" in p.reasons[0] for p in result.pairs)


@pytest.mark.parametrize(
    ("sent", "late"),
    [
        ("Thu, 30 Sep 2010 23:10:00 +0200", False),
        ("Fri, 1 Oct 2010 08:00:00 +0200", True),
        ("", None),
    ],
)
def test_the_letters_day_says_whether_a_report_came_too_late(sent, late):
    given = Given(due=date(2010, 9, 30))
    result = arranged(paper("brev.eml", text=TEXT, sent=sent), given=given)
    (row,) = project_flow(result, given).rows
    assert row.late is late


def test_a_report_signed_after_the_last_day_is_late_and_the_lists_own_day_goes_first():
    grants = parse_grants("kommun,sista_dag\nStoruman,2010-12-31")
    report = paper("slut.docx", text=TEXT, day="2010-11-15")
    (row,) = project_flow(arranged(report), Given(due=date(2010, 9, 30))).rows
    assert row.late is True
    given = Given(grants, due=date(2010, 9, 30))
    (row,) = project_flow(arranged(report, given=given), given).rows
    assert (row.due, row.late) == (date(2010, 12, 31), None)


def test_a_corrected_report_that_came_after_the_last_day_is_not_late():
    given = Given(due=date(2010, 9, 30))
    result = arranged(
        paper("a.eml", title="Trygg", text=TEXT, sent="Wed, 1 Sep 2010 10:00:00 +0200"),
        paper("b.eml", title="Trygg", text=CORRECTED, sent="Mon, 1 Nov 2010 10:00:00 +0100"),
        given=given,
    )
    (row,) = project_flow(result, given).rows
    assert (row.replaced, row.received, row.late) == (("a.eml",), date(2010, 9, 1), False)


def test_likeness_is_near_the_truth():
    a, b = sketch(TEXT), sketch(prose("annat", 220))
    assert a is not None and b is not None
    assert likeness(a, a) == 1.0
    assert likeness(a, b) < 0.4
    assert sketch("Kort text.") is None
