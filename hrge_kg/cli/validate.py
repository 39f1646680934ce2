"""`hrge validate`: checks descriptions of programmes and prints a report on each."""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..report.formats import BINARY_WRITERS, FORMATS, WITH_ANNEX, to_docx
from .each_file import EachFile, makes_exit_1
from .output import (
    add_format_option,
    add_language_option,
    add_out_option,
    add_verb,
    format_or,
    put,
    refuse_own_output,
)
from .streams import tell

if TYPE_CHECKING:
    from ..assessment.engines import Engine
    from ..assessment.model import Assessment
    from .output import Verbs

COLUMN_FORMATS = ("parquet", "duckdb")
SUMMARY_FORMATS = ("text", "csv", "html")
PAGE_FORMATS = (*WITH_ANNEX, "docx")
OF_ENDINGS = {
    ".parquet": "parquet",
    ".duckdb": "duckdb",
    ".html": "html",
    ".docx": "docx",
    ".md": "markdown",
    ".xlsx": "actions-xlsx",
}
"""The formats that the ending of OUT says, if no format is named."""


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "validate",
        "check descriptions of programmes and print a report",
        run,
        "hrge validate my-programme.yaml --open",
    )
    verb.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="descriptions (YAML, XLSX, CSV, JSON-LD, Turtle), or folders of them; "
        "- reads YAML from standard input",
    )
    add_format_option(
        verb,
        (*FORMATS, *COLUMN_FORMATS),
        None,
        "; actions is a list of what to do; csv is the table of evidence; the last two are for "
        "`hrge portfolio`. Without it, the ending of OUT says it (.html, .docx, .md, .xlsx …)",
    )
    add_out_option(verb)
    add_language_option(verb, "the frame of the report (text, html, markdown or docx)")
    verb.add_argument(
        "--open",
        action="store_true",
        help="open the report in the browser (html); without -o it is written to a new file here",
    )
    verb.add_argument(
        "--summary",
        action="store_true",
        help="print only how often each outcome occurs, a row for each programme (text, csv or "
        "html)",
    )
    verb.add_argument(
        "--annex",
        action="store_true",
        help="add every finding in full to the report as text or markdown (html and docx have it)",
    )
    verb.add_argument(
        "--brief",
        metavar="NORM",
        help="only what is found under this norm, on one sheet (text, html, markdown or docx)",
    )
    verb.add_argument(
        "--fail-on",
        choices=("concern", "review", "not-stated", "never"),
        metavar="OUTCOME",
        help="exit with 1 if any outcome is this or worse (worst first: concern, review that an "
        "answer raises, not-stated); or never",
    )
    verb.add_argument(
        "--jobs",
        type=_job_count,
        default=1,
        metavar="N",
        help="run N processes at once (default: 1)",
    )
    verb.add_argument(
        "--on",
        choices=("spark",),
        metavar="WHERE",
        help="spark: have Apache Spark assess the files, into a folder of Parquet files",
    )
    verb.add_argument(
        "--engine",
        choices=("pyshacl", "pyshifty"),
        metavar="NAME",
        help="the SHACL engine: pyshacl, or pyshifty, which is quick (default: pyshifty where it "
        "is installed); both report the same",
    )
    verb.add_argument(
        "--all-shapes",
        action="store_true",
        help="also run the shapes that can only report silence, or nothing; the report is the same",
    )


def run(arguments: argparse.Namespace) -> int:
    """Assess every file and print the reports, also if some files cannot be used."""
    from ..assessment.engines import ENGINES
    from ..assessment.portfolio import list_files

    arguments.format = format_or(arguments, _format_of(arguments))
    _refuse_what_does_not_fit(arguments)
    files = list_files(arguments.files)
    refuse_own_output(files)
    if arguments.on:
        from .validate_on_spark import write_on_spark

        return write_on_spark(arguments, files)
    engine = ENGINES[arguments.engine] if arguments.engine else None
    if arguments.format in COLUMN_FORMATS:
        from .validate_columns import write_columns

        return write_columns(arguments, files, engine)
    return _write_reports(arguments, files, engine)


def _format_of(arguments: argparse.Namespace) -> str:
    """The format that the ending of OUT says; else the report as text, or what a browser shows."""
    ending = arguments.out.suffix.lower() if arguments.out else ""
    if arguments.summary:
        return "html" if ending == ".html" or arguments.open else "text"
    return OF_ENDINGS.get(ending, "html" if arguments.open else "text")


