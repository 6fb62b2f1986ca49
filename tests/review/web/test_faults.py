"""What is refused, what goes wrong, and what the server must never load."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.review.web.access.reviewer import Role
from tests.conftest import ROOT
from tests.review.web.site import Site, site, usual

HEAVY = {"numpy", "spacy", "sklearn", "scipy", "pandas", "krippendorff", "pypdfium2", "pdfplumber"}


def test_the_server_stays_small() -> None:
    """What needs much memory is done in child processes."""
    code = (
        "import sys, pipeline.review.web.app, pipeline.review.web.state, pipeline.gather;"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert HEAVY.isdisjoint(done.stdout.split())


def test_a_question_the_codebook_lacks_is_left_out_of_the_queue(tmp_path: Path) -> None:
    first, *rest = usual()
    with site(tmp_path, [replace(first, category="finns_inte"), *rest]) as here:
        browser = here.browser()
        assert browser.get("/").status_code == 200
        assert browser.heading == "Kvinnojour eller tjejjour"
        item = here.item("partner", "finns_inte")
        assert browser.get(f"/post/{item.id}").status_code == 404


BAD = [
    ("/post/{id}", {"val": "kanske"}, 400),
    ("/post/{id}", {"val": "aktiv", "token": "kort"}, 400),
    ("/post/{id}", {"val": "aktiv", "seq": "-1"}, 400),
    ("/post/{id}", {"val": "aktiv", "kommentar": "x" * 20_000}, 413),
    ("/post/999999", {"val": "aktiv"}, 404),
    ("/post/99999999999999999999999", {"val": "aktiv"}, 404),
    ("/post/{id}", {"val": "aktiv", "csrf": "fel"}, 403),
]


@pytest.mark.parametrize(("path", "fields", "status"), BAD)
def test_what_we_never_offered_is_refused_and_saves_nothing(
    here: Site, path: str, fields: dict[str, str], status: int
) -> None:
    browser = here.browser()
    browser.get("/")
    item = here.item("partner", "polis")
    response = browser.send(path.format(id=item.id), **fields)
    assert response.status_code == status
    assert "Traceback" not in response.text
    assert here.state.log.events(item.id) == ()


def test_a_fault_of_ours_is_told_in_swedish_without_a_traceback(
    here: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> None:
        raise RuntimeError("hemlig text ur handlingen")

    monkeypatch.setattr(here.state.documents, "open", broken)
    response = here.browser().get("/")
    assert response.status_code == 500
    assert "Något gick fel i programmet" in response.text
    assert "hemlig" not in response.text


@pytest.mark.parametrize("path", ["/hjalp", "/tillganglighet", "/tvister", "/finns/inte"])
def test_other_pages_are_swedish_and_whole(here: Site, path: str) -> None:
    browser = here.browser(role=Role.COORDINATOR)
    response = browser.get(path)
    assert response.status_code == (404 if "inte" in path else 200)
    assert '<html lang="sv">' in response.text and response.text.count("<h1") == 1
