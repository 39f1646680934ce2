"""`hrge text`: a source text with its anchors, as Akoma Ntoso."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import add_out_option, add_verb, put

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "text",
        "write a source text with the places of its norms and citations, as Akoma Ntoso XML",
        run,
        "hrge text -o toolkit-1.4.xml",
    )
    verb.add_argument(
        "source", nargs="?", metavar="SOURCE", help="a source text; without it, the main one"
    )
    verb.add_argument(
        "--format",
        choices=("akn",),
        default="akn",
        metavar="FORMAT",
        help="akn (default): Akoma Ntoso 3.0",
    )
    add_out_option(verb)


def run(arguments: argparse.Namespace) -> int:
    """Write the edition."""
    from ..edition import read_edition, to_akoma_ntoso
    from ..graph.store import open_graph

    edition = read_edition(open_graph(), arguments.source)
    put(arguments.out, to_akoma_ntoso(edition).encode(), arguments.format)
    return 0
