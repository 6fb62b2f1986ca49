"""Days that had not come when the report was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.types import DocumentKind, Header, Submission
from pipeline.language.swedish import analyse
from pipeline.rules.patterns import Match
from pipeline.rules.statements_dates import Written, founded_before, written

DATED = Written(date(2012, 5, 20), date(2012, 5, 20))
UNDATED = Written(date(2012, 3, 31), date(2012, 7, 29))

ROWS = [
    ("från den 1 juli 2012", DATED, True),
    ("från 2012-05-01", DATED, False),
    ("från 2013", DATED, True),
    ("från augusti", DATED, True),
    ("från februari", DATED, False),
    ("från hösten", DATED, True),
    ("från årsskiftet", DATED, False),
    ("från sommaren", DATED, True),
    ("från starten", DATED, None),
    ("från nästa höst", DATED, True),
    ("från kommande vårterminen", Written(date(2012, 12, 1), date(2012, 12, 1)), True),
    ("snart vår mottagning", DATED, None),
    ("successivt som den är", DATED, None),
    ("i vår", DATED, False),
    # a report without a date: its writing lies within some months of the project's end
    ("från hösten 2012", UNDATED, None),
    ("från november 2012", UNDATED, True),
    ("från maj 2012", UNDATED, None),
    ("från 2012-03-01", UNDATED, False),
    ("från augusti", UNDATED, None),
]


@pytest.mark.parametrize(("words", "report", "expected"), ROWS)
def test_a_day_to_come(words: str, report: Written, expected: bool | None) -> None:
    assert report.before(words) is expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (Header(datum=date(2012, 5, 20), period_slut=date(2012, 3, 31)), DATED),
        (Header(period_slut=date(2012, 3, 31)), UNDATED),
        (Header(), None),
    ],
)
def test_when_a_report_was_written(header: Header, expected: Written | None) -> None:
    submission = Submission("a.txt", 0, DocumentKind.BLANKETT_SLUT, 1.0, "", header=header)
    told = written(submission, "Kaffe till alla 2013-01-01")
    assert told == (expected and replace(expected, began=2009))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi tackar för pengarna.\nNora den 3 maj 2012\nEva Ek", date(2012, 5, 3)),
        ("Vi tackar för pengarna.\nEva Ek", date(2010, 1, 1)),
        ("Sedan 2008-02-03 har vi mötts.\nEva Ek", date(2010, 1, 1)),
        ("Nästa möte hålls i maj 2013.", date(2010, 1, 1)),
    ],
)
def test_the_day_under_an_account(text: str, expected: date) -> None:
    header = Header(datum=date(2010, 1, 1))
    account = Submission("a.txt", 0, DocumentKind.FRI_REDOVISNING, 1.0, "", header=header)
    told = written(account, text)
    assert told is not None and told.first == expected


BESIDE = [
    ("Gruppen bildades 2005 av polisen.", True),
    ("Gruppen bildades i mars 2010 av polisen.", False),
    ("Redan 2005 bildades gruppen, som 2010 fick en plan.", False),
    ("Gruppen bildades av polisen och jouren i kommunen och möttes 2005.", False),
    ("Gruppen bildades av polisen.", False),
]


@pytest.mark.parametrize(("sentence", "expected"), BESIDE)
def test_the_year_beside_the_words(sentence: str, expected: bool) -> None:
    start = sentence.index("bildades")
    hit = Match("", start, start + len("bildades"))
    at = replace(DATED, began=2009)
    assert founded_before(analyse(sentence)[:], hit, at) is expected
    assert not founded_before(analyse(sentence)[:], hit, None)
