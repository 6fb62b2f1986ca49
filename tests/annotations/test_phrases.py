"""Expressions that are data: each reads its own examples, every fault is named with its place."""

from __future__ import annotations

import pytest

from annotations.figures import load_figures
from annotations.phrases import Phrase, compiled, load_phrases
from annotations.strict import DefinitionError

WORDS = {"hus": "villa|stuga"}


def phrase(expression: str, *hits: str, misses: tuple[str, ...] = (), how: str = "") -> Phrase:
    ways = {name: True for name in how.split()}
    return Phrase("p", expression, hits, misses, **ways)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ((phrase("(a", "a"),), "uttrycket kan inte läsas"),
        ((phrase("<hus>|<slott>", "villa"),), "okänd ordklass <slott>"),
        ((phrase("<hus>"),), "exempel saknas"),
        ((phrase("<hus>", "koja"),), "exemplet hittas inte: 'koja'"),
        ((phrase("<hus>", "en villa", how="whole"),), "exemplet hittas inte: 'en villa'"),
        ((phrase("<hus>", "en villa", how="start"),), "exemplet hittas inte: 'en villa'"),
        ((phrase("villa", "Villa", how="cased"),), "exemplet hittas inte: 'Villa'"),
        ((phrase("<hus>", "villa", misses=("stugan",)),), "motexemplet hittas: 'stugan'"),
        ((phrase("a", "a"), phrase("b", "b")), "id 'p' förekommer två gånger"),
    ],
)
def test_a_faulty_phrase_is_named_with_its_place(given: tuple[Phrase, ...], fault: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        compiled(given, WORDS, "fraser.yaml")
    assert [f for f in caught.value.faults if f.startswith(fault) and "@ fraser.yaml[p]" in f]


@pytest.mark.parametrize(
    ("how", "text", "fits"),
    [
        ("", "En VILLA till", True),
        ("cased", "En VILLA till", False),
        ("start", "stugans tak", True),
    ],
)
def test_a_phrase_is_tried_as_it_says(how: str, text: str, fits: bool) -> None:
    found = compiled((phrase("<hus>", "villa", how=how),), WORDS, "fraser.yaml")["p"]
    assert bool(found.match(text) if how == "start" else found.search(text)) == fits


def test_the_shipped_phrases_and_figures_load() -> None:
    assert {"works_at", "owner_of", "reference"} <= load_phrases().keys()
    figures = load_figures()
    assert figures.numbers["femtio"] == 50 and "femtio" not in figures.counts
    assert figures.expressions["share"].search("tre av femtio") is None
