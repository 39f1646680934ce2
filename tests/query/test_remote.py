"""A remote endpoint: only the one that was named, asked with SPARQL, its answer a Table like any
other.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from catalogue_calls import CALLS, Call

from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.query.catalogue import query_of
from hrge_kg.query.remote import run_remote
from hrge_kg.query.run import answer_query, run_query
from hrge_kg.tables.model import Table

JSON = "application/sparql-results+json"
Reply = Callable[[str], tuple[int, dict[str, str], bytes]]


class Endpoint:
    """A server on this machine that answers every query with one reply, and remembers what it was
    asked.
    """

    def __init__(self, reply: Reply) -> None:
        self.asked: list[str] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                endpoint.asked.append(parse_qs(body).get("query", [body])[0])
                status, headers, data = reply(endpoint.asked[-1])
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self) -> None:
                endpoint.asked.append(self.path)
                self.send_error(405)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/sparql"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def close(self) -> None:
        """Stop it."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def endpoint() -> Iterator[Callable[[Reply], Endpoint]]:
    opened: list[Endpoint] = []

    def start(reply: Reply) -> Endpoint:
        opened.append(Endpoint(reply))
        return opened[-1]

    # Rows of pyoxigraph may only be dropped by the thread that asked for them. What earlier tests
    # left must not be collected by a server's thread.
    gc.disable()
    yield start
    for each in opened:
        each.close()
    gc.enable()


def answering(graph: ox.Store) -> Reply:
    """A SPARQL endpoint over a store."""

    def reply(query: str) -> tuple[int, dict[str, str], bytes]:
        found = graph.query(query, use_default_graph_as_union=True)
        assert not isinstance(found, ox.QueryTriples)
        return (
            200,
            {"Content-Type": JSON},
            found.serialize(format=ox.QueryResultsFormat.JSON) or b"",
        )

    return reply


def always(status: int, data: bytes, **headers: str) -> Reply:
    return lambda _: (status, {"Content-Type": JSON, **headers}, data)


@pytest.mark.works_with(
    "SPARQLWrapper",
    tried="every named query, with every parameter, at an endpoint (`hrge query --endpoint`)",
    result="the same rows in the same order",
)
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_named_query_gives_the_same_table(
    call: Call, graph: ox.Store, endpoint: Callable[[Reply], Endpoint]
) -> None:
    there = endpoint(answering(graph))
    remote = run_remote(there.url, call.name, call.params)
    assert remote == answer_query(graph, call.name, call.params)
    assert isinstance(remote, Table)
    assert remote.terms
    assert len(there.asked) == 1


@pytest.mark.parametrize("name", ["speaking-to", "under-the-chapeau", "whose-choice"])
def test_the_command_asks_the_endpoint(
    name: str,
    graph: ox.Store,
    endpoint: Callable[[Reply], Endpoint],
    capsys: pytest.CaptureFixture[str],
) -> None:
    there = endpoint(answering(graph))
    asked = ["query", name, "--format", "csv"]
    asked += ["--param", "party=unodc"] if name == "speaking-to" else []
    printed = []
    for command in (asked, [*asked, "--endpoint", there.url]):
        assert main(command) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert printed[0].count("\n") > 2
    assert len(there.asked) == 1


@pytest.mark.parametrize(
    "text",
    [
        "# add, ask\n# clear, drop\nSELECT ?s { ?s a hrge:Norm }",
        "# one\n# DELETE all\nPREFIX load: <http://example.org/insert#>\n"
        "select ?s { ?s a hrge:Norm }",
        "SELECT ?asked { ?asked a hrge:Norm } # CONSTRUCT",
        "BASE <http://example.org/DROP/>\nSELECT ?s { ?s a hrge:Norm FILTER(?s != <ask>) }",
    ],
)
def test_no_word_of_a_comment_is_taken_for_the_form(
    text: str, graph: ox.Store, endpoint: Callable[[Reply], Endpoint]
) -> None:
    url = endpoint(answering(graph)).url
    assert run_remote(url, query_of(text)) == run_query(graph, query_of(text))


