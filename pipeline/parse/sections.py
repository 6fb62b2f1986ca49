"""Free-form documents cut at their own headings; each section answers a form question."""

from __future__ import annotations

import re
from functools import cache

from annotations.documents import Headings, load_headings
from corpus.types import Answer, Document
from pipeline.parse.fold import fold

FREE = "fritext"
_HEADING = re.compile(
    r"[\s#*_]*(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+|[a-h][.)]\s+)?(?P<words>[^\n]*?)[\s#*_:]*"
)
_RUN_IN = re.compile(
    r"[\s*_]*(?:\d{1,2}[.)]?\s*|[a-h][.)]\s*)?(?P<words>[A-ZÅÄÖ][^\n:.!?]{2,58})(?::|\s[–-]\s)\s*(?=\S)"
)
_BARE = re.compile(r"^[^:]*$|\?$")  # a heading, even where a label's words begin it
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?!-)")  # "Fortsättning efter 2012" is a heading
_LONGEST = 70
_WORDS = 9


def sections(
    document: Document, start: int, end: int, rules: Headings | None = None
) -> tuple[Answer, ...]:
    """Cover `start:end` with answers, one for each stretch between headings.

    A heading is a line the reader marked as one, or a short line that looks like one; "Mål: …" at
    the start of a paragraph counts when a rule knows the words. Text before the first heading is
    `fritext`.
    """
    rules = rules or load_headings()
    text = document.text
    marked = {ln.start for page in document.pages for ln in page.lines if ln.heading}
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text[:end]) if m.start() >= start]
    cuts: list[tuple[int, int, str, str]] = [(start, start, FREE, "")]
    for i, (a, b) in enumerate(lines):
        last = i + 1 == len(lines)
        found = _heading(text[a:b], a in marked, last, lines[i - 1] if i else None, text)
        label = _label(text, a, b, rules)
        if found is not None and (a in marked or _BARE.search(found)):
            cuts.append((a, b, question_for(found, rules), found))
        elif found is not None and label is None:
            cuts.append((a, a, FREE, ""))
        elif label is not None:
            cuts.append(label)
    answers: list[Answer] = []
    parent = FREE
    for (top, begin, question, heading), (until, *_) in zip(
        cuts, [*cuts[1:], (end, 0, "", "")], strict=True
    ):
        a, b = _trimmed(text, begin, until)
        question = parent if question == FREE else question
        parent = FREE
        if a < b:
            answers.append(Answer(question, a, b, heading))
        elif question != FREE:
            parent = question  # "Mål" with the sub-heading "På lång sikt" right below
        elif top < begin:  # a letterhead line: nothing of the text is left out
            a, b = _trimmed(text, top, begin)
            answers.append(Answer(FREE, a, b))
    return tuple(answers)


def question_for(heading: str, rules: Headings | None = None) -> str:
    """Return the question a heading's section answers ("Måluppfyllelse" → `maluppfyllelse`)."""
    flat = " ".join(fold(heading).split())
    for rule in (rules or load_headings()).headings:
        if any(_pattern(find).search(flat) for find in rule.find):
            return rule.question
    return FREE


def _label(text: str, start: int, end: int, rules: Headings) -> tuple[int, int, str, str] | None:
    """Return the cut after a label that the line's own text follows ("Syfte: stöd till unga")."""
    match = _RUN_IN.match(text, start, end)
    words = match.group("words").strip() if match else ""
    question = question_for(words, rules) if match and len(words.split()) <= 6 else FREE
    return None if match is None or question == FREE else (start, match.end(), question, words)


def _heading(
    line: str, marked: bool, last: bool, before: tuple[int, int] | None, text: str
) -> str | None:
    """Return the words of a heading line, or None for a line of running text, list or signature."""
    match = _HEADING.fullmatch(line)
    words = match.group("words").strip() if match else ""
    if not words or not re.search(r"[^\W\d_]{3}", words):
        return None
    if marked or line.lstrip().startswith("#") or re.fullmatch(r"\s*\*\*[^*]+\*\*\s*", line):
        return words if len(words) <= 120 else None
    if last or len(words) > _LONGEST or len(words.split()) > _WORDS:
        return None
    if words[-1] in ".,;!-–" or line.lstrip()[:1] in "-•*–·☐☒[(" or words[:1].islower():
        return None
    told = _YEAR.sub("", words) if question_for(words) != FREE else words
    if re.search(r"\d{3}|@|www\.|\bTel|\bHej\b|[Hh]älsning|\bMvh\b|^Till:|^Från:", told):
        return None
    if before is not None:
        previous = text[before[0] : before[1]].rstrip()
        runs_on = previous[-1:].islower() and len(previous) > 55
        if runs_on or previous[-1:] in (",", "-", "–"):
            return None
    return words


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@cache
def _pattern(find: str) -> re.Pattern[str]:
    return re.compile(find)
