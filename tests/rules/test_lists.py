"""Names below the head of a list, and names that stand alone before the sentence about them."""

from __future__ import annotations

import pytest

from corpus.types import Context
from pipeline.language.swedish import analyse
from pipeline.rules.partners import find_partners
from tests.decide.partner_reports import build

AKTIV, INBJ, PLAN = Context.AKTIV, Context.INBJUDEN, Context.PLANERAD
NEJ, ANNAN = Context.NEJ, Context.ANNAN


def read(text: str, question: str = "insatser") -> list[tuple[str, Context]]:
    document, submission = build({question: text}, None, "Norrby")
    mentions = find_partners(document, submission, analyse(document.text, parsed=True))
    return [(m.category, m.context) for m in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Till kursdagen har bjudits in:\nrektorerna\nTullen",
            [("skola", INBJ), ("ovrig_annan", INBJ)],
        ),
        ("Inbjudna men inte närvarande:\n- BUP\n- frivården", [("bup", NEJ), ("frivard", NEJ)]),
        (
            "Brevet går för kännedom till\nTingsrätten\nRFSL Boden",
            [("rattsvasende_annan", INBJ), ("rfsl", INBJ)],
        ),
        ("Kallelse utsänd 3/5 till första träffen:\nBUP\nMVC", [("bup", PLAN), ("mvc_bvc", PLAN)]),
        (
            "Vi har intervjuat verksamheter enligt nedan.\nAlla fick samma frågor.\n3 maj BUP\n",
            [("bup", INBJ)],
        ),
        # a statement ends the list, and what an item says of itself goes before its head
        (
            "Till kursdagen har bjudits in:\nrektorerna\nGruppen växer. I den ingår polisen.",
            [("skola", INBJ), ("polis", AKTIV)],
        ),
        ("Inbjudna till kursen:\nBUP\nMVC: tackade nej", [("bup", INBJ), ("mvc_bvc", NEJ)]),
        ("Till temadagen bjöds grannarna in.\nPolisen", [("polis", AKTIV)]),
    ],
)
def test_the_head_of_a_list_speaks_for_its_names(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Polisen. Ska utse en kontaktperson.", {("polis", PLAN)}),
        ("BUP. BUP har tackat nej.", {("bup", NEJ)}),
        (
            "Intervjuat polisen. BUP och polisen har tackat nej.",
            {("polis", AKTIV), ("polis", NEJ), ("bup", NEJ)},
        ),
        # another of many actors, or a statement of its own
        ("Förskolan. Gymnasiet har tackat nej.", {("skola", AKTIV), ("skola", NEJ)}),
        ("Polisen fanns där. Polisen har tackat nej.", {("polis", AKTIV), ("polis", NEJ)}),
        ("Där finns BUP. Det är ett annat projekt där BUP ingår.", {("bup", ANNAN)}),
    ],
)
def test_a_label_says_what_the_sentence_after_it_says(text, expected):
    assert set(read(text, "aktor_ovriga")) == expected


def test_likewise_repeats_the_answer_before():
    answers = {
        "aktor_halso_sjukvard": "BUP kallas till mötet i maj.",
        "aktor_rattsvasende": "häktet likaså",
    }
    document, submission = build(answers, None, "Norrby")
    mentions = find_partners(document, submission, analyse(document.text, parsed=True))
    assert [(m.category, m.context) for m in mentions] == [("bup", PLAN), ("kriminalvard", PLAN)]


def test_a_party_of_the_project_is_no_other_place():
    text = "Malå och Norsjö är med. I Malå ingår BUP. I Arvika ingår frivården."
    said = {category: context for category, context in read(text)}
    assert (said["bup"], said["frivard"]) == (AKTIV, ANNAN)
