"""The endpoint: formats, datasets, statuses, and what is refused."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from serving import FORM, NORM, Served

from hrge_kg.query.run import answer_query
from hrge_kg.tables.model import Triples
from hrge_kg.tables.writers import write

SELECT = "SELECT ?norm { ?norm a hrge:Norm } ORDER BY ?norm LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?norm a hrge:Norm } WHERE { ?norm a hrge:Norm }"
ANCHORS = "https://w3id.org/hrge/graph/anchors"
JSON = "application/sparql-results+json"


@pytest.mark.parametrize(
    ("accept", "media", "format"),
    [
        (JSON, JSON, "json"),
        ("application/sparql-results+xml", "application/sparql-results+xml", "xml"),
        ("text/csv", "text/csv; charset=utf-8", "csv"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "tsv"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml", "xml"),
        (None, JSON, "json"),
        ("*/*", JSON, "json"),
    ],
)
def test_select_is_written_as_asked(
    accept: str | None, media: str, format: str, server: Served, graph: ox.Store
) -> None:
    reply = server.ask(SELECT, accept)
    assert (reply.status, reply.headers["content-type"]) == (200, media)
    assert "Accept" in reply.headers["vary"]
    assert reply.text == write(answer_query(graph, SELECT, {}), format)


@pytest.mark.parametrize("accept", [JSON, "application/sparql-results+xml", "text/csv"])
def test_ask_is_written_as_asked(accept: str, server: Served) -> None:
    assert "true" in server.ask("ASK { ?norm a hrge:Norm }", accept).text
    assert "false" in server.ask("ASK { ?norm a hrge:None }", accept).text


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_triples_are_written_as_asked(
    accept: str, format: ox.RdfFormat, server: Served, graph: ox.Store
) -> None:
    answer = answer_query(graph, CONSTRUCT, {})
    assert isinstance(answer, Triples)
    wanted = set(answer.terms)
    reply = server.ask(CONSTRUCT, accept)
    assert reply.headers["content-type"].startswith(accept)
    assert {quad.triple for quad in ox.parse(reply.body, format=format)} == wanted
    described = server.ask("DESCRIBE norm:safe-return", accept)
    assert NORM in {str(q.subject)[1:-1] for q in ox.parse(described.body, format=format)}


def test_the_parameter_format_goes_before_the_header(server: Served) -> None:
    path = f"/sparql?{urlencode({'query': SELECT, 'format': 'csv'})}"
    assert server.request(path, headers={"Accept": JSON}).text.startswith("norm\r\n")


def test_get_and_both_kinds_of_post_answer_alike(server: Served) -> None:
    direct = {"Content-Type": "application/sparql-query"}
    replies = [
        server.request(f"/sparql?query={quote(SELECT)}"),
        server.ask(SELECT),
        server.request("/sparql", method="POST", body=SELECT.encode(), headers=direct),
    ]
    assert [reply.status for reply in replies] == [200] * 3
    assert len({reply.body for reply in replies}) == 1


def _count(reply: str) -> int:
    return int(json.loads(reply)["results"]["bindings"][0]["n"]["value"])


def test_all_graphs_are_one_unless_the_request_or_the_query_names_some(
    server: Served, graph: ox.Store
) -> None:
    anchors = sum(1 for _ in graph.quads_for_pattern(None, None, None, ox.NamedNode(ANCHORS)))
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert _count(server.ask(count).text) > anchors
    assert _count(server.ask(count, **{"default-graph-uri": ANCHORS}).text) == anchors
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert _count(server.ask(named, **{"named-graph-uri": ANCHORS}).text) == anchors
    assert _count(server.ask(count.replace("{ ?s", f"FROM <{ANCHORS}> {{ ?s")).text) == anchors


def test_a_graph_that_the_store_lacks_is_empty_or_refused_and_never_fetched(
    server: Served,
) -> None:
    outside = "http://127.0.0.1:9/graph.ttl"
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert _count(server.ask(count, **{"default-graph-uri": outside}).text) == 0
    for clause in (f"FROM <{outside}>", f"FROM NAMED <{outside}>", "FROM <relative>"):
        reply = server.ask(f"SELECT *\n{clause} {{ ?s ?p ?o }}")
        assert reply.status == 400
        assert reply.text.startswith("query:2: FROM names <http://127.0.0.1:")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * {", 400, "query:1: this is no SPARQL query"),
        ("", 400, "the query is empty"),
        ("CLEAR ALL", 400, "this is an update, not a query"),
        ("LOAD <http://127.0.0.1:9/>", 400, "this is an update, not a query"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400, "SERVICE would call"),
        ("SELECT * { SERVICE SILENT ?any { ?s ?p ?o } }", 400, "SERVICE would call"),
        ("ASK { FILTER(" + "(" * 50 + "1" + ")" * 50 + ") }", 400, "nested too deeply"),
        ("ASK { } #" + "x" * 100_000, 400, "longer than 100,000 characters"),
        ("SELECT * { ?s ?p ?o } LIMIT 1 ; SELECT", 400, "no SPARQL query"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_query_of_ours_is_refused_with_the_reason(
    query: str, status: int, words: str, server: Served
) -> None:
    reply = server.ask(query)
    assert (reply.status, words in reply.text) == (status, True), reply.text
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"


def test_an_update_is_refused_however_it_is_sent(server: Served) -> None:
    for body, media in [
        (b"update=CLEAR+ALL", FORM),
        (b"query=ASK+%7B%7D&update=CLEAR+ALL", FORM),
        (b"CLEAR ALL", "application/sparql-update"),
    ]:
        reply = server.request("/sparql", method="POST", body=body, headers={"Content-Type": media})
        assert (reply.status, "read-only" in reply.text) == (403, True)
    assert server.request("/sparql?update=CLEAR%20ALL").status == 403


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("PUT", "/sparql", b"", {}, 405),
        ("DELETE", "/sparql?query=ASK%7B%7D", None, {}, 405),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}, 415),
        ("POST", "/sparql", b"ASK {}", {}, 415),
        ("POST", "/sparql", b"", {"Content-Type": FORM}, 400),
        ("POST", "/sparql", b"\xff\xfe", {"Content-Type": "application/sparql-query"}, 400),
        ("POST", "/sparql", b"query=%FF", {"Content-Type": FORM}, 400),
        ("POST", "/sparql", b"&" * 2_000 + b"a=1&" * 2_000, {"Content-Type": FORM}, 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=a%20b", None, {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D", None, {"Accept": "image/png"}, 406),
        ("GET", "/sparql", None, {"Accept": "image/png"}, 406),
        ("POST", "/sparql", b"x" * 1_300_000, {"Content-Type": FORM}, 413),
    ],
)
def test_each_mistake_has_its_status(
    method: str,
    path: str,
    body: bytes | None,
    headers: dict[str, str],
    status: int,
    server: Served,
) -> None:
    reply = server.request(path, method=method, body=body, headers=headers)
    assert reply.status == status, reply.text
    assert reply.body.strip()


def test_pages_of_other_places_may_ask(server: Served) -> None:
    there = {"Origin": "https://example.org"}
    assert (
        server.request("/sparql?query=ASK%7B%7D", headers=there).headers[
            "access-control-allow-origin"
        ]
        == "*"
    )
    first = server.request(
        "/sparql",
        method="OPTIONS",
        headers={
            **there,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert first.status == 200
    assert "POST" in first.headers["access-control-allow-methods"]


def test_head_has_the_head_of_get(server: Served) -> None:
    path = f"/sparql?query={quote(SELECT)}"
    get, head = server.request(path), server.request(path, method="HEAD")
    assert head.body == b""
    assert head.headers["content-length"] == str(len(get.body))
