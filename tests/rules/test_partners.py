"""Mentions of partners: which words name whom, where they stand, and which name nobody."""

from __future__ import annotations

import pytest

from corpus.types import Context
from pipeline.language.swedish import analyse
from pipeline.rules.partners import find_partners
from tests.decide.partner_reports import build


def named(text: str, question: str = "insatser", kommun: str = "Norrby") -> set[tuple[str, str]]:
    document, submission = build({question: text}, None, kommun)
    mentions = find_partners(document, submission, analyse(document.text))
    return {(m.category, document.text[m.start : m.end]) for m in mentions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BUP vid Storby lasarett sitter med.", {("bup", "BUP")}),
        ("Landstingets barnmorskor är med.", {("mvc_bvc", "barnmorskor")}),
        ("Kriminalvården, frivården i Norrby, deltar.", {("frivard", "frivården")}),
        ("Landstinget Norrvik, kvinnokliniken", {("halso_sjukvard_annan", "kvinnokliniken")}),
        ("Landstinget, polisen", {("halso_sjukvard_annan", "Landstinget"), ("polis", "polisen")}),
        ("FoU Norrvik (Region Norrvik) är med.", {("fou", "FoU")}),
        ("Polisen Malå/Boden är med.", {("polis", "Polisen")}),
        (
            "Polisens brottsoffersamordnare ringer.",
            {("brottsoffersamordnare", "brottsoffersamordnare")},
        ),
        ("RFSL Boden höll i kvällen.", {("rfsl", "RFSL")}),
        ("Vi driver gruppen ihop med Boden.", {("kommuner", "Boden")}),
        ("Polisen i Boden deltar.", {("polis", "Polisen")}),
        ("Socialtjänsten och IFO träffas.", set()),
        ("Antalet polisanmälningar ökade.", set()),
        ("Kursen gav 7,5 högskolepoäng.", set()),
        ("Psyk. går in i gruppen vid årsskiftet.", {("psykiatri", "Psyk.")}),
        ("BUP:s kurator kommer.", {("bup", "BUP:s")}),
    ],
)
def test_names(text, expected):
    assert named(text) == expected


def test_the_senders_own_municipality_is_no_partner():
    assert named("Malå och Norsjö", "aktor_kommuner", "Malå") == {("kommuner", "Norsjö")}


def test_an_answer_that_names_nobody_speaks_about_the_group_of_its_question():
    document, submission = build({"aktor_kyrka_samfund": "Frågade. Nej."}, ["kyrka_samfund"])
    (mention,) = find_partners(document, submission, analyse(document.text))
    assert (mention.category, mention.context) == ("kyrka", Context.NEJ)


@pytest.mark.parametrize("answer", ["Se ovan.", "se 2b", "Se bilaga"])
def test_a_reference_says_nothing_itself(answer):
    document, submission = build({"aktor_kyrka_samfund": answer}, ["kyrka_samfund"])
    assert find_partners(document, submission, analyse(document.text)) == ()


def test_offsets_lead_to_the_words_and_their_sentence():
    text = "Vi möts ofta.\nImamen (och pastorn) sitter med."
    document, submission = build({"insatser": text})
    for m in find_partners(document, submission, analyse(document.text)):
        assert document.text[m.start : m.end] in {"Imamen", "pastorn"}
        assert document.text[m.sent_start : m.sent_end] == "Imamen (och pastorn) sitter med."


def test_without_a_header_the_municipality_named_most_is_the_sender():
    text = "Malå kommun redovisar här. Malå har samarbete med Norsjö kommun. Polisen i Malå är med."
    document, submission = build({"fritext": text}, None, "")
    mentions = find_partners(document, submission, analyse(document.text))
    places = {document.text[m.start : m.end] for m in mentions if m.category == "kommuner"}
    assert places == {"Norsjö"}
