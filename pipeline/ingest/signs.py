"""Tick signs in a line of text: which glyphs, brackets and typed x are ticks, which are prose.

Pure functions over a line, shared by all readers. A reader first maps the line with `clean_signs`,
then asks `find_signs` (or `cell_signs` for a table cell). Binding a tick to its option is the
parser's job, so a sign in front of an unknown label does no harm; a sign taken from prose would.
"""

from __future__ import annotations

import re

from corpus.types import TickSign
from pipeline.ingest.base import RawTick

ON, OFF, BULLET = "☒", "☐", "•"

# Code points of the symbol fonts, as they stand in w:sym, in RTF and in PDF fonts without a
# Unicode map. Every Wingdings tick was met with an x, a check mark or both in real forms.
_WINGDINGS = {
    **dict.fromkeys((0x78, 0xFD, 0xFE), ON),
    **dict.fromkeys((0x6F, 0x70, 0x71, 0x72, 0xA8), OFF),
    **dict.fromkeys((0x6C, 0x6E, 0x75, 0x76, 0x77, 0x9E, 0x9F, 0xA7, 0xB2, 0xD8), BULLET),
    0xFB: "✗",
    0xFC: "✓",
    0xE0: "→",
    0xE8: "→",
    0x4A: "☺",
}
_WINGDINGS2 = {
    **dict.fromkeys((0x51, 0x52, 0x53, 0x54), ON),
    **dict.fromkeys((0x2A, 0x30, 0x35, 0xA3), OFF),
    **dict.fromkeys((0x97, 0x98, 0x95, 0x96), BULLET),
    0x4F: "✗",
    0x50: "✓",
}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings2": _WINGDINGS2,
    "webdings": {0x61: "✓", 0x63: OFF, 0x67: BULLET, 0x72: "✗"},
    "zapfdingbats": {
        **dict.fromkeys((0x33, 0x34), "✓"),
        **dict.fromkeys((0x35, 0x36, 0x37, 0x38), "✗"),
        **dict.fromkeys((0x6F, 0x70, 0x71, 0x72), OFF),
        **dict.fromkeys((0x6C, 0x6E), BULLET),
    },
    "symbol": {0xB7: BULLET, 0xA8: BULLET, 0xAE: "→", 0xD6: "✓"},
}

# Private-use characters whose font is not known: Wingdings first, Wingdings 2 where the first has
# only ornaments, and Symbol's round bullet.
_PRIVATE = {
    0xF000 + code: sign
    for code, sign in {
        **{c: s for c, s in _WINGDINGS2.items() if c in (0x51, 0x52, 0x53, 0x54, 0xA3)},
        **_WINGDINGS,
        0xB7: BULLET,
    }.items()
}
_VARIATION = {0xFE0E: None, 0xFE0F: None}

_HTML_BOX = re.compile(r"<input\b([^<>]{0,200}?)/?>(?:[ \t]*</input>)?", re.IGNORECASE)
_HTML_KIND = re.compile(r"\btype\s*=\s*[\"']?(?:checkbox|radio)\b", re.IGNORECASE)
_HTML_ON = re.compile(r"(?<![\w-])checked\b(?!\s*=\s*[\"']?(?:false|0)\b)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\\[([ xX]?)\\?\]")

