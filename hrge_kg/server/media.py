"""Media types, and which of them a client gets. (RFC 9110, 12.5.1)

>>> best("text/turtle;q=0.5, application/ld+json", GRAPHS)
'application/ld+json'
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
}
"""For the answers to SELECT and ASK; the first where the client does not mind."""
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
"""For the answers to CONSTRUCT and DESCRIBE, and for the description of a thing."""
HTML = "text/html"
SHORT_NAMES = {
    "json": ("application/sparql-results+json",),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "turtle": ("text/turtle",),
    "ttl": ("text/turtle",),
    "nt": ("application/n-triples",),
    "n-triples": ("application/n-triples",),
    "json-ld": ("application/ld+json",),
    "jsonld": ("application/ld+json",),
    "rdf": ("application/rdf+xml",),
    "rdf+xml": ("application/rdf+xml",),
}
"""What the parameter `format` may say, for links that cannot send a header."""
_LONGEST = 2_000


def best(accept: str | None, offered: Iterable[str]) -> str | None:
    """The media type that the client likes best; the first of those that it likes alike.

    None where it takes none of them. A range that cannot be read counts as absent; without any,
    the first is taken.

    >>> best(None, RESULTS), best("image/png", RESULTS), best("text/*;q=0.1, */*;q=0", RESULTS)
    ('application/sparql-results+json', None, 'text/csv')
    """
    ranges = _ranges(accept or "*/*") or [("*/*", 1.0)]
    liked = {media: _quality(media, ranges) for media in offered}
    found = max(liked, key=lambda media: liked[media], default=None)
    return found if found is not None and liked[found] > 0 else None


def named(name: str | None, offered: Iterable[str]) -> str | None:
    """The media type that the parameter `format` asks for; None where it asks for none of these.

    >>> named("csv", RESULTS), named("text/turtle", GRAPHS), named("csv", GRAPHS)
    ('text/csv', 'text/turtle', None)
    """
    wanted = SHORT_NAMES.get((name or "").lower(), (name,))
    return next((media for media in offered if media in wanted), None)


def with_charset(media: str) -> str:
    """A media type as the header names it: what is text says that it is UTF-8."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept[:_LONGEST].split(","):
        media, *parameters = (word.strip() for word in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                quality = _number(value.strip())
        if media.count("/") == 1:
            found.append((media.lower(), quality))
    return found


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _quality(media: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the range that says most about a media type."""
    for wanted in (media, f"{media.partition('/')[0]}/*", "*/*"):
        for name, quality in ranges:
            if name == wanted:
                return quality
    return 0.0
