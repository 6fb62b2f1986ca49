"""Remake the sample inbox from reports.jsonl: `python -m corpus.samples.make`.

The same reports give the same bytes, as far as LibreOffice allows (its dates and ids are evened
out). What belongs where is the table FILES.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf

from corpus.records import Report, Ticks, load_reports
from corpus.render import render_many, variant
from corpus.render.compose import compose
from corpus.render.docx import write_docx
from corpus.render.layout import Layout
from corpus.render.mail import attachment_mail
from corpus.render.ooxml import zip_bytes
from corpus.render.pdf_drawn import write_drawn
from corpus.render.sheet import PageBreak, Sheet, plain

HOME = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class _File:
    """One inbox file: report id, file name, variant and layout seed, project if not the id."""

    report: str
    name: str
    variant: str
    seed: int = 0
    project: str = ""


FILES = (
    _File("s-01", "Redovisning Åsele.docx", "docx_control", 0),
    _File("s-02", "Slutrapport Vägar ut Angered.pdf", "pdf_glyph", 22),
    _File("s-03", "eskilstuna_sn_2010_utvardering.docx", "docx_legacy", 37),
    _File("s-04", "blankett vingåker.docx", "docx_x", 0),
    _File("s-05", "VB_ redovisning kvinnofrid Östhammar.eml", "eml_body", 40),
    _File("s-06", "Hässleholm redovisning.pdf", "pdf_drawn_cross", 0),
    _File("s-07", "Våga fråga!.docx", "docx_symbol", 34),
    _File("s-08", "alvesta.odt", "odt_glyph", 5),
    _File("s-09", "Uppsala skyddat boende.pdf", "pdf_form", 0),
    _File("s-10", "Botkyrka kartläggning.rtf", "rtf_fields", 28),
    _File("s-11", "Delredovisning Mora.doc", "doc_legacy", 0),
    _File("s-12", "Kiruna delredovisning 2010.docx", "docx_wingdings", 0, "s-13"),
    _File("s-13", "Kiruna slutredovisning.pdf", "pdf_form_flat", 11),
    _File("s-14", "Trelleborg.txt", "txt_latin1", 0),
    _File("s-15", "Falkenberg mansmottagning.pdf", "pdf_drawn_check", 36),
    _File("s-16", "skanner_20100915_1042.pdf", "scan_printed", 0),
    _File("s-17", "Ansökan Solna TJUT.pdf", "pdf_glyph", 2),
    _File("s-18", "Tjänsteutlåtande Nyköping.docx", "docx_glyph", 0),
    _File("s-19", "IMG_0412.jpg", "scan_jpg", 0),
    _File("s-24", "Lidköping Beroende och våld.pdf", "pdf_form_values", 9),
    _File("s-25", "Hudiksvall_2022.txt", "txt_utf8", 33),
)

_OFF_TOPIC = """Kultur- och fritidsnämnden
PROTOKOLLSUTDRAG
2010-05-18

§ 41 Badplatser sommaren 2010

Beslut
Nämnden beslutar att bryggan vid Norra badet lagas före skolavslutningen.

Bakgrund
Besiktningen i april visade att sju brädor är ruttna och att stegen saknar ett fäste. Reparationen \
beräknas kosta 14 500 kronor och ryms inom årets underhåll. Vattenprover tas varannan vecka från \
midsommar. Föreningarna vid sjön har inget att invända.

