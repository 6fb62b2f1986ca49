"""Train the Swedish tagger and parser: `python -m models.language.train --ud UD --out FOLDER`.

Same treebanks, same seed, same machine and versions: the same weights, byte for byte.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import DIR_MODEL_BEST
from spacy.training.loop import train as train_loop
from spacy.util import load_config
from threadpoolctl import threadpool_limits

from models.language.card import write_card
from models.language.conllu import DEV, TEST, TRAIN, Sentence, documents, read
from models.language.lemmas import learn, save
from models.language.measure import measure

HERE = Path(__file__).parent
CONFIG = HERE / "sv.cfg"
OUT = HERE.parent / "trained" / "sv"
TOGETHER = 10  # sentences in one training document


def main(argv: Sequence[str] | None = None) -> None:
    """Train, measure and write the model named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--ud", type=Path, required=True, help="folder of the treebanks")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of the finished model")
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--quiet", action="store_true", help="no progress")
    args = parser.parse_args(argv)
    missing = [f for f in (*TRAIN, DEV, TEST) if not (args.ud / f).is_file()]
    if missing:
        parser.error(f"{args.ud} lacks {', '.join(missing)}")
    # Sums in another order would be other weights.
    with threadpool_limits(1):
        build(args.ud, args.out, config=args.config, quiet=args.quiet)


def build(ud: Path, out: Path, *, config: Path = CONFIG, quiet: bool = False) -> None:
    """Train on the treebanks in `ud`, measure on its test part, and write the model to `out`.

    `out` is replaced only once everything has gone well.
    """
    train = [sentence for name in TRAIN for sentence in read(ud / name)]
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".sv-", dir=out.parent) as name:
        made = Path(name) / out.name
        nlp = fit(train, read(ud / DEV), config, quiet=quiet)
        save_model(nlp, made)
        save(learn(train), made)
        figures = measure(made, read(ud / TEST))
        seed = int(nlp.config["system"]["seed"])
        write_card(made, figures, sentences=len(train), tokens=sum(map(len, train)), seed=seed)
        shutil.rmtree(out, ignore_errors=True)
        shutil.move(made, out)


def fit(
    train: Sequence[Sentence],
    dev: Sequence[Sentence],
    config: Path = CONFIG,
    *,
    changed: Mapping[str, object] | None = None,
    quiet: bool = True,
) -> Language:
    """Return the pipeline that did best on `dev`; `changed` overrides `config` by dotted name."""
    with tempfile.TemporaryDirectory(prefix="samverkan-sv-") as name:
        folder = Path(name)
        vocab = spacy.blank("sv").vocab
        for part, sentences in (("train", train), ("dev", dev)):
            docs = documents(sentences, vocab, TOGETHER)
            DocBin(docs=docs).to_disk(folder / f"{part}.spacy")
        overrides = {
            "paths.train": str(folder / "train.spacy"),
            "paths.dev": str(folder / "dev.spacy"),
            **(changed or {}),
        }
        nlp = init_nlp(load_config(config, overrides=overrides), use_gpu=-1)
        with Path(os.devnull).open("w") if quiet else nullcontext(sys.stderr) as told:
            train_loop(nlp, folder, stdout=told, stderr=told)
        return spacy.load(folder / DIR_MODEL_BEST)


def save_model(nlp: Language, folder: Path) -> None:
    """Write a trained pipeline without the treebank's words and without this machine's paths."""
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    # The vocabulary holds only strings; what the labels need comes back with the components.
    nlp.to_disk(folder, exclude=["vocab"])


if __name__ == "__main__":
    main()
