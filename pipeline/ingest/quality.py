"""The gate for text layers: is this sound Swedish, or what a bad OCR engine left of it?"""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.resources import files
from itertools import pairwise

WINDOW = 1000
# Sound Swedish has 4-6 å, ä, ö in 100 letters; a layer read without Swedish close to none.
LEAST_AAO = 0.02
LEAST_KNOWN = 0.80
# Fewer letters or words than this say nothing.
LEAST_LETTERS = 250
LEAST_WORDS = 40
OTHER_LANGUAGE = 0.12

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LETTER = re.compile(r"[^\W\d_]")


def poor(text: str) -> str | None:
    """Return the Swedish reason why a text layer is not to be trusted, or None.

    Judged per 1,000 characters. Short texts, tables of figures and text in other languages are
    never poor: nothing can be said about them.
    """
    judged = [verdict for window in _windows(text) if (verdict := _judge(window)) is not None]
    bad = [reason for reason in judged if reason]
    if not bad or len(bad) < 0.25 * len(judged):
        return None
    return max(bad, key=bad.count)


def aao_share(text: str) -> float:
    """Return how many of the letters are å, ä or ö, 0-1; 0 where there are no letters."""
    letters = _LETTER.findall(text.lower())
    return sum(c in "åäö" for c in letters) / len(letters) if letters else 0.0


def known_share(text: str) -> float:
    """Return how many of the words Swedish government text has, 0-1; 0 where there are no words.

    Names do not count: words that begin with a capital are left out, except in ALL CAPITALS.
    """
    words = _words(text)
    return sum(map(_is_known, words)) / len(words) if words else 0.0


def _windows(text: str) -> list[str]:
    """Cut the text at spaces into windows of about 1,000 characters, all of one length."""
    flat = " ".join(text.split())
    count = max(1, round(len(flat) / WINDOW))
    size = -(-len(flat) // count) if flat else 1
    cuts = [0]
    while cuts[-1] < len(flat):
        space = flat.find(" ", cuts[-1] + size)
        cuts.append(len(flat) if space < 0 else space)
    return [flat[a:b] for a, b in pairwise(cuts)]


def _judge(window: str) -> str | None:
    """Return why a window is bad, "" where it is sound, None where nothing can be said."""
    letters = len(_LETTER.findall(window))
    words = _words(window)
    if letters < LEAST_LETTERS or letters < 0.5 * len(window.replace(" ", "")):
        return None
    if len(words) < LEAST_WORDS or is_other_language(window):
        return None
    aao = aao_share(window)
    known = sum(map(_is_known, words)) / len(words)
    if aao < LEAST_AAO and known < 0.95:
        return f"Å, ä och ö saknas nästan helt ({_percent(aao)} av bokstäverna)."
    if known < LEAST_KNOWN:
        return f"Bara {_percent(known)} av orden är kända svenska ord."
    return ""


def _words(text: str) -> list[str]:
    found = [w for w in _WORD.findall(text) if len(w) > 1 and not w.isdigit()]
    lower = [w for w in found if w[0].islower()]
    if len(lower) < 0.3 * len(found):
        return [w.lower() for w in found if any(c.isalpha() for c in w)]
    return lower


def is_other_language(text: str) -> bool:
    """Tell whether many words are common ones of English, German or a neighbour, not Swedish."""
    words = [w.lower() for w in _WORD.findall(text)]
    other = _other_words()
    return sum(w in other for w in words) > OTHER_LANGUAGE * len(words)


def _is_known(word: str) -> bool:
    known = _known_words()
    if word in known or (len(word) > 2 and word.endswith("s") and word[:-1] in known):
        return True
    return (
        all(part in known for part in word.split("-") if len(part) > 1)
        if "-" in word
        else (_is_compound(word, known))
    )


def _is_compound(word: str, known: frozenset[str]) -> bool:
    """Tell whether the word is two known words of four letters or more, perhaps joined by an s."""
    return any(
        word[cut:] in known
        and (word[:cut] in known or (word[: cut - 1] in known and word[cut - 1] == "s"))
        for cut in range(4, len(word) - 3)
    )


@cache
def _known_words() -> frozenset[str]:
    data = files("pipeline.ingest").joinpath("data", "known_words.txt.gz").read_bytes()
    return frozenset(gzip.decompress(data).decode().split())


@cache
def _other_words() -> frozenset[str]:
    data = files("pipeline.ingest").joinpath("data", "other_languages.txt")
    return frozenset(data.read_text(encoding="utf-8").split())


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
