"""What a reviewer is shown: proposals from codings, the text around them, what they rest on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotations.codebook import load
from corpus.types import (
    Answer,
    Choice,
    Document,
    DocumentKind,
    Header,
    Line,
    Origin,
    Page,
    Project,
    Role,
    Span,
    Status,
    Submission,
)
from pipeline.review.basis import Bases
from pipeline.review.passage import WINDOW
from pipeline.review.proposals import Behind, items, proposals
from tests.tables.made_up import codings

BOOK = load()
FORM = (
    "Mål\n"
    "Vi ville få i gång en grupp för kvinnofrid. Polisen skulle vara med.\n"
    "Aktörer\n"
    "☒ Rättsväsende\n"
    "Närpolisen satt med i gruppen varje månad.\n"
    "☐ Kyrka\n"
    "Måluppfyllelse\n"
    "Gruppen finns. Rutinen blev aldrig färdig.\n"
    "Integrering\n"
    "☐ Har integrerats ☒ Ska integreras\n"
)
LETTER = "\n".join(
    f"Stycke {i}. " + "Gruppen har träffats och talat om läget i kommunen. " * 12 for i in range(30)
)


def span(document, words, page=1):
    at = document.text.index(words)
    return Span(document.name, at, at + len(words), page)


def document(name, text):
    half = len(text) // 2
    pages = (Page(1, 0, half, lines=(Line(0, half),)), Page(2, half, len(text)))
    return Document(name, "0" * 64, "docx", text, pages)


def answer(doc, question, words):
    at = doc.text.index(words)
    return Answer(question, at, at + len(words))


def form(name="slut.docx", text=FORM, kind=DocumentKind.BLANKETT_SLUT):
    doc = document(name, text)
    boxes = [i for i, c in enumerate(text) if c in "☐☒"]
    options = [
        ("aktor", "rattsvasende"),
        ("aktor", "kyrka_samfund"),
        ("integrering", "har_integrerats"),
        ("integrering", "ska_integreras"),
    ]
    choices = tuple(
        Choice(q, o, text[i] == "☒", i, i + 1) for (q, o), i in zip(options, boxes, strict=False)
    )
    told = {
        "mal": "Vi ville få i gång en grupp för kvinnofrid. Polisen skulle vara med.",
        "aktor_rattsvasende": "Närpolisen satt med i gruppen varje månad.",
        "maluppfyllelse": "Gruppen finns. Rutinen blev aldrig färdig.",
    }
    answers = tuple(answer(doc, q, words) for q, words in told.items() if words in text)
    return doc, Submission(name, 1, kind, 0.9, "", "redovisning_slut", Header(), answers, choices)


def letter(name="brev.docx", text=LETTER):
    """A letter without headings: every paragraph is an answer to nothing."""
    doc = document(name, text)
    at, free = 0, []
    for paragraph in text.split("\n"):
        free.append(Answer("fritext", at, at + len(paragraph)))
        at += len(paragraph) + 1
    return doc, Submission(name, 1, DocumentKind.FRI_REDOVISNING, 0.9, "", answers=tuple(free))


def made(read, holding=(), changes=None, scored=True):
    """Proposals by `variable.category` of one project; `changes` gives codings by the same key."""
    own = codings(BOOK, dict.fromkeys(holding) if not isinstance(holding, dict) else holding)
    own = tuple(replace(c, **(changes or {}).get(f"{c.variable}.{c.category}", {})) for c in own)
    project = Project(
        "p", Header(lan="Blekinge", kommun="Ronneby"), tuple(doc.name for doc, _ in read)
    )
    behind = {"p": Behind(tuple(s for _, s in read), scored)}
    documents = {doc.name: doc for doc, _ in read}
    found = proposals([project], {"p": own}, behind, documents, BOOK)
    return {f"{p.variable}.{p.category}": p for p in found}


def bases(read):
    return Bases({"p": tuple(s for _, s in read)}, {doc.name: doc for doc, _ in read})["p"]


def shown(read, proposal):
    text = {doc.name: doc.text for doc, _ in read}[proposal.document]
    return text[proposal.answer_start : proposal.answer_end]


def test_there_is_one_item_for_a_whole_variable_and_else_one_for_each_category():
    found = made([form()])
    whole = {v.id for v in BOOK.variables if v.kind == "one"}
    each = {f"{c.variable}.{c.id}" for c in BOOK.leaves() if c.variable not in whole}
    assert set(found) == each | {f"{v}." for v in whole}
    assert {(p.county, p.municipality) for p in found.values()} == {("Blekinge", "Ronneby")}


@pytest.mark.parametrize(
    ("holding", "key", "choice"),
    [
        ({}, "partner.polis", "nej"),
        ({"partner.polis": Role.INBJUDEN}, "partner.polis", "inbjuden"),
        ({"partner.polis": None}, "partner.polis", "aktiv"),  # a tick without text
        ({"malgrupp.barn": None}, "malgrupp.barn", "ja"),
        ({"maluppfyllelse.delvis": None}, "maluppfyllelse.", "delvis"),
        ({}, "maluppfyllelse.", "oklart"),  # what means that nothing can be told
    ],
)
def test_choices(holding, key, choice):
    assert made([form()], holding)[key].choice == choice


def test_of_several_that_hold_the_surest_is_the_proposal():
    found = made(
        [form()],
        ["maluppfyllelse.helt", "maluppfyllelse.ej"],
        {"maluppfyllelse.ej": {"confidence": 0.95}},
    )
    assert found["maluppfyllelse."].choice == "ej"


def test_a_whole_variable_is_automatic_only_if_all_its_categories_are_and_has_all_reasons_once():
    flagged = {"status": Status.REVIEW, "reasons": ("Svagt.", "Gammalt.")}
    found = made(
        [form()],
        ["maluppfyllelse.delvis"],
        {
            "maluppfyllelse.helt": flagged,
            "maluppfyllelse.delvis": {"confidence": 0.7, "reasons": ("Oklart.", "Svagt.")},
        },
    )
    whole = found["maluppfyllelse."]
    assert (whole.automatic, whole.probability) == (False, 0.7)
    assert whole.reasons == ("Oklart.", "Svagt.", "Gammalt.")
    assert found["status."].automatic


def test_what_nobody_calibrated_has_no_probability():
    assert {p.probability for p in made([form()], scored=False).values()} == {None}
    assert None not in {p.probability for p in made([form()]).values()}


def test_evidence_is_shown_with_the_answer_around_it():
    doc, submission = form()
    evidence = span(doc, "Närpolisen satt med", page=2)
    found = made(
        [(doc, submission)],
        {"partner.polis": Role.AKTIV},
        {"partner.polis": {"evidence": evidence, "origin": Origin.MODEL}},
    )["partner.polis"]
    assert found.quote == "Närpolisen satt med"
    assert (found.document, found.start, found.end, found.page) == (
        "slut.docx", evidence.start, evidence.end, 2,
    )  # fmt: skip
    assert shown([(doc, submission)], found) == "Närpolisen satt med i gruppen varje månad."
    assert (found.question, found.origin) == ("aktor_rattsvasende", "modell")


@pytest.mark.parametrize(
    ("key", "question", "words"),
    [
        ("maluppfyllelse.", "maluppfyllelse", "Gruppen finns. Rutinen blev aldrig färdig."),
        ("partner.polis", "aktor_rattsvasende", "Närpolisen satt med i gruppen varje månad."),
        ("partner.kyrka", "aktor", "☒ Rättsväsende"),  # nothing beside its box: all the boxes
        ("integrering.plan", "integrering", "☐ Har integrerats ☒ Ska integreras"),
        ("malgrupp.barn", "mal", "Vi ville få i gång en grupp"),  # the answer that counts most
    ],
)
def test_without_evidence_the_answer_to_the_question_is_shown(key, question, words):
    read = [form()]
    found = made(read)[key]
    assert (found.start, found.end, found.quote) == (None, None, "")
    assert found.question == question
    assert shown(read, found).startswith(words)
    assert found.page in (1, 2)


def test_without_evidence_the_newest_document_that_answers_is_shown():
    older = form("del.docx")
    silent = form("slut.docx", "Mål\nInget.\n")
    assert made([older, silent])["maluppfyllelse."].document == "del.docx"
    assert made([older, form("slut2.docx")])["maluppfyllelse."].document == "slut2.docx"


def test_of_a_letter_the_paragraphs_around_are_shown():
    doc, submission = letter()
    evidence = span(doc, "Stycke 17. Gruppen har träffats")
    found = made([(doc, submission)], ["malgrupp.barn"], {"malgrupp.barn": {"evidence": evidence}})[
        "malgrupp.barn"
    ]
    text = shown([(doc, submission)], found)
    assert text.startswith("Stycke 1") and "Stycke 17." in text
    assert WINDOW / 2 < len(text) <= WINDOW
    assert doc.text[found.answer_start - 1] == "\n"
    assert doc.text[found.answer_end : found.answer_end + 2].strip(" ") in ("\n", "\nS")


@pytest.mark.parametrize("key", ["maluppfyllelse.", "partner.polis", "form.tillfallig"])
def test_of_a_letter_that_says_nothing_the_beginning_is_shown(key):
    read = [letter()]
    text = shown(read, made(read)[key])
    assert text.startswith("Stycke 0.") and WINDOW / 2 < len(text) <= WINDOW


# --- what a decision rests on -------------------------------------------------------------------


def of(read, words=None, key="partner.polis"):
    """The basis of a proposal that quotes `words`, or nothing."""
    doc = next((d for d, _ in read if words and words in d.text), None)
    change = {key: {"evidence": span(doc, words)}} if doc else {}
    return made(read, {key: Role.AKTIV}, change)[key].basis


QUOTE = "Närpolisen satt med"


@pytest.mark.parametrize(
    ("change", "stands"),
    [
        (lambda t: t, True),
        (lambda t: t.replace("varje månad.", "varje\nmånad."), True),  # only the line break
        (lambda t: t.replace("blev aldrig färdig", "är färdig"), True),  # another answer
        (lambda t: t.replace("varje månad", "en gång"), False),
        (lambda t: t.replace("Närpolisen satt med i gruppen varje månad.\n", ""), False),
    ],
)
def test_a_decision_stands_while_its_answer_does(change, stands):
    basis = of([form()], QUOTE)
    doc, submission = form(text=FORM)
    changed = change(FORM)
    again = form(text=changed)
    if "varje\nmånad" in changed:  # the same answer, broken over two lines
        at = changed.index("Närpolisen")
        moved = Answer("aktor_rattsvasende", at, changed.index("månad.", at) + 6)
        others = tuple(a for a in again[1].answers if a.question != "aktor_rattsvasende")
        again = (again[0], replace(again[1], answers=(*others, moved)))
    assert basis in bases([(doc, submission)])
    assert (basis in bases([again])) is stands


def test_the_same_words_under_another_question_are_another_answer():
    doc, submission = form()
    basis = of([(doc, submission)], QUOTE)
    renamed = tuple(
        replace(a, question="ovrigt") if a.question == "aktor_rattsvasende" else a
        for a in submission.answers
    )
    assert basis not in bases([(doc, replace(submission, answers=renamed))])


def test_a_silence_rests_on_everything():
    basis = of([form()])
    assert basis in bases([form()])
    assert basis not in bases([form(text=FORM.replace("aldrig", "nästan"))])


def test_what_was_decided_from_an_older_report_is_asked_again_when_a_newer_one_comes():
    older = form("del.docx", kind=DocumentKind.BLANKETT_DEL)
    newer = form("slut.docx", FORM.replace("Närpolisen", "Ingen polis"))
    basis = of([older], QUOTE)
    assert basis not in bases([older, newer])


def test_what_was_decided_from_the_newest_report_stands_when_an_older_one_turns_up():
    older = form("del.docx", FORM.replace("Närpolisen", "Ingen polis"))
    newer = form("slut.docx")
    assert of([newer], QUOTE) in bases([older, newer])


def test_a_renamed_file_changes_nothing():
    assert of([form("a.docx")], QUOTE) in bases([form("b.docx")])
    assert of([form("a.docx")]) in bases([form("b.docx")])


def test_evidence_outside_every_answer_rests_on_its_whole_document():
    read = [form()]
    basis = of(read, "Måluppfyllelse")
    assert basis in bases(read)
    assert basis not in bases([form(text=FORM.replace("varje månad", "en gång"))])


def test_two_projects_of_one_file_do_not_disturb_each_other():
    text = FORM + FORM.replace("Närpolisen", "Stationsbefälet")
    doc = document("två.docx", text)
    _, first = form("två.docx")
    first = replace(first, start=0, end=len(FORM))
    basis = made([(doc, first)])["partner.polis"].basis
    changed = document("två.docx", text.replace("Stationsbefälet", "Ingen"))
    assert basis in bases([(changed, first)])


def test_every_proposals_basis_is_one_that_stands_today():
    read = [form("del.docx"), form("slut.docx"), letter()]
    evidence = {
        "partner.polis": {"evidence": span(read[0][0], QUOTE)},
        "malgrupp.barn": {"evidence": span(read[2][0], "Stycke 17.")},
        "form.tillfallig": {"evidence": span(read[1][0], "Aktörer")},
    }
    found = made(read, {"partner.polis": Role.AKTIV}, evidence)
    assert {p.basis for p in found.values()} <= bases(read)
    assert len({p.basis for p in found.values()}) == 4


def test_items_of_a_project_that_lacks_codings_are_left_out():
    some = codings(BOOK, {})[:3]
    assert [i.category for i in items(some, BOOK)] == [c.category for c in some]
