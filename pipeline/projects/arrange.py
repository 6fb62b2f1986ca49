"""From submissions to projects: joined, as people said, under ids that stay; what counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import reduce
from pathlib import Path

from annotations.identity import load_identity
from corpus.types import Document, Header, Submission
from pipeline.parse.identity import Joined, join
from pipeline.parse.manifest import Manifest
from pipeline.projects.copies import likenesses
from pipeline.projects.findings import faults, papers
from pipeline.projects.granted import Grants, read_grants
from pipeline.projects.ids import Memory, keep_ids
from pipeline.projects.links import (
    LOST,
    OTHER,
    SAME,
    Decisions,
    Link,
    Said,
    links,
    read_decisions,
    together,
    written,
)
from pipeline.projects.match import Matched, match
from pipeline.projects.pairs import confirmed, review_pairs
from pipeline.projects.profiles import Profile, Profiles, key_of, profiles
from pipeline.projects.received import Received
from pipeline.projects.regroup import as_one, regroup
from pipeline.projects.types import Key, Pair, PairKind
from pipeline.projects.versions import Superseded, superseded
from pipeline.tables.types import Finding


@dataclass(frozen=True, slots=True)
class Given:
    """What the coordinator gave: grants, decisions on joins, the last day, when files came in."""

    grants: Grants | None = None
    decisions: Decisions = field(default_factory=Decisions)
    due: date | None = None
    received: Received = field(default_factory=Received)


@dataclass(frozen=True, slots=True)
class Arranged:
    """The projects of a round.

    `joined` have all their papers, those that no longer count first; `counting` only the papers
    that count: what is coded. `findings` are for avvikelser.csv.
    """

    joined: tuple[Joined, ...]
    counting: tuple[Joined, ...]
    read: Mapping[Key, Profile]
    superseded: Superseded
    matched: Matched
    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...]


def read_given(
    granted: Path | None,
    joins: Sequence[Path],
    due: date | None,
    received: Received | None = None,
) -> Given:
    """Read the coordinator's lists; of the `joins` the first goes before the rest.

    Raises ListError where one cannot be used at all.
    """
    grants = read_grants(granted) if granted else None
    decisions = reduce(together, map(read_decisions, joins), Decisions())
    return Given(grants, decisions, due, received or Received())


def arrange(
    submissions: Mapping[str, Sequence[Submission]],
    documents: Mapping[str, Document],
    digests: Mapping[str, str],
    manifest: Manifest | None,
    memory: Memory,
    given: Given,
) -> Arranged:
    """Join submissions into projects; see `Arranged`.

    `digests` are the documents' contents, `memory` which project each paper was of last time. Does
    not depend on the order of the documents.
    """
    points = load_identity()
    read = profiles(submissions, documents, lambda name: given.received.day(manifest, name))
    alike = tuple(likenesses(read))
    grants = given.grants.rows if given.grants else ()
    known = {key: digests.get(key[0], "")[:12] for key in read.by_key}
    everything = known | {(g.name, 1): "" for g in grants}
    said, waiting, wrong = links(given.decisions, everything)
    rows = {(g.name, 1) for g in grants}
    about_rows = [_row_first(link, rows) for link in said if {link.a, link.b} & rows]
    said = tuple(link for link in said if not {link.a, link.b} & rows)
    first = join(read.slim(), read.texts, manifest)
    copies = [(pair.a, pair.b) for pair in alike if pair.same]
    again = regroup(first, read, said, copies, points, manifest)
    named = {row.project for row in manifest.rows} if manifest else set()
    joined = keep_ids(again.joined, digests, memory, named)
    joined = confirmed(joined, read, said, points)
    aside = superseded(joined, read, documents)
    counting = tuple(_counting(one, aside.aside, read, manifest) for one in joined)
    matched = match(counting, grants, about_rows, points)
    pairs = review_pairs(joined, read, alike, aside.apart, said, points, manifest)
    whole = tuple(_whole(one, now, read) for one, now in zip(joined, counting, strict=True))
    noted, unplaced = written(given.decisions, everything)
    asked = _with_words((*pairs, *matched.pairs), noted)
    full = tuple(_pairs(asked, (*waiting, *unplaced), whole, known))
    return Arranged(
        whole,
        tuple(_real(one, read) for one in counting),
        read.by_key,
        aside,
        matched,
        full,
        (
            *faults(given, wrong, again.refused),
            *papers(whole, aside, digests, full),
        ),
    )


def _row_first(link: Link, rows: set[Key]) -> Link:
    return link if link.a in rows else replace(link, a=link.b, b=link.a)


def _counting(
    one: Joined, aside: frozenset[Key], read: Profiles, manifest: Manifest | None
) -> Joined:
    """Return the project with the papers that count, its header their newest statement."""
    left = [s for s in one.submissions if key_of(s) not in aside]
    if len(left) == len(one.submissions):
        return one
    now = as_one(left, read, manifest)
    known = {f.name: getattr(one.header, f.name) for f in fields(Header)}
    newest = {f.name: getattr(now.header, f.name) for f in fields(Header)}
    header = Header(**{n: v if newest[n] is None else newest[n] for n, v in known.items()})
    return replace(one, submissions=now.submissions, header=header)


def _whole(one: Joined, counting: Joined, read: Profiles) -> Joined:
    """Return the project with all its papers, those that count last."""
    live = {key_of(s) for s in counting.submissions}
    older = [s for s in one.submissions if key_of(s) not in live]
    ordered = (*older, *counting.submissions)
    return _real(replace(one, header=counting.header, submissions=tuple(ordered)), read)


def _real(one: Joined, read: Profiles) -> Joined:
    return replace(
        one, submissions=tuple(read.by_key[key_of(s)].submission for s in one.submissions)
    )


def _with_words(pairs: Iterable[Pair], noted: Mapping[frozenset[Key], Said]) -> Iterator[Pair]:
    """Yield the pairs with what people wrote of them, and those that only they still tell of."""
    left = dict(noted)
    for pair in pairs:
        said = left.pop(frozenset((pair.a, pair.b)), None)
        if said is not None:
            unclear = "" if pair.decision else said.unclear
            pair = replace(pair, remark=said.remark, unclear=unclear)
        yield pair
    for said in left.values():
        if said.remark or said.unclear:
            yield replace(_kept(said), settled=True)


def _kept(said: Said) -> Pair:
    """Return a row as it was written."""
    cells = dict(said.cells)
    kind = next((k for k in PairKind if k.value == cells.get("slag")), PairKind.APART)
    return Pair(
        kind,
        said.a,
        said.b,
        0.0,
        tuple(filter(None, [cells.get("skal", "")])),
        cells.get("forslag", ""),
        "" if said.same is None else SAME if said.same else OTHER,
        said.remark,
        content=said.content,
        unclear=said.unclear,
    )


def _pairs(
    pairs: Iterable[Pair],
    waiting: Sequence[Said],
    joined: Sequence[Joined],
    known: Mapping[Key, str],
) -> Iterator[Pair]:
    """Yield the pairs with their projects; decisions that fit no paper of this run are kept."""
    project = {key_of(s): one for one in joined for s in one.submissions}
    for pair in pairs:
        ends = [project.get(key) for key in (pair.a, pair.b)]
        town = next((one.header.kommun for one in ends if one and one.header.kommun), "")
        a, b = (one.id if one else "" for one in ends)
        content = known.get(pair.a, ""), known.get(pair.b, "")
        yield replace(pair, projects=(a, b), content=content, town=town)
    for said in waiting:
        kept = _kept(said)
        yield replace(kept, remark=f"{said.remark} {LOST}".strip(), settled=said.same is None)
