"""DOCX by hand-written XML: what the eye meets comes out once, what it does not meet never."""

from __future__ import annotations

import pytest

from corpus.types import Cell
from pipeline.ingest import read
from pipeline.ingest.word import read_docx
from tests.ingest.build import docx, field, p, run, save, sdt, table, zipped


@pytest.fixture
def lines(tmp_path):
    """Read a body (and parts) and return its lines' texts, stripped."""

    def texts(body, **parts):
        raw = read_docx(save(tmp_path, "a.docx", docx(body, **parts)))
        return [line.text.strip() for page in raw.pages for line in page.lines]

    return texts


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


def test_equal_lines_at_the_top_of_two_pages_are_no_running_header(tmp_path):
    rendered = "<w:r><w:lastRenderedPageBreak/></w:r>"
    page = p("Kommentar:") + "".join(p(f"rad {i}") for i in range(9))
    body = page + p(rendered, "Kommentar:") + page
    text = read(save(tmp_path, "a.docx", docx(body))).text
    assert text.count("Kommentar:") == 3


def test_headers_and_footers_are_kept_beside_the_text(tmp_path):
    data = docx(
        p("text"), header1=p("Dnr 12/2010"), footer1=p("3"), header2=p("Dnr 12/2010") + p("Lyckan")
    )
    document = read(save(tmp_path, "a.docx", data))
    assert document.text == "text\n"
    assert document.meta == (("sidhuvud", "Dnr 12/2010"), ("sidhuvud", "Lyckan"))
