"""Runs the server in a process of its own, over the built graph or over data of the W3C.

`python serving.py` is that process; `served` starts it, and looks that nothing of it is left.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox
from markupsafe import Markup
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.errors import Stopped
from hrge_kg.server.answering import Asked, asked
from hrge_kg.server.settings import Settings

W3C = FIXTURES / "w3c" / "sparql11-protocol"
W3C_DATA = "http://kasei.us/2009/09/sparql/data/"
FORM = "application/x-www-form-urlencoded"
NORM = "https://w3id.org/hrge/id/norm/safe-return"


class FewPages:
    """Three pages, which need no time to be made."""

    _pages: Mapping[str, bytes] = {
        "index.html": b"<!DOCTYPE html><title>Start</title>",
        "norm/safe-return.html": b"<!DOCTYPE html><title>A norm</title>",
        "norm/safe-return.ttl": f'<{NORM}> <http://x.org/says> "so" .\n'.encode(),
        "norm/safe-return.jsonld": b"[]",
        "style.css": b"p {}",
    }

    def page(self, path: str) -> bytes | None:
        return self._pages.get(path)

    def framed(self, path: str, title: str, main: Markup, *beside: str) -> bytes:
        head = "".join(
            f'<link rel="stylesheet" href="/{name}">'
            if name.endswith("css")
            else f'<script src="/{name}" defer></script>'
            for name in beside
        )
        return f"<!DOCTYPE html><title>{title}</title>{head}<main>{main}</main>".encode()

    def narrowed(self, *_: object) -> bytes:
        raise LookupError("there is no page of a named query here")

    def path_of(self, iri: str) -> str | None:
        return "norm/safe-return.html" if iri == NORM else None

    def iri_of(self, path: str) -> str | None:
        return NORM if path == "norm/safe-return.html" else None


def w3c_asked() -> Asked:
    """The data of the W3C's tests of the protocol, each file a named graph."""
    store = ox.Store()
    for path in sorted(W3C.glob("*.nt")):
        graph = ox.NamedNode(f"{W3C_DATA}{path.stem}.rdf")
        store.load(path=path, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
    return asked(store)


def no_assessor() -> Assessor:
    """Nobody asks for one."""
    raise LookupError("there is no assessor here")


@dataclass
class Reply:
    """What the server replied."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Served:
    """A server at work."""

    process: subprocess.Popen[str]
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def request(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 60,
    ) -> Reply:
        """The reply to one request, over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            named = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, named, response.read())
        finally:
            connection.close()

    def ask(self, query: str, accept: str | None = None, **more: str) -> Reply:
        """The reply to a query, posted as a form."""
        body = urlencode({"query": query, **more}).encode()
        headers = {"Content-Type": FORM, **({"Accept": accept} if accept else {})}
        return self.request("/sparql", method="POST", body=body, headers=headers)

    def holds(self, port: int) -> bool:
        """Whether the server holds a connection to a port of this machine open. (Linux)"""
        rows = Path("/proc/net/tcp").read_text().splitlines()[1:]
        ends = (f":{self.port:04X}", f":{port:04X}")
        return any(
            (here[8:], there[8:], state) == (*ends, "01")
            for _, here, there, state, *_ in map(str.split, rows)
        )

    def workers(self) -> list[int]:
        """The processes of the server that are not the server."""
        return sorted(_group(self.process.pid) - {self.process.pid})

    def answering(self) -> list[int]:
        """Those of them that answer: they alone have a thread that looks after their parent."""
        return [number for number in self.workers() if len(_threads(number)) > 1]

    def memory(self) -> int:
        """Bytes of memory that the server and its processes hold together, each page once."""
        return sum(map(_proportional, _group(self.process.pid)))


@contextmanager
def served(*, data: str = "few", **settings: object) -> Iterator[Served]:
    """A server that is answering; it ends with the block, and nothing of it is left.

    `data`: `few` (the built graph with few pages), `all` (with all pages) or `w3c`. `settings` are
    those of `Settings`; `query` and `assessment` give what is other than usual in their limits.
    """
    process = subprocess.Popen(
        [sys.executable, __file__, data, json.dumps(settings)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stdout
    try:
        address = process.stdout.readline().strip()
        port = urlsplit(address).port
        assert port, "the server did not start"
        yield Served(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        process.stdout.close()
        remaining = left(process.pid)
        for number in remaining:
            os.kill(number, signal.SIGKILL)
    assert remaining == set()


def left(group: int, seconds: float = 5) -> set[int]:
    """The processes of a group that are still there after so many seconds."""
    until = time.monotonic() + seconds
    while (left := _group(group)) and time.monotonic() < until:
        time.sleep(0.02)
    return left


def _group(group: int) -> set[int]:
    """The living processes of a group. (Linux)"""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state, _, its_group = path.joinpath("stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it has just ended
            continue
        if int(its_group) == group and state != "Z":
            found.add(int(path.name))
    return found


def _threads(process: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{process}/task").iterdir())
    except OSError:
        return []


def begin(server: Served, query: str) -> socket.socket:
    """Ask, and do not wait for the answer."""
    asking = socket.create_connection(("127.0.0.1", server.port))
    head = f"GET /sparql?{urlencode({'query': query})} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    asking.sendall(head.encode())
    return asking


def _proportional(process: int) -> int:
    try:
        rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:"))


def _serve(data: str, given: Mapping[str, Any]) -> None:
    from functools import partial

    from hrge_kg.graph.store import build_key, open_graph
    from hrge_kg.server import answering, assessing
    from hrge_kg.server.serve import serve_store
    from hrge_kg.site.pages import Pages

    settings = Settings(port=0)
    changed = {
        name: replace(getattr(settings, name), **value) if isinstance(value, dict) else value
        for name, value in given.items()
    }
    settings = replace(settings, **changed)

    def started(address: str) -> None:
        print(address, flush=True)

    if data == "w3c":
        prepare = (w3c_asked, no_assessor)
        serve_store(w3c_asked().store, FewPages(), prepare, settings, started)
        return
    graph, build = open_graph(), build_key()
    pages = Pages(graph, asks=True) if data == "all" else FewPages()
    both = (partial(answering.open_asked, build), partial(assessing.open_assessor, build))
    serve_store(graph, pages, both, settings, started)


if __name__ == "__main__":
    import serving  # so that what the processes are told to run is in a module that they can import

    # A shell that runs the tests in the background has all their processes ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        serving._serve(sys.argv[1], json.loads(sys.argv[2]))
    except KeyboardInterrupt as stop:
        sys.exit(143 if isinstance(stop, Stopped) else 130)
