"""Which row of the list of granted projects each project is: the strongest pairs first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotations.identity import IdentityPoints
from corpus.types import Submission
from pipeline.parse.evidence import weigh
from pipeline.parse.fold import fold
from pipeline.parse.identity import Joined
from pipeline.projects.granted import Grant
from pipeline.projects.links import OTHER, SAME, Link
from pipeline.projects.profiles import key_of
from pipeline.projects.signs import header_signs
from pipeline.projects.types import Key, Pair, PairKind

_WORTH_ASKING = 1.0  # points
_MANY = 20  # from so many projects in one place only those that share a sign are weighed


@dataclass(frozen=True, slots=True)
class Matched:
    """Rows by project id, and the pairs that a person should look at or has decided."""

    grants: dict[str, Grant]
    pairs: tuple[Pair, ...]


def match(
    joined: Sequence[Joined],
    grants: Sequence[Grant],
    said: Sequence[Link],
    points: IdentityPoints,
) -> Matched:
    """Find each project's row: as said, by the row's project id, then by what speaks for it.

    One row is one project. Where a municipality has one project and one row left over they are
    put together though little speaks for it, and listed. Blocked by municipality.
    """
    rows = {g.name: g for g in grants}
    keys = {key_of(s): one.id for one in joined for s in one.submissions}
    found: dict[str, Grant] = {}
    used: set[str] = set()
    pairs: list[Pair] = []

    def take(project: str, grant: Grant) -> None:
        found[project] = grant
        used.add(grant.name)

    never: set[tuple[str, str]] = set()
    doubtful: list[tuple[str, Pair]] = []
    single = _only_ones(joined, grants)

    def alone(grant: Grant) -> bool:
        return grant.header.kommunkod in single

    for link in said:
        row, project = rows[link.a[0]], keys.get(link.b)
        word = SAME if link.same else OTHER
        pairs.append(Pair(PairKind.GRANT, link.a, link.b, 0.0, (), word, word))
        if project is None:
            continue
        if not link.same:
            never.add((row.name, project))
        elif project not in found and row.name not in used:
            take(project, row)
    ids = {fold(one.id): one.id for one in joined}
    for grant in grants:
        known = ids.get(fold(grant.project)) if grant.project else None
        if known is not None and known not in found and grant.name not in used:
            take(known, grant)
    for weight, project, row, reasons, paper in _weighed(joined, grants, points):
        if project in found or row.name in used or (row.name, project) in never:
            continue
        if weight < points.join:
            doubtful.append(
                (project, Pair(PairKind.GRANT, (row.name, 1), paper, weight, reasons, OTHER))
            )
            continue
        take(project, row)
        if weight < points.sure and not alone(row):
            pairs.append(Pair(PairKind.GRANT, (row.name, 1), paper, weight, reasons, SAME))
    pairs += _left_over(joined, grants, found, used, never)
    pairs += [
        pair
        for project, pair in doubtful
        if project not in found and pair.a[0] not in used and pair.points >= _WORTH_ASKING
    ]
    return Matched(found, tuple(_once(pairs)))


def _only_ones(joined: Sequence[Joined], grants: Sequence[Grant]) -> set[str]:
    """Return the municipalities that have one project and one row: nothing to mix up."""
    projects = Counter(one.header.kommunkod for one in joined)
    rows = Counter(grant.header.kommunkod for grant in grants)
    return {town for town in projects if town and projects[town] == rows[town] == 1}


def _weighed(
    joined: Sequence[Joined], grants: Sequence[Grant], points: IdentityPoints
) -> list[tuple[float, str, Grant, tuple[str, ...], Key]]:
    """Return (points, project, row, reasons, its newest paper), strongest first."""
    by_place: dict[str, list[tuple[Joined, Submission]]] = defaultdict(list)
    for one in joined:
        merged = replace(one.submissions[-1], header=one.header, answers=())
        for place in {one.header.kommunkod or "", f"lan {one.header.lanskod or ''}"}:
            by_place[place].append((one, merged))
    signs = {
        one.id: header_signs(one.header) | {f"börjar {one.header.period_start}"} for one in joined
    }
    found = []
    for grant in grants:
        paper = grant.submission()
        town, lan = grant.header.kommunkod, f"lan {grant.header.lanskod or ''}"
        near = by_place[town] if town else by_place[lan]
        lost = [pair for pair in by_place[""] if town]  # The municipality could not be read.
        rest = [*near, *lost]
        if len(rest) > _MANY:
            own = header_signs(grant.header) | {f"börjar {grant.header.period_start}"}
            rest = [pair for pair in rest if own & signs[pair[0].id]]
        for one, merged in rest:
            weight = weigh(paper, merged, points, {})
            if weight is not None and weight.points > points.conflict:
                reasons = tuple(r for r in weight.reasons if "skeden" not in r)
                if reasons or weight.points >= points.join:
                    key = key_of(one.submissions[-1])
                    found.append((round(weight.points, 2), one.id, grant, reasons, key))
    return sorted(found, key=lambda f: (-f[0], f[1], f[2].name))


def _left_over(
    joined: Sequence[Joined],
    grants: Sequence[Grant],
    found: dict[str, Grant],
    used: set[str],
    never: set[tuple[str, str]],
) -> list[Pair]:
    """Put together a municipality's only project and only row that are left; return the pairs."""
    projects: dict[str, list[Joined]] = defaultdict(list)
    rows: dict[str, list[Grant]] = defaultdict(list)
    for one in joined:
        if one.id not in found and one.header.kommunkod:
            projects[one.header.kommunkod].append(one)
    for grant in grants:
        if grant.name not in used and grant.header.kommunkod:
            rows[grant.header.kommunkod].append(grant)
    pairs = []
    for town in sorted(projects.keys() & rows.keys()):
        if len(projects[town]) != 1 or len(rows[town]) != 1:
            continue
        (one,), (row,) = projects[town], rows[town]
        if (row.name, one.id) in never:
            continue
        found[one.id] = row
        used.add(row.name)
        why = ("kommunens enda projekt och enda rad som är kvar",)
        key = key_of(one.submissions[-1])
        pairs.append(Pair(PairKind.GRANT, (row.name, 1), key, 0.0, why, SAME))
    return pairs


def _once(pairs: Sequence[Pair]) -> list[Pair]:
    """Return one pair for each row and paper; a decided one goes before an open one."""
    kept: dict[tuple[Key, Key], Pair] = {}
    for pair in sorted(pairs, key=lambda p: not p.decision):
        kept.setdefault((pair.a, pair.b), pair)
    return [kept[key] for key in sorted(kept)]
