"""The letter itself as a document: its text by any charset, its header as meta, no files."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from pipeline.ingest import read, sniff
from tests.ingest.build import save
from tests.ingest.cfb import msg

HEADER = (
    b"From: Bo <bo@example.org>\r\nSubject: =?utf-8?q?Sm=C3=A5_steg?=\r\n"
    b"Date: Mon, 04 Oct 2010 09:30:00 +0200\r\n"
)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (b"\r\nHej\r\n", "Hej\n"),
        (b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nV\xe5ld\r\n", "Våld\n"),
        (b"Content-Type: text/plain; charset=us-ascii\r\n\r\nV\xe5ld\r\n", "Våld\n"),
        (b"Content-Type: text/plain; charset=us-ascii\r\n\r\nV\xc3\xa5ld\r\n", "Våld\n"),
        (b"Content-Type: text/plain; charset=finns-inte\r\n\r\nV\xe5ld\r\n", "Våld\n"),
        (
            b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
            b"quoted-printable\r\n\r\nV=C3=A5ld i n=C3=A4ra =\r\nrelationer\r\n",
            "Våld i nära relationer\n",
        ),
        (
            b"Content-Type: text/plain; format=flowed\r\n\r\nGruppen har \r\nsetts ofta.\r\n",
            "Gruppen har setts ofta.\n",
        ),
        (b"Content-Type: text/html\r\n\r\n<p>Hej<p>igen", "Hej\nigen\n"),
        (b"\r\n[x] Kyrkor\r\n> [ ] Polisen\r\n", "[x] Kyrkor\n> [ ] Polisen\n"),
    ],
)
def test_the_text_of_a_letter(tmp_path, rest, expected):
    document = read(save(tmp_path, "a.eml", HEADER + rest))
    assert document.text == expected
    assert document.format == "eml"
    assert dict(document.meta) == {
        "subject": "Små steg",
        "from": "Bo <bo@example.org>",
        "date": "Mon, 04 Oct 2010 09:30:00 +0200",
    }


def test_plain_text_goes_before_html_unless_it_says_nothing(tmp_path):
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("Gruppen har träffats varje månad.")
    message.add_alternative("<p>Gruppen har <b>träffats</b>.</p>", "html")
    assert read(save(tmp_path, "a.eml", message.as_bytes())).text.startswith(
        "Gruppen har träffats v"
    )
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content(" \n")
    message.add_alternative("<table><tr><td>☒<td>Kyrkor</table>", "html")
    document = read(save(tmp_path, "b.eml", message.as_bytes()))
    assert document.text == "☒\nKyrkor\n"
    assert [t.checked for t in document.pages[0].ticks] == [True]


def test_attached_text_is_no_part_of_the_letter(tmp_path):
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("Brevet")
    message.add_attachment("Bilagan", filename="a.txt")
    assert read(save(tmp_path, "a.eml", message.as_bytes())).text == "Brevet\n"


def test_a_letter_without_words_is_no_error(tmp_path):
    message = EmailMessage()
    message["Subject"] = "Redovisning"
    message.add_attachment(b"%PDF", "application", "pdf", filename="a.pdf")
    message.add_attachment(b"x", "application", "ms-tnef", filename="winmail.dat")
    document = read(save(tmp_path, "a.eml", message.as_bytes()))
    assert document.text == ""
    assert [note.code for note in document.notes] == ["winmail", "tomt_brev"]


def test_outlook(tmp_path):
    path = save(
        tmp_path,
        "a.msg",
        msg(
            {
                0x0037: "Små steg",
                0x1000: "[x] Kyrkor\r\nHej",
                0x0C1A: "Bo",
                0x0C1F: "bo@example.org",
            }
        ),
    )
    document = read(path)
    assert (document.format, document.text) == ("msg", "[x] Kyrkor\nHej\n")
    assert dict(document.meta)["subject"] == "Små steg"
    assert "bo@example.org" in dict(document.meta)["from"]


@pytest.mark.parametrize(
    ("name", "data", "fmt"),
    [
        ("a.eml", HEADER, "eml"),
        ("brev", b"Received: from a\r\n" + HEADER, "eml"),
        ("a.eml", b"From bo Mon Oct 4\n" + HEADER, "eml"),
        ("a.txt", HEADER, "txt"),
        ("a.eml", b"Hej alla", None),
    ],
)
def test_sniffing(tmp_path, name, data, fmt):
    match = sniff(save(tmp_path, name, data))
    assert (match[1] if match else None) == fmt
