"""The server's own pages: templates, and the files that belong to them."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from ..assessment.wording import capital
from ..languages.language import ENGLISH, Language
from ..languages.pages import translated_page
from .media import with_charset
from .page_source import PageSource

FILES = {
    "server.css": "text/css",
    "query.js": "text/javascript",
    "describe.js": "text/javascript",
}
_SCRIPTS = {"sparql": ("server/query.js",), "describe": ("server/describe.js",)}


def page(
    pages: PageSource,
    address: str,
    title: str,
    status: int,
    *,
    language: Language = ENGLISH,
    names: Collection[str] = (),
    **values: object,
) -> Response:
    """A page at an address of ours: what its template makes of some values, in the common frame.

    In another language, `names` are the words of the reader, which stay.
    """
    values["language"] = language
    main = Markup(_environment().get_template(f"{address}.html").render(values))
    beside = ("server/server.css", *(name for name in _SCRIPTS.get(address, ())))
    framed = pages.framed(address, title, main, *beside)
    if language.is_english:
        return HTMLResponse(framed, status)
    return HTMLResponse(translated_page(framed.decode(), language, names), status)


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
