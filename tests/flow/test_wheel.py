"""What is installed: the wheel holds every data file, and does its main job without the extras."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("pipeline", "models", "annotations", "corpus")
# What only a developer needs: texts about the folders, and what tests and benchmarks read.
STAYS = (".md", "corpus/samples/reports.jsonl")
STAYS_IN = "corpus/exercises/"
EXTRAS = ("reportlab", "pikepdf", "tesserocr", "cv2", "psycopg", "pyarrow")
LIMIT = 60 * 2**20  # bytes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the tree as it is."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        check=True,
        capture_output=True,
    )
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path) -> dict[str, str]:
    """An environment where the wheel goes before the tree and no extra can be imported."""
    home = wheel.parent / "site"
    with ZipFile(wheel) as archive:
        archive.extractall(home)
    blocked = f"import sys\nsys.modules.update(dict.fromkeys({EXTRAS!r}))\n"
    (home / "sitecustomize.py").write_text(blocked, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(home)}


def samverkan(env: dict[str, str], at: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command, outside the tree."""
    code = "import sys, cli; sys.argv[0] = 'samverkan'; cli.app()"
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *words],
        cwd=at,
        env=env,
        capture_output=True,
        encoding="utf-8",
    )


def test_every_data_file_is_there(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard", "--", *ROOMS, "cli*.py"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout.split("\0")
    wanted = {
        name
        for name in listed
        if name and (ROOT / name).is_file()
        if not name.endswith(STAYS) and (not name.startswith(STAYS_IN) or name.endswith(".py"))
    }
    with ZipFile(wheel) as archive:
        held = set(archive.namelist())
    assert wanted
    assert not wanted - held
    assert {n for n in held - set(listed) if ".dist-info/" not in n} == set()
    assert wheel.stat().st_size < LIMIT


def test_the_main_job_without_extras(installed: dict[str, str], tmp_path: Path) -> None:
    where = "import cli, pipeline; print(cli.__file__, pipeline.__file__)"
    found = subprocess.run(
        [sys.executable, "-P", "-c", where],
        cwd=tmp_path,
        env=installed,
        capture_output=True,
        encoding="utf-8",
    )
    assert str(ROOT) not in found.stdout

    ran = samverkan(installed, tmp_path, "demo", "--out", "ut", "--quiet")
    assert (tmp_path / "ut" / "rapport.docx").is_file(), ran.stderr

    for words in (
        ("tables", "ut", "--compare", "2011_39"),
        ("explain", "ut", "3", "kyrka"),
        ("check", "ut"),
        ("report", "texts", "--out", "texter"),
        ("report", "check", "texter"),
        ("export", "qdpx", "ut", "--to", "ut.qdpx"),
        ("rulings", "list", "ut"),
        ("codebook", "check"),
        ("corpus", "counts"),
        ("models", "show"),
    ):
        told = samverkan(installed, tmp_path, *words)
        assert told.returncode == 0, (words, told.stderr)

    for words, extra in (
        (("simulate", "--out", "sim"), "samverkan[render]"),
        (("export", "parquet", "ut", "--to", "p"), "samverkan[parquet]"),
    ):
        told = samverkan(installed, tmp_path, *words)
        assert told.returncode == 2
        assert "Traceback" not in told.stderr
        assert extra in told.stderr
