"""What all pages of a site share: the graph, its texts, its cards, and the templates."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache

import pyoxigraph as ox

from .. import __version__
from ..card.builder import CardBuilder
from ..card.model import Card
from ..edition import read_edition, source_keys
from ..errors import InputError
from ..namespaces import BASE
from ..query.catalogue import Query, query_of
from ..resources import files
from ..resources import relative as relative_path
from ..sparql import Row, query_text, read_query, select
from ..trail.link_graph import load
from ..trail.model import Trail
from ..trail.search import trail_around
from .addresses import PAGE, Addresses, read_addresses, relative
from .source_text import SourceText
from .templating import environment

_LOGGER = logging.getLogger(__name__)
Maker = Callable[[], bytes]
"""What makes a page when it is asked for."""


class SiteContext:
    """What pages are made from. `base` is the address at which the site will be, if that is known;
    `asks` says whether a server is there to answer a form.

    Raises MissingExtra without Jinja.
    """

    def __init__(self, graph: ox.Store, base: str = "", *, asks: bool = False) -> None:
        self.graph = graph
        self.asks = asks
        self.base = base and base.rstrip("/") + "/"
        self.templates = environment()
        self.guides: dict[str, str] = {}
        """The paths of pages about the project that every page leads to, by their names."""
        self.addresses: Addresses = read_addresses(graph)
        self.cards = CardBuilder(graph, load(graph))
        self.cards.read_all()
        # A page and the files beside it are mostly made one after the other.
        self.card: Callable[[str], Card] = lru_cache(maxsize=1)(self.cards.card)
        self.trail_up: Callable[[str], Trail] = lru_cache(maxsize=1)(self._trail_up)
        self._labels: dict[str, str] = {}

    @cached_property
    def header(self) -> Row:
        """What the ontology says of itself, and so of this state of the graph."""
        return select(self.graph, query_text("site/header.rq"))[0]

    @cached_property
    def texts(self) -> Mapping[str, SourceText]:
        """The source texts by key. One that lacks a fact that an edition needs is left out."""
        texts = {}
        first = next(iter(self.addresses.folders), "")
        chief = frozenset(self.addresses.members(first))
        for key in source_keys(self.graph):
            try:
                texts[key] = SourceText(read_edition(self.graph, key), chief)
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

    @cached_property
    def _governing(self) -> dict[tuple[str, str], list[tuple[int, int]]]:
        """Where words stand that govern others, by these others' thing and the text (IRIs)."""
        found: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for row in select(self.graph, query_text("site/governing-words.rq")):
            span = int(row["start"]), int(row["end"])
            found.setdefault((row["thing"], row["source"]), []).append(span)
        return found

    def cited_places(self, text: SourceText, iri: str) -> list[tuple[int, int, int]]:
        """Page, first and last line of the words of a thing, with those that govern them."""
        governing = self._governing.get((iri, text.facts.iri), ())
        return text.places_of([*text.spans.get(iri, ()), *governing])

    @cached_property
    def cited(self) -> dict[str, dict[str, int]]:
        """How many citations the texts have of each document and of each of its provisions (IRIs)
        that is in the graph.
        """
        found: dict[str, dict[str, int]] = {}
        for row in select(self.graph, query_text("lookup/cited.rq")):
            found.setdefault(row["document"], {})[row["part"]] = int(row["citations"])
        return found

    @cached_property
    def owed(self) -> dict[str, list[tuple[str, str, int]]]:
        """What is owed to whom: norm, whom it names (IRIs) and reach, by group (IRI).

        Reach: 1 the norm names the group, 2 a wider one, 3 only some of its people.
        """
        found: dict[str, list[tuple[str, str, int]]] = {}
        for row in select(self.graph, query_text("site/owed.rq")):
            one = row["norm"], row["named"], int(row["reach"])
            found.setdefault(row["group"], []).append(one)
        return found

    @cached_property
    def owed_paths(self) -> dict[str, str]:
        """The page that says what is owed to each group (IRI)."""
        folder = "owed"
        return {
            iri: f"{folder}/{self.addresses.paths[iri].partition('/')[2]}"
            for iri in self.owed
            if iri in self.addresses.paths
        }

    @cached_property
    def contents(self) -> dict[str, Query]:
        """The queries that list the norms under one heading after another, by name."""
        found = files("queries/site", ".rq")
        return {
            path.stem.removeprefix("contents-"): query_of(read_query(path), relative_path(path))
            for path in found
            if path.name.startswith("contents-")
        }

    def rank(self, iri: str) -> int:
        """The place of the list that a thing is in among all lists."""
        return self.addresses.folders[self.addresses.folder_of[iri]].rank

    def label(self, iri: str) -> str:
        """What a person calls a thing."""
        if iri not in self._labels:
            self._labels[iri] = self.cards.label(ox.NamedNode(iri))
        return self._labels[iri]

    def _trail_up(self, iri: str) -> Trail:
        """What a thing rests on, in three steps."""
        return trail_around(self.cards.link_graph, iri, direction="up")

    @cached_property
    def places(self) -> dict[str, str]:
        """Where the places in the texts (IRIs of anchors) are shown."""
        return {
            iri: f"text/{key}{PAGE}#line-{line}"
            for key, text in self.texts.items()
            for iri, line in text.anchors()
        }

    def file(self, name: str) -> str:
        """The text of a file beside the templates."""
        loader = self.templates.loader
        assert loader
        return str(loader.get_source(self.templates, name)[0])

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
            path = self.addresses.paths.get(iri or "")
            if path:
                return to(path)
            outside = iri and iri.startswith(("http://", "https://")) and not iri.startswith(BASE)
            return iri if outside else None

        def place(line: int | None, source: str | None = None) -> str | None:
            address = self.place(line, source)
            return to(address) if address else None

        page = self.templates.get_template(template).render(
            site=self, here=here, to=to, thing=thing, place=place, version=__version__, **values
        )
        return str(page).encode()
