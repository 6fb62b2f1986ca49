"""Of several reports of one kind and period the newest counts; the older are kept and listed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz import fuzz

from corpus.types import Document, DocumentKind, Header, Submission
from pipeline.parse.fold import fold
from pipeline.parse.identity import Joined
from pipeline.projects.profiles import Profile, Profiles, key_of
from pipeline.projects.sketches import likeness
from pipeline.projects.types import Copy, Key, Version
from pipeline.projects.words import load_words

REPORTS = frozenset(
    {
        DocumentKind.BLANKETT_DEL,
        DocumentKind.BLANKETT_SLUT,
        DocumentKind.TJANSTEUTLATANDE_REDOVISNING,
        DocumentKind.FRI_REDOVISNING,
    }
)
_TICKS = "kryssen"


@dataclass(frozen=True, slots=True)
class Superseded:
    """What of the projects' papers no longer counts, and why.

    `apart` are reports of one project and period with words too unlike for versions: both count.
    """

    copies: tuple[Copy, ...]
    versions: tuple[Version, ...]
    apart: tuple[tuple[Key, Key], ...] = ()

    @property
    def aside(self) -> frozenset[Key]:
        """The papers that are kept but do not count."""
        return frozenset({c.copy for c in self.copies} | {v.older for v in self.versions})


def superseded(
    joined: Sequence[Joined], read: Profiles, documents: Mapping[str, Document]
) -> Superseded:
    """Return the copies and replaced versions among the projects' papers.

    Linear in the projects; of two reports the older goes that came first, by the day it was sent,
    else signed, else by what its name says. Two reports of one project with one kind and one
    period are versions; with two periods they are two reports.
    """
    copies: list[Copy] = []
    versions: list[Version] = []
    apart: list[tuple[Key, Key]] = []
    for one in joined:
        for same in _of_one_period([read.by_key[key_of(s)] for s in one.submissions]):
            ordered = sorted(same, key=recency)
            newest = ordered[-1]
            for older in ordered[:-1]:
                changed = changes(older, newest, documents)
                if changed and not _is_version(older, newest):
                    apart.append((older.key, newest.key))
                elif changed:
                    why, sure = _newer_because(older, newest)
                    versions.append(Version(older.key, newest.key, changed, why, sure))
                else:
                    kept, copy = _better(newest, older)
                    copies.append(Copy(copy.key, kept.key, _likeness(older, newest)))
                    newest = kept
    return Superseded(tuple(copies), tuple(versions), tuple(apart))


def recency(profile: Profile) -> tuple[date, int, str, int]:
    """Return what a version is ordered by: sent, else signed; its name; the path."""
    s = profile.submission
    day = profile.received or s.header.datum or date.min
    return day, _newness(s.document), s.document, s.part


def changes(older: Profile, newer: Profile, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Return the questions that two versions answer otherwise, and `kryssen` and header fields.

    A scan's words are compared as a whole: what OCR spoils is no change, nor a lost heading.
    """
    rules = load_words().copies
    scanned = older.scanned or newer.scanned
    one, other = _answers(older.submission, documents), _answers(newer.submission, documents)
    found = [] if scanned else [q for q in _ordered(one, other) if _differ(one, other, q)]
    whole = "".join(one.values()), "".join(other.values())
    if scanned and fuzz.ratio(*whole) < rules.same_scanned:
        found = [q for q in _ordered(one, other) if one.get(q) != other.get(q)]
    if whole[0] == whole[1]:
        found = []  # The same words, read as answers to other questions.
    before, after = _ticked(older.submission), _ticked(newer.submission)
    if before and after and before != after and not scanned:
        found.append(_TICKS)
    if not scanned:
        found += _header_changes(older.submission.header, newer.submission.header)
    return tuple(found)


