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

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from spacy.tokens import Doc, Span

from pipeline.language.swedish import whole_text
from pipeline.rules.pattern_syntax import Place, read_pattern
from pipeline.rules.pattern_words import ATOMS, END, PatternError

ROW = "samverkan_row"
CLAUSE_END = frozenset({END})
ALWAYS = 1  # a bit that is set in whatever stands ahead: for patterns that need nothing more


class Match(NamedTuple):
    """A pattern's words in a text: `start_char:end_char` are offsets into `doc.text`."""

    key: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern, tried where its word `at` is met: the first, or the second after any word (speed).

    One of several words is not tried (speed) unless one of the atoms `need` stands right after that
    (`next`), or else anywhere from there on, and one of `also`, if any, anywhere from there on.
    """

    key: str
    words: tuple[Place, ...]
    at: int
    next: bool
    need: frozenset[int]
    also: frozenset[int]

    @classmethod
    def of(cls, key: str, words: tuple[Place, ...]) -> _Pattern:
        """Return the pattern with what it needs: its next word, or the last that is certain.

        `also` is the last certain one besides. Raises PatternError where no word is certain.
        """
        certain = [i for i, word in enumerate(words) if word.atoms and not word.optional]
        if not certain:
            raise PatternError("mönstret har inget ord")
        at = int(ATOMS.any in words[0].atoms and 1 in certain)
        need = at + 1 if at + 1 in certain else certain[-1]
        others = [words[i].atoms for i in certain if i > at and i != need]
        also = others[-1] if others else frozenset[int]()
        return cls(key, words, at, need == at + 1, words[need].atoms, also)


_Tried = tuple[_Pattern, int]  # with the bits of `also`


class Matcher:
    """Many patterns under keys, found together.

    The kinds of words a token can be are looked up once per word form, for all matchers together,
    so the cost of a text hardly depends on the number of patterns.
    """

    def __init__(self, patterns: Mapping[str, Sequence[str]], *, source: str = "") -> None:
        """Compile; raises PatternError with every fault, one a line."""
        compiled, faults = [], []
        for key, texts in patterns.items():
            for text in texts:
                try:
                    compiled.append(_Pattern.of(key, tuple(read_pattern(text, ATOMS))))
                except PatternError as error:
                    faults.append(f"{source}{': ' if source else ''}{key}: {text!r}: {error}")
        if faults:
            raise PatternError("\n".join(faults))
        self._forms = _Forms(compiled)

    def find(self, sentence: Span) -> Sequence[Match]:
        """Return matches in text order; the longest wins where two of one key overlap."""
        words = row(sentence.doc)
        place = words.place[sentence.start], words.place[sentence.end]
        known = words.found[self]
        found = known.get(place)
        if found is None:
            found = known[place] = self._find(words, *place)
        return found

    def _find(self, words: Row, first: int, end: int) -> Sequence[Match]:
        forms = list(map(self._forms.__getitem__, words.texts[first:end]))
        met = [i for i, form in enumerate(forms) if form.tries]
        if not met:
            return ()
        kinds = [*[form.kind for form in forms], CLAUSE_END]
        found: list[tuple[int, int, str]] = []  # from, minus to, key: sorted, the longest is first
        longer: dict[str, set[tuple[int, int]]] = defaultdict(set)  # of several words, by key
        ahead, seen = ALWAYS, len(forms)  # what is needed and stands at `i` or after it
        for i in reversed(met):
            form = forms[i]
            for key in form.keys:
                found.append((i, -i - 1, key))
            for j in range(i, seen):
                ahead |= forms[j].needed
            seen = i
            tried: list[_Tried] = []
            if not form.near.isdisjoint(kinds[i + 1]):
                for atom in form.near & kinds[i + 1]:
                    tried += form.next[atom]
            there = form.far & ahead
            while there:
                lowest = there & -there
                there ^= lowest
                tried += form.later[lowest]
            for pattern, also in tried:
                if also & ahead:
                    start = i - pattern.at
                    reach = _match(pattern.words, 0, kinds, start) if start >= 0 else -1
                    if reach > start:
                        longer[pattern.key].add((start, -reach))
        if longer:
            found = _without_overlaps(found, longer)
        found.sort()
        starts, ends = words.starts, words.ends
        return [Match(key, starts[first + i], ends[first - j - 1]) for i, j, key in found]


@dataclass(slots=True)
class _Form:
    """A word form to one matcher: what it can be, and the patterns that are tried where it stands.

    `needed`: the bits of what it is that patterns need anywhere ahead. `keys`: of the patterns of
    this word alone. `next` and `later`: the longer ones by what they need, an atom right after it
    or a bit anywhere ahead; `near` and `far` are all of these.
    """

    kind: frozenset[int] = frozenset()
    needed: int = 0
    keys: Sequence[str] = ()
    near: frozenset[int] = frozenset()
    next: Mapping[int, Sequence[_Tried]] = field(default_factory=dict)
    far: int = 0
    later: Mapping[int, Sequence[_Tried]] = field(default_factory=dict)
    tries: bool = False


class _Forms(dict[str, _Form]):
    """Each word form met so far, to one matcher; others are looked up when they are asked for."""

    def __init__(self, patterns: Sequence[_Pattern]) -> None:
        super().__init__()
        several = [p for p in patterns if len(p.words) > 1]
        self._own = frozenset({END}).union(*(word.atoms for p in several for word in p.words))
        needed = [p.also if p.next else p.need | p.also for p in several]
        self._bits = {a: ALWAYS << i for i, a in enumerate(sorted(frozenset().union(*needed)), 1)}
        self._tried: dict[int, dict[int, _Tried]] = defaultdict(dict)  # by atom, then by number
        for number, pattern in enumerate(patterns):
            also = self._all(pattern.also) or ALWAYS
            for atom in pattern.words[pattern.at].atoms:
                self._tried[atom][number] = pattern, also
        self._nothing = _Form()

    def __missing__(self, text: str) -> _Form:
        atoms = ATOMS.of(text)
        kind, met = atoms & self._own, atoms & self._tried.keys()
        self[text] = form = self._form(kind, met) if kind or met else self._nothing
        return form

    def _form(self, kind: frozenset[int], met: Iterable[int]) -> _Form:
        patterns = {number: tried for atom in met for number, tried in self._tried[atom].items()}
        keys: set[str] = set()
        near: dict[int, list[_Tried]] = defaultdict(list)
        later: dict[int, list[_Tried]] = defaultdict(list)
        for tried in patterns.values():
            pattern = tried[0]
            if len(pattern.words) == 1:
                keys.add(pattern.key)
                continue
            for atom in pattern.need:
                if pattern.next:
                    near[atom].append(tried)
                else:
                    later[self._bits[atom]].append(tried)
        return _Form(
            kind,
            self._all(kind & self._bits.keys()),
            tuple(keys),
            frozenset(near),
            dict(near),
            sum(later),
            dict(later),
            bool(patterns),
        )

    def _all(self, atoms: Iterable[int]) -> int:
        return sum(self._bits[atom] for atom in atoms)


@dataclass(frozen=True, slots=True)
class Row:
    """A Doc's words without white space; `place[i]` is where token i stands, or the next one.

    `found`: by matcher, the matches in each stretch of words that has been asked for.
    """

    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    place: tuple[int, ...]
    found: dict[Matcher, dict[tuple[int, int], Sequence[Match]]]


def row(doc: Doc) -> Row:
    """Return a Doc's words, read once for all matchers: spaCy builds a Token at each look."""
    known: Row | None = doc.user_data.get(ROW)
    if known is None:
        text = whole_text(doc)
        table = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).tolist()
        place = (0, *accumulate(1 - is_space for _, _, is_space in table))
        starts = tuple(i for i, _, is_space in table if not is_space)
        ends = tuple(i + size for i, size, is_space in table if not is_space)
        texts = tuple(text[i:j] for i, j in zip(starts, ends, strict=True))
        known = doc.user_data[ROW] = Row(texts, starts, ends, place, defaultdict(dict))
    return known


