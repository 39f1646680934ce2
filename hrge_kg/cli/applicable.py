"""`hrge applicable`: which norms are about whom, before anything is checked."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from .output import add_table_options, add_verb, print_table

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "applicable",
        "show which norms are about the people of a description",
        run,
        "hrge applicable my-programme.yaml --applies not-known",
    )
    verb.add_argument("files", nargs="+", type=Path, metavar="FILE", help="descriptions")
    verb.add_argument(
        "--applies",
        choices=("yes", "exception", "exception-not-known", "not-known", "no"),
        metavar="ANSWER",
        help="only these norms: yes, exception, exception-not-known, not-known or no",
    )
    add_table_options(verb)


def run(arguments: argparse.Namespace) -> int:
    """Print whom each norm is about."""
    from ..assessment.assessor import Assessor
    from ..form.readers import read_file
    from ..graph.store import open_graph

    assessor = Assessor(open_graph())
    read = [one for path in arguments.files for one in read_file(path, assessor.vocabulary)]
    print_table(assessor.applicability(read, arguments.applies), arguments)
    return 0
