"""`samverkan evaluate` as people meet it: what it prints and writes, and how it refuses."""

from __future__ import annotations

import csv
import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner

from cli import app
from corpus.samples import sample_inbox
from tests.evaluation.build import cell, coded, gold_line, write_table

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
TEXT = (
    "Vi träffar polisen varje månad. Kyrkan har tackat nej.\n"
    "Målet om en gemensam\nrutin är nått, <nästan>."
)
NO = "Kyrkan har tackat nej."


def call(*args):
    return CliRunner().invoke(app, ["evaluate", *map(str, args)])


@pytest.fixture
def results(tmp_path):
    """A run of two projects: one with a wrong church and a missed goal, one all right."""
    folder = tmp_path / "ut"
    (folder / "text").mkdir(parents=True)
    (folder / "text" / "Å & ö.docx.txt").write_text(TEXT, encoding="utf-8")
    cells = coded({"partner.kyrka": "aktiv", "maluppfyllelse.oklart": "ja", "status.oklart": "ja"})
    start = TEXT.index(NO)
    cells = {
        k: replace(c, document="Å & ö.docx", confidence=0.9, origin="regel")
        for k, c in cells.items()
    }
    church = cell("partner.kyrka")
    cells[church] = replace(cells[church], start=start, end=start + len(NO), quote=NO)
    right = coded({"maluppfyllelse.oklart": "ja", "status.oklart": "ja"})
    write_table(folder / "kodningar.csv", {"a": cells, "b": right})
    return folder


@pytest.fixture
def gold(tmp_path):
    first = json.loads(gold_line("a", maluppfyllelse="helt"))
    first["evidens"] = {"maluppfyllelse": "gemen-\nsam rutin är nått"}
    file = tmp_path / "guld.jsonl"
    file.write_text(json.dumps(first) + "\n" + gold_line("b") + "\n", encoding="utf-8")
    return file


def test_it_prints_the_figures_and_says_where_the_report_is(results, gold):
    done = call(results, gold)
    assert done.exit_code == 0, done.output
    # 4 codes in gold, 3 found; church and "oklart" too much.
    assert re.search(r"micro F1 +0\.667   0\.\d{3}–\d\.\d{3}", done.stdout)
    assert re.search(r"maluppfyllelse +0\.500 +0\.500 +0\.500", done.stdout)
    assert f"Report: {results / 'utvardering' / 'utvardering.html'}" in done.stdout
    assert {f.name for f in (results / "utvardering").iterdir()} == {
        "utvardering.html", "utvardering.json", "fel.csv",
    }  # fmt: skip


def test_json_is_the_file_and_the_same_every_time(results, gold, tmp_path):
    once = call(results, gold, "--json", "--out", tmp_path / "1")
    again = call(results / "kodningar.csv", gold, "--out", tmp_path / "2", "--quiet")
    assert again.output == ""
    written = [(tmp_path / n / "utvardering.json").read_text(encoding="utf-8") for n in "12"]
    assert written[0] == written[1]
    data = json.loads(once.stdout)
    assert data == json.loads(written[0])
    assert data["micro_f1"]["value"] == pytest.approx(2 / 3, abs=1e-6)
    assert data["categories"]["partner.kyrka"]["fp"] == 1
    assert data["calibration"]["partner"]["ece"]["value"] is not None
    assert data["confidence_means"].startswith("probability")
    assert data["evidence"] == {"positives": 5, "verbatim": 1}


