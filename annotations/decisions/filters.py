"""Which items somebody wants to see, and in which order, as conditions for the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from sqlalchemy import ColumnElement, or_

from annotations.decisions import schema
from annotations.decisions.types import SETTLED, State

_item = schema.item


class States(StrEnum):
    """Groups of states as reviewers choose among them."""

    QUEUE = "att_granska"  # asked of somebody and not settled
    DECIDED = "beslutade"
    DISPUTES = "tvister"
    ALL = "alla"


class Order(StrEnum):
    """Orders of a list."""

    QUEUE = "ko"
    PROBABILITY = "sannolikhet"  # the least probable first, before them what has none
    PROJECT = "projekt"


@dataclass(frozen=True, slots=True)
class Filter:
    """Items of one round that meet every condition; empty or None asks for nothing.

    Items that the latest run no longer has are never met.
    """

    round: str
    states: States = States.QUEUE
    county: str = ""
    variable: str = ""
    category: str = ""
    reason: str = ""
    automatic: bool | None = None
    text: str = ""


QUEUED = (State.REOPENED, State.HALFWAY, State.OPEN)
_STATES = {
    States.QUEUE: QUEUED,
    States.DECIDED: SETTLED,
    States.DISPUTES: (State.DISPUTED,),
}


def conditions(filter: Filter) -> list[ColumnElement[bool]]:
    """Return what must hold of a row of `item`, its state included."""
    found = narrowing(filter)
    if filter.states in _STATES:
        found.append(_item.c.state.in_(_STATES[filter.states]))
    if filter.states is States.QUEUE:
        # What a person has begun is asked about even where the queue had left it out.
        found.append(or_(_item.c.rank.is_not(None), _item.c.state.in_(QUEUED[:2])))
    return found


def narrowing(filter: Filter) -> list[ColumnElement[bool]]:
    """Return what must hold of a row of `item` besides its state."""
    found = [_item.c.round == filter.round, _item.c.gone.is_(False)]
    found += [
        _item.c[name] == value
        for name in ("county", "variable", "category")
        if (value := getattr(filter, name))
    ]
    if filter.automatic is not None:
        found.append(_item.c.automatic.is_(filter.automatic))
    if filter.reason:
        quoted = json.dumps(filter.reason, ensure_ascii=False)
        found.append(_item.c.reasons.contains(quoted, autoescape=True))
    if filter.text.strip():
        found.append(_holds(filter.text.strip()))
    return found


def ordering(order: Order) -> list[ColumnElement[Any]]:
    """Return the columns to sort by: a total order, the same on both engines."""
    columns = _item.c
    if order is Order.QUEUE:
        return [columns.rank.asc().nulls_last(), columns.id]
    if order is Order.PROBABILITY:
        return [columns.probability.asc().nulls_first(), columns.id]
    return [columns.project, columns.variable, columns.category, columns.id]


def _holds(text: str) -> ColumnElement[bool]:
    # SQLite knows no case beyond ASCII, so å, ä and ö are asked for in each case they may have.
    spelt = (text, text.lower(), text.upper(), text.capitalize(), text.title())
    cases = sorted({one.translate(_ASCII_LOWER) for one in spelt})
    places = (_item.c.project, _item.c.quote, _item.c.municipality)
    return or_(*(place.icontains(case, autoescape=True) for place in places for case in cases))


_ASCII_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
