"""What the graph states of one thing, as Turtle and JSON-LD.

Blank nodes, and things without a page of their own, are told with the thing that leads to them.
(W3C member submission CBD, 2005: concise bounded descriptions)
"""

from __future__ import annotations

from collections.abc import Container

import pyoxigraph as ox

from ..graph.distribution import canonical
from ..namespaces import BASE
from ..tables.json_ld import to_json_ld
from ..tables.model import Triples
from ..tables.writers import write


def description(graph: ox.Store, iri: str, pages: Container[str]) -> list[ox.Triple]:
    """The triples about a thing, sorted; `pages` are the IRIs that have a page of their own.

    Blank nodes have canonical names, so that each build of a graph gives the same page.
    """
    found: set[ox.Triple] = set()
    done: set[object] = set()
    waiting: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri)]
    while waiting:
        thing = waiting.pop()
        if thing in done:
            continue
        done.add(thing)
        for quad in graph.quads_for_pattern(thing, None, None, None):
            found.add(quad.triple)
            value = quad.object
            if isinstance(value, ox.BlankNode) or (
                isinstance(value, ox.NamedNode)
                and value.value.startswith(BASE)
                and value.value not in pages
            ):
                waiting.append(value)
    return [quad.triple for quad in canonical(ox.Quad(*triple) for triple in found)]


def to_turtle(triples: list[ox.Triple]) -> str:
    """The triples as Turtle."""
    return write(Triples(tuple(triples)), "ttl")


def to_jsonld(triples: list[ox.Triple]) -> str:
    """The triples as JSON-LD."""
    return to_json_ld(triples)
