"""Other municipalities as partners: "ihop med Åsele", but not "polisen i Åsele"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Span, Token

from annotations.lexicon import Entry
from annotations.places.places import load_places
from annotations.scope import load_scope
from corpus.months import MONTHS
from pipeline.language.verbs import is_finite
from pipeline.rules.entries import Hit

ENTRY = Entry(id="kommuner.ort", category="kommuner", patterns=(), weight=0.9)
PARTY = "#ort:"  # begins the key under which the names known so far hold a municipality
QUESTION = "aktor_kommuner"
OFTEN = 2  # so often a text names its own municipality
CLAUSE = 8  # words before a name in which "together" is looked for
DASHES = re.compile("[-–/]")


class _Name(NamedTuple):
    """A municipality's name: tokens `first` to `last`; `official` is its name in the table.

    `weak`: it needs "kommun" beside it; `own`: the sender; `joint`: "Åsele-Malå", the sender and
    another in one word.
    """

    first: int
    last: int
    weak: bool
    own: bool = False
    joint: bool = False
    official: str = ""


def find_places(tokens: Sequence[Token], question: str, own: str) -> tuple[Hit, ...]:
    """Return the other municipalities that stand as partners; `own` names the sender.

    `tokens` are the words of a sentence.
    """
    every = list(_names(tokens, own))
    names = [name for name in every if not name.own]
    if not names:
        return ()
    shared = _shared(tokens, every, question) if own else frozenset[int]()
    stands: list[bool] = []
    for i, name in enumerate(names):
        linked = i > 0 and stands[-1] and _linked(tokens, names[i - 1].last, name.first)
        listed = len(names) > 2 and _listed(tokens, names)
        known = linked or listed or name.first in shared
        stands.append(known or _stands(tokens, name, question))
    for i in range(len(names) - 2, -1, -1):  # "Åsele, Malå och vi delar"
        if stands[i + 1] and not _placed(tokens, names[i].first):
            stands[i] = stands[i] or _linked(tokens, names[i].last, names[i + 1].first)
    return tuple(
        Hit(
            ENTRY,
            tokens[name.first].idx,
            tokens[name.last].idx + len(tokens[name.last]),
            _text(tokens, name),
        )
        for name, standing in zip(names, stands, strict=True)
        if standing
    )


def _shared(tokens: Sequence[Token], names: Sequence[_Name], question: str) -> frozenset[int]:
    """Return where the names begin that stand in a list with the sender's own: "Åsele och vi".

    Such a list after "i" may only tell where something was.
    """
    words = load_scope().places
    found: set[int] = set()
    for run in _runs(tokens, names):
        if not any(name.own or name.joint for name in run):
            continue
        first = run[0].first
        near = tokens[first - 1].lower_ if first else ""
        ahead = tokens[first - 2].lower_ if first > 1 else ""
        theirs = near in words.at and ahead.startswith((*words.staff, *words.offices))
        theirs = theirs or (near in words.by and ahead.endswith(words.done))
        aimed = near in words.inside and question in words.aims_asked
        if near not in words.placed or theirs or aimed:
            found |= {name.first for name in run if not name.own}
    return frozenset(found)


def _runs(tokens: Sequence[Token], names: Sequence[_Name]) -> Iterator[list[_Name]]:
    """Yield the names in text order, those of a list together."""
    run = [names[0]]
    for name in names[1:]:
        if _linked(tokens, run[-1].last, name.first):
            run.append(name)
            continue
        yield run
        run = [name]
    yield run


def elsewhere(tokens: Sequence[Token], own: str, known: Mapping[str, Hit]) -> bool:
    """Whether a sentence begins by telling of another place: "I Åsele sitter även läkare med".

    Not where that is one of the parties `known` so far.
    """
    if not own or not tokens or tokens[0].text not in load_scope().places.opens:
        return False
    names = (n for n in _names(tokens, own) if n.first == 1 and not (n.own or n.joint))
    name = next(names, None)
    if name is None or name.weak or name.last + 1 >= len(tokens):
        return False
    if PARTY + _text(tokens, name) in known:
        return False
    return is_finite(tokens[name.last + 1])


def likely_sender(sentences: Sequence[Span]) -> str:
    """Return the municipality named most often, or "": the sender where no header names it.

    Named once a municipality is as likely a partner.
    """
    counts: Counter[str] = Counter()
    for sentence in sentences:
        tokens = [t for t in sentence if not t.is_space]
        counts.update(
            name.official
            for name in _names(tokens, "")
            if not (name.weak or name.own or name.joint)
        )
    name, times = max(counts.items(), key=lambda c: c[1], default=("", 0))
    return name if times >= OFTEN else ""


def _names(tokens: Sequence[Token], own: str) -> Iterator[_Name]:
    """Yield the names of municipalities in text order; `own` names the sender."""
    names, longest = place_table()
    begin = _first_words()
    i = 0
    while i < len(tokens):
        first = tokens[i].text
        if not first[0].isupper():
            i += 1
            continue
        may = first in begin or first[:-1] in begin
        for size in range(min(longest, len(tokens) - i) if may else 0, 0, -1):
            words = " ".join(t.text for t in tokens[i : i + size])
            code = names.get(words) or (names.get(words[:-1]) if words.endswith("s") else None)
            if code:
                ours = bool(own) and own in (code[0], code[1], words, words.removesuffix("s"))
                yield _Name(i, i + size - 1, code[2], ours, official=code[1])
                i += size - 1
                break
        else:
            if DASHES.search(first) and _joint(first, own):
                yield _Name(i, i, False, joint=_with(first, own))
        i += 1


def _text(tokens: Sequence[Token], name: _Name) -> str:
    """Return the whole name: "Lilla Edet", without an "s" of the genitive or "kommun" after it."""
    words = [t.text for t in tokens[name.first : name.last + 1]]
    if len(words) > 1 and words[-1].lower() in load_scope().places.after:
        words.pop()
    return " ".join(words).removesuffix("s")


def _joint(word: str, own: str) -> bool:
    """ "Åsele-Malå": names and nothing else, one of them another's than the sender."""
    parts = DASHES.split(word)
    names = place_table()[0]
    codes = [names.get(part) for part in parts]
    return len(parts) > 1 and all(codes) and any(code and own not in code[:2] for code in codes)


