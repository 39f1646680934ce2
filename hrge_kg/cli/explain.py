"""`hrge explain`: one card with everything that the graph knows of a thing."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from .output import add_format_option, add_verb

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the verb to the command."""
    verb = add_verb(
        verbs,
        "explain",
        "show everything that the graph knows of a norm, provision, shape or other thing",
        run,
        "hrge explain NORM",
    )
    verb.add_argument("name", metavar="NAME", help="a CURIE, an IRI or what a person would type")
    add_format_option(verb, ("text", "json"), "text")


def run(arguments: argparse.Namespace) -> int:
    """Print the card."""
    from ..card import explain
    from ..card.writers import to_json, to_text
    from ..graph.lookup import resolve
    from ..graph.store import open_graph

    graph = open_graph()
    card = explain(graph, resolve(graph, arguments.name))
    sys.stdout.write(to_json(card) if arguments.format == "json" else to_text(card))
    return 0
