"""Asks rdflib what the tests ask of the store, and gives its answer as a Table."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import rdflib

from hrge_kg.query.catalogue import find_query
from hrge_kg.query.parameters import bind
from hrge_kg.query.run import table_of
from hrge_kg.tables.model import Table, Triples


def rdflib_graph(store: ox.Store) -> rdflib.Graph:
    """All graphs of a store as one graph of rdflib."""
    return Triples(tuple({quad.triple for quad in store})).to_rdflib()


def answer_of_rdflib(
    graph: rdflib.Graph, name: str, params: Mapping[str, str], store: ox.Store
) -> Table:
    """The answer of rdflib to a named query; `store` only says what the parameters mean."""
    query = find_query(name)
    answer = graph.query(bind(query.text, query.header, params, store, query.file))
    written = answer.serialize(format="json")
    assert written is not None
    parsed = ox.parse_query_results(written, format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    return table_of(parsed, query)
