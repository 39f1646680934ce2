"""`hrge query`: asks the graph, or an endpoint that holds it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .output import add_table_options, add_verb, print_for, print_table, table_width
from .terminal import show, terminal_width

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
        own_help=True,
    )
    verb.add_argument(
        "-h", "--help", action=_Help, help="show this help; after NAME, what that query answers"
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


class _Help(argparse.Action):
    """Shows the help of the verb or, after the name of a query, what that query says of itself."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help=help)

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, *_: object
    ) -> None:
        """As `argparse.Action` has it."""
        name = getattr(namespace, "name", None)
        if name in (None, "-"):
            parser.print_help()
        else:
            from ..query.catalogue import find_query
            from .query_help import help_text

            show(help_text(find_query(name), terminal_width()))
        parser.exit()


def run(arguments: argparse.Namespace) -> int:
    """Print the answer to a query, or the catalogue."""
    from ..graph.store import open_graph
    from ..query.catalogue import catalogue, find_query
    from ..query.parameters import parse_params
    from ..query.run import answer_query

    if arguments.name is None:
        from .query_help import catalogue_text

        show(catalogue_text(catalogue(), terminal_width()))
        return 0
    params = parse_params(arguments.param)
    query = find_query(arguments.name)
    if query.trusted and not arguments.endpoint:
        print_table(answer_query(open_graph(), query, params), arguments)
        return 0
    # Who wrote it is not known: it must not take all memory, nor end this process.
    from ..query.limited import limited_answer

    cut, width, endpoint = not arguments.full, table_width(arguments), arguments.endpoint
    form = arguments.format
    answer = limited_answer(query, params, form, cut=cut, width=width, endpoint=endpoint)
    print_for(arguments, answer)
    return 0
