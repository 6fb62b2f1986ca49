"""Words that bound what is said about whom: clause borders, pronouns, place names; data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotations.strict import load

PATH = Path(__file__).with_name("lexicon") / "scope.yaml"
Words = frozenset[str]


@dataclass(frozen=True)
class ClauseWords:
    """Borders between clauses, and who else a clause can be about."""

    hard: Words
    soft: Words
    lists: Words
    enders: Words
    stops: Words
    relatives: Words
    other_subjects: Words
    impersonal: Words
    turns: Words
    rest: Words
    came: Words


@dataclass(frozen=True)
class Anaphora:
    """How a sentence goes on about the actors of the one before it."""

    starts: Words
    them: Words
    likewise: Words
    also: Words
    articles: Words
    partitive: Words
    beside: Words
    within: Words
    areas: Words


@dataclass(frozen=True)
class PlaceWords:
    """What makes the name of a municipality a partner; `staff`, `visitors`, `offices`
    begin words, `done` and `landlords` end them.
    """

    links: Words
    together: Words
    staff: tuple[str, ...]
    visitors: tuple[str, ...]
    offices: tuple[str, ...]
    districts: tuple[str, ...]
    done: tuple[str, ...]
    heads: Words
    labels: Words
    openers: Words
    adverbs: Words
    after: Words
    placed: Words
    landlords: tuple[str, ...]
    regions: tuple[str, ...]
    homes: tuple[str, ...]
    no_homes: tuple[str, ...]
    sites: Words
    estates: Words
    companies: Words
    at: Words
    origin: Words
    by: Words
    along: Words
    aimed: Words
    inside: Words
    aims_asked: Words
    introduced: Words
    equals: Words
    it: Words
    being: Words
    opens: Words


@dataclass(frozen=True)
class BystanderWords:
    """What shows that a name stands for no participant; `things` and `titles` are endings."""

    things: tuple[str, ...]
    between: Words
    titles: tuple[str, ...]
    works_at: Words
    lectures: tuple[str, ...]
    hired: tuple[str, ...]
    paid: tuple[str, ...]
    unpaid: frozenset[str]
    speakers: tuple[str, ...]
    borrowed: tuple[str, ...]
    given_by: Words
    former: Words
    trained: Words
    ever_since: Words
    goes_with: tuple[str, ...]
    ways: tuple[str, ...]
    leads: Words
    again: Words
    along: Words


@dataclass(frozen=True)
class StrangerWords:
    """Subjects of whom a refusal is no actor's; `starts` and `ends` of nouns."""

    starts: tuple[str, ...]
    ends: tuple[str, ...]
    nobody: Words
    us: Words
    whiles: Words


@dataclass(frozen=True)
class ListWords:
    """What ends the head of a list, and what at its end says that a list follows."""

    heads: Words
    below: Words


@dataclass(frozen=True)
class Grammar:
    """Small words and endings that the parse alone does not tell apart."""

    having: Words
    past_helpers: Words
    past_endings: tuple[str, ...]
    present_endings: tuple[str, ...]
    passive_endings: tuple[str, ...]
    relatives: Words
    placed: Words
    agents: Words


@dataclass(frozen=True)
class Scope:
    """The whole file."""

    clauses: ClauseWords
    grammar: Grammar
    lists: ListWords
    negations: Words
    nobody: Words
    anaphora: Anaphora
    places: PlaceWords
    separate: Words
    many: Words
    unbroken: Words
    uncut: Words
    mild_refusals: Words
    held: Words
    faint: Words
    departures: Words
    long_stays: Words
    invitations: Words
    received: Words
    all_the_same: Words
    asked: Words
    strangers: StrangerWords
    in_use: Words
    mild_mentions: Words
    clients: Words
    helped: Words
    deeds: Words
    aims: Words
    remaining: Words
    remaining_pairs: Words
    open_stems: tuple[str, ...]
    definite: tuple[str, ...]
    definite_singular: tuple[str, ...]
    joints: Words
    writers: Words
    writer_is: Words
    oblique: Words
    refers_back: Mapping[str, Words]
    named_after: Words
    employers: Mapping[str, Words]
    sole: Mapping[str, Words]
    echoes: Mapping[str, str]
    owned: Mapping[str, Words]
    bystanders: BystanderWords


@cache
def load_scope() -> Scope:
    """Read the words. Raises DefinitionError."""
    return load(PATH, Scope)