def test_errors_lead_to_the_words(results, gold):
    call(results, gold, "--quiet")
    with (results / "utvardering" / "fel.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["kategori"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"kyrka", "helt", "oklart"}
    church, whole = rows["kyrka"], rows["helt"]
    assert (church["slag"], church["guld"], church["kodat"]) == ("för mycket", "", "aktiv")
    text = (results / church["text"]).read_text(encoding="utf-8")
    assert text[int(church["start"]) : int(church["slut"])] == church["citat"] == NO
    # The quote that gold rests on is found although its lines were broken otherwise.
    assert whole["slag"] == "missad"
    found = text[int(whole["guld_start"]) : int(whole["guld_slut"])]
    assert found == "gemensam\nrutin är nått"


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.hrefs, self.loaded = [], []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.hrefs += [named["href"]] if tag == "a" else []
        self.loaded += [named[n] for n in ("src", "data") if n in named]
        self.loaded += [tag] if tag in ("link", "script", "iframe") else []


def test_the_page_stands_alone_and_its_links_lead_to_texts(results, gold):
    call(results, gold, "--quiet")
    page = results / "utvardering" / "utvardering.html"
    html = page.read_text(encoding="utf-8")
    links = Links()
    links.feed(html)
    assert links.loaded == []
    outward = {unquote(href.partition("#")[0]) for href in links.hrefs} - {""}
    assert outward == {"../text/Å & ö.docx.txt"}
    assert all((page.parent / path).is_file() for path in outward)
    ids = set(re.findall(r'id="([^"]+)"', html))
    assert {h[1:] for h in links.hrefs if h.startswith("#")} <= ids
    assert f"<mark>{NO}</mark>" in html
    assert "&lt;nästan&gt;" in html
    assert "Måluppfyllelse: Helt uppnådda kodat som Oklart" in html


def test_without_texts_the_quotes_of_the_table_are_shown(results, gold):
    shutil.rmtree(results / "text")
    done = call(results, gold)
    assert "verbatim" not in done.stdout
    html = (results / "utvardering" / "utvardering.html").read_text(encoding="utf-8")
    assert f"<p>{NO}</p>" in html
    assert "Återfinns inte ordagrant i texten." in html


def test_missing_and_other_projects_are_told(results, gold):
    gold.write_text(gold_line("a") + "\n" + gold_line("c"), encoding="utf-8")
    done = call(results, gold)
    assert done.exit_code == 0
    assert "Warning: 1 of 2 gold projects are not in the results" in done.stderr
    assert "Note: 1 projects of the results have no gold: b" in done.stderr
    html = (results / "utvardering" / "utvardering.html").read_text(encoding="utf-8")
    assert "1 av 2 projekt i guldet saknas i resultaten" in html


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "Error: holds no report @ guld.jsonl"),
        (gold_line("zz"), "Error: no project of the gold (zz …) is in the results (a, b …)."),
        (gold_line("a", partner={"präst": "aktiv"}), "Error: the codebook has no partner.präst"),
    ],
)
def test_it_refuses_plainly(results, gold, line, told):
    gold.write_text(line, encoding="utf-8")
    done = call(results, gold)
    assert done.exit_code == 2
    assert told in done.stderr
    assert "Traceback" not in done.output
    assert not (results / "utvardering").exists()


def test_a_folder_without_codings(tmp_path, gold):
    done = call(tmp_path, gold)
    assert done.exit_code == 2
    assert "Error: there is no kodningar.csv in" in done.stderr


@pytest.mark.slow
def test_a_run_of_the_samples_end_to_end(tmp_path):
    """Text files and Word only, so that it needs nothing that may be missing."""
    inbox, out = tmp_path / "inkorg", tmp_path / "ut"
    inbox.mkdir()
    with (SAMPLES / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = {row["fil"]: row["projekt"] for row in csv.DictReader(file)}
    taken = [n for n in listed if Path(n).suffix in (".txt", ".docx") and "/" not in n]
    for name in taken:
        shutil.copy(sample_inbox() / name, inbox)
    with (tmp_path / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("fil", "projekt"), *((n, listed[n]) for n in taken)])
    ran = CliRunner().invoke(
        app,
        ["run", str(inbox), "--manifest", str(tmp_path / "manifest.csv"), "-o", str(out), "-q"],
    )
    assert ran.exit_code == 0, ran.output
    ids = {listed[n] for n in taken}
    lines = (SAMPLES / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    gold = tmp_path / "guld.jsonl"
    kept = [line for line in lines if json.loads(line)["id"] in ids]
    gold.write_text("\n".join(kept), encoding="utf-8")
    done = call(out, gold, "--json")
    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)
    assert (data["projects"], data["missing_projects"]) == (len(ids), 0)
    assert data["missing_cells"] == 0
    # Far from a quality claim: were codes and gold apart, agreement would be near one half.
    assert data["micro_f1"]["value"] > 0.8
    assert data["evidence"]["verbatim"] == data["evidence"]["positives"] > 0
    html = (out / "utvardering" / "utvardering.html").read_text(encoding="utf-8")
    assert "<mark>" in html
