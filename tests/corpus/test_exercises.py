"""Exercises: what a line says, faults with their place, and that the shipped ones are sound."""

from __future__ import annotations

from collections import Counter

import pytest

from annotations.codebook import load
from corpus.exercises import ACTOR, DEVELOPMENT, HELD_OUT, RUNNING, load_exercises
from corpus.records import RecordError
from corpus.types import Context
from corpus.written import load_written

CODEBOOK = load()
CODES = {
    *(f"{v.id}={c.id}" for v in CODEBOOK.variables for c in v.categories),
    *(f"{v.id}=inget" for v in CODEBOOK.variables),
    *(
        f"{v.id}.{c.id}={say}"
        for v in CODEBOOK.variables
        for c in v.categories
        for say in ("ja", "nej")
    ),
}


def written(tmp_path, *lines):
    (tmp_path / "a.tsv").write_text("\n".join(lines), encoding="utf-8")
    return load_exercises(tmp_path)


def test_marks_become_offsets_and_a_slash_a_line_break(tmp_path):
    (one,) = written(
        tmp_path, "# a remark", "", "aktor\tinsatser\t[[Polisen|a]] kom / [[Diakonen|n]] ej"
    )
    assert one.text == "Polisen kom\nDiakonen ej"
    assert [(one.text[m.start : m.end], m.context) for m in one.marks] == [
        ("Polisen", Context.AKTIV),
        ("Diakonen", Context.NEJ),
    ]
    assert one.id == "a:3"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("aktor\tinsatser", "not three parts"),
        ("aktor\tinsatser\tPolisen kom", "marks are for partners"),
        ("status=pagar\tmal\t[[Polisen|a]] kom", "marks are for partners"),
        ("aktor\tmal\t[[Polisen|z]] kom", "unknown letter z"),
        ("status\tmal\tVi kom", "unknown code status"),
    ],
)
def test_every_fault_is_told_with_its_place(tmp_path, line, fault):
    with pytest.raises(RecordError) as told:
        written(tmp_path, line, line)
    assert [str(f).endswith(("a.tsv:1", "a.tsv:2")) for f in told.value.faults] == [True, True]
    assert fault in told.value.faults[0]


@pytest.mark.parametrize("folder", [DEVELOPMENT, HELD_OUT])
def test_the_shipped_exercises_use_known_codes_and_questions(folder):
    exercises = load_exercises(folder)
    questions = {RUNNING, *(q for w in load_written() for q in w.fields)} - {"text"}
    assert {e.code for e in exercises} - CODES <= {ACTOR}
    assert {e.question for e in exercises} <= questions
    marked = Counter(m.context for e in exercises for m in e.marks)
    assert set(marked) == set(Context)


def test_no_exercise_is_held_out_and_developed_on():
    seen = {e.text.casefold() for e in load_exercises(DEVELOPMENT)}
    assert not seen & {e.text.casefold() for e in load_exercises(HELD_OUT)}
