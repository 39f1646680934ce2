"""`hrge compare`: what changed between two descriptions of a programme."""

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
        "compare",
        "show which outcomes changed between two descriptions of a programme, and why",
        run,
        "hrge compare last-year.yaml this-year.yaml",
    )
    verb.add_argument("before", type=Path, metavar="BEFORE", help="the earlier description")
    verb.add_argument("after", type=Path, metavar="AFTER", help="the later description")
    add_table_options(verb)


def run(arguments: argparse.Namespace) -> int:
    """Print the outcomes that changed. Return 1 if an outcome got worse."""
    from ..assessment.assessor import Assessor
    from ..assessment.compare import COLUMNS, WORSE, compare
    from ..form.readers import read_one
    from ..graph.store import open_graph

    assessor = Assessor(open_graph())
    descriptions = [
        read_one(path, assessor.vocabulary) for path in (arguments.before, arguments.after)
    ]
    table = compare(*map(assessor.assess, descriptions))
    print_table(table, arguments)
    column = COLUMNS.index("direction")
    # A cell is an RDF term, or None if it is blank.
    return int(any(getattr(row[column], "value", "") == WORSE for row in table.terms))
