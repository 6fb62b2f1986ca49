"""The coordinator's list of grants, as people really save it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipeline.projects.csv_text import ListError
from pipeline.projects.granted import parse_grants, read_grants, template


def test_the_template_is_a_list_without_faults():
    grants = parse_grants(template())
    assert grants.faults == ()
    (row,) = grants.rows
    assert row.header.kommun == "Hörby"
    assert row.header.beviljat_belopp == 150000
    assert row.header.period_slut == date(2011, 3, 31)
    assert row.due == date(2011, 6, 30)


def test_excels_separator_encoding_and_other_column_names_are_understood(tmp_path):
    path = tmp_path / "lista.csv"
    text = (
        "Sökande kommun;Projektnamn;Beviljat belopp;Startdatum\r\nUmeå kommun;Trygg;150 000 kr;2009"
    )
    path.write_bytes(text.encode("cp1252"))
    grants = read_grants(path)
    (row,) = grants.rows
    assert (row.header.kommun, row.header.titel) == ("Umeå", "Trygg")
    assert row.header.beviljat_belopp == Decimal(150000)
    assert row.header.period_start == date(2009, 1, 1)
    assert grants.faults == ()


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("startade aldrig", "aldrig_startat"),
        ("Kom inte i gång", "aldrig_startat"),
        ("senarelagt till 2012", "senarelagt"),
        ("uppskjutet", "senarelagt"),
        ("Återkallat", "aterkallat"),
        ("medlen återbetalade", "aterkallat"),
        ("har inte redovisat", "ej_redovisat"),
        ("pågår", "pagar"),
        ("", ""),
        ("nej", ""),
    ],
)
def test_why_a_project_dropped_out(word, reason):
    (row,) = parse_grants(f"kommun,titel,bortfall\nUmeå,Trygg,{word}").rows
    assert row.reason == reason


def test_every_fault_is_told_with_its_row_and_the_rest_of_the_row_is_used():
    text = (
        "kommun,titel,beviljat_belopp,start,slut,bortfall,färg\n"
        "Umeå,A,mycket,i våras,2010-01-01,röd,blå\n"
        "Atlantis,B,100,,,,\n"
        "Umeå,C,100,2011-01-01,2010-01-01,,\n"
        "\n"
        "Umeå,C,100,,,,\n"
    )
    grants = parse_grants(text)
    assert [row.header.titel for row in grants.rows] == ["A", "C"]
    told = {row: [f for r, f in grants.faults if r == row] for row in range(1, 7)}
    assert "okänd kolumn" in told[1][0]
    assert len(told[2]) == 3  # amount, start, reason
    assert "Atlantis" in told[3][0]
    assert "slutar innan" in told[4][0]
    assert "tidigare rad" in told[6][0]


@pytest.mark.parametrize("text", ["", "\n\n", "titel,belopp\nA,1", "en mening utan kolumner"])
def test_what_is_no_list_is_refused(text):
    with pytest.raises(ListError):
        parse_grants(text)
