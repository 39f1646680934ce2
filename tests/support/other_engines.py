"""Asks other engines what the tests ask of the store, and gives their answers as a Table."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import rdflib

from hrge_kg.assessment.shacl import to_rdflib
from hrge_kg.query.catalogue import find_query
from hrge_kg.query.parameters import bind
from hrge_kg.query.run import table_of
from hrge_kg.tables.model import Table


def rdflib_graph(store: ox.Store) -> rdflib.Graph:
    """All graphs of a store as one graph of rdflib, in the store of rdflib that is quickest."""
    return to_rdflib({quad.triple for quad in store}, "SimpleMemory")


def bound_query(name: str, params: Mapping[str, str], store: ox.Store) -> str:
    """The text of a named query with its parameters; `store` says what these mean."""
    query = find_query(name)
    return bind(query.text, query.header, params, store, query.file)


def table_in(written: bytes, name: str) -> Table:
    """The table in an engine's answer to a named query, in SPARQL's JSON."""
    parsed = ox.parse_query_results(written, format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    return table_of(parsed, find_query(name))


def ask_rdflib(graph: rdflib.Graph, name: str, text: str) -> Table:
    """The answer of rdflib to the text of a named query."""
    written = graph.query(text).serialize(format="json")
    assert written is not None
    return table_in(written, name)


def answer_of_rdflib(
    graph: rdflib.Graph, name: str, params: Mapping[str, str], store: ox.Store
) -> Table:
    """The answer of rdflib to a named query; `store` only says what the parameters mean."""
    return ask_rdflib(graph, name, bound_query(name, params, store))
