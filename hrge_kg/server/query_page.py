"""The page of queries: a field, the named queries as examples, and the answer as a table."""

from __future__ import annotations

import json
from functools import cached_property
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from starlette.responses import Response

from ..namespaces import BASE, PREFIXES, shrink
from ..parsing.sparql_words import query_form
from ..query.catalogue import catalogue
from ..sparql import query_text, select
from .answering import MOST_SHOWN, Shown
from .page_source import PageSource
from .pages_of_ours import page
from .refusals import Refusal

_DOWNLOADS = {
    "SELECT": ("csv", "tsv", "json", "xml"),
    "ASK": ("json", "xml"),
    "CONSTRUCT": ("ttl", "nt", "jsonld", "rdf"),
    "DESCRIBE": ("ttl", "nt", "jsonld", "rdf"),
}
_START = """SELECT ?thing ?label WHERE {
  ?thing rdfs:label ?label .
}
ORDER BY ?label
LIMIT 20
"""


class QueryPage:
    """The page, empty, with an answer, or with the reason why there is none."""

    def __init__(self, graph: ox.Store, pages: PageSource) -> None:
        self._graph = graph
        self._pages = pages

    @cached_property
    def terms(self) -> bytes:
        """The prefixes, and the names that are offered while one types, as JSON."""
        names = [
            [shrink(row["thing"]), row["label"]]
            for row in select(self._graph, query_text("server/terms.rq"))
        ]
        named = [name for name in names if not name[0].startswith(("http:", "https:"))]
        return json.dumps({"prefixes": PREFIXES, "terms": named}, ensure_ascii=False).encode()

    def empty(self, endpoint: str, example: str | None) -> Response:
        """The page before anything is asked, with a named query in its field if one is named.

        Raises Refusal (404) for a name that no query has.
        """
        texts = {query.name: query.text for query in catalogue()}
        if example is not None and example not in texts:
            raise Refusal(404, "There is no named query of this name.")
        return self._page(endpoint, texts[example] if example else _START)

    def answered(self, endpoint: str, text: str, shown: Shown) -> Response:
        """The page with an answer."""
        links = [
            (name, f"?{urlencode({'query': text, 'format': name}, quote_via=quote)}")
            for name in _DOWNLOADS.get(query_form(text), ())
        ]
        return self._page(endpoint, text, shown=shown, links=links)

    def refused(self, endpoint: str, text: str, refusal: Refusal) -> Response:
        """The page with the reason why there is no answer."""
        return self._page(endpoint, text, refusal=refusal)

    def _page(
        self,
        endpoint: str,
        text: str,
        *,
        shown: Shown | None = None,
        links: list[tuple[str, str]] | None = None,
        refusal: Refusal | None = None,
    ) -> Response:
        response = page(
            self._pages,
            "sparql",
            "Ask the graph in SPARQL",
            refusal.status if refusal else 200,
            endpoint=endpoint,
            text=text,
            examples=catalogue(),
            shown=shown,
            links=links or [],
            most=MOST_SHOWN,
            reason=str(refusal) if refusal else None,
            link=_address,
        )
        response.headers["Vary"] = "Accept"
        if refusal:
            response.headers.update(refusal.headers)
        return response


def _address(iri: str) -> str:
    """Where a link to a thing leads: to its page here, or to its own address.

    >>> _address(BASE + "id/norm/x"), _address("javascript:alert(1)")
    ('/id/norm/x', '')
    """
    if iri.startswith(BASE):
        return "/" + iri.removeprefix(BASE)
    return iri if iri.startswith(("http://", "https://")) else ""
