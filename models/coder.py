"""The learnt coder: probabilities for every cell of one report, from the rules' findings.

In two steps (stacking, Wolpert 1992). Partners: the context of each mention, then the actor from
all its mentions, ticks and what the rules decided. Other variables: what each sentence is evidence
for and what the whole report says, then, from that, ticks, mentions and rules, the mean of a
regression and of trees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotations.codebook import Codebook, Variable
from corpus.types import Coding, Mention
from models.calibration import Calibration
from models.case import PARTNER, Case
from models.linear import Linear
from models.partner_features import (
    NONE,
    Features,
    actor_features,
    counted,
    mention_features,
    whole_of,
)
from models.sentences import Heard, Readers, heard_in
from models.statement_features import statement_features
from models.trees import Trees

Cell = tuple[str, str]
COUNTED = ("aktiv", "inbjuden")
YES, NO = "ja", NONE
SILENT = 1.0  # the score of a cell that nothing speaks for and the model has no say on


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model says of one cell: value ("" or "ja" or a role), score 0–1, what shows it.

    `score` is the model's own probability of the value; `Calibration` says what it is worth. What
    shows a partner is its best mention, what shows another yes a sentence `at` these offsets.
    """

    value: str
    score: float
    mention: Mention | None = None
    at: tuple[int, int] | None = None


@dataclass(frozen=True)
class Coder:
    """All fitted parts. `statements` and `boosted` are by variable: their outputs are categories.

    `calibrations` is by variable; `silent` by variable for the cells the model has no say on. A
    cell is automatic where the calibrated probability of its value reaches `threshold`.
    """

    contexts: Linear
    readers: Readers
    partners: Trees
    statements: Mapping[str, Linear]
    boosted: Mapping[str, Trees]
    calibrations: Mapping[str, Calibration]
    silent: Mapping[str, Calibration]
    threshold: float

    def opinions(
        self, case: Case, codings: Sequence[Coding], codebook: Codebook
    ) -> dict[Cell, Opinion]:
        """Return an opinion on each cell; partners that nothing names are left out."""
        found = self._partners(case, codings, codebook.variable(PARTNER))
        heard = heard_in(case, self.readers)
        for variable in codebook.variables:
            if variable.id != PARTNER:
                features = statement_features(variable.id, case, codings, heard.said)
                found |= self._statements(variable, features, heard)
        return found

    def has_met(self, word: str) -> bool:
        """Whether a lower-case word, or its stem, was seen often enough in training to count."""
        beside = self.contexts.knows(f"b:{word}") or self.contexts.knows(f"p:{word[:5]}")
        return beside or self.readers.knows(f"w:{word[:8]}")

    def _partners(
        self, case: Case, codings: Sequence[Coding], variable: Variable
    ) -> dict[Cell, Opinion]:
        whole = whole_of(case)
        rows = [mention_features(m, case, whole, group_of(m, variable)) for m in whole.mentions]
        ids = map(id, whole.mentions)
        told = dict(zip(ids, self.contexts.probabilities(rows), strict=True))
        found = {}
        asked = list(actors(case, codings, variable, told))
        answers = self.partners.probabilities([features for _, features, _ in asked])
        for (actor, _, mentions), p in zip(asked, answers, strict=True):
            best = max(mentions, key=lambda m: counted(told[id(m)]), default=None)
            found[PARTNER, actor] = partner_opinion(p, best)
        return found

    def _statements(
        self, variable: Variable, features: Features, heard: Heard
    ) -> dict[Cell, Opinion]:
        linear, trees = self.statements[variable.id], self.boosted[variable.id]
        if variable.kind == "one":
            p = _mean(linear.probabilities([features])[0], trees.probabilities([features])[0])
            held = {max(p, key=lambda c: p[c])}
        else:
            p = _mean(linear.chances(features), trees.chances(features))
            held = {category for category, yes in p.items() if yes >= 0.5}
        return {
            (variable.id, c.id): Opinion(YES, p[c.id], at=heard.shown.get(f"{variable.id}.{c.id}"))
            if c.id in held
            else Opinion("", 1 - p.get(c.id, 0.0))
            for c in variable.categories
            if c.id in p or variable.kind == "one"
        }


def _mean(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {output: (one[output] + other[output]) / 2 for output in one}


def partner_opinion(p: Mapping[str, float], mention: Mention | None) -> Opinion:
    """Return the opinion on a partner: it counts if aktiv and inbjuden together are more likely."""
    takes_part = counted(p)
    if takes_part >= 0.5:
        return Opinion(max(COUNTED, key=lambda role: p.get(role, 0.0)), takes_part, mention)
    planned = p.get("planerad", 0.0)
    value = "planerad" if planned > p.get(NONE, 0.0) else ""
    return Opinion(value, 1 - takes_part, mention)


def group_of(mention: Mention, variable: Variable) -> str:
    """Return the id of the group a mention's partner belongs to."""
    return variable.category(mention.category).part_of


def actors(
    case: Case,
    codings: Sequence[Coding],
    variable: Variable,
    told: Mapping[int, Mapping[str, float]],
) -> Iterator[tuple[str, Features, list[Mention]]]:
    """Yield (actor, features, mentions) of every partner with a mention, a tick or a rule's yes.

    `told` maps `id(mention)` to the probabilities of its contexts.
    """
    coded = {c.category: c for c in codings if c.variable == PARTNER}
    by_actor: dict[str, list[Mention]] = defaultdict(list)
    whole = whole_of(case)
    for mention in whole.mentions:
        by_actor[mention.category].append(mention)
    for group in variable.groups:
        parts = [c.id for c in variable.parts(group.id)]
        for actor in parts:
            mentions = by_actor[actor]
            tick = actor == group.other and group.id in whole.boxes
            if not mentions and not tick and not coded[actor].value:
                continue
            siblings = [told[id(m)] for p in parts if p != actor for m in by_actor[p]]
            pairs = [(m, told[id(m)]) for m in mentions]
            yield (
                actor,
                actor_features(actor, group.id, group.other, whole, pairs, siblings, coded[actor]),
                mentions,
            )
