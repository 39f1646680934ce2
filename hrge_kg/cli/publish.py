"""`hrge publish`: loads the graph into a SPARQL store of yours."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import add_verb
from .progress import progress
from .streams import tell

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "publish",
        "load the graph into a SPARQL store of yours",
        run,
        "hrge publish --endpoint http://localhost:7878/store",
    )
    verb.add_argument(
        "--endpoint",
        required=True,
        metavar="URL",
        help="the address of its graph store (SPARQL 1.1 Graph Store HTTP Protocol)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Publish the graph, and say what was done."""
    from ..graph.store import open_graph
    from ..publish.graph_store import GraphStore
    from ..publish.publication import graphs_to_publish, publish

    store = GraphStore(arguments.endpoint)
    graphs = graphs_to_publish(open_graph())
    with progress(len(graphs), lines=False) as done:
        published = publish(graphs, store, lambda name: done(name, True))
    tell(
        f"published {published.graphs} graphs with {published.statements} statements, and removed "
        f"{published.removed} of an earlier publication"
    )
    return 0
