"""The shapes over the project's own files, apart from the graph that they look at."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import Graph

from hrge_kg.assessment.shacl import to_rdflib
from hrge_kg.graph.sources import flattened
from hrge_kg.namespaces import GRAPH

_OWN_SHAPES = GRAPH + "shapes/graph/"


def own_shapes(built: ox.Store) -> Graph:
    """The shapes of shapes/graph in a built graph."""
    return to_rdflib(quad.triple for quad in built if quad.graph_name.value.startswith(_OWN_SHAPES))


def without_own_shapes(built: ox.Store) -> ox.Store:
    """A built graph as one, the shapes over it left out."""
    return flattened(quad for quad in built if not quad.graph_name.value.startswith(_OWN_SHAPES))
