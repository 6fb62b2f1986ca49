from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.workbook.marks import Mark, sign, verify

SHOWN = ("Ödeshög 1", "Östergötland", "Polis", "Ja, aktiv", "Närpolisen är med")
TEXT = st.text(max_size=30)


@given(st.integers(0, 2**40), st.integers(0, 10_000), st.lists(TEXT, max_size=7), TEXT)
def test_what_was_signed_is_verified(item, seq, shown, secret):
    mark = Mark(item, seq)
    assert verify(secret, sign(secret, mark, shown), shown) == mark


@given(st.lists(TEXT, min_size=1, max_size=5), st.lists(TEXT, min_size=1, max_size=5))
def test_other_words_break_the_seal(shown, other):
    read = [["".join(filter(str.isalnum, text)) for text in texts] for texts in (shown, other)]
    same = verify("k", sign("k", Mark(1, 0), shown), other) is not None
    if read[0] != read[1] and all(text.isascii() for text in (*shown, *other)):
        assert not same


def test_a_mark_fits_one_item_one_state_and_one_database():
    text = sign("k", Mark(7, 2), SHOWN)
    seal = text.split(".")[2]
    assert verify("k", text, SHOWN) == Mark(7, 2)
    for wrong in (f"8.2.{seal}", f"7.3.{seal}", f"7.2.{seal[:-1]}", f"7.2.{'0' * 20}"):
        assert verify("k", wrong, SHOWN) is None
    assert verify("another", text, SHOWN) is None


def test_what_programs_do_to_text_keeps_the_seal():
    text = sign("k", Mark(7, 2), ("Två rader\nav  ett svar", "Öde\u0301n"))
    assert verify("k", f" {text}\n", ("Två rader\r\nav ett svar ", "Öd\u00e9n")) == Mark(7, 2)


def test_nonsense_is_no_mark():
    for text in (
        "",
        "1",
        "1.2",
        "a.b.c",
        "1.2.3.4",
        "-1.2.3",
        "²." * 3,
        "9" * 400 + ".1.x",
        "1.2.å",
        "1.2.\ud800",
    ):
        assert verify("k", text, SHOWN) is None
