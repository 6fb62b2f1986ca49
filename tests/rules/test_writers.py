"""Reports that an organisation writes of its own work: "vi på jouren", "Vi själva"."""

from __future__ import annotations

import pytest

from corpus.types import Context
from pipeline.language.swedish import analyse
from pipeline.rules.partners import find_partners
from tests.decide.partner_reports import build

VOLUNTARY = "aktor_frivilligorganisation"


def said(answers: dict[str, str]) -> set[tuple[str, Context]]:
    document, submission = build(answers, None, "Norrby")
    mentions = find_partners(document, submission, analyse(document.text))
    return {(m.category, m.context) for m in mentions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi i jouren ska kanske flytta.", {("kvinnojour", Context.AKTIV)}),
        ("Idén kom från oss på Bodens kvinnojour.", {("kvinnojour", Context.AKTIV)}),
        ("Vi på Röda Korset ska kanske flytta.", {("roda_korset", Context.AKTIV)}),
        ("Jag är diakon och flyttar kanske.", {("kyrka", Context.AKTIV)}),
        ("Vi på socialtjänsten sköter lägenheten.", set()),
        ("Vi har fått nej från kyrkan.", {("kyrka", Context.NEJ)}),
        ("Jag är f.d. diakon.", {("kyrka", Context.OMNAMND)}),
    ],
)
def test_the_writers_own_organisation_takes_part(text, expected):
    assert said({"insatser": text}) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (VOLUNTARY, {("kvinnojour", Context.AKTIV)}),
        ("aktor_kyrka_samfund", {("kvinnojour", Context.AKTIV), ("kyrka", Context.AKTIV)}),
    ],
)
def test_we_ourselves_are_the_organisation_that_writes(question, expected):
    assert said({"insatser": "Vi på jouren håller kursen.", question: "Vi själva."}) == expected
    document, submission = build({question: "Vi."}, None, "Norrby")
    assert not find_partners(document, submission, analyse(document.text))  # nobody is known yet


def test_an_answer_that_names_the_writer_names_it_once():
    answers = {"insatser": "Vi på jouren håller kursen.", VOLUNTARY: "Vi på jouren."}
    document, submission = build(answers, None, "Norrby")
    mentions = find_partners(document, submission, analyse(document.text))
    assert [m.category for m in mentions] == ["kvinnojour", "kvinnojour"]


def test_a_writer_counts_in_full_wherever_she_says_who_she_is():
    text = "Undertecknad är polisinspektör. Polisen är med."
    document, submission = build({"mal": text}, None, "Norrby")
    writer, named = find_partners(document, submission, analyse(document.text))
    assert (writer.weight, writer.rule.rpartition("+")[2]) == (0.9, "aktiv.skriver")
    assert named.weight < writer.weight
