"""The W3C's tests of the SPARQL 1.1 Protocol: every test of a query is passed.

The tests of updates that must fail are passed as well; those that must succeed get a 403, for the
endpoint is read-only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from serving import W3C, Served, served

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
KINDS = {
    "boolean": ("application/sparql-results+",),
    "tabular": ("application/sparql-results+", "text/csv", "text/tab-separated-values"),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples"),
}


@dataclass(frozen=True)
class Exchange:
    """One request, and what is to come of it."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None
    statuses: frozenset[str]
    kind: str | None
    boolean: bool | None


def _exchange(graph: Graph, request: Node) -> Exchange:
    headers = {}
    listed = graph.value(request, HT.headers)
    if listed is not None:
        for header in Collection(graph, listed):
            name, value = graph.value(header, HT.fieldName), graph.value(header, HT.fieldValue)
            headers[str(name)] = str(value)
    content, body = graph.value(request, HT.body), None
    if content is not None:
        chars = graph.value(content, CNT.chars)
        body = str(chars).encode(str(graph.value(content, CNT.characterEncoding)))
    response = graph.value(request, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    kind = graph.value(response, MF.expectedFormat)
    return Exchange(
        str(graph.value(request, HT.methodName)),
        str(graph.value(request, HT.absolutePath)),
        headers,
        body,
        frozenset(str(one)[-3] for one in graph.objects(response, MF.expectedStatus)),
        None if kind is None else str(kind),
        bool(boolean.toPython()) if isinstance(boolean, Literal) else None,
    )


def _tests() -> Iterator[tuple[str, list[Exchange]]]:
    graph = Graph().parse(W3C / "manifest.ttl")
    for test in graph.subjects(RDF.type, MF.ProtocolTest):
        assert isinstance(test, URIRef)
        requests = graph.value(graph.value(test, MF.action), HT.requests)
        assert requests is not None
        name = str(test).partition("#")[2]
        yield name, [_exchange(graph, one) for one in Collection(graph, requests)]


TESTS = dict(_tests())
UPDATES = {name for name in TESTS if name.startswith("update_")}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Served]:
    with served(data="w3c", workers=1) as found:
        yield found


def test_all_are_run() -> None:
    assert len(TESTS) == 34
    assert len(UPDATES) == 7


@pytest.mark.parametrize("name", sorted(TESTS.keys() - UPDATES))
def test_it_is_passed(name: str, endpoint: Served) -> None:
    for one in TESTS[name]:
        reply = endpoint.request(one.path, method=one.method, body=one.body, headers=one.headers)
        assert str(reply.status)[0] in one.statuses, reply.text
        if one.kind is not None:
            assert reply.headers["content-type"].startswith(KINDS[one.kind])
        if one.boolean is not None:
            assert json.loads(reply.body)["boolean"] is one.boolean


@pytest.mark.parametrize("name", sorted(UPDATES))
def test_an_update_is_refused(name: str, endpoint: Served) -> None:
    first = TESTS[name][0]
    reply = endpoint.request(
        first.path, method=first.method, body=first.body, headers=first.headers
    )
    assert (reply.status, reply.text) == (
        403,
        "This endpoint is read-only: it takes no update.\n",
    )
