"""`hrge build`: builds the graph, checks it, and writes it for other tools."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..escaping import escaped
from .output import add_verb
from .streams import tell, write_out

if TYPE_CHECKING:
    import pyoxigraph as ox

    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "build",
        "build the graph from the text and the Turtle, and check it",
        run,
        "hrge build --out graph/",
    )
    verb.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="also write it for other tools: N-Quads, TriG, Turtle, shapes, rules, self-test, "
        "the text as XML",
    )


def run(arguments: argparse.Namespace) -> int:
    """Build the graph; with --out write the distribution and print its files."""
    from ..graph.store import build_graph

    graph = build_graph()
    tell(f"{len(graph)} statements, checked")
    if arguments.out:
        from ..assessment.self_test_data import self_test_files
        from ..form.jsonld_context import document
        from ..form.vocabulary import load_vocabulary
        from ..graph.distribution import write

        context = document(load_vocabulary(graph))
        for path in write(
            graph, arguments.out, context, self_test_files(graph), dict(texts(graph))
        ):
            write_out(f"{escaped(str(path))}\n")
    return 0


def texts(graph: ox.Store) -> Iterator[tuple[str, str]]:
    """Each source text as XML; of one that lacks a fact which this needs, the reason is told."""
    from ..edition import read_edition, source_keys, to_akoma_ntoso

    for key in source_keys(graph):
        try:
            yield key, to_akoma_ntoso(read_edition(graph, key))
        except InputError as error:
            tell(f"text/{key}.xml is not written: {error}")
