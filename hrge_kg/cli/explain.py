"""`hrge explain`: one card with everything that the graph knows of a thing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import add_format_option, add_verb
from .streams import write_out
from .terminal import show

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "explain",
        "show everything that the graph knows of a norm, provision, shape or other thing",
        run,
        "hrge explain NORM",
    )
    verb.add_argument("name", metavar="NAME", help="a CURIE, an IRI or what a person would type")
    add_format_option(verb, ("text", "json"), "text")
    verb.add_argument("--full", action="store_true", help="print all of the text, not one screen")


def run(arguments: argparse.Namespace) -> int:
    """Print the card."""
    from ..card import explain
    from ..graph.store import open_graph
    from ..writing import write

    card = explain(open_graph(), arguments.name)
    if arguments.format == "text":
        show(write(card, "text" if arguments.full else "short"))
    else:
        write_out(write(card, arguments.format))
    return 0
