"""Writes a description as RDF: Turtle, and expanded JSON-LD."""

from __future__ import annotations

import pyoxigraph as ox

from ...namespaces import PREFIXES
from ..description import Description


def to_turtle(description: Description) -> str:
    """A description as Turtle, sorted; `read_rdf` gives the same description again."""
    triples = sorted({ox.Triple(*triple) for triple in description.triples}, key=str)
    prefixes = {name: PREFIXES[name] for name in ("hrge", "c", "programme", "rdfs", "xsd")}
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    assert written is not None
    lines = written.decode().splitlines(keepends=True)
    # The prefixes come in another order every time.
    return "".join(
        sorted(lines, key=lambda line: (0, line) if line.startswith("@prefix ") else (1, ""))
    )
