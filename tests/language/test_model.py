"""The shipped model is the one its card describes, and training makes such a model."""

from __future__ import annotations

import json
import re

import pytest
import spacy

from models.language.card import ROWS, checksum
from models.language.conllu import Sentence, Word
from models.language.lemmas import by_class, learn
from models.language.load import FOLDER
from models.language.measure import quality
from models.language.train import fit, save_model


@pytest.fixture(scope="module")
def figures():
    return json.loads((FOLDER / "metrics.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def card():
    return (FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_card_tells_the_measured_figures(card, figures):
    for label, key in ROWS:
        assert f"| {label} | {figures['quality'][key]:.3f} |" in card
    speed = figures["speed"]
    for told in (
        f"{speed['whole']:,}",
        f"{speed['without_parser']:,}",
        f"{speed['load_seconds']} s",
    ):
        assert told in card
    assert f"{figures['megabytes']} MB" in card


def test_the_card_names_licence_and_sources(card):
    for name in ("CC BY-SA 4.0", "Talbanken", "PUD", "simplemma"):
        assert name in card
    assert "LinES" not in card  # non-commercial: never in the training data


def test_the_files_are_those_that_were_measured():
    assert (FOLDER / "sha256").read_text().strip() == checksum(FOLDER)


def test_the_files_hold_no_path_of_the_machine_that_made_them():
    for name in ("config.cfg", "meta.json"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        assert not re.search(r"(?<!\w)/(tmp|home|root|work|Users)/", text), name


def test_the_model_is_as_good_and_as_small_as_promised(figures):
    least = {"upos": 0.94, "feats": 0.91, "lemma": 0.96, "uas": 0.80, "las": 0.72}
    assert {k: v for k, v in least.items() if figures["quality"][k] < v} == {}
    size = sum(f.stat().st_size for f in FOLDER.rglob("*") if f.is_file())
    assert size < 12e6


@pytest.mark.slow
@pytest.mark.shared
def test_the_figures_can_be_had_again(shared, figures):
    from models.language.conllu import TEST, read

    assert quality(FOLDER, read(shared / "ud" / TEST)) == figures["quality"]


@pytest.mark.slow
def test_training_learns_and_is_the_same_twice(tmp_path):
    sentences = _sentences()
    short = {"training.max_epochs": 15, "training.eval_frequency": 30}
    sums = []
    for name in ("a", "b"):
        save_model(fit(sentences, sentences[:10], changed=short), tmp_path / name)
        sums.append(checksum(tmp_path / name))
    assert sums[0] == sums[1]
    doc = spacy.load(tmp_path / "a")("Jouren deltog inte. Skolan kom inte.")
    assert [t.pos_ for t in doc] == ["NOUN", "VERB", "PART", "PUNCT"] * 2
    assert [t.dep_ for t in doc] == ["nsubj", "ROOT", "advmod", "punct"] * 2


def test_learnt_lemmas_correct_the_dictionary():
    words = [
        Word("sitt", "sig", "PRON", "", 0, "ROOT", True),
        Word("sitt", "sitta", "VERB", "", 0, "ROOT", True),
        Word("T.ex.", "till_exempel", "ADV", "", 0, "ROOT", True),
    ]
    table = learn([tuple(words)])
    assert table == {"PRON": {"sitt": "sig"}}
    assert by_class("sitt", "PRON", False, table) == "sig"
    assert by_class("sitt", "VERB", False, table) == "sitta"


@pytest.mark.parametrize(
    ("form", "pos", "genitive", "expected"),
    [
        ("besvär", "NOUN", False, "besvär"),
        ("höjda", "ADJ", False, "höja"),
        ("höjande", "ADJ", False, "höjande"),
        ("planerade", "ADJ", False, "planerad"),
        ("planerade", "VERB", False, "planera"),
        ("umeås", "PROPN", True, "umeå"),
        ("fn:s", "PROPN", True, "fn"),
        ("borås", "PROPN", False, "borås"),
        ("14", "NUM", False, "14"),
    ],
)
def test_lemmas_by_class(form, pos, genitive, expected):
    assert by_class(form, pos, genitive, {}) == expected


def _sentences() -> list[Sentence]:
    subjects = ("Jouren", "Polisen", "Prästen", "Skolan", "Kommunen", "Kyrkan", "Hon", "Rektorn")
    verbs = ("deltog", "kom", "svarade", "ringde", "väntade", "slutade", "hörde")
    return [
        (
            Word(subject, subject.lower(), "NOUN", "Case=Nom", 1, "nsubj", True),
            Word(verb, verb, "VERB", "Tense=Past", 1, "ROOT", True),
            Word("inte", "inte", "PART", "Polarity=Neg", 1, "advmod", False),
            Word(".", ".", "PUNCT", "", 1, "punct", True),
        )
        for subject in subjects
        for verb in verbs
    ]
