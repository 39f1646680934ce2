"""`hrge validate`: checks descriptions of programmes and prints a report on each."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..report.formats import FORMATS, WITH_ANNEX
from .each_file import EachFile, makes_exit_1
from .output import add_format_option, add_out_option, add_verb, put, refuse_own_output
from .streams import tell

if TYPE_CHECKING:
    from ..assessment.engines import Engine
    from ..assessment.model import Assessment
    from .output import Verbs

COLUMN_FORMATS = ("parquet", "duckdb")
SUMMARY_FORMATS = ("text", "csv", "html")


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "validate",
        "check descriptions of programmes and print a report",
        run,
        "hrge validate my-programme.yaml --format html -o report.html",
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
        "; csv is the table of evidence; the last two are for `hrge portfolio`, and are taken "
        "from the ending of OUT",
    )
    add_out_option(verb)
    verb.add_argument(
        "--summary",
        action="store_true",
        help="print only how often each outcome occurs, a row for each programme (text, csv or "
        "html)",
    )
    verb.add_argument(
        "--annex",
        action="store_true",
        help="add every finding in full to the report for people (text, html or markdown)",
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

    arguments.format = arguments.format or _format_of(arguments.out)
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


def _format_of(out: Path | None) -> str:
    """The format that the ending of a results file says; else the report as text."""
    ending = out.suffix[1:].lower() if out else ""
    return ending if ending in COLUMN_FORMATS else "text"


def _refuse_what_does_not_fit(arguments: argparse.Namespace) -> None:
    """Raise InputError for options that do not go together."""
    if arguments.summary and arguments.format not in SUMMARY_FORMATS:
        raise InputError(
            f"--format {arguments.format}",
            "a summary is a table",
            f"Use --format {' or '.join(SUMMARY_FORMATS)} with --summary.",
        )
    if arguments.annex and (arguments.summary or arguments.format not in WITH_ANNEX):
        raise InputError(
            "--annex",
            "only the report for people has an annex; the other formats have everything already",
            f"Use it with --format {', '.join(WITH_ANNEX)}, and without --summary.",
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
        put(arguments.out, report.encode(), arguments.format)
    if stopped:
        raise stopped
    return each.exit_code(
        attention=any(makes_exit_1(assessment, arguments.fail_on) for assessment in assessments)
    )


def _report(assessments: list[Assessment], arguments: argparse.Namespace) -> str:
    from ..assessment.portfolio import summary
    from ..markup import html_writer
    from ..report.summary import summary_page
    from ..tables.writers import write_for_spreadsheet
    from ..writing import write

    if arguments.summary:
        table = summary(assessments)
        if arguments.format == "html":
            return html_writer.write([summary_page(table)])
        return write_for_spreadsheet(table) if arguments.format == "csv" else write(table, "table")
    return write(assessments, arguments.format, annex=arguments.annex)


def _job_count(text: str) -> int:
    """The value of --jobs, from 1 to 64."""
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 64")
    return int(text)
