"""The nodes and links that trails are made of, read from the graph when a trail needs them.

The queries in queries/trails say which kinds of link there are, what they are called and what they
are based on; this module only runs them. Links that no trail asks for are not read, so a short
trail is quick in a large graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import pyoxigraph as ox

from ..labels import natural_key
from ..prepared import prepared
from ..resources import files
from ..sparql import QueryText, query_text, read_query, select, select_about
from .model import Detail, Discrepancy, Link, LinkEvidence, Node

_Row = dict[str, str]


@dataclass(frozen=True)
class Kind:
    """A kind of link, with its label in both directions.

    `scope` is the type of node that a trail must start or end at to use it (None: any). `cito` is
    the nearest property of CiTO (IRI). Pictures draw it with a `letter` of its own and `dashes`.
    """

    name: str
    rank: int
    label: str
    inverse: str
    scope: str | None
    cito: str | None
    letter: str
    dashes: str


@dataclass(frozen=True)
class Force:
    """A kind of authority; `rank` is the place in which it is listed, not its weight."""

    key: str
    label: str
    rank: int


class LinkGraph:
    """What has been read of a graph so far: nodes, and links by where they start and end.

    >>> LinkGraph(ox.Store()).links_of("https://w3id.org/hrge/id/norm/a", up=True)
    ()
    """

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.kinds = {
            row["kind"]: _kind(row) for row in select(store, query_text("trails/kinds.rq"))
        }
        self.forces = {
            row["label"]: Force(row["key"], row["label"], int(row["rank"]))
            for row in select(store, query_text("trails/forces.rq"))
        }
        self.nodes: dict[str, Node] = {}
        self._asked: set[str] = set()
        self._links: dict[bool, dict[str, tuple[Link, ...]]] = {True: {}, False: {}}
        self._sources: dict[str, str] = {}
        self._sources_are_whole = False
        self._is_whole = False  # true if all nodes and links have been read
        query = "SELECT ?label WHERE { ?text a hrge:SourceText ; rdfs:label ?label }"
        self.texts = tuple(sorted({row["label"] for row in select(store, query)}))
        self._several_texts = len(self.texts) > 1
        self.discrepancies, self._discrepancies_about = self._register()

    @cached_property
    def date(self) -> str:
        """The day of the graph, as its header has it; empty where it has none."""
        rows = select(self.store, query_text("dataset/header.rq"))
        return rows[0]["modified"] if rows else ""

    def node(self, iri: str) -> Node | None:
        """The node with this IRI; None if the IRI is of something that is no node of trails."""
        self.read_nodes([iri])
        return self.nodes.get(iri)

    def read_nodes(self, iris: Iterable[str]) -> None:
        """Read these nodes at once; of what is no node nothing is read."""
        if not self._is_whole:
            self._read_nodes(iris)

    def links_of(self, iri: str, *, up: bool) -> tuple[Link, ...]:
        """The links that start at a node (up: what it rests on), or that end there."""
        self.read([iri], up=up)
        return self._links[up].get(iri, ())

    def read(self, iris: Iterable[str], *, up: bool) -> None:
        """Read the links of several nodes at once, and the nodes at their ends."""
        if self._is_whole:
            return
        wanted = [iri for iri in dict.fromkeys(iris) if iri not in self._links[up]]
        if wanted:
            rows = _link_rows(self.store, wanted, "?from" if up else "?to")
            self._keep(list(rows), up=up, iris=wanted)

    def read_all(self) -> None:
        """Read all nodes and links."""
        rows = list(_link_rows(self.store))
        self._read_nodes(None)
        for up in (True, False):
            self._keep(rows, up=up, iris=self.nodes)
        self._is_whole = True

    def source_of(self, thing: str) -> str | None:
        """The label of the source text in which a thing stands (its IRI, or the name of a blank
        node); None where the graph holds one text only.
        """
        if self._several_texts and not self._sources_are_whole:
            self._read_sources(None)
            self._sources_are_whole = True
        return self._sources.get(thing)

    @property
    def links(self) -> tuple[Link, ...]:
        """The links read so far by where they start."""
        return tuple(link for iri in sorted(self._links[True]) for link in self._links[True][iri])

    def _keep(self, rows: Sequence[_Row], *, up: bool, iris: Iterable[str]) -> None:
        """Make links of the rows of a query about these nodes, and keep them by node."""
        iris = list(iris)
        ends = {row["from"] for row in rows} | {row["to"] for row in rows}
        self._read_nodes(ends | set(iris))
        self._read_sources(ends | {row.get("via", "") for row in rows})
        links: dict[tuple[str, str, str, str], Link] = {}
        for row in rows:
            if row["from"] in self.nodes and row["to"] in self.nodes:
                key = (row["from"], row["kind"], row["to"], row.get("via", ""))
                link = self._link(row)
                # Two rows for one link differ only where something has two values. We take the
                # least, so that every build has the same.
                links[key] = min(links.get(key, link), link, key=repr)
        by_node: dict[str, list[Link]] = {iri: [] for iri in iris}
        for link in links.values():
            by_node.setdefault(link.start if up else link.end, []).append(link)

        def order(link: Link) -> tuple[object, ...]:
            other = link.end if up else link.start
            return link.rank, self.nodes[other].order, link.citation or ""

        for iri, own in by_node.items():
            self._links[up][iri] = tuple(sorted(own, key=order))

    def _link(self, row: _Row) -> Link:
        start, end, citation = row["from"], row["to"], row.get("via")
        kind = self.kinds[row["kind"]]
        about = self._discrepancies_about
        both = about.get(start, set()) & about.get(end, set())
        evidence = LinkEvidence(
            row.get("quote"),
            _number(row, "page"),
            _number(row, "line"),
            row.get("footnote"),
            row.get("pinpoint"),
            row.get("unit"),
            row.get("character"),
            self._source(row),
        )
        return Link(
            start,
            kind.name,
            end,
            kind.rank,
            kind.label,
            kind.inverse,
            row["basis"],
            row.get("remark"),
            kind.scope,
            citation,
            evidence,
            row.get("mark"),
            tuple(sorted(both | about.get(citation or "", set()))),
            kind.cito,
            kind.letter,
            kind.dashes,
        )

    def _source(self, row: _Row) -> str | None:
        """The source text of the words that show a link.

        It is the source text of the citation; without a citation, that of the end of the link that
        prints these words.
        """
        if "quote" not in row or not self._several_texts:
            return None
        ends = (row["to"], row["from"])
        printed = [iri for iri in ends if self.nodes[iri].quote == row["quote"]]
        iris = (row.get("via", ""), *printed, row["from"], row["to"])
        return next((self._sources[iri] for iri in iris if iri in self._sources), None)

    def _register(self) -> tuple[dict[str, Discrepancy], dict[str, set[str]]]:
        """The discrepancies by key; and by IRI of a thing, the keys of those that concern it."""
        register: dict[str, Discrepancy] = {}
        about: dict[str, set[str]] = {}
        rows = prepared(self.store, "discrepancies")
        self._read_sources({row["discrepancy"] for row in rows})
        for row in rows:
            about.setdefault(row["about"], set()).add(row["key"])
            entry = Discrepancy(
                id=row["discrepancy"],
                key=row["key"],
                label=row["label"],
                difference=row["difference"],
                kind=row["kind"],
                status=row["status"],
                verification=row["mark"],
                quote=row["quote"],
                page=int(row["page"]),
                line=int(row["line"]),
                note=row.get("note"),
                source=self._sources.get(row["discrepancy"]),
            )
            register[row["key"]] = min(register.get(row["key"], entry), entry, key=repr)
        return {key: register[key] for key in sorted(register, key=natural_key)}, about

    def _read_sources(self, iris: Iterable[str] | None) -> None:
        """Read in which source text each of these stands, if the graph holds several texts."""
        if self._several_texts:
            for row in _rows(self.store, query_text("trails/sources.rq"), "?thing", iris):
                self._sources[row["thing"]] = row["source"]

    def _read_nodes(self, iris: Iterable[str] | None) -> None:
        """Read these nodes with their details; without `iris`, all nodes."""
        new = None if iris is None else set(iris) - self._asked
        self._asked.update(new or ())
        merged: dict[str, dict[str, set[str]]] = {}
        for row in _rows(self.store, query_text("trails/nodes.rq"), "?node", new):
            values = merged.setdefault(row.pop("node"), {})
            for name, value in row.items():
                values.setdefault(name, set()).add(value)
        asked = None if new is None else merged
        details: dict[str, list[tuple[int, Detail]]] = {}
        for row in _rows(self.store, query_text("trails/details.rq"), "?node", asked):
            details.setdefault(row["node"], []).append((int(row["rank"]), self._detail(row)))
        self._read_sources(asked)
        for iri, values in sorted(merged.items()):
            ordered = sorted(details.get(iri, ()), key=_detail_order)
            self.nodes[iri] = self._node(iri, values, tuple(detail for _, detail in ordered))

    def _detail(self, row: _Row) -> Detail:
        return Detail(
            row["label"],
            row["text"],
            row.get("mark"),
            _number(row, "page"),
            _number(row, "line"),
            row.get("reason"),
            row["editorial"] == "true",
            row.get("source") if self._several_texts else None,
        )

    def _node(self, iri: str, values: dict[str, set[str]], details: tuple[Detail, ...]) -> Node:
        least = {name: min(several) for name, several in values.items()}
        return Node(
            iri,
            least["type"],
            least["label"],
            ", ".join(sorted(values.get("kind", {least["type"]}))),
            "; ".join(sorted(values.get("force", ()))) or None,
            "true" in values.get("binding", ()),
            least.get("quote"),
            _number(least, "page"),
            _number(least, "line"),
            least.get("printedLabel"),
            details,
            tuple(sorted(self._discrepancies_about.get(iri, ()))),
            self._sources.get(iri),
            least.get("document"),
        )


def load(store: ox.Store) -> LinkGraph:
    """A link graph that has read all nodes and links."""
    link_graph = LinkGraph(store)
    link_graph.read_all()
    return link_graph


@cache
def _link_queries() -> tuple[QueryText, ...]:
    paths = files("queries/trails", ".rq")
    return tuple(read_query(path) for path in paths if path.name.startswith("links-"))


def _link_rows(
    store: ox.Store, iris: list[str] | None = None, end: str = "?from"
) -> Iterator[_Row]:
    for query in _link_queries():
        yield from _rows(store, query, end, iris)


def _rows(
    store: ox.Store, query: QueryText, variable: str, iris: Iterable[str] | None
) -> Iterator[_Row]:
    """The rows of a query about these nodes; without `iris`, about all."""
    if iris is None:
        yield from select(store, query)
    else:
        yield from select_about(store, query, variable, (iri for iri in iris if iri))


def _kind(row: _Row) -> Kind:
    return Kind(
        row["kind"],
        int(row["rank"]),
        row["label"],
        row["inverse"],
        row.get("scope"),
        row.get("cito"),
        row["letter"],
        row["dashes"],
    )


def _detail_order(ranked: tuple[int, Detail]) -> tuple[object, ...]:
    rank, detail = ranked
    return rank, detail.label, detail.line or 0, natural_key(detail.text)


def _number(row: _Row, name: str) -> int | None:
    return int(row[name]) if name in row else None
