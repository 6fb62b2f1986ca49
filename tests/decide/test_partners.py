"""Who takes part and how, decided from sentences and whole reports as people write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.codebook import load
from corpus.types import Coding, DocumentKind, Origin, Role, Status
from pipeline.decide.case import Analysed
from pipeline.decide.partners import decide_partners
from pipeline.language.swedish import analyse
from pipeline.rules.partners import find_partners
from tests.decide.partner_reports import Report, build, reports

QUESTIONS = {
    "K": "aktor_kommuner",
    "H": "aktor_halso_sjukvard",
    "R": "aktor_rattsvasende",
    "Y": "aktor_kyrka_samfund",
    "F": "aktor_forsakringskassa",
    "V": "aktor_frivilligorganisation",
    "O": "aktor_ovriga",
    "I": "insatser",
    "T": "fritext",
    "M": "mal",
    "U": "forutsattningar",
    "Ö": "ovrigt",
    "N": "nya_aktorer",
    "G": "integrering",
}


def sentences() -> Iterator[tuple[str, str, dict[str, str]]]:
    path = Path(__file__).with_name("partner_sentences.txt")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            question, text, expected = (part.strip() for part in line.split("|"))
            yield QUESTIONS[question], text, dict(e.split("=") for e in expected.split())


def coded(answers, ticks=None, kommun="Norrby") -> dict[str, Coding]:
    document, submission = build(answers, ticks, kommun)
    mentions = find_partners(document, submission, analyse(document.text))
    case = Analysed(document, submission, mentions)
    return {c.category: c for c in decide_partners([case], load())}


@pytest.mark.parametrize(("question", "text", "expected"), list(sentences()))
def test_one_answer(question, text, expected):
    roles = {k: str(c.role) for k, c in coded({question: text}).items() if c.value}
    open_cases = {k for k, role in expected.items() if role == "?"}
    wanted = {k: role for k, role in expected.items() if role not in "?-"}
    assert {k: r for k, r in roles.items() if k not in open_cases} == wanted


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("partner_reports.yaml", 0.92),
        ("partner_reports_2.yaml", 0.92),
        ("partner_reports_3.yaml", 0.92),
        ("partner_reports_4.yaml", 0.92),
    ],
)
def test_whole_reports(name, least):
    cells = [cell for report in reports(name) for cell in _cells(report)]
    right = sum(gold and mine for gold, mine, _ in cells)
    f1 = 2 * right / sum(gold + mine for gold, mine, _ in cells)
    roles = [same for gold, mine, same in cells if gold and mine]
    assert f1 >= least
    assert sum(roles) / len(roles) >= least


def _cells(report: Report) -> Iterator[tuple[bool, bool, bool]]:
    mentions = find_partners(report.document, report.submission, analyse(report.document.text))
    case = Analysed(report.document, report.submission, mentions)
    for coding in decide_partners([case], load()):
        gold = report.partner.get(coding.category)
        yield (
            gold not in (None, Role.PLANERAD),
            coding.value and coding.role is not Role.PLANERAD,
            gold == coding.role,
        )


def test_every_part_of_every_group_gets_one_coding():
    partner = load().variable("partner")
    assert sorted(coded({"insatser": "Inget."})) == sorted(c.id for c in partner.categories)


def test_a_tick_without_text_counts_as_the_group_and_is_looked_at():
    coding = coded({"insatser": "Vi har haft möten."}, ["frivilligorganisation"])["frivillig_annan"]
    assert (coding.value, coding.role, coding.origin) == (True, Role.AKTIV, Origin.TICK)
    assert coding.status is Status.REVIEW
    assert coding.evidence is None


@pytest.mark.parametrize(
    ("ticks", "answer", "category"),
    [
        (["kyrka_samfund"], {"aktor_kyrka_samfund": "Församlingen har avböjt."}, "kyrka"),
        (["forsakringskassa"], {"aktor_forsakringskassa": "Frågade. Nej."}, "forsakringskassa"),
        (["kommuner"], {"aktor_kommuner": "Vindeln hoppade av."}, "kommuner"),
    ],
)
def test_the_text_wins_over_the_tick_and_says_so(ticks, answer, category):
    coding = coded(answer, ticks)[category]
    assert not coding.value
    assert coding.status is Status.REVIEW
    assert "ikryssad men texten" in coding.reasons[0]
    assert coding.evidence is not None


def test_ticked_with_named_parts_gives_the_parts_and_not_the_whole():
    codings = coded({"aktor_halso_sjukvard": "BUP och vårdcentralen"}, ["halso_sjukvard"])
    assert {k for k, c in codings.items() if c.value} == {"bup", "primarvard"}


def test_a_named_actor_beside_an_empty_box_is_coded_and_looked_at():
    coding = coded({"insatser": "Prästen sitter med i gruppen."}, ["rattsvasende"])["kyrka"]
    assert coding.role is Role.AKTIV
    assert coding.status is Status.REVIEW


def test_a_form_without_any_tick_says_nothing_by_its_empty_boxes():
    coding = coded({"aktor_kyrka_samfund": "Prästen sitter med i gruppen."}, [])["kyrka"]
    assert coding.value


def test_the_newest_document_decides_and_silence_keeps_the_older():
    def case(text: str, name: str) -> Analysed:
        document, submission = build({"insatser": text}, None, name=name)
        return Analysed(
            document, submission, find_partners(document, submission, analyse(document.text))
        )

    older = case("Polisen och BUP sitter med i gruppen.", "del")
    newer = case("BUP hoppade av i våras.", "slut")
    codings = {c.category: c for c in decide_partners([older, newer], load())}
    assert codings["polis"].value
    assert not codings["bup"].value
    assert codings["bup"].evidence is not None
    assert codings["bup"].evidence.document == "slut"


def test_evidence_is_the_sentence_word_for_word():
    document, submission = build(
        {"insatser": "Vi har haft möten. Polisen sitter med i gruppen.\nSlut."}
    )
    mentions = find_partners(document, submission, analyse(document.text))
    codings = decide_partners([Analysed(document, submission, mentions)], load())
    evidence = next(c.evidence for c in codings if c.category == "polis")
    assert evidence is not None
    assert document.text[evidence.start : evidence.end] == "Polisen sitter med i gruppen."


@pytest.mark.parametrize(
    ("text", "category", "role"),
    [
        ("Projektet genomförs i nära samarbete med polisen.", "polis", Role.PLANERAD),
        ("Polisen ingår i styrgruppen.", "polis", Role.PLANERAD),
        ("Samverkan måste ske med Kriminalvården.", "kriminalvard", Role.PLANERAD),
        ("Vi samarbetar redan i dag med kvinnojouren.", "kvinnojour", Role.AKTIV),
        ("Kyrkan har tackat nej.", "kyrka", None),
    ],
)
def test_in_an_application_partners_are_planned_unless_they_are_there_already(text, category, role):
    document, submission = build({"insatser": text})
    application = replace(submission, kind=DocumentKind.TJANSTEUTLATANDE_ANSOKAN)
    mentions = find_partners(document, application, analyse(document.text))
    codings = decide_partners([Analysed(document, application, mentions)], load())
    assert next(c.role for c in codings if c.category == category) is role


def test_where_all_is_told_in_the_box_for_goals_it_counts_as_what_was_done():
    told = "Vi ville bryta tystnaden. " * 6 + "Polisen och vi har träffats varje månad i gruppen."
    assert coded({"mal": told})["polis"].role is Role.AKTIV
    assert not coded({"mal": "Samverkan med polisen."})["polis"].value


def test_a_free_text_tells_of_the_work_under_any_heading_and_a_form_in_its_own_box():
    told = {"mal": "I teamet ingår vi och polisen.", "insatser": "Vi har setts varje månad. " * 4}
    assert coded(told)["polis"].role is Role.AKTIV
    assert not coded(told, ["kyrka_samfund"])["polis"].value


def test_named_in_a_list_stands_against_a_goal_that_hardly_says_more():
    told = {"mal": "En rutin ska tas fram med polis.", "insatser": "Möten:\nMats Ek, närpolisen"}
    assert coded(told, ["rattsvasende"])["polis"].role is Role.AKTIV


def test_money_spared_is_no_refusal():
    told = {"insatser": "Åklagaren sitter i gruppen.", "belopp": "Arvode till åklagaren utgår ej."}
    assert coded(told)["aklagare"].role is Role.AKTIV


def test_named_twice_an_empty_box_does_not_bar_it():
    once = {"insatser": "Kvällen\nDiakon Ek"}
    twice = {"insatser": "Kvällen\nDiakon Ek\nSamtal: kyrkan"}
    assert not coded(once, ["rattsvasende"])["kyrka"].value
    assert coded(twice, ["rattsvasende"])["kyrka"].value


def test_a_housing_company_is_known_by_the_name_of_its_town():
    assert coded({"insatser": "Ljusdalshem ingår i gruppen."})["bostad"].role is Role.AKTIV
    assert not coded({"insatser": "Familjehem ingår i gruppen."})["bostad"].value


def test_one_refusal_among_several_mentions_of_taking_part_is_looked_at_but_does_not_decide():
    text = "BUP sitter med i gruppen. BUP leder barngruppen. Till festen kom ingen från BUP."
    coding = coded({"insatser": text})["bup"]
    assert coding.value
    assert coding.status is Status.REVIEW
    assert any("både" in reason for reason in coding.reasons)


def test_what_is_said_once_is_less_sure_than_what_is_said_again():
    once = coded({"insatser": "Polisen sitter med i gruppen."})["polis"]
    again = coded({"insatser": "Polisen sitter med i gruppen. Polisen leder mötena."})["polis"]
    assert once.value
    assert again.value
    assert once.confidence < again.confidence
    assert (once.status, again.status) == (Status.REVIEW, Status.AUTO)


@pytest.mark.parametrize(
    ("answer", "value"),
    [("Se ovan.", False), ("Hyresvärd.", False), ("", True), ("-", True)],
)
def test_a_ticked_group_whose_answer_points_to_a_mere_gift_takes_no_part(answer, value):
    told = {"insatser": "Församlingen har skänkt möbler.", "aktor_kyrka_samfund": answer}
    assert coded(told, ["kyrka_samfund"])["kyrka"].value is value


def test_see_above_points_to_nothing_that_is_said_below():
    told = {"aktor_rattsvasende": "Polisen, se ovan", "ovrigt": "Polisen har ett eget projekt."}
    assert coded(told, ["rattsvasende"])["polis"].role is Role.AKTIV
