"""From what a form sent to an event: what we never gave out is refused."""

from __future__ import annotations

import secrets
from dataclasses import replace

from starlette.exceptions import HTTPException

from annotations.decisions.events import COMMENT_LIMIT, NewEvent, Saved
from annotations.decisions.rulings import marks_in
from annotations.decisions.types import Item, Kind, Source, options
from pipeline.review.web.access.reviewer import Reviewer
from pipeline.review.web.card import deciding_lane
from pipeline.review.web.state import ReviewState
from pipeline.review.web.words import UNDECIDABLE
from pipeline.rulings.register import register


def decision(state: ReviewState, item: Item, reviewer: Reviewer, form: dict[str, str]) -> NewEvent:
    """Return the decision that a form holds. Raises HTTPException 400 for what was not offered."""
    choice = form.get("val", "")
    kind = Kind.UNDECIDABLE if choice == UNDECIDABLE else Kind.DECIDE
    if kind is Kind.DECIDE and choice not in _offered(state, item):
        raise HTTPException(400)
    new = new_event(item, kind, reviewer, token_of(form), state.items.published(state.round))
    return replace(
        new, choice=choice if kind is Kind.DECIDE else "", comment=remark_of(state, form)
    )


def new_event(
    item: Item, kind: Kind, reviewer: Reviewer, token: str, versions: tuple[str, str]
) -> NewEvent:
    """Return an event about an item as it is now; `versions` are the run's model and codebook."""
    proposal = item.proposal
    return NewEvent(
        item=item.id,
        kind=kind,
        reviewer=reviewer.name,
        source=Source.WEB,
        token=token,
        lane=deciding_lane(item, reviewer.name),
        proposal=proposal.choice,
        probability=proposal.probability,
        codebook=versions[1],
        model=versions[0],
        basis=proposal.basis,
    )


def token_of(form: dict[str, str]) -> str:
    """Return the rendering's token. Raises HTTPException 400 for what we never gave out."""
    token = form.get("token", "")
    if len(token) != 32 or not token.isalnum() or not token.isascii():
        raise HTTPException(400)
    return token


def seq_of(form: dict[str, str]) -> int:
    """Return the sequence number the reviewer saw. Raises HTTPException 400."""
    seq = form.get("seq", "")
    if not seq.isdecimal() or len(seq) > 9:
        raise HTTPException(400)
    return int(seq)


def comment_of(form: dict[str, str]) -> str:
    """Return the comment. Raises HTTPException 413 for one that the log cannot hold."""
    comment = form.get("kommentar", "").strip()
    if len(comment) > COMMENT_LIMIT:
        raise HTTPException(413)
    return comment


def remark_of(state: ReviewState, form: dict[str, str]) -> str:
    """Return the comment, at its end the ruling that was chosen beside it ("Enligt R3.").

    Raises HTTPException 400 for a ruling that we never offered, and as `comment_of`.
    """
    comment, mark = comment_of(form), form.get("tolkning", "")
    if not mark:
        return comment
    if mark not in {ruling.mark for ruling in register(state.database, state.round, cases=False)}:
        raise HTTPException(400)
    if mark in marks_in(comment, {mark}):
        return comment
    remark = f"{comment}\nEnligt {mark}.".strip()
    if len(remark) > COMMENT_LIMIT:
        raise HTTPException(413)
    return remark


def save_comment(state: ReviewState, item: Item, reviewer: Reviewer, form: dict[str, str]) -> bool:
    """Save a comment for itself; False where there is none. The same click saves it once."""
    comment = remark_of(state, form)
    if not comment:
        return False
    versions = state.items.published(state.round)
    new = new_event(item, Kind.COMMENT, reviewer, token_of(form) + "k", versions)
    state.log.append(replace(new, comment=comment), seq_of(form))
    return True


def refuse_anothers(saved: Saved, item: Item, reviewer: Reviewer) -> None:
    """Raise HTTPException 400 where the token has made another's event, or one about another item.

    Nothing was saved then: to say so would be untrue.
    """
    if (saved.event.item, saved.event.reviewer) != (item.id, reviewer.name):
        raise HTTPException(400)


def new_token() -> str:
    """Return a token for one rendering."""
    return secrets.token_hex(16)


def _offered(state: ReviewState, item: Item) -> tuple[str, ...]:
    """Return the choices an item may be given; none where the codebook knows it no longer."""
    try:
        return options(state.codebook, item.proposal.variable)
    except KeyError:
        return ()
