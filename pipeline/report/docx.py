"""rapport.docx: the report's blocks as a Word document with real styles, captions and fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.report.blocks import (
    BarChart,
    Block,
    CountyMap,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Report,
    TableBlock,
)
from pipeline.report.docx_chart_book import chart_workbook
from pipeline.report.docx_charts import chart_height, chart_part
from pipeline.report.docx_front import Front, contents, title_page
from pipeline.report.docx_package import Package
from pipeline.report.docx_pictures import chart_drawing, picture_drawing
from pipeline.report.docx_rows import paper
from pipeline.report.docx_settings import footer, numbering, settings
from pipeline.report.docx_styles import BULLETS, STEPS, styles
from pipeline.report.docx_tables import caption, caption_number, table, wide
from pipeline.report.docx_theme import font_table, theme
from pipeline.report.docx_widths import LANDSCAPE, PORTRAIT
from pipeline.report.docx_xml import Element, Numbers, el, named, paragraph, run, val, xml
from pipeline.report.png import drawing_png
from pipeline.report.svg import drawing, standalone
from pipeline.tables.files import replacing

_AUTHOR = "samverkan"
_HIGH = {PORTRAIT: 12_400, LANDSCAPE: 7_400}  # the most that a picture takes of a page (dxa)
_MAP_HEIGHT = 10_500  # dxa: larger, the counties say no more
_MARGIN = 1418  # 2.5 cm
_LANDSCAPE_SIZE, _PORTRAIT_SIZE = (16838, 11906), (11906, 16838)  # A4


@dataclass(slots=True)
class _Writing:
    """What is gathered while the blocks are written."""

    report: Report
    numbers: Numbers
    package: Package = field(default_factory=Package)
    front: Front = field(default_factory=Front)
    ordered: int = 0


def write_docx(report: Report, path: Path) -> Path:
    """Write the report as a Word document. Raises WriteError."""
    data = document(report)
    with replacing(path) as beside:
        beside.write_bytes(data)
    return path


def document(report: Report) -> bytes:
    """Return the Word document; the same report gives the same bytes."""
    pictures = [b for b in report.blocks if isinstance(b, BarChart | CountyMap)]
    numbered = max((caption_number(b.caption) for b in pictures), default=0)
    writing = _Writing(report, Numbers(numbered))
    sections = [
        (width, [e for one, led in _led(blocks) for e in _block(one, led, width, writing)])
        for width, blocks in _stretches(report.blocks)
    ]
    front = [*title_page(report), *contents(writing.front)]
    body = el("w:body", *_body([(PORTRAIT, front), *sections], _footers(report, writing.package)))
    package = writing.package
    package.add("styles", "styles.xml", styles())
    package.add("numbering", "numbering.xml", numbering(max(writing.ordered, 1)))
    package.add("settings", "settings.xml", settings())
    package.add("theme", "theme/theme1.xml", theme())
    package.add("fontTable", "fontTable.xml", font_table())
    return package.pack(xml(el("w:document", body)), report.title, _AUTHOR, report.made)


def _stretches(blocks: Iterable[Block]) -> Iterator[tuple[int, list[Block]]]:
    """Yield (width, blocks): what stands under a heading lies on its side if a table needs it."""
    width, gathered = PORTRAIT, list[Block]()
    for under in _under_headings(blocks):
        lying = any(isinstance(b, TableBlock | Grid) and wide(paper(b)) for b in under)
        its = LANDSCAPE if lying else PORTRAIT
        if gathered and its != width:
            yield width, gathered
            gathered = []
        width = its
        gathered = [*gathered, *under]
    if gathered:
        yield width, gathered


def _under_headings(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield each heading with what follows it; a heading right after a heading goes with it."""
    under: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and not all(isinstance(b, Heading) for b in under):
            yield under
            under = []
        under.append(block)
    if under:
        yield under


