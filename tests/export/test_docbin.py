from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from spacy.tokens import Doc, DocBin

from pipeline.export.docbin import doc_of, write_docbin
from pipeline.export.passages import portable, sources
from pipeline.export.results import read_results
from tests.export.made_up import BOOK, LEAVES, Place, folder, hostile, texts_with_places

NLP = spacy.blank("sv")


def exported(results: Path, to: Path) -> list[Doc]:
    """What another program reads: a vocabulary of its own."""
    write_docbin(read_results(results, BOOK), BOOK, to)
    return list(DocBin().from_disk(to).get_docs(spacy.blank("sv").vocab))


def test_the_golden_documents(tmp_path: Path) -> None:
    # The document without text has nothing to hold spans.
    (doc,) = exported(hostile(tmp_path / "ut"), tmp_path / "a.spacy")
    assert doc.user_data["dokument"] == 'arkiv.zip/=cmd|"A1";\nb<&>\x07.docx'
    group = doc.spans["partner"]
    assert [(s.text, s.label_, s.id_) for s in group] == [
        ("Kvinnojouren", "kvinnojour", '=HYPERLINK("x")\t1'),
        ("Polisen", "polis", '=HYPERLINK("x")\t1'),
    ]
    assert group.attrs["roll"] == ["aktiv", "inbjuden"]
    assert group.attrs["sannolikhet"] == [0.5, 0.5]
    assert sorted(doc.spans) == sorted(v.id for v in BOOK.variables)


@settings(max_examples=100, deadline=None)
@given(texts_with_places())
def test_every_place_is_a_span_exactly(made: tuple[str, list[Place]]) -> None:
    text, places = made
    with tempfile.TemporaryDirectory() as name:
        (source,) = sources(read_results(folder(Path(name) / "ut", text, places), BOOK))
    doc = doc_of(source, BOOK, NLP)
    doc = Doc(spacy.vocab.Vocab()).from_bytes(doc.to_bytes())
    assert doc.text == portable(text)
    spans = [(s.start_char, s.end_char, s.label_) for g in doc.spans.values() for s in g]
    assert sorted(spans) == sorted((*place, LEAVES[i][1]) for i, place in enumerate(places))


@pytest.mark.parametrize(
    ("place", "tokens"),
    [
        ((3, 8), ["på", "grund", "av", "det"]),
        ((3, 9), ["på", "grund", " ", "av", "det"]),
        ((2, 8), ["på", " ", "grund", "av", "det"]),
        ((4, 6), ["på", "g", "ru", "nd", "av", "det"]),
    ],
)
def test_tokens_are_cut_only_where_a_place_needs_it(
    tmp_path: Path, place: Place, tokens: list[str]
) -> None:
    (doc,) = exported(folder(tmp_path / "ut", "på grund av det", [place]), tmp_path / "a.spacy")
    assert [token.text for token in doc] == tokens


def test_two_exports_are_the_same_bytes(tmp_path: Path) -> None:
    results = read_results(hostile(tmp_path / "ut"), BOOK)
    for name in ("a", "b"):
        write_docbin(results, BOOK, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