def test_terms_come_as_they_are(endpoint: Callable[[Reply], Endpoint]) -> None:
    cell = (
        b'{"type":"literal","value":"02.50","datatype":"http://www.w3.org/2001/XMLSchema#decimal"}'
    )
    there = endpoint(
        always(200, b'{"head":{"vars":["a","b"]},"results":{"bindings":[{"a":' + cell + b"}]}}")
    )
    result = run_remote(there.url, "SELECT ?a ?b { ?a ?b ?c }")
    assert isinstance(result, Table)
    assert result.columns == ("a", "b")
    assert [[term and str(term) for term in row] for row in result.terms] == [
        ['"02.50"^^<http://www.w3.org/2001/XMLSchema#decimal>', None]
    ]
    assert len(there.asked) == 1
    assert "SELECT ?a ?b" in there.asked[0]


def test_no_row_is_told_with_what_to_look_at(
    graph: ox.Store, endpoint: Callable[[Reply], Endpoint], caplog: pytest.LogCaptureFixture
) -> None:
    """An endpoint with half of the graph answers as if there were nothing."""
    for store, told in ((ox.Store(), True), (graph, False)):
        caplog.clear()
        there = endpoint(answering(store))
        run_remote(there.url, "norms")
        assert (f"{there.url}: no row. Does it hold the whole graph" in caplog.text) is told


def test_true_and_false(graph: ox.Store, endpoint: Callable[[Reply], Endpoint]) -> None:
    url = endpoint(answering(graph)).url
    assert run_remote(url, "ASK { norm:safe-return a hrge:Norm }") is True
    assert run_remote(url, "ASK { norm:safe-return a hrge:Limit }") is False


def test_only_the_endpoint_that_was_named(endpoint: Callable[[Reply], Endpoint]) -> None:
    elsewhere = endpoint(always(200, b'{"head":{"vars":[]},"results":{"bindings":[]}}'))
    for status in (301, 302, 303, 307, 308):
        here = endpoint(always(status, b"", Location=elsewhere.url))
        with pytest.raises(InputError, match="not asked for") as raised:
            run_remote(here.url, "SELECT * { ?s ?p ?o }")
        assert raised.value.where == here.url
        assert len(here.asked) == 1
    with pytest.raises(InputError, match="SERVICE"):
        run_remote(elsewhere.url, f"SELECT * {{ SERVICE <{elsewhere.url}> {{ ?s ?p ?o }} }}")
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "text", ["CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "DESCRIBE <a:b>", "CLEAR ALL", "SELECT {"]
)
def test_what_is_not_asked(text: str, endpoint: Callable[[Reply], Endpoint]) -> None:
    there = endpoint(always(200, b"{}"))
    with pytest.raises(InputError):
        run_remote(there.url, query_of(text))
    assert there.asked == []


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (always(200, b"<html>Welcome</html>"), "not SPARQL results"),
        (always(200, b""), "not SPARQL results"),
        (always(200, b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":'), "not SPARQL results"),
        (always(400, b"Malformed query: line 3"), "400 .*Malformed query: line 3"),
        (always(401, b""), "401"),
        (always(404, b"nothing here"), "404"),
        (always(500, b"out of memory"), "500 .*out of memory"),
        (always(503, b""), "503"),
    ],
)
def test_an_answer_that_is_none(
    reply: Reply, problem: str, endpoint: Callable[[Reply], Endpoint]
) -> None:
    there = endpoint(reply)
    with pytest.raises(InputError, match=problem) as raised:
        run_remote(there.url, "SELECT * { ?s ?p ?o }")
    assert raised.value.where == there.url
    assert raised.value.remedy


def test_nobody_there(endpoint: Callable[[Reply], Endpoint]) -> None:
    gone = Endpoint(always(200, b""))
    gone.close()
    with pytest.raises(InputError, match="does not answer"):
        run_remote(gone.url, "SELECT * { ?s ?p ?o }")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "127.0.0.1:3030",
        "",
        "http://",
        "http://[",
        "http://127.0.0.1:x/",
    ],
)
def test_no_address(url: str) -> None:
    with pytest.raises(InputError) as raised:
        run_remote(url, "SELECT * { ?s ?p ?o }")
    assert raised.value.where == url


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SPARQLWrapper", None)
    with pytest.raises(InputError, match=r"pip install 'hrge-kg\[remote\]'"):
        run_remote("http://127.0.0.1/", "norms")
