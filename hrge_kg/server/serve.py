"""Runs the server until it is told to stop, and leaves nothing behind.

The web server (uvicorn) answers in this process; what strangers ask is worked out in others.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

import pyoxigraph as ox
import uvicorn
from starlette.types import ASGIApp

from ..assessment.assessor import Assessor
from ..errors import InputError
from ..graph.cache import is_kept
from ..graph.store import build_key, open_graph
from ..processes import Limits
from ..stopping import ended_by_sigterm
from ..system_errors import reason_of
from ..worker_pool import WorkerPool
from .answering import Answer, Asked, Question, Shown, open_asked
from .app import make_app
from .assess_page import AssessPage
from .assessing import open_assessor, work
from .connections import Unread, limited_protocol
from .describe_page import DescribePage
from .endpoint import Endpoint
from .named_queries import NamedAnswer, NamedQuestion, answer_any
from .narrowed_page import NarrowedPage
from .page_source import PageSource
from .settings import Settings
from .things import Things
from .waiting_line import WaitingLine

_State = TypeVar("_State")
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_SWITCH = 0.0005
"""How long a thread may keep the others waiting, in seconds."""
PRELOAD = (
    "hrge_kg.server.assessing",
    "hrge_kg.server.named_queries",
    "rdflib.plugins.sparql.parser",
)
"""What every process needs; one process imports it, and the others are its copies."""

QueryPool = WorkerPool[Asked, Question | NamedQuestion, Answer | Shown | NamedAnswer]


def serve(
    pages: Callable[[ox.Store], PageSource], settings: Settings, started: Callable[[str], None]
) -> None:
    """Serve the built graph until Ctrl-C or SIGTERM, which come out as KeyboardInterrupt.

    `pages` makes the pages of a graph. `started` is called with the address once it is answered.

    Raises InputError where the address cannot be used, and where the graph cannot be kept.
    """
    graph, build = open_graph(), build_key()
    if not is_kept(build):
        raise InputError(
            "HRGE_CACHE",
            "the server needs the graph in the cache, and it cannot be kept there",
            "Name a folder that you can write to in HRGE_CACHE.",
        )
    prepare = partial(open_asked, build), partial(open_assessor, build)
    serve_store(graph, pages(graph), prepare, settings, started)


def serve_store(
    graph: ox.Store,
    pages: PageSource,
    prepare: tuple[Callable[[], Asked], Callable[[], Assessor]],
    settings: Settings,
    started: Callable[[str], None],
) -> None:
    """The same for any graph; `prepare` is how a process gets at it, and at an assessor over it."""
    asked, assessor = prepare
    # Several threads only wait for processes; what comes is to be sent on at once.
    sys.setswitchinterval(_SWITCH)
    with (
        ended_by_sigterm(),
        _listener(settings) as listener,
        _pool(asked, answer_any, settings.workers, settings.query) as queries,
        _pool(assessor, work, 1, settings.assessment) as assessments,
    ):
        unread = Unread()
        waiting = settings.waiting, settings.seconds_waiting
        line = WaitingLine(assessments, *waiting)
        query_line, things = WaitingLine(queries, *waiting), Things(pages)
        app = make_app(
            settings,
            things,
            NarrowedPage(query_line, pages, things),
            Endpoint(query_line, graph, pages, settings, unread.size),
            AssessPage(line, pages, settings),
            DescribePage(line, graph, pages, settings),
        )
        address = f"http://{_host_and_port(listener)}/"
        server = _Server(
            _config(app, settings, unread),
            begin=partial(started, address),
            end=(queries.end, assessments.end),
        )
        server.run([listener])


class _Server(uvicorn.Server):
    """Tells when it answers; and ends the processes first, lest it waits for what they do."""

    def __init__(
        self, config: uvicorn.Config, begin: Callable[[], None], end: Iterable[Callable[[], None]]
    ) -> None:
        super().__init__(config)
        self._begin = begin
        self._end = end

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._begin()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for end in self._end:
            end()
        await super().shutdown(sockets)


def _config(app: ASGIApp, settings: Settings, unread: Unread) -> uvicorn.Config:
    # What uvicorn tells is about requests that cannot be read, or was told by the application.
    logger = logging.getLogger("uvicorn")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    return uvicorn.Config(
        app,
        http=limited_protocol(settings, unread),
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=1_024,
        limit_concurrency=settings.connections,
        timeout_keep_alive=settings.seconds_idle,
        timeout_graceful_shutdown=0,
        h11_max_incomplete_event_size=settings.head,
    )


@contextlib.contextmanager
def _pool(
    prepare: Callable[[], _State],
    work: Callable[[_State, _Task], _Result],
    size: int,
    limits: Limits,
) -> Iterator[WorkerPool[_State, _Task, _Result]]:
    pool = WorkerPool(prepare, work, size, limits, *PRELOAD)
    try:
        yield pool
    finally:
        pool.end()


@contextlib.contextmanager
def _listener(settings: Settings) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server(
            (settings.host, settings.port), family=family, backlog=1_024
        )
    except OSError as error:
        raise InputError(
            f"{settings.host}:{settings.port}",
            f"this address cannot be listened on ({reason_of(error)})",
            "Name another port with --port, or an address of this machine with --host.",
        ) from error
    with listener:
        # asyncio does so only for sockets that were made for TCP by name. Without, the second
        # packet of an answer waits until the client has confirmed the first: 40 ms.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield listener


def _host_and_port(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
