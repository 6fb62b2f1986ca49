"""The writer's verdict held against what was said or due: "vi gjorde det vi lovade"."""

from __future__ import annotations

import pytest

from corpus.types import DocumentKind
from pipeline.language.swedish import analyse
from pipeline.rules.outcomes import clauses
from pipeline.rules.statements_outcomes import summed
from tests.decide.build import case, decided, held

# What an answer adds up to.
ANSWERS = [
    # All that was said, asked for or due goes before the setbacks on the way.
    ("Två möten ställdes in. Vi klarade det vi hade lovat.", "helt"),
    ("Tre fattas ännu. Jag anser att vi kommit dit vi skulle.", "helt"),
    ("Sju av nio deltog. Det är vad vi ville.", "helt"),
    ("Tre utbildningar ställdes in. Alla tre delmål har ändå nåtts.", "helt"),
    ("Vården kom inte med. De tre sakerna är gjorda.", "helt"),
    ("Nio kom, en färre än tänkt. Vi betraktar det som uppnått.", "helt"),
    ("Vi gjorde inte det vi hade lovat.", "ej"),
    ("Två av de tre sakerna är gjorda. Den tredje blev inte av.", "delvis"),
    ("Rutinen räknar vi som klar. Kursen blev inte av.", "delvis"),
    ("Kursen enligt den lista som vi skrev är hållen. Gruppen saknas.", "delvis"),
    # An effect that nobody knows takes nothing from it.
    ("Allt vi lovade är gjort. Om våldet minskat vet vi inte.", "helt"),
]
ELSEWHERE = [
    ("ovrigt", "Samtliga tre led har avklarats.", "helt"),
    ("insatser", "40 torsdagar blev det, vilket var det vi ville.", "helt"),
    ("ovrigt", "Två av tre åtaganden är infriade.", "delvis"),
    ("ovrigt", "Vi är i mål på alla tre punkterna.", "helt"),
    ("ovrigt", "Nästan alla kom. Vi gjorde det vi sa.", "helt"),
    ("insatser", "Alla tre grupperna åt lunch ihop.", "oklart"),
    ("insatser", "Polisen delade ut det kort som vi skrev ihop.", "oklart"),
]
# What is reached halfway is reached in part, unless all that was due by then is done.
INTERIM = [
    ("Ja. Nästa grupp startar i maj.", "helt"),
    ("Allt som skulle vara klart i år är klart.", "helt"),
    ("Årets mål är uppfyllda.", "helt"),
    ("Gruppen är bildad och rutinen är skriven.", "delvis"),
    ("Det första målet är nått.", "delvis"),
]


@pytest.mark.parametrize(("answer", "expected"), ANSWERS)
def test_what_an_answer_adds_up_to(answer: str, expected: str) -> None:
    assert summed(clauses(list(analyse(answer).sents))) == expected


@pytest.mark.parametrize(("question", "answer", "expected"), ELSEWHERE)
def test_what_other_answers_tell(question: str, answer: str, expected: str) -> None:
    assert held("maluppfyllelse", decided(case({question: answer}))) == {expected}


@pytest.mark.parametrize(("answer", "expected"), INTERIM)
def test_what_was_due_in_an_interim_form(answer: str, expected: str) -> None:
    cells = decided(case({"maluppfyllelse": answer}, kind=DocumentKind.BLANKETT_DEL))
    assert held("maluppfyllelse", cells) == {expected}
