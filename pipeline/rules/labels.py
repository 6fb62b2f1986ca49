"""A name that stands alone before the sentence about it: "Skolan. Har inte deltagit."."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span

from annotations.scope import load_scope
from corpus.types import Mention
from pipeline.language.verbs import is_finite

BARE = "+namn"
LONGEST = 80  # letters of a sentence that is only a label
OPENING = 4  # letters before the name: "- ", "Vår "
TAKEN_BACK = "annan.historik"  # "Det redovisas för sig."


def labelled(mentions: Sequence[Mention], sentences: Sequence[Span]) -> list[Mention]:
    """Return the mentions of an answer, where a label says what the sentence after it says.

    A sentence with a verb of which nothing is said is only taken back by the next.
    """
    if not any(m.rule.endswith(BARE) for m in mentions):
        return list(mentions)
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sent_start].append(mention)
    return list(_labelled(by_sentence, sentences))


def _labelled(told: dict[int, list[Mention]], sentences: Sequence[Span]) -> Iterator[Mention]:
    starts = [s.start_char for s in sentences]
    for i, sentence in enumerate(sentences):
        own = told.pop(starts[i], [])
        after = told.get(starts[i + 1], []) if i + 1 < len(starts) else []
        said = {m.category: m for m in after if not m.rule.endswith(BARE)}
        label = bool(said) and _is_label(sentence, own)
        for mention in own:
            next_said = said.get(mention.category)
            yield _as_said(mention, next_said, label) if next_said else mention
    for rest in told.values():
        yield from rest


def _is_label(sentence: Span, own: Sequence[Mention]) -> bool:
    """Whether a sentence is a name and no statement: not "Intervjuat polisen."."""
    start = sentence.start_char
    short = sentence.end_char - start <= LONGEST
    opens = any(m.start - start <= OPENING for m in own)
    bare = all(m.rule.endswith(BARE) for m in own)
    return short and opens and bare and not any(map(is_finite, sentence))


def _as_said(mention: Mention, said: Mention, label: bool) -> Mention:
    source, (other, _, cue) = mention.rule.removesuffix(BARE), said.rule.rpartition("+")
    told = mention.rule.endswith(BARE) and (label or cue == TAKEN_BACK)
    alone = load_scope().separate | load_scope().many
    if not told or (source != other and mention.category in alone):
        return mention
    return replace(mention, context=said.context, weight=said.weight, rule=f"{source}+{cue}")
