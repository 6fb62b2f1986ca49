"""Raw lines in, one text with true offsets out."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.types import Box, Cell, Document, Reading, TickSign
from pipeline.ingest.base import Raw, RawLine, RawPage, RawTick
from pipeline.ingest.normalise import assemble

LETTER = 5.0
HEIGHT = 11.0
PITCH = 14.0


def line(text: str, row: float, x0: float = 70.0, **more) -> RawLine:
    """A line of text set in letters of equal width on row `row` of a page."""
    top = 100 + row * PITCH
    return RawLine(text, Box(x0, top, x0 + LETTER * len(text), top + HEIGHT), **more)


def page(*lines: RawLine, number: int = 1) -> RawPage:
    return RawPage(number, lines, 595.0, 842.0)


def document(*pages: RawPage) -> Document:
    return assemble(Raw("pdf", pages), "prov.pdf", "0" * 64)


def text_of(*lines: RawLine) -> str:
    return document(page(*lines)).text


FULL = "Gruppen har träffats varje månad och gått igenom hur ärenden"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Kommunen och polisen har utvecklat sin samver-", "kan under året", "samverkan under"),
        ("Kommunen och polisen har utvecklat sin samver\x02", "kan under året", "samverkan under"),
        ("Kommunen och polisen har utvecklat sin samver\xad", "kan under året", "samverkan under"),
        ("Projektet har finansierats delvis genom ett EU-", "bidrag från", "EU-bidrag från"),
        ("Projektet har pågått under hela perioden 2008-", "2010 enligt plan", "2008-2010 enligt"),
        ("Arbetet har gällt stöd i frågor om barn-", "och kvinnofrid", "barn- och kvinnofrid"),
        ("Vi har arbetat tillsammans med både hälso-", "samt sjukvård", "hälso- samt sjukvård"),
        ("Personalen har fått tillgång till en särskild e-", "tjänst för", "e-tjänst för"),
        ("Handledare i gruppen har under våren varit Ann-", "Lovisa från", "Ann-Lovisa från"),
        ("Alla parter har enats om rutinen och det är bra -", "tycker vi", "bra - tycker"),
    ],
)
def test_a_word_cut_by_the_line_is_joined(first: str, second: str, expected: str) -> None:
    assert expected in text_of(line(first, 0), line(second, 1))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # The first line is full, so the sentence goes on.
        ([line(FULL, 0), line("ska hanteras.", 1)], FULL + " ska hanteras.\n"),
        # It could have held the next word, so its paragraph ended there.
        (
            [line(FULL, 0), line("ska hanteras.", 1), line("Polisen deltog.", 2)],
            FULL + " ska hanteras.\nPolisen deltog.\n",
        ),
        # A larger gap.
        ([line(FULL, 0), line("Polisen deltog.", 1.7)], FULL + "\nPolisen deltog.\n"),
        # A hanging indent belongs to its bullet, the next bullet does not.
        (
            [line("• " + FULL, 0), line("hanteras.", 1, x0=80), line("• Nästa", 2)],
            "• " + FULL + " hanteras.\n• Nästa\n",
        ),
        # An indented first line begins a paragraph.
        ([line(FULL, 0), line(FULL, 1, x0=90)], FULL + "\n" + FULL + "\n"),
        # A numbered question begins something of its own.
        ([line(FULL, 0), line("2 b) Insatser", 1)], FULL + "\n2 b) Insatser\n"),
        # Headings and cells stand by themselves.
        ([line(FULL, 0, heading=True), line("och så vidare", 1)], FULL + "\noch så vidare\n"),
        (
            [line(FULL, 0, cell=Cell(0, 0, 0)), line("och så", 1, cell=Cell(0, 1, 0))],
            FULL + "\noch så\n",
        ),
        # Word says so itself.
        ([line(FULL, 0, ends=True), line("ska hanteras.", 1)], FULL + "\nska hanteras.\n"),
        # A column's edge that the reader knows: nothing more had room.
        (
            [line("Gruppen har", 0, limit=130.0), line("träffats.", 1, limit=130.0), line(FULL, 5)],
            "Gruppen har träffats.\n" + FULL + "\n",
        ),
    ],
)
def test_paragraphs_follow_from_geometry(lines: list[RawLine], expected: str) -> None:
    assert text_of(*lines) == expected


@pytest.mark.parametrize(("x0", "joined"), [(70.0, True), (95.0, False)])
def test_a_cell_goes_on_over_the_page_in_its_own_column(x0: float, joined: bool) -> None:
    upper = line(FULL, 40, cell=Cell(0, 3, 1), limit=380.0)
    lower = line("ska hanteras.", 0, x0=x0, cell=Cell(1, 0, 1), limit=380.0)
    between = " " if joined else "\n"
    assert document(page(upper), page(lower, number=2)).text == f"{FULL}{between}ska hanteras.\n"


def test_ink_boxes_of_ocr_may_differ_in_height() -> None:
    low = RawLine("ska ses över.", Box(70, 117, 150, 125))  # no ascender, no descender
    scanned = RawPage(1, (line(FULL, 0), low), 595.0, 842.0, Reading.OCR)
    assert document(scanned).text == f"{FULL} ska ses över.\n"


def test_a_footnote_does_not_go_on_over_the_page() -> None:
    note = "Uppgiften kommer från kommunens egen sammanställning av ärenden"
    small = RawLine(note, Box(70, 780, 70 + 4 * len(note), 789))
    text = document(page(small), page(line("ska hanteras.", 5), number=2)).text
    assert text == f"{note}\nska hanteras.\n"


def test_plain_text_is_joined_by_its_width() -> None:
    wrapped = [
        "Vi har under perioden byggt upp en fast grupp där socialtjänsten",
        "och polisen möts varannan vecka för att gå igenom aktuella fall.",
        "Det fungerar.",
        "",
        "Nästa steg är att bjuda in fler parter från kommunens skolor och",
        "från vården.",
    ]
    assert text_of(*map(RawLine, wrapped)) == (
        f"{wrapped[0]} {wrapped[1]} {wrapped[2]}\n{wrapped[4]} {wrapped[5]}\n"
    )


def test_plain_text_with_a_paragraph_a_line_is_left_alone() -> None:
    lines = [
        "Vi har under perioden byggt upp en fast grupp som möts varje vecka.",
        "Polisen kom med under hösten och har sedan dess deltagit i allt arbete.",
        "Kyrkan avböjde.",
    ]
    assert text_of(*map(RawLine, lines)) == "\n".join(lines) + "\n"


def test_what_runs_on_the_pages_is_left_out_and_kept_as_meta() -> None:
    def numbered(n: int) -> RawPage:
        return page(
            RawLine(f"Diarienr 12/2010 sida {n} (3)", Box(70, 30, 300, 41)),
            line(f"Det här är vad som sägs bara på blad {n}.", 5),
            RawLine(str(n), Box(290, 800, 296, 811)),
            number=n,
        )

    result = document(*map(numbered, (1, 2, 3)))
    assert result.text.count("Diarienr") == 0
    assert re.findall(r"blad \d", result.text) == ["blad 1", "blad 2", "blad 3"]
    assert not any(text.strip().isdigit() for text in result.text.splitlines())
    assert ("sidhuvud", "Diarienr 12/2010 sida 1 (3)") in result.meta


@pytest.mark.parametrize(
    "kept",
    [
        RawLine("Redovisning", Box(70, 30, 300, 50), heading=True),
        RawLine("☒ Ja", Box(70, 30, 90, 41), ticks=(RawTick(0, 1, True, TickSign.GLYPH),)),
        RawLine("Länsstyrelse", Box(70, 95, 140, 106), cell=Cell(0, 0, 0)),
        RawLine("Mitt på sidan", Box(70, 400, 140, 411)),
    ],
)
def test_what_repeats_without_running_stays(kept: RawLine) -> None:
    assert document(page(kept), page(kept, number=2)).text.count(kept.text) == 2


def test_two_forms_in_one_file_keep_what_both_begin_with() -> None:
    first = page(RawLine("Länsstyrelsen i Kalmar län", Box(70, 80, 200, 91)), line("Mål ett", 5))
    second = page(line("Utbildning av personal", 5), number=2)
    third = page(RawLine("Länsstyrelsen i Kalmar län", Box(70, 80, 200, 91)), line("Mål två", 5))
    fourth = page(line("Ett gemensamt nätverk", 5), number=4)
    assert document(first, second, third, fourth).text.count("Kalmar") == 2


def test_left_and_right_pages_have_headers_of_their_own() -> None:
    def sheet(n: int) -> RawPage:
        header = RawLine("Hylte kommun" if n % 2 else "Slutrapport", Box(70, 30, 150, 41))
        return page(header, line(f"Stycke {n} om arbetet.", 5), number=n)

    text = document(*map(sheet, range(1, 7))).text
    assert "Hylte" not in text
    assert "Slutrapport" not in text
    assert text.count("Stycke") == 6


def test_a_sentence_goes_on_over_the_page() -> None:
    first = page(line(FULL, 40))
    assert (
        document(first, page(line("ska hanteras.", 0), number=2)).text == f"{FULL} ska hanteras.\n"
    )
    assert (
        document(first, page(line("Nytt stycke.", 0), number=2)).text == f"{FULL}\nNytt stycke.\n"
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("o\u0308ppet mo\u0308te", "öppet möte"),
        ("ﬁnansiering av ﬂera", "finansiering av flera"),
        ("45\u00a0000\u202fkr", "45 000 kr"),
        ("kvinno\xadfrid", "kvinnofrid"),
        ("\uf0b7 Polisen", "• Polisen"),
        ("hälso\u2010 och sjukvård", "hälso- och sjukvård"),
        ("Råd\u2011givning", "Råd-givning"),
        ("  två   mellanslag ", "två mellanslag"),
        ("sam\u200bverkan\ufeff", "samverkan"),
    ],
)
def test_characters_are_made_plain(raw: str, expected: str) -> None:
    assert text_of(line(raw, 0)) == expected + "\n"


def test_a_tick_keeps_its_sign_when_the_text_around_it_shrinks() -> None:
    raw = line(
        "  ﬁnns\u00a0 [x]  kvinno\xadjour", 0, ticks=(RawTick(8, 3, True, TickSign.BRACKET),)
    )
    result = document(page(raw))
    (tick,) = result.pages[0].ticks
    assert result.text == "finns [x] kvinnojour\n"
    assert result.text[tick.start : tick.end] == "[x]"


# --- whatever the pages hold ----------------------------------------------------------------

WORDS = st.text(
    st.sampled_from("abcåäöÅ.-:•1 2\u00a0\u00ad\x02\uf0b7ﬁ\t\u0308\u200b\u2028")
    | st.characters(max_codepoint=0x17F),
    max_size=40,
)


@st.composite
def raw_lines(draw: st.DrawFn) -> RawLine:
    text = ""
    ticks: list[RawTick] = []
    for part in draw(st.lists(WORDS, max_size=3)):
        text += part
        if draw(st.booleans()):
            sign = draw(st.sampled_from(["☒", "☐", "[x]", "( )"]))
            ticks.append(RawTick(len(text), len(sign), sign in ("☒", "[x]"), TickSign.GLYPH))
            text += sign
    box = None
    if draw(st.booleans()):
        x0, top = draw(st.floats(0, 500)), draw(st.floats(0, 800))
        box = Box(x0, top, x0 + draw(st.floats(1, 400)), top + draw(st.floats(4, 30)))
    cell = draw(st.none() | st.builds(Cell, st.just(0), st.integers(0, 2), st.integers(0, 2)))
    return RawLine(text, box, cell, draw(st.booleans()), tuple(ticks), draw(st.booleans()))


def letters(text: str) -> str:
    """What must survive: letters, digits and signs, in one form, whatever happens to spaces."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if c.isalnum() or c in "☒☐")


