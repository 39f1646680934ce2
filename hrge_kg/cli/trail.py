"""`hrge trail`: how a norm, passage, provision or document rests on others."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..trail.writers import FORMATS
from .output import add_format_option, add_out_option, add_verb, format_or, put
from .streams import tell

if TYPE_CHECKING:
    import pyoxigraph as ox

    from ..trail.model import Trail
    from ..trail.search import Direction
    from .output import Verbs

SHOWN_WITH_NOTES = ("text", "json", "html", "brief", "docx", "markdown")
"""Formats that hold the notes; for the others they go to standard error."""

# By mode, the options that mean nothing in it.
_MEANINGLESS = {
    "matrix": ("direction", "only", "without", "depth", "max"),
    "finding": ("direction",),
}


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "trail",
        "show what a norm, passage, provision or document rests on, and what rests on it",
        run,
        "hrge trail NORM --direction up --format svg -o trail.svg",
    )
    verb.add_argument(
        "start",
        nargs="?",
        metavar="FROM",
        help="where to start: a CURIE, an IRI or what a person would type",
    )
    verb.add_argument(
        "end", nargs="?", metavar="TO", help="show only the paths that reach this, shortest first"
    )
    verb.add_argument(
        "--finding",
        nargs=2,
        metavar=("FILE", "NORM"),
        help="show the way from what this description states to what the norm rests on",
    )
    verb.add_argument(
        "--matrix",
        action="store_true",
        help="count the links of each kind from document to document",
    )
    verb.add_argument(
        "--direction",
        choices=("up", "down", "both", "any"),
        metavar="WAY",
        help="up: what it rests on; down: what rests on it; both (default); any: paths may turn",
    )
    verb.add_argument(
        "--only",
        action="append",
        metavar="KIND",
        help="show only this kind of link, or documents of this force (repeatable)",
    )
    verb.add_argument(
        "--without",
        action="append",
        metavar="KIND",
        default=[],
        help="leave out this kind of link or force (repeatable)",
    )
    verb.add_argument(
        "--depth",
        type=int,
        metavar="N",
        help="take at most so many steps (default: 3; with TO or --finding 6)",
    )
    verb.add_argument(
        "--max",
        type=int,
        metavar="N",
        help="show at most so many links (default: 1000); with TO, so many paths (default: 20)",
    )
    add_format_option(
        verb, (*FORMATS, "docx", "table"), None, "; with --matrix: table (default), csv, svg"
    )
    add_out_option(verb)


def run(arguments: argparse.Namespace) -> int:
    """Write a trail, a finding's trail or the matrix; 1 where nothing was found."""
    from ..graph.store import open_graph
    from ..trail.writers import to_docx
    from ..writing import write

    _check_usage(arguments)
    graph = open_graph()
    if arguments.matrix:
        return _run_matrix(arguments, graph)
    to = format_or(arguments, "text")
    if to == "table":
        raise InputError("--format table", "a trail is not a table", "Use text or csv.")
    found = _find(arguments, graph)
    if arguments.out or to not in SHOWN_WITH_NOTES:
        for note in found.told:
            tell(note)
    if not found.found and to not in ("text", "json"):
        return 1
    content = to_docx(found) if to == "docx" else write(found, to).encode()
    put(arguments.out, content, to)
    return 0 if found.found else 1


def _check_usage(arguments: argparse.Namespace) -> None:
    modes = [bool(arguments.start), bool(arguments.finding), arguments.matrix]
    if sum(modes) != 1:
        raise InputError(
            "hrge trail",
            "give one of FROM, --finding and --matrix",
            "Name where to start: hrge trail NAME [TO].",
        )
    mode = "matrix" if arguments.matrix else "finding" if arguments.finding else ""
    for option in _MEANINGLESS.get(mode, ()):
        if getattr(arguments, option) not in (None, []):
            raise InputError(f"--{option}", f"it has no meaning with --{mode}", "Leave it out.")


def _find(arguments: argparse.Namespace, graph: ox.Store) -> Trail:
    from ..trail.search import DEPTH, find_trail

    limits: dict[str, Any] = {
        "only": arguments.only,
        "without": arguments.without,
        "most": arguments.max,
    }
    depth = arguments.depth
    if arguments.finding:
        return _find_finding(arguments.finding, graph, DEPTH if depth is None else depth, limits)
    direction: Direction = arguments.direction or "both"
    return find_trail(
        graph, arguments.start, arguments.end, direction=direction, depth=depth, **limits
    )


def _find_finding(finding: list[str], graph: ox.Store, depth: int, limits: dict[str, Any]) -> Trail:
    from ..assessment.assessor import Assessor
    from ..form.readers import read_one
    from ..report.finding_trail import trail_of_finding

    file, norm = finding
    assessor = Assessor(graph)
    assessment = assessor.assess(read_one(Path(file), assessor.vocabulary))
    return trail_of_finding(graph, assessment, norm, depth, **limits)


def _run_matrix(arguments: argparse.Namespace, graph: ox.Store) -> int:
    from ..query.run import run_query
    from ..trail.document_matrix import document_matrix
    from ..trail.link_graph import LinkGraph
    from ..trail.writers.matrix_svg import matrix_svg
    from ..writing import write

    to = format_or(arguments, "table")
    if to not in ("table", "csv", "svg"):
        raise InputError(
            f"--format {to}",
            "a matrix is a table or a picture",
            "Use --format table, csv or svg with --matrix.",
        )
    found = document_matrix(graph)
    text = matrix_svg(found, LinkGraph(graph)) if to == "svg" else write(found, to)
    if to == "table":
        text += f"\n{write(run_query(graph, 'threads'), 'table')}"
    put(arguments.out, text.encode(), to)
    return 0