def _with(word: str, own: str) -> bool:
    """Whether the sender is one of the names: "Åsele-Malå", but not "bussen Malå-Vindeln"."""
    names = place_table()[0]
    return any(own in names[part][:2] for part in DASHES.split(word) if part in names)


def _stands(tokens: Sequence[Token], name: _Name, question: str) -> bool:
    words = load_scope().places
    first, last, weak = name.first, name.last, name.weak
    before = [t.lower_ for t in tokens[max(0, first - 3) : first]]
    after = tokens[last + 1].lower_ if last + 1 < len(tokens) else ""
    near = before[-1] if before else ""
    office = after in words.after or after.startswith(words.offices)
    office = office or (last > first and tokens[last].lower_ in words.after)
    listed = near in words.links | words.introduced
    if office and near not in words.aimed | words.inside and (listed or not weak):
        return True
    if after in words.after and near not in words.aimed:
        return True
    if question == QUESTION:
        elsewhere = near in words.placed - words.origin
        return not (elsewhere and len(before) > 1 and not before[-2].startswith(words.staff))
    if near in words.at and len(before) > 1 and before[-2] not in words.origin:
        if before[-2].startswith(words.staff):
            return True
        origin = near in words.origin
        if origin and not weak and before[-2] in load_scope().clauses.came:  # "tre kom från Åsele"
            return any(
                t.lower_.startswith(words.visitors) or t.text.isdigit()
                for t in tokens[max(0, first - CLAUSE) : first - 2]
            )
        if origin and (before[-2].startswith(words.visitors) or before[-2].isdigit()):
            return True
        lectures = after.startswith(load_scope().bystanders.lectures)
        if origin and _first_name(tokens[first - 2]) and not weak and not lectures:
            return True
    if near in words.by and len(before) > 1 and not weak and before[-2].endswith(words.done):
        return True
    if near in words.along:
        return any(t.lower_ in words.together for t in tokens[max(0, first - CLAUSE) : first])
    if near.startswith(words.staff) and near not in words.origin:
        return True
    if after.startswith(words.districts):  # not the letterhead
        return _alone(tokens, first, last + 1, near)
    if weak:
        return False
    if near in words.after or _of_person(tokens, first, last):
        return True
    return _alone(tokens, first, last, near)


