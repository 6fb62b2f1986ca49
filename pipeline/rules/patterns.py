"""The one pattern syntax of the house: words in a row, matched on text or lemma.

    ord         a word, as written or by lemma, case ignored
    ord* *ord *ord*   a word that begins with, ends with, holds `ord` (compounds); * is any word
    a|b         either; each may hold stars
    ord?        may be missing
    ..  ..3     a gap of up to 4 (or 3) words inside the sentence
    "Exakt Ord" exactly these words, case and all
    $           last in a pattern: the clause ends here (punctuation, och/men/för/utan, or the end)

A pattern neither begins nor ends with something that may be missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from spacy.tokens import Doc, Span

from pipeline.language.lemmas import lemma
from pipeline.language.swedish import pipeline

DEFAULT_GAP = 4
LONGEST_GAP = 12
CLAUSE_ENDERS = frozenset({"och", "men", "samt", "för", "utan", "eller", "fast"})
ROW = "samverkan_row"
END = -1
CLAUSE_END = frozenset({END})
ITEM = re.compile(r'"[^"]*"[^\s]*|\S+')


class PatternError(ValueError):
    """A pattern that cannot be read. The message names the file or entry, and the pattern."""


class Match(NamedTuple):
    """A pattern's words in a text: `start_char:end_char` are offsets into `doc.text`."""

    key: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class _Word:
    """One place in a pattern: any of `atoms` (ids), a gap of up to `gap` words, or a clause end."""

    atoms: frozenset[int] = frozenset()
    optional: bool = False
    gap: int = 0
    end: bool = False


@dataclass(frozen=True, slots=True)
class _Pattern:
    """`need`: one of these atoms must be in the sentence, or the pattern is not tried (speed)."""

    key: str
    words: tuple[_Word, ...]
    need: frozenset[int]

    @classmethod
    def of(cls, key: str, words: tuple[_Word, ...]) -> _Pattern:
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
                    compiled = _Pattern.of(key, tuple(_read(text, _ATOMS)))
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
        kind = _ATOMS.of(text) & self._own
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


class _Atoms:
    """The single words that all patterns ask for, and which of them a token is."""

    def __init__(self) -> None:
        self._exact: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._suffixes: dict[str, int] = {}
        self._parts: dict[str, int] = {}
        self._any: int | None = None
        self._count = 0
        self._known: dict[str, frozenset[int]] = {}  # by word form, as far as words are added

    def exact(self, word: str) -> int:
        return self._new(self._exact, word)

    def add(self, word: str) -> int:
        """Register `ord`, `ord*`, `*ord`, `*ord*` or `*` and return its id."""
        if word == "*":
            self._any = self._new({}, word) if self._any is None else self._any
            return self._any
        core = word.strip("*").lower()
        if not core or "*" in core:
            raise PatternError(f"stjärnan står fel i {word!r}")
        before, after = word.startswith("*"), word.endswith("*")
        if before and after:
            return self._new(self._parts, core)
        if before or after:
            return self._new(self._suffixes if before else self._prefixes, core)
        return self._new(self._words, core)

    def of(self, text: str) -> frozenset[int]:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = frozenset(self._look_up(text))
        return known

    def _look_up(self, surface: str) -> Iterator[int]:
        base = surface.partition(":")[0].removesuffix(".")  # "BUP:s", "psyk."
        if base and base != surface:
            yield from self._look_up(base)
        if surface in self._exact:
            yield self._exact[surface]
        if self._any is not None and any(c.isalnum() for c in surface):
            yield self._any
        lower = surface.lower()
        if lower in CLAUSE_ENDERS or not any(c.isalnum() for c in surface):
            yield END
        for form in {lower, lemma(lower)}:
            if form in self._words:
                yield self._words[form]
            size = len(form)
            for i in range(size):
                if (n := self._suffixes.get(form[i:])) is not None:
                    yield n
                if (n := self._prefixes.get(form[: i + 1])) is not None:
                    yield n
                if self._parts:
                    for j in range(i + 2, min(size, i + 24) + 1):
                        if (n := self._parts.get(form[i:j])) is not None:
                            yield n

    def _new(self, table: dict[str, int], word: str) -> int:
        if word not in table:
            table[word] = self._count
            self._count += 1
            self._known.clear()
        return table[word]


_ATOMS = _Atoms()


def _read(text: str, atoms: _Atoms) -> Iterator[_Word]:
    items = ITEM.findall(text)
    if not items:
        raise PatternError("mönstret är tomt")
    if text.count('"') % 2:
        raise PatternError("ett citattecken saknas")
    for place, item in enumerate(items):
        loose = False
        for word in _item(item, atoms):
            loose = bool(word.gap) or word.optional
            yield word
        if item == "$" and place != len(items) - 1:
            raise PatternError("$ får bara stå sist")
        if loose and place in (0, len(items) - 1):
            raise PatternError(f"mönstret får inte börja eller sluta med {item!r}")


def _item(item: str, atoms: _Atoms) -> Iterator[_Word]:
    if item.startswith('"'):
        if not item.endswith('"') or len(item) < 3:
            raise PatternError(f"{item!r} ska sluta med citattecken")
        for word in _tokens(item[1:-1]):
            yield _Word(frozenset({atoms.exact(word)}))
    elif item == "$":
        yield _Word(end=True)
    elif item.startswith(".."):
        if not re.fullmatch(r"\.\.\d*", item):
            raise PatternError(f"luckan skrivs .. eller ..3, inte {item!r}")
        size = int(item[2:] or DEFAULT_GAP)
        if not 0 < size <= LONGEST_GAP:
            raise PatternError(f"luckan {item!r} är inte 1–{LONGEST_GAP} ord")
        yield _Word(gap=size)
    else:
        optional = item.endswith("?") and item != "?"
        words = (item[:-1] if optional else item).split("|") if item != "|" else [item]
        if not all(words):
            raise PatternError(f"ett alternativ är tomt i {item!r}")
        for word in words:
            if len(_tokens(word.strip("*"))) > 1:
                raise PatternError(f"{word!r} är flera ord; skriv dem med blanksteg emellan")
        yield _Word(frozenset(atoms.add(w) for w in words), optional)


@cache
def _tokens(word: str) -> tuple[str, ...]:
    return tuple(t.text for t in pipeline().tokenizer(word) if not t.is_space)


def _match(words: Sequence[_Word], at: int, kinds: Sequence[frozenset[int]], i: int) -> int:
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
