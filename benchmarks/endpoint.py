"""The endpoint of `hrge serve` beside rdflib-endpoint and Oxigraph's own server, on one graph.

Run: python benchmarks/endpoint.py [SECONDS [ROUNDS]]. Needs `pip install 'hrge-kg[web]' oxigraph`
and, for the row of it, rdflib-endpoint; a server that is not installed is left out.

Each server is asked with 1 client and with 32, for some seconds, and they take turns: where a thing
stands (a point), and what a norm rests on, over a path. Clients are threads of a process of their
own and keep their connections. Before anything counts, all servers must give the same IRIs. All of
it is on one machine, so that the client takes a part of the processors from the server.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import multiprocessing
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from hrge_kg.graph.cache import builds_folder
from hrge_kg.graph.store import build_key, open_graph
from hrge_kg.namespaces import HRGE, RDF_TYPE, sparql_prologue

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 5
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
CLIENTS = (1, 32)
Servers = dict[str, tuple[list[str], int, str]]
JSON = "application/sparql-results+json"
POINT = "SELECT ?p ?o {{ <{iri}> ?p ?o }}"
PATH = "SELECT ?d {{ <{iri}> hrge:restsOn/hrge:partOf*/hrge:ofDocument? ?d }}"


@contextlib.contextmanager
def running(command: Sequence[str], port: int) -> Iterator[int]:
    """A server that answers on a port."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        until = time.monotonic() + 300
        while time.monotonic() < until and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        assert process.poll() is None, f"{command[0]} did not start"
        yield port
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def asked(connection: http.client.HTTPConnection, path: str, query: str) -> bytes:
    """The answer to a query."""
    connection.request("GET", f"{path}?query={quote(query)}", headers={"Accept": JSON})
    response = connection.getresponse()
    body = response.read()
    assert response.status == 200, body
    return body


def load(port: int, path: str, queries: Sequence[str], clients: int) -> tuple[float, float]:
    """Answers in a second, and the median of the time for one in milliseconds."""
    times: list[float] = []
    until = time.perf_counter() + SECONDS

    def work(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        turn = number
        while (start := time.perf_counter()) < until:
            asked(connection, path, queries[turn % len(queries)])
            times.append(time.perf_counter() - start)
            turn += 1
        connection.close()

    threads = [threading.Thread(target=work, args=(number * 7,)) for number in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / (time.perf_counter() - start), statistics.median(times) * 1_000


def iris(port: int, path: str, query: str) -> list[str]:
    """The IRIs of an answer. (Servers write one literal in several ways.)"""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    found = json.loads(asked(connection, path, query))["results"]["bindings"]
    connection.close()
    cells = [cell for row in found for cell in row.values()]
    return sorted(cell["value"] for cell in cells if cell["type"] == "uri")


def first_page(port: int) -> str:
    """How long the start page and the page of a norm take, the second time."""
    told = []
    for path in ("/", "/norm/safe-return"):
        taken = []
        for _ in range(6):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            start = time.perf_counter()
            connection.request("GET", path)
            connection.getresponse().read()
            taken.append(time.perf_counter() - start)
            connection.close()
        told.append(f"{path} {taken[0] * 1_000:.0f} ms at first, then {min(taken) * 1_000:.1f} ms")
    return "; ".join(told)


def servers(nt: Path) -> Servers:
    """The servers by name: command, port, path of the endpoint."""
    hrge, rdflib, oxigraph = free_port(), free_port(), free_port()
    found = {
        "hrge serve": (
            [sys.executable, "-m", "hrge_kg", "serve", "--port", str(hrge)],
            hrge,
            "/sparql",
        )
    }
    program = shutil.which("rdflib-endpoint")
    if program:
        command = [program, "serve", "--host", "127.0.0.1", "--port", str(rdflib), str(nt)]
        found["rdflib-endpoint"] = (command, rdflib, "/")
    program = shutil.which("oxigraph")
    if program:
        place = builds_folder() / build_key() / "graph"
        command = [program, "serve-read-only", "--location", str(place), "--union-default-graph"]
        command += ["--bind", f"127.0.0.1:{oxigraph}"]
        found["oxigraph serve-read-only"] = (command, oxigraph, "/query")
    return found


def compare(found: Servers, texts: Sequence[str]) -> None:
    """Stop where the servers do not answer alike."""
    answers = {
        name: [iris(port, path, text) for text in texts] for name, (_, port, path) in found.items()
    }
    assert len({json.dumps(answer) for answer in answers.values()}) == 1, "they answer otherwise"


def measure(found: Servers, kind: str, texts: Sequence[str], clients: int) -> None:
    """Print the rows of one kind of query and one number of clients; the servers take turns."""
    results: dict[str, list[tuple[float, float]]] = {name: [] for name in found}
    for _ in range(ROUNDS):
        for name, (_, port, path) in found.items():
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                results[name].append(pool.apply(load, (port, path, texts, clients)))
    for name, all_rounds in results.items():
        rate, median = (statistics.median(one) for one in zip(*all_rounds, strict=True))
        print(f"| {name} | {kind} | {clients} | {rate:,.0f} | {median:,.1f} |", flush=True)


def main() -> None:
    """Print the table."""
    graph = open_graph()
    norms = [
        quad.subject.value
        for quad in graph.quads_for_pattern(None, RDF_TYPE, HRGE("Norm"), None)
        if isinstance(quad.subject, ox.NamedNode)
    ]
    prologue = sparql_prologue().splitlines()
    prefix = next(line for line in prologue if line.startswith("PREFIX hrge:"))
    queries = {
        name: [f"{prefix} {text.format(iri=iri)}" for iri in sorted(set(norms))]
        for name, text in (("point", POINT), ("path", PATH))
    }
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"{len({quad.triple for quad in graph})} triples")
    print(f"medians of {ROUNDS} rounds of {SECONDS:g} seconds\n")
    print("| server | query | clients | answers a second | median, ms |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        nt = Path(folder) / "graph.nt"
        triples = {quad.triple for quad in graph}
        ox.serialize(sorted(triples, key=str), str(nt), format=ox.RdfFormat.N_TRIPLES)
        with contextlib.ExitStack() as stack:
            found = servers(nt)
            for command, port, _ in found.values():
                stack.enter_context(running(command, port))
            for kind, texts in queries.items():
                compare(found, texts[:20])
                for clients in CLIENTS:
                    measure(found, kind, texts, clients)
            pages = first_page(found["hrge serve"][1])
    print(f"\nFirst page of hrge serve: {pages}")


if __name__ == "__main__":
    main()