def _refuse_what_does_not_fit(arguments: argparse.Namespace) -> None:
    """Raise InputError for options that do not go together."""
    if arguments.summary and arguments.format not in SUMMARY_FORMATS:
        raise InputError(
            f"--format {arguments.format}",
            "a summary is a table",
            f"Use --format {' or '.join(SUMMARY_FORMATS)} with --summary.",
        )
    if arguments.annex and (arguments.summary or arguments.format not in PAGE_FORMATS):
        raise InputError(
            "--annex",
            "only the report for people has an annex; the other formats have everything already",
            f"Use it with --format {', '.join(WITH_ANNEX)}, and without --summary.",
        )
    if arguments.brief and (
        arguments.summary or arguments.annex or arguments.format not in PAGE_FORMATS
    ):
        raise InputError(
            "--brief",
            "it is a page for people",
            f"Use it with --format {', '.join(PAGE_FORMATS)}, without --annex and --summary.",
        )
    if arguments.language != "en":
        from ..languages.catalogue import find_language

        find_language(arguments.language)
        if arguments.summary or arguments.brief or arguments.format not in PAGE_FORMATS:
            raise InputError(
                f"--language {arguments.language}",
                "only the report for people is translated; what programs read is always the same",
                f"Use it with --format {', '.join(PAGE_FORMATS)}, without --summary and --brief.",
            )
    if arguments.open and arguments.format != "html":
        raise InputError(
            "--open", "a browser shows the report as HTML", "Use --format html, or no format."
        )
    if arguments.format in BINARY_WRITERS and not arguments.out:
        ending = next(end for end, name in OF_ENDINGS.items() if name == arguments.format)
        raise InputError(
            f"--format {arguments.format}",
            "this is no text, and cannot be printed",
            f"Name the file to write: -o report{ending}",
        )


def _write_reports(
    arguments: argparse.Namespace, files: list[Path], engine: type[Engine] | None
) -> int:
    from ..assessment.portfolio import assess_files

    assessed = assess_files(files, arguments.jobs, engine, all_shapes=arguments.all_shapes)
    each = EachFile(assessed, len(files), "the others are reported")
    assessments: list[Assessment] = []
    stopped: KeyboardInterrupt | None = None
    try:
        for _, made in each:
            if isinstance(made, list):
                assessments += made
    except KeyboardInterrupt as stop:
        stopped = stop
        tell(f"stopped after {each.number} of {len(files)} files; only these are reported")
    if assessments:
        try:
            report = _report(assessments, arguments)
        except KeyboardInterrupt as stop:
            if stopped:
                raise
            stopped = stop  # all is assessed: whoever stops now would lose it
            report = _report(assessments, arguments)
        _put(report, arguments)
    if stopped:
        raise stopped
    return each.exit_code(
        attention=any(makes_exit_1(assessment, arguments.fail_on) for assessment in assessments)
    )


def _put(report: bytes, arguments: argparse.Namespace) -> None:
    """Write the report; open it, if that is wanted."""
    out: Path | None = arguments.out
    if arguments.open and not out:
        out = _new_file(arguments.files[0])
    put(out, report, arguments.format)
    if arguments.open and out:
        import webbrowser

        tell(f"the report is in {out}")
        webbrowser.open_new_tab(out.resolve().as_uri())


def _new_file(described: Path) -> Path:
    """A name for the report on a description, in this folder, that no file has."""
    stem = f"{described.stem}-report" if described.stem else "report"
    names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    return next(path for name in names if not (path := Path(f"{name}.html")).exists())


def _report(assessments: list[Assessment], arguments: argparse.Namespace) -> bytes:
    from ..assessment.portfolio import summary
    from ..markup import html_writer
    from ..report.summary import summary_page
    from ..tables.writers import write_for_spreadsheet
    from ..writing import write

    if arguments.summary:
        table = summary(assessments)
        if arguments.format == "html":
            return html_writer.write([summary_page(table)]).encode()
        as_csv = arguments.format == "csv"
        return (write_for_spreadsheet(table) if as_csv else write(table, "table")).encode()
    if arguments.brief:
        from ..report.brief import write_brief

        return write_brief(assessments, arguments.brief, arguments.format)
    if arguments.format == "docx":
        from ..languages.catalogue import find_language

        return to_docx(assessments, language=find_language(arguments.language))
    if arguments.format in BINARY_WRITERS:
        return BINARY_WRITERS[arguments.format](assessments)
    annex, language = arguments.annex, arguments.language
    return write(assessments, arguments.format, annex=annex, language=language).encode()


def _job_count(text: str) -> int:
    """The value of --jobs, from 1 to 64."""
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 64")
    return int(text)
