"""What can be read by a person, and what only looks like text."""

from __future__ import annotations

import pytest

from corpus.types import Document, Page
from pipeline.errors import ReadError
from pipeline.ingest.legible import note_lost_letters, refuse_illegible

LETTER = "Vi träffades en gång i månaden i församlingshemmet, polisen och kyrkan och vi. "


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 000 kr ☒ ☐ 2010-05-01",
        LETTER,
        LETTER + "Broschyren finns på arabiska: معا ضد العنف",
        "Ąžuolas Čapek Łódź naïve Þór " * 4,
    ],
)
def test_swedish_and_its_guests_pass(text):
    refuse_illegible(text)  # raises ReadError for what it refuses


@pytest.mark.parametrize(
    "text", ["筜牴㢴ꟲ㜍鸦ว፥傤ꎦ큿尌㌯謒" * 10, "Привет всем участникам проекта. " * 5]
)
def test_noise_and_other_scripts_are_refused(text):
    with pytest.raises(ReadError) as error:
        refuse_illegible(text)
    assert error.value.code == "obegriplig"


def document(text):
    return Document("a.txt", "", "txt", text, (Page(1, 0, len(text)),))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LETTER * 12, False),
        ((LETTER * 12).translate(str.maketrans("åäöÅÄÖ", "aaoAAO")), True),
        ("Three short words.", False),
        ("12 000 kr ☒ " * 80, False),
    ],
)
def test_lost_letters_are_told(text, told):
    notes = note_lost_letters(document(text)).notes
    assert [note.code for note in notes] == ["dalig_text"] * told
