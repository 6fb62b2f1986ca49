"""Every definition file is looked at; every fault in one becomes a plain line with its place."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotations.lexicon import load_cues
from annotations.scope import Scope
from annotations.strict import DefinitionError, load, structure

ROOT = Path(__file__).resolve().parents[2]
CHECK = "from pipeline.selfcheck import check_domain_data as c; print(*c().problems, sep='\\n')"
CUE = """- id: inbjuden.brev
  category: {category}
  patterns: inbjuden till
  strength: {strength}
  hits: [Polisen är inbjuden till mötet.]
"""


def copy(tmp_path: Path) -> Path:
    for room in ("annotations", "corpus", "models", "pipeline"):
        ignored = shutil.ignore_patterns("__pycache__", "samples", "inbox")
        shutil.copytree(ROOT / room, tmp_path / room, ignore=ignored)
    return tmp_path / "annotations"


def problems(tmp_path: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", CHECK], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("of_the_codebook", [True, False])
def test_every_definition_file_is_read(tmp_path, of_the_codebook):
    folder = copy(tmp_path)
    files = [f for f in folder.rglob("*.yaml") if (f.parent.name == "codebook") == of_the_codebook]
    files = [f for f in files if f.name != "codebook.yaml"]
    for file in files:
        file.write_text(file.read_text(encoding="utf-8") + "\nfinns_inte: 1\n", encoding="utf-8")
    found = problems(tmp_path)
    assert [f.name for f in files if not any(f.name in line for line in found)] == []
    assert len(set(found)) == len(found)


@pytest.mark.slow
def test_references_and_patterns_are_tried(tmp_path):
    folder = copy(tmp_path)
    for name, old, new in (
        ("codebook/partner.yaml", "aktor.kommuner", "aktor.komuner"),
        ("lexicon/statements/voice.yaml", "never:", "never: ['våld|']\nnever_more:"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any("okända fält: never_more" in line for line in problems(tmp_path))
    shutil.copy(ROOT / "annotations/lexicon/statements/voice.yaml", folder / "lexicon/statements")
    lexicon = folder / "lexicon" / "partner" / "kyrka_kassa.yaml"
    text = lexicon.read_text(encoding="utf-8")
    first = text.index("patterns: ") + len("patterns: ")
    lexicon.write_text(text[:first] + "våld|, " + text[first:], encoding="utf-8")
    found = problems(tmp_path)
    assert len([f for f in found if "'aktor.komuner'" in f and "partner.yaml" in f]) == 1
    assert len([f for f in found if "ett alternativ är tomt i 'våld|'" in f]) == 1


@pytest.mark.parametrize(
    ("category", "strength", "fault"),
    [
        ("inbjudna", 0.7, "okänd kategori 'inbjudna'"),
        ("inbjuden", 1.2, "styrkan 1.2 är inte 0–1"),
        ("inbjuden", -0.1, "styrkan -0.1 är inte 0–1"),
    ],
)
def test_a_cue_has_a_known_category_and_a_strength_in_its_bounds(
    tmp_path, category, strength, fault
):
    path = tmp_path / "context.yaml"
    path.write_text(CUE.format(category=category, strength=strength), encoding="utf-8")
    with pytest.raises(DefinitionError, match=fault) as caught:
        load_cues(path)
    assert "context.yaml[inbjuden.brev]" in str(caught.value)


def test_a_sound_cue_loads(tmp_path):
    path = tmp_path / "context.yaml"
    path.write_text(CUE.format(category="inbjuden", strength=0.7), encoding="utf-8")
    assert [c.id for c in load_cues(path)] == ["inbjuden.brev"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "filen är tom @ scope.yaml"),
        (b"# bara en kommentar\n", "filen är tom @ scope.yaml"),
        ("negations:\n- aldrig förr\n".encode("latin-1"), "rad 2: filen är inte sparad som UTF-8"),
        (b"negations: [\x01]", "tecken som YAML inte"),
        (b"- a\n", "fält med namn väntas"),
        (b"[a]: b\n", "en nyckel får inte vara en lista"),
        (b"negations: 3\n", "en lista eller fält med namn väntas, inte ett värde av slaget int"),
        (b"clauses: [a]\n", "clauses"),
    ],
)
def test_unreadable_files_have_plain_faults(tmp_path, data, fault):
    path = tmp_path / "scope.yaml"
    path.write_bytes(data)
    with pytest.raises(DefinitionError) as caught:
        load(path, Scope)
    assert fault in str(caught.value)
    assert "object" not in str(caught.value)


def test_a_missing_file_has_a_plain_fault(tmp_path):
    with pytest.raises(DefinitionError, match=r"kan inte läsas .* @ borta.yaml"):
        load(tmp_path / "borta.yaml", Scope)


def test_words_that_are_none_of_a_few_are_named_in_swedish():
    from annotations.lexicon import Cue

    raw = {"id": "a", "category": "b", "patterns": ["c"], "direction": "uppåt"}
    with pytest.raises(DefinitionError) as caught:
        structure(raw, Cue, "context.yaml")
    (fault,) = caught.value.faults
    assert fault == "uppåt är inget av de värden som får stå här @ context.yaml.direction"
