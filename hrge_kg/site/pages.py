"""All pages of a site by their paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..query.catalogue import find_query
from ..tables.model import Table
from .addresses import Addresses
from .contents import contents_pages
from .context import Maker, SiteContext
from .guide_pages import guide_pages
from .list_pages import list_pages
from .matrix_pages import matrix_pages
from .ontology_pages import ontology_pages
from .owed_pages import owed_pages
from .query_pages import narrowed_page, query_pages
from .start_pages import site_files, start_pages
from .thing_pages import thing_pages

if TYPE_CHECKING:
    from markupsafe import Markup


class Pages:
    """The pages of a graph, each made when it is asked for.

    `base` is the address at which the site will be; with it, pages tell search engines and social
    networks where they are. All links are relative, with or without it. `more` are addresses beside
    the pages that every page leads to, by name: those of a server. `asks` says whether a server is
    there to answer the forms of named queries.

    Raises MissingExtra without Jinja.
    """

    def __init__(
        self,
        graph: ox.Store,
        base: str = "",
        more: Mapping[str, str] | None = None,
        *,
        asks: bool = False,
    ) -> None:
        site = self._site = SiteContext(graph, base, asks=asks)
        self._lock = Lock()  # a card is built by one thread at a time
        self._makers: dict[str, Maker] = {
            **start_pages(site),
            **list_pages(site),
            **contents_pages(site),
            **owed_pages(site),
            **matrix_pages(site),
            **query_pages(site),
            **ontology_pages(site),
            **guide_pages(site),
            **thing_pages(site),
        }
        self._makers |= site_files(site, self._makers)
        site.guides |= more or {}

    @property
    def addresses(self) -> Addresses:
        """Where the page of each thing is."""
        return self._site.addresses

    @property
    def places(self) -> Mapping[str, str]:
        """Where things without a page of their own are shown, by IRI: places in the texts."""
        return self._site.places

    def paths(self) -> Iterable[str]:
        """The path of every page and file, such as index.html and style.css."""
        return self._makers.keys()

    def page(self, path: str) -> bytes | None:
        """What is at a path; None where nothing is."""
        maker = self._makers.get(path)
        if maker is None:
            return None
        with self._lock:
            return maker()

    def framed(self, path: str, title: str, main: Markup, *beside: str) -> bytes:
        """A page of somebody else in the frame of these pages.

        `beside` are the paths of the scripts and styles that it needs.
        """
        return self._site.render("framed.html", path, title=title, content=main, beside=beside)

    def narrowed(
        self,
        name: str,
        params: Mapping[str, str],
        table: Table | None,
        text: str | None,
        said: Sequence[str],
    ) -> bytes:
        """The page of a named query with its answer for some parameters; without a table, with the
        reason why there is none. `text` is the query with these parameters.
        """
        with self._lock:
            return narrowed_page(self._site, find_query(name), params, table, text, said)

    def path_of(self, iri: str) -> str | None:
        """The path of the page of a thing; None where it has none."""
        return self._site.addresses.paths.get(iri)

    def iri_of(self, path: str) -> str | None:
        """The thing (IRI) whose page is at a path; None where the page is of no single thing."""
        return self._site.addresses.iris.get(path)
