"""Reads requests: a body of limited size, parameters in UTF-8, the SPARQL 1.1 Protocol.

(W3C SPARQL 1.1 Protocol, 2.1: query via GET, via URL-encoded POST, via POST directly.)
"""

from __future__ import annotations

from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.requests import ClientDisconnect, Request

from .answering import Question
from .refusals import Refusal

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MOST_PARAMETERS = 1_000
_READ_ONLY = "This endpoint is read-only: it takes no update."

Parameters = list[tuple[str, str]]


async def read_body(request: Request, most: int) -> bytes:
    """The body of a request.

    Raises Refusal (413) as soon as it is larger than `most`.
    """
    too_large = Refusal(413, f"The request is larger than {most:,} bytes.")
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > most:
        raise too_large
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise too_large
            parts.append(part)
    except ClientDisconnect:
        raise Refusal(400, "The request ended too early.") from None
    return b"".join(parts)


def parameters(data: bytes, what: str) -> Parameters:
    """The parameters of an address or of a form. Raises Refusal for what is not in UTF-8."""
    try:
        return parse_qsl(
            data.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except ValueError as error:
        raise Refusal(400, f"{what} cannot be read: {error}.") from None


def media_type(request: Request) -> str:
    """The type of the body, in small letters, without its parameters.

    Raises Refusal (415) where it says that it is in another encoding than UTF-8.
    """
    media, *rest = request.headers.get("content-type", "").split(";")
    for parameter in rest:
        name, _, value = parameter.strip().partition("=")
        encoding = value.strip("\"' ").lower()
        if name.strip().lower() == "charset" and encoding not in ("utf-8", "utf8"):
            raise Refusal(415, "Write the request in UTF-8.")
    return media.strip().lower()


async def read_question(request: Request, most: int) -> Question | None:
    """The question of a request to the endpoint; None for a GET that asks nothing.

    Raises Refusal for whatever is no query of the protocol.
    """
    given = parameters(request.scope["query_string"], "The address")
    if request.method == "POST":
        media = media_type(request)
        if media == UPDATE:
            raise Refusal(403, _READ_ONLY)
        if media not in (FORM, QUERY):
            reason = f"Send a query as {FORM} or as {QUERY}."
            raise Refusal(415, reason, {"Accept-Post": f"{FORM}, {QUERY}"})
        body = await read_body(request, most)
        given += parameters(body, "The form") if media == FORM else [("query", _text(body))]
    if any(name == "update" for name, _ in given):
        raise Refusal(403, _READ_ONLY)
    queries = [value for name, value in given if name == "query"]
    if len(queries) > 1:
        raise Refusal(400, "The request has more than one query. Send one.")
    if not queries:
        if request.method == "POST":
            raise Refusal(400, "The request has no query. Send one, as the parameter query.")
        return None
    formats = [value for name, value in given if name in ("format", "output")]
    return Question(
        queries[0],
        address(request),
        _graphs(given, "default-graph-uri"),
        _graphs(given, "named-graph-uri"),
        request.headers.get("accept"),
        formats[0] if formats else None,
    )


def address(request: Request) -> str:
    """The address of the endpoint, as the client calls it."""
    return f"{request.base_url}sparql"


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, "The query is not in UTF-8.") from None


def _graphs(given: Parameters, wanted: str) -> tuple[str, ...]:
    iris = tuple(value for name, value in given if name == wanted and value)
    for iri in iris:
        try:
            ox.NamedNode(iri)
        except ValueError:
            raise Refusal(400, f"{wanted} is no IRI.") from None
    return iris
