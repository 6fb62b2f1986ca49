"""Marks keep standing on their words, however the text around them is cut and changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.simulate.pieces import Mark, Piece, join, sentences, without


def marked(text, *words):
    return Piece(text, tuple(Mark(w, text.index(w), text.index(w) + len(w)) for w in words))


def words_of(piece):
    return [piece.text[m.start : m.end] for m in piece.marks]


@given(
    st.lists(st.sampled_from(["polisen", "kom", "till", "Sala", "i", "maj"]), min_size=1),
    st.data(),
)
def test_edits_beside_a_mark_leave_it_on_its_word(words, data):
    text = " ".join(words)
    starts = [sum(len(w) + 1 for w in words[:i]) for i in range(len(words))]
    chosen = data.draw(st.sets(st.integers(0, len(words) - 1)))
    marks = tuple(
        Mark(w, s, s + len(w))
        for i, (w, s) in enumerate(zip(words, starts, strict=True))
        if i not in chosen
    )
    new = data.draw(st.sampled_from(["", "x", "en längre ort"]))
    edits = [(starts[i], starts[i] + len(words[i]), new) for i in chosen]
    piece = Piece(text, marks).edited(edits)
    assert words_of(piece) == [m.code for m in marks]


def test_a_mark_around_an_edit_grows_with_it():
    piece = marked("Polisen i Sala kom.", "Polisen i Sala").edited([(10, 14, "Skinnskatteberg")])
    assert words_of(piece) == ["Polisen i Skinnskatteberg"]


def test_joined_pieces_keep_their_marks():
    both = join(
        [marked("Polisen kom.", "Polisen"), Piece(""), marked("Kyrkan med.", "Kyrkan")], "\n"
    )
    assert both.text == "Polisen kom.\nKyrkan med."
    assert words_of(both) == ["Polisen", "Kyrkan"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Polisen kom. Kyrkan kom inte.", ["Polisen kom.", "Kyrkan kom inte."]),
        ("Bl.a. polis. Kl. 8.30 ses vi", ["Bl.a. polis.", "Kl. 8.30 ses vi"]),
        ("- polis\n- kyrka", ["- polis", "- kyrka"]),
        ("Resp. Sala och Heby m.fl. Alla kom!", ["Resp. Sala och Heby m.fl. Alla kom!"]),
        ("   ", []),
    ],
)
def test_sentences(text, found):
    assert [text[a:b] for a, b in sentences(text)] == found


def test_without_takes_the_space_along():
    text = "Polisen kom. Kyrkan kom. BUP kom."
    piece = marked(text, "Polisen", "Kyrkan", "BUP")
    cut = without(piece, [list(sentences(text))[1]])
    assert cut.text == "Polisen kom. BUP kom."
    assert words_of(cut) == ["Polisen", "BUP"]
