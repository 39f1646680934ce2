"""Builds a card: everything that the graph knows of one thing, in sections.

queries/explain/table.rq says in which section each property goes, and how it is shown. Properties
that the table does not name come last, under "More".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import pyoxigraph as ox

from ..graph.lookup import find
from ..labels import natural_key
from ..namespaces import DCTERMS, HRGE, HSH, RDF, RDF_TYPE, RDFS, SH, SKOS, kebab, shrink
from ..sparql import Row, query_text, select, select_about
from ..text.folding import fold
from ..trail.link_graph import LinkGraph
from ..trail.search import trail_around
from .model import Card, Entry, Section

Subject: TypeAlias = ox.NamedNode | ox.BlankNode
# A term can be a triple for the store; our data have no such terms.
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

LABELS = (RDFS("label"), SKOS("prefLabel"), SH("name"), DCTERMS("title"))
_FACTS = """SELECT ?thing ?property ?value
WHERE { ?thing hrge:fact ?fact . ?fact hrge:states ?property ; hrge:value ?value }"""
_DISCREPANCIES = """SELECT ?thing ?key
WHERE { ?discrepancy hrge:concerns ?thing ; dcterms:identifier ?key }"""
_USED, _MORE = "Where it is used", "More"
_USED_RANK, _MORE_RANK = 180, 195  # higher than the ranks in queries/explain, so that they are last
_OURS = (HRGE, SKOS)
_TYPES_WITH_A_LABEL = (HRGE, SKOS, SH)
_LONGEST_LIST = 100


@dataclass(frozen=True)
class _Rule:
    """How the values of a property are shown.

    `show` is one of: word (a label or value), print (printed words), quote (printed words with
    their place), deep (with what is known of the value itself) and hide. `of` is the class (IRI) of
    the things that the rule is for (None: all).
    """

    rank: int
    section: str
    label: str
    show: str
    of: str | None = None


@dataclass(frozen=True)
class _Line:
    """An entry with its section and its rank in it."""

    rank: int
    entry: Entry
    section: str

    @property
    def order(self) -> tuple[object, ...]:
        """By rank, place in the text, remark (adopted before not adopted), value."""
        entry = self.entry
        value = natural_key(entry.value)
        return self.rank, entry.line or 0, entry.remark or "", value, entry.iri or ""


class CardBuilder:
    """Reads cards from one graph."""

    def __init__(self, store: ox.Store, link_graph: LinkGraph) -> None:
        self.store = store
        self.link_graph = link_graph
        self.opened: set[str] = set()  # IRIs shown `deep` on this card; each is so only once
        self._derived_lines: dict[str, list[_Line]] = {}
        self._answers: dict[str, dict[str, list[Row]]] = {}  # by query and thing; see read_all

    def read_all(self) -> None:
        """Ask once for all things what each card would ask anew. For a card or two it is slower."""
        self.link_graph.read_all()
        for row in select(self.store, query_text("explain/derived.rq")):
            self._keep_derived(row)
        for name, query in self._queries.items():
            by_thing = self._answers.setdefault(name, {})
            for row in select(self.store, query):
                by_thing.setdefault(row["thing"], []).append(row)

    def card(self, iri: str, notes: tuple[str, ...] = ()) -> Card:
        """The card of a thing, by its IRI."""
        node = self.link_graph.node(iri)
        keys = (
            set(node.discrepancies)
            if node
            else {row["key"] for row in self._rows("discrepancies", iri)}
        )
        return Card(
            iri,
            self.label(ox.NamedNode(iri)),
            self.kind(iri),
            self.sections(iri),
            trail_around(self.link_graph, iri, depth=1) if node else None,
            tuple(entry for key, entry in self.link_graph.discrepancies.items() if key in keys),
            notes,
            self.link_graph.date,
            self.link_graph.texts,
        )

    @cached_property
    def _queries(self) -> dict[str, str]:
        """What each card asks of its thing alone."""
        remarks: str = query_text("explain/remarks.rq")
        return {"remarks": remarks, "facts": _FACTS, "discrepancies": _DISCREPANCIES}

    def _rows(self, name: str, thing: str) -> list[Row]:
        """What a query says of one thing."""
        if self._answers:
            return self._answers[name].get(thing, [])
        return select(self.store, self._queries[name], thing)

    @cached_property
    def rules(self) -> dict[tuple[str, str], list[_Rule]]:
        """How properties are shown, by property and direction.

        The direction is "out" if the thing on the card is the subject, "in" if it is the object.
        """
        rules: dict[tuple[str, str], list[_Rule]] = {}
        for row in select(self.store, query_text("explain/table.rq")):
            rule = _Rule(
                int(row["rank"]),
                row.get("section", ""),
                row.get("label", ""),
                row["show"],
                row.get("of"),
            )
            rules.setdefault((row["predicate"], row["way"]), []).append(rule)
        return rules

    def label(self, term: Term) -> str:
        """What a person calls a thing; a CURIE where it has no label."""
        if isinstance(term, ox.Literal):
            return term.value
        if isinstance(term, ox.NamedNode):
            if node := self.link_graph.node(term.value):
                return node.label
            labels = [_text(value) for name in LABELS for value in self._values(term, name)]
            return min(labels, default=shrink(term.value))
        if isinstance(term, ox.BlankNode):
            return ", ".join(map(self.label, self._members(term))) or self._parts(term)
        return str(term)

    def _parts(self, node: ox.BlankNode) -> str:
        """What is stated of a blank node, which has no name of its own."""
        quads = self.store.quads_for_pattern(node, None, None, None)
        return "; ".join(
            sorted(f"{self._property(quad.predicate)}: {self.label(quad.object)}" for quad in quads)
        )

    def kind(self, iri: str) -> str:
        """What kind of thing it is, in words."""
        if node := self.link_graph.node(iri):
            return node.kind
        types = {
            value
            for value in self._values(ox.NamedNode(iri), RDF_TYPE)
            if isinstance(value, ox.NamedNode)
        }
        own = {value for value in types if value.value.startswith(_TYPES_WITH_A_LABEL)}
        return ", ".join(sorted({self._property(value) for value in own or types}))

    def sections(self, iri: str) -> tuple[Section, ...]:
        """All sections of a thing's card, in their order."""
        self.opened = {iri}
        if not self._answers:
            self._read_ahead(ox.NamedNode(iri))
        lines = sorted(self._lines(ox.NamedNode(iri), nested=False), key=lambda line: line.order)
        entries: dict[str, dict[Entry, None]] = {}  # each once
        for line in lines:
            entries.setdefault(line.section, {})[line.entry] = None
        return tuple(Section(heading, tuple(found)) for heading, found in entries.items())

    def _read_ahead(self, thing: ox.NamedNode) -> None:
        """Read at once what the card of a thing needs of others, which one by one takes long."""
        incoming = self.store.quads_for_pattern(None, None, thing, None)
        named = {quad.subject for quad in incoming if isinstance(quad.subject, ox.NamedNode)}
        shown: set[Subject] = {thing}
        new: set[Subject] = {thing, *named}
        while new:
            quads = [quad for one in new for quad in self.store.quads_for_pattern(one, None, None)]
            named |= {quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)}
            new = {value for quad in quads if (value := self._detailed(quad))} - shown
            shown |= new
        self.link_graph.read_nodes(one.value for one in {thing, *named})
        self._read_derived(one.value for one in shown if isinstance(one, ox.NamedNode))

    def _detailed(self, quad: ox.Quad) -> Subject | None:
        """The object of a quad, if a card may show what is known of it."""
        if not isinstance(quad.object, ox.NamedNode | ox.BlankNode):
            return None
        rules = self.rules.get((quad.predicate.value, "out"), ())
        deep = quad.predicate == HRGE("anchor") or any(rule.show == "deep" for rule in rules)
        return quad.object if deep else None

    def _lines(self, thing: Subject, *, nested: bool) -> Iterator[_Line]:
        yield from self._outgoing(thing, nested=nested)
        if isinstance(thing, ox.NamedNode):
            self._read_derived([thing.value])
            yield from self._derived_lines[thing.value]
            if not nested:
                yield from self._incoming(thing)

    def _outgoing(self, thing: Subject, *, nested: bool) -> Iterator[_Line]:
        """What the graph states of a thing; with `nested`, only properties that have a rule."""
        remarks = {} if nested else self._remarks(thing)
        facts = set() if nested else self._facts(thing)
        for quad in sorted(set(self.store.quads_for_pattern(thing, None, None, None)), key=str):
            key = (quad.predicate.value, _text(quad.object))
            if key in facts:
                continue  # shown with the fact, which says how well it is verified
            rules = [
                rule
                for rule in self.rules.get((quad.predicate.value, "out"), ())
                if self._is_a(thing, rule.of)
            ]
            for rule in rules:
                if rule.show != "hide":
                    entry = self._entry(thing, rule, quad.object, remarks.get(key))
                    yield _Line(rule.rank, entry, rule.section)
            if not rules and not nested:
                name, label = self._property(quad.predicate), self.label(quad.object)
                yield _Line(_MORE_RANK, Entry(name, label, _iri(quad.object)), _MORE)

    def _read_derived(self, iris: Iterable[str]) -> None:
        """Read what queries/explain/derived.rq concludes about these things, each once."""
        new = [iri for iri in iris if iri not in self._derived_lines]
        self._derived_lines.update((iri, []) for iri in new)
        if self._answers:
            return
        for row in select_about(self.store, query_text("explain/derived.rq"), "?thing", new):
            self._keep_derived(row)

    def _keep_derived(self, row: Row) -> None:
        page, line = (int(row[name]) if name in row else None for name in ("page", "line"))
        entry = Entry(
            row["label"],
            row["text"],
            row.get("value"),
            page is not None,
            row.get("remark"),
            page,
            line,
        )
        found = _Line(int(row["rank"]), entry, row["section"])
        self._derived_lines.setdefault(row["thing"], []).append(found)

    def _incoming(self, thing: ox.NamedNode) -> Iterator[_Line]:
        """What the graph states of other things, with this thing as the object."""
        links = self.link_graph.links_of(thing.value, up=False)
        linked = {link.start for link in links if not link.scope}
        for quad in sorted(set(self.store.quads_for_pattern(None, None, thing, None)), key=str):
            rules = self.rules.get((quad.predicate.value, "in"), ())
            for rule in rules:
                if rule.show != "hide" and self._is_a(quad.subject, rule.of):
                    entry = self._entry(thing, rule, quad.subject, None)
                    yield _Line(rule.rank, entry, rule.section)
            if rules or not quad.predicate.value.startswith(_OURS):
                continue
            other = quad.subject
            # A thing from which a link leads here is shown as a link, a shape with its check.
            if (
                isinstance(other, ox.NamedNode)
                and other.value not in linked
                and not other.value.startswith(HSH)
            ):
                name = f"in “{self._property(quad.predicate)}” of"
                yield _Line(_USED_RANK, Entry(name, self.label(other), other.value), _USED)

    def _entry(self, thing: Subject, rule: _Rule, value: Term, remark: str | None) -> Entry:
        if isinstance(value, ox.BlankNode) and (words := self._least_text(value, HRGE("quote"))):
            return self._entry(value, replace(rule, show="quote"), ox.Literal(words), remark)
        if rule.show == "print":
            return Entry(rule.label, self.label(value), _iri(value), True, remark)
        if rule.show == "quote" and isinstance(value, ox.Literal):
            return self._quotation(thing, rule.label, value.value, remark)
        details: tuple[Entry, ...] = ()
        if (
            rule.show == "deep"
            and isinstance(value, ox.NamedNode | ox.BlankNode)
            and value.value not in self.opened
        ):
            self.opened.add(value.value)
            details = self._details(value)
            remark = remark or self._link_remark(thing, value)
        return Entry(rule.label, self.label(value), _iri(value), remark=remark, details=details)

    def _quotation(self, thing: Subject, label: str, words: str, remark: str | None) -> Entry:
        entry = Entry(label, words, None, True, remark)
        anchor = self._anchor_of(thing, words)
        if anchor is None:
            return entry
        return replace(
            entry,
            page=self._integer(anchor, HRGE("page")),
            line=self._integer(anchor, HRGE("line")),
            details=self._details(anchor),
            source=self.link_graph.source_of(thing.value),
        )

    def _link_remark(self, thing: Subject, value: Subject) -> str | None:
        links = self.link_graph.links_of(thing.value, up=True)
        return next(
            (link.remark for link in links if link.end == value.value and link.remark), None
        )

    def _details(self, value: Subject) -> tuple[Entry, ...]:
        lines = sorted(self._lines(value, nested=True), key=lambda line: line.order)
        return tuple(dict.fromkeys(line.entry for line in lines))

    def _anchor_of(self, thing: Subject, words: str) -> ox.NamedNode | None:
        """The place of a quotation. Of several, it is the one whose raw text, folded, has the same
        words. (hrge_kg/text/folding.py)
        """
        anchors = {
            value
            for value in self._values(thing, HRGE("anchor"))
            if isinstance(value, ox.NamedNode)
        }
        fitting = [
            anchor
            for anchor in sorted(anchors, key=str)
            if fold(self._least_text(anchor, HRGE("exact"))) == fold(words)
        ]
        if fitting:
            return fitting[0]
        return next(iter(anchors)) if len(anchors) == 1 else None

    def _values(self, thing: Subject, name: ox.NamedNode) -> Iterator[Term]:
        for quad in self.store.quads_for_pattern(thing, name, None, None):
            yield quad.object

    def _least_text(self, thing: Subject, name: ox.NamedNode) -> str:
        return min(map(_text, self._values(thing, name)), default="")

    def _integer(self, thing: ox.NamedNode, name: ox.NamedNode) -> int | None:
        text = self._least_text(thing, name)
        return int(text) if text else None

    def _remarks(self, thing: Subject) -> dict[tuple[str, str], str]:
        """Remarks on what is stated of a thing, by property and value."""
        rows = self._rows("remarks", thing.value)
        return {(row["predicate"], row["value"]): row["remark"] for row in rows}

    def _facts(self, thing: Subject) -> set[tuple[str, str]]:
        """The facts about a thing, by property and value."""
        return {(row["property"], row["value"]) for row in self._rows("facts", thing.value)}

    def _is_a(self, thing: Term, of: str | None) -> bool:
        if of is None or isinstance(thing, ox.Literal):
            return of is None
        return any(
            True for _ in self.store.quads_for_pattern(thing, RDF_TYPE, ox.NamedNode(of), None)
        )

    def _property(self, term: ox.NamedNode) -> str:
        """What a person calls a property or class; the words of its name where it has no label."""
        label = self.label(term)
        return kebab(label.partition(":")[2]).replace("-", " ") if ":" in label else label

    def _members(self, node: ox.BlankNode) -> list[Term]:
        """The members of a list. (RDF Schema 1.1, 5.2)"""
        members: list[Term] = []
        here: object = node
        # The length is limited because a list can lead back to itself.
        while isinstance(here, ox.BlankNode) and len(members) < _LONGEST_LIST:
            members += self._values(here, RDF("first"))
            here = next(self._values(here, RDF("rest")), None)
        return members


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _iri(term: object) -> str | None:
    return term.value if isinstance(term, ox.NamedNode) else None


def explain(graph: ox.Store, name: str) -> Card:
    """The card of a thing, by any name that `graph.lookup` knows.

    Raises InputError for a name that is unknown or may be several things.
    """
    found = find(graph, name)
    return CardBuilder(graph, LinkGraph(graph)).card(found.iri, found.notes)
