"""Places where a label of the form may stand: fuzzy matches, weighed for and against."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from corpus.types import Document
from pipeline.parse.fold import Folded
from pipeline.parse.guesses import beside_boxes, short_lines
from pipeline.parse.slots import Layout, Phrase, Slot
from pipeline.parse.starts import Start, labels_of_ticked_rows, opening, places
from pipeline.parse.tails import SMALL, bare_end, tail_end

PREFIX = 16  # folded letters compared before a match is tried in full
GUESSED_BOX, GUESSED_LINE = 4.4, 2.0  # scores of labels known by key words alone
OPENING = 6  # folded letters by which the instruction after a label is known
ENDED = 0.06  # likeness that words beyond a question mark must add to count as the label's
INSIDE = 8  # an option this long is recognised inside a line where its own instruction follows
LONG = 24  # a wording this long is recognised anywhere, even inside a line
_SIGN_AFTER = re.compile(
    r"[ \t:.,?\-–)_]{1,6}(?:[xX✓✔✗☐☒☑]|\[[ xX]?\]|\([ xX]?\))[ \t.]*(?:\n|\t|$)"
)
_RUNS_ON = re.compile(r"[ ][a-zåäö]+[ ,]")
_AFTER = re.compile(r"[\s*_>»”\"')\]]*(?P<colon>[:?])?[ \t*_>»”\"')\]:.|]*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be the label of `slot`.

    `start` is where its line prefix (number, box) begins, `label` where its words begin, `end`
    where they end; all offsets in the text. `score` weighs everything that speaks for it.
    """

    slot: Slot
    start: int
    label: int
    end: int
    score: float
    similarity: float
    length: int
    own_line: bool
    weak: bool
    numbered: bool
    boxed: bool
    guessed: bool = False


def candidates(document: Document, words: Folded, form: Layout) -> list[Candidate]:
    """Return every plausible label of the form in the document, in order of position."""
    starts = places(document, words)
    by_word = {s.word: s for s in starts}
    any_boxes = any(page.ticks for page in document.pages)
    openings = frozenset(text[:OPENING] for text in form.instructions if len(text) >= OPENING)
    found: dict[tuple[int, int], Candidate] = {}
    for word, phrase in _pairs(words, form.phrases, list(by_word)):
        match = _fit(words, word, phrase.text)
        if match is None:
            continue
        first = word if word in by_word else opening(words, word, by_word)
        start = by_word.get(first)
        candidate = _judge(words, form, start, first, phrase, match, any_boxes, openings)
        if candidate is None:
            continue
        key = (first, phrase.slot.index)
        if key not in found or _better(candidate, found[key]):
            found[key] = candidate
    for guess in _guesses(document, words, form, starts):
        found.setdefault((words.word_at(guess.label), guess.slot.index), guess)
    return sorted(found.values(), key=lambda c: (c.label, -c.score))


def _guesses(
    document: Document, words: Folded, form: Layout, starts: list[Start]
) -> Iterator[Candidate]:
    """Yield labels known by key words alone; they weigh less than any known wording."""
    by_word = {s.word: s for s in starts}
    ticks = [t.start for page in document.pages for t in page.ticks]
    beside = labels_of_ticked_rows(document, words)
    boxed = [
        s.word for s in starts if s.boxed or s.word in beside or _before_tick(words, s.word, ticks)
    ]
    for word, slot, end in beside_boxes(words, form, boxed):
        end = tail_end(words, form.form, end)
        yield _guess(by_word[word], slot, words.starts[word], end, GUESSED_BOX)
    for word, slot, end in short_lines(words, form, [s.word for s in starts if s.fresh]):
        start = by_word[word]
        score = GUESSED_LINE + 1.0 * start.heading + 0.8 * bool(start.number)
        score += 0.5 * (words.text[end - 1] in ":?")
        yield _guess(start, slot, words.starts[word], end, score)


def _before_tick(words: Folded, word: int, ticks: list[int]) -> bool:
    """True when the line that begins with `word` is followed at once by a tick."""
    begin = words.starts[word]
    stop = words.text.find("\n", begin)
    at = bisect_left(ticks, begin)
    return at < len(ticks) and stop - begin < 80 and not words.text[stop : ticks[at]].strip()


def _guess(start: Start, slot: Slot, label: int, end: int, score: float) -> Candidate:
    numbered = bool(start.number) and start.number in slot.numbers
    score += 0.7 * numbered
    return Candidate(
        slot,
        start.lead,
        label,
        end,
        score,
        0.7,
        end - label,
        True,
        True,
        numbered,
        start.boxed,
        guessed=True,
    )


