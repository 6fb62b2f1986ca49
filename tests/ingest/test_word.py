"""DOCX by hand-written XML: what the eye meets comes out once, what it does not meet never."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.types import Cell, TickSign
from pipeline.errors import ReadError
from pipeline.ingest import read, sniff
from pipeline.ingest.ole import MAGIC
from pipeline.ingest.word import read_docx
from tests.ingest.build import checkbox, docx, p, run, save, table, zipped


@pytest.fixture
def lines(tmp_path):
    """Read a body (and parts) and return its lines' texts, stripped."""

    def texts(body, **parts):
        raw = read_docx(save(tmp_path, "a.docx", docx(body, **parts)))
        return [line.text.strip() for page in raw.pages for line in page.lines]

    return texts


@pytest.fixture
def ticks(tmp_path):
    """Read a body and return (text with ticks, [(checked, sign)])."""

    def found(body, **parts):
        raw = read_docx(save(tmp_path, "a.docx", docx(body, **parts)))
        rows = [line for page in raw.pages for line in page.lines]
        for line in rows:
            for tick in line.ticks:
                assert line.text[tick.at : tick.at + tick.length].strip()
        return (
            [line.text.strip() for line in rows],
            [(t.checked, t.sign) for line in rows for t in line.ticks],
        )

    return found


