"""`samverkan corpus counts | check | agreement`, and the data card that repeats what they print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotations.codebook import load
from annotations.corpus_card import national_counts
from annotations.plain_words import load_plain_words, plain_word_faults, read_plain_words
from annotations.strict import DefinitionError
from cli import app
from corpus.simulate.preset import load_preset

ROOT = Path(__file__).resolve().parents[2]
CARD = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
CODEBOOK = load()


def printed(*args: str) -> list[str]:
    result = CliRunner().invoke(app, ["corpus", *args])
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_counts_name_every_category_split_and_writer():
    lines = printed("counts")
    names = {f"{c.variable}.{c.id}" for c in CODEBOOK.leaves()}
    assert names <= {line.split()[0] for line in lines if line}
    assert re.match(r"category +reports +train +calibration +test +hard neg", lines[0])
    assert sum(bool(re.match(r"s\d\d ", line)) for line in lines) >= 12
    assert not any(re.search(r"\d!", line) for line in lines)


def test_counts_by_writer_add_up():
    head, *rows = printed("counts", "--by-writer")
    columns = head.split()
    writers = [c for c in columns if re.fullmatch(r"s\d\d", c)]
    first = rows[0].split()
    offset = 6  # category, reports, three splits, hard negatives
    counts = [int(n) for n in first[offset : offset + len(writers)]]
    assert sum(counts) == int(first[1])


def test_check_says_that_there_is_no_fault():
    assert re.fullmatch(r"\d+ reports: no fault\.", printed("check")[-1])


@pytest.mark.parametrize("number", ["1", "2", "3", "4"])
def test_the_card_repeats_the_agreement(number):
    for version in ("1", "2"):
        for line in printed("agreement", "--round", number, "--gold", version)[1:]:
            name, *_, alpha = line.split()
            if "." in name:
                continue
            row = next(r for r in CARD.splitlines() if r.startswith(f"| {name} |"))
            cells = [c.strip() for c in row.strip("|").split("|")]
            shown = cells[2 * int(number) - 1 + (version == "2")]
            assert shown == f"{float(alpha):.2f}", (name, number, version)


def test_an_unknown_round_is_wrong_use():
    result = CliRunner().invoke(app, ["corpus", "agreement", "--round", "9"])
    assert result.exit_code == 2
    assert "no such round" in result.stderr


def test_the_card_repeats_the_distribution():
    for line in printed("counts", "--national"):
        assert line in CARD


def test_the_published_shares_are_the_reports():
    shares = national_counts(load_preset("2011_39"))
    assert shares["partner", "polis"] == pytest.approx(100 * 60 / 148)
    assert shares["malgrupp", "sarskilt_utsatta"] == pytest.approx(100 * 64 / 148)
    assert shares["status", "avslutat"] == pytest.approx(100 * 104 / 148)


@pytest.mark.parametrize(
    "category, text, found",
    [
        (("partner", "polis"), "Närpolisen kom", True),
        (("partner", "polis"), "kommunpolisen", True),
        (("partner", "polis"), "metropol", False),
        (("partner", "bup"), "BUP:s kurator", True),
        (("partner", "skola"), "i grundskolan", True),
        (("malgrupp", "aldre"), "hemtjänstens personal", True),
        (("malgrupp", "aldre"), "föräldrar", False),
        (("malgrupp", "heder"), "hedersrelaterat", True),
    ],
)
def test_plain_words_match_at_the_beginning_of_words(category, text, found):
    assert bool(load_plain_words(CODEBOOK)[category].search(text)) is found


def test_plain_words_know_the_codebooks_categories(tmp_path):
    words = dict(read_plain_words())
    del words["partner.polis"]
    words["partner.katter"] = ("katt",)
    words["partner.kyrka"] = ("*",)
    faults = plain_word_faults(words, CODEBOOK)
    assert len(faults) == 3
    file = tmp_path / "plain_words.yaml"
    file.write_text("words: {partner.polis: [polis]}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="ord saknas"):
        load_plain_words(CODEBOOK, file)
