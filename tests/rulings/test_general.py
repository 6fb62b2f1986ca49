"""The rulings that come with the program: known to the manual, the codebook and the tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotations.codebook import FOLDER, load
from annotations.strict import DefinitionError
from annotations.tables import load_tables
from pipeline.rulings.general import (
    check_general,
    general_marks,
    load_general,
    reference_faults,
)
from pipeline.selfcheck import check_domain_data
from pipeline.version import rules_version

GUIDE = FOLDER.with_name("GUIDE.md")


def test_each_has_its_place_in_the_coding_manual() -> None:
    stated = set(re.findall(r"^- \*\*([A-Z]\d+)\*\*", GUIDE.read_text(encoding="utf-8"), re.M))
    assert len(load_general()) >= 25
    assert general_marks() <= stated


def test_who_and_when_are_the_codebooks() -> None:
    for ruling in load_general():
        assert ruling.who == f"kodbok {load().version}"
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", ruling.at)
        assert ruling.general and ruling.withdrawn is None


def test_every_text_says_something_and_ends() -> None:
    for ruling in load_general():
        assert ruling.question.endswith("?"), ruling.mark
        assert ruling.text.endswith(".") and ruling.reason.endswith("."), ruling.mark
        assert "`" not in ruling.text + ruling.reason  # ids are nothing for readers


def test_all_references_are_known() -> None:
    assert check_general(load(), load_tables().tables) == []
    assert not check_domain_data().problems


@pytest.mark.parametrize(
    ("ref", "known"),
    [
        ("partner", True),
        ("partner.polis", True),
        ("partner.rattsvasende", True),
        ("malgrupp.familjeperspektiv", True),
        ("tabell5", True),
        ("tabell5.pagar", True),
        ("tabell3.polis", True),
        ("tabell9", False),
        ("tabell5.finns_inte", False),
        ("partner.finns_inte", False),
        ("finns_inte", False),
        ("", False),
        (".", False),
    ],
)
def test_what_a_ruling_may_be_about(ref: str, known: bool) -> None:
    assert (reference_faults((ref,), load(), load_tables().tables) == []) is known


def test_faults_of_a_file_are_told_all_at_once(tmp_path: Path) -> None:
    one = "{mark: %s, question: Vad?, text: Så., reason: Därför., applies: %s}"
    path = tmp_path / "egna.yaml"
    rulings = [one % ("P1", "[partner]"), one % ("P1", "[partner]"), one % ("R1", "[]")]
    lines = "".join(f"\n  - {r}" for r in rulings)
    path.write_text(f'source: jag\ndate: "2026-01-01"\nrulings:{lines}\n', encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        load_general(path)
    assert [fault.split(" @")[0] for fault in error.value.faults] == [
        "'P1' står två gånger",
        "'R1': R är granskarnas egna",
        "säg vad tolkningen gäller",
    ]


def test_a_new_ruling_asks_for_no_new_analysis() -> None:
    """Rulings say how results are read; nothing that was analysed depends on their files."""
    from pipeline import version

    files = {p.as_posix() for p in version._files(version._RULES)}
    assert not [f for f in files if "/pipeline/rulings/" in f]
    assert rules_version()