def field(data: str, code: str, result: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def sdt(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


SEEN = [
    ("paragraphs", p("Gruppen träffas") + p("varje månad"), ["Gruppen träffas", "varje månad"]),
    ("runs", p("Grupp", "en träff", "as"), ["Gruppen träffas"]),
    ("break", p("Rad ett", "<w:r><w:br/></w:r>", "rad två"), ["Rad ett", "rad två"]),
    ("tab", p("Namn", "<w:r><w:tab/></w:r>", "Eva"), ["Namn\tEva"]),
    ("hyphen", p("barn", "<w:r><w:noBreakHyphen/></w:r>", " och unga"), ["barn- och unga"]),
    ("inserted", p(f"<w:ins>{run('tillagt')}</w:ins>"), ["tillagt"]),
    ("moved to", p(f"<w:moveTo>{run('flyttat hit')}</w:moveTo>"), ["flyttat hit"]),
    ("link", p(f"<w:hyperlink>{run('länken')}</w:hyperlink>"), ["länken"]),
    ("smart tag", p(f"<w:smartTag>{run('Umeå')}</w:smartTag>"), ["Umeå"]),
    ("unknown wrapper", f"<w:nytt>{p('text')}</w:nytt>", ["text"]),
    ("simple field", p(f'<w:fldSimple w:instr="DATE">{run("2 maj")}</w:fldSimple>'), ["2 maj"]),
    ("text control", p(sdt("<w:text/>", run("ett svar"))), ["ett svar"]),
    ("drop-down", p(sdt("<w:dropDownList/>", run("Uppsala län"))), ["Uppsala län"]),
    ("block control", sdt("<w:richText/>", p("ett") + p("två")), ["ett", "två"]),
    ("nested control", sdt("", sdt("", p("inre"))), ["inre"]),
    (
        "form text",
        p(field("<w:textInput/>", "FORMTEXT", run("Lyckan kommun"))),
        ["Lyckan kommun"],
    ),
    (
        "form list",
        p(
            field(
                '<w:ddList><w:result w:val="1"/><w:listEntry w:val="del"/>'
                '<w:listEntry w:val="slut"/></w:ddList>',
                "FORMDROPDOWN",
            )
        ),
        ["slut"],
    ),
    ("visible again", p(run("syns", '<w:vanish w:val="0"/>')), ["syns"]),
    (
        "row control",
        f"<w:tbl>{sdt('', '<w:tr><w:tc>' + p('i rad') + '</w:tc></w:tr>')}</w:tbl>",
        ["i rad"],
    ),
    ("math", p("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"), ["x+1"]),
    (
        "ruby base",
        p(
            "<w:r><w:ruby><w:rt>"
            + run("över")
            + "</w:rt><w:rubyBase>"
            + run("bas")
            + "</w:rubyBase></w:ruby></w:r>"
        ),
        ["bas"],
    ),
]

UNSEEN = [
    ("deleted", p("kvar", f"<w:del>{run('borta')}</w:del>")),
    ("deleted text", p("kvar", "<w:del><w:r><w:delText>borta</w:delText></w:r></w:del>")),
    ("moved from", p("kvar", f"<w:moveFrom>{run('borta')}</w:moveFrom>")),
    ("hidden", p("kvar", run("borta", "<w:vanish/>"))),
    ("hidden by run style", p("kvar", run("borta", '<w:rStyle w:val="Dold"/>'))),
    ("hidden by paragraph style", p("kvar") + p("borta", ppr='<w:pStyle w:val="DoltStycke"/>')),
    ("hidden by a style's base", p("kvar", run("borta", '<w:rStyle w:val="DoldArv"/>'))),
    ("placeholder", p("kvar") + p(sdt("<w:showingPlcHdr/>", run("borta")))),
    ("placeholder block", p("kvar") + sdt("<w:showingPlcHdr/>", p("borta"))),
    (
        "placeholder cell",
        table([p("kvar"), sdt("<w:showingPlcHdr/>", f"<w:tc>{p('borta')}</w:tc>")]),
    ),
    ("form placeholder", p("kvar", field("<w:textInput/>", "FORMTEXT", run("\u2002" * 5)))),
    (
        "form prompt",
        p("kvar")
        + p(
            field(
                '<w:textInput><w:default w:val="Klicka och borta"/></w:textInput>',
                "FORMTEXT",
                run("Klicka och borta"),
            )
        ),
    ),
    ("contents", p("kvar") + p(field("", "TOC \\o", run("borta")))),
    ("field code", p("kvar", "<w:r><w:instrText>borta</w:instrText></w:r>")),
    (
        "deleted row",
        table([p("kvar")]).replace(
            "</w:tbl>", f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('borta')}</w:tc></w:tr></w:tbl>"
        ),
    ),
    (
        "covered cell",
        table([p("kvar")], [f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('borta')}</w:tc>"]),
    ),
    ("picture text", p("kvar", "<w:r><w:drawing><a:t>borta</a:t></w:drawing></w:r>")),
    ("comment mark", p("kvar", '<w:r><w:commentReference w:id="1"/></w:r>')),
]

STYLES = (
    '<w:style w:type="character" w:styleId="Dold"><w:name w:val="Dold"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="DoldArv"><w:name w:val="Arv"/>'
    '<w:basedOn w:val="Dold"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="DoltStycke"><w:name w:val="Dolt stycke"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Vår rubrik"/>'
    '<w:basedOn w:val="Rubrik1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Niva"><w:name w:val="Fråga"/>'
    '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="a"/><w:basedOn w:val="Ring"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Fet"><w:name w:val="b"/><w:rPr><w:b/></w:rPr></w:style>'
)


@pytest.mark.parametrize(("body", "expected"), [s[1:] for s in SEEN], ids=[s[0] for s in SEEN])
def test_what_the_eye_meets(lines, body, expected):
    assert lines(body) == expected


@pytest.mark.parametrize("body", [u[1] for u in UNSEEN], ids=[u[0] for u in UNSEEN])
def test_what_the_eye_does_not_meet(lines, body):
    assert lines(body, styles=STYLES) == ["kvar"]


def test_a_text_box_comes_once_and_after_its_paragraph(lines):
    box = f"<w:txbxContent>{p('i rutan')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert lines(p("före ", both, "efter")) == ["före efter", "i rutan"]
    old = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    assert lines(p("före ", old)) == ["före", "i rutan"]


def test_notes_come_last_in_the_order_of_their_marks(lines):
    body = p("ett", '<w:r><w:footnoteReference w:id="3"/></w:r>') + p(
        "två", '<w:r><w:endnoteReference w:id="3"/></w:r>'
    )
    found = lines(
        body + p("tre"),
        footnotes=f'<w:footnote w:id="0">{p("linje")}</w:footnote>'
        f'<w:footnote w:id="3">{p("fotnot")}</w:footnote>',
        endnotes=f'<w:endnote w:id="3">{p("slutnot")}</w:endnote>',
    )
    assert found == ["ett", "två", "tre", "fotnot", "slutnot"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(lines):
    assert lines(p("samma ", ppr="<w:rPr><w:del/></w:rPr>") + p("rad")) == ["samma rad"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (checkbox("1", run("☒")), [True]),
        (checkbox("true", run("☒")), [True]),
        (checkbox("0", run("☐")), [False]),
        (checkbox(None, run("☐")), [False]),
        (checkbox("1", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'), [True]),
        (checkbox("1", run("\uf0fe")), [True]),
        (checkbox("1", ""), [True]),
    ],
)
def test_a_box_control_is_one_sign(ticks, body, expected):
    text, found = ticks(p(body, " Kyrkor och samfund"))
    sign = "☒" if expected[0] else "☐"
    assert [" ".join(t.split()) for t in text] == [f"{sign} Kyrkor och samfund"]
    assert found == [(checked, TickSign.CONTENT_CONTROL) for checked in expected]


def test_box_controls_around_a_paragraph_and_around_a_cell(ticks):
    block = checkbox("1", p("☒"))
    cell = checkbox("0", f"<w:tc>{p('☐')}</w:tc>")
    text, found = ticks(block + table([cell, p("Försäkringskassan")]))
    assert text == ["☒", "☐", "Försäkringskassan"]
    assert found == [(True, TickSign.CONTENT_CONTROL), (False, TickSign.CONTENT_CONTROL)]


def test_a_label_inside_a_box_control_is_kept(ticks):
    text, found = ticks(p(checkbox("1", run("☒") + run(" Kyrkor och samfund"))))
    assert [" ".join(t.split()) for t in text] == ["☒ Kyrkor och samfund"]
    assert found == [(True, TickSign.CONTENT_CONTROL)]


def test_a_glyph_against_the_state_makes_the_tick_uncertain(tmp_path):
    path = save(tmp_path, "a.docx", docx(p(checkbox("0", run("☒")), " Kvinnor")))
    (tick,) = read_docx(path).pages[0].lines[0].ticks
    assert (tick.checked, tick.certainty) == (False, 0.5)


@pytest.mark.parametrize(
    ("box", "checked"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', True),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', False),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', True),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', False),
        ("<w:checkBox/>", False),
    ],
)
def test_legacy_boxes(ticks, box, checked):
    text, found = ticks(p(field(box, "FORMCHECKBOX"), " Kvinnor"))
    assert found == [(checked, TickSign.LEGACY_FIELD)]
    assert text[0].startswith("☒" if checked else "☐")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', " Barn"), [True]),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', " Barn"), [False]),
        (p('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', " Barn"), [True]),
        (p("\uf0fe Barn"), [True]),
        (p("\uf06f Barn"), [False]),
        (p("☒ Barn"), [True]),
        (p("[x] Barn"), [True]),
        (p('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>', " Barn"), []),
        (p('<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>', " Barn"), []),
        (p("Vi kallar henne X"), []),
        (p("Sätt kryss (x) i rutan"), []),
    ],
)
def test_typed_signs(ticks, body, expected):
    assert [checked for checked, _ in ticks(body)[1]] == expected


