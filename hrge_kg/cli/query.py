"""`hrge query`: asks the graph, or an endpoint that holds it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..escaping import escaped
from .output import add_table_options, add_verb, print_table
from .streams import write_out

if TYPE_CHECKING:
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
    from ..query.catalogue import catalogue, find_query
    from ..query.parameters import parse_params
    from ..query.run import answer_query

    if arguments.name is None:
        for entry in catalogue():
            write_out(f"{escaped(entry.name):<16} {escaped(entry.description)}\n")
        return 0
    params = parse_params(arguments.param)
    query = find_query(arguments.name)
    if query.trusted and not arguments.endpoint:
        print_table(answer_query(open_graph(), query, params), arguments)
        return 0
    # Who wrote it is not known: it must not take all memory, nor end this process.
    from ..query.limited import limited_answer

    cut, endpoint = not arguments.full, arguments.endpoint
    write_out(limited_answer(query, params, arguments.format, cut=cut, endpoint=endpoint))
    return 0
