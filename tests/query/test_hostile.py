"""Queries and endpoints that would end the process, take all memory, or never end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.parsing.sparql_words import DEEPEST, LONGEST, MOST_CHAINED
from hrge_kg.processes import Limits
from hrge_kg.query import remote
from hrge_kg.query.catalogue import find_query, query_of
from hrge_kg.query.limited import limited_answer
from hrge_kg.query.remote import run_remote
from hrge_kg.query.run import run_query

SHORT = Limits(seconds=3, memory=500_000_000)
PATH = "ASK { ?s hrge:a" + "/hrge:a" * 20_000 + " ?o }"
SUM = "ASK { FILTER(1" + "+1" * 20_000 + " = 1) }"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (PATH[:60_000] + " ?o }", "more than 500 operators"),
        (SUM, "more than 500 operators"),
        ("ASK { {}" + " UNION {}" * 6_000 + " }", "more than 500 operators"),
        ("ASK { " + "OPTIONAL { ?a ?b ?c } " * 4_500 + "}", "more than 500 operators"),
        ("ASK { FILTER(" + "-" * 50_000 + "1) }", "more than 500 operators"),
        ("ASK { FILTER(" + "(" * 200 + "1" + ")" * 200 + ") }", "nested too deeply"),
        ("ASK {" + "{" * 200 + "}" * 201, "nested too deeply"),
        ("ASK { FILTER(" + "!" * 20_000 + "true) }", "more than 500 operators"),
        ("ASK { } #" + "x" * LONGEST, "longer than 100,000 characters"),
    ],
)
def test_what_would_end_the_process_is_refused_before_it_is_parsed(
    text: str, problem: str, graph: ox.Store
) -> None:
    with pytest.raises(InputError, match=problem):
        run_query(graph, query_of(text, "large.rq"))


@pytest.mark.parametrize(
    "text",
    [
        "ASK { FILTER(1" + "+1" * (MOST_CHAINED // 2 - 10) + " > 1) }",
        "ASK { ?s hrge:a" + "/hrge:a" * (MOST_CHAINED - 10) + " ?o }",
        "ASK { {}" + " UNION {}" * (MOST_CHAINED // 2) + " }",
        "SELECT * { VALUES ?a { " + "1 " * 3_000 + "} } LIMIT 1",
        "ASK {" + "{" * (DEEPEST - 1) + "}" * DEEPEST,
    ],
    ids=lambda text: text[:20],
)
def test_what_is_below_the_limits_is_answered(text: str) -> None:
    """It runs in a process of its own, so that one that ends does not end the tests."""
    assert limited_answer(query_of(text, "large.rq"), {})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "3 seconds"),
        (
            "SELECT ?z { BIND('0123456789' AS ?a0) "
            + " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
            + " BIND(?a40 AS ?z) }",
            "memory|seconds|too large",
        ),
    ],
    ids=["join", "doubling"],
)
def test_what_does_not_end_is_ended(text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as raised:
        limited_answer(query_of(text, "endless.rq"), {}, limits=SHORT)
    assert raised.value.where == "endless.rq"


def test_the_command_answers_a_query_of_ones_own_as_the_library_does(
    graph: ox.Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "# title: Own\nSELECT ?norm { ?norm a hrge:Norm } ORDER BY ?norm"
    (tmp_path / "own.rq").write_text(text, encoding="utf-8")
    assert main(["query", str(tmp_path / "own.rq"), "--format", "csv"]) == 0
    from hrge_kg.tables.writers import write

    assert capsys.readouterr().out == write(run_query(graph, query_of(text)), "csv")


def test_warnings_come_through(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "SELECT ?s { ?s a hrge:Nrom }"]) == 0
    assert "hrge:Nrom" in capsys.readouterr().err


def test_a_file_without_end_is_not_read() -> None:
    with pytest.raises(InputError, match="longer than 100,000"):
        run_query(ox.Store(), find_query("/dev/zero"))


def test_a_title_moves_no_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "# title: \x1b[31mred\nSELECT ?s { ?s a hrge:None }"]) == 0
    assert "\x1b" not in capsys.readouterr().out


# Endpoints: what they send is written as it is, byte by byte.

Hostile = Callable[[socket.socket], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"


def _drip(client: socket.socket) -> None:
    client.sendall(HEAD + b"\r\n")
    for _ in range(200):
        client.sendall(b" ")
        time.sleep(0.1)


def _endless(client: socket.socket) -> None:
    client.sendall(HEAD + b"\r\n")
    while True:
        client.sendall(b" " * 1_000_000)


def _nested(client: socket.socket) -> None:
    one = b'{"type":"triple","value":{"subject":'
    client.sendall(HEAD + b'\r\n{"head":{"vars":["a"]},"results":{"bindings":[{"a":')
    client.sendall(one * 100_000)


def _reset(client: socket.socket) -> None:
    client.sendall(HEAD + b"Content-Length: 100\r\n\r\n{")
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


def _bad_chunk(client: socket.socket) -> None:
    client.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nnonsense")


def _short(client: socket.socket) -> None:
    client.sendall(HEAD + b"Content-Length: 100\r\n\r\n{}")


def _no_http(client: socket.socket) -> None:
    client.sendall(b"\x1b[31mhello\r\n\r\n")


def _stall(client: socket.socket) -> None:
    time.sleep(5)


def _escapes(client: socket.socket) -> None:
    body = b"\x1b[31m\x07 no"
    client.sendall(b"HTTP/1.1 500 \x1b[31mred\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def _error_that_resets(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 500 no\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")


@pytest.fixture
def serving() -> Iterator[Callable[[Hostile], str]]:
    """An endpoint on this machine that does something to each client."""
    sockets: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def read(client: socket.socket) -> None:
        """All that is sent; what is left unread would reset the connection."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += client.recv(65_536)
        head, _, body = received.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        while len(body) < length:
            body += client.recv(65_536)

    def serve(server: socket.socket, what: Hostile) -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            with client:
                try:
                    read(client)
                    what(client)
                except OSError:
                    continue

    def start(what: Hostile) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        sockets.append(server)
        threads.append(threading.Thread(target=serve, args=(server, what), daemon=True))
        threads[-1].start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/sparql"

    yield start
    for server in sockets:
        server.shutdown(socket.SHUT_RDWR)
        server.close()


@pytest.mark.parametrize(
    ("what", "problem"),
    [
        (_drip, "too slow"),
        (_endless, "larger than 1 MB"),
        (_nested, "nested too deeply"),
        (_reset, "does not answer"),
        (_bad_chunk, "does not answer"),
        (_short, "does not answer|not SPARQL results"),
        (_no_http, "does not answer"),
        (_stall, "does not answer"),
        (_escapes, "the endpoint answers 500"),
        (_error_that_resets, "the endpoint answers 500"),
    ],
)
def test_a_hostile_endpoint_is_told(
    what: Hostile,
    problem: str,
    serving: Callable[[Hostile], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = serving(what)
    if what is _endless:  # so that it is too large before it is too slow
        monkeypatch.setattr(remote, "LARGEST", 1_000_000)
    with pytest.raises(InputError, match=problem) as raised:
        run_remote(url, "SELECT * { ?s ?p ?o }", seconds=1)
    assert raised.value.where == url


def test_the_command_shows_what_an_endpoint_says_with_escapes(
    serving: Callable[[Hostile], str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", "norms", "--endpoint", serving(_escapes)]) == 2
    err = capsys.readouterr().err
    assert "\x1b" not in err and "\x07" not in err
    assert "\\x1b[31m" in err
