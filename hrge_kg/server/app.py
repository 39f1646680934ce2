"""The application: which address is answered by what, and what every answer has in its head."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import fault_of
from .assess_page import AssessPage
from .describe_page import DescribePage
from .endpoint import Endpoint
from .narrowed_page import NarrowedPage
from .pages_of_ours import FILES, file
from .refusals import Refusal, plain
from .settings import Settings
from .things import Things

_LOGGER = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""In the head of every answer, unless the answer has its own."""


def make_app(
    settings: Settings,
    things: Things,
    narrowed_page: NarrowedPage,
    endpoint: Endpoint,
    assess_page: AssessPage,
    describe_page: DescribePage,
) -> Starlette:
    """The application over its parts."""

    async def terms(request: Request) -> Response:
        return Response(endpoint.terms, media_type="application/json")

    async def own_file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in FILES:
            raise Refusal(404, "There is no such file.")
        return file(name)

    async def no_icon(request: Request) -> Response:
        return Response(status_code=204)

    routes = [
        Route("/favicon.ico", no_icon, methods=["GET"]),
        Route("/sparql", endpoint.answer, methods=["GET", "POST"]),
        Route("/sparql/", endpoint.answer, methods=["GET", "POST"]),
        Route("/assess", assess_page.show, methods=["GET"]),
        Route("/assess", assess_page.answer, methods=["POST"]),
        Route("/describe", describe_page.show, methods=["GET"]),
        Route("/describe", describe_page.take_turn, methods=["POST"]),
        Route("/describe/report", describe_page.report, methods=["POST"]),
        Route("/describe/file", describe_page.file, methods=["POST"]),
        Route("/server/terms.json", terms, methods=["GET"]),
        Route("/server/{name}", own_file, methods=["GET"]),
        Route("/query/{name}", narrowed_page.answer, methods=["GET"]),
        Route("/{path:path}", things.answer, methods=["GET"]),
    ]
    middleware = [
        Middleware(_Heads, settings.head),
        Middleware(TrustedHostMiddleware, allowed_hosts=settings.names, www_redirect=False),
        # Whatever is here is public and the same for all: pages of other places may read it.
        Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["*"],
            max_age=86_400,
        ),
    ]
    handlers: dict[int | type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
        Refusal: _refused,
        HTTPException: _refused_by_starlette,
        Exception: _failed,
    }
    return Starlette(routes=routes, middleware=middleware, exception_handlers=handlers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return plain(error)


async def _refused_by_starlette(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return plain(Refusal(error.status_code, f"{error.detail}.", error.headers))


async def _failed(request: Request, error: Exception) -> Response:
    _LOGGER.error("this is a fault of hrge: %s", fault_of(error))
    # It is sent past the middleware, which failed perhaps.
    return plain(Refusal(500, "This is a fault of hrge, not of your request.", HEADERS))


class _Heads:
    """Adds what every answer has in its head, and refuses a request whose head is too large.

    (uvicorn limits only a head that comes in several parts.)
    """

    def __init__(self, app: ASGIApp, largest: int) -> None:
        self._app = app
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.lower().encode(), value.encode())
                        for name, value in HEADERS.items()
                        if name.lower().encode() not in present
                    ),
                ]
            await send(message)

        app = self._app
        if _size_of_head(scope) > self._largest:
            app = plain(
                Refusal(431, f"The head of the request has more than {self._largest} bytes.")
            )
        await app(scope, receive, with_headers)


def _size_of_head(scope: Scope) -> int:
    headers = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
    return len(scope["raw_path"]) + len(scope["query_string"]) + headers
