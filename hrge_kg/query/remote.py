"""Asks a SPARQL endpoint that the user names, and no other: it refuses redirects and SERVICE.

Needs the extra `remote` (SPARQLWrapper).
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage, HTTPResponse, IncompleteRead
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pyoxigraph as ox

from ..errors import InputError, MissingExtra
from ..parsing.sparql_words import query_form
from ..tables.model import Table
from .catalogue import Query, find_query
from .run import portable_text, table_of

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

_LOGGER = logging.getLogger(__name__)

SECONDS = 60
"""How long an endpoint may take to answer."""
LARGEST = 100_000_000
"""Bytes of an answer."""
DEEPEST = 100
"""Objects and lists within each other in an answer; a table without triple terms has five."""

_NESTING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)


class RefuseRedirects(HTTPRedirectHandler):
    """Refuses every redirect: its address is another endpoint, which the user did not name."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Raises HTTPError with the address to which it would lead."""
        raise HTTPError(
            req.full_url, code, f"it sends on to {newurl}, which was not asked for", headers, fp
        )


def run_remote(
    endpoint_url: str,
    name_or_text: str | Query,
    params: Mapping[str, str] | None = None,
    seconds: int = SECONDS,
) -> Table | bool:
    """Run a SELECT or ASK query (a named query too) at an endpoint.

    The endpoint has to show its graphs as one. Where it has no row, the log says what to look at.

    Raises InputError if the extra is not installed, if the query is neither SELECT nor ASK, and if
    the endpoint does not answer with SPARQL results.
    """
    try:
        from SPARQLWrapper import JSON, POST, SPARQLWrapper
    except ImportError as error:
        raise MissingExtra("--endpoint", "SPARQLWrapper", "remote") from error
    if not endpoint_url.startswith(("http://", "https://")):
        raise InputError(
            endpoint_url,
            "this is no address of an endpoint",
            "Give an address that begins with https:// or http://.",
        )
    query = name_or_text if isinstance(name_or_text, Query) else find_query(name_or_text)
    text = portable_text(query, params or {})
    form = query_form(text)
    if form not in ("SELECT", "ASK"):
        raise InputError(
            query.file, "only SELECT and ASK are asked of an endpoint", "Ask with SELECT."
        )
    wrapper = SPARQLWrapper(endpoint_url)
    # Its setQuery may take a word of a comment for the form.
    wrapper.queryString, wrapper.queryType = text, form
    wrapper.setMethod(POST)
    wrapper.setReturnFormat(JSON)
    wrapper.setOnlyConneg(True)
    wrapper.setTimeout(seconds)
    result = _table(_answer(wrapper, endpoint_url, seconds), endpoint_url, query)
    if isinstance(result, Table) and not result.terms:
        _LOGGER.warning(
            "%s: no row. Does it hold the whole graph (every file below graphs/, or hrge.nq), and "
            "show its graphs as one?",
            endpoint_url,
        )
    return result


def _answer(wrapper: SPARQLWrapper, endpoint: str, seconds: int) -> bytes:
    until = time.monotonic() + seconds
    try:
        # SPARQLWrapper's own opener would follow redirects.
        with build_opener(RefuseRedirects).open(
            wrapper._createRequest(), timeout=seconds
        ) as response:
            return _body(response, endpoint, until)
    except HTTPError as error:
        detail = error_detail(error)
        problem = (
            f"the endpoint answers {error.code} {error.reason}{': ' + detail if detail else ''}"
        )
        error.close()
        raise InputError(endpoint, problem, "Check the address and the query.") from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise InputError(
            endpoint,
            f"the endpoint does not answer: {error}",
            "Check the address and your connection.",
        ) from error


def _body(response: HTTPResponse, endpoint: str, until: float) -> bytes:
    """What an endpoint sends, which must come whole in time and not be too large."""
    parts: list[bytes] = []
    size = 0
    while part := response.read1(1_000_000):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            problem = f"the endpoint's answer is larger than {LARGEST // 1_000_000} MB"
            raise InputError(endpoint, problem, "Ask for less, for instance with LIMIT.")
        if time.monotonic() > until:
            problem = "the endpoint is too slow: its answer is not whole in time"
            raise InputError(endpoint, problem, "Ask for less, or ask again later.")
    if response.length:  # read1 does not tell that the connection ended too early
        raise IncompleteRead(b"", response.length)
    return b"".join(parts)


def error_detail(error: HTTPError) -> str:
    """The first words of what an endpoint sends with an error."""
    try:
        return " ".join(error.read(300).decode("utf-8", "replace").split())
    except (HTTPException, OSError, ValueError):
        return ""


def _refuse_depth(data: bytes, endpoint: str) -> None:
    """Refuse triples about triples about triples …: they would end the process that parses them."""
    depth = 0
    for token in _NESTING.finditer(data):
        if token[0] in (b"{", b"["):
            depth += 1
            if depth > DEEPEST:
                problem = "the endpoint's answer is nested too deeply"
                raise InputError(endpoint, problem, "Ask for less of each thing.")
        elif token[0] in (b"}", b"]"):
            depth -= 1


def _table(data: bytes, endpoint: str, query: Query) -> Table | bool:
    _refuse_depth(data, endpoint)
    try:
        answer = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        return bool(answer) if isinstance(answer, ox.QueryBoolean) else table_of(answer, query)
    except (SyntaxError, ValueError) as error:
        problem = f"the endpoint's answer is not SPARQL results in JSON: {error}"
        raise InputError(
            endpoint, problem, "Check that this is the address of a SPARQL endpoint."
        ) from error
