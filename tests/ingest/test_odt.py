"""ODT by hand-written XML: the same promises as for Word."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.types import Cell, TickSign
from pipeline.errors import ReadError
from pipeline.ingest import read, sniff
from pipeline.ingest.odt import read_odt
from tests.ingest.build import odt, save

STYLES = (
    '<style:style style:name="Dolt" style:family="text">'
    '<style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Fet" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="FetP" style:family="paragraph">'
    '<style:text-properties fo:font-weight="700"/></style:style>'
    '<style:style style:name="DoltP" style:family="paragraph">'
    '<style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Arv" style:family="paragraph" style:parent-style-name="DoltP"/>'
    '<style:style style:name="Sida" style:family="paragraph">'
    '<style:paragraph-properties fo:break-before="page"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="•"/></text:list-style>'
    '<text:list-style style:name="L2"><text:list-level-style-number text:level="1"/>'
    "</text:list-style>"
)


def p(inner: str, style: str = "") -> str:
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{inner}</text:p>"


def rows(tmp_path, body):
    raw = read_odt(save(tmp_path, "a.odt", odt(body, automatic=STYLES)))
    return [line for page in raw.pages for line in page.lines]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("ett") + p("två"), ["ett", "två"]),
        (p("ett <text:span>två</text:span> tre"), ["ett två tre"]),
        (p("ett<text:s text:c='2'/>två"), ["ett  två"]),
        (p("Namn<text:tab/>Eva"), ["Namn\tEva"]),
        (p("ett<text:line-break/>två"), ["ett", "två"]),
        (p("ett\n   två"), ["ett två"]),
        (p("<text:a>länken</text:a>"), ["länken"]),
        (p("<text:okänd>text</text:okänd>"), ["text"]),
        (f"<text:section>{p('avsnitt')}</text:section>", ["avsnitt"]),
        (
            f"<text:list text:style-name='L1'><text:list-item>{p('a')}</text:list-item>"
            "</text:list>",
            ["• a"],
        ),
        (
            f"<text:list text:style-name='L2'><text:list-item>{p('a')}</text:list-item>"
            "</text:list>",
            ["a"],
        ),
        (
            p(f"före<draw:frame><draw:text-box>{p('ruta')}</draw:text-box></draw:frame>"),
            ["före", "ruta"],
        ),
        (
            f"<draw:frame><draw:text-box>{p('ruta')}</draw:text-box></draw:frame>{p('efter')}",
            ["ruta", "efter"],
        ),
        (
            p(
                "ett<text:note><text:note-citation>1</text:note-citation><text:note-body>"
                + p("noten")
                + "</text:note-body></text:note>"
            )
            + p("två"),
            ["ett", "två", "noten"],
        ),
        (p("<loext:content-control>svar</loext:content-control>"), ["svar"]),
    ],
)
def test_what_the_eye_meets(tmp_path, body, expected):
    assert [line.text.strip() for line in rows(tmp_path, body)] == expected


@pytest.mark.parametrize(
    "body",
    [
        p("kvar<text:span text:style-name='Dolt'>borta</text:span>"),
        p("kvar") + p("borta", "DoltP"),
        p("kvar") + p("borta", "Arv"),
        f"<text:tracked-changes><text:deletion>{p('borta')}</text:deletion></text:tracked-changes>"
        + p("kvar<text:change/>"),
        p(f"kvar<office:annotation>{p('borta')}</office:annotation>"),
        p("kvar<text:hidden-text>borta</text:hidden-text>"),
        p("kvar") + f"<text:section text:display='none'>{p('borta')}</text:section>",
        p("kvar<text:placeholder>borta</text:placeholder>"),
        p("kvar") + f"<text:table-of-content>{p('borta')}</text:table-of-content>",
        p(
            "kvar<loext:content-control loext:showing-place-holder='true'>borta"
            "</loext:content-control>"
        ),
        p("kvar") + f"<table:table><table:table-row><table:covered-table-cell>{p('borta')}"
        "</table:covered-table-cell></table:table-row></table:table>",
    ],
)
def test_what_the_eye_does_not_meet(tmp_path, body):
    assert [line.text for line in rows(tmp_path, body)] == ["kvar"]


CONTROLS = (
    '<office:forms><form:form><form:checkbox form:id="c1" form:current-state="checked"/>'
    '<form:checkbox form:id="c2" form:state="unchecked" form:label="Kyrkor"/>'
    '<form:checkbox form:id="c3" form:state="checked" form:current-state="unchecked"/>'
    '<form:radio form:id="r1" form:current-selected="true"/>'
    '<form:textarea form:id="t1" form:current-value="ett svar"/></form:form></office:forms>'
)


@pytest.mark.parametrize(
    ("inner", "text", "ticks"),
    [
        ("<draw:control draw:control='c1'/>Barn", "☒ Barn", [(True, TickSign.WIDGET)]),
        ("<draw:control draw:control='c2'/>", "☐ Kyrkor", [(False, TickSign.WIDGET)]),
        ("<draw:control draw:control='c3'/>", "☐", [(False, TickSign.WIDGET)]),
        ("<draw:control draw:control='r1'/>Slut", "☒ Slut", [(True, TickSign.WIDGET)]),
        ("<draw:control draw:control='t1'/>", "ett svar", []),
        ("<draw:control draw:control='saknas'/>kvar", "kvar", []),
        (
            "<loext:content-control loext:checkbox='true' loext:checked='true'>☒"
            "</loext:content-control> Barn",
            "☒  Barn",
            [(True, TickSign.CONTENT_CONTROL)],
        ),
        (
            "<field:fieldmark field:type='vnd.oasis.opendocument.field.FORMCHECKBOX'>"
            "<field:param field:name='Checkbox_Checked' field:value='true'/></field:fieldmark>Barn",
            "☒ Barn",
            [(True, TickSign.LEGACY_FIELD)],
        ),
        (
            "<field:fieldmark-start field:type='vnd.oasis.opendocument.field.FORMTEXT'/>"
            "\u2002\u2002\u2002<field:fieldmark-end/>kvar",
            "kvar",
            [],
        ),
        ("☒ Barn", "☒ Barn", [(True, TickSign.GLYPH)]),
        ("\uf0fe Barn", "☒ Barn", [(True, TickSign.GLYPH)]),
    ],
)
def test_ticks(tmp_path, inner, text, ticks):
    (line,) = rows(tmp_path, CONTROLS + p(inner))
    assert line.text.strip() == text
    assert [(t.checked, t.sign) for t in line.ticks] == ticks


def test_cells_keep_their_columns(tmp_path):
    row = "<table:table-row>{}</table:table-row>"
    cell = "<table:table-cell{}>{}</table:table-cell>"
    covered = "<table:covered-table-cell/>"
    body = (
        "<table:table>"
        + row.format(
            cell.format(" table:number-columns-spanned='2'", p("bred"))
            + covered
            + cell.format("", p("c"))
        )
        + "<table:table-rows>"
        + row.format(
            cell.format(" table:number-columns-repeated='2'", "") + cell.format("", p("x"))
        )
        + "</table:table-rows></table:table>"
    )
    lines = rows(tmp_path, body)
    assert [(line.text, line.cell) for line in lines] == [
        ("bred", Cell(0, 0, 0)),
        ("c", Cell(0, 0, 2)),
        ("x", Cell(0, 1, 2)),
    ]
    assert [t.checked for t in lines[2].ticks] == [True]


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("<text:h>Mål</text:h>", True),
        (p("Mål", "Heading_20_1"), False),  # a style that is nowhere defined
        (p("Mål", "FetP"), True),
        (p("<text:span text:style-name='Fet'>Mål</text:span>"), True),
        (p("<text:span text:style-name='Fet'>Mål</text:span> och"), False),
        (p("Mål"), False),
    ],
)
def test_headings(tmp_path, body, heading):
    assert rows(tmp_path, body)[0].heading is heading


def test_pages(tmp_path):
    def pages(body):
        raw = read_odt(save(tmp_path, "a.odt", odt(body, automatic=STYLES)))
        return [[line.text for line in page.lines] for page in raw.pages]

    assert pages(p("ett") + p("två", "Sida")) == [["ett"], ["två"]]
    assert pages(p("ett") + "<text:soft-page-break/>" + p("två", "Sida")) == [["ett"], ["två"]]


def test_title_and_sniffing(tmp_path):
    path = save(tmp_path, "a.docx", odt(p("text")))
    match = sniff(path)
    assert match is not None and match[1] == "odt"
    assert read(path).meta == (("title", "Titel"),)


def test_headers_are_kept_beside_the_text(tmp_path):
    master = (
        f"<style:master-page><style:header>{p('Dnr 12/2010')}</style:header></style:master-page>"
    )
    document = read(save(tmp_path, "a.odt", odt(p("text"), master=master)))
    assert document.text == "text\n"
    assert ("sidhuvud", "Dnr 12/2010") in document.meta


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (odt(p("")), "ingen_text"),
        (odt(p("text"))[:400], "trasig"),
        (odt(p("text"), manifest="<m><encryption-data/></m>"), "krypterad"),
        (odt("<text:p>"), "trasig"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, data, code):
    with pytest.raises(ReadError) as error:
        read(save(tmp_path, "a.odt", data))
    assert error.value.code == code


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=300), st.integers(0, 1200))
def test_damage_never_raises_anything_else(tmp_path, noise, at):
    good = odt(CONTROLS + p("text"), automatic=STYLES)
    try:
        read(save(tmp_path, "a.odt", good[:at] + noise + good[at + len(noise) :]))
    except ReadError as error:
        assert error.reason
