"""The sheet that tells the reviewer how to use the workbook."""

from __future__ import annotations

from pipeline.review.labels import UNDECIDABLE
from pipeline.review.workbook.columns import COMMENT, DECISION, MARK, STANDS
from pipeline.tables.numbers import whole
from pipeline.tables.sheets import Book, lines

_WIDTH = 100


def write_instructions(book: Book, rows: int, left_out: int) -> None:
    """Add the sheet `Så gör du` for a workbook of `rows` items."""
    sheet = book.sheet("Så gör du")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, _WIDTH)
    book.text(sheet, 0, 0, "Så gör du", "title")
    for row, (label, text) in enumerate(_texts(rows, left_out), start=2):
        sheet.set_row(row, 15 * lines(text, _WIDTH) + 6)
        book.text(sheet, row, 0, label, "bold")
        book.text(sheet, row, 1, text, "wrap")


def _texts(rows: int, left_out: int) -> tuple[tuple[str, str], ...]:
    more = f" Ytterligare {whole(left_out)} fick inte plats." if left_out else ""
    return (
        (
            "Vad listan är",
            f"{whole(rows)} beslut som en människa bör se, viktigast först: osäkra beslut om små "
            f"tal i tabellerna står före säkrare beslut och beslut om stora tal.{more}",
        ),
        (
            "Beslut",
            f"Välj i listan under {DECISION}. Håller du med om förslaget väljer du samma svar. "
            f"”{UNDECIDABLE}” är också ett svar. Rader utan val ändras inte, så det går bra att ta "
            "en del i taget.",
        ),
        (
            "Kommentar",
            f"Under {COMMENT} får du skriva fritt; den sparas med beslutet. Vilar beslutet på en "
            "tolkning skriver du dess märke: ”Enligt P2.”",
        ),
        (
            "Förslag",
            "Vad programmet tror. Sannolikhet är hur troligt det är att förslaget är rätt: 0,50 är "
            "som att singla slant. Tomt betyder att ingen sannolikhet har kunnat räknas ut.",
        ),
        (
            STANDS,
            "Vad någon redan har beslutat, om listan skrevs ut med det. Ett nytt val på raden "
            "ersätter det.",
        ),
        (
            "Varför granska",
            "Vad som gör beslutet osäkert, till exempel att kryss och text skiljer sig. Tomt för "
            "rader som är stickprov.",
        ),
        (
            "Citat",
            "Orden som förslaget vilar på, som de står i dokumentet. Hela texten finns i mappen "
            "text, under dokumentets namn, och på granskningssidan.",
        ),
        (
            "Sortera och filtrera",
            "Filtrera med pilarna i rubrikraden. Vill du sortera: häv först bladets skydd (det har "
            "inget lösenord) och sortera hela rader. Rader får tas bort och blad sparas om.",
        ),
        (
            "Läsa in",
            "Spara filen och kör: samverkan review import. Du ser först vad som skulle hända. En "
            "rad vars text har ändrats eller hamnat fel känns igen på sitt märke (den dolda "
            f"kolumnen {MARK}) och läses inte in; då läses inget alls in förrän den är rättad. Har "
            "någon annan hunnit besluta på granskningssidan ändras det inte utan att du får veta "
            "det. Samma fil två gånger gör ingen skillnad.",
        ),
    )
