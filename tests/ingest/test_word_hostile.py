"""DOCX that is locked, damaged, disguised or means harm."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.ingest import read, sniff
from pipeline.ingest.ole import MAGIC
from tests.ingest.build import checkbox, docx, p, run, save, table, zipped


def test_content_beats_the_suffix(tmp_path):
    match = sniff(save(tmp_path, "a.pdf", docx(p("text"))))
    assert match is not None and match[1] == "docx"


def test_macros_are_noted_and_never_run(tmp_path):
    data = io.BytesIO(docx(p("text")))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\0" * 10)
    assert [n.code for n in read(save(tmp_path, "a.docm", data.getvalue())).notes] == ["makron"]


def test_active_controls_are_noted(tmp_path):
    body = p("text", "<w:r><w:object><w:control/></w:object></w:r>")
    assert [n.code for n in read(save(tmp_path, "a.docx", docx(body))).notes] == ["activex"]


def test_external_entities_are_not_followed(tmp_path):
    secret = save(tmp_path, "hemligt.txt", b"hemligheten")
    xml = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">'
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>text&e;&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})
    text = read(save(tmp_path, "a.docx", data)).text
    assert "text" in text
    assert "hemligheten" not in text
    assert "aaaa" not in text


def _locked() -> bytes:
    return MAGIC + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 400


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_locked(), "krypterad"),
        (MAGIC + b"\0" * 800, "trasig"),
        (docx(p("text"))[:300], "trasig"),
        (docx(p("")), "ingen_text"),
        (zipped({"[Content_Types].xml": "", "word/document.xml": "<w:document"}), "trasig"),
        (zipped({"[Content_Types].xml": "", "word/document.xml": "<a><b/></a>"}), "trasig"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": "<a/>"}), "okant_format"),
    ],
    ids=["locked", "ole", "cut", "empty", "bad xml", "no body", "excel"],
)
def test_what_cannot_be_read_says_why_in_swedish(tmp_path, data, code):
    with pytest.raises(ReadError) as error:
        read(save(tmp_path, "a.docx", data))
    assert error.value.code == code
    assert error.value.reason.endswith(".")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=400), st.integers(0, 1200), st.booleans())
def test_damage_never_raises_anything_else(tmp_path, noise, at, replace):
    good = docx(table([p(checkbox("1", run("☒"))), p("Kyrkor")]), styles="<w:style/>")
    data = good[:at] + noise + (good[at + len(noise) :] if replace else good[at:])
    path = save(tmp_path, "a.docx", b"PK\x03\x04" + data if at % 2 else data or b"x")
    try:
        read(path)
    except ReadError as error:
        assert error.reason
