"""The page of a named query that is asked more closely: by the form on that page, or by a link."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ..query.catalogue import catalogue
from ..tables.writers import write
from . import media
from .endpoint import QueryLine
from .named_queries import NamedAnswer, NamedQuestion
from .page_source import PageSource
from .refusals import Refusal
from .things import Things

FORMAT = "format"
"""The parameter that asks for the answer as a file."""


class NarrowedPage:
    """Answers at /query/NAME. Without a parameter, that is the page that all have."""

    def __init__(self, line: QueryLine, pages: PageSource, things: Things) -> None:
        self._line = line
        self._pages = pages
        self._things = things
        self._queries = {query.name: query for query in catalogue()}

    async def answer(self, request: Request) -> Response:
        """The page with the answer, or the answer as CSV.

        Raises Refusal.
        """
        name = request.path_params["name"].removesuffix(".html")
        given = request.query_params.multi_items()
        params = [(key, value) for key, value in given if value.strip() and key != FORMAT]
        if name not in self._queries or not params:
            return await self._things.answer(request)
        try:
            if len(params) != len(dict(params)):
                raise Refusal(400, "A parameter is given twice. Give each once.")
            asked = NamedQuestion(name, tuple(params))
            found = await self._line.answer(request, asked, name)
        except Refusal as refusal:
            return await self._page(name, dict(params), refusal)
        assert isinstance(found, NamedAnswer)
        if request.query_params.get(FORMAT) == "csv":
            kind = media.with_charset("text/csv")
            return Response(write(found.table, "csv").encode(), headers={"Content-Type": kind})
        return await self._page(name, dict(params), found)

    async def _page(
        self, name: str, params: dict[str, str], found: NamedAnswer | Refusal
    ) -> Response:
        if isinstance(found, Refusal):
            content = await run_in_threadpool(
                self._pages.narrowed, name, params, None, None, (str(found),)
            )
            return HTMLResponse(content, found.status, headers=found.headers)
        content = await run_in_threadpool(
            self._pages.narrowed, name, params, found.table, found.text, found.said
        )
        return HTMLResponse(content)
