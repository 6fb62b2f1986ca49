"""What is left of a retyped label on its line: "Övrig information, exempelvis hinder". No answers.

A person who retypes a form changes the ends of its questions, so the known wording stops short of
the label's end. The rest is the form's when it goes on with the sentence in the form's own words.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from annotations.forms import Form
from pipeline.parse.fold import Folded, fold

LONGEST = 150  # letters of a label's rest
ASKED, OPEN, AGAIN = 0.6, 0.75, 0.85
"""Shares of the form's own words in a rest: before a colon or question mark, before the line's
end, and in a sentence of its own."""

STEM = 6  # letters by which two forms of one word are known
_STOP = re.compile(r"\n|\t|\||[☐☒☑]|\[[ xX]?\]|<")
_WORD = re.compile(r"[^\W\d_]+")
_PARENTHESIS = re.compile(r"\([^()]{0,80}\)")
# "(vilka):", "(t.ex. MVC, psykiatri):", also where the known wording ended inside it.
_ASIDE = re.compile(
    r"[ .,]*(?:\([a-zåäö][^()\n]{1,60}|(?<=[a-zåäö])[ .,][^()\n]{1,50})\)(?=[ ]?[:?])"
)
# A second order or question on the label's line: "… tillkommit? Ange vilka."
_MORE = re.compile(
    r"[?.][ ](?:(?:Ange|Beskriv|Kryssa|Markera|Redogör|Motivera)\b[^\n.?!:]{0,60}(?:[.:?]|(?=\n|$))"
    r"|(?:Vad|Vilka|Vilken|Vilket|Hur|Har|Om ja)\b[^\n.?!]{0,70}\?)"
)
_BARE = re.compile(r"[ ][a-zåäö][^\n\t|:☐☒\[]{1,60}(?=\n|$)")
_BROKEN = re.compile(r"[^\n()\t☐☒]*\([^\n()]*\n[^\n()]{0,40}\)")  # a line cut inside "(t.ex. MVC)"
_LEAD = re.compile(r"(?:,[ ]?|[ ])(?=[a-z(])")
_SENTENCE = re.compile(r"[ ](?=[A-ZÅÄÖ])")
_MARK = re.compile(r"[:?](?=\s|$)")
# Words that go on with a label's sentence. A noun alone ("Rättsväsendet polis") is an answer.
_GOES_ON = re.compile(
    r"(?:och|samt|eller|for|av|i|inom|med|till|pa|som|hos|utover|infor|under|exempelvis|ex|tex|t|"
    r"vilken|vilket|vilka|vad|hur|ange|namligen|om|att|vid|fran|mot)\b"
)
_SMALL_WORDS = """
och samt eller för av i inom med till på som hos utöver inför under exempelvis ex tex t vilken
vilket vilka vad hur ange nämligen om att vid från mot en ett den det de detta dessa är var har
finns hade ska skall kan sig sin sina er era ni vi
"""
SMALL = frozenset(fold(_SMALL_WORDS).split())


def bare_end(words: Folded, at: int) -> int:
    """Return where the line of an option without words of its own ends: all of it is the label."""
    rest = _BARE.match(words.text, at)
    return rest.end() if rest else at


# Many candidates end at the same letter; a few thousand places is a document or two.
@lru_cache(maxsize=4096)
def tail_end(words: Folded, form: Form, at: int) -> int:
    """Return where the label that is known up to `at` ends; `at` itself where it ends there."""
    while True:
        if asked := _ASIDE.match(words.text, at) or _MORE.match(words.text, at):
            at = asked.end()
            continue
        stop = _STOP.search(words.text, at, at + LONGEST)
        if stop and (broken := _BROKEN.match(words.text, at, at + LONGEST)):
            stop = _STOP.search(words.text, broken.end(), at + LONGEST)
        line = words.text[at : stop.start() if stop else at + LONGEST].replace("\n", " ")
        length = _tail(line, form, closed=stop is not None)
        if not length:
            return at
        at += length


def own_words(text: str, form: Form) -> bool:
    """Tell whether a stretch is made up of the form's own words."""
    return _share(fold(text), form) >= AGAIN


def _tail(line: str, form: Form, *, closed: bool) -> int:
    """Return how many letters of `line`, which follows a label, still are the label's."""
    if line[:1] in ("?", "."):
        more = _tail(line[1:], form, closed=closed)
        return more + 1 if more and line[1 : 1 + more].rstrip().endswith("?") else 0
    flat = fold(line)
    sentence = _SENTENCE.match(line) is not None
    if not sentence and not (_LEAD.match(line) and _LEAD.match(flat)):
        return 0
    mark = next((m for m in _MARK.finditer(line) if not _inside(line, m.start())), None)
    if mark is not None:
        share = _share(flat[: mark.start()], form)
        if share >= (AGAIN if sentence else ASKED):
            return mark.start() + (line[mark.start()] == "?")
    if sentence or not _GOES_ON.match(flat.lstrip(", ")):
        return 0
    # A capital begins the answer where the reader joined it to the label's last line.
    capital = _SENTENCE.search(_PARENTHESIS.sub(lambda m: "-" * len(m.group()), line))
    if capital is None and not closed:
        return 0
    rest = line[: capital.start()] if capital else line
    words = _WORD.findall(_PARENTHESIS.sub(" ", rest))
    if len(words) < (3 if capital else 2):
        return 0
    return (
        len(rest.rstrip(" .:")) if _share(fold(rest), form) >= (AGAIN if capital else OPEN) else 0
    )


def _inside(line: str, at: int) -> bool:
    """Tell whether `at` lies in a parenthesis of the line."""
    return any(m.start() < at < m.end() for m in _PARENTHESIS.finditer(line))


def _share(flat: str, form: Form) -> float:
    """Return which share of the words is the form's own or a small word; 0 for no words."""
    known, stems = _vocabulary(form)
    words = _WORD.findall(_PARENTHESIS.sub(" ", flat))
    own = sum(w in known or w in SMALL or (len(w) >= STEM and w[:STEM] in stems) for w in words)
    return own / len(words) if words else 0.0


@cache
def _vocabulary(form: Form) -> tuple[frozenset[str], frozenset[str]]:
    """Return the folded words of all the form's labels and instructions, and their stems."""
    texts = [*form.instructions, *form.titles, *(a for f in form.header for a in f.anchors)]
    for question in form.questions:
        texts += [*question.anchors, *question.weak, *question.instructions]
        for option in question.options:
            texts += option.anchors
    words = frozenset(w for text in texts for w in _WORD.findall(fold(text)))
    return words, frozenset(w[:STEM] for w in words if len(w) >= STEM)
