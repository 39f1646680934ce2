"""Every query of the catalogue gives the same rows, in the same order, on the store and on rdflib.

rdflib has faults that the queries keep clear of: it gives the error as a value where an expression
in MIN or COALESCE has none, makes strings of the IRIs in MIN, stops at a variable without a value
in GROUP_CONCAT, takes no notice of a column in ORDER BY beside an aggregate, and joins two blocks
before it looks at what they share.
"""

from __future__ import annotations

import re
import time

import pyoxigraph as ox
import pytest
import rdflib
from catalogue_calls import CALLS, Call
from on_rdflib import answer_of_rdflib, rdflib_graph

from hrge_kg.query.catalogue import Query, catalogue, find_query
from hrge_kg.query.run import answer_query
from hrge_kg.query.unknown_terms import unknown_terms
from hrge_kg.tables.model import Table

SECONDS = 20
"""Of processor time, for one call on rdflib. The slowest takes about five on a slow machine."""


@pytest.fixture(scope="module")
def whole(graph: ox.Store) -> rdflib.Graph:
    return rdflib_graph(graph)


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_rdflib_gives_the_same_rows(call: Call, graph: ox.Store, whole: rdflib.Graph) -> None:
    ours = answer_query(graph, call.name, call.params)
    assert isinstance(ours, Table)
    assert ours.terms
    started = time.process_time()
    theirs = answer_of_rdflib(whole, call.name, call.params, graph)
    assert time.process_time() - started < SECONDS
    assert theirs == ours


def test_every_query_and_every_parameter_is_called() -> None:
    called = {(call.name, param) for call in CALLS for param in call.params}
    declared = {(query.name, param.name) for query in catalogue() for param in query.header.params}
    assert called == declared
    bare = {call.name for call in CALLS if set(call.params) == required(find_query(call.name))}
    assert bare == {query.name for query in catalogue()}


def required(query: Query) -> set[str]:
    return {param.name for param in query.header.params if param.required}


EVERY = pytest.mark.parametrize("query", catalogue(), ids=lambda query: query.name)


@EVERY
def test_no_two_rows_have_the_same_place(query: Query) -> None:
    """The order names whatever tells rows apart, so no engine has a choice."""
    order = clause("ORDER BY", query.text)
    apart = clause("GROUP BY", query.text) or query.header.columns
    assert {name.lstrip("?") for name in apart} <= {name.lstrip("?") for name in order}


def clause(keyword: str, text: str) -> list[str]:
    found = re.findall(rf"^{keyword} (.*)$", text, re.MULTILINE)
    return re.findall(r"(?<!\()\?\w+", found[-1]) if found else []


@EVERY
def test_every_term_of_the_catalogue_occurs(query: Query, graph: ox.Store) -> None:
    assert unknown_terms(query.text, query.file, graph) == []
