"""`hrge query`: asks the graph, or an endpoint that holds it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import add_table_options, add_verb, print_table

if TYPE_CHECKING:
    from ..tables.model import Result
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "query",
        "run a named query or one of your own; without a name, list the named ones",
        run,
        "hrge query norms --format csv",
    )
    verb.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="a name of the catalogue, a file, or - for standard input",
    )
    verb.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the query (repeatable)",
    )
    add_table_options(verb, "ttl")
    verb.add_argument(
        "--endpoint",
        metavar="URL",
        help="ask your own SPARQL endpoint instead of the built graph",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the answer to a query, or the catalogue."""
    from ..graph.store import open_graph
    from ..query.catalogue import catalogue
    from ..query.parameters import parse_params
    from ..query.run import answer_query

    if arguments.name is None:
        for entry in catalogue():
            print(f"{entry.name:<16} {entry.description}")
        return 0
    params = parse_params(arguments.param)
    if arguments.endpoint:
        from ..query.remote import run_remote

        result: Result = run_remote(arguments.endpoint, arguments.name, params)
    else:
        result = answer_query(open_graph(), arguments.name, params)
    print_table(result, arguments)
    return 0
