"""The pages, and what RDF says of the thing that a page is about.

At the address of a page a client gets HTML, Turtle, JSON-LD or N-Triples, as it likes best
(RFC 9110, 12). The path of an IRI of the graph leads to its page (303; W3C, Cool URIs for the
Semantic Web, 4.3).
"""

from __future__ import annotations

import mimetypes
from functools import lru_cache

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..namespaces import BASE
from . import media
from .page_source import PageSource
from .refusals import Refusal

_BESIDE = {"text/turtle": ".ttl", "application/ld+json": ".jsonld"}
"""The endings of the files with the RDF of a thing that lie beside its page."""
_RDF = (*_BESIDE, "application/n-triples")
_TYPES = mimetypes.MimeTypes()
for _ending, _type in (
    (".ttl", "text/turtle"),
    (".nt", "application/n-triples"),
    (".jsonld", "application/ld+json"),
    (".js", "text/javascript"),
    (".bib", "application/x-bibtex"),
    (".ris", "application/x-research-info-systems"),
):
    _TYPES.add_type(_type, _ending)
_KEPT = 500
"""Pages that are kept in memory once they are made."""


class Things:
    """Answers with pages, and with the RDF of what they are about."""

    def __init__(self, pages: PageSource) -> None:
        self._pages = pages
        self._page = lru_cache(maxsize=_KEPT)(pages.page)

    async def answer(self, request: Request) -> Response:
        """The page at an address, or the RDF of its thing.

        Raises Refusal: 404 where there is no page, 406 where no format is taken.
        """
        asked = str(request.scope["path"]).removeprefix("/") or "index.html"
        for path in (asked, f"{asked}.html", f"{asked}index.html"):
            content = await run_in_threadpool(self._page, path)
            if content is not None:
                return await self._negotiated(request, path, content)
        page = self._pages.path_of(BASE + asked) or self._pages.path_of(f"{BASE}{asked}#")
        if page is None:
            raise Refusal(404, "There is no such page.")
        return RedirectResponse(f"{request.base_url}{page}", 303, headers={"Vary": "Accept"})

    async def _negotiated(self, request: Request, path: str, content: bytes) -> Response:
        if not path.endswith(".html"):
            kind = _TYPES.guess_type(path)[0] or "application/octet-stream"
            return Response(content, media_type=media.with_charset(kind))
        iri = self._pages.iri_of(path)
        offered = (media.HTML, *_RDF) if iri else (media.HTML,)
        chosen = media.best(request.headers.get("accept"), offered)
        if chosen is None:
            reason = f"This address is answered in {', '.join(offered)}."
            raise Refusal(406, reason, {"Vary": "Accept"})
        if chosen != media.HTML:
            content = await run_in_threadpool(self._rdf, path.removesuffix(".html"), chosen)
        kind = media.with_charset(chosen)
        return Response(content, media_type=kind, headers={"Vary": "Accept"})

    def _rdf(self, path: str, chosen: str) -> bytes:
        turtle = self._page(path + _BESIDE["text/turtle"]) or b""
        if chosen not in _BESIDE:
            quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
            return ox.serialize(quads, format=media.GRAPHS[chosen]) or b""
        return self._page(path + _BESIDE[chosen]) or b""
