"""`hrge validate`: checks descriptions of programmes and reports."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from .output import add_format_option, add_out_option, add_verb, put

if TYPE_CHECKING:
    from ..assessment.model import Assessment
    from .output import Verbs

FORMATS = ("text", "html", "markdown", "json", "jsonl", "ttl", "csv")


def add_to(verbs: Verbs) -> None:
    """Add the verb to the command."""
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
    add_format_option(verb, FORMATS, "text", "; csv is the evidence table")
    add_out_option(verb)
    verb.add_argument(
        "--summary",
        action="store_true",
        help="print only how many findings there are, a row for each programme (text or csv)",
    )
    verb.add_argument(
        "--fail-on",
        choices=("concern", "review", "not-stated", "never"),
        metavar="OUTCOME",
        help="exit with 1 for this or graver: concern, review or not-stated; or never",
    )
    verb.add_argument(
        "--jobs", type=_positive, default=1, metavar="N", help="use so many processes (default: 1)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Assess every file and print the reports; one unusable file stops no other."""
    from ..assessment.portfolio import assess_files, list_files

    if arguments.summary and arguments.format not in ("text", "csv"):
        raise InputError(
            f"--format {arguments.format}",
            "a summary is a table",
            "Use --format text or csv with --summary.",
        )
    files = list_files(arguments.files)
    found: list[Assessment] = []
    unusable = 0
    for number, (path, assessed) in enumerate(assess_files(files, arguments.jobs), 1):
        if isinstance(assessed, InputError):
            unusable += 1
            print(f"hrge: {assessed}", file=sys.stderr)
            continue
        found += assessed
        if len(files) > 1:
            print(f"hrge: {number} of {len(files)}: {path}", file=sys.stderr)
    if found:
        put(arguments.out, _report(found, arguments).encode(), arguments.format)
    if unusable:
        if len(files) > 1:
            print(
                f"hrge: {unusable} of {len(files)} files cannot be used; the others are reported",
                file=sys.stderr,
            )
        return 2
    return int(any(_is_finding(one, arguments.fail_on) for one in found))


def _report(found: list[Assessment], arguments: argparse.Namespace) -> str:
    from ..assessment.portfolio import summary
    from ..report.evidence_table import evidence_table
    from ..report.formats import WRITERS
    from ..tables.writers import write

    if arguments.summary:
        return write(summary(found), "csv" if arguments.format == "csv" else "table")
    if arguments.format == "csv":
        return write(evidence_table(found), "csv")
    return WRITERS[arguments.format](found)


def _is_finding(assessment: Assessment, fail_on: str | None) -> bool:
    """Whether it makes the exit code 1.

    As --fail-on says; without it, where a statement raises something, or nothing is stated.
    """
    if fail_on == "never":
        return False
    return assessment.raises(fail_on) if fail_on else not assessment.quiet


def _positive(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 64")
    return int(text)
