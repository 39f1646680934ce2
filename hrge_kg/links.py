"""The nodes and links that trails run on, read from the graph by queries/trails.
Which kinds of link there are, what they are called and what they rest on is written there, never here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from .prefixes import sparql_prologue
from .resources import files, root

FAR = 10**9  # where things stand that are not printed in the section: after all that are


@dataclass(frozen=True)
class Evidence:
    """Where and how the source prints a link: its words, place, footnote, pinpoint with its unit, character of the citation.

    >>> Evidence(quote="article 9", page=46, line=320).place
    'page 46, line 320'
    """

    quote: str | None = None
    page: int | None = None
    line: int | None = None
    footnote: str | None = None
    pinpoint: str | None = None
    pinpoint_unit: str | None = None
    character: str | None = None
    source: str | None = None

    @property
    def place(self) -> str:
        """Page and line in words; empty where none is known."""
        return place(self.page, self.line, self.source) if self.page else ""


@dataclass(frozen=True)
class Link:
    """One link between two nodes, with its evidence and the discrepancies that concern it.
    `basis` tells what it is based on: printed, instrument (the instruments' own words), derived or editors.

    >>> Link("a", "restates", "b", 30, "restates", "is restated by", "editors").editorial
    True
    """

    start: str
    kind: str
    end: str
    rank: int
    label: str
    inverse: str
    basis: str
    remark: str | None = None
    scope: str | None = None
    citation: str | None = None
    evidence: Evidence = Evidence()
    verification: str | None = None
    discrepancies: tuple[str, ...] = ()

    @property
    def editorial(self) -> bool:
        """Whether the link is the editors' and not the source's or the instruments' own."""
        return self.basis in ("editors", "derived")


@dataclass(frozen=True)
class Detail:
    """One more thing known of a node: a fact with its mark, a term of a limit, a reading, a printed title, a note.

    >>> Detail("symbol", "CCPR/C/GC/35", "two or more sources").editorial
    False
    """

    label: str
    text: str
    verification: str | None = None
    page: int | None = None
    line: int | None = None
    reason: str | None = None
    editorial: bool = False
    source: str | None = None


@dataclass(frozen=True)
class Node:
    """A norm, limit, chapeau, passage, provision, document or topic, in the words that the source prints for it.

    >>> Node("https://w3id.org/hrge/id/document/untoc", "document", "Organized Crime Convention", "treaty").force is None
    True
    """

    id: str
    type: str
    label: str
    kind: str
    force: str | None = None
    binding: bool = False
    quote: str | None = None
    page: int | None = None
    line: int | None = None
    printed_label: str | None = None
    details: tuple[Detail, ...] = ()
    discrepancies: tuple[str, ...] = ()
    source: str | None = None

    @property
    def order(self) -> tuple[str, int, tuple[tuple[int, str], ...], str]:
        """By place in the texts, then by label with numbers as numbers, then by IRI."""
        return (self.source or "", self.line or FAR, natural(self.label), self.id)


@dataclass(frozen=True)
class Discrepancy:
    """An entry of the register: a question for a lawyer, beside what the source says.

    >>> Discrepancy("x", "D09", "label", "difference", "substance", "open", "one source", "words", 43, 110).key
    'D09'
    """

    id: str
    key: str
    label: str
    difference: str
    kind: str
    status: str
    verification: str
    quote: str
    page: int
    line: int
    note: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Web:
    """All nodes and links of a graph, from which a trail takes its part.

    >>> Web({}, (), {}).outgoing
    {}
    """

    nodes: dict[str, Node]
    links: tuple[Link, ...]
    discrepancies: dict[str, Discrepancy] = field(default_factory=dict)

    @cached_property
    def outgoing(self) -> dict[str, list[Link]]:
        """Links by where they start: what a node rests on."""
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.start, []).append(link)
        return found

    @cached_property
    def incoming(self) -> dict[str, list[Link]]:
        """Links by where they end: what rests on a node."""
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.end, []).append(link)
        return found


