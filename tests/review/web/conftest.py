"""The round that most tests of the page open: one for each test, or one that none may change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.review.web.site import Site, site


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all the probes that must leave it as it was."""
    with site(tmp_path_factory.mktemp("still")) as made:
        yield made
