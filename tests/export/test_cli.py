from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from tests.export.made_up import hostile

RUNNER = CliRunner()
FILES = {
    "qdpx": "a.qdpx",
    "jsonl": "a.jsonl",
    "labelstudio": "a.json",
    "docbin": "a.spacy",
    "csv": "data",
    "parquet": "data",
}


@pytest.mark.parametrize("command", FILES)
def test_each_format_is_written_and_said_so(tmp_path: Path, command: str) -> None:
    if command == "parquet":
        pytest.importorskip("pyarrow", reason="the parquet extra is not installed")
    to = tmp_path / "ny mapp" / FILES[command]
    done = RUNNER.invoke(app, ["export", command, str(hostile(tmp_path / "ut")), "--to", str(to)])
    assert done.exit_code == 0, done.output
    assert to.exists()
    assert str(to) in done.stdout


@pytest.mark.parametrize("command", FILES)
def test_the_same_results_give_the_same_bytes(tmp_path: Path, command: str) -> None:
    if command == "parquet":
        pytest.importorskip("pyarrow", reason="the parquet extra is not installed")
    results = hostile(tmp_path / "ut")
    found: list[dict[str, bytes]] = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        to = folder / FILES[command]
        RUNNER.invoke(app, ["export", command, str(results), "--to", str(to)])
        files = [path for path in folder.rglob("*") if path.is_file()]
        found.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})
    assert found[0] == found[1] != {}


@pytest.mark.parametrize("command", [*FILES, "tables"])
def test_a_folder_that_is_no_run_is_told_and_nothing_written(tmp_path: Path, command: str) -> None:
    to = tmp_path / "till" / "a"
    done = RUNNER.invoke(app, ["export", command, str(tmp_path), "--to", str(to)])
    assert done.exit_code == 2
    assert "finns inte i" in done.stderr
    assert not to.exists()


def test_the_results_are_never_written_over(tmp_path: Path) -> None:
    results = hostile(tmp_path / "ut")
    before = (results / "projekt.csv").read_bytes()
    done = RUNNER.invoke(app, ["export", "csv", str(results), "--to", str(results), "--excel"])
    assert done.exit_code == 2
    assert "inte skrivas över resultaten" in done.stderr
    assert (results / "projekt.csv").read_bytes() == before


def test_a_rule_that_hides_nothing_is_no_rule(tmp_path: Path) -> None:
    done = RUNNER.invoke(app, ["export", "tables", str(tmp_path), "--to", "x", "--suppress", "1"])
    assert done.exit_code == 2
