"""Build the word counts that repair rests on: `python -m pipeline.language.repair_build FOLDER`.

FOLDER holds `unigram.tsv.gz` (word, count) and `bigram.tsv.gz` (two words, count), lower case.
What is written is figures about words, pruned to what repair can use; none of the text itself.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice, product
from pathlib import Path

from pipeline.language.repair_channel import LOST, plain
from pipeline.language.repair_counts import COUNTS, DATA, SIGNS

LEAST_WORD = 3
LEAST_PAIR = 6
# Signs of damage are spellings of frequent words; sound text has them 300 times less often.
FREQUENT = 250
RARE = 0.003


def build(source: Path, target: Path = DATA) -> tuple[int, int, int]:
    """Write the tables below `target`; return how many words, pairs and signs they hold."""
    words = {w: n for w, n in _read(source / "unigram.tsv.gz") if n >= LEAST_WORD and _is_word(w)}
    alike: dict[str, list[str]] = defaultdict(list)
    for word in words:
        alike[plain(word)].append(word)
    doubtful = {w for ones in alike.values() if len(ones) > 1 for w in ones}
    pairs = {
        pair: n
        for pair, n in _read(source / "bigram.tsv.gz")
        if n >= LEAST_PAIR
        and doubtful.intersection(pair.split())
        and all(w in words for w in pair.split())
    }
    signs = _signs(words)
    lines = [f"{key}\t{n}" for table in (words, pairs) for key, n in sorted(table.items())]
    _write(target / COUNTS, lines)
    (target / SIGNS).write_text("\n".join(signs) + "\n", encoding="utf-8")
    return len(words), len(pairs), len(signs)


def _read(path: Path) -> Iterator[tuple[str, int]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            *words, count = line.split()
            yield " ".join(words), int(count)


def _is_word(word: str) -> bool:
    return word.isalpha() and set(word) <= set("abcdefghijklmnopqrstuvwxyzåäöéü")


def _signs(words: Mapping[str, int]) -> list[str]:
    """Return how frequent words with å, ä, ö look when those are lost, in alphabetical order."""
    frequent = (w for w in sorted(words, key=lambda w: (-words[w], w)) if set(w) & set(LOST))
    signs: set[str] = set()
    for word in islice(frequent, FREQUENT):
        letters = [list(LOST.get(c, c)) for c in word]
        for spelling in map("".join, product(*letters)):
            if words.get(spelling, 0) <= RARE * words[word] and not spelling.isdigit():
                signs.add(spelling)
    return sorted(s for s in signs if len(s) > 1)


def _write(path: Path, lines: list[str]) -> None:
    # mtime 0: the same counts give the same file.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(("\n".join(lines) + "\n").encode())


if __name__ == "__main__":
    print("words {}, pairs {}, signs {}".format(*build(Path(sys.argv[1]))))
