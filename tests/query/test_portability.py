"""Every query of the catalogue gives the same rows, in the same order, on the store, rdflib, Jena.

rdflib has faults that the queries keep clear of: it gives the error as a value where an expression
in MIN or COALESCE has none, makes strings of the IRIs in MIN, stops at a variable without a value
in GROUP_CONCAT, takes no notice of a column in ORDER BY beside an aggregate, and joins two blocks
before it looks at what they share.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from catalogue_calls import CALLS, Call
from jena import ask_jena, needs_jena
from other_engines import ask_rdflib, bound_query, rdflib_graph, table_in

from hrge_kg.query.catalogue import Query, catalogue, find_query
from hrge_kg.query.run import answer_query
from hrge_kg.query.unknown_terms import unknown_terms
from hrge_kg.tables.model import Table, Triples


@pytest.fixture(scope="module")
def triples(graph: ox.Store) -> Triples:
    """All graphs of the store as one, which other engines load."""
    return Triples(tuple({quad.triple for quad in graph}))


@pytest.fixture(scope="module")
def whole(graph: ox.Store) -> rdflib.Graph:
    return rdflib_graph(graph)


@pytest.fixture(scope="module")
def bound(graph: ox.Store) -> Callable[[Call], str]:
    """The text of a call with its parameters; each is made once."""
    known: dict[str, str] = {}

    def text(call: Call) -> str:
        if str(call) not in known:
            known[str(call)] = bound_query(call.name, call.params, graph)
        return known[str(call)]

    return text


@pytest.fixture(scope="module")
def ours(graph: ox.Store) -> Callable[[Call], Table]:
    """What the store answers to a call; each is asked once."""
    known: dict[str, Table] = {}

    def answer(call: Call) -> Table:
        if str(call) not in known:
            table = answer_query(graph, call.name, call.params)
            assert isinstance(table, Table) and table.terms
            known[str(call)] = table
        return known[str(call)]

    return answer


@pytest.mark.works_with(
    "rdflib",
    tried="every named query, with every parameter",
    result="the same rows in the same order",
)
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_rdflib_gives_the_same_rows(
    call: Call,
    whole: rdflib.Graph,
    bound: Callable[[Call], str],
    ours: Callable[[Call], Table],
) -> None:
    text = bound(call)
    assert ask_rdflib(whole, call.name, text) == ours(call)


@pytest.mark.works_with(
    "Apache Jena",
    tried="every named query, with every parameter",
    result="the same rows in the same order",
)
def test_jena_gives_the_same_rows(
    triples: Triples,
    bound: Callable[[Call], str],
    ours: Callable[[Call], Table],
    tmp_path: Path,
) -> None:
    """All calls at once: it takes long to start."""
    needs_jena()
    ox.serialize(triples.terms, str(tmp_path / "graph.nt"), ox.RdfFormat.N_TRIPLES)
    for number, call in enumerate(CALLS):
        (tmp_path / f"{number}.rq").write_text(bound(call), encoding="utf-8")
    ask_jena("query", tmp_path / "graph.nt", tmp_path)
    different = [
        str(call)
        for number, call in enumerate(CALLS)
        if table_in((tmp_path / f"{number}.json").read_bytes(), call.name) != ours(call)
    ]
    assert different == []


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
