"""The coder on disk, and what its word changes in the rules' codings."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from typer.testing import CliRunner

from annotations.codebook import load
from cli import app
from corpus.types import Document, DocumentKind, Origin, Page, Role, Span, Status
from corpus.written import load_splits, load_written
from models.calibration import Calibration
from models.case import PARTNER
from models.coder import Coder, Opinion, partner_opinion
from models.linear import fit
from models.sentences import Readers
from models.store import (
    ARRAYS,
    PARTS,
    SHIPPED,
    ArtefactError,
    digest,
    load_card,
    save,
    shipped,
)
from models.store import load as load_coder
from models.training import train
from pipeline.decide import decide
from pipeline.decide.learnt import DIFFERS, NOT_ENOUGH, ONLY_TICK, with_model
from pipeline.decide.reasons import UNSURE_TICK
from pipeline.decide.wording import WEAK, doubt, unseen_words
from pipeline.train import example, provenance
from tests.decide.build import case

CODEBOOK = load()
SURE = Calibration((0.0, 0.9), (0.6, 0.99), 100, 2)
ANSWERS = {"insatser": "Polisen och kyrkan möts varje månad i gruppen.", "integrering": "Nej."}


KNOWS_X = Readers(*[fit([{"w:x": 1.0}], ["x"], 1.0)] * 2)

_TOLD: dict[int, dict[tuple[str, str], Any]] = {}
_SHOWN: dict[int, dict[tuple[str, str], str]] = {}


class Says(Coder):
    """A coder that says what a test tells it to."""

    def __init__(self, opinions, shown=None):
        none = fit([{"a": 1.0}], ["x"], 1.0)
        every = {v.id: SURE for v in CODEBOOK.variables}
        readers = Readers(none, none)
        super().__init__(none, readers, load_coder(SHIPPED).partners, {}, {}, every, every, 0.95)
        _TOLD[id(self)] = opinions
        _SHOWN[id(self)] = shown or {}

    def shows(self, case, cell):
        if (words := _SHOWN[id(self)].get(cell)) is None:
            return None
        start = case.document.text.index(words)
        return start, start + len(words)

    def opinions(self, case, codings, codebook):
        return {(v, c): o for (v, c), o in _TOLD[id(self)].items() if not isinstance(o, str)} | {
            (v, c): Opinion("" if o == "no" else o, 0.97, next(iter(case.mentions), None))
            for (v, c), o in _TOLD[id(self)].items()
            if isinstance(o, str)
        }


def coded(opinions, answers=ANSWERS, shown=None, **kind):
    one = case(answers, **kind)
    ruled = decide([one], CODEBOOK)
    judged = with_model(ruled, [one], Says(opinions, shown), CODEBOOK)
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


def test_what_a_sentence_shows_is_the_models_and_comes_with_that_sentence():
    answers = ANSWERS | {"mal": "Rutan. Pensionärerna bjöds på kaffe. Slut."}
    words = " Pensionärerna bjöds på kaffe."
    old = ("malgrupp", "aldre")
    before, after = coded({old: Opinion("ja", 0.6)}, answers, {old: words})
    assert not before[old].value
    cell = after[old]
    assert cell.value and cell.origin is Origin.MODEL and DIFFERS in cell.reasons
    assert (cell.status, cell.confidence) == (Status.REVIEW, 0.6)
    span, text = cell.evidence, case(answers).document.text
    assert span.page == 1 and text[span.start : span.end] == words.strip()


def test_one_of_one_moves_with_its_evidence():
    before, after = coded(
        {
            ("integrering", "ej"): "ja",
            **{("status", c): "no" for c in ("avslutat", "oklart")},
            ("status", "pagar"): "ja",
        }
    )
    held = [c for c in after.values() if c.variable == "status" and c.value]
    old = next(c for c in before.values() if c.variable == "status" and c.value)
    assert old.category != "pagar" and old.evidence is not None
    assert [c.category for c in held] == ["pagar"]
    assert held[0].evidence == old.evidence


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


# --- on disk ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small():
    some = [w for w in load_written() if w.report.id.endswith(("-003", "-004"))]
    splits = load_splits()
    made = [example(w, CODEBOOK) for w in some]
    known = [e for e in made if splits[e.writer] == "train"]
    others = [e for e in made if splits[e.writer] == "calibration"]
    return known, others


def test_the_same_training_gives_the_same_bytes_and_comes_back_the_same(small, tmp_path):
    digests = []
    for name, jobs in (("a", 1), ("b", 2)):
        coder = train(small[0], small[1], CODEBOOK, lambda _: None, jobs).coder
        save(coder, tmp_path / name, {"note": "small"})
        digests.append(digest(tmp_path / name))
    assert digests[0] == digests[1] == load_card(tmp_path / "a")["sha256"]
    back = load_coder(tmp_path / "a")
    for e in small[1]:
        ours = coder.opinions(e.case, e.codings, CODEBOOK)
        theirs = back.opinions(e.case, e.codings, CODEBOOK)
        assert ours.keys() == theirs.keys()
        for cell, opinion in ours.items():
            assert theirs[cell].value == opinion.value
            assert theirs[cell].score == pytest.approx(opinion.score, abs=1e-3)


@pytest.mark.slow
def test_features_come_in_the_same_order_in_every_process():
    told = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", _FEATURES],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=SHIPPED.parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        told.add(done.stdout)
    assert len(told) == 1 and len(told.pop()) > 1000


# The order of features is the order in which a fit adds them up, so it must not be a set's.
_FEATURES = """
from annotations.codebook import load
from models.case import named
from models.coder import group_of
from models.partner_features import mention_features, whole_of
from models.sentences import sentences
from models.statement_features import statement_features
from pipeline.train import example
from corpus.written import load_written
book = load()
partner = book.variable("partner")
for written in load_written()[:3]:
    e = example(written, book)
    for m in named(e.case.mentions):
        print(list(mention_features(m, e.case, whole_of(e.case), group_of(m, partner))))
    for sentence in sentences(e.case):
        print(list(sentence.features))
    for v in book.variables:
        if v.id != "partner":
            print(list(statement_features(v.id, e.case, e.codings, {})))