def _pairs(
    words: Folded, phrases: tuple[Phrase, ...], starts: list[int]
) -> list[tuple[int, Phrase]]:
    """Return (word, phrase) pairs whose first letters agree well enough to look closer."""
    pairs: list[tuple[int, Phrase]] = []
    everywhere = list(range(len(words.starts)))
    buckets: dict[tuple[int, bool], list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        inside = len(phrase.text) >= (INSIDE if phrase.slot.role == "option" else LONG)
        buckets[min(len(phrase.text), PREFIX), inside].append(phrase)
    for (length, inside), bucket in buckets.items():
        where = everywhere if inside else starts
        if not where:
            continue
        windows = [words.joined[words.at[w] : words.at[w] + length] for w in where]
        cutoff = 0 if length <= 4 else ceil(length * 0.3)
        distance = process.cdist(
            windows,
            [p.text[:length] for p in bucket],
            scorer=Levenshtein.distance,
            score_cutoff=cutoff,
            dtype=np.uint8,
        )
        for row, column in np.argwhere(distance <= cutoff).tolist():
            pairs.append((where[row], bucket[column]))
    return pairs


def _fit(words: Folded, word: int, phrase: str) -> tuple[int, float] | None:
    """Return (word after the label, similarity) of the best end for the phrase, or None."""
    base = words.at[word]
    low, high = base + int(len(phrase) * 0.75) - 2, base + int(len(phrase) * 1.25) + 3
    best: tuple[int, float] | None = None
    floor, margin = _floor(len(phrase)), 0.0
    for last in range(word + 1, min(word + 60, len(words.at))):
        reach = words.at[last]
        if reach < low:
            continue
        if reach > high:
            break
        similarity = Levenshtein.normalized_similarity(words.joined[base:reach], phrase)
        if similarity < floor:
            continue
        if best is None or similarity > best[1] + margin:
            best = (last, similarity)
            # A question that ends here ends the label: "… beviljats?" + "se ovan" fits no better.
            ended = words.text[words.ends[last - 1] : words.ends[last - 1] + 1] in ("?", "\n", "")
            margin = ENDED if ended else 0.0
    return best


def _floor(length: int) -> float:
    if length <= 4:
        return 1.0
    if length <= 9:
        return 0.86
    return 0.82 if length <= 20 else 0.78


def _judge(
    words: Folded,
    form: Layout,
    start: Start | None,
    word: int,
    phrase: Phrase,
    match: tuple[int, float],
    any_boxes: bool,
    openings: frozenset[str],
) -> Candidate | None:
    """Weigh one match; None where nothing but chance speaks for it."""
    last, similarity = match
    end = words.ends[last - 1]
    role = phrase.slot.role
    if role == "option" or (start is not None and role in ("question", "section")):
        end = tail_end(words, form.form, end)
        if start is not None and start.boxed and phrase.slot.bare:
            end = bare_end(words, end)
        last = words.word_at(end)
    length = len(phrase.text)
    after = _AFTER.match(words.text, end)
    stop = after.end() if after else end
    own_line = stop >= len(words.text) or "\n" in words.text[end : stop + 1]
    if start is not None and role == "option" and _SIGN_AFTER.match(words.text, end):
        own_line, start = True, replace(start, boxed=True)
    instructed = words.joined[words.at[last] : words.at[last] + OPENING] in openings
    own_line = own_line or instructed
    colon = bool(after and after.group("colon"))
    if (
        start is None
        and length < LONG
        and not ((instructed or colon) and _apart(words, word) and similarity >= 0.9)
    ):
        return None
    score = _worth(length) * (similarity - 0.5) * 2
    numbered = False
    if start is None:
        if similarity < 0.86:
            return None
        score -= 2.0
    else:
        numbered = bool(start.number) and start.number in phrase.slot.numbers
        score += 1.5 * numbered + 1.0 * start.heading
        if role == "option":
            score += 2.5 if start.boxed else (-1.0 if any_boxes else 0.0)
    if own_line:
        score += 2.0
    elif colon:
        score += 1.5
    elif not (role == "option" and start is not None and start.boxed):
        if role == "option" and any_boxes and _RUNS_ON.match(words.text, end):
            return None  # "Samverkan ska integreras genom …": an answer that begins like a box.
        penalty = _running(words, end, role, length)
        score -= min(penalty, 1.0) if start is not None and start.number else penalty
    if (start is None or not start.boxed) and _continues(words.text, words.starts[word]):
        score -= 2.5
    beside = start is not None and start.number and words.text[end : end + 2].strip()[:1].isupper()
    if phrase.weak and not (own_line or beside or (colon and start is not None)):
        return None
    if score <= 0:
        return None
    lead = start.lead if start is not None else words.starts[word]
    return Candidate(
        phrase.slot,
        lead,
        words.starts[word],
        end,
        score,
        similarity,
        length,
        own_line,
        phrase.weak,
        numbered,
        start is not None and start.boxed,
    )


def _apart(words: Folded, word: int) -> bool:
    """True for a capital after a word that ends a thought: not "tillsammans med Kyrkor …"."""
    at = words.starts[word]
    before = words.joined[words.at[word - 1] : words.at[word]] if word else ""
    between = words.text[words.ends[word - 1] : at] if word else ""
    return words.text[at].isupper() and before not in SMALL and not set(between) & set(",/(-&")


def _worth(length: int) -> float:
    return 5.0 if length >= LONG else 3.5 if length >= 14 else 2.2 if length >= 8 else 1.2


def _running(words: Folded, end: int, role: str, length: int) -> float:
    """Return the penalty for words that go on after a label on the same line."""
    rest = words.text[end : end + 90].split("\n", 1)[0]
    if rest.startswith((",", ".")) or re.match(r"\s+(?:är|var)\b", rest):
        return 4.0
    if role == "header" and len(rest) < 60:
        return 0.5
    lower = rest.lstrip()[:1].islower()
    if length >= LONG and role != "option":
        return 1.0 if lower else 0.0
    return 1.0 if rest[:1] in "\t|(" or (role != "option" and not lower) else 3.0


def _continues(text: str, at: int) -> bool:
    """True when the words at `at` go on with a sentence of the line before."""
    before = text[max(0, at - 40) : at].rstrip()
    return text[at].islower() and bool(before) and (before[-1].islower() or before[-1] == ",")


def _better(a: Candidate, b: Candidate) -> bool:
    """A longer wording of the same label wins unless it fits clearly worse."""
    if (a.end > b.end) != (a.length > b.length):
        return a.score > b.score
    longer, shorter, sign = (a, b, True) if a.length > b.length else (b, a, False)
    return sign if longer.similarity >= shorter.similarity - 0.15 else not sign
