"""Each kind of file opens, holds every answer, and has the right number of boxes and ticks."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageStat

from corpus.records import Report
from corpus.render import VARIANTS, Expected, expected_for, render, render_many, variant
from corpus.render.signs import Kind, signs
from tests.render import looking as look
from tests.render.needs import params

FORMS = ("s-01", "s-06", "s-11")
SEEDS = (0, 7, 12, 23, 29, 33)


def _boxes(want: Expected) -> look.Count:
    return len(want.ticks), sum(want.ticks.values())


def _signs(kind: Kind, name: str, seed: int) -> tuple[str, str]:
    on, off = signs(kind, variant(name).layout(seed))
    return look.fold(on), look.fold(off)


def _missing(want: Expected, text: str) -> list[str]:
    """Return the answer lines that are not in a folded text."""
    lines = [line for answer in want.answers.values() for line in answer.splitlines()]
    return [line for line in map(look.fold, lines) if line and line not in text]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize("name", [n for n in VARIANTS if n.startswith("docx_")])
def test_docx(reports: dict[str, Report], name: str, key: str, seed: int) -> None:
    data, want = render(reports[key], name, seed), expected_for(reports[key], name, seed)
    text = look.docx_text(data)
    assert not _missing(want, text)
    if name == "docx_x":
        assert look.count_lone_x(data) == _boxes(want)[1]
    else:
        counts = {
            "docx_control": lambda: look.count_controls(data),
            "docx_legacy": lambda: look.count_legacy(data),
            "docx_symbol": lambda: look.count_symbols(data),
            "docx_wingdings": lambda: look.count_signs(text, "\uf0fe", "\uf0a8"),
            "docx_glyph": lambda: look.count_signs(text, *_signs("glyph", name, seed)),
            "docx_bracket": lambda: look.count_signs(text, *_signs("bracket", name, seed)),
        }
        assert counts[name]() == _boxes(want)


def test_noise_stands_in_deleted_and_hidden_text_only(reports: dict[str, Report]) -> None:
    data = render(reports["s-06"], "docx_glyph", 29)
    raw = look.all_text(look.docx_root(data))
    assert "Kyrkan och BUP deltar aktivt" in raw or "[Anvisning" in raw
    assert "Kyrkan och BUP deltar aktivt" not in look.docx_text(data)
    assert "[Anvisning" not in look.docx_text(data)


@pytest.mark.parametrize("seed", (0, 9, 36))
@pytest.mark.parametrize("name", params(n for n in VARIANTS if n.startswith("pdf_drawn")))
def test_drawn_pdf(reports: dict[str, Report], name: str, seed: int) -> None:
    data, want = render(reports["s-06"], name, seed), expected_for(reports["s-06"], name, seed)
    if name != "pdf_drawn_slash":  # its squares are four lines each
        assert look.count_squares(data) == len(want.ticks)
    # Answers may run over a page's end, and long words over a line's.
    starts = [" ".join(line.split()[:3]) for line in want.answers.values()]
    text = look.pdf_text(data)
    assert [start for start in starts if start not in text] == []


@pytest.mark.fonts
def test_turned_pages_look_the_same(reports: dict[str, Report]) -> None:
    pages = []
    for name in ("pdf_drawn_cross", "pdf_turned"):
        with pdfium.PdfDocument(render(reports["s-01"], name)) as document:
            pages.append([page.render(scale=0.5).to_pil().convert("L") for page in document])
    upright, turned = pages
    assert [p.size for p in upright] == [p.size for p in turned]
    for one, other in zip(upright, turned, strict=True):
        assert ImageStat.Stat(ImageChops.difference(one, other)).mean[0] < 1


@pytest.mark.parametrize("name", params(["pdf_form", "pdf_form_values"]))
def test_acroform(reports: dict[str, Report], name: str) -> None:
    data, want = render(reports["s-06"], name), expected_for(reports["s-06"], name)
    boxes, texts = look.form_fields(data)
    assert boxes == _boxes(want)
    values = {look.fold(text.replace("\r", "\n")) for text in texts}
    assert {look.fold(answer) for answer in want.answers.values()} <= values


@pytest.mark.fonts
def test_only_one_acroform_has_appearances(reports: dict[str, Report]) -> None:
    with_pictures = render(reports["s-01"], "pdf_form")
    without = render(reports["s-01"], "pdf_form_values")
    assert b"NeedAppearances" not in with_pictures
    assert b"NeedAppearances true" in without
    assert "Sjukstugan, se ovan" not in look.pdf_text(without)


@pytest.mark.fonts
def test_flattened_form_has_no_fields_but_all_marks(reports: dict[str, Report]) -> None:
    data = render(reports["s-06"], "pdf_form_flat")
    want = expected_for(reports["s-06"], "pdf_form_flat")
    assert look.count_flat(data) == _boxes(want)
    assert "utökad från 4 till 9" in look.pdf_text(data)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("name", "encoding", "kind"),
    [
        ("txt_utf8", "utf-8", "bracket"),
        ("txt_glyph", "utf-8", "glyph"),
        ("txt_latin1", "latin-1", "round"),
        ("txt_cp1252", "cp1252", "bracket"),
    ],
)
def test_text(reports: dict[str, Report], name: str, encoding: str, kind: Kind, seed: int) -> None:
    data, want = render(reports["s-01"], name, seed), expected_for(reports["s-01"], name, seed)
    text = data.decode(encoding)
    assert "\r\n" in text
    assert look.count_signs(look.fold(text), *_signs(kind, name, seed)) == _boxes(want)
    assert [line for line in _missing(want, look.fold(text)) if "–" not in line] == []


def test_text_pasted_from_a_word_table(reports: dict[str, Report]) -> None:
    want = expected_for(reports["s-01"], "txt_pasted")
    lines = render(reports["s-01"], "txt_pasted").decode().splitlines()
    assert "x\tBefintlig samverkansstruktur" in lines
    assert "\tEtablera en ny samverkansstruktur" in lines
    ticked = [part for line in lines for part in line.split("\t") if part == "x"]
    assert len(ticked) == _boxes(want)[1]


def test_mail_with_the_form_in_its_body(reports: dict[str, Report]) -> None:
    message = look.mail_parts(render(reports["s-01"], "eml_body"))
    body = message.get_body()
    assert body is not None
    want = expected_for(reports["s-01"], "eml_body")
    text = body.get_content()
    assert look.count_signs(text, "[x]", "[ ]") == _boxes(want)
    assert not _missing(want, look.fold(text))


def test_mail_with_an_attachment(reports: dict[str, Report]) -> None:
    message = look.mail_parts(render(reports["s-01"], "eml_docx"))
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "Redovisningsblankett lokal samverkan.docx"
    assert attached.get_content() == render(reports["s-01"], "docx_control")


@pytest.mark.parametrize("seed", SEEDS)
def test_odt(reports: dict[str, Report], seed: int) -> None:
    data = render(reports["s-06"], "odt_glyph", seed)
    want = expected_for(reports["s-06"], "odt_glyph", seed)
    text = look.odt_text(data)
    assert look.count_signs(text, *_signs("glyph", "odt_glyph", seed)) == _boxes(want)
    assert not _missing(want, text)


@pytest.mark.parametrize("seed", SEEDS)
def test_rtf(reports: dict[str, Report], seed: int) -> None:
    data = render(reports["s-06"], "rtf_fields", seed)
    want = expected_for(reports["s-06"], "rtf_fields", seed)
    assert data.startswith(b"{\\rtf1") and data.count(b"{") == data.count(b"}")
    assert (data.count(b"FORMCHECKBOX"), data.count(b"\\ffres1")) == _boxes(want)
    assert [line for line in _missing(want, look.rtf_text(data)) if "–" not in line] == []


@pytest.mark.parametrize("name", params(n for n in VARIANTS if not VARIANTS[n].turn))
def test_the_same_report_gives_the_same_bytes(reports: dict[str, Report], name: str) -> None:
    assert render(reports["s-01"], name, 5) == render(reports["s-01"], name, 5)


@pytest.mark.parametrize("name", params(n for n in VARIANTS if not VARIANTS[n].turn))
def test_free_form_documents_come_in_every_direct_kind(
    reports: dict[str, Report], name: str
) -> None:
    assert len(render(reports["s-19"], name)) > 500


@pytest.mark.fonts
def test_long_letters_of_scans_stay_pictures(reports: dict[str, Report]) -> None:
    data = render(reports["s-19"], "scan_clean")
    assert data.startswith(b"%PDF")
    assert look.pdf_text(data) == ""


@pytest.mark.fonts
@pytest.mark.slow
def test_scans_are_pictures_at_200_dpi(reports: dict[str, Report]) -> None:
    report = reports["s-01"]
    with Image.open(io.BytesIO(render(report, "scan_tiff"))) as tiff:
        assert tiff.mode == "1"
        assert tiff.n_frames == 3  # type: ignore[attr-defined]
        assert abs(tiff.width - 1654) <= 1
    with Image.open(io.BytesIO(render(report, "scan_jpg"))) as jpeg:
        assert jpeg.height == 3 * 2339
    assert render(report, "scan_bad") != render(report, "scan_mid")
    assert render(report, "scan_mid") != render(report, "scan_clean")


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("name", [f"pdf_{s}" for s in ("control", "glyph", "bracket", "x")])
def test_office_prints_word_files_in_one_batch(reports: dict[str, Report], name: str) -> None:
    jobs = [(reports[key], 0) for key in FORMS]
    for (report, seed), data in zip(jobs, render_many(jobs, name), strict=True):
        want, text = expected_for(report, name, seed), look.pdf_text(data)
        starts = [" ".join(line.split()[:3]) for line in want.answers.values()]
        assert [start for start in starts if start not in text] == []
        if name == "pdf_glyph":
            assert look.count_signs(text, *_signs("glyph", name, seed)) == _boxes(want)


@pytest.mark.office
@pytest.mark.slow
def test_doc_is_an_old_word_file(reports: dict[str, Report]) -> None:
    data = render(reports["s-01"], "doc_legacy")
    assert data.startswith(b"\xd0\xcf\x11\xe0")
    assert data.count("FORMCHECKBOX".encode("utf-16-le")) == len(
        expected_for(reports["s-01"], "doc_legacy").ticks
    )


def test_an_unknown_variant_names_the_known(reports: dict[str, Report]) -> None:
    with pytest.raises(KeyError, match="docx_control"):
        render(reports["s-01"], "wordperfect")
