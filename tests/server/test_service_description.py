"""The description of the endpoint: the W3C's three tests of it, sizes, and examples that run."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from serving import Served

from hrge_kg.namespaces import PREFIXES, RDF_TYPE, SH, Namespace
from hrge_kg.query.catalogue import catalogue

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace(PREFIXES["void"])


@pytest.fixture(scope="module")
def described(server: Served) -> ox.Store:
    reply = server.request("/sparql")
    assert reply.headers["content-type"] == "text/turtle; charset=utf-8"
    store = ox.Store()
    store.load(input=reply.body, format=ox.RdfFormat.TURTLE)
    return store


def _objects(store: ox.Store, predicate: ox.NamedNode) -> list[object]:
    return [quad.object for quad in store.quads_for_pattern(None, predicate, None, None)]


def test_it_comes_in_every_format_of_rdf(server: Served, described: ox.Store) -> None:
    for accept, format in [
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ]:
        body = server.request("/sparql", headers={"Accept": accept}).body
        assert len(set(ox.parse(body, format=format))) == len(described)


def test_it_names_its_own_address(server: Served, described: ox.Store) -> None:
    assert _objects(described, SD("endpoint")) == [ox.NamedNode(f"{server.url}/sparql")]


def test_it_conforms_to_the_vocabulary(described: ox.Store) -> None:
    """Domains and ranges of the terms. (SPARQL 1.1 Service Description, 3)"""
    shape = """
        ASK {
          ?service a sd:Service ; sd:endpoint ?endpoint ; sd:supportedLanguage sd:SPARQL11Query ;
            sd:feature sd:UnionDefaultGraph ; sd:resultFormat ?format ; sd:defaultDataset ?dataset .
          ?dataset a sd:Dataset ; sd:defaultGraph ?default ; sd:namedGraph ?named .
          ?default a sd:Graph . ?named a sd:NamedGraph ; sd:name ?name ; sd:graph ?graph .
          ?graph a sd:Graph
          FILTER (ISIRI(?endpoint) && ISIRI(?name) && ISIRI(?format))
        }"""
    assert bool(described.query(shape, prefixes={"sd": SD}))


def test_it_counts_what_the_graph_holds(described: ox.Store, graph: ox.Store) -> None:
    names = set(_objects(described, SD("name")))
    assert names == set(graph.named_graphs())
    for name in graph.named_graphs():
        [size] = described.quads_for_pattern(name, VOID("triples"), None, None)
        assert isinstance(size.object, ox.Literal)
        held = sum(1 for _ in graph.quads_for_pattern(None, None, None, name))
        assert int(size.object.value) == held


def test_each_example_runs(server: Served, described: ox.Store) -> None:
    texts = {
        term.value for term in _objects(described, SH("select")) if isinstance(term, ox.Literal)
    }
    assert texts == {query.text for query in catalogue()}
    examples = list(described.quads_for_pattern(None, RDF_TYPE, SH("SPARQLExecutable"), None))
    assert len(examples) == len(texts)
    for query in catalogue():
        reply = server.ask(query.text, "text/csv")
        assert reply.status == 200
        needs_more = any(param.required for param in query.header.params)
        assert reply.body.count(b"\r\n") > 1 or needs_more
