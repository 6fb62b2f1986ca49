from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotations.codebook import load
from annotations.decisions.types import Item, Proposal, State, options
from models.case import Example
from pipeline import train as training
from pipeline.reviewed import digest, gold_of, reviewed_examples
from tests.review.workbook.made_up import item

CODEBOOK = load()


def items(**choices: str) -> list[Item]:
    """Every item of one project, settled as its proposal "no" or as `choices` say."""
    made = []
    questions = [
        (v.id, "" if v.kind == "one" else c.id)
        for v in CODEBOOK.variables
        for c in (v.categories[:1] if v.kind == "one" else v.categories)
    ]
    for n, (variable, category) in enumerate(questions):
        choice = choices.get(category or variable, options(CODEBOOK, variable)[-1])
        proposal = Proposal("P", variable, category, choice, 0.99, True, "regel")
        made.append(item(n, proposal=proposal, rank=None, seq=0))
    return made


def settled(one: Item, choice: str, state: State = State.DECIDED) -> Item:
    return replace(one, state=state, choice=choice, seq=1, rank=1.0)


def gold_with(change: Any) -> Any:
    own = items(polis="aktiv", maluppfyllelse="delvis")
    return gold_of(change(own), CODEBOOK)


def at(own: list[Item], name: str) -> int:
    return next(i for i, o in enumerate(own) if name in (o.proposal.category, o.proposal.variable))


def test_decisions_and_automatic_codes_are_the_gold():
    def change(own: list[Item]) -> list[Item]:
        own[at(own, "kyrka")] = settled(own[at(own, "kyrka")], "inbjuden")
        return own

    gold = gold_with(change)
    assert {cell: value for cell, value in gold.items() if value} == {
        ("partner", "polis"): "aktiv",
        ("partner", "kyrka"): "inbjuden",
        ("maluppfyllelse", "delvis"): "ja",
        ("status", "oklart"): "ja",
    }
    assert len(gold) == sum(len(v.categories) for v in CODEBOOK.variables)


UNFIT = {
    "nobody decided": lambda own: own,
    "one still waits": lambda own: [
        settled(own[0], "nej"), replace(own[1], rank=2.0), *own[2:],
    ],
    "opened again": lambda own: [
        settled(own[0], "nej"), replace(own[1], state=State.REOPENED), *own[2:],
    ],
    "undecidable": lambda own: [settled(own[0], "", State.UNDECIDABLE), *own[1:]],
    "disputed": lambda own: [
        settled(own[0], "nej"), replace(own[1], state=State.DISPUTED), *own[2:],
    ],
}  # fmt: skip


@pytest.mark.parametrize("case", UNFIT)
def test_unfinished_projects_teach_nothing(case):
    assert gold_with(UNFIT[case]) is None


@pytest.mark.slow
def test_a_reviewed_project_is_learnt_from(tmp_path, monkeypatch):
    from annotations.decisions.database import Database
    from annotations.decisions.events import NewEvent
    from annotations.decisions.filters import Filter, Order
    from annotations.decisions.items import Items
    from annotations.decisions.log import DecisionLog
    from annotations.decisions.types import Kind, Source
    from pipeline.engine.processes import Limits
    from pipeline.flow import Options, run
    from pipeline.progress import for_terminal
    from pipeline.review.publish import FILE_NAME

    inbox, out, workspace = (tmp_path / name for name in ("inkorg", "ut", "arbetsyta"))
    inbox.mkdir()
    text = (
        "Redovisning av utvecklingsmedel\nMora kommun, Dalarnas län\n\nMål\nAtt bilda en grupp.\n\n"
        "Genomförande\nGruppen bildades i mars. Polisen och kvinnojouren har varit med vid alla "
        "sju möten.\n\nMåluppfyllelse\nMålet är uppfyllt.\n"
    )
    (inbox / "mora.txt").write_text(text, encoding="utf-8")
    options = Options(inbox, out, workspace, None, None, "2010", 1, Limits())
    with for_terminal(quiet=True, as_json=False) as progress:
        run(options, progress)
    database = Database(workspace / FILE_NAME)
    found, log = Items(database), DecisionLog(database)
    assert list(reviewed_examples(database, "2010", out, CODEBOOK)) == []
    for n, one in enumerate(found.page(Filter("2010"), Order.QUEUE, 0, None)):
        choice = "inbjuden" if one.proposal.category == "polis" else one.proposal.choice
        event = NewEvent(one.id, Kind.DECIDE, "Ada", Source.WEB, f"k{n}", choice=choice)
        log.append(event, one.seq)
    (example,) = reviewed_examples(database, "2010", out, CODEBOOK)
    database.close()
    assert example.writer == "granskad Mora"
    assert example.gold["partner", "kvinnojour"] == "aktiv"
    assert "sju möten" in example.case.document.text

    learnt: list[Example] = []

    def stop(examples: Any, held_out: Any, codebook: Any, say: Any, jobs: int) -> None:
        learnt.extend(examples)
        assert example not in held_out
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "train", stop)
    monkeypatch.setattr(training, "load_written", lambda: ())
    with pytest.raises(KeyboardInterrupt):
        training.train_shipped(tmp_path / "modell", lambda step: None, (example,))
    assert learnt == [example] and len(digest(learnt)) == 64
