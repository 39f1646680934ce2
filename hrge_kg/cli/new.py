"""`hrge new`: prints a form to fill in."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import add_out_option, put

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the verb to the command."""
    verb = verbs.add_parser("new", help="print a form to fill in")
    verb.add_argument(
        "--for",
        dest="group",
        action="append",
        default=[],
        metavar="[NAME=]KIND,KIND|FILE",
        help="ask only what some check looks at for this group (repeatable), or for the groups of this description, whose answers are kept",
    )
    verb.add_argument(
        "--format",
        choices=("yaml", "csv", "xlsx"),
        default="yaml",
        help="the format (default: yaml, with comments)",
    )
    add_out_option(verb, "; needed for xlsx")
    verb.add_argument(
        "--schema",
        action="store_true",
        help="print the form's JSON Schema instead, for completion in editors",
    )
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write an empty form, one for some groups, or the JSON Schema."""
    from ..assessment.assessor import Assessor
    from ..form.convert import described, to_fill_in
    from ..form.json_schema import json_schema
    from ..form.prefill import prefilled
    from ..graph.store import open_graph

    assessor = Assessor(open_graph())
    vocabulary = assessor.vocabulary
    if arguments.schema:
        content = json_schema(vocabulary).encode()
    elif arguments.group:
        form = prefilled(arguments.group, vocabulary)
        asked = assessor.asked(described(form, "--for", vocabulary))
        content = to_fill_in(arguments.format, vocabulary, form, asked)
    else:
        content = to_fill_in(arguments.format, vocabulary)
    put(arguments.out, content, arguments.format)
    return 0
