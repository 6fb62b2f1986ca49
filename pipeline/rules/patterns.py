"""The one pattern syntax of the house: words in a row, matched on text or lemma.

    ord         a word, as written or by lemma, case ignored
    ord* *ord *ord*   a word that begins with, ends with, holds `ord` (compounds); * is any word
    a|b         either; each may hold stars, none a blank: "a|b c|d" is either, then either
    ord?        may be missing
    ..  ..3     a gap of up to 4 (or 3) words inside the sentence
    "Exakt Ord" exactly these words, case and all
    $           last in a pattern: the clause ends here (punctuation, och/men/för/utan, or the end)

A pattern neither begins nor ends with something that may be missing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from spacy.tokens import Doc, Span

from pipeline.rules.pattern_syntax import Place, read_pattern
from pipeline.rules.pattern_words import ATOMS, END, PatternError

ROW = "samverkan_row"
CLAUSE_END = frozenset({END})


class Match(NamedTuple):
    """A pattern's words in a text: `start_char:end_char` are offsets into `doc.text`."""

    key: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    """`need`: one of these atoms must be in the sentence, or the pattern is not tried (speed)."""

    key: str
    words: tuple[Place, ...]
    need: frozenset[int]

    @classmethod
    def of(cls, key: str, words: tuple[Place, ...]) -> _Pattern:
        """Return the pattern, its last certain word as what it needs."""
        return cls(key, words, next(w.atoms for w in words[::-1] if w.atoms and not w.optional))


class Matcher:
    """Many patterns under keys, found together.

    The kinds of words a token can be are looked up once per word form, for all matchers together,
    so the cost of a text hardly depends on the number of patterns.
    """

    def __init__(self, patterns: Mapping[str, Sequence[str]], *, source: str = "") -> None:
        """Compile; raises PatternError with every fault, one a line."""
        self._own: set[int] = {END}  # the atoms of these patterns
        self._starts: dict[int, list[_Pattern]] = defaultdict(list)
        self._forms: dict[str, _Form] = {}  # by word form, for this matcher's patterns
        faults = []
        for key, texts in patterns.items():
            for text in texts:
                try:
                    compiled = _Pattern.of(key, tuple(read_pattern(text, ATOMS)))
                except PatternError as error:
                    faults.append(f"{source}{': ' if source else ''}{key}: {text!r}: {error}")
                    continue
                self._own.update(*(word.atoms for word in compiled.words))
                for atom in compiled.words[0].atoms:
                    self._starts[atom].append(compiled)
        if faults:
            raise PatternError("\n".join(faults))

    def find(self, sentence: Span) -> Sequence[Match]:
        """Return matches in text order; the longest wins where two of one key overlap."""
        words = _row(sentence.doc)
        place = words.place[sentence.start], words.place[sentence.end]
        read = self._read(words)
        found = read.found.get(place)
        if found is None:
            found = read.found[place] = self._find(words, read, *place)
        return found

    def _find(self, words: _Row, read: _Read, first: int, end: int) -> Sequence[Match]:
        begun = read.begins[bisect_left(read.begins, first) : bisect_left(read.begins, end)]
        if not begun:
            return ()
        kinds = [*(form.kind for form in read.forms[first:end]), CLAUSE_END]
        present = frozenset[int]().union(*kinds)
        found: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for place in begun:
            i, form = place - first, read.forms[place]
            for key in form.keys:
                found[key].add((i, i + 1))
            for atom in form.begins.keys() & present:
                for pattern in form.begins[atom]:
                    reach = _match(pattern.words, 1, kinds, i + 1)
                    if reach > i:
                        found[pattern.key].add((i, reach))
        matches = [
            Match(key, words.starts[first + i], words.ends[first + j - 1])
            for key, ranges in found.items()
            for i, j in (_longest(ranges) if len(ranges) > 1 else ranges)
        ]
        return sorted(matches, key=lambda m: (m.start_char, -m.end_char, m.key))

    def _read(self, words: _Row) -> _Read:
        """Return what the doc's words are to this matcher, looked up once for all sentences."""
        read = words.read.get(self)
        if read is None:
            for text in words.forms.difference(self._forms):
                self._forms[text] = self._form(text)
            forms = [self._forms[text] for text in words.texts]
            begins = [i for i, form in enumerate(forms) if form.keys or form.begins]
            read = words.read[self] = _Read(forms, begins)
        return read

    def _form(self, text: str) -> _Form:
        kind = ATOMS.of(text) & self._own
        begun = [p for atom in kind & self._starts.keys() for p in self._starts[atom]]
        keys = {p.key for p in begun if len(p.words) == 1}
        longer: dict[int, list[_Pattern]] = defaultdict(list)
        for pattern in begun:
            for atom in pattern.need if len(pattern.words) > 1 else ():
                longer[atom].append(pattern)
        return _Form(kind, tuple(keys), longer)


class _Form(NamedTuple):
    """A word form to one matcher: what it can be, and the patterns that begin with it.

    `keys`: of the patterns of this word alone. `begins`: the longer ones, by what they need.
    """

    kind: frozenset[int]
    keys: tuple[str, ...]
    begins: Mapping[int, Sequence[_Pattern]]


@dataclass(frozen=True, slots=True)
class _Read:
    """A Doc's words to one matcher, and which of them begin a pattern.

    `found`: the matches in each stretch of words that has been asked for.
    """

    forms: Sequence[_Form]
    begins: Sequence[int]
    found: dict[tuple[int, int], Sequence[Match]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    """A Doc's words without white space; `place[i]` is where token i stands, or the next one.

    `read`: what each matcher made of them.
    """

    texts: tuple[str, ...]
    forms: frozenset[str]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    place: tuple[int, ...]
    read: dict[Matcher, _Read] = field(default_factory=dict)


def _row(doc: Doc) -> _Row:
    """Return a Doc's words, read once for all matchers: spaCy builds a Token at each look."""
    row: _Row | None = doc.user_data.get(ROW)
    if row is None:
        words = [(t.text, t.idx) for t in doc if not t.is_space]
        place = [0, *accumulate(int(not t.is_space) for t in doc)]
        texts, starts = tuple(w for w, _ in words), tuple(i for _, i in words)
        ends = tuple(i + len(w) for w, i in words)
        row = doc.user_data[ROW] = _Row(texts, frozenset(texts), starts, ends, tuple(place))
    return row


def _match(words: Sequence[Place], at: int, kinds: Sequence[frozenset[int]], i: int) -> int:
    """Return the furthest token index after a match of `words[at:]` from token `i`, or -1."""
    if at == len(words):
        return i
    word = words[at]
    if word.end:
        return i if i < len(kinds) and END in kinds[i] else -1
    if word.gap:
        reach = range(min(word.gap, len(kinds) - 1 - i), -1, -1)
        return max((_match(words, at + 1, kinds, i + k) for k in reach), default=-1)
    best = -1
    if i < len(kinds) and not word.atoms.isdisjoint(kinds[i]):
        best = _match(words, at + 1, kinds, i + 1)
    if word.optional:
        best = max(best, _match(words, at + 1, kinds, i))
    return best


def _longest(ranges: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    for i, j in sorted(ranges, key=lambda r: (r[0] - r[1], r[0])):
        if all(j <= a or i >= b for a, b in taken):
            taken.append((i, j))
            yield i, j