def test_a_lone_x_counts_in_a_cell_only(ticks):
    assert ticks(table([p("x"), p("Barn")], [p(""), p("Heder")]))[1] == [(True, TickSign.TYPED_X)]
    assert ticks(p("Barn") + p("x-axeln"))[1] == []


def test_cells_keep_their_columns(tmp_path):
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("bred")}</w:tc>'
    inner = table([p("inre")])
    body = p("före") + table([wide, p("c")], [p(""), p("b"), p("c")], [inner + p("efter inre")])
    raw = read_docx(save(tmp_path, "a.docx", docx(body)))
    assert [(line.text, line.cell) for line in raw.pages[0].lines] == [
        ("före", None),
        ("bred", Cell(0, 0, 0)),
        ("c", Cell(0, 0, 2)),
        ("b", Cell(0, 1, 1)),
        ("c", Cell(0, 1, 2)),
        ("inre", Cell(1, 0, 0)),
        ("efter inre", Cell(0, 2, 0)),
    ]


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        (p("Mål", ppr='<w:pStyle w:val="Rubrik1"/>'), True),
        (p("Mål", ppr='<w:pStyle w:val="Egen"/>'), True),
        (p("Mål", ppr='<w:pStyle w:val="Niva"/>'), True),
        (p("Mål", ppr='<w:outlineLvl w:val="0"/>'), True),
        (p("Mål", ppr='<w:outlineLvl w:val="9"/>'), False),
        (p("Mål", ppr='<w:pStyle w:val="Fet"/>'), True),
        (p(run("Mål", "<w:b/>")), True),
        (p(run("Mål ", "<w:b/>"), run("och insatser", "<w:b/>")), True),
        (p(run("Mål ", "<w:b/>"), "och insatser"), False),
        (p(run("Målet är nått.", "<w:b/>")), False),
        (p(run("Målet " * 30, "<w:b/>")), False),
        (p("Mål", ppr='<w:pStyle w:val="Ring"/>'), False),
        (p("Mål"), False),
    ],
)
def test_headings(tmp_path, body, heading):
    raw = read_docx(save(tmp_path, "a.docx", docx(body, styles=STYLES)))
    assert raw.pages[0].lines[0].heading is heading


