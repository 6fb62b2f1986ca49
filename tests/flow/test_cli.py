"""The command line as programs and people meet it: exit codes, clean JSON, help that teaches."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import cli
from corpus.samples import sample_inbox


def call(*args, **kwargs):
    code = "import cli; cli.app()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, args)], capture_output=True, text=True, **kwargs
    )


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inkorg"
    folder.mkdir()
    shutil.copy(sample_inbox() / "Våga fråga!.docx", folder)
    return folder


def test_json_mode_prints_one_json_object_and_nothing_else(inbox, tmp_path):
    (inbox / "tom.pdf").write_bytes(b"")
    done = call("run", inbox, "--out", tmp_path / "ut", "--json")
    assert done.returncode == 4
    summary = json.loads(done.stdout)
    assert (summary["dokument"], summary["projekt"]) == (2, 1)
    assert summary["fel"][0]["dokument"] == "tom.pdf"
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert {"done": "tom.pdf"}.items() <= next(e for e in events if "error" in e).items()


def test_quiet_mode_prints_nothing(inbox, tmp_path):
    done = call("run", inbox, "--out", tmp_path / "ut", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_summary_says_what_was_done_and_what_to_do_next(inbox, tmp_path):
    (inbox / "tom.pdf").write_bytes(b"")
    done = call("run", inbox, "--out", tmp_path / "ut")
    assert "1 av 2 dokument lästa" in done.stdout
    assert "tom.pdf: Filen är tom. Be avsändaren skicka den igen." in done.stdout
    assert "Gör så här:" in done.stdout
    assert str(tmp_path / "ut" / "rapport.html") in done.stdout
    assert str(tmp_path / "ut" / "rapport.docx") in done.stdout


def test_nothing_readable_ends_with_3(tmp_path):
    (tmp_path / "inkorg").mkdir()
    (tmp_path / "inkorg" / "tom.pdf").write_bytes(b"")
    assert call("run", tmp_path / "inkorg", "--out", tmp_path / "ut", "-q").returncode == 3


@pytest.mark.parametrize(
    "args",
    [
        ["run", "finns-inte", "--out", "ut"],
        ["run"],
        ["run", ".", "--out", "ut", "--jobs", "-1"],
        ["run", ".", "--out", "."],
    ],
)
def test_wrong_use_ends_with_2_and_no_traceback(tmp_path, args):
    done = call(*args, cwd=tmp_path, env={"PYTHONPATH": ":".join(sys.path), "PATH": ""})
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.mark.parametrize("args", [[], ["run"], ["demo"], ["codebook", "check"]])
def test_help_shows_an_example(args):
    shown = CliRunner().invoke(cli.app, [*args, "--help"])
    assert shown.exit_code == 0
    assert "samverkan" in shown.output


def test_help_imports_nothing_heavy():
    code = (
        "import sys, cli\n"
        "try: cli.app(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'spacy', 'numpy', 'lxml', 'yaml', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_definitions_are_sound():
    checked = CliRunner().invoke(cli.app, ["codebook", "check"])
    assert checked.exit_code == 0, checked.output
