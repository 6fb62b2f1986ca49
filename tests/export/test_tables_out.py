from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from annotations.tables import load_tables
from pipeline.export.results import ResultsError
from pipeline.export.small_counts import SuppressionError
from pipeline.export.tables_out import HIDDEN, write_suppressed
from pipeline.tables.table_csv import write_tables
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Table
from tests.export.made_up import BOOK
from tests.tables.made_up import big_round

LEAST = 5
Key = tuple[int, str, str]


def table_files(tmp_path: Path, projects: int, seed: int) -> tuple[Table, ...]:
    tables = tabulate(big_round(projects, seed), load_tables(), BOOK)
    write_tables(tables, tmp_path / "ut")
    return tables


def figures(folder: Path) -> dict[Key, str]:
    """What stands in the files, by table number, row and column."""
    found: dict[Key, str] = {}
    for number in (2, 3, 4, 5):
        with (folder / f"tabell{number}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column in ("antal", "ny", "befintlig", "utvardering", "aktiv", "inbjuden"):
                    if row.get(column):
                        found[number, row["rad"], column] = row[column]
    return found


def attacker(cells: dict[Key, str]) -> list[tuple[dict[Key, int], str]]:
    """What holds between the figures, told by hand: (factors, "=" or "<=") against nought."""
    known: list[tuple[dict[Key, int], str]] = []
    counties = [row for n, row, c in cells if n == 2 and c == "antal" and row != "summa"]
    for column in ("antal", "ny", "befintlig", "utvardering"):
        known.append(({(2, "summa", column): -1} | {(2, r, column): 1 for r in counties}, "="))
    for county in (*counties, "summa"):
        known += [
            ({(2, county, c): 1, (2, county, "antal"): -1}, "<=")
            for c in ("ny", "befintlig", "utvardering")
        ]
    partner = [row for n, row, c in cells if n == 3 and c == "antal"]
    for row in partner:
        roles = {(3, row, "aktiv"): 1, (3, row, "inbjuden"): 1}
        known.append((roles | {(3, row, "antal"): -1}, "="))
    parts = {
        "rattsvasende": (
            "polis aklagare kriminalvard frivard brottsoffersamordnare rattsvasende_annan"
        ),
        "frivilligorganisation": (
            "kvinnojour brottsofferjour roda_korset radda_barnen rfsl frivillig_annan"
        ),
    }
    for group, names in parts.items():
        for column in ("antal", "aktiv"):
            for part in names.split():
                known.append(({(3, part, column): 1, (3, group, column): -1}, "<="))
            known.append(
                ({(3, group, column): 1} | {(3, p, column): -1 for p in names.split()}, "<=")
            )
    known.append(({(3, "aklagare", "antal"): 1, (3, "aklagarmyndighet", "antal"): -1}, "="))
    for part in ("aldre", "missbruk", "samkonade"):
        known.append(({(4, part, "antal"): 1, (4, "sarskilt_utsatta", "antal"): -1}, "<="))
    for part in ("kvinnor", "barn", "utovare"):
        known.append(({(4, "familjeperspektiv", "antal"): 1, (4, part, "antal"): -1}, "<="))
    reached = {(5, "mal_helt", "antal"): 1, (5, "mal_delvis", "antal"): 1}
    known.append((reached | {(5, "mal_helt_eller_delvis", "antal"): -1}, "="))
    # Every project reached its goals or not, and goes on or has ended: both are all projects.
    goals = {(5, r, "antal"): 1 for r in ("mal_helt_eller_delvis", "mal_ej", "mal_oklart")}
    states = {(5, r, "antal"): -1 for r in ("pagar", "avslutat", "status_oklart")}
    work = {(5, r, "antal"): -1 for r in ("reell_samverkan", "ej_reell_samverkan")}
    return [*known, (goals | states, "="), (goals | work, "=")]


@pytest.mark.parametrize(("projects", "seed"), [(12, 1), (30, 2), (148, 3), (148, 4)])
def test_an_audit_narrows_no_small_cell(tmp_path: Path, projects: int, seed: int) -> None:
    tables = table_files(tmp_path, projects, seed)
    write_suppressed(tmp_path / "ut", load_tables(), BOOK, LEAST, tmp_path / "dolda")
    true = {k: int(v) for k, v in figures(tmp_path / "ut" / "tabeller").items()}
    shown = figures(tmp_path / "dolda")
    keys = list(true)
    at = {key: i for i, key in enumerate(keys)}
    known = attacker(shown)
    base = tables[4].base
    rows: dict[str, list[np.ndarray]] = {"=": [], "<=": []}
    for factors, kind in known:
        row = np.zeros(len(keys))
        for key, factor in factors.items():
            row[at[key]] = factor
        # The attacker's relations are true, or this test would prove nothing.
        total = sum(f * true[k] for k, f in factors.items())
        assert total == 0 if kind == "=" else total <= 0
        rows[kind].append(row)
    bounds = [
        (0, base) if shown[key] == HIDDEN else (int(shown[key]), int(shown[key])) for key in keys
    ]
    small = [key for key in keys if 0 < true[key] < LEAST]
    assert small
    for key in small:
        assert shown[key] == HIDDEN
        goal = np.zeros(len(keys))
        goal[at[key]] = 1
        ends = [
            sign
            * linprog(
                sign * goal,
                A_ub=np.array(rows["<="]),
                b_ub=np.zeros(len(rows["<="])),
                A_eq=np.array(rows["="]),
                b_eq=np.zeros(len(rows["="])),
                bounds=bounds,
            ).fun
            for sign in (1, -1)
        ]
        assert ends[0] <= 1 + 1e-6, key
        assert ends[1] >= LEAST - 1 - 1e-6, key
    # What is shown is true.
    assert all(shown[key] in (HIDDEN, str(true[key])) for key in keys)


def test_interval_and_share_of_a_hidden_cell_are_hidden_too(tmp_path: Path) -> None:
    table_files(tmp_path, 30, 2)
    write_suppressed(tmp_path / "ut", load_tables(), BOOK, LEAST, tmp_path / "dolda")
    hidden = 0
    for number in (2, 3, 4, 5):
        with (tmp_path / "dolda" / f"tabell{number}.csv").open(encoding="utf-8", newline="") as f:
            for row in csv.DictReader(f):
                for column, value in row.items():
                    if value == HIDDEN and f"{column}_nedre" in row:
                        hidden += 1
                        belonging = (f"{column}_{x}" for x in ("nedre", "ovre", "andel_person"))
                        assert {row[name] for name in belonging} == {HIDDEN}
    assert hidden


def test_amounts_and_headers_are_left_as_they_are(tmp_path: Path) -> None:
    table_files(tmp_path, 30, 2)
    write_suppressed(tmp_path / "ut", load_tables(), BOOK, LEAST, tmp_path / "dolda")
    full, safe = tmp_path / "ut" / "tabeller", tmp_path / "dolda"
    for number in (1, 6):
        name = f"tabell{number}.csv"
        assert (safe / name).read_bytes() == (full / name).read_bytes()
    for number in range(1, 7):
        first = [(f / f"tabell{number}.csv").read_text().splitlines()[0] for f in (full, safe)]
        assert first[0] == first[1]
    note = (safe / "om_tabellerna.txt").read_text(encoding="utf-8")
    assert "Antal från 1 till 4 visas inte" in note


def test_twice_gives_the_same(tmp_path: Path) -> None:
    table_files(tmp_path, 60, 5)
    for name in ("a", "b"):
        write_suppressed(tmp_path / "ut", load_tables(), BOOK, LEAST, tmp_path / name)
    assert figures(tmp_path / "a") == figures(tmp_path / "b")


def test_a_round_smaller_than_the_rule_is_refused(tmp_path: Path) -> None:
    table_files(tmp_path, 3, 1)
    with pytest.raises(SuppressionError, match="Redovisa större grupper"):
        write_suppressed(tmp_path / "ut", load_tables(), BOOK, LEAST, tmp_path / "dolda")
    assert not (tmp_path / "dolda").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("antal,", "annat,", "kolumnen antal saknas"),
        (",,", ",,om ", "är inget antal"),
    ],
)
def test_other_tables_than_ours_are_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    table_files(tmp_path, 30, 2)
    path = tmp_path / "ut" / "tabeller" / "tabell4.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ResultsError, match=said):
        write_suppressed(tmp_path / "ut", load_tables(), BOOK, LEAST, tmp_path / "dolda")


def test_the_full_tables_are_never_written_over(tmp_path: Path) -> None:
    table_files(tmp_path, 30, 2)
    full = tmp_path / "ut" / "tabeller"
    with pytest.raises(ResultsError, match="får inte skrivas över"):
        write_suppressed(tmp_path / "ut", load_tables(), BOOK, LEAST, full)
