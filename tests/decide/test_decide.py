"""What holds for every project, and how ticks, text and older documents go together."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.codebook import load
from corpus.types import DocumentKind, Header, Origin, Status
from tests.decide.build import case, decided, held

DEL, SLUT = DocumentKind.BLANKETT_DEL, DocumentKind.BLANKETT_SLUT
BOXES = [t for v in load().variables for _, ticks in v.ticks() for t in ticks]
SENTENCES = [
    "Gruppen träffas varje månad.",
    "Målet är inte uppnått.",
    "Stöd har getts till äldre kvinnor och hbt-personer.",
    "Det var en engångsinsats.",
    "Polisen har tackat nej.",
    "Ska tas upp i nämnden före jul.",
    "Kvinnojouren och BUP sitter med i gruppen.",
    "",
    "-",
    "Se ovan",
]
QUESTIONS = ["mal", "insatser", "maluppfyllelse", "integrering", "sarskilt_utsatta", "ovrigt"]


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(SENTENCES)),
    st.lists(st.sampled_from(BOXES), unique=True),
    st.sampled_from([DEL, SLUT, DocumentKind.FRI_REDOVISNING]),
)
def test_what_holds_for_every_project(
    answers: dict[str, str], ticks: list[str], kind: DocumentKind
) -> None:
    one = case(answers, ticks, kind=kind)
    cells = decided(one)
    codebook = load()
    assert list(cells) == [(c.variable, c.id) for c in codebook.leaves()]
    for variable in codebook.variables:
        values = held(variable.id, cells)
        if variable.kind == "one":
            assert len(values) == 1
        if not variable.groups:
            assert values >= {
                c.part_of for c in variable.categories if c.part_of and c.id in values
            }
    for coding in cells.values():
        assert 0.5 <= coding.confidence < 1.0
        assert (coding.role is not None) == (coding.variable == "partner" and coding.value)
        assert (coding.status is Status.REVIEW) == bool(coding.reasons)
        if coding.evidence:
            quote = one.document.text[coding.evidence.start : coding.evidence.end]
            assert quote and quote == quote.strip() and "\n" not in quote


def test_a_tick_alone_counts_and_says_so() -> None:
    barn = decided(case({}, ["omrade.barn"]))["malgrupp", "barn"]
    assert barn.value and barn.origin is Origin.TICK and barn.evidence is None


def test_the_text_beats_the_tick_and_is_flagged() -> None:
    cells = decided(
        case({"integrering": "Nej, gruppen lades ner i juni."}, ["integrering.har_integrerats"])
    )
    assert held("integrering", cells) == {"ej"}
    assert cells["integrering", "integrerad"].status is Status.REVIEW
    assert "förkryssad" in cells["integrering", "integrerad"].reasons[0]
    assert "inte förkryssad" in cells["integrering", "ej"].reasons[0]


def test_a_tick_stands_where_the_text_says_nothing() -> None:
    cells = decided(case({"integrering": ""}, ["integrering.ska_integreras"]))
    assert held("integrering", cells) == {"plan"}


def test_an_uncertain_tick_is_looked_at() -> None:
    heder = decided(case({}, ["omrade.heder"], certainty=0.6))["malgrupp", "heder"]
    assert heder.status is Status.REVIEW
    assert any("osäkert läst" in reason for reason in heder.reasons)


def test_a_part_brings_its_group_and_its_words() -> None:
    cells = decided(case({"sarskilt_utsatta": "Äldre kvinnor"}))
    assert {"aldre", "sarskilt_utsatta"} <= held("malgrupp", cells)
    assert cells["malgrupp", "sarskilt_utsatta"].evidence is not None


def test_an_unanswered_question_is_unclear_and_flagged() -> None:
    cells = decided(case({"insatser": "Gruppen har träffats."}))
    assert held("maluppfyllelse", cells) == {"oklart"}
    assert cells["maluppfyllelse", "oklart"].status is Status.REVIEW


def test_only_a_course_is_no_structure_whatever_is_ticked() -> None:
    answers = {
        "mal": "Att öka kunskapen om våld hos hemtjänstens personal.",
        "insatser": "En utbildningsdag med en inhyrd föreläsare hölls för 80 personer.",
    }
    assert held("struktur", decided(case(answers, ["struktur.ny"]))) == {"annat"}


@pytest.mark.parametrize(
    ("old", "new", "variable", "expected"),
    [
        (
            {"integrering": "Ska tas upp i nämnden före jul."},
            {"integrering": "Ingår nu i ordinarie arbete."},
            "integrering",
            {"integrerad"},
        ),
        (
            {"maluppfyllelse": "För tidigt att säga."},
            {"maluppfyllelse": "Alla mål är nådda."},
            "maluppfyllelse",
            {"helt"},
        ),
        (
            {"insatser": "En utbildningsdag hölls i maj."},
            {"insatser": "Gruppen har träffats nio gånger."},
            "innehall",
            {"utbildning", "reell_samverkan"},
        ),
        (
            {"maluppfyllelse": "Delvis."},
            {"insatser": "Gruppen har träffats."},
            "maluppfyllelse",
            {"delvis"},
        ),
    ],
)
def test_the_newest_statement_counts(
    old: dict[str, str], new: dict[str, str], variable: str, expected: set[str]
) -> None:
    cells = decided(case(old, kind=DEL, name="del.txt"), case(new, kind=SLUT, name="slut.txt"))
    assert held(variable, cells) == expected


def test_what_an_older_document_said_is_told() -> None:
    cells = decided(
        case({"integrering": "Ska tas upp i nämnden före jul."}, kind=DEL, name="del.txt"),
        case({"integrering": "Det var en engångsinsats."}, kind=SLUT, name="slut.txt"),
    )
    assert cells["integrering", "ej"].value
    assert any("del.txt" in reason for reason in cells["integrering", "plan"].reasons)


def test_a_final_report_without_ticks_ends_the_project() -> None:
    cells = decided(
        case({"insatser": "Gruppen träffas."}, ["redovisning.del"], kind=DEL, name="del.txt"),
        case({"insatser": "Gruppen träffades."}, kind=SLUT, name="slut.txt"),
    )
    assert held("status", cells) == {"avslutat"}


def test_a_free_account_written_before_the_end_is_of_an_ongoing_project() -> None:
    header = Header(datum=date(2010, 3, 1), period_slut=date(2010, 12, 31))
    cells = decided(
        case({"fritext": "Gruppen träffas."}, kind=DocumentKind.FRI_REDOVISNING, header=header)
    )
    assert held("status", cells) == {"pagar"}


def test_the_others_are_as_sure_as_the_one_that_holds() -> None:
    sure = decided(case({"maluppfyllelse": "Målet är uppnått, fullt ut."}))
    unsure = decided(case({"maluppfyllelse": "Vi höll det i Folkets hus."}))
    assert held("maluppfyllelse", sure) == {"helt"}
    assert sure["maluppfyllelse", "ej"].confidence > unsure["maluppfyllelse", "ej"].confidence


def test_what_no_cue_tells_shows_the_answer_it_was_judged_from() -> None:
    one = case({"maluppfyllelse": "- Vi höll det i Folkets hus. Det var kallt."})
    (key,) = held("maluppfyllelse", decided(one))
    span = decided(one)["maluppfyllelse", key].evidence
    assert span is not None
    assert one.document.text[span.start : span.end] == "Vi höll det i Folkets hus."


def test_what_nothing_tells_shows_the_title() -> None:
    one = case({"insatser": "Gruppen har träffats."}, ["!redovisning.slut"])
    span = decided(one)["maluppfyllelse", "oklart"].evidence
    assert span is not None
    assert one.document.text[span.start : span.end] == "slut"
