"""What stands on the form, whatever the format: questions, answers, boxes, header."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.records import Report
from corpus.render import Layout, expected, layout
from corpus.render.compose import compose
from corpus.render.header import municipality, period
from corpus.render.sheet import boxes, paragraphs


def _texts(report: Report, lay: Layout) -> list[str]:
    return [para.text for para in paragraphs(compose(report, lay))]


def test_seed_0_is_the_final_form_as_published(reports: dict[str, Report]) -> None:
    texts = _texts(reports["s-01"], layout(0))
    headings = [
        "1. Redovisningen avser",
        "2. Målet med samverkansinsatsen",
        "a) Vilken samverkan avses?",
        "3. Beviljade medel",
        "4. Vilka aktörer involveras i insatsen?",
        "5. Vilka av nedan nämnda områden involveras i insatsen?",
        "6. Måluppfyllelse",
        "7. Integrera i ordinarie verksamhet",
    ]
    assert [text for text in texts if text in headings] == headings
    assert "Sökande kommun Åsele" in texts


def test_the_interim_form_asks_six_questions_and_keeps_every_answer(
    reports: dict[str, Report],
) -> None:
    report = reports["s-11"]
    want = expected(report, layout(0))
    assert want.form == "redovisning_del"
    assert {question for question, _ in want.ticks} == {"struktur", "aktor", "omrade"}
    assert want.answers["mal"] == f"{report.answer('mal')}\n{report.answer('insatser')}"
    assert "Övrigt" in _texts(report, layout(0))


def test_an_interim_report_can_stand_on_the_final_form(reports: dict[str, Report]) -> None:
    want = expected(reports["s-11"], replace(layout(0), interim="final"))
    assert want.form == "redovisning_slut"
    assert want.ticks[("redovisning", "del")]
    assert not want.ticks[("redovisning", "slut")]


@pytest.mark.parametrize("seed", range(0, 60))
def test_every_layout_holds_every_answer_and_box(reports: dict[str, Report], seed: int) -> None:
    for key in ("s-04", "s-06", "s-11"):
        report, lay = reports[key], layout(seed)
        want, sheet = expected(report, lay), compose(reports[key], lay)
        assert {(b.question, b.option): b.checked for b in boxes(sheet)} == dict(want.ticks)
        texts = [para.text for para in paragraphs(sheet)]
        for answer in want.answers.values():
            for line in filter(None, map(str.strip, answer.splitlines())):
                assert any(line in text for text in texts), (key, seed, line)


def test_deleting_unanswered_questions_keeps_the_answered(reports: dict[str, Report]) -> None:
    report, lay = reports["s-04"], replace(layout(0), drop_empty=True)
    texts = " ".join(_texts(report, lay))
    assert "nya aktörer" not in texts
    assert "nya områden" not in texts
    assert "Vilka aktörer involveras" in texts
    assert ("integrering", "ej_relevant") in expected(report, lay).ticks  # answered "vet ej"
    assert ("omrade", "kvinnor") in expected(report, lay).ticks


def test_free_form_documents_have_no_boxes_and_all_their_text(reports: dict[str, Report]) -> None:
    report = reports["s-18"]
    sheet = compose(report, layout(0))
    assert boxes(sheet) == ()
    assert [p.text for p in paragraphs(sheet) if p.text] == [
        line.strip() for line in (report.text or "").splitlines() if line.strip()
    ]
    headings = {p.text for p in paragraphs(sheet) if p.style == "subheading"}
    assert {"Bakgrund", "Vad som har gjorts", "Resultat"} <= headings


def test_layouts_differ_and_repeat() -> None:
    assert len({layout(seed) for seed in range(100)}) == 100
    assert layout(17) == layout(17)


@pytest.mark.parametrize(
    ("name", "formal"),
    [
        ("Vetlanda", "Vetlanda kommun"),
        ("Köping", "Köpings kommun"),
        ("Bollnäs", "Bollnäs kommun"),
        ("Kalmar", "Kalmar kommun"),
        ("Malung-Sälen", "Malung-Sälens kommun"),
        ("Gotland", "Region Gotland"),
    ],
)
def test_municipalities_by_their_formal_name(name: str, formal: str) -> None:
    assert municipality(name) == formal


@pytest.mark.parametrize(
    ("dates", "written"),
    [
        ("iso", "2009-03-01–2010-08-31"),
        ("hyphen", "2009-03-01 - 2010-08-31"),
        ("long", "1 mars 2009 – 31 augusti 2010"),
        ("short", "090301-100831"),
    ],
)
def test_periods_as_people_write_them(dates: str, written: str) -> None:
    assert period("2009-03-01–2010-08-31", dates) == written
    assert period("våren 2009", dates) == "våren 2009"
