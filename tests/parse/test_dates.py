"""Periods and days as Swedish officials write them."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.parse.dates import day, period

PERIODS = [
    ("2008-09-01–2010-08-31", "2008-09-01", "2010-08-31"),
    ("sept 2008 – aug 2010", "2008-09-01", "2010-08-31"),
    ("090101-101231", "2009-01-01", "2010-12-31"),
    ("20090101–20101231", "2009-01-01", "2010-12-31"),
    ("ht 2009", "2009-07-01", "2009-12-31"),
    ("vt 2010 – ht 2011", "2010-01-01", "2011-12-31"),
    ("2009–2010", "2009-01-01", "2010-12-31"),
    ("2009/10", "2009-01-01", "2010-12-31"),
    ("1 mars 2009 t.o.m. 31 augusti 2010", "2009-03-01", "2010-08-31"),
    ("1/9 2008 - 31/8 2010", "2008-09-01", "2010-08-31"),
    ("mars–juni 2010", "2010-03-01", "2010-06-30"),
    ("nov -09 – maj -11", "2009-11-01", "2011-05-31"),
    ("hösten 2009 till våren 2011", "2009-07-01", "2011-06-30"),
    ("2010", "2010-01-01", "2010-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), PERIODS)
def test_period(text, first, last):
    assert period(text) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "851212-1234", "hela tiden", "tel 08-123 45 67", "3 och 4"])
def test_no_period(text):
    assert period(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Arvika den 14 mars 2011", date(2011, 3, 14)),
        ("2010-09-20", date(2010, 9, 20)),
        ("i april 2011", None),
        ("2010-13-40", None),
    ],
)
def test_day(text, expected):
    assert day(text) == expected
