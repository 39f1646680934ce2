"""Queries from outside: what they may say, and nothing that reaches outside."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from asked import described, table, turtle

from hrge_kg.errors import InputError
from hrge_kg.namespaces import GRAPH, expand
from hrge_kg.query.catalogue import find_query, query_of
from hrge_kg.query.guard import check_query
from hrge_kg.query.run import run_query
from hrge_kg.tables.model import Table, Triples


def test_a_file_standard_input_and_a_text_are_queries(
    tmp_path: Path, graph: ox.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "# title: Limits\nSELECT ?limit { ?limit a hrge:Limit } ORDER BY ?limit"
    path = tmp_path / "limits.rq"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    results = [table(graph, name) for name in (str(path), "-", text)]
    assert results[0] == results[1] == results[2]
    assert results[0].title == "Limits"
    assert len(results[0].terms) == len(described("data", "Limit"))


def test_the_forms_of_queries(graph: ox.Store) -> None:
    assert run_query(graph, "ASK { norm:safe-return a hrge:Norm }") is True
    assert run_query(graph, "ASK { norm:safe-return a hrge:Limit }") is False
    about = run_query(graph, "DESCRIBE norm:safe-return")
    assert isinstance(about, Triples)
    assert {triple.subject for triple in about.terms} == {
        ox.NamedNode(expand("norm:safe-return") or "")
    }
    labels = run_query(
        graph,
        "CONSTRUCT { ?norm rdfs:label ?label } WHERE { ?norm a hrge:Norm ; rdfs:label ?label }",
    )
    assert isinstance(labels, Triples)
    assert len(labels.terms) == len(described("data/norms", "Norm"))
    assert list(labels.terms) == sorted(labels.terms, key=str)


def test_the_same_graph_has_the_same_blank_nodes() -> None:
    one, other = (turtle(f"<a> <b> [ <c> {n} ] .") for n in ('"x"', '"x"'))
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert run_query(one, text) == run_query(other, text)


class Bystander(BaseHTTPRequestHandler):
    """An endpoint that nobody should reach."""

    hits: list[str]

    def do_GET(self) -> None:
        self.hits.append(self.path)
        self.send_response(200)
        self.end_headers()

    do_POST = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def bystander() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what reached it: compiled code escapes the hook
    in conftest.py.
    """
    hits: list[str] = []
    server = HTTPServer(("127.0.0.1", 0), type("Handler", (Bystander,), {"hits": hits}))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", hits
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_store_would_call_out(bystander: tuple[str, list[str]]) -> None:
    """The refusals below are needed: without them the store calls, even for a comment that ends in
    a carriage return.
    """
    address, hits = bystander
    with pytest.raises((OSError, SyntaxError, RuntimeError, ValueError)):
        ox.Store().query(f"ASK {{ # a comment\r SERVICE <{address}> {{ ?s ?p ?o }} \n }}")
    assert hits


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("SELECT * { SERVICE <U> { ?s ?p ?o } }", 1),
        ("SELECT * {\n  ?a a hrge:Norm .\n  service silent <U> { ?s ?p ?o } }", 3),
        ("SELECT * {\n VALUES ?x { <U> }\n SERVICE ?x { ?s ?p ?o } }", 3),
        ("PREFIX u: <U> SELECT * { SERVICE u: { ?s ?p ?o } }", 1),
        ("PREFIX : <U> SELECT * { SERVICE: { ?s ?p ?o } }", None),
        ("SELECT * { { SELECT * { OPTIONAL { SERVICE <U> { ?s ?p ?o } } } } }", 1),
        ("SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <U> { ?s ?p ?o } } }", 1),
        (
            "SELECT * { ?s ?p ?o "
            "FILTER(?s = 1 || NOT EXISTS { { } UNION { SERVICE <U> { ?s ?p ?o } } }) }",
            1,
        ),
        ("SELECT * { ?s ?p ?o MINUS { GRAPH ?g { SERVICE <U> { ?s ?p ?o } } } }", 1),
        ("SELECT (EXISTS { SERVICE <U> { ?s ?p ?o } } AS ?x) { }", 1),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(EXISTS { SERVICE <U> { ?s ?p ?o } })", 1),
        ("CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <U> { ?s ?p ?o } }", 1),
        ("ASK { SERVICE <U> { ?s ?p ?o } }", 1),
        ("DESCRIBE ?s { SERVICE <U> { ?s ?p ?o } }", 1),
        ("ASK { # a comment\r SERVICE <U> { ?s ?p ?o } \n }", 2),
        ("ASK { # a comment\x0b\n\x0cSERVICE <U> { ?s ?p ?o } }", None),
        ("ASK { # \\u000a\n SERV\\u0049CE <U> { ?s ?p ?o } }", 1),
        ("ASK { FILTER('''SERVICE'''='')SERVICE<U>{ ?s ?p ?o } }", 1),
        ("# param: x string optional  A value\nASK { #VALUES\n SERVICE <U> { ?s ?p ?o } }", 3),
    ],
)
def test_no_other_endpoint_is_called(
    text: str, line: int | None, graph: ox.Store, bystander: tuple[str, list[str]]
) -> None:
    address, hits = bystander
    with pytest.raises(InputError) as raised:
        run_query(graph, query_of(text.replace("U>", f"{address}>"), "outside.rq"))
    assert hits == []
    assert raised.value.where == "outside.rq"
    if line is not None:
        assert raised.value.line == line