NUMBERED = [RawLine("")] * 4 + [RawLine("0", Box(0, 0, 1, 4))]


@given(st.lists(st.lists(raw_lines(), max_size=8), min_size=1, max_size=4))
@example([NUMBERED, NUMBERED])
def test_offsets_hold_for_any_pages(pages: list[list[RawLine]]) -> None:
    raw = [RawPage(n, tuple(lines), 595, 842) for n, lines in enumerate(pages, 1)]
    result = document(*raw)
    assert len(result.pages) == len(raw)
    position = 0
    for given_page, read in zip(raw, result.pages, strict=True):
        assert read.start == position
        signs = [
            source.text[t.at : t.at + t.length] for source in given_page.lines for t in source.ticks
        ]
        assert [result.text[t.start : t.end] for t in read.ticks] == signs
        for found in read.lines:
            assert position <= found.start < found.end <= read.end
            assert "\n" not in result.text[found.start : found.end]
            position = found.end
        for tick in read.ticks:
            assert any(found.start <= tick.start < tick.end <= found.end for found in read.lines)
        position = read.end
    assert position == len(result.text)
    given_lines = [letters(source.text) for p in raw for source in p.lines]
    numbers = sum(len(line) for line in given_lines if line.isdigit())  # May be page numbers.
    headers = "".join(value for key, value in result.meta if key == "sidhuvud")
    lost = sum(map(len, given_lines)) - len(letters(result.text))
    assert 0 <= lost <= numbers or headers