def _ordered(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Return the questions of both, in the order of the first."""
    return list(dict.fromkeys([*one, *other]))


def _differ(one: Mapping[str, str], other: Mapping[str, str], question: str) -> bool:
    a, b = one.get(question, ""), other.get(question, "")
    return a != b and (
        fuzz.ratio(a, b) < load_words().copies.same_answer or _figures(a) != _figures(b)
    )


def _header_changes(before: Header, after: Header) -> list[str]:
    return [
        name
        for name in ("titel", "beviljat_belopp")
        if getattr(before, name) and getattr(after, name) and not _same(name, before, after)
    ]


def _of_one_period(profiles: Sequence[Profile]) -> Iterator[list[Profile]]:
    """Yield the reports of one kind and period, where there are several."""
    by_kind: dict[object, list[Profile]] = defaultdict(list)
    for profile in profiles:
        s = profile.submission
        if s.kind in REPORTS and not s.empty:
            interim = s.kind is DocumentKind.BLANKETT_DEL
            by_kind[interim].append(profile)
    for some in by_kind.values():
        periods: list[list[Profile]] = []
        # Those without a period belong with the first that has one.
        for profile in sorted(some, key=lambda p: (_period(p) is None, *recency(p))):
            for group in periods:
                if _one_period(group[0], profile):
                    group.append(profile)
                    break
            else:
                periods.append([profile])
        yield from (group for group in periods if len(group) > 1)


def _period(profile: Profile) -> tuple[date, date] | None:
    h = profile.submission.header
    return (h.period_start, h.period_slut) if h.period_start and h.period_slut else None


def _one_period(a: Profile, b: Profile) -> bool:
    """Final reports of one project are of one period however it is written, but for parts."""
    one, other = _period(a), _period(b)
    if a.submission.document == b.submission.document:
        return False
    if one is None or other is None:
        return True
    return one == other


def _is_version(older: Profile, newer: Profile) -> bool:
    if older.sketch is None or newer.sketch is None:
        return True
    if likeness(older.sketch, newer.sketch) >= load_words().versions.alike:
        return True
    return _newness(newer.submission.document) > _newness(older.submission.document)


def _better(a: Profile, b: Profile) -> tuple[Profile, Profile]:
    """Return the copy to count and the other: text before a scan, then the first by name."""
    first, second = sorted((a, b), key=lambda p: (p.scanned, p.key))
    return first, second


def _likeness(a: Profile, b: Profile) -> float:
    return 1.0 if a.sketch is None or b.sketch is None else likeness(a.sketch, b.sketch)


def _newer_because(older: Profile, newer: Profile) -> tuple[str, bool]:
    one, other = recency(older), recency(newer)
    if one[0] != other[0] and date.min not in (one[0], other[0]):
        what = "skickad" if newer.received else "daterad"
        return f"{what} {other[0].isoformat()}, den äldre {one[0].isoformat()}", True
    if one[0] != other[0]:
        return f"den nyare är daterad {other[0].isoformat()}, den äldre saknar datum", False
    if one[1] != other[1]:
        return "filnamnet säger att den är nyare", True
    return "inget säger vilken som är nyast; den sista i namnordning räknas", False


def _answers(s: Submission, documents: Mapping[str, Document]) -> dict[str, str]:
    text = documents[s.document].text
    found: dict[str, str] = {}
    for a in s.answers:
        words = "".join(c for c in fold(text[a.start : a.end]) if c.isalnum())
        found[a.question] = found.get(a.question, "") + words
    return found


def _ticked(s: Submission) -> set[tuple[str, str]]:
    return {(c.question, c.option) for c in s.choices if c.checked}


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _same(name: str, before: Header, after: Header) -> bool:
    one, other = getattr(before, name), getattr(after, name)
    if isinstance(one, str):
        return fuzz.ratio(fold(one), fold(other)) >= 90
    return bool(one == other)


def _newness(document: str) -> int:
    """Return how new a file's name says it is: 1 for "rättad", 2–9 for "v2" … and "(2)"."""
    name = fold(document.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    spaced = name.replace("_", " ")
    numbers = [int(n) for n in re.findall(r"(?:\bv(?:er(?:sion)?)?[ .-]?|\()([2-9])\b", spaced)]
    told = any(pattern.search(spaced) for pattern in _newer())
    return max(numbers, default=1 if told else 0)


@cache
def _newer() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load_words().newer)