_ON = "☒☑⊠⌧🗹🗷🗵✅❎◉"
_OFF = "☐□❏❐❑❒⬜◻◽▢⎕🗆🔲"
_CHECKS = "✓✔✗✘✕✖"  # also used as list marks and for "no": less certain
# Only beside their open twin on the same line: on their own they are list marks.
_FILLED, _ROUND = "■⬛◼", "○"
_SIGN = re.compile(
    f"(?P<on>[{_ON}])|(?P<off>[{_OFF}])|(?P<check>[{_CHECKS}])|(?P<filled>[{_FILLED}])"
    f"|(?P<round>[{_ROUND}])"
    # Not an index (`lista[x]`), a call (`metod()`), nor a link ([x](…)).
    r"|(?<![\w\])])(?P<square>\[[ \u00a0_]{0,5}(?P<mark>[xX×✓✔✗✘☒]?)[ \u00a0_]{0,5}\])(?![\w(\[])"
    r"|(?<![\w\])])(?P<paren>\([ \u00a0_]{0,5}(?P<pmark>[xX×✓✔✗✘☒]?)[ \u00a0_]{0,5}\))(?!\w)"
)
# What may stand before the first sign of a line: quotation marks of e-mail, list marks, "1a)".
_LEAD = re.compile(
    r"[\s>*•·\-–|]*(?:(?:\d{1,2}\s?[a-z]?|[a-z])[.)]+\s*)*[\s>*•·\-–|]*", re.IGNORECASE
)
_INSTRUCTION = re.compile(
    r"\b(?:kryss\w*|markera\w*|bocka\w*|rut(?:a|an|or|orna)|sätt)\b", re.IGNORECASE
)
_FUNCTION_WORD = re.compile(r"\s*(?:i|för|som|och|eller|vid|på|om|av|är|ska|så|till|den|de)\b")
_SENTENCE_END = re.compile(r"[.!?]\s+\S")
_NEAR = 200  # no more of a line is looked at around a sign, however long a paragraph is
_LOWER_MAX = 45  # a label in lower case ("stöd till barn som bevittnat våld") is shorter than prose
_LABEL_MAX = 90  # the longest option of the form with its "ange vilka" is 84 characters

_X = r"[xX×хХ✗✘✕✖✓✔]"
_LONE_X = re.compile(rf"\s*(?:{_X}{{1,3}}|_{{1,6}}{_X}_{{0,6}}|{_X}_{{1,6}})\s*[.]?\s*")
# "x  Kyrkor", "_x_ Kyrkor", "X Kyrkor": a label begins with a capital, "X kommun" has none.
_LEADING_X = re.compile(
    r"(?P<sure>(?:_{1,6}[xX]_{0,6}|[xX]_{1,6})(?=\s*\w)|[xX](?=\t+\s*\w|\u00a0*[ ]{2,}\w))"
    r"|(?P<x>[xX](?=[ \u00a0][A-ZÅÄÖ][a-zåäöé\-]))"
)
_TRAILING_X = re.compile(
    r"(?:(?<=[:?])[ \u00a0\t]*|\t+[ ]*|[ \u00a0]{2,}|[.…]{3,}[ ]*|_{1,6})(?P<a>[xX])_{0,6}\s*$"
    r"|(?<=[\wåäö)])[ \u00a0](?P<b>[xX])\s*$"
)


# "person X", "frågan är x": x as a name or a thing.
_NAMED_X = re.compile(
    r"\b(?:person|part|kommun|förening|grupp|enhet|ärende|fall|steg|fas|punkt|alternativ|bilaga|nr"
    r"|är|kalla[rsdt]*|heter|henne|honom|hen|mannen|kvinnan|barnet|med|av|och|eller|om|till|som|hos"
    r"|från|för|i|på)$",
    re.IGNORECASE,
)


def font_sign(font: str, code: int) -> str | None:
    """Return what `code` (0x20–0xFF or 0xF020–0xF0FF) of a symbol font shows, or None."""
    name = re.sub(r"^[A-Z]{6}\+|[^a-z0-9]|regular|itc", "", font.split("+")[-1].lower())
    return _FONTS.get(name, {}).get(code - 0xF000 if code >= 0xF000 else code)


def clean_signs(text: str) -> str:
    r"""Return `text` with ticks written one way: Wingdings' private characters and HTML as ☒ or ☐.

    Typed signs ([x], ☑, x) stay as they are. The length may change: call it before `find_signs`.
    """
    text = text.translate(_PRIVATE).translate(_VARIATION)
    if "<" in text:
        text = _HTML_BOX.sub(_html_sign, text)
    return _ESCAPED.sub(r"[\1]", text) if "\\" in text else text


def find_signs(text: str) -> tuple[RawTick, ...]:
    """Return the ticks that are typed in one line, in order.

    A sign counts at the start of the line (after list marks), before a label where the line holds
    several signs, and at the end directly after a short label. Signs within prose do not count.
    """
    lead = _LEAD.match(text)
    begin = lead.end() if lead else 0
    hits = list(_SIGN.finditer(text))
    kinds = {hit.lastgroup for hit in hits}
    if "off" not in kinds:  # ■ and ○ are list marks unless their twin stands on the line
        hits = [hit for hit in hits if hit.lastgroup != "filled"]
    if "◉" not in text:
        hits = [hit for hit in hits if hit.lastgroup != "round"]
    found = []
    for hit in hits:
        certainty = _place(text, hit, begin, several=len(hits) > 1)
        if certainty:
            found.append(_tick(hit, certainty))
    return tuple(found) or _typed_x(text, begin)


