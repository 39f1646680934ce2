"""The formats in which a trail is exported, by name. All have the same nodes and links.

(docs/reference/trail.md)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model import Trail


def _from(module: str, function: str) -> Callable[[Trail], str]:
    """A writer that is imported when it is first used.

    So the command can list the formats in its help and need not wait for their libraries.
    """

    def write_with(trail: Trail) -> str:
        writer: Callable[[Trail], str] = getattr(import_module(f".{module}", __name__), function)
        return writer(trail)

    return write_with


WRITERS: Mapping[str, Callable[[Trail], str]] = {
    "text": _from("text", "to_text"),
    "html": _from("html_page", "to_html"),
    "brief": _from("brief", "to_html"),
    "svg": _from("svg", "to_svg"),
    "markdown": _from("markdown", "to_markdown"),
    "json": _from("json_writer", "to_json"),
    "jsonld": _from("rdf", "to_json_ld"),
    "ttl": _from("rdf", "to_turtle"),
    "csv": _from("table", "to_csv"),
    "graphml": _from("networks", "to_graphml"),
    "dot": _from("dot", "to_dot"),
    "mermaid": _from("mermaid", "to_mermaid"),
    # These three have only the works on the trail:
    "csl-json": _from("bibliography", "to_csl_json"),
    "bibtex": _from("bibliography", "to_bibtex"),
    "ris": _from("bibliography", "to_ris"),
}
FORMATS = tuple(WRITERS)


def to_docx(trail: Trail) -> bytes:
    """The brief as a document for Word. Raises MissingExtra without python-docx."""
    from . import brief

    return brief.to_docx(trail)


def write(trail: Trail, to: str) -> str:
    """A trail in one of FORMATS.

    Raises MissingExtra if the format needs a library of an extra that is not installed.
    """
    return WRITERS[to](trail)
