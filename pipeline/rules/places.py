"""Other municipalities as partners: "ihop med Åsele", but not "polisen i Åsele"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from spacy.tokens import Span, Token

from annotations.lexicon import Entry
from annotations.places.places import load_places
from annotations.scope import load_scope
from pipeline.language.verbs import is_finite
from pipeline.rules.entries import Hit

ENTRY = Entry(id="kommuner.ort", category="kommuner", patterns=(), weight=0.9)
QUESTION = "aktor_kommuner"
OFTEN = 2  # so often a text names its own municipality
CLAUSE = 8  # words before a name in which "together" is looked for


def find_places(tokens: Sequence[Token], question: str, own: str) -> tuple[Hit, ...]:
    """Return the other municipalities that stand as partners; `own` names the sender.

    `tokens` are the words of a sentence.
    """
    names = list(_names(tokens, own))
    if not names:
        return ()
    stands: list[bool] = []
    for i, (first, last, weak) in enumerate(names):
        linked = i > 0 and stands[-1] and _linked(tokens, names[i - 1][1], first)
        listed = len(names) > 2 and _listed(tokens, names)
        stands.append(linked or listed or _stands(tokens, first, last, question, weak))
    for i in range(len(names) - 2, -1, -1):  # "Åsele, Malå och vi delar"
        if stands[i + 1] and not _placed(tokens, names[i][0]):
            stands[i] = stands[i] or _linked(tokens, names[i][1], names[i + 1][0])
    return tuple(
        Hit(
            ENTRY,
            tokens[first].idx,
            tokens[last].idx + len(tokens[last]),
            tokens[first].text.removesuffix("s"),
        )
        for (first, last, _), standing in zip(names, stands, strict=True)
        if standing
    )


def elsewhere(tokens: Sequence[Token], own: str) -> bool:
    """Whether a sentence begins by telling of another place: "I Åsele sitter även läkare med"."""
    if not own or not tokens or tokens[0].text not in load_scope().places.opens:
        return False
    name = next(((last, weak) for first, last, weak in _names(tokens, own) if first == 1), None)
    if name is None or name[1] or name[0] + 1 >= len(tokens):
        return False
    return is_finite(tokens[name[0] + 1])


def likely_sender(sentences: Sequence[Span]) -> str:
    """Return the municipality named most often, or "": the sender where no header names it.

    Named once a municipality is as likely a partner.
    """
    counts: Counter[str] = Counter()
    for sentence in sentences:
        tokens = [t for t in sentence if not t.is_space]
        counts.update(
            tokens[i].text.removesuffix("s") for i, _, weak in _names(tokens, "") if not weak
        )
    name, times = max(counts.items(), key=lambda c: c[1], default=("", 0))
    return name if times >= OFTEN else ""


def _names(tokens: Sequence[Token], own: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (first, last, needs "kommun" beside it) of each name of another municipality."""
    names, longest = place_table()
    begin = _first_words()
    i = 0
    while i < len(tokens):
        first = tokens[i].text
        may = first in begin or first[:-1] in begin
        for size in range(min(longest, len(tokens) - i) if may else 0, 0, -1):
            words = " ".join(t.text for t in tokens[i : i + size])
            code = names.get(words) or (names.get(words[:-1]) if words.endswith("s") else None)
            if code:
                if own not in (code[0], code[1], words, words.removesuffix("s")):
                    yield i, i + size - 1, code[2]
                i += size - 1
                break
        i += 1


def _stands(tokens: Sequence[Token], first: int, last: int, question: str, weak: bool) -> bool:
    words = load_scope().places
    before = [t.lower_ for t in tokens[max(0, first - 3) : first]]
    after = tokens[last + 1].lower_ if last + 1 < len(tokens) else ""
    near = before[-1] if before else ""
    office = after in words.after or after.startswith(words.offices)
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
        if origin and (before[-2].startswith(words.visitors) or before[-2].isdigit()):
            return True
        if origin and _first_name(tokens[first - 2]) and not weak:
            return True
    if near in words.by and len(before) > 1 and not weak and before[-2].endswith(words.done):
        return True
    if near in words.along:
        return any(t.lower_ in words.together for t in tokens[max(0, first - CLAUSE) : first])
    if weak:
        return False
    if near in words.after:
        return True
    return _alone(tokens, first, last, near)


def _first_name(token: Token) -> bool:
    """ "Ida från Åsele", but not the first word of a sentence."""
    return token.is_title and not token.is_sent_start and not is_finite(token)


def _alone(tokens: Sequence[Token], first: int, last: int, near: str) -> bool:
    """Whether it stands as a subject, an object or a heading: "delar Åsele", "Åsele: två"."""
    words = load_scope().places
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    opens = not any(t.is_alpha for t in tokens[:first])
    if opens and after is not None and after.text in words.heads:
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


def _listed(tokens: Sequence[Token], names: Sequence[tuple[int, int, bool]]) -> bool:
    """Three or more names in a row that no preposition places."""
    pairs = pairwise(names)
    return not _placed(tokens, names[0][0]) and all(_linked(tokens, a[1], b[0]) for a, b in pairs)


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
