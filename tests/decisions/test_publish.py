"""A run's proposals beside the decisions that stand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.publishing import Published, StoredDocument
from annotations.decisions.types import Kind, Proposal, Source, State
from corpus.types import Document, DocumentKind, Header, Page, Submission
from tests.decisions.samples import ROUND, decide, proposal, publish, undo


def test_what_was_published_is_what_is_read(items: Items) -> None:
    given = proposal(
        1,
        probability=0.25,
        automatic=True,
        reasons=("Rutan och texten är oense.", 'Ordet "prästen" nämns en gång.'),
        document="post.eml/blankett.docx",
        page=3,
        start=10,
        end=20,
        answer_start=5,
        answer_end=60,
        question="aktor_kommuner",
        quote="prästen och diakonen",
        county="Örebro län",
        municipality="Askersund",
    )
    key = ("Projekt 1", "aktor", "kyrka")
    items.publish(ROUND, [given], {}, ranks={key: 0.5}, audits={key}, model="m1", codebook="k1")
    item = items.get(1)
    assert item is not None
    assert item.proposal == given
    assert (item.rank, item.audit, item.double, item.gone) == (0.5, True, False, False)
    assert (item.state, item.choice, item.seq) == (State.OPEN, "", 0)
    assert items.published(ROUND) == ("m1", "k1")
    assert items.published("annan omgång") == ("", "")
    assert items.rounds() == (ROUND,)


def test_twice_the_same_is_once(items: Items, log: DecisionLog) -> None:
    assert publish(items, 5) == Published(new=5, changed=0, gone=0, reopened=0)
    decide(log, 2)
    before = [items.get(n) for n in range(1, 6)]
    assert publish(items, 5) == Published(new=0, changed=0, gone=0, reopened=0)
    assert [items.get(n) for n in range(1, 6)] == before
    assert len(log.events(2)) == 1


def test_a_decision_stands_whatever_is_proposed(items: Items, log: DecisionLog) -> None:
    publish(items, 3)
    decide(log, 1, choice="nej")
    changed = [proposal(n, choice="planerad", probability=0.9) for n in (1, 2)]
    assert publish(items, [*changed, proposal(3)]) == Published(0, changed=2, gone=0, reopened=0)
    item = items.get(1)
    assert item is not None
    assert (item.proposal.choice, item.choice, item.state) == ("planerad", "nej", State.DECIDED)


def test_a_new_place_in_the_queue_is_no_change(items: Items) -> None:
    publish(items, 2)
    first, second = proposal(1), proposal(2)
    assert publish(items, [second, first]) == Published(0, 0, 0, 0)
    assert [item.rank for n in (1, 2) if (item := items.get(n))] == [1.0, 0.0]
    assert publish(items, [first, second], ranks={}) == Published(0, 0, 0, 0)
    assert [item.rank for n in (1, 2) if (item := items.get(n))] == [None, None]


def test_gone_and_back_again(items: Items, log: DecisionLog) -> None:
    publish(items, 3)
    decide(log, 3, choice="nej")
    assert publish(items, 2) == Published(new=0, changed=0, gone=1, reopened=0)
    item = items.get(3)
    assert item is not None
    assert (item.gone, item.choice) == (True, "nej")
    assert item.proposal.quote == ""  # The text does not outlive its document.
    assert [item.id for item in items.settled(ROUND)] == [3]
    assert publish(items, 2).gone == 0
    assert publish(items, 3) == Published(new=0, changed=1, gone=0, reopened=0)
    item = items.get(3)
    assert item is not None
    assert (item.gone, item.choice, item.state) == (False, "nej", State.DECIDED)


def test_a_changed_text_reopens_and_says_why(items: Items, log: DecisionLog, clock) -> None:
    publish(items, 2)
    decide(log, 1, choice="nej")
    decide(log, 2, choice="nej")
    clock.forward(days=9)
    new = proposal(1, basis="ny text", choice="aktiv")
    published = publish(items, [new, proposal(2)], model="m2", codebook="k2")
    assert published == Published(new=0, changed=1, gone=0, reopened=1)
    item = items.get(1)
    assert item is not None
    assert (item.state, item.choice, item.seq) == (State.REOPENED, "", 2)
    event = log.events(1)[-1]
    assert (event.kind, event.source, event.reviewer) == (Kind.REOPEN, Source.RUN, "samverkan")
    assert event.comment == "Texten som beslutet vilade på har ändrats sedan 2026-03-02."
    assert (event.model, event.codebook, event.basis) == ("m2", "k2", "ny text")
    assert publish(items, [new, proposal(2)]) == Published(0, 0, 0, 0)
    decide(log, 1, choice="nej", basis="ny text")
    assert publish(items, [new, proposal(2)]) == Published(0, 0, 0, 0)
    assert log.rebuild() == 0


def test_a_decision_stands_while_its_text_is_among_the_projects(
    items: Items, log: DecisionLog
) -> None:
    publish(items, 1)
    decide(log, 1, basis="svar 1")
    moved = [proposal(1, basis="svar 2")]
    assert publish(items, moved, {"Projekt 1": {"svar 1", "svar 2"}}).reopened == 0
    assert publish(items, moved, {"Projekt 1": {"svar 2"}}).reopened == 1


def test_a_decision_without_a_known_basis_stands(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    decide(log, 1, basis="")
    assert publish(items, [proposal(1, basis="ny")]).reopened == 0


def test_what_was_taken_back_is_not_reopened(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    decide(log, 1)
    undo(log)
    assert publish(items, [proposal(1, basis="ny")]).reopened == 0


def test_undecidable_is_reopened_too(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    decide(log, 1, kind=Kind.UNDECIDABLE)
    assert publish(items, [proposal(1, basis="ny")]).reopened == 1


def test_rounds_do_not_touch_each_other(items: Items) -> None:
    publish(items, 2)
    other = items.publish("2026", [proposal(1), proposal(9)], {})
    assert other == Published(new=2, changed=0, gone=0, reopened=0)
    assert publish(items, 2) == Published(0, 0, 0, 0)


@pytest.mark.parametrize("apart", [0, 1500])
def test_an_item_twice_is_refused_and_nothing_is_written(items: Items, apart: int) -> None:
    between = [proposal(n) for n in range(2, 2 + apart)]
    with pytest.raises(ValueError, match="Projekt 1"):
        publish(items, [proposal(1), *between, proposal(1, choice="nej")])
    assert items.rounds() == ()


def test_a_run_that_breaks_halfway_leaves_everything_as_it_was(items: Items) -> None:
    publish(items, 3)

    def broken() -> Iterator[Proposal]:
        yield proposal(1, choice="nej")
        raise RuntimeError("disk")

    with pytest.raises(RuntimeError):
        items.publish(ROUND, broken(), {})
    assert [(i.proposal.choice, i.gone) for n in (1, 2, 3) if (i := items.get(n))] == [
        ("aktiv", False)
    ] * 3


def test_text_that_no_database_takes_is_mended(items: Items) -> None:
    publish(items, [proposal(1, quote="a\0b\ud800")])
    item = items.get(1)
    assert item is not None
    assert item.proposal.quote == "ab?"


def stored(name: str, text: str = "Kyrkan deltar.\n") -> StoredDocument:
    document = Document(name, "0" * 64, "pdf", text, (Page(1, 0, len(text)),))
    submission = Submission(
        name, 1, DocumentKind.BLANKETT_SLUT, 0.9, "", header=Header(titel="Ett projekt")
    )
    return StoredDocument(document, (submission,), path=f"/inkorg/{name}")


def test_documents_are_those_of_the_latest_run(items: Items) -> None:
    first, second = stored("a.pdf"), stored("b.pdf")
    publish(items, 1, documents=[first, second])
    assert items.document(ROUND, "a.pdf") == first
    changed = stored("b.pdf", "Kyrkan deltar inte.\n")
    publish(items, 1, documents=[changed])
    assert items.document(ROUND, "a.pdf") is None
    assert items.document(ROUND, "b.pdf") == changed
    assert items.document("2026", "b.pdf") is None
