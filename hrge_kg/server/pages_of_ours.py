"""The server's own pages: templates, and the files that belong to them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from ..assessment.wording import capital
from .media import with_charset
from .page_source import PageSource

FILES = {
    "server.css": "text/css",
    "query.js": "text/javascript",
    "describe.js": "text/javascript",
}
_SCRIPTS = {"sparql": ("server/query.js",), "describe": ("server/describe.js",)}


def page(pages: PageSource, address: str, title: str, status: int, **values: object) -> Response:
    """A page at an address of ours: what its template makes of some values, in the common frame."""
    main = Markup(_environment().get_template(f"{address}.html").render(values))
    beside = ("server/server.css", *(name for name in _SCRIPTS.get(address, ())))
    return HTMLResponse(pages.framed(address, title, main, *beside), status)


@cache
def file(name: str) -> Response:
    """One of the files that belong to the pages."""
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return Response(content, media_type=with_charset(FILES[name]))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["capital"] = capital
    made.filters["spaced"] = lambda name: name.replace("-", " ")
    return made
