"""What README and the commands' help tell people to type can be typed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import cli

ROOT = Path(__file__).resolve().parents[2]
DOCS = ("README.md", "ARCHITECTURE.md", "docs/granskning.md", "annotations/tables/README.md")
APP: Any = typer.main.get_command(cli.app)


def commands(command: Any = APP, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield every command that does something, with its words."""
    for name, sub in getattr(command, "commands", {}).items():
        yield from commands(sub, (*path, name))
    if not hasattr(command, "commands"):
        yield " ".join(path), command


COMMANDS = dict(commands())


def faults(line: str) -> list[str]:
    """What of a line `samverkan …` no command knows."""
    words = shlex.split(line.partition(" #")[0].partition(" | ")[0], posix=True)
    name = next((n for i in (4, 3, 2) if (n := " ".join(words[1:i])) in COMMANDS), "")
    if not name:
        return [f"no such command: {line}"]
    known = {"--help"} | {o for p in COMMANDS[name].params for o in (*p.opts, *p.secondary_opts)}
    options = [w.split("=")[0] for w in words if w.startswith("--")]
    return [f"{name} has no {o}" for o in options if o not in known]


def lines(text: str) -> list[str]:
    """The lines of a text that begin with the command, each with what goes on below."""
    joined = re.sub(r"\\\n\s*", "", text)
    return re.findall(r"^\s*(?:\.venv/bin/)?(samverkan .+)$", joined, re.MULTILINE)


@pytest.mark.parametrize("name", DOCS)
def test_commands_in_the_docs(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    assert [f for line in lines(blocks) for f in faults(line)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_of_every_command(name: str) -> None:
    epilog = COMMANDS[name].epilog or ""
    examples = lines(epilog.replace("Example:", "\n"))
    assert examples
    assert any(line.startswith(f"samverkan {name}") for line in examples)
    assert [f for line in examples for f in faults(line)] == []


def test_what_is_wrong_is_found() -> None:
    assert faults("samverkan run INKORG --out UT --manifest x.csv  # told") == []
    assert faults("samverkan ran INKORG") and faults("samverkan run INKORG --aut UT")


def test_readme_names_every_command_of_its_users() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [n for n in COMMANDS if f"samverkan {n.split()[0]}" not in text] == []


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md"])
def test_links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert [t for t in targets if not (ROOT / t).exists()] == []
