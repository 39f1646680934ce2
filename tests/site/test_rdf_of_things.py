"""What the graph states of a thing is told alike whatever a store calls its blank nodes."""

from __future__ import annotations

import pyoxigraph as ox

from hrge_kg.namespaces import BASE
from hrge_kg.site.rdf import description, to_jsonld, to_turtle

SAID = f"""
<{BASE}shape/a> <urn:path> [ <urn:star> <urn:broader> ] , [ <urn:inverse> [ <urn:star> 1 ] ] ;
  <urn:part> <{BASE}b> .
<{BASE}b> <urn:path> [ <urn:star> 2 ] .
"""


def told() -> tuple[str, str]:
    store = ox.Store()
    store.load(SAID.encode(), format=ox.RdfFormat.TURTLE)  # each time with other blank nodes
    triples = description(store, f"{BASE}shape/a", ())
    assert len(triples) == 8
    return to_turtle(triples), to_jsonld(triples)


def test_blank_nodes_are_told_alike_each_time() -> None:
    first = told()
    assert all(told() == first for _ in range(5))
