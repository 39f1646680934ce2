"""What all pages of a site share: the graph, its texts, its cards, and the templates."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cached_property

import pyoxigraph as ox

from .. import __version__
from ..card.builder import CardBuilder
from ..edition import read_edition, source_keys
from ..errors import InputError
from ..namespaces import BASE
from ..sparql import Row, query_text, select
from ..trail.link_graph import load
from .addresses import PAGE, Addresses, read_addresses, relative
from .source_text import SourceText
from .templating import environment

_LOGGER = logging.getLogger(__name__)
Maker = Callable[[], bytes]
"""What makes a page when it is asked for."""


class SiteContext:
    """What pages are made from. `base` is the address at which the site will be, if that is known.

    Raises MissingExtra without Jinja.
    """

    def __init__(self, graph: ox.Store, base: str = "") -> None:
        self.graph = graph
        self.base = base and base.rstrip("/") + "/"
        self.templates = environment()
        self.addresses: Addresses = read_addresses(graph)
        self.cards = CardBuilder(graph, load(graph))
        self.cards.read_all()

    @cached_property
    def header(self) -> Row:
        """What the ontology says of itself, and so of this state of the graph."""
        return select(self.graph, query_text("site/header.rq"))[0]

    @cached_property
    def texts(self) -> Mapping[str, SourceText]:
        """The source texts by key. One that lacks a fact that an edition needs is left out."""
        texts = {}
        for key in source_keys(self.graph):
            try:
                texts[key] = SourceText(read_edition(self.graph, key))
            except InputError as error:
                _LOGGER.warning("there is no page of the text %s: %s", key, error)
        return texts

    @cached_property
    def read_at(self) -> dict[str, list[Row]]:
        """Where each document can be read, by its IRI."""
        found: dict[str, list[Row]] = {}
        for row in select(self.graph, query_text("site/read-at.rq")):
            found.setdefault(row["document"], []).append(row)
        return found

    def label(self, iri: str) -> str:
        """What a person calls a thing."""
        return self.cards.label(ox.NamedNode(iri))

    def text_of(self, iri: str) -> SourceText | None:
        """The text that holds the words of a thing."""
        return next((text for text in self.texts.values() if iri in text.spans), None)

    def place(self, line: int | None, source: str | None = None) -> str | None:
        """The address of a line of a text; `source` is its label, where there are several."""
        for key, text in self.texts.items():
            if line and source in (None, text.facts.label):
                return f"text/{key}{PAGE}#line-{line}"
        return None

    def render(self, template: str, here: str, **values: object) -> bytes:
        """A page made by a template; `here` is its path."""

        def to(path: str) -> str:
            return relative(path, here)

        def thing(iri: str | None) -> str | None:
            address = self.addresses.address(iri) if iri else None
            if address:
                return to(address)
            outside = iri and iri.startswith(("http://", "https://")) and not iri.startswith(BASE)
            return iri if outside else None

        def place(line: int | None, source: str | None = None) -> str | None:
            address = self.place(line, source)
            return to(address) if address else None

        page = self.templates.get_template(template).render(
            site=self, here=here, to=to, thing=thing, place=place, version=__version__, **values
        )
        return page.encode()
