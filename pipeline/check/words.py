"""The word lists of the consistency checks (`labels.yaml`), with their schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from annotations.strict import DefinitionError, load
from pipeline.check.types import About

FILE = Path(__file__).with_name("labels.yaml")


@dataclass(frozen=True)
class TableWords:
    """How tables speak: patterns of labels, headings, titles and notes."""

    total: str
    total_column: str
    strong: str
    part: str
    not_summed: str
    percent: str
    overlap: str
    rounded: str
    note: str
    money: str
    number: str


@dataclass(frozen=True)
class Exclusive:
    """Categories that shut one another out; `whole` where they also make up the whole.

    `of` are the units they do so for (women and men among people, not among projects).
    """

    id: str
    whole: bool
    members: tuple[str, ...]
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quantity:
    """A quantity by the words that all must, and that none may, stand beside its figure."""

    id: str
    label: str
    all: tuple[str, ...]
    none: tuple[str, ...]

    def named_in(self, text: str) -> bool:
        """Tell whether `text` (any case) names the quantity."""
        low = text.lower()
        return all(re.search(p, low) for p in self.all) and not any(
            re.search(p, low) for p in self.none
        )


@dataclass(frozen=True)
class Relation:
    """An amount that others add up to."""

    result: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]


@dataclass(frozen=True)
class Consists:
    """Patterns of "the form has six questions"."""

    things: str
    verbs: str
    parts: str


@dataclass(frozen=True)
class PeriodWords:
    """Patterns of periods and of what is about an earlier one."""

    named: str
    names: dict[str, str]
    earlier: str
    earlier_heading: str
    appendix: str


@dataclass(frozen=True)
class TextWords:
    """Patterns of running text."""

    part: str
    negated: str
    total: str
    covers: str
    rest: str
    contrast: str
    restrictor: str
    means: str
    generic: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """Everything in `labels.yaml`."""

    numerals: dict[str, int]
    about: dict[About, tuple[str, ...]]
    table: TableWords
    exclusive: tuple[Exclusive, ...]
    quantities: tuple[Quantity, ...]
    money: tuple[Quantity, ...]
    plain_money: tuple[str, ...]
    relations: tuple[Relation, ...]
    units: dict[str, str]
    wholes: tuple[str, ...]
    states: dict[str, str]
    consists: Consists
    period: PeriodWords
    text: TextWords

    def unit_of(self, word: str) -> str:
        """Return which unit a word names ("samverkansprojekten" → "projekt"), or ""."""
        low = word.lower()
        return next((u for u, pattern in self.units.items() if re.fullmatch(pattern, low)), "")

    @cached_property
    def generic(self) -> frozenset[str]:
        """The stems of the words that tell no quantity from another."""
        return frozenset(stem(word) for word in self.text.generic)


@cache
def load_words(path: Path = FILE) -> Words:
    """Load and check the word lists. Raises DefinitionError with every fault."""
    words = load(path, Words)
    faults = list(_faults(words, path.name))
    if faults:
        raise DefinitionError(faults)
    return words


def _faults(words: Words, name: str) -> list[str]:
    patterns = {
        **{f"table.{k}": v for k, v in vars(words.table).items()},
        **{f"text.{k}": v for k, v in vars(words.text).items() if isinstance(v, str)},
        **{f"units.{k}": v for k, v in words.units.items()},
        **{f"states.{k}": v for k, v in words.states.items()},
        **{f"consists.{k}": v for k, v in vars(words.consists).items()},
        **{f"period.{k}": v for k, v in vars(words.period).items() if isinstance(v, str)},
        **{f"period.names.{k}": v for k, v in words.period.names.items()},
        **{f"exclusive.{e.id}[{i}]": p for e in words.exclusive for i, p in enumerate(e.members)},
        **{
            f"{q.id}[{i}]": p
            for q in (*words.quantities, *words.money)
            for i, p in enumerate((*q.all, *q.none))
        },
    }
    faults = []
    for where, pattern in patterns.items():
        try:
            re.compile(pattern)
        except re.error as error:
            faults.append(f"mönstret {pattern!r} går inte att tyda: {error} @ {name}.{where}")
    known = {q.id for q in words.money}
    for relation in words.relations:
        for id in {relation.result, *relation.plus, *relation.minus} - known:
            faults.append(f"beloppet {id} finns inte under money @ {name}.relations")
    faults += [
        f"enheten {unit} finns inte under units @ {name}.wholes"
        for unit in words.wholes
        if unit not in words.units
    ]
    return faults


# The longest that leaves three letters: a search from the left meets it first.
_ENDING = re.compile(
    r"(?<=\w{3})(?:[aeo]rnas?|ningen|ande|ende|andet|ades|ats|ade|ans|ens|ets"
    r"|[aeo]r|en|et|as|at|ad|es|[aesnt])$"
)


def stem(word: str) -> str:
    """Cut a Swedish word's endings, roughly and always in the same way."""
    return _ENDING.sub("", word.lower())


def stems(text: str, words: Words) -> frozenset[str]:
    """Return the stems of a text's words that tell one quantity from another."""
    found = (stem(word) for word in re.findall(r"[^\W\d_]{2,}", text))
    return frozenset(s for s in found if s not in words.generic)
