"""The review list: papers joined on thin ground, and papers kept apart though they are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import combinations

from annotations.identity import IdentityPoints
from pipeline.parse import DECISION_NOTE, becomes_project
from pipeline.parse.evidence import weigh
from pipeline.parse.identity import Joined
from pipeline.parse.manifest import Manifest
from pipeline.projects.copies import Likeness
from pipeline.projects.links import OTHER, SAME, Link
from pipeline.projects.profiles import Profile, Profiles, key_of
from pipeline.projects.regroup import BY_PERSON
from pipeline.projects.signs import sharing, signs
from pipeline.projects.types import Key, Pair, PairKind
from pipeline.projects.words import load_words


def review_pairs(
    joined: Sequence[Joined],
    read: Profiles,
    alike: Iterable[Likeness],
    unlike: Iterable[tuple[Key, Key]],
    said: Sequence[Link],
    points: IdentityPoints,
    manifest: Manifest | None,
) -> tuple[Pair, ...]:
    """Return what a person should say about the joins, decided ones last; each pair once.

    Two papers that the manifest both names are never asked about. `unlike` are reports of one
    project and period whose words are not alike. Blocked by municipality.
    """
    named = {k for k in read.by_key if manifest and manifest.row_for(k[0])}
    found: dict[tuple[Key, Key], Pair] = {}
    for pair in (
        *_thin(joined, read, points),
        *_unlike(unlike),
        *_same_words(joined, alike),
        *_apart(joined, read, points, named),
    ):
        if not {pair.a, pair.b} <= named:
            found.setdefault((pair.a, pair.b), pair)
    for link in said:
        kept = found.get((link.a, link.b))
        word = SAME if link.same else OTHER
        if kept is None:
            kind = PairKind.JOINED if link.same else PairKind.APART
            kept = Pair(kind, link.a, link.b, _points(link, read, points), (), word)
        found[link.a, link.b] = replace(kept, decision=word)
    return tuple(sorted(found.values(), key=_order))


def confirmed(
    joined: Sequence[Joined], read: Profiles, said: Sequence[Link], points: IdentityPoints
) -> tuple[Joined, ...]:
    """Return the projects, uncertain no longer where people confirmed each weak tie."""
    same = {(link.a, link.b) for link in said if link.same}

    def sure(one: Joined) -> Joined:
        weak = [(p.a, p.b) for p in _thin([one], read, points)]
        if not (one.uncertain and weak and same.issuperset(weak)):
            return one
        return replace(one, uncertain=False, certainty=1.0, reason=BY_PERSON)

    return tuple(map(sure, joined))


def _thin(joined: Sequence[Joined], read: Profiles, points: IdentityPoints) -> Iterator[Pair]:
    """Yield the weak ties of uncertain projects: those without which they would fall apart."""
    for one in joined:
        if not one.uncertain:
            continue
        keys = sorted(key_of(s) for s in one.submissions)
        tree = {k: k for k in keys}

        def root(k: Key, tree: dict[Key, Key] = tree) -> Key:
            while tree[k] != k:
                k = tree[k]
            return k

        for weight, a, b, reasons in _weighed(combinations(keys, 2), read, points):
            if root(a) == root(b):
                continue
            tree[root(a)] = root(b)
            if weight < points.sure:
                yield Pair(PairKind.JOINED, a, b, weight, reasons, SAME)


def _unlike(unlike: Iterable[tuple[Key, Key]]) -> Iterator[Pair]:
    for a, b in unlike:
        why = ("två redovisningar av samma slag och period i ett projekt, men orden är olika",)
        yield Pair(PairKind.JOINED, min(a, b), max(a, b), 0.0, why, SAME)


def _same_words(joined: Sequence[Joined], alike: Iterable[Likeness]) -> Iterator[Pair]:
    project = {key_of(s): i for i, one in enumerate(joined) for s in one.submissions}
    for pair in alike:
        if project.get(pair.a, -1) != project.get(pair.b, -2):
            why = (f"nästan samma text ({round(100 * pair.likeness)} %)",)
            a, b = sorted((pair.a, pair.b))
            yield Pair(PairKind.APART, a, b, 0.0, why, SAME)


def _apart(
    joined: Sequence[Joined], read: Profiles, points: IdentityPoints, named: Set[Key]
) -> Iterator[Pair]:
    """Yield pairs of different projects of one municipality for which more speaks than their time.

    Papers whose place is not known are compared within their county, or not at all; only those are
    weighed that share a number, a sum, or words of title or goal (`signs`).
    """
    rules = load_words().review
    project = {key_of(s): i for i, one in enumerate(joined) for s in one.submissions}
    blocks: dict[str, list[Key]] = defaultdict(list)
    for key, profile in read.by_key.items():
        if key in project or _is_loose(profile):
            header = profile.submission.header
            place = header.kommunkod or header.lanskod
            if place:
                blocks[place].append(key)
    candidates: list[tuple[float, Key, Key, tuple[str, ...]]] = []
    for keys in blocks.values():
        others = (
            (a, b)
            for a, b in sharing({k: signs(read.by_key[k], read.texts) for k in keys})
            if project.get(a, -1) != project.get(b, -2)
            and (a in project or b in project)
            and not (a in named and b in named)
        )
        candidates += [
            found
            for found in _weighed(others, read, points)
            if found[0] >= rules.near and set(found[3]) - set(rules.weak)
        ]
    count: dict[Key, int] = {}
    seen: set[tuple[int, int]] = set()
    for weight, a, b, reasons in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        ends = project.get(a, -1), project.get(b, -1)
        pair = (min(ends), max(ends))
        if -1 not in pair and pair in seen:
            continue  # The strongest pair speaks for the two projects.
        if any(count.get(k, 0) >= rules.most for k in (a, b)):
            continue
        seen.add(pair)
        count[a], count[b] = count.get(a, 0) + 1, count.get(b, 0) + 1
        proposal = SAME if weight >= points.join else OTHER
        yield Pair(PairKind.APART, a, b, weight, reasons, proposal)


def _is_loose(profile: Profile) -> bool:
    """True for a paper about a grant that found no project."""
    s = profile.submission
    return becomes_project(s) or any(note.code == DECISION_NOTE for note in s.notes)


def _weighed(
    pairs: Iterable[tuple[Key, Key]], read: Profiles, points: IdentityPoints
) -> list[tuple[float, Key, Key, tuple[str, ...]]]:
    """Return (points, a, b, reasons) of the pairs that may be one project, strongest first."""
    found = []
    for a, b in pairs:
        weight = weigh(read.by_key[a].slim, read.by_key[b].slim, points, read.texts)
        if weight is not None:
            found.append((round(weight.points, 2), a, b, weight.reasons))
    return sorted(found, key=lambda f: (-f[0], f[1], f[2]))


def _points(link: Link, read: Profiles, points: IdentityPoints) -> float:
    found = _weighed([(link.a, link.b)], read, points)
    return found[0][0] if found else 0.0


def _order(pair: Pair) -> tuple[bool, float, Key, Key]:
    return bool(pair.decision), -pair.points, pair.a, pair.b
