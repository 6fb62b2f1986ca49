"""Names that stand for no participant: owners, authors, employers of the hired, former posts.

Each is told by form and word class alone, whatever the verbs around say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from spacy.tokens import Span, Token

from annotations.lexicon import Cue
from annotations.phrases import load_phrases
from annotations.scope import load_scope
from corpus.types import Context
from pipeline.language.swedish import text_of, whole_text
from pipeline.language.verbs import is_finite

QUESTION, LETTER, THING, TITLE, WAY = (
    f"omnamnd.{name}" for name in ("fraga", "brevhuvud", "sak", "titel", "vag")
)
PAST = Cue("annan.artal", Context.ANNAN, (), strength=0.93)
YEAR = re.compile(r"(?:(?:19|20)\d\d[-–/])?((?:19|20)\d\d)")  # "2003", the end of "2003-2006"


def stands_aside(tokens: Sequence[Token], start: int, end: int) -> str:
    """Return why the name at `start:end` stands for no participant, or "" where it may.

    `tokens` are the words of its sentence.
    """
    after = [t for t in tokens if t.idx >= end]
    before = [t for t in tokens if t.idx + len(t) <= start]
    if _asked(tokens):
        return QUESTION
    if _in_letterhead(whole_text(tokens[0].doc), start):
        return LETTER
    if _led_to(before):
        return WAY
    if _borrowed(before):
        return THING
    if _owns_thing(next((t for t in tokens if t.idx < end <= t.idx + len(t)), None), after):
        return THING
    if _lends_title(tokens, before) or _hired(tokens, before, end) or _trained(after):
        return TITLE
    return ""


def _asked(tokens: Sequence[Token]) -> bool:
    """ "Har ni samverkat med polis?", but not "MVC?"."""
    return bool(tokens) and tokens[-1].text == "?" and any(is_finite(t) for t in tokens)


def _in_letterhead(text: str, start: int) -> bool:
    """An organisation alone; a person with a name writes about what she does."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return bool(load_phrases()["letterhead"].fullmatch(line))


def _owns_thing(name: Token | None, after: Sequence[Token]) -> bool:
    """ "polisens statistik", "Rädda Barnens nya skrift"."""
    words = load_scope().bystanders
    if name is None or not name.lower_.endswith("s") or not after:
        return False
    noun = after[1] if len(after) > 1 and after[0].lower_ in words.between else after[0]
    return noun.lower_.endswith(words.things)


def _led_to(before: Sequence[Token]) -> bool:
    """ "följer med kvinnan till banken och polisen", "numret till jouren"."""
    words = load_scope().bystanders
    to = next((i for i in range(len(before) - 1, -1, -1) if before[i].lower_ in words.leads), 0)
    if not to or any(is_finite(t) or t.lower_ in words.again for t in before[to + 1 :]):
        return False
    if before[to - 1].lower_.endswith(words.ways):
        return True
    ahead = [t.lower_ for t in before[:to]]
    goes = [i for i, word in enumerate(ahead) if word.startswith(words.goes_with)]
    return bool(goes) and not words.along.isdisjoint(ahead[goes[-1] : goes[-1] + 3])


def _lends_title(tokens: Sequence[Token], before: Sequence[Token]) -> bool:
    """ "en docent vid högskolan föreläste": hired, it is not the school that teaches."""
    words = load_scope().bystanders
    near = [t.lower_ for t in before[-4:]]
    titled = any(
        word.endswith(words.titles) and near[i + 1] in words.works_at
        for i, word in enumerate(near[:-1])
    ) or (bool(near) and near[-1].endswith(words.titles))
    return titled and any(t.lower_.startswith(words.lectures) for t in tokens)


def _hired(tokens: Sequence[Token], before: Sequence[Token], end: int) -> bool:
    """ "en advokat höll kursen mot arvode", "en pensionerad polis"."""
    words = load_scope().bystanders
    if before and before[-1].lower_ in words.former:
        return True
    name = next((t for t in tokens if t.idx < end <= t.idx + len(t)), None)
    if name is None or not name.lower_.endswith((*words.speakers, *words.hired)):
        return False
    shown = [t.lower_ for t in tokens]
    if name.lower_.endswith(words.speakers) and any(w.startswith(words.lectures) for w in shown):
        return True
    paid = any(
        word.startswith(words.paid) and shown[max(0, i - 1)] not in words.unpaid
        for i, word in enumerate(shown)
    )
    return name.lower_.endswith(words.hired) and paid


def _trained(after: Sequence[Token]) -> bool:
    """ "Stina från jouren, förskollärare i botten"."""
    return " ".join(t.lower_ for t in after[:2]) in load_scope().bystanders.trained


def _borrowed(before: Sequence[Token]) -> bool:
    """ "handboken från Hyresgästföreningen", "en rapport från Umeå universitet"."""
    words = load_scope().bystanders
    if len(before) > 2 and before[-1].is_title and before[-2].lower_ in words.given_by:
        before = before[:-1]
    near = [t.lower_ for t in before[-2:]]
    return len(near) > 1 and near[1] in words.given_by and near[0].endswith(words.borrowed)


def past_years(sentence: Span, begins: date | None) -> Iterator[tuple[Cue, int, int]]:
    """Yield the years before the project: "2004 drev jouren …", but not "sedan 2004"."""
    if begins is None or YEAR.search(text_of(sentence)) is None:
        return
    for token in sentence:
        year = YEAR.fullmatch(token.text)
        if year is None or int(year[1]) >= begins.year:
            continue
        near = {t.lower_ for t in sentence.doc[max(sentence.start, token.i - 2) : token.i]}
        if not near & load_scope().bystanders.ever_since:
            yield PAST, token.idx, token.idx + len(token)


def oblique(tokens: Sequence[Token], start: int) -> bool:
    """Whether a preposition of place or aim stands before the name: "skickades till polisen".

    `tokens` are the words of its sentence.
    """
    before = [t for t in tokens if t.idx < start][-2:]
    if not before or before[-1].lower_ not in load_scope().oblique:
        return False
    return before[0].lower_ not in load_scope().writers  # "oss i jouren"
