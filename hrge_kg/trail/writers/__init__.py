"""The formats in which a trail is exported, by name. All have the same nodes and links.

(docs/reference/trail.md)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...tables.writers import write as write_table
from ..model import Trail
from .bibliography import to_bibtex, to_csl_json, to_ris
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


def to_csv(trail: Trail) -> str:
    """The links as CSV."""
    return write_table(table(trail), "csv")


WRITERS: Mapping[str, Callable[[Trail], str]] = {
    "text": to_text,
    "json": to_json,
    "jsonld": to_json_ld,
    "ttl": to_turtle,
    "csv": to_csv,
    "graphml": to_graphml,
    "dot": to_dot,
    "mermaid": to_mermaid,
    "svg": to_svg,
    "html": to_html,
    "markdown": to_markdown,
    # Of the works that the trail passes through:
    "csl-json": to_csl_json,
    "bibtex": to_bibtex,
    "ris": to_ris,
}
FORMATS = tuple(WRITERS)


def write(trail: Trail, to: str) -> str:
    """A trail in one of FORMATS.

    Raises MissingExtra where a library of an extra is missing.
    """
    return WRITERS[to](trail)
