"""What is hidden on a reviewer's page, and what is not. Every name and number is invented or free.

The numbers are those that authorities keep for examples, or have a wrong check digit.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.strict import DefinitionError
from pipeline.review import masking
from pipeline.review.masking import Kind, Masked, check_masking, load_masking, mask, unmarked

RULES = {rule.id: rule for rule in load_masking().rules}


def hidden(text):
    return [(text[m.start : m.end], m.kind) for m in mask(text)]


@pytest.mark.parametrize("rule", RULES)
def test_every_example_is_hidden_and_no_counterexample(rule):
    assert [fault for fault in check_masking() if f"({rule})" in fault] == []
    assert RULES[rule].examples and RULES[rule].counterexamples


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Projektledare Kim Exempelsson, tel. 08-465 004 10, kim@kommunen.example",
            [
                ("Kim Exempelsson", Kind.NAME),
                ("08-465 004 10", Kind.PHONE),
                ("kim@kommunen.example", Kind.MAIL),
            ],
        ),
        ("Kuratorn Robin Berg möter Berg kommun.", [("Robin Berg", Kind.NAME)]),
        ("(19121212-1212)", [("19121212-1212", Kind.NUMBER)]),
        ("Pnr: 121212-1212.", [("121212-1212", Kind.NUMBER)]),
        (
            "Hon (121212-1212) och hennes son (121212-12xx)",
            [("121212-1212", Kind.NUMBER), ("121212-12xx", Kind.NUMBER)],
        ),
        (
            "Familjen bor på Lingonstigen 4.\nMannen, Robert, bor kvar.",
            [("Lingonstigen 4", Kind.ADDRESS), ("Robert", Kind.NAME)],
        ),
    ],
)
def test_what_is_hidden(text, expected):
    assert hidden(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vi beviljades 720 000 kronor för perioden 2008-09-01 – 2009-12-31.",
        "Länsstyrelsens diarienummer är 701-12345-2009.",
        "Dnr 2009-123456 och KS 2010/1234.",
        "Bankgiro 5051-6905 och organisationsnummer 212000-1355.",
        "Nätverket träffades 2008-10-01, 2008-11-05 och 2009-02-11.",
        "Av 151 projekt hade 87 en kommun med, 60 polisen och 36 åklagaren.",
        "Kl. 08.30-16.00 i Västra Götalands län, sidorna 101010-101020.",
        "Kvinnojouren, polisen och socialtjänsten i Östra Göinge har en grupp.",
        "Genom Svenska Kyrkan och Röda Korset fick barnen stöd.",
        "Projektledaren slutade i maj. Samordnaren tog över.",
        "Handläggare Skåne och Åklagare Malmö var inbjudna.",
        "Barn mellan 0-6 år, 7-12 år och 13-18 år.",
    ],
)
def test_what_is_not(text):
    assert hidden(text) == []


def test_of_two_that_overlap_the_whole_stretch_is_hidden_once():
    text = "Tel och pnr 1212121212 samt personnummer 121212-1212"
    found = mask(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert [text[m.start : m.end] for m in found] == ["1212121212", "121212-1212"]


def test_an_example_is_parted_from_its_marks():
    assert unmarked("a [[b]] c [[de]]") == ("a b c de", [(2, 3), (6, 8)])


@given(st.text(alphabet="aA1290@.-+ \nxXåÅ:/(", max_size=200))
def test_spans_are_sound_for_any_text(text):
    found = mask(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(isinstance(m, Masked) and m.kind.label for m in found)


@pytest.mark.parametrize(
    ("pattern", "sound"),
    [
        ("a{1,20}b", True),
        ("a+b", False),
        ("a*", False),
        ("a{3,}", False),
        (r"a\+b", True),
        ("[+*]", True),
        ("(", False),
        ("%okand%", False),
    ],
)
def test_a_pattern_without_bounds_is_refused(pattern, sound, tmp_path, monkeypatch):
    file = tmp_path / "masking.yaml"
    file.write_text(
        "words: {}\nnot_names: []\nnot_name_endings: []\nrules:\n"
        f"  - {{id: prov, kind: namn, find: ['{pattern}'], examples: [], counterexamples: []}}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(masking, "RULES", file)
    load_masking.cache_clear()
    try:
        if sound:
            assert load_masking().rules[0].find == (pattern,)
        else:
            with pytest.raises(DefinitionError, match="obegränsat mönster"):
                load_masking()
    finally:
        load_masking.cache_clear()
