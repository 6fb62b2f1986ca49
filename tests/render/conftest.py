"""The sample reports, by id."""

from __future__ import annotations

from pathlib import Path

import pytest

import corpus.samples
from corpus.records import Report, load_reports

SAMPLES = Path(corpus.samples.__file__).parent


@pytest.fixture(scope="session")
def reports() -> dict[str, Report]:
    return {report.id: report for report in load_reports(SAMPLES / "reports.jsonl")}
