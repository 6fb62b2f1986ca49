"""Files of words for voices are found where they lie; one that cues ask for must be there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations import voice
from annotations.strict import DefinitionError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for path in voice.FOLDER.glob("voice*.yaml"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(voice, "FOLDER", tmp_path)
    voice.load_voice.cache_clear()
    yield tmp_path
    voice.load_voice.cache_clear()


def test_every_file_in_the_folder_is_read(folder: Path) -> None:
    (folder / "voice_extra.yaml").write_text("voices: {planned: [snart]}\nnever: []\n")
    assert voice.load_voices()["voice_extra"].voices == {"planned": ("snart",)}
    (folder / "voice_extra.yaml").write_text("voices: {}\nnever: []\nmer: 1\n")
    voice.load_voice.cache_clear()
    with pytest.raises(DefinitionError, match=r"okända fält: mer @ voice_extra.yaml"):
        voice.load_voices()


def test_a_file_that_cues_ask_for_must_be_there(folder: Path) -> None:
    (folder / "voice_innehall.yaml").unlink()
    with pytest.raises(DefinitionError, match=r"voice_innehall.yaml finns inte"):
        voice.load_voices()
