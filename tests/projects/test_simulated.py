"""The simulated national round: 151 granted, 148 started; which of its papers are one project."""

from __future__ import annotations

import csv
import json

import pytest

from annotations.places.places import load_places
from corpus.simulate.round import Options, simulate
from corpus.types import Coding, Origin, Status
from pipeline.ingest import read
from pipeline.parse import parse
from pipeline.parse.manifest import read_manifest
from pipeline.projects.arrange import Given, arrange, read_given
from pipeline.projects.counts import by_county, count, reasons
from pipeline.projects.findings import flow_findings
from pipeline.projects.steps import project_flow, restated

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def round_(tmp_path_factory):
    folder = tmp_path_factory.mktemp("omgang") / "r"
    places = load_places()
    counties = {
        c.name: tuple(m.name for m in places.municipalities if m.county_code == c.code)
        for c in places.counties
    }
    simulate(Options(folder, formats="txt"), counties)
    documents, submissions = {}, {}
    for path in sorted((folder / "inkorg").rglob("*.txt")):
        name = path.relative_to(folder / "inkorg").as_posix()
        documents[name] = read(path, name)
        submissions[name] = parse(documents[name])
    return folder, documents, submissions


def digests(documents):
    return {name: d.sha256 for name, d in documents.items()}


def ended(folder):
    """Return codings of each project's status as its gold has it."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        gold = {r["id"]: r["gold"]["status"] for r in map(json.loads, lines)}
    return {
        id: [Coding("status", status, True, None, 1.0, Status.AUTO, Origin.RULE)]
        for id, status in gold.items()
    }


def test_151_are_granted_148_start_and_report_and_104_have_ended(round_):
    folder, documents, submissions = round_
    manifest = read_manifest(folder / "manifest.csv")
    given = read_given(folder / "beviljade.csv", (), None)
    assert given.grants is not None and given.grants.faults == ()
    arranged = arrange(submissions, documents, digests(documents), manifest, {}, given)
    flow = restated(project_flow(arranged, given), ended(folder))
    total = count(flow.rows)
    assert (total.granted, total.started, total.not_started, total.unknown) == (151, 148, 3, 0)
    assert (total.reported, total.ended, total.ongoing) == (148, 104, 44)
    counties = dict(by_county(flow))
    assert (counties["Södermanland"].granted, counties["Södermanland"].started) == (8, 6)
    assert (counties["Östergötland"].granted, counties["Östergötland"].started) == (3, 2)
    why = {id: len(projects) for id, _, projects in reasons(flow)}
    assert why == {"aldrig_startat": 2, "senarelagt": 1, "pagar": 44}
    assert list(flow_findings(flow)) == []
    # Each row of the list found its own project: the simulation writes both in one order.
    assert all(row.row == int(row.project[1:]) + 1 for row in flow.rows)


def test_without_a_manifest_nearly_all_papers_find_their_project_and_the_rest_are_listed(round_):
    folder, documents, submissions = round_
    arranged = arrange(submissions, documents, digests(documents), None, {}, Given())
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        truth = {row["fil"]: row["projekt"] for row in csv.DictReader(file)}
    mixed = [j.id for j in arranged.joined if len({truth[d] for d in j.documents}) > 1]
    assert mixed == []
    found = {d: j.id for j in arranged.joined for d in j.documents}
    together: dict[str, list[str]] = {}
    for name, project in sorted(truth.items()):
        together.setdefault(project, []).append(name)
    pairs = [tuple(names) for names in together.values() if len(names) == 2]
    missed = [pair for pair in pairs if found.get(pair[0]) != found.get(pair[1])]
    listed = {tuple(sorted((p.a[0], p.b[0]))) for p in arranged.pairs}
    assert len(missed) <= len(pairs) // 10
    assert set(missed) <= listed
    assert len(listed) < len(documents) // 10  # A list that a person gets through.
