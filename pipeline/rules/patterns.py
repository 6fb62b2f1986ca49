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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import NamedTuple

from spacy.tokens import Doc, Span

from pipeline.language.swedish import whole_text
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
    """A pattern of two places or more: its first word has been found before it is tried.

    `need`: one of these atoms must stand right after that (`next`) or somewhere in the sentence, or
    the pattern is not tried at all (speed).
    """

    key: str
    words: tuple[Place, ...]
    next: bool
    need: frozenset[int]

    @classmethod
    def of(cls, key: str, words: tuple[Place, ...]) -> _Pattern:
        """Return the pattern with what it needs: its second word, or the last that is certain."""
        certain = [bool(word.atoms) and not word.optional for word in words]
        if len(words) > 1 and certain[1]:
            return cls(key, words, True, words[1].atoms)
        last = max(i for i, sure in enumerate(certain) if sure)
        return cls(key, words, False, words[last].atoms)


class Matcher:
    """Many patterns under keys, found together.

    The kinds of words a token can be are looked up once per word form, for all matchers together,
    so the cost of a text hardly depends on the number of patterns.
    """

    def __init__(self, patterns: Mapping[str, Sequence[str]], *, source: str = "") -> None:
        """Compile; raises PatternError with every fault, one a line."""
        own: set[int] = {END}  # the atoms of these patterns, but for those that only begin one
        starts: dict[int, list[_Pattern]] = defaultdict(list)
        faults = []
        for key, texts in patterns.items():
            for text in texts:
                try:
                    compiled = _Pattern.of(key, tuple(read_pattern(text, ATOMS)))
                except PatternError as error:
                    faults.append(f"{source}{': ' if source else ''}{key}: {text!r}: {error}")
                    continue
                own.update(compiled.need, *(word.atoms for word in compiled.words[1:]))
                for atom in compiled.words[0].atoms:
                    starts[atom].append(compiled)
        if faults:
            raise PatternError("\n".join(faults))
        self._forms = _Forms(frozenset(own), starts)

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
        begun = [(i, form) for i, form in enumerate(forms) if form.begins]
        if not begun:
            return ()
        kinds = [*[form.kind for form in forms], CLAUSE_END]
        present = frozenset[int]().union(*[form.needed for form in forms if form.needed])
        found: list[tuple[int, int, str]] = []  # from, minus to, key: sorted, the longest is first
        longer: dict[str, set[tuple[int, int]]] = defaultdict(set)  # of several words, by key
        for i, (_, _, keys, nearby, later, _) in begun:
            for key in keys:
                found.append((i, -i - 1, key))
            tried = [nearby[atom] for atom in nearby.keys() & kinds[i + 1]] if nearby else []
            if present and later:
                tried += [later[atom] for atom in later.keys() & present]
            for pattern in chain.from_iterable(tried):
                reach = _match(pattern.words, 1, kinds, i + 1)
                if reach > i:
                    longer[pattern.key].add((i, -reach))
        if longer:
            found = _without_overlaps(found, longer)
        found.sort()
        starts, ends = words.starts, words.ends
        return [Match(key, starts[first + i], ends[first - j - 1]) for i, j, key in found]


class _Form(NamedTuple):
    """A word form to one matcher: what it can be, and the patterns that begin with it.

    `needed`: what patterns need of it anywhere in their sentence. `keys`: of the patterns of this
    word alone. `next` and `later`: the longer ones, by what they need right after it and anywhere.
    """

    kind: frozenset[int]
    needed: frozenset[int]
    keys: tuple[str, ...]
    next: Mapping[int, Sequence[_Pattern]]
    later: Mapping[int, Sequence[_Pattern]]
    begins: bool


class _Forms(dict[str, _Form]):
    """Each word form met so far, to one matcher; others are looked up when they are asked for."""

    def __init__(self, own: frozenset[int], starts: Mapping[int, Sequence[_Pattern]]) -> None:
        super().__init__()
        self._own = own
        self._starts = starts
        every = (p for begun in starts.values() for p in begun if not p.next and len(p.words) > 1)
        self._needed = frozenset(atom for pattern in every for atom in pattern.need)

    def __missing__(self, text: str) -> _Form:
        atoms = ATOMS.of(text)
        begun = [p for atom in atoms & self._starts.keys() for p in self._starts[atom]]
        keys = {p.key for p in begun if len(p.words) == 1}
        near: dict[int, list[_Pattern]] = defaultdict(list)
        later: dict[int, list[_Pattern]] = defaultdict(list)
        for pattern in begun:
            for atom in pattern.need if len(pattern.words) > 1 else ():
                (near if pattern.next else later)[atom].append(pattern)
        kind, needed = atoms & self._own, atoms & self._needed
        form = _Form(kind, needed, tuple(keys), dict(near), dict(later), bool(begun))
        self[text] = form
        return form


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
