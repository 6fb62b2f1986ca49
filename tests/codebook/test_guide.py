"""The coding manual says what the codebook says, and rules on every category by example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotations.codebook import load
from corpus.types import Context, Role

GUIDE = Path(__file__).resolve().parents[2] / "annotations" / "GUIDE.md"
TEXT = GUIDE.read_text(encoding="utf-8")
SECTIONS = {
    (variable, m[1]): m[0]
    for variable, body in re.findall(r"^## [^\n]*\(`(\w+)`\)\n(.*?)(?=^## |\Z)", TEXT, re.M | re.S)
    for m in re.finditer(r"^### `(\w+)`.*?(?=^### |\Z)", body, re.M | re.S)
}
CODEBOOK = load()


@pytest.mark.parametrize("category", CODEBOOK.leaves(), ids=lambda c: f"{c.variable}.{c.id}")
def test_every_category_has_its_definition_and_examples_for_and_against(category):
    section = SECTIONS[category.variable, category.id]
    assert category.definition in section and category.label in section
    assert re.search(r"^- Ja: ", section, re.M)
    assert re.search(r"^- Nej: ", section, re.M)


def test_no_category_that_the_codebook_does_not_know():
    derived = {(v.id, d.id) for v in CODEBOOK.variables for d in v.derived}
    assert set(SECTIONS) - derived == {(c.variable, c.id) for c in CODEBOOK.leaves()}


def test_roles_and_contexts_are_explained():
    for word in (*Role, *Context):
        assert re.search(rf"^\| `{word}` \|", TEXT, re.M), word


def test_rulings_are_numbered_once():
    numbers = re.findall(r"^- \*\*([A-Z]\d+)\*\*", TEXT, re.M)
    assert len(numbers) == len(set(numbers)) > 40
    for letter in {n[0] for n in numbers}:
        own = sorted(int(n[1:]) for n in numbers if n[0] == letter)
        assert own == list(range(1, len(own) + 1)), letter