def _of_person(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "Ida Berg (Åsele)"."""
    around = tokens[first - 2 : first - 1] if first > 2 else ()
    closes = last + 1 < len(tokens) and tokens[last + 1].text in (")", ",")
    return closes and tokens[first - 1].text == "(" and any(_first_name(t) for t in around)


def _first_name(token: Token) -> bool:
    """ "Ida från Åsele", but not the first word of a sentence."""
    return token.is_title and not token.is_sent_start and not is_finite(token)


def _alone(tokens: Sequence[Token], first: int, last: int, near: str) -> bool:
    """Whether it stands as a subject, an object or a heading: "delar Åsele", "Åsele: två"."""
    words = load_scope().places
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    opens = not any(t.is_alpha for t in tokens[:first])
    if opens and after is not None and (after.text in words.heads or _count(tokens[last + 1 :])):
        return True
    if near in words.equals:
        return tokens[first - 2].lower_ not in words.labels
    follows = [t.lower_ for t in tokens[last + 1 : last + 3]]
    if near in words.placed:
        told = follows == [",", "som"] and near in words.origin | words.by
        return told or (
            near in words.origin and first == 1 and after is not None and is_finite(after)
        )
    subject = after is not None and is_finite(after)
    subject = subject or near in words.openers or _cleft(tokens[:first])
    if not subject and follows[:1] and follows[0] in words.adverbs:
        subject = any(is_finite(t) for t in tokens[last + 2 : last + 4])
    return subject or (first > 0 and is_finite(tokens[first - 1])) or _with_us(tokens, first, last)


def _count(after: Sequence[Token]) -> bool:
    """ "13/14" or "3" after a name, but not a date."""
    number, month = after[0].text, after[1].lower_ if len(after) > 1 else ""
    return number[:1].isdigit() and "-" not in number and month not in MONTHS


def _cleft(before: Sequence[Token]) -> bool:
    """ "det är Åsele som"."""
    words = load_scope().places
    near = {t.lower_ for t in before[-2:]}
    return bool(near & words.it) and bool(near & words.being)


def _with_us(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "vi och Åsele", "Åsele och vi"."""
    words = load_scope()
    around = (tokens[max(0, first - 2) : first], tokens[last + 1 : last + 3][::-1])
    return any(
        len(pair) > 1 and pair[0].lower_ in words.writers and pair[1].lower_ in words.places.links
        for pair in around
    )


def _linked(tokens: Sequence[Token], last: int, first: int) -> bool:
    words = load_scope().places
    between = [t.lower_ for t in tokens[last + 1 : first] if t.lower_ not in words.after]
    inside = "(" in between and ")" in between
    return inside or (len(between) <= 2 and all(w in words.links for w in between))


def _listed(tokens: Sequence[Token], names: Sequence[_Name]) -> bool:
    """Three or more names in a row that no preposition places."""
    rows = (_linked(tokens, a.last, b.first) for a, b in pairwise(names))
    return not _placed(tokens, names[0].first) and all(rows)


def _placed(tokens: Sequence[Token], first: int) -> bool:
    return first > 0 and tokens[first - 1].lower_ in load_scope().places.placed


@cache
def place_table() -> tuple[dict[str, tuple[str, str, bool]], int]:
    """Return each name's (code, official name, needs "kommun" beside it), and the most words."""
    places = load_places()
    official = {m.code: m.name for m in places.municipalities}
    # A district stands only beside "stadsdel"; its city may be the sender.
    table = {name: ("", "", True) for name, _ in places.districts}
    table |= {
        name: (code, official[code], name in places.words)
        for name, code in places.names
        if code in official
    }
    return table, max(len(name.split()) for name in table)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split(" ")[0] for name in place_table()[0])
