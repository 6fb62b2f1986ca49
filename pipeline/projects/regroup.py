"""Projects joined and parted as people said, and copies put together; nothing else is touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations

from annotations.identity import IdentityPoints
from annotations.places.places import Places
from corpus.types import Submission
from pipeline.parse import becomes_project
from pipeline.parse.evidence import weigh
from pipeline.parse.identity import Joined, join
from pipeline.parse.manifest import Manifest, Row
from pipeline.projects.links import Link
from pipeline.projects.profiles import Profiles, key_of
from pipeline.projects.types import Key

BY_PERSON = "Samordnaren har sagt att handlingarna gäller samma projekt."
SAME_TEXT = "Sammanförda: samma redovisning i två filer."


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The projects (of submissions in brief), and links that were not followed with why."""

    joined: tuple[Joined, ...]
    refused: tuple[tuple[Link, str], ...]


def regroup(
    joined: Sequence[Joined],
    read: Profiles,
    said: Sequence[Link],
    copies: Iterable[tuple[Key, Key]],
    points: IdentityPoints,
    manifest: Manifest | None,
    places: Places | None = None,
) -> Regrouped:
    """Follow `said`, then put `copies` together where nothing said speaks against it.

    The manifest goes before both: a pair whose papers it both names is left as it has them.
    Does not depend on the order of any argument.
    """
    named = {k for k in read.by_key if manifest and manifest.row_for(k[0])}
    refused = [
        (link, "manifestet anger projekten och gäller före")
        for link in said
        if {link.a, link.b} <= named
    ]
    said = [link for link in said if not {link.a, link.b} <= named]
    copies = [pair for pair in copies if not set(pair) <= named]
    groups = _Groups(joined, read.by_key)
    touched = groups.touched(said, copies)
    if not touched:
        return Regrouped(tuple(joined), tuple(refused))
    members = sorted(k for g in touched for k in groups.members[g])
    clusters = _Clusters(members, {k: groups.of[k] for k in members if k in named})
    refused += clusters.follow(link for link in said if link.a in groups.of)
    for a, b in sorted(copies):
        if a in clusters.of and b in clusters.of:
            clusters.merge(a, b)
    for a, b in _ties(touched, groups, read, points, named):
        clusters.merge(a, b)
    kept = [one for i, one in enumerate(joined) if i not in touched]
    same = {frozenset(groups.members[g]): joined[g] for g in touched if g < len(joined)}
    by_person = {frozenset((link.a, link.b)) for link in said if link.same}
    for cluster in clusters.all():
        before = same.get(frozenset(cluster))
        made = before or _joined(cluster, read, manifest, by_person, places)
        if made is not None:
            kept.append(made)
    return Regrouped(tuple(sorted(kept, key=lambda j: (j.id, key_of(j.submissions[0])))),
                     tuple(refused))  # fmt: skip


class _Groups:
    """Which group each paper is in; a paper that is in no project is a group of its own."""

    def __init__(self, joined: Sequence[Joined], keys: Iterable[Key]) -> None:
        self.members = [[key_of(s) for s in one.submissions] for one in joined]
        self.of = {k: g for g, group in enumerate(self.members) for k in group}
        for key in sorted(keys):
            if key not in self.of:
                self.of[key] = len(self.members)
                self.members.append([key])

    def touched(self, said: Sequence[Link], copies: Sequence[tuple[Key, Key]]) -> set[int]:
        """Return the groups that change, or may: joined with another, or parted."""
        pairs = [(link.a, link.b, link.same) for link in said] + [(*p, True) for p in copies]
        found: set[int] = set()
        for a, b, same in pairs:
            if a not in self.of or b not in self.of:
                continue
            one, other = self.of[a], self.of[b]
            if same != (one == other):
                found |= {one, other}
        return found


