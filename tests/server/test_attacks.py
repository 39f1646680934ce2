"""Queries and clients that would hurt a server: each gets a status and a reason, others go on."""

from __future__ import annotations

import json
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph as ox
import pytest
from serving import FORM, Served, begin, served

JOIN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f LIMIT 5"
PATHS = "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:b>)* ?b . ?b (!<x:c>|^!<x:d>)* ?c }"
DOUBLED = (
    "SELECT ?z { BIND('0123456789' AS ?a0) "
    + " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
    + " BIND(?a40 AS ?z) }"
)
REGEX = "SELECT * { ?s ?p ?o . ?t ?q ?r FILTER REGEX(CONCAT(STR(?o), STR(?r)), '(a+)+b') }"


@pytest.mark.parametrize(
    ("query", "statuses", "words"),
    [
        (JOIN, (504,), "takes more than 3 seconds"),
        (SORTED, (500, 504), "MB of memory|more than 3 seconds|larger than"),
        (PATHS, (500, 504), "MB of memory|more than 3 seconds"),
        (DOUBLED, (500, 504), "memory|too large|seconds"),
        (REGEX, (500, 504), "larger than|more than 3 seconds|memory"),
    ],
    ids=["join", "sort", "paths", "doubling", "regex"],
)
def test_a_query_that_does_not_end_is_ended_and_others_are_answered(
    query: str, statuses: tuple[int, ...], words: str, server: Served
) -> None:
    start = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        hostile = pool.submit(server.ask, query)
        time.sleep(0.2)
        friendly = server.ask("ASK { ?norm a hrge:Norm }")
        reply = hostile.result()
    assert friendly.status == 200
    assert reply.status in statuses, reply.text
    assert any(word in reply.text for word in words.split("|")), reply.text
    assert reply.headers["content-type"].startswith("text/plain")
    assert time.monotonic() - start < 60


def test_an_answer_that_is_too_large_is_no_half_answer(server: Served) -> None:
    reply = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 500000")
    assert (reply.status, "larger than" in reply.text) in [(500, True), (504, False)]


def test_two_hundred_clients_at_once_are_answered_or_told_to_come_back(graph: ox.Store) -> None:
    def ask(number: int, server: Served) -> int:
        query = f"SELECT * {{ ?norm a hrge:Norm }} OFFSET {number % 50} LIMIT 2"
        reply = server.ask(query, "application/sparql-results+json")
        if reply.status == 200:
            assert len(json.loads(reply.body)["results"]["bindings"]) == 2
        else:
            assert reply.headers["retry-after"] == "5"
        return reply.status

    with served(workers=2) as server, ThreadPoolExecutor(200) as pool:
        statuses = Counter(pool.map(ask, range(400), [server] * 400))
        assert statuses == {200: 400}
    with (
        served(workers=1, waiting=20, query={"seconds": 2}) as server,
        ThreadPoolExecutor(200) as pool,
        begin(server, JOIN),
    ):
        time.sleep(0.3)
        statuses = Counter(pool.map(ask, range(200), [server] * 200))
        assert set(statuses) == {200, 503}
        assert statuses[200] >= 20
        assert server.ask("ASK {}").status == 200


def test_who_waits_too_long_is_told_to_come_back(graph: ox.Store) -> None:
    with served(workers=1, seconds_waiting=0.5) as server, begin(server, JOIN):
        time.sleep(0.3)
        reply = server.ask("ASK {}")
        assert (reply.status, reply.headers["retry-after"]) == (503, "5")


def test_a_query_whose_client_leaves_is_ended(graph: ox.Store) -> None:
    with served(workers=1) as server:
        with begin(server, JOIN):
            time.sleep(0.5)
        start = time.monotonic()
        assert server.ask("ASK {}").status == 200
        assert time.monotonic() - start < 20


def _answer(server: Served, sent: bytes, *, slowly: bool = False) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as one:
        try:
            for part in [bytes([byte]) for byte in sent] if slowly else [sent]:
                one.sendall(part)
                time.sleep(0.1 if slowly else 0)
            received = b""
            while part := one.recv(65_536):
                received += part
        except ConnectionError:
            return b""
        return received