def _led(blocks: list[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield each block, and whether it leads up to a table or picture that it stays with."""
    following: list[Block | None] = [*blocks[1:], None]
    for block, after in zip(blocks, following, strict=True):
        yield block, isinstance(after, TableBlock | Grid | BarChart | CountyMap)


def _block(block: Block, led: bool, width: int, writing: _Writing) -> Iterator[Element]:
    match block:
        case Heading():
            yield _heading(block, writing)
        case Paragraph(text):
            yield paragraph("", run(text), **({"keep": el("w:keepNext")} if led else {}))
        case Listing(items, ordered):
            yield from _list(items, ordered, writing)
        case TableBlock() | Grid():
            yield from table(paper(block), width, writing.numbers)
        case BarChart():
            yield from _chart(block, width, writing)
        case CountyMap():
            yield from _map(block, width, writing)


def _heading(heading: Heading, writing: _Writing) -> Element:
    level = min(max(heading.level, 1), 3)
    name = writing.numbers.name(f"_Toc_{heading.anchor}")
    writing.front.add(level, heading.text, name)
    return paragraph(f"Heading{level}", *writing.numbers.bookmark(name, run(heading.text)))


def _list(items: tuple[str, ...], ordered: bool, writing: _Writing) -> Iterator[Element]:
    number = BULLETS
    if ordered:
        number = STEPS + writing.ordered
        writing.ordered += 1
    for item in items:
        props = el("w:numPr", val("w:ilvl", 0), val("w:numId", number))
        yield paragraph("ListNumber" if ordered else "ListBullet", run(item), number=props)


def _chart(chart: BarChart, width: int, writing: _Writing) -> Iterator[Element]:
    number = writing.numbers.drawing()
    part = f"charts/chart{number}.xml"
    relation = writing.package.add("chart", part, chart_part(chart))
    writing.package.add(
        "package",
        f"embeddings/diagram{number}.xlsx",
        chart_workbook(chart, writing.report.made),
        source=f"word/{part}",
    )
    size = PORTRAIT, chart_height(chart, _HIGH[width])
    figure = chart_drawing(relation, number, chart.id, chart.alt, size)
    yield from _figure(figure, chart.caption, chart.note, writing)


def _map(county_map: CountyMap, width: int, writing: _Writing) -> Iterator[Element]:
    number = writing.numbers.drawing()
    picture = drawing(county_map)
    high = min(_MAP_HEIGHT, _HIGH[width])
    png = writing.package.add("image", f"media/karta{number}.png", drawing_png(picture))
    svg = standalone(picture).encode()
    vector = writing.package.add("image", f"media/karta{number}.svg", svg)
    size = round(high * picture.width / picture.height), high
    figure = picture_drawing(png, vector, number, county_map.id, county_map.alt, size)
    yield from _figure(figure, county_map.caption, county_map.note, writing)


def _figure(figure: Element, text: str, note: str, writing: _Writing) -> Iterator[Element]:
    """Yield a picture, its caption below it ("Figur 1. …"), and its note."""
    yield paragraph("Figure", figure)
    numbered = text if caption_number(text) else f"Figur {writing.numbers.figure()}. {text}"
    yield caption(
        numbered,
        writing.numbers,
        keep=val("w:keepNext", "true" if note else "false"),
        spacing=el("w:spacing", {"w:before": 40, "w:after": 40 if note else 240}),
    )
    if note:
        yield paragraph("TableNote", run(note))
        yield paragraph("TableNote")


def _footers(report: Report, package: Package) -> dict[int, str]:
    """Add a footer for each way a page may lie; return their relationships by width."""
    return {
        width: package.add("footer", f"footer{n}.xml", footer(report.title, width))
        for n, width in enumerate((PORTRAIT, LANDSCAPE), start=1)
    }


def _body(sections: list[tuple[int, list[Element]]], footers: dict[int, str]) -> Iterator[Element]:
    """Yield the elements of all sections; each but the last ends in a paragraph that says so."""
    for i, (width, elements) in enumerate(sections):
        section = _section(width, footers[width])
        if i == len(sections) - 1:
            yield from elements
            yield section
            continue
        *before, last = elements
        yield from before
        yield from _ended(last, section)


def _ended(last: Element, section: Element) -> Iterator[Element]:
    props = last.find(named("w:pPr")) if last.tag == named("w:p") else None
    if props is None:
        yield last
        yield el("w:p", el("w:pPr", section))
        return
    props.append(section)
    yield last


def _section(width: int, relation: str) -> Element:
    lying = width == LANDSCAPE
    across, down = _LANDSCAPE_SIZE if lying else _PORTRAIT_SIZE
    size: dict[str, object] = {"w:w": across, "w:h": down}
    margins = {f"w:{side}": _MARGIN for side in ("top", "right", "bottom", "left")}
    return el(
        "w:sectPr",
        el("w:footerReference", {"w:type": "default", "r:id": relation}),
        el("w:pgSz", size | ({"w:orient": "landscape"} if lying else {})),
        el("w:pgMar", margins | {"w:header": 709, "w:footer": 624, "w:gutter": 0}),
    )
