"""The Word file as a package: parts, relationships, and every element where its schema has it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from pipeline.report.docx import document
from tests.report.made_docx import report

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@pytest.fixture(scope="module")
def data() -> bytes:
    return document(report())


def faults(data: bytes, folder: Path) -> list[str]:
    path = folder / "rapport.docx"
    path.write_bytes(data)
    found = OpenXmlValidator(FileFormat.OFFICE_2016, max_errors=50).validate(path)
    return [str(error) for error in found.errors]


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            archive.writestr(name, content)
    return out.getvalue()


def test_the_report_holds_to_the_schemas(data, tmp_path):
    assert faults(data, tmp_path) == []


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (
            "word/document.xml",
            '<w:keepNext/><w:jc w:val="right"/>',
            '<w:jc w:val="right"/><w:keepNext/>',
        ),
        (
            "word/charts/chart1.xml",
            '<c:barDir val="bar"/><c:grouping val="clustered"/>',
            '<c:grouping val="clustered"/><c:barDir val="bar"/>',
        ),
        ("word/styles.xml", "<w:keepNext/><w:keepLines/>", "<w:keepLines/><w:keepNext/>"),
        ("word/numbering.xml", 'w:val="bullet"', 'w:val="prick"'),
    ],
)
def test_what_does_not_hold_is_found(data, tmp_path, part, old, new):
    assert faults(changed(data, part, old, new), tmp_path)


def test_every_relationship_leads_to_a_part_and_every_part_is_led_to(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    reached = set()
    for name in archive.namelist():
        if not name.endswith(".rels"):
            continue
        folder = Path(name).parent.parent
        for relation in etree.fromstring(archive.read(name)).iter(RELATION):
            # ".." leads from word/charts to word.
            target = (Path("/") / folder / relation.get("Target", "")).resolve()
            reached.add(target.as_posix().lstrip("/"))
    parts = {n for n in archive.namelist() if not n.endswith((".rels", "[Content_Types].xml"))}
    assert reached == parts


def test_the_clock_leaves_no_trace(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert {i.date_time for i in archive.infolist()} == {(2026, 11, 22, 0, 0, 0)}
    book = next(n for n in archive.namelist() if n.endswith(".xlsx"))
    inner = zipfile.ZipFile(io.BytesIO(archive.read(book)))
    assert b"2026-11-22" in inner.read("docProps/core.xml")
