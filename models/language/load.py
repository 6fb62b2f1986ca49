"""Load the shipped tagger and parser, where they are shipped."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.vocab import Vocab

from models.language.lemmas import Table, load

FOLDER = Path(__file__).parents[1] / "trained" / "sv"


class Parser(NamedTuple):
    """Tagger and parser as one spaCy pipeline, and the lemmas it was shipped with."""

    nlp: Language
    lemmas: Table


def load_parser(vocab: Vocab, folder: Path = FOLDER) -> Parser | None:
    """Return the parser for documents of `vocab`, or None where `folder` holds no model.

    It splits neither words nor sentences: it takes documents whose sentences are marked.
    """
    if not (folder / "config.cfg").is_file():
        return None
    nlp = spacy.load(folder, vocab=vocab, exclude=["vocab", "tokenizer", "senter"])
    return Parser(nlp, load(folder))
