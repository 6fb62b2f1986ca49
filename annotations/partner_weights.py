"""How much a mention of an actor counts and how sure its decision is: data with a schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotations.strict import load

PATH = Path(__file__).with_name("lexicon") / "partner_weights.yaml"


@dataclass(frozen=True)
class QuestionWeights:
    """`bare`: weight of a name nothing is said about; the rest: factors on what a cue says."""

    bare: float
    aktiv: float
    inbjuden: float
    planerad: float
    nej: float = 1.0


@dataclass(frozen=True)
class Limits:
    """Thresholds of the decision; see `pipeline/decide/partners.py`."""

    value: float
    review: float
    weak: float
    own: float
    unticked: float
    tick: float


@dataclass(frozen=True)
class Confidence:
    """Probability that the value is right, by what the decision rests on."""

    cue: float
    cue_invited: float
    cue_again: float
    cue_unticked: float
    bare: float
    bare_again: float
    bare_unticked: float
    weak: float
    weak_again: float
    disputed: float
    refused_disputed: float
    answer: float
    tick: float
    refused: float
    planned: float
    doubtful: float
    mentioned: float
    silent: float


@dataclass(frozen=True)
class StandIn:
    """Which answer tells what was done where the one meant for it is empty; lengths in letters."""

    question: str
    instead_of: str
    shortest: int
    longest: int


@dataclass(frozen=True)
class NoForm:
    """Which row weighs what a question's answer tells as done, in documents that are no form.

    Their kinds do not begin with `forms`; `aims` are patterns of what is not told as done.
    """

    forms: str
    question: str
    weighs_as: str
    aims: str


@dataclass(frozen=True)
class Intended:
    """Kinds of documents that speak of what is to be, and what shows that it is there already."""

    kinds: frozenset[str]
    wishes: frozenset[str]
    ahead: str
    vague: float
    exists: str


@dataclass(frozen=True)
class Unbegun:
    """What the `first` sentences of an answer say where a project has not begun.

    `questions`: the first of these that is answered is looked at; `done`: those that tell of work;
    `worked`: the weight from which a mention tells of it; `weight`: of those intended.
    """

    kinds: frozenset[str]
    questions: tuple[str, ...]
    done: frozenset[str]
    first: int
    worked: float
    weight: float
    says: str
    unless: str


@dataclass(frozen=True)
class PartnerWeights:
    """The whole file. The word lists are patterns with commas between them.

    `ditto`: whole answers that repeat the one before; `distanced`: the writer does not stand by
    the ticks, looked for in answers with one of `distanced_hints` in them; where one of
    `distanced_one` is among them, only the tick of the answer's own group is meant.
    """

    questions: Mapping[str, QuestionWeights]
    stand_in: StandIn
    no_form: tuple[NoForm, ...]
    intended: Intended
    unbegun: Unbegun
    only_course: str
    course: str
    together: str
    refers: str
    ditto: frozenset[str]
    distanced: str
    distanced_hints: frozenset[str]
    distanced_one: frozenset[str]
    limits: Limits
    confidence: Confidence

    def of(self, question: str) -> QuestionWeights:
        """Return the weights of a question; all `aktor_…` share one, unknown ones are free text."""
        key = "aktor" if question.startswith("aktor_") else question
        return self.questions.get(key) or self.questions["fritext"]


@cache
def load_weights() -> PartnerWeights:
    """Read the weights. Raises DefinitionError."""
    return load(PATH, PartnerWeights)


def patterns(text: str) -> tuple[str, ...]:
    """Return the patterns of a list written with commas."""
    return tuple(" ".join(part.split()) for part in text.split(",") if part.strip())
