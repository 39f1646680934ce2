"""The endpoint: queries of the SPARQL 1.1 Protocol, its own description, and the page of queries.

One address serves programs and people: who likes HTML best gets a page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from . import media
from .answering import FILE, Answer, Asked, Question, Shown
from .named_queries import NamedAnswer, NamedQuestion
from .page_source import PageSource
from .query_page import QueryPage
from .refusals import Refusal
from .requests import address, read_question
from .service import DESCRIBED_PREFIXES, ServiceDescription
from .settings import Settings
from .waiting_line import WaitingLine

QueryLine = WaitingLine[Asked, Question | NamedQuestion, Answer | Shown | NamedAnswer]


class Endpoint:
    """Answers at /sparql. `unread` tells how many bytes of answers clients have not yet taken."""

    def __init__(
        self,
        line: QueryLine,
        graph: ox.Store,
        pages: PageSource,
        settings: Settings,
        unread: Callable[[], int],
    ) -> None:
        self._line = line
        self._graph = graph
        self._settings = settings
        self._unread = unread
        self._page = QueryPage(graph, pages)

    @property
    def terms(self) -> bytes:
        """The names that the page of queries offers, as JSON."""
        return self._page.terms

    @cached_property
    def _description(self) -> ServiceDescription:
        return ServiceDescription(self._graph)

    async def answer(self, request: Request) -> Response:
        """The answer to a query; without one, the description of the endpoint or an empty page.

        Raises Refusal.
        """
        offered = (*media.RESULTS, *media.GRAPHS, media.HTML)
        accept = request.headers.get("accept")
        for_people = media.best(accept, offered) == media.HTML
        if not for_people:
            return await self._for_programs(request)
        return await self._for_people(request)

    async def _for_programs(self, request: Request) -> Response:
        question = await read_question(request, self._settings.query_body)
        if question is None:
            return await self._described(request)
        found = await self._found(request, question)
        assert isinstance(found, Answer)
        return _sent(found)

    async def _for_people(self, request: Request) -> Response:
        text, called = "", address(request)
        try:
            question = await read_question(request, self._settings.query_body)
            if question is None:
                return self._page.empty(called, request.query_params.get("example"))
            text = question.text
            found = await self._found(request, question)
        except Refusal as refusal:
            return self._page.refused(called, text, refusal)
        if isinstance(found, Answer):
            return _sent(found)
        return self._page.answered(called, text, found)

    async def _found(self, request: Request, question: Question) -> Answer | Shown:
        if self._unread() > self._settings.bytes_sending:
            raise Refusal.busy("Too many answers wait to be read")
        found = await self._line.answer(request, question, FILE)
        assert not isinstance(found, NamedAnswer)
        return found

    async def _described(self, request: Request) -> Response:
        chosen = media.best(request.headers.get("accept"), media.GRAPHS)
        if chosen is None:
            reason = f"The description of the endpoint is in {', '.join(media.GRAPHS)}."
            raise Refusal(406, reason, {"Vary": "Accept"})
        body = await run_in_threadpool(self._written, address(request), chosen)
        return _sent(Answer(chosen, body))

    def _written(self, called: str, chosen: str) -> bytes:
        triples = self._description.triples(called)
        written = ox.serialize(triples, format=media.GRAPHS[chosen], prefixes=DESCRIBED_PREFIXES)
        return written or b""


def _sent(answer: Answer) -> Response:
    kind = media.with_charset(answer.media)
    return Response(answer.body, headers={"Content-Type": kind, "Vary": "Accept"})
