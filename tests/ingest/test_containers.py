"""Archives and mails: what comes out, under which safe names, and what stays out."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.ingest import containers, read, sniff
from pipeline.ingest.containers import is_container, unpack
from pipeline.ingest.member_names import MAX_NAME, Names, safe_name
from pipeline.ingest.ole import MAGIC
from tests.ingest.build import docx, odt, p, save, zipped
from tests.ingest.cfb import cfb, msg

PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0" * 200


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Redovisning från Lyckan"
    message["From"] = "Bo Påhittad <bo@example.org>"
    message["Date"] = "Mon, 04 Oct 2010 09:30:00 +0200"
    for name, value in headers.items():
        message[name] = value
    return message


def attach(message: EmailMessage, name: str, data: bytes, kind: str = "application/pdf") -> None:
    main, sub = kind.split("/")
    message.add_attachment(data, main, sub, filename=name)


def stored(name: str, data: bytes) -> bytes:
    """An archive that does not compress: its member's own bytes stand in the first 4 kB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def inside(tmp_path: Path, path: Path) -> dict[str, bytes]:
    into = tmp_path / "ut"
    return {m.relative_to(into).as_posix(): m.read_bytes() for m in unpack(path, into)}


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.zip", zipped({"a.txt": "x"}), True),
        ("a.bin", zipped({"a.txt": "x"}), True),
        ("a.zip", docx(p("text")), False),
        ("a.zip", odt("<text:p>text</text:p>"), False),
        (
            "a.zip",
            zipped({"docProps/app.xml": "", "[Content_Types].xml": "", "xl/a.xml": ""}),
            False,
        ),
        ("a.zip", zipped({"word/rapport.docx": "x"}), True),
        ("a.zip", stored("rapport.docx", docx(p("text"))), True),
        ("a.zip", stored("rapport.odt", odt("<text:p>text</text:p>")), True),
        ("a.zip", b"PK\x03\x04 trasig", True),
        ("a.eml", mail().as_bytes(), True),
        ("a.eml", b"inte ett brev", False),
        ("a.txt", b"From: Bo\nSubject: avskrift\n\ntext", False),
        ("a.msg", msg({0x0037: "x"}), True),
        ("a.doc", MAGIC + b"\0" * 600, False),
        ("a.pdf", b"%PDF-1.4", False),
    ],
)
def test_is_container(tmp_path, name, data, expected):
    assert is_container(save(tmp_path, name, data)) is expected


def test_a_zip_keeps_folders_and_leaves_litter(tmp_path):
    data = zipped(
        {
            "Umeå/a.txt": "ett",
            "b.txt": "två",
            "__MACOSX/._b.txt": "skräp",
            "Thumbs.db": "skräp",
            "~$b.docx": "skräp",
        }
    )
    path = save(tmp_path, "a.zip", data)
    assert inside(tmp_path, path) == {
        "Umeå/a.txt": b"ett",
        "b.txt": "två".encode(),
    }
    assert sniff(path) is None


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.txt", "a.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\temp\\a.txt", "C_/temp/a.txt"),
        ("..\\..\\a.txt", "a.txt"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("console.txt", "console.txt"),
        ("a?.txt", "a_.txt"),
        ("a\nb.txt", "a_b.txt"),
        ("a. ", "a"),
        ("Bilaga å ä ö.docx", "Bilaga å ä ö.docx"),
        ("a\u030a.txt", "å.txt"),
        ("", "bilaga"),
        ("..", "bilaga"),
        ("x" * 300 + ".docx", "x" * (MAX_NAME - 5) + ".docx"),
    ],
)
def test_safe_names(name, safe):
    assert safe_name(name).as_posix() == safe


@given(st.text(max_size=60), st.text(max_size=60))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_leads_outside_or_on_another_file(tmp_path, one, two):
    names = Names(tmp_path / "ut")
    places = [names.place(n) for n in (one, two, one)]
    assert len({str(place).lower() for place in places}) == 3
    for place in places:
        assert place.resolve().is_relative_to((tmp_path / "ut").resolve())


@pytest.mark.parametrize("encoding", ["cp437", "utf-8", "cp1252"])
def test_swedish_names_of_any_packer(tmp_path, encoding):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("NNNN.txt", "x")
    raw = "åäÖ".encode(encoding)
    packed = data.getvalue().replace(b"NNNN.txt", raw + b"." + b"t" * (7 - len(raw)))
    (name,) = inside(tmp_path, save(tmp_path, "a.zip", packed))
    assert name.startswith("åäÖ.")


def test_doubles_are_numbered(tmp_path):
    message = mail()
    attach(message, "a.pdf", b"ett")
    attach(message, "A.pdf", b"tre")
    assert inside(tmp_path, save(tmp_path, "a.eml", message.as_bytes())) == {
        "a.pdf": b"ett",
        "A (2).pdf": b"tre",
    }


