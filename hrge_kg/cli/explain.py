"""`hrge explain`: one card with everything that the graph knows of a thing."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the verb to the command."""
    verb = verbs.add_parser(
        "explain", help="everything that the graph knows of a norm, provision, shape or other thing"
    )
    verb.add_argument("name", help="a CURIE, an IRI or what a person would type")
    verb.add_argument(
        "--format", choices=("text", "json"), default="text", help="the format (default: text)"
    )
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the card."""
    from ..card.builder import explain
    from ..card.writers import to_json, to_text
    from ..graph.lookup import resolve
    from ..graph.store import open_graph

    graph = open_graph()
    card = explain(graph, resolve(graph, arguments.name))
    sys.stdout.write(to_json(card) if arguments.format == "json" else to_text(card))
    return 0
