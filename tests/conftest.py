"""What tests may ask for, and how they say that something optional is missing.

With SAMVERKAN_SKIP_NOTHING=1 (CI sets it) a skipped test fails: there everything is installed.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def _office_missing() -> str:
    from pipeline.ingest.office import find_soffice

    found = find_soffice() and shutil.which("soffice")
    return "" if found else "LibreOffice is not installed, or soffice is not on the PATH"


def _calc_missing() -> str:
    if missing := _office_missing():
        return missing
    program = Path(shutil.which("soffice") or "").resolve()
    found = any(program.parent.glob("*sclo.*"))
    return "" if found else "LibreOffice's Calc is not installed (Debian: libreoffice-calc-nogui)"


def _fonts_missing() -> str:
    from corpus.render.fonts import FontMissing, font_files

    try:
        font_files("Arial")
    except FontMissing as missing:
        return str(missing)
    return ""


def _ocr_missing() -> str:
    if importlib.util.find_spec("tesserocr") is None:
        return "the ocr extra is not installed (pip install 'samverkan[ocr]')"
    from pipeline.ingest.scan_ocr import traineddata

    return "" if traineddata() else "Tesseract's Swedish data is not installed (tesseract-ocr-swe)"


def _shared_missing() -> str:
    return "" if SHARED.is_dir() else "the development material ../shared is not beside the project"


def _browser_missing() -> str:
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed"
    return "" if shutil.which("chromium") else "Chromium is not installed (Debian: chromium)"


def _postgres_missing() -> str:
    if importlib.util.find_spec("psycopg") is None:
        return "the postgres extra is not installed (pip install 'samverkan[postgres]')"
    if not os.environ.get("SAMVERKAN_TEST_POSTGRES"):
        return "SAMVERKAN_TEST_POSTGRES does not name a PostgreSQL server"
    return ""


_NEEDS = {
    "browser": _browser_missing,
    "calc": _calc_missing,
    "fonts": _fonts_missing,
    "office": _office_missing,
    "ocr": _ocr_missing,
    "postgres": _postgres_missing,
    "shared": _shared_missing,
}


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the development material's folder; mark the test `shared`."""
    return SHARED


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """Yield the URL of a new empty database on the test server; mark the test `postgres`."""
    from sqlalchemy import create_engine, make_url, text
    from sqlalchemy.exc import ProgrammingError

    server = make_url(os.environ["SAMVERKAN_TEST_POSTGRES"])
    name = f"t_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        # The server's own autovacuum may be in the database, and we may not end what is its.
        for left in reversed(range(20)):
            try:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
                break
            except ProgrammingError:
                if not left:
                    raise
                time.sleep(0.5)
    engine.dispose()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = {name: look() for name, look in _NEEDS.items()}
    for item in items:
        for name, why in missing.items():
            if why and item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=why))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    report = yield
    if (
        report.skipped
        and not hasattr(report, "wasxfail")
        and os.environ.get("SAMVERKAN_SKIP_NOTHING")
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
    return report
