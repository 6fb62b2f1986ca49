"""What kind of document a free-form text is: scored cues, a confidence and a Swedish reason."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from annotations.documents import Kinds, Signal, load_kinds
from corpus.types import DocumentKind
from pipeline.parse.fold import fold

TOP, HEAD, READ = 900, 250, 40_000  # letters looked at
DECISION, DECIDED = "beslut", 4.0  # the signal, and the points, that make a text a decision
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A document kind with an uncalibrated confidence in 0–1 and what decided, in Swedish.

    `decision`: the text reads like the county board's decision to grant money.
    """

    kind: DocumentKind
    confidence: float
    reason: str
    decision: bool = False


@dataclass(frozen=True, slots=True)
class _Heard:
    points: float
    words: tuple[tuple[float, str], ...]


def decide_kind(text: str, kinds: Kinds | None = None) -> Verdict:
    """Return the most likely kind of a document that is not a filled-in form."""
    kinds = kinds or load_kinds()
    original = _SPACES.sub(" ", text[:READ]).strip()
    flat = fold(original)
    heard = {s.id: _hear(original, flat, s) for s in kinds.signals}
    points = {name: h.points for name, h in heard.items()}
    for trait in kinds.absent:
        points[trait.id] = trait.points if points[trait.signal] < trait.below else 0.0
    letters = len(text)
    points["length"] = max(0.0, letters / kinds.pages_letters - 1.0) * 2
    points["short"] = 1.5 if letters < kinds.short_letters else 0.0
    scores = {
        k.kind: k.bias + sum(w * points[n] for n, w in k.weights.items()) for k in kinds.kinds
    }
    best = max(scores, key=lambda kind: scores[kind])
    total = sum(math.exp(s - scores[best]) for s in scores.values())
    chosen = next(k for k in kinds.kinds if k.kind == best)
    speaks = [
        (points * chosen.weights[name], quote)
        for name, h in heard.items()
        if chosen.weights.get(name, 0) > 0
        for points, quote in h.words
    ]
    decision = points.get(DECISION, 0.0) >= DECIDED
    return Verdict(best, round(1 / total, 3), _reason(chosen.label, speaks), decision)


def _hear(original: str, flat: str, signal: Signal) -> _Heard:
    total = 0.0
    words: list[tuple[float, str]] = []
    if signal.longest and len(flat) > signal.longest:
        return _Heard(0.0, ())
    for cue in signal.cues:
        zone = flat[:HEAD] if cue.where == "head" else flat[:TOP] if cue.where == "top" else flat
        hits = 0
        for match in _pattern(cue.find).finditer(zone):
            if not hits:
                words.append((cue.points, original[match.start() : match.end()][:70]))
            hits += 1
            if hits == cue.times:
                break
        total += cue.points * hits
    return _Heard(min(total, signal.cap), tuple(words))


def _reason(label: str, speaks: list[tuple[float, str]]) -> str:
    quotes = dict.fromkeys(q.strip() for _, q in sorted(speaks, reverse=True) if q.strip())
    if not quotes:
        return f"Läses som {label}: inget talar för en blankett, redovisning eller ansökan."
    return f"Läses som {label}: " + ", ".join(f"”{q}”" for q in list(quotes)[:3]) + "."


@cache
def _pattern(find: str) -> re.Pattern[str]:
    return re.compile(find)
