"""`hrge applicable`: which norms are about whom, before anything is checked."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from .output import add_table_options, print_table

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the verb to the command."""
    verb = verbs.add_parser(
        "applicable",
        help="which norms are about the people of a description, and where that is not known yet",
    )
    verb.add_argument("files", nargs="+", type=Path, metavar="FILE")
    verb.add_argument(
        "--applies",
        choices=("yes", "exception", "exception-not-known", "not-known", "no"),
        help="only these rows",
    )
    add_table_options(verb)
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print whom each norm is about."""
    from ..assessment.assessor import Assessor
    from ..form.readers import read_descriptions
    from ..graph.store import open_graph

    assessor = Assessor(open_graph())
    read = [one for path in arguments.files for one in read_descriptions(path, assessor.vocabulary)]
    print_table(assessor.applicability(read, arguments.applies), arguments)
    return 0
