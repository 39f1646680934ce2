"""The nodes and links that trails run on, read from the graph by queries/trails as a trail asks for them.

Which kinds of link there are, what they are called and what they rest on is written there, never here. What was not asked for is not read:
the cost of a trail grows with what it finds, not with the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from ..labels import natural_key
from ..resources import files, read_utf8
from ..sparql import query_text, select
from .model import Detail, Discrepancy, Link, LinkEvidence, Node

_HERE = "#VALUES"
_AT_ONCE = 500
"""Things that one query asks for."""


@dataclass(frozen=True)
class Kind:
    """A kind of link: its names in both directions, the type of end it serves (None: any), and the nearest property of CiTO."""

    name: str
    rank: int
    label: str
    inverse: str
    scope: str | None
    cito: str | None


@dataclass(frozen=True)
class Force:
    """A kind of authority: its key and label; `rank` is the order in which they are told, not a ladder."""

    key: str
    label: str
    rank: int


class LinkGraph:
    """What has been read of a graph so far: `nodes`, and links by where they start and where they end.

    >>> Web(ox.Store()).links_of("https://w3id.org/hrge/id/norm/a", up=True)
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
        self._links: dict[bool, dict[str, tuple[Link, ...]]] = {True: {}, False: {}}
        self._sources: dict[str, str] = {}
        texts = {
            row["label"]
            for row in select(
                store, "SELECT ?label WHERE { ?text a hrge:SourceText ; rdfs:label ?label }"
            )
        }
        self._several = len(texts) > 1
        self.discrepancies, self._about = self._register()

    def node(self, iri: str) -> Node | None:
        """The node of an IRI; None where it is none."""
        self._read_nodes([iri])
        return self.nodes.get(iri)

    def links_of(self, iri: str, *, up: bool) -> tuple[Link, ...]:
        """The links that start at a node (up: what it rests on), or that end there."""
        self.read([iri], up=up)
        return self._links[up].get(iri, ())

    def read(self, iris: Iterable[str], *, up: bool) -> None:
        """Read the links of several nodes at once, and the nodes at their ends."""
        wanted = [iri for iri in dict.fromkeys(iris) if iri not in self._links[up]]
        for some in _portions(wanted):
            self._keep(_link_rows(self.store, some, "?from" if up else "?to"), up=up, asked=some)

    def read_all(self) -> None:
        """Read the whole graph."""
        every = list(_link_rows(self.store))
        self._read_nodes(None)
        for up in (True, False):
            self._keep(every, up=up, asked=self.nodes)

    @property
    def links(self) -> tuple[Link, ...]:
        """The links read so far by where they start."""
        return tuple(link for iri in sorted(self._links[True]) for link in self._links[True][iri])

    def _keep(self, found: Iterable[dict[str, str]], *, up: bool, asked: Iterable[str]) -> None:
        found = list(found)
        self._read_nodes({row[end] for row in found for end in ("from", "to")} | set(asked))
        self._read_sources(
            {thing for row in found for thing in (row["from"], row["to"], row.get("via", ""))}
        )
        made: dict[tuple[str, str, str, str], Link] = {}
        for row in found:
            if row["from"] in self.nodes and row["to"] in self.nodes:
                key = (row["from"], row["kind"], row["to"], row.get("via", ""))
                link = self._link(row)
                # two rows for one link differ only where something has two values: the least one, so that builds agree
                made[key] = min(made.get(key, link), link, key=repr)
        by_node: dict[str, list[Link]] = {iri: [] for iri in asked}
        for link in made.values():
            by_node.setdefault(link.start if up else link.end, []).append(link)
        for iri, links in by_node.items():
            links.sort(
                key=lambda one: (
                    one.rank,
                    self.nodes[one.end if up else one.start].order,
                    one.citation or "",
                )
            )
            self._links[up][iri] = tuple(links)

    def _link(self, row: dict[str, str]) -> Link:
        start, end, citation = row["from"], row["to"], row.get("via")
        kind = self.kinds[row["kind"]]
        both = self._about.get(start, set()) & self._about.get(end, set())
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
            tuple(sorted(both | self._about.get(citation or "", set()))),
            kind.cito,
        )

    def _source(self, row: dict[str, str]) -> str | None:
        """The source text of the words that show a link: those of the citation, else of the end that prints them."""
        if "quote" not in row or not self._several:
            return None
        printed = [one for one in (row["to"], row["from"]) if self.nodes[one].quote == row["quote"]]
        return next(
            (
                self._sources[one]
                for one in (row.get("via", ""), *printed, row["from"], row["to"])
                if one in self._sources
            ),
            None,
        )

    def _register(self) -> tuple[dict[str, Discrepancy], dict[str, set[str]]]:
        register: dict[str, Discrepancy] = {}
        about: dict[str, set[str]] = {}
        found = list(select(self.store, query_text("trails/discrepancies.rq")))
        self._read_sources({row["discrepancy"] for row in found})
        for row in found:
            about.setdefault(row["about"], set()).add(row["key"])
            made = Discrepancy(
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
            register[row["key"]] = min(register.get(row["key"], made), made, key=repr)
        return dict(sorted(register.items(), key=lambda one: natural_key(one[0]))), about

    def _read_sources(self, things: Iterable[str] | None) -> None:
        """The label of the source text in which each of these stands, where the graph holds several texts."""
        if self._several:
            for row in _asked(self.store, query_text("trails/sources.rq"), "?thing", things):
                self._sources[row["thing"]] = row["source"]

    def _read_nodes(self, iris: Iterable[str] | None) -> None:
        """Nodes with their details: these, or all."""
        new = None if iris is None else sorted(set(iris) - self.nodes.keys())
        merged: dict[str, dict[str, set[str]]] = {}
        for row in _asked(self.store, query_text("trails/nodes.rq"), "?node", new):
            values = merged.setdefault(row.pop("node"), {})
            for name, value in row.items():
                values.setdefault(name, set()).add(value)
        found = list(
            _asked(
                self.store,
                query_text("trails/details.rq"),
                "?node",
                None if new is None else merged,
            )
        )
        self._read_sources(None if new is None else merged)
        details: dict[str, list[tuple[tuple[object, ...], Detail]]] = {}
        for row in found:
            details.setdefault(row["node"], []).append(self._detail(row))
        for iri, values in sorted(merged.items()):
            ordered = tuple(
                detail for _, detail in sorted(details.get(iri, []), key=lambda both: both[0])
            )
            self.nodes[iri] = self._node(iri, values, ordered)

    def _detail(self, row: dict[str, str]) -> tuple[tuple[object, ...], Detail]:
        detail = Detail(
            row["label"],
            row["text"],
            row.get("mark"),
            _number(row, "page"),
            _number(row, "line"),
            row.get("reason"),
            row["editorial"] == "true",
            row.get("source") if self._several else None,
        )
        return (int(row["rank"]), detail.label, detail.line or 0, natural_key(detail.text)), detail

    def _node(self, iri: str, values: dict[str, set[str]], details: tuple[Detail, ...]) -> Node:
        one = {name: min(found) for name, found in values.items()}
        return Node(
            iri,
            one["type"],
            one["label"],
            ", ".join(sorted(values.get("kind", {one["type"]}))),
            "; ".join(sorted(values.get("force", ()))) or None,
            "true" in values.get("binding", ()),
            one.get("quote"),
            _number(one, "page"),
            _number(one, "line"),
            one.get("printedLabel"),
            details,
            tuple(sorted(self._about.get(iri, ()))),
            self._sources.get(iri),
            one.get("document"),
        )


def load(store: ox.Store) -> LinkGraph:
    """All that trails can pass through, and every link, in an order that is always the same."""
    web = LinkGraph(store)
    web.read_all()
    return web


def sources_of(store: ox.Store) -> dict[str, str]:
    """The label of the source text in which each thing stands, by IRI; empty where the graph holds one text only."""
    found = {row["thing"]: row["source"] for row in select(store, query_text("trails/sources.rq"))}
    return found if len(set(found.values())) > 1 else {}


@cache
def _link_queries() -> tuple[str, ...]:
    return tuple(
        read_utf8(path) for path in files("queries/trails", ".rq") if path.name.startswith("links-")
    )


def _link_rows(
    store: ox.Store, iris: list[str] | None = None, end: str = "?from"
) -> Iterator[dict[str, str]]:
    for query in _link_queries():
        yield from _asked(store, query, end, iris)


def _asked(
    store: ox.Store, query: str, variable: str, iris: Iterable[str] | None
) -> Iterator[dict[str, str]]:
    """The rows of a query for these things, or for all. Each branch of the query has a line that marks where they are named."""
    if iris is None:
        yield from select(store, query)
        return
    for some in _portions(sorted(iri for iri in iris if iri)):
        named = " ".join(str(ox.NamedNode(iri)) for iri in some)
        yield from select(store, query.replace(_HERE, f"VALUES {variable} {{ {named} }}"))


def _portions(iris: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(iris), _AT_ONCE):
        yield iris[start : start + _AT_ONCE]


def _kind(row: dict[str, str]) -> Kind:
    return Kind(
        row["kind"],
        int(row["rank"]),
        row["label"],
        row["inverse"],
        row.get("scope"),
        row.get("cito"),
    )


def _number(row: dict[str, str], name: str) -> int | None:
    return int(row[name]) if name in row else None
