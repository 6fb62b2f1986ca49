"""From a row of labels to what was filled in: answers and choices with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz.distance import Levenshtein

from corpus.types import Answer, Choice, Document, Note
from pipeline.parse.anchors import Candidate
from pipeline.parse.fold import Folded
from pipeline.parse.slots import Layout
from pipeline.parse.tails import own_words, tail_end
from pipeline.parse.ticks import Labelled, bind

_EDGE_START = re.compile(
    r"(?:[\s:|]|\*{2,}|>+(?=\s)|\*(?=[\s]*\n)|_{2,}|\.{4,}|…{2,}|-{3,}|☐|☒|☑|\?|</?\w{1,5}>|\)(?=\s))+"
)
# What is left of a retyped label on its line: ", vilka och hur:", "gäller det?", "(t.ex. en kurs)".
_REST = re.compile(r"(?:,[ ]?|[ ])(?:[a-zåäö][^\n.!:?☐☒\t]{0,55})[:?](?=\s|$)")
_ASKS = re.compile(r"\s*[A-ZÅÄÖ][^\n?.!]{3,90}\?(?=\s|$)")
_PAREN = re.compile(r"[ ]?\([^()\n]{2,70}\)\??(?=\s*(?:\n|$|☐|☒))")
_TAIL = re.compile(r"[.:?!)*_]+(?=\s|$)")
_EDGE_END = re.compile(
    r"(?:[\s|#*>]|_{2,}|\.{4,}|-{2,}|☐|☒|☑|</?\w{1,5}>|<input[^>]*>|(?<=\s)[xX])+$"
)
_HEADING = re.compile(
    r"(?:fråga )?\d{1,2}[.):]{0,2} (?P<words>[A-ZÅÄÖ][^\n.:;!?]{3,70})", re.IGNORECASE
)
_SIGNATURE = re.compile(
    r"\n(?:--[ \t]*\n(?=[\s\S]{0,600}\Z)|(?:(?:med )?(?:vänlig|vänliga|bästa|varma) hälsning(?:ar)?"
    r"|m\.?v\.?h\.?|hälsningar)[ \t,.!]*(?=\n[\s\S]{0,300}\Z|[^\n]{0,40}\s*\Z))",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"[\W_]*")
RUNNING = 0.95  # likeness an instruction needs when words go on after it in lower case


@dataclass(frozen=True, slots=True)
class Filled:
    """One copy of a form as filled in. `header` maps fields to the stretches of their values."""

    answers: tuple[Answer, ...]
    choices: tuple[Choice, ...]
    header: dict[str, tuple[int, int]]
    notes: tuple[Note, ...]
    start: int
    end: int
    labels: tuple[Candidate, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """True when nobody wrote a word and ticked a box."""
        return not any(c.checked for c in self.choices) and not self.answers


def fill(
    document: Document, words: Folded, form: Layout, path: Sequence[Candidate], start: int, end: int
) -> Filled:
    """Read the answers and choices between the labels of `path`, all inside `start:end`."""
    if signature := _SIGNATURE.search(document.text, path[-1].end if path else start, end):
        end = signature.start()
    stretches: list[tuple[Candidate, int, int]] = []
    for i, label in enumerate(path):
        until = path[i + 1].start if i + 1 < len(path) else end
        stretches.append((label, _after_instructions(words, form, label, until), until))
    labels = [
        Labelled(label, _question_id(form, label), path[i - 1].end if i else start, after, until)
        for i, (label, after, until) in enumerate(_widened(stretches))
        if label.slot.role == "option"
    ]
    options = {q.id: tuple(o.id for o in q.options) for q in form.form.questions if q.options}
    begins = {id(label): path[i - 1].end if i else start for i, label in enumerate(path)}
    labels = [
        Labelled(x.candidate, x.question, begins[id(x.candidate)], x.after, x.until) for x in labels
    ]
    choices, signs, notes = bind(document, words, labels, options)
    header: dict[str, tuple[int, int]] = {}
    answers: list[Answer] = []
    for i, (label, after, until) in enumerate(stretches):
        if (
            i + 1 < len(path)
            and path[i + 1].slot is label.slot
            and "\n" not in words.text[after:until]
            and own_words(words.text[after:until], form.form)
        ):
            continue  # The middle of a retyped question, its end known as a label again.
        a, b = _trim(words.text, after, _before_heading(words, form, after, until), signs)
        if a >= b or not label.slot.target:
            continue
        if label.slot.role == "header":
            header.setdefault(label.slot.target, (a, _line_end(words.text, a, b)))
        elif _is_answer(words, a, b, label):
            answers.append(Answer(label.slot.target, a, b, _heading(words.text, label)))
    return Filled(tuple(answers), tuple(choices), header, tuple(notes), start, end, tuple(path))


def _widened(
    stretches: Sequence[tuple[Candidate, int, int]],
) -> list[tuple[Candidate, int, int]]:
    """Let an option's stretch reach the words of the next label, past its number and box."""
    wide: list[tuple[Candidate, int, int]] = []
    for i, (label, after, until) in enumerate(stretches):
        reach = stretches[i + 1][0].label if i + 1 < len(stretches) else until
        wide.append((label, after, max(until, reach)))
    return wide


def _question_id(form: Layout, label: Candidate) -> str:
    return form.form.questions[label.slot.group - 1].id