def place(page: int | None, line: int | None, source: str | None = None) -> str:
    """A place in words; the source text is named where the graph holds several.

    >>> place(46, 320), place(3, 41, "Guide")
    ('page 46, line 320', 'Guide, page 3, line 41')
    """
    return f"{source}, page {page}, line {line}" if source else f"page {page}, line {line}"


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts numbers in a text as numbers.

    >>> sorted(["article 16", "article 9"], key=natural)
    ['article 9', 'article 16']
    """
    return tuple((int(part), "") if part.isdigit() else (FAR, part.casefold()) for part in re.split(r"(\d+)", text) if part)


def rows(store: ox.Store, query: str, thing: str | None = None) -> Iterator[dict[str, str]]:
    """The rows of a query as texts, unbound variables left out; `thing` binds the projected variable ?thing."""
    bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {}
    if thing is not None:
        bound[ox.Variable("thing")] = ox.NamedNode(thing)
    solutions = store.query(sparql_prologue() + query, use_default_graph_as_union=True, substitutions=bound or None)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for row in solutions:
        yield {name: row[name].value for name in names if row[name] is not None}


def query_text(path: str) -> str:
    """The text of a query below queries/."""
    return (root() / "queries" / path).read_text(encoding="utf-8")


def load(store: ox.Store) -> Web:
    """All nodes, links and discrepancies of a graph, in an order that is always the same."""
    found: dict[tuple[str, str, str, str], Link] = {}
    sources = sources_of(store)
    register, about = _register(store, sources)
    nodes = _nodes(store, about, sources)
    for path in (one for one in files("queries/trails", ".rq") if one.name.startswith("links-")):
        for row in rows(store, path.read_text(encoding="utf-8")):
            if row["from"] in nodes and row["to"] in nodes:
                key = (row["from"], row["kind"], row["to"], row.get("via", ""))
                link = _link(row, about, nodes, sources)
                # two rows for one link differ only where something has two values: the least one, so that builds agree
                found[key] = min(found.get(key, link), link, key=repr)
    links = sorted(found.values(), key=lambda one: (one.start, one.rank, nodes[one.end].order, one.citation or ""))
    return Web(nodes, tuple(links), register)


def sources_of(store: ox.Store) -> dict[str, str]:
    """The label of the source text in which each thing stands, by IRI; empty where the graph holds one text only."""
    found = {row["thing"]: row["source"] for row in rows(store, query_text("trails/sources.rq"))}
    return found if len(set(found.values())) > 1 else {}


def _source(row: dict[str, str], nodes: dict[str, Node], sources: dict[str, str]) -> str | None:
    """The source text of the words that show a link: those of the citation, else of the end that prints them."""
    if "quote" not in row or not sources:
        return None
    printed = [one for one in (row["to"], row["from"]) if nodes[one].quote == row["quote"]]
    return next((sources[one] for one in (row.get("via", ""), *printed, row["from"], row["to"]) if one in sources), None)


def _link(row: dict[str, str], about: dict[str, set[str]], nodes: dict[str, Node], sources: dict[str, str]) -> Link:
    start, end, citation = row["from"], row["to"], row.get("via")
    both = about.get(start, set()) & about.get(end, set())
    evidence = Evidence(
        row.get("quote"),
        _number(row, "page"),
        _number(row, "line"),
        row.get("footnote"),
        row.get("pinpoint"),
        row.get("unit"),
        row.get("character"),
        _source(row, nodes, sources),
    )
    return Link(
        start,
        row["kind"],
        end,
        int(row["rank"]),
        row["label"],
        row["inverse"],
        row["basis"],
        row.get("remark"),
        row.get("scope"),
        citation,
        evidence,
        row.get("mark"),
        tuple(sorted(both | about.get(citation or "", set()))),
    )


def _register(store: ox.Store, sources: dict[str, str]) -> tuple[dict[str, Discrepancy], dict[str, set[str]]]:
    register: dict[str, Discrepancy] = {}
    about: dict[str, set[str]] = {}
    for row in rows(store, query_text("trails/discrepancies.rq")):
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
            source=sources.get(row["discrepancy"]),
        )
        register[row["key"]] = min(register.get(row["key"], made), made, key=repr)
    return dict(sorted(register.items(), key=lambda one: natural(one[0]))), about


def _nodes(store: ox.Store, about: dict[str, set[str]], sources: dict[str, str]) -> dict[str, Node]:
    details: dict[str, list[tuple[tuple[object, ...], Detail]]] = {}
    for row in rows(store, query_text("trails/details.rq")):
        detail = Detail(
            row["label"],
            row["text"],
            row.get("mark"),
            _number(row, "page"),
            _number(row, "line"),
            row.get("reason"),
            row["editorial"] == "true",
            sources.get(row.get("title", "")),
        )
        order = (int(row["rank"]), detail.label, detail.line or 0, natural(detail.text))
        details.setdefault(row["node"], []).append((order, detail))
    merged: dict[str, dict[str, set[str]]] = {}
    for row in rows(store, query_text("trails/nodes.rq")):
        values = merged.setdefault(row.pop("node"), {})
        for name, value in row.items():
            values.setdefault(name, set()).add(value)
    return {
        iri: _node(iri, values, details.get(iri, []), about.get(iri, set()), sources.get(iri)) for iri, values in sorted(merged.items())
    }


def _node(
    iri: str, values: dict[str, set[str]], details: list[tuple[tuple[object, ...], Detail]], about: set[str], source: str | None
) -> Node:
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
        tuple(detail for _, detail in sorted(details, key=lambda both: both[0])),
        tuple(sorted(about)),
        source,
    )


def _number(row: dict[str, str], name: str) -> int | None:
    return int(row[name]) if name in row else None
