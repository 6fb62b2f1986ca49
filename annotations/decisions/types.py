"""The types of review: items to decide, events that decide them, and heads projected from events.

An item is one question to a person. For a variable of kind `one` it is the whole variable of a
project (`category` empty, the options its categories); else one category (options ja, nej, or the
roles and nej). A choice is always one of the item's options.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotations.codebook import Codebook

YES, NO = "ja", "nej"
Key = tuple[str, str, str]
"""Project, variable and category: what identifies an item within its round."""


class Kind(StrEnum):
    """What an event does."""

    DECIDE = "beslut"
    UNDECIDABLE = "oavgjort"
    COMMENT = "kommentar"
    UNDO = "angra"
    REOPEN = "oppna_igen"


class State(StrEnum):
    """Where an item, or one lane of it, stands."""

    OPEN = "oppen"
    HALFWAY = "halvvags"  # blind double coding: one of two has decided
    DECIDED = "beslutad"
    UNDECIDABLE = "oavgjord"
    DISPUTED = "tvist"  # two blind coders differ: somebody must adjudicate
    REOPENED = "ateroppnad"

    @property
    def settled(self) -> bool:
        """Whether nothing more is asked of a person."""
        return self in SETTLED


SETTLED = (State.DECIDED, State.UNDECIDABLE)


class Source(StrEnum):
    """By which way an event came in."""

    WEB = "webb"
    WORKBOOK = "excel"
    RUN = "korning"
    COMMAND = "kommando"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine proposes for one item, and the words it rests on.

    `probability` is the calibrated probability that `choice` is right, None where nothing was
    calibrated for it. `start:end` is the evidence and `answer_start:answer_end` the answer around
    it, offsets in `document`; all None without evidence. `basis` is a digest of what a decision
    rests on: the answer around the evidence, else all the project's texts.
    """

    project: str
    variable: str
    category: str
    choice: str
    probability: float | None
    automatic: bool
    origin: str
    reasons: tuple[str, ...] = ()
    document: str = ""
    page: int | None = None
    start: int | None = None
    end: int | None = None
    answer_start: int | None = None
    answer_end: int | None = None
    question: str = ""
    quote: str = ""
    basis: str = ""
    county: str = ""
    municipality: str = ""

    @property
    def key(self) -> Key:
        """What identifies the item within its round."""
        return self.project, self.variable, self.category


@dataclass(frozen=True, slots=True)
class Item:
    """One item as stored: the proposal, its place in the queue, and where its decision stands.

    `rank` is the place in the queue (smaller first), None for what nobody is asked about. `audit`
    marks the random sample of automatic cells; a reviewer must not be able to tell. `double` marks
    blind double coding. `gone`: the latest run no longer has it. `seq` counts the events in its
    shared lane; `choice` is what was decided ("" while open).
    """

    id: int
    round: str
    proposal: Proposal
    rank: float | None
    audit: bool
    double: bool
    gone: bool
    state: State
    choice: str
    seq: int
    reviewer: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log. `id` orders all events; `seq` those of one lane of one item, from 1.

    `lane` is "" for what all share, or a reviewer's name for blind double coding. `choice` is ""
    for events that choose nothing. `group` joins the events of one bulk action, `undoes` is the id
    of the event taken back. `token` is unique to the click that made it: the same token twice is
    the same event. `at` is UTC, ISO 8601. `proposal`, `probability`, `codebook`, `model` and
    `basis` say what the reviewer had before them.
    """

    id: int
    item: int
    lane: str
    seq: int
    kind: Kind
    choice: str
    comment: str
    reviewer: str
    at: str
    source: Source
    token: str
    group: str = ""
    undoes: int | None = None
    proposal: str = ""
    probability: float | None = None
    codebook: str = ""
    model: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What holds in one lane after its events: the last decision that was not taken back."""

    state: State
    choice: str
    seq: int
    reviewer: str = ""
    at: str = ""
    event: int | None = None


def options(codebook: Codebook, variable: str) -> tuple[str, ...]:
    """Return the choices of an item of this variable, in the order of their keys.

    Raises KeyError for a variable the codebook does not know.
    """
    found = codebook.variable(variable)
    if found.kind == "one":
        return tuple(category.id for category in found.categories)
    if found.roles:
        return (*(role.id.value for role in found.roles), NO)
    return (YES, NO)
