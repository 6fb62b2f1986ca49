"""`samverkan export …`: the results in the formats that other programs read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from cli_tables import Tables

if TYPE_CHECKING:
    from pipeline.export.dictionary import Format
    from pipeline.export.results import Results

export_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Write the results of a run in formats that other programs read.",
)

Folder = Annotated[Path, typer.Argument(help="The folder that `samverkan run --out` wrote.")]
ToFile = Annotated[Path, typer.Option("--to", help="File to write.")]
ToFolder = Annotated[Path, typer.Option("--to", help="Folder to write to.")]


@export_app.command(
    epilog="""\b
Examples:
  samverkan export qdpx ut --to ut/granskning.qdpx

\b
Opens in programs that import REFI-QDA projects (ATLAS.ti, MAXQDA, NVivo, QualCoder …). Each
document of a project is a source, the codebook a code tree, each coding a coded place, each
project a case. What rests on a tick alone is coded on the case. Contains whole reports: keep
it as you keep them."""
)
def qdpx(results: Folder, to: ToFile) -> None:
    """Documents, codes and coded words for qualitative analysis (REFI-QDA)."""
    from annotations.codebook import load
    from pipeline.export.qdpx import write_qdpx
    from pipeline.tables.files import WriteError

    read = _read(results)
    try:
        done = write_qdpx(read, load(), to)
    except WriteError as error:
        _stop(str(error))
    typer.echo(f"{done.documents} dokument och {done.passages} kodade ställen i {to}")
    if done.without_place:
        typer.echo(f"{done.without_place} koder utan ord i text (kryss) står på projekten.")


@export_app.command(
    "csv",
    epilog="""\b
Examples:
  samverkan export csv ut --to ut/data
  samverkan export csv ut --to ut/excel --excel

\b
Writes dokument.csv, projekt.csv, kodningar.csv, kodbok.csv and datapackage.json (the data
dictionary, a Frictionless data package); from what the results have beside: projektflode,
sammanslagning, tolkningar, celler (every figure), cellprojekt (its projects), innehall and
jamforelse. With --excel: semicolon, decimal comma and an apostrophe before what Excel would run
as a formula; read that with Excel, not with programs.""",
)
def csv_(
    results: Folder,
    to: ToFolder,
    excel: Annotated[bool, typer.Option("--excel", help="For a Swedish Excel.")] = False,
) -> None:
    """CSV with a data dictionary."""
    _tabular(results, "excel" if excel else "csv", to)


@export_app.command(
    epilog="""\b
Examples:
  pip install 'samverkan[parquet]'
  samverkan export parquet ut --to ut/parquet

\b
Typed columns (amounts to the öre, dates, truth values), titles and descriptions as metadata."""
)
def parquet(results: Folder, to: ToFolder) -> None:
    """Parquet with a data dictionary."""
    _tabular(results, "parquet", to)


@export_app.command(
    epilog="""\b
Examples:
  samverkan export jsonl ut --to ut/projekt.jsonl
  jq -r 'select(any(.koder[]; .kategori == "kyrka" and .galler)) | .projekt' ut/projekt.jsonl

\b
Each line: projekt, omgang, lan, kommun, titel, period_start, period_slut, beviljat_belopp,
sokt_belopp, dokument[], koder[]. Each code: variabel, kategori, galler (true or false), roll,
sannolikhet, lage, kalla, skal[], belagg {dokument, sida, start, slut, citat}. Offsets count
Unicode code points. jsonl.schema.json, written beside, says the same as JSON Schema."""
)
def jsonl(results: Folder, to: ToFile) -> None:
    """One project a line, with codes and the words behind them."""
    from annotations.codebook import load
    from pipeline.export.jsonl import write_jsonl

    read = _read(results)
    with _writing():
        written = write_jsonl(read, load(), to)
    typer.echo(f"{written} projekt i {to}")


@export_app.command(
    epilog="""\b
Examples:
  samverkan export labelstudio ut --to ut/labelstudio.json