def cell_signs(text: str) -> tuple[RawTick, ...]:
    """Return the ticks of a line that stands in a table cell: as `find_signs`, and a lone x."""
    if lone_x(text):
        inner = text.strip().rstrip(".")
        return (RawTick(text.index(inner), len(inner), True, TickSign.TYPED_X),)
    return find_signs(text)


def lone_x(cell_text: str) -> bool:
    """Tell whether a cell holds nothing but a typed x (or check mark)."""
    return _LONE_X.fullmatch(cell_text) is not None


def _place(text: str, hit: re.Match[str], begin: int, *, several: bool) -> float:
    """Return how sure the sign is a tick from where it stands, 0 when it is prose."""
    before = text[max(0, hit.start() - _NEAR) : hit.start()]
    after = text[hit.end() : hit.end() + _NEAR]
    bracket = hit.lastgroup in ("square", "paren")
    sure = 0.95 if hit.lastgroup in ("check", "filled") else 1.0
    if hit.start() <= begin:
        if hit.lastgroup == "paren" and _FUNCTION_WORD.match(after):
            return 0.0
        return sure if after[:1] in ("", " ", "\t", "\u00a0") or not bracket else 0.9
    if bracket and _INSTRUCTION.search(before):
        return 0.0
    label = before.strip()
    if not after.strip(" \t\u00a0.:;,|"):
        return sure if _is_label(label) or (not bracket and len(label) <= 2 * _LABEL_MAX) else 0.0
    before_label = re.match(r"\s*[^\W_a-zåäö]", after) is not None
    if several or re.search(r"[\t:]\s*$|\s{2,}$", before):
        return sure if before_label or (several and not _FUNCTION_WORD.match(after)) else 0.0
    return sure if before_label and hit.lastgroup in ("on", "off") else 0.0


def _is_label(label: str) -> bool:
    """Tell whether the words before a sign look like an option, not like the end of a sentence.

    A label that asks for the sign ("…, ange vilka: [x]") may be longer and begin in lower case.
    """
    asks = label.endswith((":", "?"))
    return (
        0 < len(label) <= (2 * _LABEL_MAX if asks else _LABEL_MAX)
        and not _SENTENCE_END.search(label)
        and not _INSTRUCTION.search(label)
        and (asks or label[0].isupper() or not label[0].isalpha() or len(label) <= _LOWER_MAX)
    )


def _tick(hit: re.Match[str], certainty: float) -> RawTick:
    if hit.lastgroup in ("square", "paren"):
        checked, sign = bool(hit.group("mark") or hit.group("pmark")), TickSign.BRACKET
    else:
        checked, sign = hit.lastgroup in ("on", "check", "filled"), TickSign.GLYPH
    return RawTick(hit.start(), hit.end() - hit.start(), checked, sign, certainty)


def _typed_x(text: str, begin: int) -> tuple[RawTick, ...]:
    """Return a lone x before or after a label of a line without other signs."""
    if lead := _LEADING_X.match(text, begin):
        certainty = 1.0 if lead.group("sure") else 0.9
        return (RawTick(lead.start(), len(lead.group()), True, TickSign.TYPED_X, certainty),)
    if len(text) > _NEAR:
        return ()
    trail = _TRAILING_X.search(text)
    if trail is None:
        return ()
    label = text[: trail.start()].strip(" \t\u00a0_.…>")
    if not _is_label(label) or not (label[0].isupper() or label[-1] in ":?"):
        return ()
    if trail.group("b") and _NAMED_X.search(label):
        return ()
    name, certainty = ("a", 0.95) if trail.group("a") else ("b", 0.85)
    return (RawTick(trail.start(name), 1, True, TickSign.TYPED_X, certainty),)


def _html_sign(match: re.Match[str]) -> str:
    if not _HTML_KIND.search(match.group(1)):
        return match.group()
    return ON if _HTML_ON.search(match.group(1)) else OFF