def test_either_reader_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rdflib's parser should miss a SERVICE, the words are still looked at."""
    monkeypatch.setattr("hrge_kg.query.guard._parsed", lambda text, file: set())
    with pytest.raises(InputError, match="SERVICE"):
        check_query("SELECT * { OPTIONAL { service<http://127.0.0.1:1/>{ ?s ?p ?o } } }", "a.rq")


@pytest.mark.parametrize(
    "text",
    [
        "# SERVICE <http://127.0.0.1:1/> {}\nASK { }",
        'ASK { FILTER("SERVICE <http://127.0.0.1:1/> {}" != "x") }',
        "ASK { FILTER('''it's a SERVICE''' != 'SERVICE') }",
        'ASK { FILTER("""a "SERVICE" """ != "\\"SERVICE") }',
        "ASK { FILTER NOT EXISTS { <http://example.org/SERVICE> ?service $SERVICE } }",
        "PREFIX service: <http://example.org/> "
        "ASK { FILTER NOT EXISTS { service:SERVICE service:x-service _:service } }",
        'ASK { FILTER("x"@service != "x") }',
        'ASK { FILTER(1 < 2 && "#" != "SERVICE" && 2 > 1) # SERVICE\n }',
    ],
)
def test_the_word_alone_is_not_refused(text: str, graph: ox.Store) -> None:
    assert run_query(graph, text) is True


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <U>",
        "LOAD SILENT <U> INTO GRAPH <a:b>",
        "CLEAR ALL",
        "PREFIX a: <a:> INSERT { ?s a:b 1 } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_no_query(text: str, bystander: tuple[str, list[str]]) -> None:
    address, hits = bystander
    store = turtle("<a:a> <a:b> 2 .")
    with pytest.raises(InputError, match="an update, not a query"):
        run_query(store, text.replace("U>", f"{address}>"))
    assert (len(store), hits) == (1, [])


def test_from_names_a_graph_of_ours_and_fetches_nothing(
    bystander: tuple[str, list[str]], graph: ox.Store
) -> None:
    address, hits = bystander
    assert table(graph, f"SELECT * FROM <{address}> {{ ?s ?p ?o }}").terms == ()
    assert (
        table(graph, f"SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}").terms == ()
    )
    assert hits == []
    part = table(graph, f"SELECT ?norm FROM <{GRAPH}norms/guideline-6> {{ ?norm a hrge:Norm }}")
    assert 0 < len(part.terms) < len(described("data/norms", "Norm"))


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("SELECT * {\n ?a ?b ?c .\n ?d ?e \n}", 3, "cannot be read"),
        ("SELECT * WHERE {\n ?a ?b ?c\n\n FILTER(?a = ) }", 4, "FILTER(?a = )"),
        ("SELECT * {\n ?a ?b ?c", None, "no SPARQL query"),
        ("SELECT * { ?a\n a foo:Bar }", 2, "Prefix not found"),
        ("SELECT ?a (COUNT(?b) AS ?n) { ?a a ?b }", 1, "unbound"),
        ("PREFIX a: <a:b> ", None, "no SPARQL query"),
        ("# only a comment\n", None, "no SPARQL query"),
        ("", None, "empty"),
        (" \n\t", None, "empty"),
        ("ASK {" + "{" * 3000 + "}" * 3001, None, "nested too deeply"),
        ("SELECT (<http://example.org/f>(1) AS ?x) { }", None, "cannot be run"),
    ],
)
def test_a_query_that_is_none(text: str, line: int | None, problem: str, graph: ox.Store) -> None:
    with pytest.raises(InputError) as raised:
        table(graph, query_of(text, "wrong.rq"))
    assert problem in raised.value.problem
    assert raised.value.where == "wrong.rq"
    assert raised.value.remedy
    if line is not None:
        assert raised.value.line == line


def test_what_cannot_be_read(tmp_path: Path) -> None:
    binary = tmp_path / "binary.rq"
    binary.write_bytes(b"ASK {\n}\n# \xff")
    for name, problem in (
        (str(binary), "UTF-8"),
        (str(tmp_path), "this is a folder"),
        ("no-such", "no such query"),
        ("a\0b", "cannot be read"),
    ):
        with pytest.raises(InputError, match=problem):
            find_query(name)
    with pytest.raises(InputError, match="Did you mean “norms”") as raised:
        find_query("nroms")
    assert "provisions" in raised.value.remedy


def test_an_answer_is_never_cut_off(graph: ox.Store) -> None:
    with pytest.raises(InputError, match="more than 1,000 rows"):
        run_query(graph, "SELECT * { ?a ?b ?c . ?d ?e ?f }", max_rows=1000)
    with pytest.raises(InputError, match="more than 10 rows"):
        run_query(graph, "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", max_rows=10)
    exactly = run_query(graph, "SELECT * { ?a ?b ?c } LIMIT 10", max_rows=10)
    assert isinstance(exactly, Table)
    assert len(exactly.terms) == 10
