"""`hrge serve`: the pages, a SPARQL endpoint and a page that assesses descriptions, locally."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from ..errors import MissingExtra
from .output import add_verb
from .streams import tell

if TYPE_CHECKING:
    from .output import Verbs

_PORT = 8017
_ADDRESSES = {"Describe a programme": "describe", "Assess": "assess", "Ask in SPARQL": "sparql"}
"""What every page leads to besides pages, by name."""


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "serve",
        "open the pages and a SPARQL endpoint on this machine",
        run,
        "hrge serve --open",
    )
    verb.add_argument(
        "--port",
        type=_port,
        default=_PORT,
        metavar="N",
        help=f"listen on this port (default: {_PORT}; 0 takes a free one)",
    )
    verb.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="listen on this address of the machine (default: 127.0.0.1, which no other reaches)",
    )
    verb.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="NAME",
        help="answer requests to this name as well, such as that of a proxy (repeatable)",
    )
    verb.add_argument("--open", action="store_true", help="open the pages in the browser")


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    try:
        from ..server.serve import serve
        from ..server.settings import LOCAL_NAMES, Settings
    except ImportError as error:
        raise MissingExtra("hrge serve", "Starlette, uvicorn and Jinja2", "web") from error
    from ..site.pages import Pages

    def started(address: str) -> None:
        tell(f"{address} (Ctrl-C stops it)")
        if arguments.open:
            import webbrowser

            webbrowser.open_new_tab(address)

    names = (*LOCAL_NAMES, arguments.host, *arguments.name)
    settings = Settings(host=arguments.host, port=arguments.port, names=names)
    serve(partial(Pages, more=_ADDRESSES, asks=True), settings, started)
    return 0


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number < 65_536:
        raise ValueError
    return number