def test_bulleted_lists_get_a_mark_and_numbered_ones_none(lines):
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
        '<w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    items = [
        p(text, ppr=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{n}"/></w:numPr>')
        for text, n in (("punkt", 1), ("nummer", 2), ("okänd", 9), ("", 1))
    ]
    assert lines("".join(items), numbering=numbering) == ["• punkt", "nummer", "okänd"]


def test_pages_are_counted_by_what_word_rendered_else_by_explicit_breaks(tmp_path):
    def pages(body):
        raw = read_docx(save(tmp_path, "a.docx", docx(body)))
        return [[line.text for line in page.lines] for page in raw.pages]

    explicit = '<w:r><w:br w:type="page"/></w:r>'
    rendered = "<w:r><w:lastRenderedPageBreak/></w:r>"
    assert pages(p("ett", explicit) + p("två")) == [["ett"], ["två"]]
    assert pages(p("ett", explicit) + p(rendered, "två")) == [["ett"], ["två"]]
    assert pages(p("ett") + p("två", ppr="<w:pageBreakBefore/>")) == [["ett"], ["två"]]
    assert pages(p("ett") + p("två")) == [["ett", "två"]]
    row = table([p(rendered, "a"), p(rendered, "b")])
    assert pages(p("ett") + row + p("två")) == [["ett"], ["a", "b", "två"]]


def test_a_document_of_another_name_and_of_strict_ooxml(tmp_path):
    data = docx(p("text"), target="word/document2.xml")
    assert read(save(tmp_path, "a.docx", data)).text == "text\n"
    strict = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/'
            'wordprocessingml/main"><w:body><w:p><w:r><w:t>text</w:t></w:r></w:p></w:body>'
            "</w:document>",
        }
    )
    assert read(save(tmp_path, "b.docx", strict)).text == "text\n"


def test_content_beats_the_suffix(tmp_path):
    match = sniff(save(tmp_path, "a.pdf", docx(p("text"))))
    assert match is not None and match[1] == "docx"


def test_macros_are_noted_and_never_run(tmp_path):
    data = io.BytesIO(docx(p("text")))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\0" * 10)
    assert [n.code for n in read(save(tmp_path, "a.docm", data.getvalue())).notes] == ["makron"]


def test_external_entities_are_not_followed(tmp_path):
    secret = save(tmp_path, "hemligt.txt", b"hemligheten")
    xml = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">'
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>text&e;&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})
    text = read(save(tmp_path, "a.docx", data)).text
    assert "text" in text
    assert "hemligheten" not in text
    assert "aaaa" not in text


def _locked() -> bytes:
    return MAGIC + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 400


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_locked(), "krypterad"),
        (MAGIC + b"\0" * 800, "trasig"),
        (docx(p("text"))[:300], "trasig"),
        (docx(p("")), "ingen_text"),
        (zipped({"[Content_Types].xml": "", "word/document.xml": "<w:document"}), "trasig"),
        (zipped({"[Content_Types].xml": "", "word/document.xml": "<a><b/></a>"}), "trasig"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": "<a/>"}), "okant_format"),
    ],
    ids=["locked", "ole", "cut", "empty", "bad xml", "no body", "excel"],
)
def test_what_cannot_be_read_says_why_in_swedish(tmp_path, data, code):
    with pytest.raises(ReadError) as error:
        read(save(tmp_path, "a.docx", data))
    assert error.value.code == code
    assert error.value.reason.endswith(".")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=400), st.integers(0, 1200), st.booleans())
def test_damage_never_raises_anything_else(tmp_path, noise, at, replace):
    good = docx(table([p(checkbox("1", run("☒"))), p("Kyrkor")]), styles=STYLES)
    data = good[:at] + noise + (good[at + len(noise) :] if replace else good[at:])
    path = save(tmp_path, "a.docx", b"PK\x03\x04" + data if at % 2 else data or b"x")
    try:
        read(path)
    except ReadError as error:
        assert error.reason
