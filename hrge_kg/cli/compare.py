"""`hrge compare`: what changed between two descriptions of a programme."""

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
        "compare",
        help="which outcomes changed between two descriptions of a programme, and why",
    )
    verb.add_argument("before", type=Path, metavar="BEFORE")
    verb.add_argument("after", type=Path, metavar="AFTER")
    add_table_options(verb)
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the outcomes that changed; 1 where one is worse."""
    from ..assessment.assessor import Assessor
    from ..assessment.compare import COLUMNS, WORSE, compare
    from ..form.readers import read_one
    from ..graph.store import open_graph

    assessor = Assessor(open_graph())
    both = [read_one(path, assessor.vocabulary) for path in (arguments.before, arguments.after)]
    table = compare(*map(assessor.assess, both))
    print_table(table, arguments)
    place = COLUMNS.index("direction")
    return int(any(getattr(row[place], "value", "") == WORSE for row in table.rows))
