"""Clients of others at the endpoint: SPARQLWrapper, rdflib and curl get what the library gives."""

from __future__ import annotations

import csv
import shutil
import subprocess
from xml.dom.minidom import Document

import pyoxigraph as ox
import pytest
from catalogue_calls import CALLS, Call
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import NORM, Served
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)

from hrge_kg.query.remote import run_remote
from hrge_kg.query.run import answer_query
from hrge_kg.tables.model import Result, Table

SELECT = (
    "PREFIX hrge: <https://w3id.org/hrge/ns#> SELECT ?norm { ?norm a hrge:Norm } ORDER BY ?norm"
)
CONSTRUCT = f"CONSTRUCT {{ <{NORM}> ?p ?o }} WHERE {{ <{NORM}> ?p ?o }}"


@pytest.mark.works_with(
    "SPARQLWrapper",
    tried="every named query, with every parameter, at the endpoint of `hrge serve`",
    result="the same rows in the same order",
    room="query",
)
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_named_query_gives_the_same_table(call: Call, server: Served, graph: ox.Store) -> None:
    there = run_remote(f"{server.url}/sparql", call.name, call.params)
    assert there == answer_query(graph, call.name, call.params)


@pytest.mark.works_with(
    "SPARQLWrapper",
    tried="GET, both kinds of POST and every format at the endpoint of `hrge serve`",
    result="each is read",
    room="query",
)
@pytest.mark.parametrize(
    ("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]
)
@pytest.mark.parametrize("format", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(
    method: str, how: str, format: str, server: Served, graph: ox.Store
) -> None:
    number = _size(answer_query(graph, SELECT, {}))
    wrapper = _wrapper(server, SELECT, format)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(how)
    found = wrapper.query().convert()
    if isinstance(found, dict):
        rows = len(found["results"]["bindings"])
    elif isinstance(found, Document):
        rows = len(found.getElementsByTagName("result"))
    else:
        assert isinstance(found, bytes)
        rows = found.decode().strip().count("\n")
    assert rows == number > 100


@pytest.mark.works_with(
    "SPARQLWrapper",
    tried="GET, both kinds of POST and every format at the endpoint of `hrge serve`",
    result="each is read",
    room="query",
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # by SPARQLWrapper
@pytest.mark.parametrize("format", [RDFXML, TURTLE, N3, JSONLD])
def test_sparqlwrapper_reads_triples(format: str, server: Served, graph: ox.Store) -> None:
    found = _wrapper(server, CONSTRUCT, format).query().convert()
    if isinstance(found, bytes):
        found = Graph().parse(data=found, format="turtle")
    assert isinstance(found, Graph)
    assert len(found) == _size(answer_query(graph, CONSTRUCT, {}))


def _size(answer: Result) -> int:
    assert not isinstance(answer, bool)
    return len(answer.terms)


def _wrapper(server: Served, query: str, format: str) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(f"{server.url}/sparql", returnFormat=format)
    wrapper.setQuery(query)
    return wrapper


@pytest.mark.works_with(
    "rdflib",
    tried="SPARQLStore, at the endpoint of `hrge serve`",
    result="rows, triples and truth values as the library gives them",
    room="query",
)
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_a_store_of_rdflib_reads_it(method: str, server: Served, graph: ox.Store) -> None:
    store = SPARQLStore(f"{server.url}/sparql", method=method)
    there = Graph(store)
    norms = answer_query(graph, SELECT, {})
    assert isinstance(norms, Table)
    assert list(there.query(SELECT)) == list(norms)
    statements = set(there.predicate_objects(URIRef(NORM)))
    assert len(statements) == _size(answer_query(graph, CONSTRUCT, {}))
    assert (URIRef(NORM), None, None) in there
    assert len(there.query(CONSTRUCT)) == len(statements)


@pytest.mark.works_with(
    "curl",
    tried="queries at the endpoint of `hrge serve`, the Turtle of a page",
    result="each is answered",
    room="query",
)
def test_curl_gets_each_kind(server: Served) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed (Debian: curl)")

    def fetched(*arguments: str) -> str:
        return subprocess.run(
            [curl, "--silent", "--fail", "--location", *arguments],
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    endpoint = f"{server.url}/sparql"
    ask = ["--data-urlencode", f"query={SELECT} LIMIT 3"]
    rows = list(csv.reader(fetched("-H", "Accept: text/csv", *ask, endpoint).splitlines()))
    assert rows == list(csv.reader(fetched("-G", *ask, "-d", "format=csv", endpoint).splitlines()))
    assert len(rows) == 4
    direct = ["-H", "Content-Type: application/sparql-query", "--data", "ASK {}", endpoint]
    assert "true" in fetched(*direct)
    turtle = fetched("-H", "Accept: text/turtle", f"{server.url}/id/norm/safe-return")
    assert len(Graph().parse(data=turtle, format="turtle")) > 0
