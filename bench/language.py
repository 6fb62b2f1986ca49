"""What `analyse` costs on the written reports and reaches on Talbanken's test part.

`python -m bench.language [--ud ../shared/ud]`: times are CPU seconds of one process, best of three.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
from spacy.tokens import Doc

from corpus.written import load_written
from models.language.conllu import TEST, Sentence, Word, read
from pipeline.language.swedish import analyse

ROOT = Path(__file__).resolve().parents[1]
TRIES = 3
TOGETHER = 10


def main(argv: Sequence[str] | None = None) -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--ud", type=Path, default=ROOT.parent / "shared" / "ud")
    args = parser.parse_args(argv)
    figures: dict[str, object] = {"rss_mb_before": _rss()}
    figures["first_call_s"] = _seconds(lambda: analyse("Polisen deltog."))
    texts = ["\n".join(filter(None, r.fields.values())) for r in load_written()]
    figures |= cost(texts)
    figures["rss_mb_after"] = _rss()
    figures |= treebank(read(args.ud / TEST))
    print(json.dumps(figures, indent=1))


def cost(texts: Sequence[str]) -> dict[str, float]:
    """Return tokens, and CPU seconds to analyse `texts` with and without the trained model."""
    plain = min(_seconds(lambda: _all(texts, parsed=False)) for _ in range(TRIES))
    parsed = min(_seconds(lambda: _all(texts, parsed=True)) for _ in range(TRIES))
    tokens = sum(len(analyse(text, parsed=False)) for text in texts)
    return {
        "texts": len(texts),
        "tokens": tokens,
        "plain_s": round(plain, 2),
        "parsed_s": round(parsed, 2),
        "tokens_per_s_plain": round(tokens / plain),
        "tokens_per_s_parsed": round(tokens / parsed),
        "moved_sentences": sum(
            _starts(analyse(t)) != _starts(analyse(t, parsed=False)) for t in texts
        ),
    }


def treebank(test: Sequence[Sentence]) -> dict[str, float]:
    """Return what the house's own words, sentences and lemmas reach on ten sentences a text."""
    right: dict[str, int] = dict.fromkeys(("tokens", "lemma", "lemma_by_form", "upos", "arcs"), 0)
    found = hit = gold_sentences = words = 0
    for i in range(0, len(test), TOGETHER):
        sentences = test[i : i + TOGETHER]
        text, gold, starts, heads = _laid_out(sentences)
        doc, plain = analyse(text), analyse(text, parsed=False)
        mine = {s[0].idx for s in doc.sents}
        found, hit, gold_sentences = (
            found + len(mine),
            hit + len(mine & starts),
            gold_sentences + len(starts),
        )
        words += len(gold)
        for token, bare in zip(doc, plain, strict=True):
            word = gold.get((token.idx, len(token)))
            if word is None:
                continue
            right["tokens"] += 1
            right["lemma"] += token.lemma_ == word.lemma.lower()
            right["lemma_by_form"] += bare.lemma_ == word.lemma.lower()
            right["upos"] += token.pos_ == word.pos
            right["arcs"] += token.head.idx == heads[token.idx]
    shares = {f"house_{k}": round(v / words, 4) for k, v in right.items()}
    return shares | {"house_sentence_f": round(2 * hit / (found + gold_sentences), 4)}


def _laid_out(sentences: Sequence[Sentence]):
    """Return running text, its words by (offset, length), sentence starts, and head offsets."""
    text = ""
    gold: dict[tuple[int, int], Word] = {}
    starts: set[int] = set()
    heads: dict[int, int] = {}
    for sentence in sentences:
        places = []
        starts.add(len(text))
        for word in sentence:
            gold[len(text), len(word.form)] = word
            places.append(len(text))
            text += word.form + " " * word.space
        heads |= {place: places[word.head] for place, word in zip(places, sentence, strict=True)}
    return text, gold, starts, heads


def _all(texts: Sequence[str], *, parsed: bool) -> None:
    for text in texts:
        analyse(text, parsed=parsed)


def _starts(doc: Doc) -> list[int]:
    return [sentence.start_char for sentence in doc.sents]


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _rss() -> int:
    return round(psutil.Process().memory_info().rss / 1e6)


if __name__ == "__main__":
    main()
