"""Gathers everything that the graph knows of one thing, in sections.
Which property stands where, and how, is told by queries/explain; whatever is not told there comes last, under "More".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import pyoxigraph as ox

from ..graph.lookup import resolve
from ..labels import natural_key
from ..namespaces import DCTERMS, HRGE, HSH, PREFIXES, RDF, RDF_TYPE, RDFS, SH, SKOS, kebab, shrink
from ..sparql import query_text, select
from ..text.folding import fold
from ..trail.link_graph import LinkGraph, load, sources_of
from ..trail.search import find_trail
from .model import Card, Entry, Section

Subject: TypeAlias = ox.NamedNode | ox.BlankNode
Term: TypeAlias = (
    ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
)  # a triple as a term: the engine knows it, our data has none

LABELS = (RDFS("label"), SKOS("prefLabel"), SH("name"), DCTERMS("title"))
_FACTS = "SELECT ?thing ?property ?value WHERE { ?thing hrge:fact ?fact . ?fact hrge:states ?property ; hrge:value ?value }"
_USED, _MORE = "Where it is used", "More"
_TERM = ("hrge", "skos", "sh")


@dataclass(frozen=True)
class _Row:
    rank: int
    section: str
    label: str
    show: str
    of: str | None = None


class CardBuilder:
    """Reads cards from one graph."""

    def __init__(self, store: ox.Store, web: LinkGraph) -> None:
        self.store = store
        self.web = web
        self.opened: set[str] = set()  # what this card has told of in turn, so that it is told once

    @cached_property
    def sources(self) -> dict[str, str]:
        """The source text of each thing that quotes; empty where there is one text only."""
        return sources_of(self.store)

    @cached_property
    def table(self) -> dict[tuple[str, str], list[_Row]]:
        """How each property is shown, by property and way."""
        found: dict[tuple[str, str], list[_Row]] = {}
        for row in select(self.store, query_text("explain/table.rq")):
            told = _Row(
                int(row["rank"]),
                row.get("section", ""),
                row.get("label", ""),
                row["show"],
                row.get("of"),
            )
            found.setdefault((row["predicate"], row["way"]), []).append(told)
        return found

    def label(self, term: Term) -> str:
        """What a person calls a thing; a CURIE where it has no label."""
        if isinstance(term, ox.Literal):
            return term.value
        if isinstance(term, ox.NamedNode):
            if term.value in self.web.nodes:
                return self.web.nodes[term.value].label
            names = sorted(
                _value(q.object)
                for name in LABELS
                for q in self.store.quads_for_pattern(term, name, None, None)
            )
            return names[0] if names else shrink(term.value)
        if isinstance(term, ox.BlankNode):
            parts = self.store.quads_for_pattern(term, None, None, None)
            return ", ".join(self.label(one) for one in self._listed(term)) or "; ".join(
                sorted(f"{self._term(part.predicate)}: {self.label(part.object)}" for part in parts)
            )
        return str(term)

    def kind(self, iri: str) -> str:
        """What kind of thing it is, in words."""
        if iri in self.web.nodes:
            return self.web.nodes[iri].kind
        types = {
            q.object
            for q in self.store.quads_for_pattern(ox.NamedNode(iri), RDF_TYPE, None, None)
            if isinstance(q.object, ox.NamedNode)
        }
        own = [
            one
            for one in types
            if one.value.startswith(tuple(PREFIXES[prefix] for prefix in _TERM))
        ] or types
        words = (self.label(one) for one in own)
        return ", ".join(
            sorted(
                {
                    word if ":" not in word else kebab(word.partition(":")[2]).replace("-", " ")
                    for word in words
                }
            )
        )

    def sections(self, iri: str) -> tuple[Section, ...]:
        """All sections of a thing's card, in their order."""
        self.opened = {iri}
        ranked = sorted(self._lines(ox.NamedNode(iri), nested=False), key=_order)
        found: dict[str, list[Entry]] = {}
        for _, entry, section in ranked:
            if entry not in found.setdefault(section, []):
                found[section].append(entry)
        return tuple(Section(heading, tuple(entries)) for heading, entries in found.items())

    def _lines(self, thing: Subject, *, nested: bool) -> Iterator[tuple[int, Entry, str]]:
        remarks = {} if nested else self._remarks(thing)
        stated = (
            set()
            if nested
            else {
                (row["property"], row["value"]) for row in select(self.store, _FACTS, thing.value)
            }
        )
        for quad in sorted(set(self.store.quads_for_pattern(thing, None, None, None)), key=str):
            if (quad.predicate.value, _value(quad.object)) in stated:
                continue  # the fact says it, with its mark
            told = [
                row
                for row in self.table.get((quad.predicate.value, "out"), ())
                if self._is_a(thing, row.of)
            ]
            for row in told:
                if row.show != "hide":
                    yield (
                        row.rank,
                        self._entry(
                            thing,
                            row,
                            quad.object,
                            remarks.get((quad.predicate.value, _value(quad.object))),
                        ),
                        row.section,
                    )
            if not told and not nested:
                yield (
                    195,
                    Entry(self._term(quad.predicate), self.label(quad.object), _iri(quad.object)),
                    _MORE,
                )
        if isinstance(thing, ox.NamedNode):
            for row_of in select(self.store, query_text("explain/derived.rq"), thing.value):
                page, line = (
                    int(row_of[name]) if name in row_of else None for name in ("page", "line")
                )
                said = (
                    row_of["label"],
                    row_of["text"],
                    row_of.get("value"),
                    page is not None,
                    row_of.get("remark"),
                    page,
                    line,
                )
                yield int(row_of["rank"]), Entry(*said), row_of["section"]
            if not nested:
                yield from self._incoming(thing)

    def _incoming(self, thing: ox.NamedNode) -> Iterator[tuple[int, Entry, str]]:
        linked = {link.start for link in self.web.links_of(thing.value, up=False) if not link.scope}
        for quad in sorted(set(self.store.quads_for_pattern(None, None, thing, None)), key=str):
            told = self.table.get((quad.predicate.value, "in"), ())
            for row in told:
                if row.show != "hide" and self._is_a(quad.subject, row.of):
                    yield row.rank, self._entry(thing, row, quad.subject, None), row.section
            ours = quad.predicate.value.startswith((HRGE, SKOS))
            if told or not ours or not isinstance(quad.subject, ox.NamedNode):
                continue
            if quad.subject.value not in linked and not quad.subject.value.startswith(HSH):
                yield (
                    180,
                    Entry(
                        f"in “{self._term(quad.predicate)}” of",
                        self.label(quad.subject),
                        quad.subject.value,
                    ),
                    _USED,
                )

    def _entry(self, thing: Subject, row: _Row, value: Term, remark: str | None) -> Entry:
        if isinstance(value, ox.BlankNode) and (words := self._text(value, "quote")):
            return self._entry(value, replace(row, show="quote"), ox.Literal(words), remark)
        if row.show == "print":
            return Entry(row.label, self.label(value), _iri(value), True, remark)
        if row.show == "quote" and isinstance(value, ox.Literal):
            anchor = self._anchor_of(thing, value.value)
            if anchor is None:
                return Entry(row.label, value.value, None, True, remark)
            page, line = self._integer(anchor, "page"), self._integer(anchor, "line")
            nested = self._details(anchor)
            return Entry(
                row.label,
                value.value,
                None,
                True,
                remark,
                page,
                line,
                nested,
                self.sources.get(thing.value),
            )
        details: tuple[Entry, ...] = ()
        if (
            row.show == "deep"
            and isinstance(value, (ox.NamedNode, ox.BlankNode))
            and value.value not in self.opened
        ):
            self.opened.add(value.value)
            details = self._details(value)
            remark = remark or next(
                (
                    link.remark
                    for link in self.web.links_of(thing.value, up=True)
                    if link.end == value.value and link.remark
                ),
                None,
            )
        return Entry(row.label, self.label(value), _iri(value), remark=remark, details=details)

    def _details(self, value: Subject) -> tuple[Entry, ...]:
        lines = sorted(self._lines(value, nested=True), key=_order)
        return tuple(dict.fromkeys(entry for _, entry, _ in lines))

    def _anchor_of(self, thing: Subject, words: str) -> ox.NamedNode | None:
        """The place of a quotation; where a thing has several, the one whose exact text folds to these words."""
        places = [
            q.object
            for q in self.store.quads_for_pattern(thing, HRGE("anchor"), None, None)
            if isinstance(q.object, ox.NamedNode)
        ]
        distinct = sorted(set(places), key=str)
        fitting = [one for one in distinct if fold(self._text(one, "exact")) == fold(words)]
        return fitting[0] if fitting else distinct[0] if len(distinct) == 1 else None

    def _text(self, thing: Subject, name: str) -> str:
        return min(
            (_value(q.object) for q in self.store.quads_for_pattern(thing, HRGE(name), None, None)),
            default="",
        )

    def _integer(self, thing: ox.NamedNode, name: str) -> int | None:
        text = self._text(thing, name)
        return int(text) if text else None

    def _remarks(self, thing: Subject) -> dict[tuple[str, str], str]:
        return {
            (row["predicate"], row["value"]): row["remark"]
            for row in select(self.store, query_text("explain/remarks.rq"), thing.value)
        }

    def _is_a(self, thing: Term, of: str | None) -> bool:
        if of is None or isinstance(thing, ox.Literal):
            return of is None
        return (
            next(iter(self.store.quads_for_pattern(thing, RDF_TYPE, ox.NamedNode(of), None)), None)
            is not None
        )

    def _term(self, predicate: ox.NamedNode) -> str:
        name = self.label(predicate)
        return name if ":" not in name else kebab(name.partition(":")[2]).replace("-", " ")

    def _listed(self, node: ox.BlankNode) -> Iterable[Term]:
        found: list[Term] = []
        here: object = node
        while (
            isinstance(here, ox.BlankNode) and len(found) < 100
        ):  # a list that runs in a circle must end
            found += [
                q.object for q in self.store.quads_for_pattern(here, RDF("first"), None, None)
            ]
            here = next(
                (q.object for q in self.store.quads_for_pattern(here, RDF("rest"), None, None)),
                None,
            )
        return found


def _order(line: tuple[int, Entry, str]) -> tuple[object, ...]:
    """By rank, place in the text, remark (adopted before not adopted), value."""
    rank, entry, _ = line
    return rank, entry.line or 0, entry.remark or "", natural_key(entry.value), entry.iri or ""


def _value(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _iri(term: object) -> str | None:
    return term.value if isinstance(term, ox.NamedNode) else None


def explain(store: ox.Store, name: str) -> Card:
    """The card of a thing, by any name that names.find knows.

    Raises InputError for a name that is unknown or may be several things.
    """
    iri = resolve(store, name)
    web = load(store)
    gatherer = CardBuilder(store, web)
    node = web.nodes.get(iri)
    if node is not None:
        keys = set(node.discrepancies)
    else:
        query = "SELECT ?thing ?key WHERE { ?discrepancy hrge:concerns ?thing ; dcterms:identifier ?key }"
        keys = {row["key"] for row in select(store, query, iri)}
    about = tuple(one for key, one in web.discrepancies.items() if key in keys)
    links = find_trail(store, iri, depth=1) if node is not None else None
    return Card(
        iri,
        gatherer.label(ox.NamedNode(iri)),
        gatherer.kind(iri),
        gatherer.sections(iri),
        links,
        about,
    )
