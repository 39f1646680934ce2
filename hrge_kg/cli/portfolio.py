"""`hrge portfolio`: asks the usual questions of a results file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from .output import add_format_option, add_out_option, add_verb, format_or, put, refuse_own_output

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "portfolio",
        "tell what many descriptions have in common, from a results file",
        run,
        "hrge portfolio results.parquet --format html -o portfolio.html",
    )
    verb.add_argument(
        "file",
        type=Path,
        metavar="RESULTS",
        help="what `hrge validate FOLDER -o results.parquet` (or .duckdb) wrote",
    )
    verb.add_argument(
        "question",
        nargs="?",
        metavar="QUESTION",
        help="norms, topics, where, settings, people, not-stated, programmes or unusable "
        "(default: all of them)",
    )
    add_format_option(
        verb,
        ("text", "markdown", "html", "json", "csv", "svg"),
        None,
        "; csv has one question and all its rows, svg is a picture of norms and programmes",
    )
    add_out_option(verb)


def run(arguments: argparse.Namespace) -> int:
    """Print the answers."""
    from ..results.limited import limited_answers
    from ..results.questions import find_question, questions

    arguments.format = format_or(arguments, "text")
    if arguments.format == "csv" and not arguments.question:
        raise InputError(
            "--format csv", "this holds one table", "Name a question, such as norms, before it."
        )
    if arguments.format == "svg" and arguments.question:
        raise InputError(
            arguments.question, "the picture is of all norms", "Leave out the question."
        )
    asked = [find_question(arguments.question)] if arguments.question else questions()
    refuse_own_output([arguments.file])
    page = limited_answers(arguments.file, asked, arguments.format)
    put(arguments.out, page.encode(), arguments.format)
    return 0
