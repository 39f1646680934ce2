"""`hrge shapes`: generates the SHACL shapes anew from the declared checks."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import add_verb
from .streams import write_out

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    add_verb(
        verbs,
        "shapes",
        "generate the SHACL shapes from the declared checks (in a checkout)",
        run,
        "hrge shapes",
    )


def run(arguments: argparse.Namespace) -> int:
    """Generate the shapes, write them, and print the names of the files."""
    from ..graph.shape_generator import generate, write
    from ..graph.sources import read_sources
    from ..resources import root

    sources, _ = read_sources()
    made = generate(sources)
    write(made, root() / "shapes")
    for name in made:
        write_out(f"shapes/{name}\n")
    return 0
