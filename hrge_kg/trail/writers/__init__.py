"""The formats in which a trail is exported, by name. All have the same nodes and links. (docs/reference/trail.md)"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyoxigraph as ox

from ...tables.writers import write as write_table
from ..model import Trail
from . import bibliography
from .dot import to_dot
from .html_page import to_html
from .json_writer import to_json
from .markdown import to_markdown
from .mermaid import to_mermaid
from .networks import to_graphml
from .rdf import to_json_ld, to_turtle
from .svg import to_svg
from .table import table
from .text import to_text

WRITERS: Mapping[str, Callable[[Trail], str]] = {
    "text": to_text,
    "json": to_json,
    "jsonld": to_json_ld,
    "ttl": to_turtle,
    "csv": lambda trail: write_table(table(trail), "csv"),
    "graphml": to_graphml,
    "dot": to_dot,
    "mermaid": to_mermaid,
    "svg": to_svg,
    "html": to_html,
    "markdown": to_markdown,
}
WORKS: Mapping[str, Callable[[list[bibliography.Work]], str]] = {
    "csl-json": bibliography.to_csl_json,
    "bibtex": bibliography.to_bibtex,
    "ris": bibliography.to_ris,
}
"""Of the works that a trail passes through."""
FORMATS = (*WRITERS, *WORKS)


def write(store: ox.Store, trail: Trail, to: str) -> str:
    """A trail in one of FORMATS. Raises InputError where a library of an extra is missing."""
    return WORKS[to](bibliography.works(store, trail)) if to in WORKS else WRITERS[to](trail)