HEAD = b"Host: localhost\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),  # no Host
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n", b"431"),
        (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"X: 1\r\n" * 20_000 + b"\r\n", b"431"),
        (b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: -1\r\n\r\n", b"400"),
        (
            b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
            b"400",
        ),
        (
            b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Type: application/sparql-query\r\n"
            b"Content-Length: 99999999999\r\n\r\n",
            b"413",
        ),
        (
            b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n"
            b"Content-Type: application/sparql-query\r\n\r\nzz\r\n",
            b"400",
        ),
        (b"GET /\x00 HTTP/1.1\r\n" + HEAD + b"\r\n", b"400"),
        (b"GET /%00%ff HTTP/1.1\r\n" + HEAD + b"\r\n", b"404"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200, b"400"),
    ],
    ids=lambda value: repr(value)[2:40],
)
def test_a_request_that_is_none_is_refused(sent: bytes, status: bytes, server: Served) -> None:
    reply = _answer(server, sent)
    # What is too large may be refused before it has come whole, by 400.
    statuses = (status, b"400") if status == b"431" else (status,)
    assert reply[9:12] in statuses or (b"400" in statuses and reply == b""), reply
    assert server.request("/").status == 200


def test_a_body_that_grows_beyond_the_limit_is_not_taken(server: Served) -> None:
    """Its length is not told beforehand."""
    head = b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n"
    head += f"Content-Type: {FORM}\r\n\r\n".encode()
    chunk = b"186a0\r\n" + b"x" * 100_000 + b"\r\n"
    assert _answer(server, head + chunk * 20 + b"0\r\n\r\n")[:12] in (b"HTTP/1.1 413", b"")


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 100,
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n"
        b"Content-Type: application/sparql-query\r\n\r\nASK {}",
        b"",
    ],
    ids=["head", "body", "nothing"],
)
def test_who_sends_too_slowly_is_cut_off(sent: bytes, server: Served) -> None:
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as one:
        one.sendall(sent)
        try:
            received = one.recv(100)
        except ConnectionError:
            received = b""
    assert received == b""
    assert 1 < time.monotonic() - start < 20


def test_who_drips_a_request_is_cut_off(server: Served) -> None:
    start = time.monotonic()
    assert _answer(server, b"GET / HTTP/1.1\r\nX: " + b"x" * 200, slowly=True) == b""
    assert time.monotonic() - start < 30


def test_who_does_not_read_is_cut_off(server: Served) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 30000"
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        one.connect(("127.0.0.1", server.port))
        one.sendall(
            f"GET /sparql?query={query.replace(' ', '%20')} HTTP/1.1\r\n".encode() + HEAD + b"\r\n"
        )
        until = time.monotonic() + 60
        while server.holds(one.getsockname()[1]) and time.monotonic() < until:
            time.sleep(0.1)
        received, one_read = b"", b"-"
        one.settimeout(10)
        try:
            while one_read:
                one_read = one.recv(65_536)
                received += one_read
        except ConnectionError:
            pass
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split()[0])
    assert len(body) < length


def test_too_many_unread_answers_stop_new_ones(graph: ox.Store) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 60000"
    with served(workers=1, bytes_sending=2_000_000) as server, begin(server, query):
        until = time.monotonic() + 25
        while (reply := server.ask("ASK {}")).status == 200 and time.monotonic() < until:
            time.sleep(0.2)
        assert (reply.status, "wait to be read" in reply.text) == (503, True)


@pytest.fixture(scope="module")
def mixed(graph: ox.Store) -> Iterator[Served]:
    with served(workers=2, query={"seconds": 1, "memory": 400_000_000}) as found:
        yield found


def test_memory_stays_flat_under_mixed_load(mixed: Served) -> None:
    """What is asked is large, wrong, endless or small; afterwards no more memory is held."""
    asked = [
        "SELECT * { ?s ?p ?o } LIMIT 20000",
        "SELECT * {",
        JOIN,
        "ASK {}",
        "DESCRIBE ?s { ?s a hrge:Norm }",
    ]

    def load(seconds: float) -> int:
        until = time.monotonic() + seconds
        with ThreadPoolExecutor(8) as pool:
            while time.monotonic() < until:
                list(pool.map(mixed.ask, asked))
        return mixed.memory()

    load(5)
    before = mixed.memory()
    after = load(10)
    assert after < before + 150_000_000, (before, after)
