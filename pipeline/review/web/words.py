"""The Swedish words and the keys of choices, probabilities, states and times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from annotations.codebook import Codebook
from annotations.decisions.types import Event, Kind, State, options
from pipeline.review import labels
from pipeline.review.web.agreeing import Figure

NBSP = "\N{NO-BREAK SPACE}"
UNDECIDABLE = "oavgjort"
"""What a form sends for "går ej att avgöra"; no option of a codebook may be called so."""
RESERVED = frozenset("gzskdbtxv?")
"""Single keys that mean the same for every item."""

_STATES = {
    State.OPEN: "Att granska",
    State.HALFWAY: "Väntar på en andra granskare",
    State.DECIDED: "Beslutad",
    State.UNDECIDABLE: labels.UNDECIDABLE,
    State.DISPUTED: "Tvist",
    State.REOPENED: "Öppnad igen",
}
_KINDS = {
    Kind.DECIDE: "Beslut",
    Kind.UNDECIDABLE: labels.UNDECIDABLE,
    Kind.COMMENT: "Kommentar",
    Kind.UNDO: "Ångrat",
    Kind.REOPEN: "Öppnad igen",
}
_SURE = (
    (0.98, "Nästan säkert"),
    (0.9, "Mycket troligt"),
    (0.75, "Troligt"),
    (0.6, "Lutar åt"),
    (0.0, "Osäkert"),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a reviewer can give. `keys` are single keys, the first is shown."""

    choice: str
    label: str
    keys: tuple[str, ...]
    definition: str = ""


def offered(codebook: Codebook, variable: str) -> tuple[Option, ...]:
    """Return the answers of a variable with their words and keys: 1–9, and a letter of its own.

    Raises KeyError for a variable the codebook does not know.
    """
    choices, words = options(codebook, variable), labels.choices(codebook, variable)
    initials = [choice[0] for choice in choices]
    several = codebook.variable(variable).kind != "one"
    found = []
    for number, choice in enumerate(choices, 1):
        letter = choice[0]
        free = several and letter not in RESERVED and initials.count(letter) == 1
        keys = ((str(number),) if number <= 9 else ()) + ((letter,) if free else ())
        found.append(Option(choice, words[choice], keys, _meaning(codebook, variable, choice)))
    return tuple(found)


def choice_label(codebook: Codebook, variable: str, choice: str) -> str:
    """Return a choice in words: "Ja, aktiv", "Nej", "Delvis"; what is unknown stands as it is."""
    if choice == UNDECIDABLE:
        return labels.UNDECIDABLE
    return labels.choices(codebook, variable).get(choice, choice)


def event_label(codebook: Codebook, variable: str, event: Event) -> str:
    """Return what an event said: its choice in words, or what it did."""
    if event.kind is Kind.DECIDE:
        return choice_label(codebook, variable, event.choice)
    return _KINDS[event.kind]


def title(codebook: Codebook, variable: str, category: str) -> str:
    """Return what is asked about: the category, or the variable where one of all is chosen."""
    try:
        found = codebook.variable(variable)
        return found.category(category).label if category else found.label
    except KeyError:
        return category or variable


def question(codebook: Codebook, variable: str) -> str:
    """Return the question put to the reviewer about a title."""
    found = codebook.variable(variable)
    if found.kind == "one":
        return "Vilket stämmer för projektet?"
    return "Deltar parten, och hur?" if found.roles else "Gäller det här för projektet?"


def sureness(probability: float | None) -> str:
    """Return a probability in words."""
    if probability is None:
        return "Ingen sannolikhet är beräknad"
    return next(words for floor, words in _SURE if probability >= floor)


def percent(probability: float | None) -> str:
    """Return a probability as a figure; never 100 or 0, which would promise too much."""
    if probability is None:
        return ""
    whole = round(probability * 100)
    if whole >= 100:
        return f"över{NBSP}99{NBSP}%"
    return f"under{NBSP}1{NBSP}%" if whole <= 0 else f"{whole}{NBSP}%"


def share(figure: Figure, decimals: int = 0) -> str:
    """Return a share with its interval in per cent: 67 % (41–85)."""
    if figure is None:
        return "–"
    value, low, high = (None if part is None else 100 * part for part in figure)
    return f"{_comma(value, decimals)}{NBSP}%{_interval(low, high, decimals)}"


def decimal(figure: Figure) -> str:
    """Return a figure with its interval: 0,67 (0,41–0,85)."""
    if figure is None:
        return "–"
    value, low, high = figure
    return f"{_comma(value, 2)}{_interval(low, high, 2)}"


def state_label(state: State) -> str:
    """Return a state in words."""
    return _STATES[state]


def number(value: int) -> str:
    """Return 12345 as 12 345."""
    return f"{value:,}".replace(",", NBSP)


def clock_time(at: str, now: datetime, zone: tzinfo | None) -> str:
    """Return when something happened as a reviewer says it: 13.02 today, else 3/11 13.02."""
    try:
        then = datetime.fromisoformat(at).astimezone(zone)
    except ValueError:
        return at
    today = now.astimezone(zone).date()
    day = "" if then.date() == today else f"{then.day}/{then.month} "
    year = "" if then.year == today.year else f"{then.year} "
    return f"{year}{day}{then:%H.%M}"


def _interval(low: float | None, high: float | None, decimals: int) -> str:
    if low is None or high is None:
        return ""
    return f" ({_comma(low, decimals)}–{_comma(high, decimals)})"


def _comma(value: float | None, decimals: int) -> str:
    return "" if value is None else f"{value:.{decimals}f}".replace(".", ",")


def _meaning(codebook: Codebook, variable: str, choice: str) -> str:
    found = codebook.variable(variable)
    if found.kind == "one":
        return found.category(choice).definition
    return next((r.definition for r in found.roles if r.id.value == choice), "")