\b
In Label Studio: make a project, paste labelstudio.config.xml (written beside) under Labeling
Interface > Code, then import labelstudio.json. One task a document, the coded words as
predictions. What rests on a tick alone is not there. Contains whole reports."""
)
def labelstudio(results: Folder, to: ToFile) -> None:
    """Tasks with predictions for Label Studio."""
    from annotations.codebook import load
    from pipeline.export.labelstudio import write_labelstudio

    read = _read(results)
    with _writing():
        made, config = write_labelstudio(read, load(), to)
    typer.echo(f"{made} dokument i {to}; gränssnittet står i {config}")


@export_app.command(
    epilog="""\b
Examples:
  samverkan export docbin ut --to ut/kodat.spacy

\b
Then, in Python:
  import spacy
  from spacy.tokens import DocBin
  nlp = spacy.blank("sv")
  for doc in DocBin().from_disk("ut/kodat.spacy").get_docs(nlp.vocab):
      group = doc.spans["partner"]
      for span, role in zip(group, group.attrs["roll"]):
          print(doc.user_data["dokument"], span.label_, role, span.text)"""
)
def docbin(results: Folder, to: ToFile) -> None:
    """Documents with span groups for spaCy, one group a variable."""
    from annotations.codebook import load
    from pipeline.export.docbin import write_docbin

    read = _read(results)
    with _writing():
        written = write_docbin(read, load(), to)
    typer.echo(f"{written} dokument i {to}")


@export_app.command(
    epilog="""\b
Examples:
  samverkan export tables ut --suppress 5 --to ut/publicering

\b
Counts 1 to N-1 become "..", and so do as many other counts as it takes that none of them can
be reckoned out from sums, parts or other tables. Amounts are left as they are.
om_tabellerna.txt says how many cells were hidden. Publish these files alone: with the full
tables beside them nothing is hidden."""
)
def tables(
    results: Folder,
    to: ToFolder,
    suppress: Annotated[
        int, typer.Option(min=2, max=100, metavar="N", help="The smallest count that is shown.")
    ] = 5,
    own_tables: Tables = None,
) -> None:
    """Tables 1-6, or your own, as CSV with small counts hidden."""
    from annotations.codebook import load
    from annotations.strict import DefinitionError
    from pipeline.export.results import ResultsError
    from pipeline.export.small_counts import SuppressionError
    from pipeline.export.tables_out import write_suppressed
    from pipeline.tables.files import WriteError
    from pipeline.tables.own import definitions_of

    try:
        definitions = definitions_of(own_tables, load())
        done = write_suppressed(results, definitions, load(), suppress, to)
    except (DefinitionError, ResultsError, SuppressionError, WriteError) as error:
        _stop(str(error))
    typer.echo(
        f"{len(done.files)} filer i {to}: {done.small} små antal dolda, "
        f"{done.others} till för att skydda dem, {done.shown} visas"
    )


def _tabular(results: Path, format: Format, to: Path) -> None:
    from annotations.codebook import load
    from pipeline.export.results import ResultsError
    from pipeline.export.tabular import ParquetMissing, write_tabular
    from pipeline.tables.files import WriteError

    read = _read(results)
    try:
        files = write_tabular(read, load(), format, to)
    except (ParquetMissing, ResultsError, WriteError) as error:
        _stop(str(error))
    typer.echo(f"{len(files)} filer i {to}")


@contextmanager
def _writing() -> Iterator[None]:
    """End the command with a plain line where a file cannot be written."""
    from pipeline.tables.files import WriteError

    try:
        yield
    except WriteError as error:
        _stop(str(error))


def _read(folder: Path) -> Results:
    from annotations.codebook import load
    from pipeline.export.results import ResultsError, read_results

    try:
        return read_results(folder, load())
    except ResultsError as error:
        _stop(str(error))


def _stop(message: str) -> NoReturn:
    typer.echo(f"Error: {message}", err=True)
    raise typer.Exit(2)