def _match(words: Sequence[Place], at: int, kinds: Sequence[frozenset[int]], i: int) -> int:
    """Return the furthest token index after a match of `words[at:]` from token `i`, or -1."""
    while at < len(words):
        word = words[at]
        if word.end:
            return i if i < len(kinds) and END in kinds[i] else -1
        if word.gap:
            return _after_gap(words, at, kinds, i)
        here = i < len(kinds) and not word.atoms.isdisjoint(kinds[i])
        if word.optional:
            reach = _match(words, at + 1, kinds, i + 1) if here else -1
            return max(reach, _match(words, at + 1, kinds, i))
        if not here:
            return -1
        at, i = at + 1, i + 1
    return i


def _after_gap(words: Sequence[Place], at: int, kinds: Sequence[frozenset[int]], i: int) -> int:
    """Return the same where `words[at]` is a gap; what comes after it is looked for first."""
    after = words[at + 1]
    places = range(i, i + min(words[at].gap, len(kinds) - 1 - i) + 1)
    if after.atoms and not after.optional:
        found = [j for j in places if not after.atoms.isdisjoint(kinds[j])]
        return max([_match(words, at + 2, kinds, j + 1) for j in found], default=-1)
    return max([_match(words, at + 1, kinds, j) for j in places], default=-1)


def _without_overlaps(
    single: Sequence[tuple[int, int, str]], longer: Mapping[str, set[tuple[int, int]]]
) -> list[tuple[int, int, str]]:
    """Return all matches, of one word and of several; of one key the longest where two overlap."""
    kept = []
    for one in single:
        ranges = longer.get(one[2])
        if ranges is None:
            kept.append(one)
        else:
            ranges.add(one[:2])
    for key, ranges in longer.items():
        kept += [(i, j, key) for i, j in (_longest(ranges) if len(ranges) > 1 else ranges)]
    return kept


def _longest(ranges: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    for i, j in sorted(ranges, key=lambda r: (r[0] + r[1], r[0])):
        if all(-j <= a or i >= -b for a, b in taken):
            taken.append((i, j))
            yield i, j