def test_attachments_of_a_mail(tmp_path):
    inner = mail()
    inner.set_content("Vidare")
    attach(inner, "inre.pdf", b"inre")
    message = mail()
    message.set_content("Se bilagan")
    attach(message, "../blankett åäö.docx", b"PK")
    message.add_attachment("lös text", filename="svar.txt")
    message.add_attachment(inner)
    attach(message, "winmail.dat", b"x", "application/ms-tnef")
    attach(message, "inbjudan.ics", b"x", "text/calendar")
    message.add_attachment(PIXEL, "image", "png", cid="<logo>", disposition="inline")
    message.add_attachment(PIXEL * 200, "image", "png", cid="<skannad>", filename="skannad.png")
    found = inside(tmp_path, save(tmp_path, "a.eml", message.as_bytes()))
    assert list(found) == ["blankett åäö.docx", "svar.txt", "vidarebefordrat 4.eml", "skannad.png"]
    nested = save(tmp_path, "b.eml", found["vidarebefordrat 4.eml"])
    assert [m.name for m in unpack(nested, tmp_path / "ut2")] == ["inre.pdf"]
    assert read(nested).text == "Vidare\n"


def test_outlook_attachments(tmp_path):
    inner = {0x0037: "Inre brev", 0x1000: "Hej från Åsa"}
    data = msg(
        {0x0037: "Yttre", 0x1000: "Se bilaga"},
        attachments=[
            {0x3707: "rapport.pdf", 0x3701: b"%PDF", 0x370E: "application/pdf"},
            {0x3704: "KORT.DOC", 0x3701: b"doc"},
            {0x3707: "logo.png", 0x3701: PIXEL, 0x370E: "image/png", 0x3712: "logo"},
            {0x3001: "Inre brev", "inner": inner},
        ],
    )
    found = inside(tmp_path, save(tmp_path, "a.msg", data))
    assert list(found) == ["rapport.pdf", "KORT.DOC", "vidarebefordrat 4.eml"]
    assert found["rapport.pdf"] == b"%PDF"
    nested = read(save(tmp_path, "b.eml", found["vidarebefordrat 4.eml"]))
    assert nested.text == "Hej från Åsa\n"
    assert dict(nested.meta)["subject"] == "Inre brev"


def test_a_locked_archive_says_so_and_a_locked_member_does_not_hide(tmp_path):
    data = bytearray(zipped({"a.docx": "x", "b.txt": "y"}))

    def lock(count: int) -> bytes:
        locked = bytearray(data)
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
            infos = archive.infolist()
        at = 0
        for info in infos[:count]:
            locked[info.header_offset + 6] |= 1
            at = locked.index(b"PK\x01\x02", at + 1)
            locked[at + 8] |= 1
        return bytes(locked)

    with pytest.raises(ReadError) as error:
        unpack(save(tmp_path, "a.zip", lock(2)), tmp_path / "ut")
    assert error.value.code == "krypterad"
    members = unpack(save(tmp_path, "b.zip", lock(1)), tmp_path / "ut2")
    assert [m.name for m in members] == ["a.docx", "b.txt"]
    with pytest.raises(ReadError) as error:
        read(members[0])
    assert error.value.code == "krypterad"
    assert read(members[1]).text == "y\n"


def test_too_many_attachments(tmp_path, monkeypatch):
    monkeypatch.setattr(containers, "MAX_ATTACHMENTS", 2)
    message = mail()
    for i in range(3):
        attach(message, f"{i}.pdf", b"x")
    with pytest.raises(ReadError) as error:
        unpack(save(tmp_path, "a.eml", message.as_bytes()), tmp_path / "ut")
    assert error.value.code == "for_stor"


@pytest.mark.parametrize(
    ("name", "data"), [("a.zip", b"PK\x03\x04 trasig"), ("a.msg", cfb({"a": b"x"}))]
)
def test_damaged_containers(tmp_path, name, data):
    with pytest.raises(ReadError) as error:
        unpack(save(tmp_path, name, data), tmp_path / "ut")
    assert error.value.code == "trasig"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=300), st.integers(0, 2500), st.sampled_from(["zip", "eml", "msg"]))
def test_damage_never_raises_anything_else(tmp_path, noise, at, kind):
    if kind == "zip":
        good = zipped({"a.txt": "text" * 50, "b/c.txt": "y"})
    elif kind == "eml":
        message = mail()
        message.set_content("Våld")
        attach(message, "å.pdf", b"x" * 50)
        good = message.as_bytes()
    else:
        good = msg({0x0037: "Ämne"}, attachments=[{0x3707: "a.pdf", 0x3701: b"x"}])
    path = save(tmp_path, "a." + kind, good[:at] + noise + good[at + len(noise) :] or b"x")
    try:
        if is_container(path):
            unpack(path, tmp_path / "ut")
        read(path)
    except ReadError as error:
        assert error.reason
