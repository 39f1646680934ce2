"""The formats in which a trail is exported, by name. All have the same nodes and links. (docs/reference/trail.md)"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyoxigraph as ox

from . import tables_out, works
from .trail import Trail
from .trail_diagrams import to_dot, to_mermaid
from .trail_html import to_html
from .trail_markdown import to_markdown
from .trail_network import to_graphml
from .trail_rdf import to_json_ld, to_turtle
from .trail_report import to_json, to_text
from .trail_svg import to_svg
from .trail_table import table

WRITERS: Mapping[str, Callable[[Trail], str]] = {
    "text": to_text,
    "json": to_json,
    "jsonld": to_json_ld,
    "ttl": to_turtle,
    "csv": lambda trail: tables_out.write(table(trail), "csv"),
    "graphml": to_graphml,
    "dot": to_dot,
    "mermaid": to_mermaid,
    "svg": to_svg,
    "html": to_html,
    "markdown": to_markdown,
}
WORKS: Mapping[str, Callable[[list[works.Work]], str]] = {
    "csl-json": works.to_csl_json,
    "bibtex": works.to_bibtex,
    "ris": works.to_ris,
}
"""Of the works that a trail passes through."""
FORMATS = (*WRITERS, *WORKS)


def write(store: ox.Store, trail: Trail, to: str) -> str:
    """A trail in one of FORMATS. Raises InputError where a library of an extra is missing."""
    return WORKS[to](works.works(store, trail)) if to in WORKS else WRITERS[to](trail)
