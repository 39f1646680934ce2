"""`hrge coverage`: how much of the text is classified, and what is missing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import add_table_options, add_verb
from .streams import tell, write_out

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "coverage",
        "show how much of the text is classified, by class and page, and what is missing",
        run,
        "hrge coverage --missing",
    )
    verb.add_argument("--missing", action="store_true", help="show only what is missing")
    add_table_options(verb)


def run(arguments: argparse.Namespace) -> int:
    """Print how much is classified, and the gaps; exit code 1 if there are any."""
    from ..graph.coverage import measure
    from ..graph.coverage_counts import source_texts
    from ..graph.store import open_graph
    from ..tables.writers import write

    found = measure(open_graph(), source_texts())
    if arguments.format in (None, "table"):
        shares = [] if arguments.missing else [found.shares]
        gaps = [] if found.complete else [found.gaps]
        parts = [write(table, cut=not arguments.full) for table in (*shares, *gaps)]
        summary = "".join(f"{line}\n" for line in found.summary)
        write_out("\n".join([*parts, summary]))
    else:
        table = found.gaps if arguments.missing else found.shares
        write_out(write(table, arguments.format))
        if not found.complete and not arguments.missing:
            tell(f"{len(found.gaps)} gaps; `hrge coverage --missing` lists them")
    return 0 if found.complete else 1
