"""`hrge explain`: one card with everything that the graph knows of a thing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import add_format_option, add_out_option, add_verb, format_or, put
from .terminal import show

if TYPE_CHECKING:
    from .output import Verbs

_NOTE = "; a brief is one sheet of paper, as a page or as a document for Word (docx)"


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
    add_format_option(verb, ("text", "json", "brief", "docx"), None, _NOTE)
    add_out_option(verb)
    verb.add_argument("--full", action="store_true", help="print all of the text, not one screen")


def run(arguments: argparse.Namespace) -> int:
    """Print the card."""
    from ..card import explain
    from ..card.brief import to_docx
    from ..graph.store import open_graph
    from ..writing import write

    to = format_or(arguments, "text")
    to = "short" if to == "text" and not arguments.full else to
    card = explain(open_graph(), arguments.name)
    if to == "docx":
        put(arguments.out, to_docx(card), to)
    elif to in ("short", "text") and not arguments.out:
        show(write(card, to))
    else:
        put(arguments.out, write(card, to).encode(), to)
    return 0
