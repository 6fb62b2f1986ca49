"""The model card of the Swedish pipeline, and the checksum that says which model it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from spacy.about import __version__

from models.language.measure import Figures

CARD = "README.md"
FIGURES = "metrics.json"
SUM = "sha256"
ROWS = (
    ("Tokens cut as in the treebank", "tokens"),
    ("Part of speech (UPOS)", "upos"),
    ("Features (FEATS)", "feats"),
    ("Lemma, lower case", "lemma"),
    ("Lemma, simplemma alone on the treebank's tokens", "lemma_dictionary_given"),
    ("UAS", "uas"),
    ("LAS", "las"),
    ("Sentences (F)", "sentence_f"),
    ("UAS, sentences given", "uas_sentences_given"),
    ("LAS, sentences given", "las_sentences_given"),
)
TEXT = """\
# Swedish tagger and parser

Part of speech, features, heads and relations of Universal Dependencies for Swedish, with lemmas by
part of speech. Made by `python -m models.language.train --ud FOLDER`, which also wrote this card.

**Licence: CC BY-SA 4.0**, as the treebanks it was trained on. The rest of the project is EUPL-1.2.

## Data

Universal Dependencies, Swedish; {sentences:,} sentences, {tokens:,} tokens:

- Talbanken (Joakim Nivre, Aaron Smith and others; texts and first annotation Jan Einarsson and
  others, Lund 1976), training part, and most of the development part. The training part joins the
  heads of UD 1.0 with the lemmas of UD 2.3 under today's labels; arcs that are known to differ are
  taken as unknown.
- PUD (Parallel Universal Dependencies): 1,000 sentences of news and encyclopedia.

100 sentences of the development part chose among the epochs. No report and no personal data of
this project was used. Lemmas: simplemma's dictionary, corrected by a table learnt from the same
treebanks (`lemmas.json`).

## Figures

Talbanken test, {test_sentences:,} sentences, {test_tokens:,} tokens, never trained on.

| measure | share |
| --- | ---: |
{rows}

{megabytes} MB on disk. Loads in {load_seconds} s once spaCy is imported. {whole:,} tokens a CPU
second whole, {without_parser:,} without the parser, on one thread of the machine that trained it.

## What to know

- Talbanken is prose of the 1970s, much of it public information; PUD is news. Notes in telegram
  style, tables and damaged scans are further from it, and nothing here measures them.
- `parser` keeps to the sentences that are marked before it. The project marks them by its own
  rules for lines, bullets and table cells and leaves `senter` out.
- Two trainings with one seed give the same weights on the same machine and versions; only the
  times in `metrics.json` and above differ. `sha256` is over everything but those.

spaCy {spacy}, `models/language/sv.cfg`, seed {seed}.
"""


def write_card(folder: Path, figures: Figures, *, sentences: int, tokens: int, seed: int) -> None:
    """Write card, figures and checksum beside a trained model."""
    text = json.dumps(figures, indent=2) + "\n"
    (folder / FIGURES).write_text(text, encoding="utf-8")
    rows = "\n".join(f"| {label} | {_shown(figures, key)} |" for label, key in ROWS)
    card = TEXT.format(
        sentences=sentences,
        tokens=tokens,
        test_sentences=figures["test_sentences"],
        test_tokens=figures["test_tokens"],
        rows=rows,
        megabytes=figures["megabytes"],
        **figures["speed"],
        spacy=__version__,
        seed=seed,
    )
    (folder / CARD).write_text(card, encoding="utf-8")
    (folder / SUM).write_text(checksum(folder) + "\n", encoding="utf-8")


def checksum(folder: Path) -> str:
    """Return one digest over the files of a model that two trainings have in common."""
    digest = hashlib.sha256()
    for path in _common(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _common(folder: Path) -> Sequence[Path]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return [p for p in files if p.relative_to(folder).as_posix() not in {CARD, FIGURES, SUM}]


def _shown(figures: Figures, key: str) -> str:
    return f"{dict(figures['quality'])[key]:.3f}"