def _after_instructions(words: Folded, form: Layout, label: Candidate, until: int) -> int:
    """Return where the answer may begin: after the label's instructions ("Ange vilka …")."""
    at = label.end
    question = form.form.questions[label.slot.group - 1].id if label.slot.group else ""
    known = [*form.own_instructions.get(question, ()), *form.instructions]
    if label.slot.role in ("question", "section"):
        known += [
            p.text for p in form.phrases if p.slot.index == label.slot.index and len(p.text) >= 18
        ]
    for _ in range(6):
        word = words.word_at(at)
        best = max(
            ((end, len(text)) for text in known if (end := _prefix(words, word, text, until))),
            default=None,
            key=lambda found: found[0],
        )
        if best is None:
            break
        at = best[0]
    for pattern in (_REST, _PAREN, _TAIL):
        if tail := pattern.match(words.text, at, until):
            at = tail.end()
    if label.slot.role == "header":
        return at
    if words.text[at - 1 : at] == "?":  # A second order on the line: "… tillkommit? Ange vilka."
        at = max(at, tail_end(words, form.form, at - 1))
    return _after_lines(words, form, _after_questions(words, label, at, until), until)


def _after_questions(words: Folded, label: Candidate, at: int, until: int) -> int:
    """Return where retyped question sentences end: "Är målen nådda? Går det åt rätt håll?"."""
    own = False
    while match := _ASKS.match(words.text, at, until):
        asked = words.flat[match.start() : match.end()]
        own = own or any(_pattern(key).search(asked) for key in label.slot.keys)
        if not own:
            break
        at = match.end()
    return at


def _after_lines(words: Folded, form: Layout, at: int, until: int) -> int:
    """Return where the lines end that are the form's own ("Sätt kryss", a second question)."""
    patterns = [_pattern(p) for p in form.form.instruction_lines]
    while True:
        begin = at
        while begin < until and words.text[begin].isspace():
            begin += 1
        stop = words.text.find("\n", begin, until)
        line = words.flat[begin : stop if stop >= 0 else until].strip()
        if "\n" not in words.text[at:begin] or not line:
            return at
        if not any(p.search(line) for p in patterns):
            return at
        at = stop if stop >= 0 else until


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _prefix(words: Folded, word: int, text: str, until: int) -> int | None:
    """Return where the instruction `text` ends when it stands at `word`, or None."""
    if word >= len(words.starts) or words.starts[word] >= until:
        return None
    base = words.at[word]
    if Levenshtein.distance(words.joined[base : base + 10], text[:10], score_cutoff=3) > 3:
        return None
    best: tuple[float, int] | None = None
    for last in range(word + 1, min(word + 50, len(words.at))):
        length = words.at[last] - base
        if length > len(text) * 1.2 + 2 or words.ends[last - 1] > until:
            break
        if length < len(text) * 0.8 - 1:
            continue
        similarity = Levenshtein.normalized_similarity(words.joined[base : base + length], text)
        if similarity >= 0.84 and (best is None or similarity > best[0]):
            best = (similarity, words.ends[last - 1])
    if best is None:
        return None
    if best[0] < RUNNING and re.match(r"\s+[a-zåäö]", words.text[best[1] : best[1] + 9]):
        return None  # an answer that begins in the form's words
    short = len(text) < 14
    if short and not re.match(r"[\s)]*(?:[:?\n(]|$)", words.text[best[1] : until]):
        return None  # "Vilka områden …" may open an answer; with a colon it is the form's
    return best[1]


def _before_heading(words: Folded, form: Layout, after: int, until: int) -> int:
    """Return where the answer ends: before a numbered heading of the form that no label knows."""
    text = words.text[after:until].rstrip()
    at = text.rfind("\n") + 1
    heading = _HEADING.fullmatch(text, at)
    if at and heading and own_words(heading.group("words"), form.form):
        return after + at
    return until


def _trim(text: str, start: int, end: int, signs: set[tuple[int, int]]) -> tuple[int, int]:
    """Return the stretch without the form's own punctuation, rules and boxes at its edges."""
    if tail := re.match(r"[^\w\n]*\)", text[start:end]):
        start += tail.end()
    while True:
        before = (start, end)
        if match := _EDGE_START.match(text, start, end):
            start = match.end()
        if tail := _EDGE_END.search(text[start:end]):
            end = start + tail.start()
        for a, b in signs:
            if a <= start < b:
                start = b
            if a < end <= b:
                end = a
        if (start, end) == before or start >= end:
            return start, max(start, end)


def _is_answer(words: Folded, start: int, end: int, label: Candidate) -> bool:
    """False for rules, dashes and the loose ends of a label."""
    text = words.text[start:end]
    if _NOTHING.fullmatch(text):
        return text.strip() in ("-", "–", "—")
    return not (
        label.slot.role == "option" and label.similarity < 1 and len(words.squeezed(start, end)) < 2
    )


def _line_end(text: str, start: int, end: int) -> int:
    """Return the end of the first line: a header value is one line."""
    at = text.find("\n", start, end)
    stop = at if at >= 0 else end
    return start + len(text[start:stop].rstrip())


def _heading(text: str, label: Candidate) -> str:
    return " ".join(text[label.label : label.end].split())
