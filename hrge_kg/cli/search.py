"""`hrge search`: finds norms, provisions, documents and the like by words."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import add_table_options, add_verb, print_table
from .streams import tell

if TYPE_CHECKING:
    from .output import Verbs

_NOTHING = "nothing has these words, and no name is near"


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "search",
        "find norms, provisions, documents and passages by words, best first",
        run,
        "hrge search leave the shelter",
    )
    verb.add_argument("words", nargs="+", metavar="WORD", help="what to look for")
    verb.add_argument("--max", type=int, default=None, metavar="N", help="show so many (20)")
    add_table_options(verb)


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; 1 where nothing was."""
    from ..graph.store import open_graph
    from ..query.search import MOST, near, search, uncited

    graph, words = open_graph(), " ".join(arguments.words)
    found = search(graph, words, MOST if arguments.max is None else arguments.max)
    print_table(found, arguments)
    for line in uncited(graph, found):
        tell(line)
    if found.terms:
        return 0
    close = near(graph, words)
    tell(f"nothing has these words. Nearly called so: {'; '.join(close)}" if close else _NOTHING)
    return 1
