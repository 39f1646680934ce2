"""The terms of RDF descriptions, and how messages name what stands in a file.

>>> split_iri("https://example.org/shelters/north")
('https://example.org/shelters/', 'north')
"""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from ...namespaces import HRGE, OWL, RDFS, shrink
from ...parsing.files import quoted
from .triples import Node

LABEL = RDFS("label")
IMPORTS = OWL("imports")
SERVES, HAS, HAS_NOT, ONLY = HRGE("serves"), HRGE("has"), HRGE("hasNot"), HRGE("only")
HOLDS = HRGE("holds")
PROGRAMME, GROUP, STATEMENT = HRGE("Programme"), HRGE("ServedGroup"), HRGE("Statement")
KINDS: Mapping[ox.NamedNode, str] = {
    PROGRAMME: "a programme",
    GROUP: "a group",
    STATEMENT: "a statement",
}


def split_iri(iri: str) -> tuple[str, str]:
    """Namespace and local name: at the last # or /, else at the last colon."""
    at = max(iri.rfind("#"), iri.rfind("/"))
    at = at if at >= 0 else iri.rfind(":")
    return iri[: at + 1], iri[at + 1 :]


def node_name(term: Node | ox.Literal) -> str:
    """A term as messages name it."""
    if isinstance(term, ox.BlankNode):
        return "a nameless node"
    return (
        f"the text {quoted(term.value)}"
        if isinstance(term, ox.Literal)
        else quoted(shrink(term.value))
    )
