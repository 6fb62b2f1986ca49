"""The same report twice in other formats: found by likeness, linear in the number of papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.parse.fold import fold
from pipeline.projects.profiles import Profile, Profiles
from pipeline.projects.sketches import Sketch, alike
from pipeline.projects.types import Key
from pipeline.projects.words import load_words

_TITLE = 72.0  # as annotations/identity.yaml's title_alike_from


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two papers with much the same words. `same` says that nothing else speaks against it."""

    a: Key
    b: Key
    likeness: float
    same: bool


def likenesses(read: Profiles) -> Iterator[Likeness]:
    """Yield the papers of one municipality whose words are nearly the same, each pair once."""
    rules = load_words().copies
    sketches: Mapping[Key, tuple[Sketch, str]] = {
        key: (p.sketch, p.submission.header.kommunkod or "")
        for key, p in read.by_key.items()
        if p.sketch is not None
    }
    for a, b, found in alike(sketches, rules.scanned):
        one, other = read.by_key[a], read.by_key[b]
        scanned = one.scanned or other.scanned
        if a[0] != b[0] and found >= (rules.scanned if scanned else rules.text):
            yield Likeness(a, b, round(found, 3), _nothing_against(one, other, scanned))


def _nothing_against(a: Profile, b: Profile, scanned: bool) -> bool:
    """Whether kind, place, title, period and money leave room for the two being one report."""
    x, y = a.submission.header, b.submission.header
    if a.submission.kind is not b.submission.kind:
        return False
    if x.lanskod and y.lanskod and x.lanskod != y.lanskod:
        return False
    named = bool(x.titel and y.titel)
    if named and fuzz.token_sort_ratio(fold(x.titel or ""), fold(y.titel or "")) < _TITLE:
        return False
    pairs = [
        (x.period_start, y.period_start),
        (x.period_slut, y.period_slut),
        (x.beviljat_belopp, y.beviljat_belopp),
    ]
    wrong = sum(one is not None and other is not None and one != other for one, other in pairs)
    # A misread figure on a scan, or a corrected one in a report of one name, is no other report.
    return wrong <= (1 if scanned or named else 0)