"""


def test_a_writer_may_not_be_in_training_and_calibration(small):
    with pytest.raises(ValueError, match="s0"):
        train(small[0], small[0], CODEBOOK, lambda _: None)


def test_a_damaged_coder_is_told(tmp_path):
    with pytest.raises(ArtefactError, match="run samverkan train"):
        load_coder(tmp_path)
    for file in (ARRAYS, PARTS):
        (tmp_path / file).write_bytes((SHIPPED / file).read_bytes())
    assert load_coder(tmp_path)
    (tmp_path / ARRAYS).write_bytes(b"PK\x03\x04 not an archive")
    with pytest.raises(ArtefactError):
        load_coder(tmp_path)
    (tmp_path / PARTS).write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(ArtefactError, match="format 99"):
        load_coder(tmp_path)


def test_the_shipped_coder_was_trained_on_what_is_here():
    card = load_card(SHIPPED)
    assert {name: card[name] for name in provenance(CODEBOOK)} == provenance(CODEBOOK)
    assert card["sha256"] == digest(SHIPPED)
    assert shipped() is not None


def test_the_shipped_coder_keeps_its_promise_on_writers_it_has_not_seen():
    test = load_card(SHIPPED)["figures"]["test"]
    assert test["automatic_error"][0] < 0.015
    assert test["micro_f1"][0] > 0.9


def test_models_are_listed_and_shown():
    listed = CliRunner().invoke(app, ["models", "list"])
    assert listed.exit_code == 0 and listed.stdout.startswith("coder  ")
    assert "micro_f1 0." in listed.stdout
    shown = CliRunner().invoke(app, ["models", "show", "coder"])
    assert shown.exit_code == 0 and '"writers"' in shown.stdout
    missing = CliRunner().invoke(app, ["models", "show", "nosuch"])
    assert missing.exit_code == 2 and "no model card" in missing.stderr


def test_weak_has_a_reason_of_its_own():
    _, after = coded({("form", "tillfallig"): Opinion("", 0.6)})
    assert WEAK in after["form", "tillfallig"].reasons


@pytest.mark.parametrize(
    ("text", "unseen"),
    [
        ("Polisen deltog i möten.", ()),
        ("Polisen deltagit i möten.", ()),  # the stem is known
        ("Polisen hospiterade i Ljungby.", ("hospiterade",)),
        ("Hospitering, hospitering, gruppen", ("hospitering", "gruppen")),
        ("BUP 2010 m.fl.", ()),
    ],
)
def test_words_that_training_never_met_are_named(text, unseen):
    rows = [{"b:deltog": 1.0, "p:delta": 1.0, "b:möten": 1.0}, {"b:deltog": 1.0, "p:delta": 0.5}]
    known = fit(rows + rows, ["x", "y", "x", "y"], 1.0)
    coder = replace(load_coder(SHIPPED), contexts=known, readers=KNOWS_X)
    assert unseen_words(text, coder) == unseen


def test_weak_support_in_new_words_says_which():
    text = "Polisen hospiterade."
    known = fit([{"b:deltog": 1.0}] * 2 + [{"b:kom": 1.0}] * 2, ["x", "x", "y", "y"], 1.0)
    coder = replace(load_coder(SHIPPED), contexts=known, readers=KNOWS_X)
    document = Document("a.txt", "a", "txt", text, (Page(1, 0, len(text)),))
    assert "”hospiterade”" in doubt(Span("a.txt", 0, len(text), 1), document, coder)
    assert doubt(Span("a.txt", 0, 7, 1), document, coder) == WEAK
    assert doubt(Span("a.txt", 0, len(text), 1), None, coder) == WEAK
