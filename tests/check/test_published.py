"""A published national report: every contradiction known in it, and none in a corrected copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.check.report import read_report
from pipeline.check.words import load_words
from tests.check.made_up import findings

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "documents"
REPORT = DOCUMENTS / "001_f6ad71d40d166250.txt"
MOST_FURTHER = 5

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not REPORT.exists(), reason="the development documents are not here"),
]

KNOWN = [
    # place, what, expected, found: each verified by arithmetic
    ("Tabell 1, raden Halland, kolumnen S:a tre år", "radens summa", "720 000", "620 000"),
    ("Tabell 1, raden Summa, kolumnen S:a tre år", "summan", "22 900 000", "23 000 000"),
    ("Tabell 2, raden Summa, kolumnen Nya samverkansstrukturer", "summan", "89", "88"),
    ("Sammanfattning", "nya samverkansstrukturer", "88", "91"),
    ("Sammanfattning", "befintliga samverkansstrukturer", "84", "85"),
    ("Exempel på samverkansprojekt", "redovisade projekt", "148", "133"),
    ("Metod", "Perioden", "2008-09-01 – 2011-08-31", "2008-09-01 – 2010-08-31"),
    ("", "frågor", "12", "6"),
]

CORRECTIONS = [
    ("310 000\t620 000", "310 000\t720 000"),
    ("<b>88</b>", "<b>89</b>"),
    ("sammanlagt 88 nya", "sammanlagt 89 nya"),
    ("\n88 projekt", "\n89 projekt"),
    ("Inom 91 av", "Inom 89 av"),
    ("i 85 har", "i 84 har"),
    ("de 133 ", "de 148 "),
    ("till 2010-08-31", "till 2011-08-31"),
    ("består sex", "består av 12"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return findings(REPORT.read_text(encoding="utf-8"), tmp_path_factory.mktemp("rapport"))


@pytest.mark.parametrize(("place", "what", "expected", "shown"), KNOWN)
def test_every_known_contradiction_is_found(found, place, what, expected, shown):
    assert any(
        place in f[0] and what in f[1] and (f[2], f[3]) == (expected, shown) for f in found
    ), found


def test_there_are_few_further_remarks(found):
    assert len(found) <= len(KNOWN) + MOST_FURTHER


def test_a_corrected_copy_has_none(tmp_path):
    text = REPORT.read_text(encoding="utf-8")
    for wrong, right in CORRECTIONS:
        assert wrong in text
        text = text.replace(wrong, right)
    assert findings(text, tmp_path) == []


@pytest.mark.parametrize("i", range(len(CORRECTIONS)))
def test_a_single_correction_left_out_is_found(tmp_path, i):
    text = REPORT.read_text(encoding="utf-8")
    for wrong, right in CORRECTIONS[:i] + CORRECTIONS[i + 1 :]:
        text = text.replace(wrong, right)
    assert 1 <= len(findings(text, tmp_path)) <= 4


def test_other_documents_have_no_remarks():
    from pipeline.check.check import check_report

    words = load_words()
    for path in sorted((DOCUMENTS / "text").glob("*.txt")):
        assert check_report(read_report(path, words), words) == (), path.name
