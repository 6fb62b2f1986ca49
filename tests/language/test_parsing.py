"""What the trained model adds to everyday report sentences, and what it may not touch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.language.load import load_parser
from pipeline.language import parsing
from pipeline.language.swedish import analyse, pipeline

ROOT = Path(__file__).resolve().parents[2]


def _word(doc, text):
    return next(t for t in doc if t.text == text)


def _starts(doc):
    return [sentence.start_char for sentence in doc.sents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prästen tackade nej, men polisen deltog.", {"Prästen": "NOUN", "deltog": "VERB"}),
        ("Vi träffades inte utan ringde varandra.", {"utan": "CCONJ", "inte": "PART"}),
        ("Vi fick klara oss utan polisen.", {"utan": "ADP", "klara": "VERB"}),
        ("Kvinnojouren i Sundsvall har varit drivande.", {"Sundsvall": "PROPN", "har": "AUX"}),
        ("Två planerade möten blev inte av.", {"planerade": "ADJ", "möten": "NOUN"}),
    ],
)
def test_parts_of_speech(text, expected):
    doc = analyse(text, parsed=True)
    assert {word: _word(doc, word).pos_ for word in expected} == expected


@pytest.mark.parametrize(
    ("text", "word", "head", "relation"),
    [
        ("Äldre omfattas inte", "inte", "omfattas", "advmod"),
        ("Äldre omfattas inte av arbetet.", "inte", "omfattas", "advmod"),
        ("Skolan kom men kyrkan var inte med.", "kyrkan", "med", "nsubj"),
        ("Polisen deltog inte i mötena.", "Polisen", "deltog", "nsubj"),
        ("Polisen deltog inte i mötena.", "inte", "deltog", "advmod"),
        ("Prästen tackade nej, men polisen deltog.", "deltog", "tackade", "conj"),
        ("Prästen tackade nej, men polisen deltog.", "polisen", "deltog", "nsubj"),
        ("Vi träffades inte utan ringde varandra.", "utan", "ringde", "cc"),
        ("Vi fick klara oss utan polisen.", "utan", "polisen", "case"),
        ("Om polisen hinner ska rutinen prövas.", "hinner", "prövas", "advcl"),
    ],
)
def test_heads(text, word, head, relation):
    token = _word(analyse(text, parsed=True), word)
    assert (token.head.text, token.dep_) == (head, relation)


def test_features():
    doc = analyse("Polisen bjöds in men kom aldrig.", parsed=True)
    assert _word(doc, "bjöds").morph.get("Voice") == ["Pass"]
    assert _word(doc, "kom").morph.get("Tense") == ["Past"]


@pytest.mark.parametrize(
    "text",
    [
        "- polisen var med\n- kyrkan tackade nej\n• jouren • skolan kom",
        "☒ kommuner\n☐ hälso- och sjukvård\n☒\tkyrkan\tPrästen var med.",
        "Mål\n\nVi ville nå fler. Det gick\n  bra.\n",
        "\n\t Vi möttes ofta.",
        "Möte kl. 14.30 med t.ex. BUP m.fl. parter. Sen kom de",
        "| aktör | roll |\n| polisen | var med |",
        "☐",
        " \n ",
        "",
    ],
)
def test_sentences_stay_as_the_rules_mark_them(text):
    doc = analyse(text, parsed=True)
    assert doc.text == text
    assert _starts(doc) == _starts(analyse(text, parsed=False))
    assert all(t.head.sent == t.sent for t in doc)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Polisen", "kom", "inte", "var", ".", "!", "\n", "\t", " ", "•", "☒", "|", "och", "1."]
        ),
        max_size=25,
    )
)
def test_each_sentence_has_one_root(words):
    text = " ".join(words)
    doc = analyse(text, parsed=True)
    assert doc.text == text
    assert _starts(doc) == _starts(analyse(text, parsed=False))
    for sentence in doc.sents:
        assert sum(t.dep_ == "ROOT" for t in sentence) == 1
        assert all(t.head.sent == sentence for t in sentence)


def test_bullets_and_white_space_take_no_part():
    doc = analyse("• Polisen  kom\n☒\n", parsed=True)
    bullet, police, gap, came, newline, box = list(doc)[:6]
    assert (bullet.pos_, bullet.dep_, bullet.head) == ("PUNCT", "punct", police)
    assert (gap.pos_, gap.dep_, gap.head) == ("SPACE", "dep", police)
    assert (police.dep_, police.head) == ("nsubj", came)
    assert (newline.pos_, newline.head) == ("SPACE", came)
    assert (box.pos_, box.dep_) == ("PUNCT", "ROOT")


def test_a_long_text_is_parsed_in_pieces(monkeypatch):
    text = "Polisen deltog i gruppen och prästen kom ofta. " * 12
    whole = [(t.pos_, t.dep_, t.head.i) for t in analyse(text, parsed=True)]
    monkeypatch.setattr(parsing, "AT_ONCE", 20)
    cut = [(t.pos_, t.dep_, t.head.i) for t in analyse(text, parsed=True)]
    assert len(cut) == len(whole)
    assert sum(a == b for a, b in zip(cut, whole, strict=True)) > 0.95 * len(whole)


def test_a_sentence_longer_than_a_piece_keeps_one_root(monkeypatch):
    monkeypatch.setattr(parsing, "AT_ONCE", 7)
    text = "polisen och " * 20 + "prästen kom. Sen gick de."
    doc = analyse(text, parsed=True)
    assert _starts(doc) == [0, text.index("Sen")]
    assert all(sum(t.dep_ == "ROOT" for t in s) == 1 for s in doc.sents)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Gruppen höll sitt första möte.", "sitt", "sig"),
        ("Två planerade möten blev inte av.", "planerade", "planerad"),
        ("Vi planerade tre möten.", "planerade", "planera"),
        ("Kvinnorna har stora besvär.", "besvär", "besvär"),
        ("Polisernas arbete fortsätter.", "Polisernas", "polis"),
        ("Missbruk är vanligt.", "Missbruk", "missbruk"),
        ("Växande grupper söker stöd.", "Växande", "växande"),
        ("Vi ska träffas.", "ska", "ska"),
        ("De skulle träffas.", "skulle", "ska"),
        ("Jourtjejerna deltog.", "Jourtjejerna", "jourtjej"),
        ("Gruppen leds av Sundsvalls kommun.", "Sundsvalls", "sundsvall"),
        ("I gruppen satt Åke från frivården.", "Åke", "åke"),
    ],
)
def test_lemmas_by_part_of_speech(text, word, expected):
    assert _word(analyse(text, parsed=True), word).lemma_ == expected


def test_without_lemmas_all_else_is_the_same():
    text = "Prästen tackade nej.\n• Sundsvalls kommun deltog."
    doc, bare = analyse(text, parsed=True), analyse(text, parsed=True, lemmas=False)
    told = [
        [(t.text, t.is_sent_start, t.pos_, t.morph, t.dep_, t.head.i) for t in d]
        for d in (doc, bare)
    ]
    assert told[0] == told[1]
    assert doc.has_annotation("LEMMA")
    assert not bare.has_annotation("LEMMA")
    assert not analyse(text, lemmas=False).has_annotation("LEMMA")


def test_without_a_model_everything_else_is_as_before(monkeypatch, tmp_path):
    assert load_parser(pipeline().vocab, tmp_path) is None
    monkeypatch.setattr(parsing, "_parser", lambda vocab: None)
    doc = analyse("Prästen tackade nej.\n• Polisen deltog.", parsed=True)
    assert [s.text.strip() for s in doc.sents] == ["Prästen tackade nej.", "• Polisen deltog."]
    assert [t.lemma_ for t in doc if t.is_alpha] == ["präst", "tacka", "nej", "polis", "delta"]
    assert not doc.has_annotation("DEP")


@pytest.mark.slow
def test_memory_does_not_grow_with_the_text():
    lines = 'line = "Polisen deltog i gruppen, men prästen hade tackat nej till alla. " * 12'
    code = (
        f"{lines}; from pipeline.language.swedish import analyse; import re\n"
        "analyse((line + chr(10)) * 300, parsed=True)\n"  # 50,000 words: far more than any report
        # Not ru_maxrss: a child begins with its parent's.
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert int(run.stdout) < 400_000  # kB, libraries and model included
