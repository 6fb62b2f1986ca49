"""The writer's own verdict: where a sentence says how it went, the details around it weigh less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Span

from annotations.statements import load_decisions
from corpus.types import Mention
from pipeline.rules.patterns import Matcher


def beside_verdicts(
    mentions: Iterable[Mention], verdicts: Mapping[str, Sequence[Span]]
) -> list[Mention]:
    """Return the mentions, lighter where another sentence is their variable's verdict."""
    return [_beside(m, verdicts.get(m.variable, ())) for m in mentions]


def find_verdicts(sentences: Sequence[Span]) -> Mapping[str, Sequence[Span]]:
    """Return the sentences that give a verdict, by variable."""
    found: dict[str, list[Span]] = defaultdict(list)
    for sentence in sentences:
        keys = {match.key for match in _matcher().find(sentence)}
        for variable in load_decisions().verdicts:
            if variable in keys and f"{variable}!" not in keys:
                found[variable].append(sentence)
    return found


def _beside(mention: Mention, verdicts: Sequence[Span]) -> Mention:
    inside = any(v.start_char <= mention.start < v.end_char for v in verdicts)
    if not verdicts or inside:
        return mention
    factor = load_decisions().verdicts[mention.variable].factor
    return replace(mention, weight=round(mention.weight * factor, 4))


@cache
def _matcher() -> Matcher:
    patterns: dict[str, Sequence[str]] = {}
    for variable, verdict in load_decisions().verdicts.items():
        patterns[variable] = verdict.near
        patterns[f"{variable}!"] = verdict.unless
    return Matcher(patterns, source="annotations/lexicon/statements/decisions.yaml")
