"""A simulated round that went the whole way, shared by the tests that follow its links."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app


@pytest.fixture(scope="package")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the results of a round of 40 projects in text and Word files."""
    made, out = tmp_path_factory.mktemp("omgang") / "omgang", tmp_path_factory.mktemp("ut")
    invoke = CliRunner().invoke
    done = invoke(
        app, ["simulate", "-n", "40", "--formats", "txt,docx", "--out", str(made), "--quiet"]
    )
    assert done.exit_code == 0, done.output
    done = invoke(
        app,
        ["run", str(made / "inkorg"), "--manifest", str(made / "manifest.csv"), "--figures",
         str(made / "siffror.yaml"), "--out", str(out), "--quiet"],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    return out
