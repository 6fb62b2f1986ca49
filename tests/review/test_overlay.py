"""What people decided over what the machine coded: values, and what follows from them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotations.codebook import load
from annotations.decisions.types import Head, State
from annotations.tables import load_tables
from corpus.types import Coding, Origin, Role, Span, Status
from pipeline.review.overlay import UNDECIDABLE, overlay
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Decider
from tests.tables.made_up import codings, small_round

BOOK = load()
WORDS = Span("a.docx", 3, 20, 1)


def head(choice, state=State.DECIDED):
    return Head(state, choice, 1, "ada", "2026-03-01T10:00:00")


UNKNOWN = head("", State.UNDECIDABLE)


def laid(holding, decisions):
    """Return codings by `variable.category` after decisions `variable[.category]` → head."""
    machine = codings(BOOK, dict.fromkeys(holding) if isinstance(holding, list) else holding)
    machine = tuple(
        replace(c, evidence=WORDS, status=Status.REVIEW, reasons=("Stödet är svagt.",))
        for c in machine
    )
    heads = {("p", k.partition(".")[0], k.partition(".")[2]): h for k, h in decisions.items()}
    found = overlay({"p": machine}, heads, BOOK)
    result = {f"{c.variable}.{c.category}": c for c in found.codings["p"]}
    assert list(result) == [f"{c.variable}.{c.category}" for c in machine]
    return result, found.findings, {f"{c.variable}.{c.category}": c for c in machine}


def holding(result, variable):
    return {k.split(".")[1] for k, c in result.items() if c.value and c.variable == variable}


@pytest.mark.parametrize(
    ("key", "choice", "value", "role"),
    [
        ("malgrupp.kvinnor", "ja", True, None),
        ("malgrupp.kvinnor", "nej", False, None),
        ("partner.polis", "inbjuden", True, Role.INBJUDEN),
        ("partner.polis", "planerad", True, Role.PLANERAD),
        ("partner.polis", "nej", False, None),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_a_decision_replaces_the_machines_value(key, choice, value, role, before):
    found, findings, _ = laid({key: Role.AKTIV} if before else {}, {key: head(choice)})
    variable, category = key.split(".")
    assert found[key] == Coding(
        variable, category, value, role, 1.0, Status.REVIEWED, Origin.REVIEWER, WORDS
    )
    assert findings == ()


def test_what_nobody_decided_stays_as_it_was():
    found, _, machine = laid(["malgrupp.kvinnor"], {"malgrupp.barn": head("ja")})
    changed = {k for k, c in found.items() if c != machine[k]}
    assert changed == {"malgrupp.barn"}


def test_a_whole_variable_is_decided_at_once():
    found, _, _ = laid(["maluppfyllelse.delvis"], {"maluppfyllelse": head("helt")})
    own = [c for c in found.values() if c.variable == "maluppfyllelse"]
    assert holding(found, "maluppfyllelse") == {"helt"}
    assert {(c.confidence, c.status, c.origin, c.reasons) for c in own} == {
        (1.0, Status.REVIEWED, Origin.REVIEWER, ())
    }


def test_what_cannot_be_told_keeps_the_machines_word_and_its_doubt():
    found, _, machine = laid(["malgrupp.kvinnor"], {"malgrupp.kvinnor": UNKNOWN})
    before = machine["malgrupp.kvinnor"]
    assert found["malgrupp.kvinnor"] == replace(
        before, status=Status.REVIEWED, reasons=(UNDECIDABLE,)
    )
    assert before.confidence < 1


def test_of_a_whole_variable_what_cannot_be_told_is_the_unknown_category():
    found, _, _ = laid(["maluppfyllelse.helt"], {"maluppfyllelse": UNKNOWN})
    assert holding(found, "maluppfyllelse") == {"oklart"}
    assert found["maluppfyllelse.oklart"].reasons == (UNDECIDABLE,)
    assert found["maluppfyllelse.oklart"].origin is Origin.REVIEWER
    assert found["maluppfyllelse.helt"].reasons == ()


@pytest.mark.parametrize("state", [State.OPEN, State.HALFWAY, State.DISPUTED, State.REOPENED])
def test_what_is_not_settled_changes_nothing(state):
    found, _, machine = laid([], {"malgrupp.kvinnor": head("ja", state)})
    assert found == machine


@pytest.mark.parametrize(
    ("machine", "decisions", "expected"),
    [
        # A part brings its group, unless somebody said no there.
        ([], {"funktionsnedsattning": "ja"}, {"funktionsnedsattning", "sarskilt_utsatta"}),
        ([], {"funktionsnedsattning": "ja", "sarskilt_utsatta": "nej"}, {"funktionsnedsattning"}),
        # A group that does not hold takes the machine's parts along.
        (["sarskilt_utsatta", "aldre"], {"sarskilt_utsatta": "nej"}, set()),
        # A part that does not hold says nothing of its group.
        (["sarskilt_utsatta", "aldre"], {"aldre": "nej"}, {"sarskilt_utsatta"}),
        # A group alone brings no part.
        ([], {"sarskilt_utsatta": "ja"}, {"sarskilt_utsatta"}),
        (["kvinnor"], {"barn": "ja"}, {"kvinnor", "barn"}),
    ],
)
def test_parts_and_groups_hold_together(machine, decisions, expected):
    given = {f"malgrupp.{k}": head(v) for k, v in decisions.items()}
    found, _, _ = laid([f"malgrupp.{k}" for k in machine], given)
    assert holding(found, "malgrupp") == expected


def test_what_follows_says_from_what():
    found, _, _ = laid([], {"malgrupp.aldre": head("ja")})
    group = found["malgrupp.sarskilt_utsatta"]
    label = BOOK.variable("malgrupp").category("aldre").label
    assert group.reasons == (f"Följer av granskarens beslut om ”{label}”.",)
    assert (group.origin, group.status, group.confidence) == (
        Origin.REVIEWER,
        Status.REVIEWED,
        1.0,
    )


def test_a_group_that_nobody_could_tell_follows_its_part():
    found, findings, _ = laid(
        [], {"malgrupp.aldre": head("ja"), "malgrupp.sarskilt_utsatta": UNKNOWN}
    )
    assert found["malgrupp.sarskilt_utsatta"].value
    assert findings == ()


@pytest.mark.parametrize(
    ("variable", "machine", "decisions", "expected", "contradicts"),
    [
        ("integrering", ["plan", "integrerad"], {"ej": "ja"}, {"ej"}, False),
        ("integrering", ["ej"], {"plan": "ja"}, {"plan"}, False),
        ("integrering", ["ej"], {"plan": "nej"}, {"ej"}, False),
        ("integrering", [], {"ej": "ja", "plan": "ja"}, {"ej", "plan"}, True),
        ("integrering", ["plan"], {"integrerad": "ja"}, {"plan", "integrerad"}, False),
        ("struktur", ["annat"], {"ny": "ja"}, {"ny"}, False),
    ],
)
def test_what_stands_alone(variable, machine, decisions, expected, contradicts):
    given = {f"{variable}.{k}": head(v) for k, v in decisions.items()}
    found, findings, _ = laid([f"{variable}.{k}" for k in machine], given)
    assert holding(found, variable) == expected
    assert len(findings) == contradicts


def test_decisions_that_cannot_both_hold_are_told():
    given = {"malgrupp.aldre": head("ja"), "malgrupp.sarskilt_utsatta": head("nej")}
    _, (finding,), _ = laid([], given)
    assert finding.where == "p"
    assert "går inte ihop" in finding.what
    assert "”Äldre" in finding.found


@pytest.mark.parametrize("key", ["malgrupp.kvinnor", "maluppfyllelse"])
def test_a_code_that_the_codebook_no_longer_has_does_not_count_and_is_told(key):
    found, (finding,), machine = laid(["maluppfyllelse.helt"], {key: head("gammal")})
    assert found == machine
    assert finding.found == "gammal"


def test_decisions_about_what_is_gone_wait_in_silence():
    machine = {"p": codings(BOOK, {})}
    heads = {
        ("borta", "malgrupp", "kvinnor"): head("ja"),
        ("p", "borta", "x"): head("ja"),
        ("p", "malgrupp", "borta"): head("ja"),
    }
    found = overlay(machine, heads, BOOK)
    assert (dict(found.codings), found.findings) == (machine, ())


def test_tables_count_what_people_decided_as_certain():
    """P2 gets women by a person; what P1 is cannot be told and stays the rule's, with its doubt."""
    round = small_round()
    heads = {
        ("P2", "malgrupp", "kvinnor"): head("ja"),
        ("P1", "malgrupp", "kvinnor"): UNKNOWN,
    }
    laid_over = overlay(round.codings, heads, BOOK).codings
    table = next(
        t
        for t in tabulate(replace(round, codings=laid_over), load_tables(), BOOK)
        if t.id == "tabell4"
    )
    (cell,) = next(row for row in table.rows if row.id == "kvinnor").cells
    assert cell.count == 3
    assert dict(cell.decided) == {Decider.PERSON: 2, Decider.RULE: 1}
