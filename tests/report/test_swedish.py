"""Figures as they stand in running Swedish text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipeline.report.swedish import FILTERS


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("tal", (1234,), "1 234"),
        ("ord", (0,), "noll"),
        ("ord", (1,), "ett"),
        ("ord", (1, "en"), "en"),
        ("ord", (12,), "tolv"),
        ("ord", (13,), "13"),
        ("antal", (0, "projekt"), "inga projekt"),
        ("antal", (1, "projekt"), "ett projekt"),
        ("antal", (1, "fråga", "frågor", "en"), "en fråga"),
        ("antal", (3, "fråga", "frågor", "en"), "tre frågor"),
        ("antal", (1200, "fråga", "frågor", "en"), "1 200 frågor"),
        ("procent", (0.838,), "84 procent"),
        ("procent", (0.004,), "mindre än 1 procent"),
        ("procent", (0.998,), "mer än 99 procent"),
        ("procent", (0.0,), "0 procent"),
        ("procent", (1.0,), "100 procent"),
        ("fin_procent", (0.0084,), "0,8 procent"),
        ("kronor", (Decimal(728646),), "728 646 kronor"),
        ("miljoner", (Decimal(20170607),), "20,2 miljoner kronor"),
        ("miljoner", (Decimal(728646),), "728 646 kronor"),
        ("lista", (["a"],), "a"),
        ("lista", (["a", "b", "c"],), "a, b och c"),
        ("liten", ("Hälso- och sjukvård",), "hälso- och sjukvård"),
        ("liten", ("RFSL",), "RFSL"),
        ("liten", ("Försäkringskassan",), "Försäkringskassan"),
        ("stor", ("två projekt",), "Två projekt"),
        ("datum", (date(2026, 11, 2),), "2 november 2026"),
        ("tid", (20,), "mindre än en minut"),
        ("tid", (60,), "en minut"),
        ("tid", (12000,), "tre timmar och 20 minuter"),
        ("tid", (7200,), "två timmar"),
        ("decimal", (0.873,), "0,87"),
        ("decimal", (0.873, 1), "0,9"),
    ],
)
def test_as_written(name, given, expected):
    assert FILTERS[name](*given).replace("\N{NO-BREAK SPACE}", " ") == expected


@pytest.mark.parametrize("name", ["tal", "ord", "procent", "kronor", "tid", "datum", "decimal"])
def test_what_is_not_known_cannot_be_said(name):
    with pytest.raises(ValueError, match="okänd i den här omgången"):
        FILTERS[name](None)
