"""`hrge validate`: checks descriptions of programmes and prints a report on each."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Fault, InputError
from ..report.formats import FORMATS, WITH_ANNEX
from .output import add_format_option, add_out_option, add_verb, put, refuse_own_output
from .streams import FAULT, tell, tell_error, tell_fault

if TYPE_CHECKING:
    from ..assessment.model import Assessment
    from .output import Verbs


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
    add_format_option(verb, FORMATS, "text", "; csv is the table of evidence")
    add_out_option(verb)
    verb.add_argument(
        "--summary",
        action="store_true",
        help="print only how often each outcome occurs, a row for each programme (text or csv)",
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
    from ..assessment.portfolio import assess_files, list_files

    if arguments.summary and arguments.format not in ("text", "csv"):
        raise InputError(
            f"--format {arguments.format}",
            "a summary is a table",
            "Use --format text or csv with --summary.",
        )
    if arguments.annex and (arguments.summary or arguments.format not in WITH_ANNEX):
        raise InputError(
            "--annex",
            "only the report for people has an annex; the other formats have everything already",
            f"Use it with --format {', '.join(WITH_ANNEX)}, and without --summary.",
        )
    files = list_files(arguments.files)
    refuse_own_output(files)
    engine = ENGINES[arguments.engine] if arguments.engine else None
    assessed_files = assess_files(files, arguments.jobs, engine, all_shapes=arguments.all_shapes)
    assessments: list[Assessment] = []
    unusable = faults = number = 0
    stopped: KeyboardInterrupt | None = None
    try:
        for number, (path, assessed) in enumerate(assessed_files, 1):
            if isinstance(assessed, InputError | Fault):
                unusable += 1
                faults += isinstance(assessed, Fault)
                tell_error(assessed) if isinstance(assessed, InputError) else tell_fault(assessed)
                continue
            assessments += assessed
            if len(files) > 1:
                tell(f"{number} of {len(files)}: {path}")
    except KeyboardInterrupt as stop:
        stopped = stop
        tell(f"stopped after {number} of {len(files)} files; only these are reported")
    if assessments:
        put(arguments.out, _report(assessments, arguments).encode(), arguments.format)
    if stopped:
        raise stopped
    if unusable:
        if len(files) > 1:
            tell(f"{unusable} of {len(files)} files cannot be used; the others are reported")
        return FAULT if faults else 2
    return int(any(_makes_exit_1(assessment, arguments.fail_on) for assessment in assessments))


def _report(assessments: list[Assessment], arguments: argparse.Namespace) -> str:
    from ..assessment.portfolio import summary
    from ..tables.writers import write_for_spreadsheet
    from ..writing import write

    if arguments.summary:
        table = summary(assessments)
        return write_for_spreadsheet(table) if arguments.format == "csv" else write(table, "table")
    return write(assessments, arguments.format, annex=arguments.annex)


def _makes_exit_1(assessment: Assessment, fail_on: str | None) -> bool:
    """Whether this assessment makes the command exit with 1.

    Without --fail-on it does if a statement raises a concern or a review, or if nothing that
    applies is stated.
    """
    if fail_on == "never":
        return False
    return assessment.raises(fail_on) if fail_on else not assessment.quiet


def _job_count(text: str) -> int:
    """The value of --jobs, from 1 to 64."""
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 64")
    return int(text)
