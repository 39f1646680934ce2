"""Writes a description as RDF: Turtle, and expanded JSON-LD."""

from __future__ import annotations

import pyoxigraph as ox

from ...namespaces import PREFIXES
from ..description import Description


def to_turtle(description: Description) -> str:
    """A description as Turtle, sorted; `read_rdf` gives the same description again."""
    prefixes = {name: PREFIXES[name] for name in ("hrge", "c", "programme", "rdfs", "xsd")}
    text = ox.serialize(_sorted(description), format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    assert text is not None
    lines = text.decode().splitlines(keepends=True)
    # The writer gives the prefixes in another order every time: they come first, sorted.
    declarations = sorted(line for line in lines if line.startswith("@prefix "))
    rest = [line for line in lines if not line.startswith("@prefix ")]
    return "".join([*declarations, *rest])


def to_jsonld(description: Description) -> str:
    """A description as expanded JSON-LD, sorted. (W3C JSON-LD 1.1)"""
    text = ox.serialize(_sorted(description), format=ox.RdfFormat.JSON_LD)
    assert text is not None
    return text.decode()


def _sorted(description: Description) -> list[ox.Triple]:
    return sorted({ox.Triple(*triple) for triple in description.triples}, key=str)
