"""Speaks to the graph store that the user names, and to no other: it follows no redirect.

(W3C, SPARQL 1.1 Graph Store HTTP Protocol, 2013)
"""

from __future__ import annotations

import os
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, build_opener

import pyoxigraph as ox

from ..errors import InputError
from ..query.remote import RefuseRedirects, error_detail

SECONDS = 60
"""How long a store may be silent."""
LARGEST = 10_000_000
"""Bytes of an answer."""
AUTHORIZATION = "HRGE_AUTHORIZATION"
"""The environment variable with the header by which the store knows the user."""
_TYPE = "application/n-triples"


class GraphStore:
    """A graph store. Each method raises InputError where the store does not do what is asked."""

    def __init__(self, address: str, seconds: float = SECONDS) -> None:
        """`address` is that of the graph store, such as http://localhost:7878/store."""
        if not address.startswith(("http://", "https://")):
            raise InputError(
                address,
                "this is no address of a graph store",
                "Give an address that begins with https:// or http://.",
            )
        self.address = address
        self._seconds = seconds
        self._opener = build_opener(RefuseRedirects)

    def holds(self, graph: str) -> bool:
        """Whether a graph of this name has a statement."""
        return bool(self._ask("GET", graph, most=1).strip())

    def statements(self, graph: str) -> list[ox.Triple]:
        """The statements of a small graph; none where there is no such graph. (5.2)"""
        found = self._ask("GET", graph, most=LARGEST)
        if b"<<" in found:  # triples about triples …, whose depth could end the process
            raise self._refusal("its answer has triple terms, which hrge did not write")
        try:
            return [quad.triple for quad in ox.parse(found, format=ox.RdfFormat.N_TRIPLES)]
        except SyntaxError as error:
            raise self._refusal(f"its answer is not N-Triples: {error}") from error

    def replace(self, graph: str, statements: list[ox.Triple]) -> None:
        """Make these the statements of a graph: all of them, and no others. (5.3)"""
        content = ox.serialize(statements, format=ox.RdfFormat.N_TRIPLES) or b""
        self._ask("PUT", graph, content)

    def remove(self, graph: str) -> None:
        """Remove a graph, if it is there. (5.4)"""
        self._ask("DELETE", graph)

    def _ask(self, method: str, graph: str, content: bytes | None = None, most: int = 1) -> bytes:
        """The first bytes of the answer; none where there is no such graph."""
        joint = "&" if "?" in self.address else "?"
        request = Request(
            f"{self.address}{joint}graph={quote(graph, safe='')}", content, method=method
        )
        request.add_header("Accept", _TYPE if method == "GET" else "*/*")
        if content is not None:
            request.add_header("Content-Type", _TYPE)
        if AUTHORIZATION in os.environ:
            request.add_header("Authorization", os.environ[AUTHORIZATION])
        try:
            with self._opener.open(request, timeout=self._seconds) as response:
                found: bytes = response.read(most + 1)
        except HTTPError as error:
            if error.code == 404 and method != "PUT":
                return b""
            detail = error_detail(error)
            error.close()
            told = f"it answers {error.code} {error.reason}{': ' + detail if detail else ''}"
            raise self._refusal(told) from error
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise self._refusal(f"it does not answer: {error}") from error
        if most > 1 and len(found) > most:
            raise self._refusal(f"its answer is larger than {most // 1_000_000} MB")
        return found

    def _refusal(self, told: str) -> InputError:
        return InputError(
            self.address,
            told,
            f"Check the address of the graph store, your rights ({AUTHORIZATION}), and your "
            "connection; then publish again.",
        )
