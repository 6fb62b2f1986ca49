"""Text of PDF pages: reading order, turned and cropped pages, tables, errors."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.types import Box, Reading
from pipeline.errors import ReadError
from pipeline.ingest import pdf_doubt, scan
from pipeline.ingest.base import RawLine, RawPage
from pipeline.ingest.pdf import read_pdf
from tests.ingest.pdf_fixtures import HEIGHT, WIDTH, grid, paragraph, put, read, turn, write

LEFT = [
    "Under våren har gruppen arbetat fram en",
    "gemensam rutin för hur personalen frågar",
    "om våld, och den används i dag av alla",
    "enheter inom individ- och familjeomsorg.",
]
RIGHT = [
    "Skolan kom med under hösten och har sedan",
    "dess deltagit i varje möte, medan polisen",
    "bara har kunnat komma till två av dem på",
    "grund av en omorganisation i distriktet.",
]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 80, "Två spalter under en gemensam rubrik", "Helvetica-Bold", 16)
        paragraph(canvas, 60, 120, LEFT)
        paragraph(canvas, 310, 120, RIGHT)

    text = read(write(tmp_path / "a.pdf", draw)).text
    assert text == (
        "Två spalter under en gemensam rubrik\n" + " ".join(LEFT) + "\n" + " ".join(RIGHT) + "\n"
    )


def test_the_right_column_may_begin_higher_up(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        paragraph(canvas, 60, 127, LEFT)
        paragraph(canvas, 310, 120, RIGHT)

    text = read(write(tmp_path / "a.pdf", draw)).text
    assert text == " ".join(LEFT) + "\n" + " ".join(RIGHT) + "\n"


def test_an_answer_in_a_frame_is_a_cell_of_its_own(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 100, "Beskriv målen")
        canvas.rect(56, HEIGHT - 200, 400, 90)
        put(canvas, 60, 125, "Att alla vet vart man ringer")
        put(canvas, 60, 220, "Nästa fråga")

    document = read(write(tmp_path / "a.pdf", draw))
    assert document.text.splitlines() == [
        "Beskriv målen",
        "Att alla vet vart man ringer",
        "Nästa fråga",
    ]
    assert [line.cell is not None for line in document.pages[0].lines] == [False, True, False]


def test_a_side_heading_comes_before_the_text_beside_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 120, "Genomförande")
        put(canvas, 60, 134, "och resultat")
        paragraph(canvas, 190, 120, LEFT)

    text = read(write(tmp_path / "a.pdf", draw)).text
    assert text.index("Genomförande") < text.index("och resultat") < text.index("Under våren")
    assert " ".join(LEFT) in text


def test_labels_and_values_stay_on_their_row(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        rows = [("Län", "Dalarna"), ("Kommun", "Orsa"), ("Belopp", "120 000 kr")]
        for row, (label, value) in enumerate(rows):
            put(canvas, 60, 120 + 16 * row, label)
            put(canvas, 200, 120 + 16 * row, value)

    lines = read(write(tmp_path / "a.pdf", draw)).text.splitlines()
    assert lines == ["Län\tDalarna", "Kommun\tOrsa", "Belopp\t120 000 kr"]


def test_cells_come_row_by_row_with_their_place(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, [60, 200, 400], [100, 150, 200])
        put(canvas, 65, 115, "Fråga ett")
        put(canvas, 205, 115, "Svaret på fråga ett är så långt")
        put(canvas, 205, 129, "att det fyller två rader")
        put(canvas, 65, 165, "Fråga två")
        put(canvas, 205, 165, "Kort svar")
        put(canvas, 60, 230, "Efter tabellen")

    document = read(write(tmp_path / "a.pdf", draw))
    assert document.text.splitlines() == [
        "Fråga ett",
        "Svaret på fråga ett är så långt att det fyller två rader",
        "Fråga två",
        "Kort svar",
        "Efter tabellen",
    ]
    cells = [line.cell and (line.cell.row, line.cell.column) for line in document.pages[0].lines]
    assert cells == [(0, 0), (0, 1), (0, 1), (1, 0), (1, 1), None]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_boxes_follow_the_page_as_displayed(tmp_path: Path, degrees: int) -> None:
    """The ink of each line lies inside its box on the rendered page, also turned and cropped."""
    import pypdfium2

    def draw(canvas: Canvas) -> None:
        # Text that reads upright once the page has been turned.
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(degrees)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(-120, 40, "Översta raden på sidan")
        canvas.drawString(-120, 20, "Nästa rad")

    path = turn(write(tmp_path / "a.pdf", draw), degrees, crop=(50, 60, 560, 800))
    (page,) = read(path).pages
    picture = pypdfium2.PdfDocument(path)[0].render(scale=2, grayscale=True).to_numpy()
    assert (page.width, page.height) == ((510, 740) if degrees in (0, 180) else (740, 510))
    dark = int((picture < 128).sum())
    inside = 0
    for line in page.lines:
        assert line.box is not None
        x0, x1 = round(2 * line.box.x0) - 1, round(2 * line.box.x1) + 1
        top, bottom = round(2 * line.box.top) - 1, round(2 * line.box.bottom) + 1
        inside += int((picture[top:bottom, x0:x1] < 128).sum())
    assert dark > 100
    assert inside == dark
    assert len(page.lines) == 2


def test_what_is_cropped_away_is_not_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 100, 50, "Utanför det som visas")
        put(canvas, 100, 400, "Mitt på sidan")

    path = turn(write(tmp_path / "a.pdf", draw), 0, crop=(50, 60, 560, 700))
    assert read(path).text == "Mitt på sidan\n"


def test_a_turned_line_in_the_margin_does_not_break_the_text(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        paragraph(canvas, 80, 120, LEFT)
        canvas.saveState()
        canvas.translate(40, HEIGHT - 200)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Blankettnummer 17")
        canvas.restoreState()

    text = read(write(tmp_path / "a.pdf", draw)).text
    assert text == " ".join(LEFT) + "\nBlankettnummer 17\n"


def test_headings_and_hyphens(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 100, "Måluppfyllelse", "Helvetica-Bold", 11)
        paragraph(
            canvas,
            60,
            120,
            ["Projektet har lett till en fördjupad sam-", "verkan mellan kommunens barn- och"],
        )
        put(canvas, 60, 148, "ungdomsenheter.")

    document = read(write(tmp_path / "a.pdf", draw))
    assert document.text == (
        "Måluppfyllelse\nProjektet har lett till en fördjupad samverkan mellan kommunens barn- och"
        " ungdomsenheter.\n"
    )
    assert [line.heading for line in document.pages[0].lines] == [True, False, False, False]


# --- files that cannot be read --------------------------------------------------------------


def encrypted(path: Path, *, user: str) -> Path:
    write(path, lambda canvas: put(canvas, 60, 100, "Hemlig text"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user=user))
    return path


def test_a_file_with_an_empty_password_is_read(tmp_path: Path) -> None:
    assert read(encrypted(tmp_path / "a.pdf", user="")).text == "Hemlig text\n"


def no_pages(path: Path) -> Path:
    pikepdf.new().save(path)
    return path


def truncated(path: Path) -> Path:
    write(path, lambda canvas: put(canvas, 60, 100, "Text"))
    path.write_bytes(path.read_bytes()[:300])
    return path


def not_pdf(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.4\n" + bytes(range(256)) * 8)
    return path


def blank(path: Path) -> Path:
    return write(path, lambda canvas: None)


@pytest.mark.parametrize(
    ("make", "code", "word"),
    [
        (lambda path: encrypted(path, user="hemligt"), "krypterad", "lösenord"),
        (no_pages, "tom", "inga sidor"),
        (truncated, "trasig", "skadad"),
        (not_pdf, "trasig", "skadad"),
        (blank, "ingen_text", "ingen läsbar text"),
    ],
)
def test_errors_say_what_to_do(tmp_path: Path, make, code: str, word: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_pdf(make(tmp_path / "a.pdf"), "pdf")
    assert caught.value.code == code
    assert word in caught.value.reason
    assert caught.value.advice


# --- pages that are pictures ----------------------------------------------------------------


def picture_page(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (80, 110), 200)), 0, 0, WIDTH, HEIGHT)


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_args: object) -> None:
        raise ReadError("ocr_saknas", "Tesseract saknas.", "Installera tillägget ocr.")

    monkeypatch.setattr(scan, "read_image", missing)


@pytest.mark.usefixtures("without_ocr")
def test_a_scanned_page_without_ocr_is_reported_and_the_rest_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", lambda c: put(c, 60, 100, "Sidan med text"), picture_page)
    document = read(path)
    assert document.text == "Sidan med text\n"
    assert [(note.code, note.page) for note in document.notes] == [("ingen_ocr", 2)]


@pytest.mark.usefixtures("without_ocr")
def test_a_scan_without_ocr_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="inskannad"):
        read(write(tmp_path / "a.pdf", picture_page))


DAMAGED = [
    "Forvaltningen har under aret pa olika satt arbetat med fragor som ror",
    "vald i nara relationer och vald mot kvinnor. Malet ar att alla som moter",
    "utsatta ska kunna ge stod och hjalp nar nagon berattar om vald hemma.",
    "Namnden foreslar att arbetet fortsatter aven nasta ar med samma inriktning.",
    "Flera av de atgarder som genomforts har visat sig ha god effekt, och de",
    "parter som ingar i gruppen onskar att samverkan far fortsatta framover.",
]


def damaged_page(canvas: Canvas) -> None:
    """A text layer from an engine that did not know Swedish."""
    paragraph(canvas, 60, 100, DAMAGED)


def test_a_damaged_text_layer_is_reported(tmp_path: Path) -> None:
    document = read(write(tmp_path / "a.pdf", damaged_page))
    assert "Forvaltningen" in document.text
    ((code, page),) = [(note.code, note.page) for note in document.notes]
    assert (code, page) == ("dalig_text", 1)


def test_a_damaged_text_layer_over_a_picture_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, float, tuple[int, int]]] = []

    def again(image, dpi: float, number: int, width: float, height: float) -> RawPage:
        asked.append((number, dpi, image.size))
        return RawPage(number, (RawLine("Förvaltningen har"),), width, height, Reading.OCR)

    monkeypatch.setattr(scan, "read_image", again)

    def draw(canvas: Canvas) -> None:
        picture_page(canvas)
        damaged_page(canvas)

    monkeypatch.setattr(scan, "read_image", again)
    document = read(write(tmp_path / "a.pdf", draw))
    assert document.text == "Förvaltningen har\n"
    assert document.pages[0].reading is Reading.OCR
    assert document.notes == ()
    assert asked == [(1, 200.0, (1654, 2339))]


def test_fields_over_a_scanned_form_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scanned(image, dpi: float, number: int, width: float, height: float) -> RawPage:
        label = RawLine("Kyrkor och samfund", Box(80, 110, 180, 121))
        return RawPage(number, (label,), width, height, Reading.OCR)

    def draw(canvas: Canvas) -> None:
        picture_page(canvas)
        canvas.acroForm.checkbox(name="b", x=60, y=HEIGHT - 122, size=12, checked=True)

    monkeypatch.setattr(scan, "read_image", scanned)
    document = read(write(tmp_path / "a.pdf", draw))
    assert document.text == "☒ Kyrkor och samfund\n"
    assert [tick.checked for tick in document.pages[0].ticks] == [True]


def test_a_huge_page_is_rendered_small(tmp_path: Path) -> None:
    import pypdfium2

    from pipeline.ingest.pdf_frame import frame_of

    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(14000, 14000))
    canvas.drawString(100, 100, "Stor")
    canvas.save()
    page = pypdfium2.PdfDocument(path)[0]
    image, dpi = pdf_doubt.render(page, frame_of(page), 200, grey=True)
    assert image.width * image.height <= pdf_doubt.MAX_PIXELS * 1.01
    assert dpi < 200


def test_a_dynamic_adobe_form_is_reported(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", lambda c: put(c, 60, 100, "Öppna i ett annat program"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        packet = pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'></xdp:xdp>")
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=packet)
        pdf.Root.NeedsRendering = True
        pdf.save(path)
    assert [note.code for note in read(path).notes] == ["xfa"]


def attach(path: Path) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.attachments["svar.docx"] = b"PK"
        pdf.save(path)
    return path


def test_a_pdf_that_only_holds_files_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"andra filer \(1 st\)") as caught:
        read(attach(write(tmp_path / "a.pdf", lambda c: None)))
    assert caught.value.code == "ingen_text"
    assert "spara ut filerna" in caught.value.advice


def test_files_inside_a_pdf_with_text_are_told(tmp_path: Path) -> None:
    document = read(attach(write(tmp_path / "a.pdf", lambda c: put(c, 60, 100, "Se bilagan"))))
    assert [note.code for note in document.notes] == ["inbaddade_filer"]
    assert "Se bilagan" in document.text
