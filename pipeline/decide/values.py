"""Which categories hold, from their scores: thresholds, rivals, mixtures, parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from annotations.codebook import Variable
from annotations.statements import Decisions
from pipeline.decide.scores import Score

CONTENT = "innehall."


def holding(
    variable: Variable, scores: Mapping[str, Score], decisions: Decisions
) -> tuple[frozenset[str], bool]:
    """Return the ids of the categories that hold, and whether they are only the best guess.

    A variable of kind `one` gets exactly one. A part brings its group along.
    """
    own = {c.id: scores[f"{variable.id}.{c.id}"] for c in variable.categories}
    chosen = {id for id, score in own.items() if score.holds}
    if variable.kind == "one":
        return _one(variable, own, decisions)
    for a, b in _rivals(variable, decisions):
        if a in chosen and b in chosen:
            strengths = (_strength(own[a], decisions), _strength(own[b], decisions))
            chosen.discard(a if strengths[0] < strengths[1] else b)
    guessed = not chosen and variable.id in decisions.always and _tells(own, scores)
    if guessed:
        chosen = {max(own, key=lambda id: own[id].total)}
    chosen |= {c.part_of for c in variable.categories if c.id in chosen and c.part_of}
    return frozenset(chosen), guessed


def _tells(own: Mapping[str, Score], scores: Mapping[str, Score]) -> bool:
    """Whether a box or a word speaks of the variable, or what the project consists of is told."""
    return any(score.plus > 0 or score.tick is not None for score in own.values()) or any(
        score.plus > 0 or score.holds for key, score in scores.items() if key.startswith(CONTENT)
    )


def with_follows(scores: Mapping[str, Score], decisions: Decisions) -> dict[str, Score]:
    """Return the scores with what one category's outcome means for others added."""
    held = {key for key, score in scores.items() if score.holds}
    changed = dict(scores)
    for rule in decisions.follows:
        if held.issuperset(rule.all_of) and held.isdisjoint(rule.none_of):
            for key, weight in rule.gives.items():
                changed[key] = replace(changed[key], total=round(changed[key].total + weight, 4))
    return changed


def _strength(score: Score, decisions: Decisions) -> float:
    return score.total / decisions.outweighs.get(score.key, 1.0)


def _one(
    variable: Variable, own: Mapping[str, Score], decisions: Decisions
) -> tuple[frozenset[str], bool]:
    for mixture in decisions.mixtures:
        parts = [key.split(".") for key in mixture.all_of]
        if any(v != variable.id for v, _ in parts):
            continue
        most = max(own[c].text for _, c in parts)
        if all(_firm(own[c]) and own[c].text >= decisions.mixture_share * most for _, c in parts):
            return frozenset({mixture.becomes.split(".")[1]}), False
    best = max(own, key=lambda id: own[id].total)
    if own[best].holds:
        return frozenset({best}), False
    return frozenset({variable.unknown}), True


def _firm(score: Score) -> bool:
    """Whether a category would hold by its words alone, whatever the others say."""
    return score.holds and score.text >= score.threshold


def _rivals(variable: Variable, decisions: Decisions) -> list[tuple[str, str]]:
    pairs = [(a.split("."), b.split(".")) for a, b in decisions.rivals]
    return [(a[1], b[1]) for a, b in pairs if a[0] == variable.id]
