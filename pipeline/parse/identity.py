"""Projects from submissions: which files belong together, in which order, under which id."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import combinations

from annotations.identity import IdentityPoints, load_identity
from annotations.places.places import Places, load_places
from corpus.types import Header, Submission
from pipeline.parse import DECISION_NOTE, becomes_project
from pipeline.parse.evidence import Evidence, stage, weigh
from pipeline.parse.fold import fold
from pipeline.parse.manifest import Manifest, Row
from pipeline.parse.place import county, municipality

TITLE_LETTERS = 48
_Group = list[int]


@dataclass(frozen=True, slots=True)
class Joined:
    """One project: its submissions oldest first and one header, the newest statement counting.

    `reason` says in Swedish why the files were joined (empty for a single file), `certainty` how
    sure that is (0–1); below 1 a human should look when `uncertain`.
    """

    id: str
    header: Header
    submissions: tuple[Submission, ...]
    reason: str = ""
    certainty: float = 1.0
    uncertain: bool = False
    omgang: str = ""

    @property
    def documents(self) -> tuple[str, ...]:
        """The names of its documents, oldest first, each once."""
        return tuple(dict.fromkeys(s.document for s in self.submissions))


def join(
    submissions: Sequence[Submission],
    texts: Mapping[str, str] | None = None,
    manifest: Manifest | None = None,
    places: Places | None = None,
) -> tuple[Joined, ...]:
    """Join submissions into projects, sorted by id; what is no project and joins none is left out.

    `texts` maps document names to their texts, so that goals can be compared. A manifest decides
    for the files it names. The result does not depend on the order of the submissions.
    """
    places = places or load_places()
    texts = texts or {}
    points = load_identity()
    ordered = sorted(submissions, key=lambda s: (s.document, s.part))
    named, free = _by_manifest(ordered, manifest)
    joined = [_named(rows, group, places) for rows, group in named]
    taken = {j.id for j in joined}
    groups = _groups(free, points, texts)
    projects = [_project(group, evidence, points, places) for group, evidence in groups]
    return tuple(sorted([*joined, *_unique(projects, taken)], key=lambda j: j.id))


def _by_manifest(
    ordered: Sequence[Submission], manifest: Manifest | None
) -> tuple[list[tuple[list[Row], list[Submission]]], list[Submission]]:
    """Return the groups the manifest states, and the submissions it does not name."""
    groups: dict[str, tuple[list[Row], list[Submission]]] = {}
    free: list[Submission] = []
    for submission in ordered:
        row = manifest.row_for(submission.document) if manifest else None
        if row is None:
            free.append(submission)
            continue
        rows, group = groups.setdefault(row.project, ([], []))
        rows.append(row)
        group.append(submission)
    # The coordinator's word that a file is a project goes before our guess at its kind.
    return [g for g in groups.values() if any(not s.empty for s in g[1])], free


def _named(rows: Sequence[Row], group: Sequence[Submission], places: Places) -> Joined:
    ordered = _oldest_first([s for s in group if not s.empty])
    header = _header(ordered)
    town = next(
        (c for r in rows if r.municipality and (c := municipality(r.municipality, places))), None
    )
    lan = next((c for r in rows if r.county and (c := county(r.county, places))), None)
    if town is not None:
        lan = places.municipality(town).county_code
        header = replace(header, kommun=places.municipality(town).name, kommunkod=town)
    if lan is not None:
        header = replace(header, lan=places.county(lan).name, lanskod=lan)
    reason = "Manifestet anger projektet." if len(ordered) > 1 else ""
    omgang = next((r.round for r in rows if r.round), "")
    return Joined(rows[0].project, header, ordered, reason, omgang=omgang)


def _groups(
    free: Sequence[Submission], points: IdentityPoints, texts: Mapping[str, str]
) -> list[tuple[list[Submission], list[Evidence]]]:
    """Join the strongest pairs first; two groups with a pair that conflicts stay apart."""
    members = [s for s in free if becomes_project(s) or _is_decision(s)]
    pairs: dict[tuple[int, int], Evidence] = {}
    for i, j in _comparable(members):
        if (found := weigh(members[i], members[j], points, texts)) is not None:
            pairs[i, j] = found
    group_of = list(range(len(members)))
    groups: dict[int, _Group] = {i: [i] for i in group_of}
    evidence: dict[int, list[Evidence]] = {i: [] for i in group_of}
    strongest = sorted(
        (pair for pair, e in pairs.items() if e.points >= points.join),
        key=lambda pair: (-pairs[pair].points, pair),
    )
    for i, j in strongest:
        a, b = group_of[i], group_of[j]
        if a == b or _conflict(groups[a], groups[b], pairs, points):
            continue
        groups[a] += groups.pop(b)
        evidence[a] += [*evidence.pop(b), pairs[i, j]]
        for k in groups[a]:
            group_of[k] = a
    return [
        ([members[i] for i in group], evidence[g])
        for g, group in groups.items()
        if any(becomes_project(members[i]) for i in group)
    ]


def _comparable(members: Sequence[Submission]) -> list[tuple[int, int]]:
    """Return the pairs that may be one project: of one municipality, or of an unknown one."""
    by_town: dict[str, list[int]] = defaultdict(list)
    for i, s in enumerate(members):
        by_town[s.header.kommunkod or ""].append(i)
    lost = by_town.pop("", [])
    pairs = [pair for town in by_town.values() for pair in combinations(town, 2)]
    pairs += combinations(lost, 2)
    pairs += [(min(i, j), max(i, j)) for i in lost for town in by_town.values() for j in town]
    return pairs


def _conflict(
    a: _Group, b: _Group, pairs: Mapping[tuple[int, int], Evidence], points: IdentityPoints
) -> bool:
    for i in a:
        for j in b:
            found = pairs.get((min(i, j), max(i, j)))
            if found is None or found.points <= points.conflict:
                return True
    return False


def _project(
    group: Sequence[Submission],
    evidence: Sequence[Evidence],
    points: IdentityPoints,
    places: Places,
) -> Joined:
    ordered = _oldest_first(group)
    header = _header(ordered)
    if not evidence:
        return Joined(_id(header, ordered), header, ordered)
    weakest = min(evidence, key=lambda e: e.points)
    certainty = round(1 / (1 + math.exp(-(weakest.points - points.join + 0.5))), 3)
    uncertain = weakest.points < points.sure
    reasons = list(dict.fromkeys(r for e in evidence for r in e.reasons))
    where = f" i {header.kommun}" if header.kommun else ""
    reason = f"Sammanförda{where}: " + ", ".join(reasons) + "."
    if uncertain:
        reason += " Osäkert: kontrollera att handlingarna gäller samma projekt."
    return Joined(_id(header, ordered), header, ordered, reason, certainty, uncertain)


def _oldest_first(group: Sequence[Submission]) -> tuple[Submission, ...]:
    """Application, decision, interim, final; of two of a kind the one that ends first."""

    def key(s: Submission) -> tuple[int, date, date, str, int]:
        h = s.header
        return (
            stage(s),
            h.period_slut or h.datum or date.min,
            h.datum or date.min,
            s.document,
            s.part,
        )

    return tuple(sorted(group, key=key))


def _header(ordered: Sequence[Submission]) -> Header:
    """Return one header: of each field the newest statement."""
    values: dict[str, object] = {}
    for submission in ordered:
        for field in fields(Header):
            value = getattr(submission.header, field.name)
            if value is not None:
                values[field.name] = value
    return Header(**values)  # type: ignore[arg-type]


def _id(header: Header, ordered: Sequence[Submission]) -> str:
    """Return a readable id in ASCII: "2421-storuman-hela-kedjan"."""
    place = [header.kommunkod or "", slug(header.kommun or header.lan or "okand")]
    if header.titel:
        what = slug(header.titel)[:TITLE_LETTERS].strip("-")
    elif header.period_start and header.period_slut:
        years = sorted({header.period_start.year, header.period_slut.year})
        what = "-".join(map(str, years))
    else:
        what = slug(min(s.document for s in ordered).rsplit("/", 1)[-1].rsplit(".", 1)[0])
    return "-".join(part for part in (*place, what) if part)


def slug(text: str) -> str:
    """Return the text as lower-case ASCII words with hyphens between ("Våga se!" → "vaga-se")."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def _unique(projects: Sequence[Joined], taken: set[str]) -> list[Joined]:
    """Number ids that several projects share, by their documents' names."""
    used = set(taken)
    unique: list[Joined] = []
    for project in sorted(projects, key=lambda p: (p.id, min(p.documents), p.submissions[0].part)):
        id, n = project.id, 1
        while id in used:
            n += 1
            id = f"{project.id}-{n}"
        used.add(id)
        unique.append(replace(project, id=id))
    return unique


def _is_decision(submission: Submission) -> bool:
    return any(note.code == DECISION_NOTE for note in submission.notes)
