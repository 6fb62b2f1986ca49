"""Sentences: where they stand, what a model that learnt from marked evidence hears in them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from annotations.codebook import load
from corpus.written import load_written
from models import fitting
from models.case import Example
from models.sentences import SHOWS, Readers, fit_readers, heard_in, sentences
from pipeline.train import example
from tests.decide.build import case

CODEBOOK = load()
TRAINING = ("innehall", "utbildning")
COURSES = [
    ("Alla gick en kurs i bemötande.", "Rummet målades om."),
    ("Sex skötare gick en kurs i våren.", "Bilen lagades."),
    ("Vi gick en kurs om barn.", "Rummet var kallt i maj."),
]


def marked(name: str, answers: dict[str, str], quote: str | None) -> Example:
    """A report whose training rests on `quote`; None: nobody marked anything."""
    one = case(answers)
    evidence = None
    if quote is not None:
        start = one.document.text.index(quote)
        evidence = {TRAINING: (start, start + len(quote))}
    gold = {(v.id, c.id): "" for v in CODEBOOK.variables for c in v.categories}
    return Example(name, name, one, (), gold | {TRAINING: "ja"}, {}, evidence)


def learnt():
    made = [marked(a[:4], {"insatser": f"{a} {b}"}, a) for a, b in COURSES]
    return fit_readers(made, CODEBOOK)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"insatser": "Vi möttes. Kl. 9 kom alla!"}, ["Vi möttes.", "Kl.", "9 kom alla!"]),
        ({"insatser": "- polisen\n- kyrkan"}, ["- polisen", "- kyrkan"]),
        ({"mal": "Nå 3.5 procent", "insatser": "Ja"}, ["Nå 3.5 procent", "Ja"]),
        ({"insatser": " \n "}, []),
    ],
)
def test_sentences_are_stretches_of_the_answers(answers, expected):
    one = case(answers)
    found = list(sentences(one))
    assert [one.document.text[s.start : s.end].strip() for s in found] == expected


def test_a_text_without_answers_is_one_free_answer():
    one = case({"insatser": "Vi gick en kurs. Sedan blev det vinter."})
    bare = replace(one, submission=replace(one.submission, answers=(), start=0))
    told = [one.document.text[s.start : s.end].strip() for s in sentences(bare)]
    assert told[-2:] == ["Vi gick en kurs.", "Sedan blev det vinter."]
    assert all("q:fritext" in s.features for s in sentences(bare))


def test_the_surest_the_next_and_any_sentence_are_told():
    readers = learnt()

    def told(text):
        return heard_in(case({"insatser": text}), readers).said["innehall"]

    one = told("Personalen gick en kurs. Bilen lagades.")
    none = told("Bilen lagades. Rummet var kallt.")
    assert one["s1:utbildning"] > none["s1:utbildning"] + 0.1
    assert one["s1:utbildning"] > one["s2:utbildning"]
    assert one["sa:utbildning"] > one["s1:utbildning"]
    both = told("Vi gick en kurs. De gick en kurs.")
    assert both["s2:utbildning"] > one["s2:utbildning"] + 0.1


WORDS = ["Kallt rum. Varm dag.", "Varm dag. Kallt rum. Bilen.", "Varm dag.", "Kallt rum."]


def whole_learnt():
    """Readers of unmarked reports whose training shows in what is spread over a report."""
    made = [
        replace(marked(f"{i}", {"insatser": text}, None), gold=_gold(i % 4 < 2))
        for i, text in enumerate(WORDS * 4)
    ]
    return fit_readers(made, CODEBOOK)


def _gold(trained):
    none = {(v.id, c.id): "" for v in CODEBOOK.variables for c in v.categories}
    return none | {TRAINING: "ja" if trained else ""}


def test_the_whole_report_is_told_also_where_no_sentence_is_marked():
    readers = whole_learnt()
    told = [heard_in(case({"insatser": text}), readers).said["innehall"] for text in WORDS]
    shares = [one["sw:utbildning"] for one in told]
    assert min(shares[:2]) > max(shares[2:]) + 0.1


def test_one_look_up_says_what_either_regression_says():
    readers = Readers(learnt().sentences, whole_learnt().wholes)
    assert readers.sentences.weights.any() and readers.wholes.weights.any()
    answers = {"mal": "Varm dag. Sju zebror gick en kurs.", "insatser": "Varm dag. Kurs?"}
    rows = [sentence.features for sentence in sentences(case(answers))]
    apart, whole = readers.shares(rows)
    assert apart == pytest.approx(readers.sentences.shares(rows), abs=1e-6)
    together = {name: value for row in rows for name, value in row.items()}
    assert whole == pytest.approx(readers.wholes.shares([together]), abs=1e-6)


def test_shares_are_told_as_odds_too_cut_off_where_they_are_sure():
    told = heard_in(case({"insatser": "Sju gick en kurs. Slut."}), learnt()).said["innehall"]
    share = told["s1:utbildning"]
    assert told["o1:utbildning"] == pytest.approx(math.log(share / (1 - share)) / 5, abs=1e-4)
    unsure = learnt()
    sure = replace(unsure.sentences, bias=unsure.sentences.bias + 99)
    told = heard_in(case({"insatser": "Slut."}), Readers(sure, unsure.wholes)).said["innehall"]
    assert (told["s1:utbildning"], told["s2:utbildning"]) == (1, 0)
    assert (told["o1:utbildning"], told["o2:utbildning"]) == pytest.approx(
        (1.842, -1.842), abs=0.001
    )


def test_a_report_without_text_says_how_common_a_code_is_and_no_more():
    readers = learnt()
    told = heard_in(case({"insatser": " "}), readers).said["innehall"]
    assert (told["s1:utbildning"], told["sa:utbildning"]) == (0, 0)
    common = readers.wholes.chances({})[".".join(TRAINING)]
    assert told["sw:utbildning"] == pytest.approx(common, abs=1e-6)


def test_the_print_of_a_form_without_answers_says_nothing():
    one = case({}, ticks=["struktur.ny"])
    assert one.document.text.strip() and not list(sentences(one))


def test_the_surest_sentence_stands_where_it_says_unless_none_is_sure_enough():
    readers, output = learnt(), ".".join(TRAINING)
    one = case({"mal": "Bilen lagades. Rummet målades om.", "insatser": "Sju gick en kurs. Slut."})
    heard = heard_in(one, readers)
    start, end = heard.shown[output]
    assert one.document.text[start:end].strip() == "Sju gick en kurs."
    assert heard.said["innehall"]["s1:utbildning"] >= SHOWS
    unsure = replace(readers.sentences, bias=readers.sentences.bias - 9)
    assert not heard_in(one, Readers(unsure, readers.wholes)).shown
    assert not heard_in(case({"insatser": " "}), readers).shown


def test_sentences_of_unmarked_reports_are_not_learnt_from():
    unmarked = [marked(str(i), {"insatser": "Alla gick en kurs."}, None) for i in range(9)]
    made = [marked(a[:4], {"insatser": f"{a} {b}"}, a) for a, b in COURSES]
    both, marked_alone = fit_readers([*made, *unmarked], CODEBOOK), learnt()
    assert both.sentences.names == marked_alone.sentences.names
    assert both.sentences.weights.tolist() == marked_alone.sentences.weights.tolist()
    assert len(both.wholes.names) > len(marked_alone.wholes.names)


def test_no_report_is_told_by_a_model_that_learnt_from_its_writer(monkeypatch):
    made = [
        replace(marked(f"{i}", {"insatser": f"{a} {b}"}, a), writer=f"s{i % 6}")
        for i, (a, b) in enumerate(COURSES * 6)
    ]
    learnt_from: dict[int, set[str]] = {}

    def spy(examples, codebook):
        readers = fit_readers(examples, codebook)
        learnt_from[id(readers)] = {e.writer for e in examples}
        kept.append(readers)
        return readers

    def told(one, readers):
        writer = next(e.writer for e in made if e.case is one)
        heard.append(writer in learnt_from[id(readers)])
        return heard_in(one, readers)

    kept: list[Readers] = []
    heard: list[bool] = []
    monkeypatch.setattr(fitting, "fit_readers", spy)
    monkeypatch.setattr(fitting, "heard_in", told)
    assert len(fitting.said_unseen(made, CODEBOOK)) == len(made)
    assert len(heard) == len(made) and not any(heard)


def test_marked_evidence_is_where_its_words_stand():
    found = 0
    for written in [w for w in load_written() if w.writer in ("s01", "s13")]:
        e = example(written, CODEBOOK)
        for (variable, category), (start, end) in (e.evidence or {}).items():
            keys = (f"{variable}.{category}", category, variable)
            own = next(written.evidence[key] for key in keys if written.evidence.get(key))
            assert own and e.case.document.text[start:end] == own.quote
            assert e.gold[variable, category]
            found += 1
    assert found > 300
