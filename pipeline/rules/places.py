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
LANDLORD = Entry(id="bostad.ort", category="bostad", patterns=(), weight=0.95)
QUESTION = "aktor_kommuner"


def find_places(sentence: Span, question: str, own: str) -> tuple[Hit, ...]:
    """Return the other municipalities that stand as partners; `own` names the sender."""
    tokens = [t for t in sentence if not t.is_space]
    names = list(_names(tokens, own))
    hits: list[Hit] = []
    previous: tuple[int, bool] = (-9, False)
    for first, last, weak in names:
        linked = previous[1] and _linked(tokens, previous[0], first)
        stands = linked or _stands(tokens, first, last, question, weak)
        if not stands and len(names) > 2 and _listed(tokens, names):
            stands = True
        if stands:
            name = tokens[first].text.removesuffix("s")
            hits.append(Hit(ENTRY, tokens[first].idx, tokens[last].idx + len(tokens[last]), name))
        previous = (last, stands)
    return tuple(hits)


def elsewhere(sentence: Span, own: str) -> bool:
    """Whether it begins by telling of another place: "I Åsele sitter även rättsläkare med"."""
    tokens = [t for t in sentence if not t.is_space]
    if not own or not tokens or tokens[0].text != "I":
        return False
    name = next(((last, weak) for first, last, weak in _names(tokens, own) if first == 1), None)
    if name is None or name[1] or name[0] + 1 >= len(tokens):
        return False
    return is_finite(tokens[name[0] + 1])


def find_landlords(sentence: Span) -> Iterator[Hit]:
    """Yield the housing companies named after a municipality: "Norrbyhem", "Norrbybostäder"."""
    names = _table()[0]
    for token in sentence:
        word = token.text.removesuffix("s")
        if not word[:1].isupper():
            continue
        ending = next((e for e in load_scope().places.landlords if word.endswith(e)), "")
        place = word.removesuffix(ending) if ending else ""
        if place in names or place.removesuffix("s") in names:
            yield Hit(LANDLORD, token.idx, token.idx + len(token), word)


def likely_sender(sentences: Sequence[Span]) -> str:
    """Return the municipality named most often, or "": the sender where no header names it."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        tokens = [t for t in sentence if not t.is_space]
        counts.update(
            tokens[i].text.removesuffix("s") for i, _, weak in _names(tokens, "") if not weak
        )
    return counts.most_common(1)[0][0] if counts else ""


def _names(tokens: Sequence[Token], own: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (first, last, needs "kommun" beside it) of each name of another municipality."""
    names, longest = _table()
    i = 0
    while i < len(tokens):
        for size in range(min(longest, len(tokens) - i), 0, -1):
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
    if after in words.after and near not in {"för"}:
        return True
    if question == QUESTION:
        elsewhere = near in words.placed and near != "från"
        return not (elsewhere and len(before) > 1 and not before[-2].startswith(words.staff))
    if near in {"i", "från", "vid", "på"} and len(before) > 1 and not weak:
        return before[-2].startswith(words.staff) and before[-2] != "från"
    if near == "med":
        return any(t.lower_ in words.together for t in tokens[max(0, first - 5) : first])
    if weak:
        return False
    if after.startswith(("socialtj", "ifo", "kommun", "handläggare")) or near in words.after:
        return True
    subject = last + 1 < len(tokens) and is_finite(tokens[last + 1])
    return subject and (near not in words.placed or (near == "från" and first == 1))


def _linked(tokens: Sequence[Token], last: int, first: int) -> bool:
    words = load_scope().places
    between = [t.lower_ for t in tokens[last + 1 : first] if t.lower_ not in words.after]
    inside = "(" in between and ")" in between
    return inside or (len(between) <= 2 and all(w in words.links for w in between))


def _listed(tokens: Sequence[Token], names: Sequence[tuple[int, int, bool]]) -> bool:
    """Three or more names in a row that no preposition places."""
    words = load_scope().places
    first = names[0][0]
    near = tokens[first - 1].lower_ if first else ""
    pairs = pairwise(names)
    return near not in words.placed and all(_linked(tokens, a[1], b[0]) for a, b in pairs)


@cache
def _table() -> tuple[dict[str, tuple[str, str, bool]], int]:
    places = load_places()
    official = {m.code: m.name for m in places.municipalities}
    table = {
        name: (code, official[code], name in places.words)
        for name, code in places.names
        if code in official
    }
    return table, max(len(name.split()) for name in table)
