"""Writes a description as RDF: Turtle, and expanded JSON-LD."""

from __future__ import annotations

import pyoxigraph as ox

from ...namespaces import PREFIXES
from ...tables.json_ld import to_json_ld
from ..description import Description


def to_turtle(description: Description) -> str:
    """A description as Turtle, sorted; `read_rdf` gives the same description again."""
    prefixes = {name: PREFIXES[name] for name in ("hrge", "c", "programme", "rdfs", "xsd")}
    text = ox.serialize(_sorted(description), format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    assert text is not None
    lines = text.decode().splitlines(keepends=True)
    # pyoxigraph writes the prefixes in any order; we put them first, sorted.
    declarations = sorted(line for line in lines if line.startswith("@prefix "))
    rest = [line for line in lines if not line.startswith("@prefix ")]
    return "".join([*declarations, *rest])


def to_jsonld(description: Description) -> str:
    """A description as expanded JSON-LD, sorted. (W3C JSON-LD 1.1)"""
    return to_json_ld(_sorted(description))


def _sorted(description: Description) -> list[ox.Triple]:
    return sorted({ox.Triple(*triple) for triple in description.triples}, key=str)