class _Clusters:
    """Papers being put together; `apart` holds pairs that never may, `fixed` the manifest's own."""

    def __init__(self, members: Sequence[Key], fixed: Mapping[Key, int]) -> None:
        self.of = {k: i for i, k in enumerate(members)}
        self._members = {i: [k] for i, k in enumerate(members)}
        self._apart: set[frozenset[Key]] = set()
        self._fixed = fixed

    def all(self) -> list[list[Key]]:
        """Return the clusters, each sorted, by their first paper."""
        return sorted(sorted(c) for c in self._members.values())

    def follow(self, links: Iterable[Link]) -> list[tuple[Link, str]]:
        """Follow what people said, `samma` first; return what contradicts the rest."""
        refused: list[tuple[Link, str]] = []
        some = [link for link in links if link.a in self.of and link.b in self.of]
        for link in (x for x in some if x.same):
            if not self.merge(link.a, link.b):
                refused.append((link, "manifestet skiljer projekten åt och gäller före"))
        for link in (x for x in some if not x.same):
            if self.of[link.a] == self.of[link.b]:
                refused.append((link, "andra rader säger att handlingarna hör ihop"))
            else:
                self._apart.add(frozenset((link.a, link.b)))
        return refused

    def merge(self, a: Key, b: Key) -> bool:
        """Put the clusters of two papers together, where nothing forbids it."""
        one, other = self.of[a], self.of[b]
        if one == other:
            return True
        if self._forbidden(one, other):
            return False
        self._members[one] += self._members.pop(other)
        for key in self._members[one]:
            self.of[key] = one
        return True

    def _forbidden(self, one: int, other: int) -> bool:
        a, b = self._members[one], self._members[other]
        projects = {self._fixed[k] for k in (*a, *b) if k in self._fixed}
        return len(projects) > 1 or any(
            frozenset((x, y)) in self._apart for x in a for y in b if self._apart
        )


def _ties(
    touched: Set[int],
    groups: _Groups,
    read: Profiles,
    points: IdentityPoints,
    named: Set[Key],
) -> list[tuple[Key, Key]]:
    """Return what held the touched groups together, the manifest first, then strongest first."""
    by_manifest: list[tuple[Key, Key]] = []
    found: list[tuple[float, Key, Key]] = []
    for group in sorted(touched):
        for a, b in combinations(sorted(groups.members[group]), 2):
            if {a, b} <= named:
                by_manifest.append((a, b))
                continue
            weight = weigh(read.by_key[a].slim, read.by_key[b].slim, points, read.texts)
            if weight is not None and weight.points >= points.join:
                found.append((-weight.points, a, b))
    return [*by_manifest, *((a, b) for _, a, b in sorted(found))]


def _joined(
    cluster: Sequence[Key],
    read: Profiles,
    manifest: Manifest | None,
    by_person: Set[frozenset[Key]],
    places: Places | None,
) -> Joined | None:
    """Return the cluster as one project; None where none of it is a project's own paper."""
    members = [read.by_key[k].slim for k in cluster]
    rows = [row for k in cluster if manifest and (row := manifest.row_for(k[0]))]
    if not rows and not any(map(becomes_project, members)):
        return None
    if len(members) == 1 and not rows:
        return next(iter(join(members, read.texts, None, places)), None)
    one = as_one(members, read, manifest, places)
    said = any(pair <= set(cluster) for pair in by_person)
    reason = BY_PERSON if said else SAME_TEXT if len(members) > 1 else ""
    natural = one.id if rows else natural_id(one, read.texts, places)
    return replace(one, id=natural, reason=reason)


def as_one(
    members: Sequence[Submission],
    read: Profiles,
    manifest: Manifest | None,
    places: Places | None = None,
) -> Joined:
    """Return submissions as one project, oldest first, with the manifest's word on its place.

    Its id is the manifest's, or a stand-in where that names none of them.
    """
    rows = {s.document: manifest.row_for(s.document) if manifest else None for s in members}
    id = next((row.project for row in rows.values() if row), "x")
    asked = [replace(row, file=name) if row else Row(name, id) for name, row in rows.items()]
    (one,) = join(members, read.texts, Manifest(tuple(asked)), places)
    return one


def natural_id(one: Joined, texts: Mapping[str, str], places: Places | None = None) -> str:
    """Return the id that a project's header gives it."""
    own: list[Submission] = [s for s in one.submissions if becomes_project(s)]
    last = replace((own or list(one.submissions))[-1], header=one.header)
    found = join([last], texts, None, places)
    return found[0].id if found else one.id