Utdraget skickas till
Tekniska kontoret
Norra badets byaförening"""


def main() -> int:
    """Write the inbox and the manifest, and remove what is no longer made."""
    reports = {report.id: report for report in load_reports(HOME / "reports.jsonl")}
    inbox = HOME / "inbox"
    inbox.mkdir(exist_ok=True)
    files = make(reports)
    for old in set(inbox.iterdir()) - {inbox / name for name in files}:
        old.unlink()
    for name, data in files.items():
        (inbox / name).write_bytes(data)
    _write_manifest(HOME / "manifest.csv")
    print(f"{len(files)} files, {sum(map(len, files.values())) / 1e6:.1f} MB in {inbox}")
    return 0


def make(reports: dict[str, Report]) -> dict[str, bytes]:
    """Return the inbox: file name to content."""
    files = {file.name: _rendered(reports[file.report], file) for file in FILES}
    files["Kristinehamn två projekt.docx"] = _two_projects(reports["s-20"], reports["s-21"])
    files["Återrapportering Östersund.eml"] = _mail(reports["s-22"])
    files["tierp.zip"] = _zip(reports["s-23"])
    files["Redovisningsblankett tom.docx"] = _empty_form()
    files["Protokollsutdrag badplatser.pdf"] = _off_topic()
    whole = files["Hässleholm redovisning.pdf"]
    files["Redovisning Hässleholm (1).pdf"] = whole[: len(whole) // 3]
    return files


def _rendered(report: Report, file: _File) -> bytes:
    """Return a file that does not change from run to run.

    LibreOffice's random numbers shift everything behind them when they have fewer digits than
    usual (one time in four), so it is asked again then.
    """
    for _ in range(_TRIES):
        data = render_many([(report, file.seed)], file.variant)[0]
        if all(len(mark[2]) == _DIGITS for mark in _FIELD_MARK.finditer(data)):
            return _steady(data)
    raise RuntimeError(f"{file.name} does not come out the same twice")


def _two_projects(first: Report, second: Report) -> bytes:
    """Return one Word file with a form for each of two projects."""
    layout = replace(variant("docx_bracket").layout(0), title_place="row")
    one, two = compose(first, layout), compose(second, layout)
    both = replace(one, blocks=(*one.blocks, PageBreak(), *two.blocks))
    return write_docx(both, layout, "bracket")


def _mail(report: Report) -> bytes:
    data = render_many([(report, 6)], "docx_glyph")[0]
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return attachment_mail("Återrapportering", "Nya i länet - slutredovisning.docx", data, kind)


def _zip(report: Report) -> bytes:
    form = render_many([(report, 21)], "docx_control")[0]
    note = "Hej! Delredovisningen från Tierp ligger här. /Registrator\r\n".encode("cp1252")
    return zip_bytes({"Tierp/Delredovisning Tierp.docx": form, "Tierp/läsmig.txt": note})


def _empty_form() -> bytes:
    nobody = replace(_BLANK, svar={}, kryss=Ticks())
    layout = variant("docx_control").layout(0)
    return write_docx(compose(nobody, layout), layout, "control")


def _off_topic() -> bytes:
    blocks = tuple(plain(line) for line in _OFF_TOPIC.splitlines())
    return write_drawn(Sheet(blocks, footer="Sida"), Layout(), "cross")


def _steady(data: bytes) -> bytes:
    """Even out the dates, ids and field names that LibreOffice and Pillow draw anew each time."""
    if not data.startswith(b"%PDF"):
        return _FIELD_MARK.sub(lambda mark: mark[1] + b"0\0" * (len(mark[2]) // 2), data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for key in ("/DocChecksum", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        for key in ("/CreationDate", "/ModDate"):
            if key in pdf.docinfo:
                pdf.docinfo[key] = pikepdf.String("D:20110630120000")
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _write_manifest(path: Path) -> None:
    """Write which file belongs to which project; two projects in one file have no row."""
    rows = [(file.name, file.project or file.report) for file in FILES]
    rows += [
        ("Återrapportering Östersund.eml/Nya i länet - slutredovisning.docx", "s-22"),
        ("tierp.zip/Tierp/Delredovisning Tierp.docx", "s-23"),
    ]
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([("fil", "projekt"), *sorted(rows)])


# `__Fieldmark__32_717183864` in UTF-16: LibreOffice numbers form fields at random.
_TRIES = 20
_DIGITS = 20  # ten digits of two bytes
_FIELD_MARK = re.compile(b"(" + "__Fieldmark__".encode("utf-16-le") + rb"(?:\d\0)+_\0)((?:\d\0)+)")
_BLANK = Report(id="tom", lan="", kommun="", blankett="slut", gold=None)  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
