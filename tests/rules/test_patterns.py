"""The pattern syntax: what each form of a pattern reaches in Swedish text."""

from __future__ import annotations

import re
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.swedish import analyse
from pipeline.rules.pattern_words import PatternError
from pipeline.rules.patterns import Matcher

WORDS = [
    *[
        "polisen",
        "präst",
        "inte",
        "med",
        ".",
        ",",
        "-",
        "och",
        "(",
        ")",
        "BUP",
        "t.ex.",
        "vårdcentralens",
        "☒",
    ],
    "\n",
    "\t",
]


def found(pattern: str, text: str) -> list[str]:
    doc = analyse(text)
    matcher = Matcher({"k": [pattern]})
    return [text[m.start_char : m.end_char] for s in doc.sents for m in matcher.find(s)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("polis", "Poliserna kom.", ["Poliserna"]),
        ("polis", "En polisanmälan gjordes.", []),
        ("polis*", "En polisanmälan gjordes.", ["polisanmälan"]),
        ("*polis", "Vi träffade närpolisen.", ["närpolisen"]),
        ("*jour*", "Ring jourtjejerna eller tjejjouren.", ["jourtjejerna", "tjejjouren"]),
        ("bup|barnpsyk*", "Bup och barnpsykiatrin", ["Bup", "barnpsykiatrin"]),
        ("alla kvinnors hus", "Alla Kvinnors hus deltog", ["Alla Kvinnors hus"]),
        ('"UM"', "UM deltog, um gjorde det inte", ["UM"]),
        ('"Alla Kvinnors Hus"', "alla kvinnors hus", []),
        ("tacka .. nej", "De tackade efter lång tid nej", ["tackade efter lång tid nej"]),
        ("tacka ..1 nej", "De tackade efter lång tid nej", []),
        ("barn- och? ungdomspsyk*", "barn- och ungdomspsykiatrin", ["barn- och ungdomspsykiatrin"]),
        ("barn- och? ungdomspsyk*", "barn- ungdomspsyk", ["barn- ungdomspsyk"]),
        ("inte med", "De är inte\nmed", []),
        ("* kommun", "Malå kommun", ["Malå kommun"]),
        ("* kommun", "kommun", []),
        ("* kommun", "Malå kommun kommun", ["Malå kommun"]),
        ("* kommun .. nej", "Malå kommun sade nej", ["Malå kommun sade nej"]),
        ("* av *", "tre av fem", ["tre av fem"]),
        ("sade ..1 $", "De sade ja men kom", ["sade ja"]),
        ("polis .. polis", "polis polis polis", ["polis polis polis"]),
    ],
)
def test_patterns_reach_what_they_say(pattern, text, expected):
    assert found(pattern, text) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "a||b",
        "..",
        "foo ..",
        "foo?",
        '"foo',
        "a*b",
        "mvc/bvc",
        "x ..99 y",
        "$",
        '" "',
        '"a" .. " "',
    ],
)
def test_a_faulty_pattern_is_named_with_file_entry_and_pattern(pattern):
    with pytest.raises(PatternError) as fault:
        Matcher({"polis": [pattern], "kyrka": ["präst"]}, source="justitie.yaml")
    assert "justitie.yaml: polis: " in str(fault.value)
    assert repr(pattern) in str(fault.value)


def test_several_words_are_no_alternative():
    with pytest.raises(PatternError, match="skriv ett mönster för varje"):
        Matcher({"polis": ["närpolis|mvc/bvc"]})


def test_a_blank_ends_the_alternatives():
    assert found("stora|små grupper|kurser", "Stora kurser och små grupper") == [
        "Stora kurser",
        "små grupper",
    ]


def test_every_fault_is_reported_at_once():
    with pytest.raises(PatternError) as fault:
        Matcher({"a": ["..", "x|"], "b": ["y?"]})
    assert len(str(fault.value).splitlines()) == 3


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=25,
    )
)
def test_offsets_lie_on_words_of_the_sentence_and_do_not_overlap_in_a_key(words):
    text = " ".join(words)
    doc = analyse(text)
    assert doc.text == text
    matcher = Matcher(
        {"a": ["polis", "polis .. inte", "*central*"], "b": ["inte med?  och", "bup", "präst"]}
    )
    starts = {t.idx for t in doc}
    ends = {t.idx + len(t) for t in doc}
    for sentence in doc.sents:
        last: dict[str, int] = {}
        for m in matcher.find(sentence):
            assert sentence.start_char <= m.start_char < m.end_char <= sentence.end_char
            assert m.start_char in starts
            assert m.end_char in ends
            assert m.start_char >= last.get(m.key, 0)
            last[m.key] = m.end_char


ITEMS = ("ax", "bo|ax", "cy*", "*", "bo?", "..2", "ek")


def as_regex(item: str) -> str:
    """Return what an item of a pattern takes, each word with a blank after it."""
    if item.startswith(".."):
        return rf"(?:\w+ ){{0,{item[2:]}}}"
    word = item.rstrip("?").replace("*", r"\w*" if len(item) > 1 else r"\w+")
    return f"(?:(?:{word}) )" + ("?" if item.endswith("?") else "")


def by_hand(patterns: list[list[str]], words: list[str]) -> list[tuple[int, int]]:
    """Return the matches by trying every stretch of words: of each pattern the longest from a word.

    Where two overlap, the longest.
    """
    reached: set[tuple[int, int]] = set()
    for pattern in patterns:
        expression = re.compile("".join(map(as_regex, pattern)))
        for i in range(len(words)):
            ends = range(len(words), i, -1)
            fits = (j for j in ends if expression.fullmatch(" ".join(words[i:j]) + " "))
            reached |= {(i, furthest) for furthest in islice(fits, 1)}
    longest: list[tuple[int, int]] = []
    for i, j in sorted(reached, key=lambda r: (r[0] - r[1], r[0])):
        if all(j <= a or i >= b for a, b in longest):
            longest.append((i, j))
    return sorted(longest)


firm = st.sampled_from([item for item in ITEMS if "?" not in item and ".." not in item])
rows = st.builds(
    lambda first, middle, last: [first, *middle, last],
    firm,
    st.lists(st.sampled_from(ITEMS), max_size=3),
    firm,
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.one_of(rows, firm.map(lambda item: [item])), min_size=1, max_size=4),
    st.lists(st.sampled_from(["ax", "bo", "cyan", "ek", "dur"]), max_size=9),
)
def test_what_is_skipped_for_speed_is_never_a_match(patterns, words):
    matcher = Matcher({"k": [" ".join(pattern) for pattern in patterns]})
    doc = analyse(" ".join(words))
    at = {t.idx: t.i for t in doc}
    found = [
        (at[m.start_char], len(doc.text[: m.end_char].split()))
        for sentence in doc.sents
        for m in matcher.find(sentence)
    ]
    assert found == by_hand(patterns, words)
