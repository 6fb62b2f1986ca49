"""What the learnt coder's word changes in the rules' codings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotations.codebook import load
from corpus.types import DocumentKind, Origin, Role, Status
from models.calibration import Calibration
from models.case import PARTNER
from models.coder import Coder, Opinion, partner_opinion
from models.linear import fit
from models.sentences import Readers
from models.store import SHIPPED
from models.store import load as load_coder
from pipeline.decide import decide
from pipeline.decide.learnt import DIFFERS, NOT_ENOUGH, ONLY_TICK, with_model
from pipeline.decide.reasons import UNSURE_TICK
from pipeline.decide.wording import WEAK
from tests.decide.build import case

CODEBOOK = load()
SURE = Calibration((0.0, 0.9), (0.6, 0.99), 100, 2)
ANSWERS = {"insatser": "Polisen och kyrkan möts varje månad i gruppen.", "integrering": "Nej."}


_TOLD: dict[int, dict[tuple[str, str], Any]] = {}


class Says(Coder):
    """A coder that says what a test tells it to."""

    def __init__(self, opinions):
        none = fit([{"a": 1.0}], ["x"], 1.0)
        every = {v.id: SURE for v in CODEBOOK.variables}
        readers = Readers(none, none)
        super().__init__(none, readers, load_coder(SHIPPED).partners, {}, {}, every, every, 0.95)
        _TOLD[id(self)] = opinions

    def opinions(self, case, codings, codebook):
        mention = next(iter(case.mentions), None)
        return {cell: opinion(told, mention) for cell, told in _TOLD[id(self)].items()}


def opinion(told, mention):
    if isinstance(told, Opinion):
        return told
    return Opinion("" if told == "no" else told, 0.97, mention)


def shown(words, answers, score=0.97):
    """The opinion that a code holds, by a sentence of these words."""
    start = case(answers).document.text.index(words)
    return Opinion("ja", score, at=(start, start + len(words)))


def coded(opinions, answers=ANSWERS, **kind):
    one = case(answers, **kind)
    ruled = decide([one], CODEBOOK)
    judged = with_model(ruled, [one], Says(opinions), CODEBOOK)
    assert [(c.variable, c.category) for c in judged] == [(c.variable, c.category) for c in ruled]
    before = {(c.variable, c.category): c for c in ruled}
    return before, {(c.variable, c.category): c for c in judged}


def test_a_confident_model_makes_the_cell_automatic():
    before, after = coded({(PARTNER, "polis"): "aktiv"})
    cell = after[PARTNER, "polis"]
    assert before[PARTNER, "polis"].value and cell.value
    assert (cell.status, cell.confidence, cell.reasons) == (Status.AUTO, 0.99, ())


def test_a_doubtful_model_sends_the_cell_to_a_person_with_a_reason():
    _, after = coded({(PARTNER, "polis"): Opinion("aktiv", 0.6)})
    cell = after[PARTNER, "polis"]
    assert cell.status is Status.REVIEW and cell.confidence == 0.6 and cell.reasons


def test_the_model_takes_a_partner_away_and_says_so_when_it_is_not_sure():
    _, after = coded({(PARTNER, "kyrka"): Opinion("", 0.7)})
    cell = after[PARTNER, "kyrka"]
    assert not cell.value and cell.role is None and cell.evidence is None
    assert cell.origin is Origin.MODEL and NOT_ENOUGH in cell.reasons


def test_a_partner_the_rules_left_out_comes_with_its_words():
    _, after = coded({(PARTNER, "skola"): "inbjuden"})
    cell = after[PARTNER, "skola"]
    assert cell.value and cell.role is Role.INBJUDEN and cell.origin is Origin.MODEL
    assert cell.evidence is not None


def test_a_role_is_the_models():
    _, after = coded({(PARTNER, "polis"): "inbjuden"})
    assert after[PARTNER, "polis"].role is Role.INBJUDEN


def test_what_the_model_cannot_show_keeps_the_rules_value_and_goes_to_a_person():
    before, after = coded({("malgrupp", "aldre"): "ja"})
    assert not before["malgrupp", "aldre"].value
    cell = after["malgrupp", "aldre"]
    assert not cell.value and cell.status is Status.REVIEW and DIFFERS in cell.reasons
    assert cell.confidence == pytest.approx(0.01)


def words_of(coding, answers):
    span, text = coding.evidence, case(answers).document.text
    assert span.page == 1
    return text[span.start : span.end]


@pytest.mark.parametrize("score", [0.6, 0.97])
def test_what_a_sentence_alone_shows_comes_with_it_and_goes_to_a_person(score):
    answers = ANSWERS | {"mal": "Rutan. Pensionärerna bjöds på kaffe. Slut."}
    words, old = " Pensionärerna bjöds på kaffe.", ("malgrupp", "aldre")
    before, after = coded({old: shown(words, answers, score)}, answers)
    assert not before[old].value
    cell = after[old]
    assert cell.value and cell.origin is Origin.MODEL and DIFFERS in cell.reasons
    assert (cell.status, cell.confidence) == (Status.REVIEW, SURE.probability(score))
    assert words_of(cell, answers) == words.strip()


def one_held(after):
    (held,) = [c for c in after.values() if c.variable == "maluppfyllelse" and c.value]
    return held


REACHED = {"maluppfyllelse": "Målet är nått. Rutinen blev inte av."}
FAILED = {("maluppfyllelse", c): "no" for c in ("helt", "delvis", "oklart")} | {
    ("maluppfyllelse", "ej"): "ja"
}


def test_the_models_sentence_goes_before_words_the_rules_read_otherwise():
    told = shown(" Rutinen blev inte av.", REACHED)
    before, after = coded(FAILED | {("maluppfyllelse", "ej"): told}, REACHED)
    assert one_held(before).category != "ej"
    assert one_held(after).category == "ej" and one_held(after).status is Status.AUTO
    assert words_of(one_held(after), REACHED) == "Rutinen blev inte av."


def test_one_of_one_moves_with_its_evidence():
    before, after = coded(FAILED, REACHED)
    assert one_held(before).category != "ej" and one_held(before).evidence is not None
    assert one_held(after).category == "ej"
    assert one_held(after).evidence == one_held(before).evidence


def test_one_of_one_stays_where_nothing_shows_another():
    told = {("status", c): "no" for c in ("avslutat", "oklart")} | {("status", "pagar"): "ja"}
    before, after = coded(told, {"insatser": " "}, ticks=["redovisning.slut"])
    old = before["status", "avslutat"]
    assert old.value and old.evidence is None
    (held,) = [c for c in after.values() if c.variable == "status" and c.value]
    assert held.category == "avslutat"
    assert held.status is Status.REVIEW and DIFFERS in held.reasons
    assert held.confidence == pytest.approx(0.01)


def test_what_stands_alone_stands_alone():
    answers = {"insatser": "Vi ordnade en kurs.", "integrering": "Gruppen fortsätter i linjen."}
    for told in ("ja", Opinion("ja", 0.5)):
        _, after = coded(
            {("integrering", "ej"): told, ("integrering", "integrerad"): "ja"}, answers
        )
        held = {c.category for c in after.values() if c.variable == "integrering" and c.value}
        assert "ej" not in held or held == {"ej"}


def test_a_part_brings_its_group():
    answers = {"sarskilt_utsatta": "Äldre kvinnor", "insatser": "Vi har utbildat hemtjänsten."}
    _, after = coded({("malgrupp", "aldre"): "ja", ("malgrupp", "sarskilt_utsatta"): "no"}, answers)
    assert after["malgrupp", "aldre"].value and after["malgrupp", "sarskilt_utsatta"].value


def test_an_application_is_left_to_the_rules():
    before, after = coded({(PARTNER, "polis"): "no"}, kind=DocumentKind.TJANSTEUTLATANDE_ANSOKAN)
    assert after == before


def test_doubt_about_the_reading_stays_with_a_person():
    one = case(ANSWERS, ["aktor.rattsvasende"], certainty=0.4)
    ruled = decide([one], CODEBOOK)
    doubtful = [replace(c, reasons=(UNSURE_TICK,)) if c.category == "polis" else c for c in ruled]
    judged = with_model(doubtful, [one], Says({(PARTNER, "polis"): "aktiv"}), CODEBOOK)
    cell = next(c for c in judged if c.category == "polis")
    assert cell.status is Status.REVIEW and cell.reasons[0] == UNSURE_TICK


def ticked(variable, category, option, answers):
    one = case(answers, [option])
    ruled = decide([one], CODEBOOK)
    says = Says({(variable, category): Opinion("", 0.97)})
    judged = with_model(ruled, [one], says, CODEBOOK)
    return [next(c for c in cells if c.category == category) for cells in (ruled, judged)]


def test_a_tick_that_no_text_speaks_of_counts_whatever_the_model_makes_of_it():
    before, after = ticked("malgrupp", "heder", "omrade.heder", {"insatser": "Gruppen möts."})
    assert before.origin is Origin.TICK
    assert after.value and after.origin is Origin.TICK and after.confidence == before.confidence
    assert after.status is Status.REVIEW and after.reasons == (ONLY_TICK,)


@pytest.mark.parametrize(
    "variable, category, option, answers",
    [
        ("malgrupp", "heder", "omrade.heder", {"mal": "Stöd till unga som lever med hedersvåld."}),
        (PARTNER, "kyrka", "aktor.kyrka_samfund", {"insatser": "Gruppen möts."}),
    ],
)
def test_where_words_speak_or_a_partner_is_ticked_the_model_has_its_say(
    variable, category, option, answers
):
    before, after = ticked(variable, category, option, answers)
    assert before.value and not after.value and after.origin is Origin.MODEL


@pytest.mark.parametrize(
    "p, value, score",
    [
        ({"aktiv": 0.3, "inbjuden": 0.4, "planerad": 0.1, "none": 0.2}, "inbjuden", 0.7),
        ({"aktiv": 0.2, "inbjuden": 0.2, "planerad": 0.5, "none": 0.1}, "planerad", 0.6),
        ({"aktiv": 0.2, "inbjuden": 0.2, "planerad": 0.1, "none": 0.5}, "", 0.6),
    ],
)
def test_a_partner_counts_when_its_roles_together_are_likelier(p, value, score):
    opinion = partner_opinion(p, None)
    assert opinion.value == value and opinion.score == pytest.approx(score)


def test_weak_has_a_reason_of_its_own():
    _, after = coded({("form", "tillfallig"): Opinion("", 0.6)})
    assert WEAK in after["form", "tillfallig"].reasons
