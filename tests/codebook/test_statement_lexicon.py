"""The cues and weights are checked when they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations import statements
from annotations.confidence import load_confidence
from annotations.strict import DefinitionError
from pipeline.decide.codings import BASES

CUE = """
id: prov
factors: {planned: 1.0}
cues:
  - id: prov_ett
    find: [träffas]
    gives: {innehall.reell_samverkan: 1.0}
    examples: [Vi träffas.]
"""


def test_every_category_but_partners_has_weights() -> None:
    weighed = {w.category for w in statements.load_decisions().categories}
    assert len(weighed) == 29
    assert not any(key.startswith("partner.") for key in weighed)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("innehall.reell_samverkan", "innehall.samverkan", "okänd kategori"),
        ("examples: [Vi träffas.]", "examples: []", "exempel saknas"),
        ("find: [träffas]", "find: []", "saknar mönster"),
        ("planned: 1.0", "framtid: 1.0", "framtid"),
        ("find: [träffas]", "find: [träffas]\n    vikt: 2", "vikt"),
        ("id: prov\n", "id: prov\nwords: {mote: ses|kom fram}\n", "'mote' har flera ord i följd"),
    ],
)
def test_a_faulty_cue_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, fault: str
) -> None:
    path = tmp_path / "cues_prov.yaml"
    path.write_text(CUE.replace(before, after), encoding="utf-8")
    monkeypatch.setattr(statements, "CUE_FILES", (path,))
    with pytest.raises(DefinitionError, match=fault):
        statements.load_cues.__wrapped__()


def test_a_missing_weight_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = statements.DECISIONS.read_text(encoding="utf-8")
    path = tmp_path / "decisions.yaml"
    path.write_text(text.replace("  - {category: form.tillfallig}\n", ""), encoding="utf-8")
    monkeypatch.setattr(statements, "DECISIONS", path)
    with pytest.raises(DefinitionError, match=r"form\.tillfallig"):
        statements.load_decisions.__wrapped__()


def test_every_basis_has_a_probability() -> None:
    table = load_confidence()
    for basis in BASES:
        assert 0.5 <= table.of("malgrupp", basis) < 1.0
