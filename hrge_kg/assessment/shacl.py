"""What a SHACL engine gets, and what its report says.

The report says which shape fired on which statement of which group. (W3C SHACL, 3: validation and
the validation report)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import RDFS, SH, SKOS, XSD, shrink, term_text
from ..prepared import prepared, prepared_quads
from .enums import Outcome, Reason
from .preparation import described

if TYPE_CHECKING:
    import rdflib

_STRING = XSD("string")
_PROPERTY = SH("property")
_BROADER = SKOS("broader")
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True)
class OutcomeShape:
    """A property shape that reports an outcome. All that names a node is its IRI.

    A shape of a check is of one norm; a shape of a sign is of all norms that the sign bears on.
    """

    iri: str
    norms: tuple[str, ...]
    check: str
    """The check or sign that it was generated from."""
    outcome: Outcome
    reason: Reason
    severity: str
    message: str


@dataclass(frozen=True)
class Result:
    """One validation result: the focus, what it fired on (None for silence), and the shape."""

    focus: str
    value: str | None
    shape: OutcomeShape


def outcome_shapes(graph: ox.Store) -> dict[str, OutcomeShape]:
    """All outcome shapes of a built graph, by IRI.

    Raises InputError for a shape with an outcome or a reason that is on no list of ours.
    """
    rows_by_shape: dict[str, list[dict[str, str]]] = {}
    for row in prepared(graph, "outcome-shapes"):
        rows_by_shape.setdefault(row["shape"], []).append(row)
    return {shape: _outcome_shape(rows) for shape, rows in rows_by_shape.items()}


def _outcome_shape(rows: list[dict[str, str]]) -> OutcomeShape:
    row = rows[0]
    try:
        outcome, reason = Outcome(row["outcome"]), Reason(row["reason"])
    except ValueError as error:
        raise InputError(
            "shapes", f"{shrink(row['shape'])}: {error}", "Use an outcome and a reason that exist."
        ) from error
    return OutcomeShape(
        row["shape"],
        tuple(each["norm"] for each in rows),
        row["check"],
        outcome,
        reason,
        row["severity"],
        row["message"],
    )


class Shapes:
    """The shapes of a built graph as an engine gets them. (queries/prepared/shapes.rq)"""

    def __init__(self, graph: ox.Store) -> None:
        self._graph = graph

    @cached_property
    def every(self) -> list[ox.Triple]:
        """All shapes."""
        return [quad.triple for quad in prepared_quads(self._graph, "shapes")]

    def of(self, some: Iterable[str]) -> list[ox.Triple]:
        """These outcome shapes (IRIs) with what targets them and what they refer to."""
        wanted = {ox.NamedNode(iri) for iri in some}
        holders = {node for one in wanted for node in self._holders.get(one, ())}
        found = []
        seen: set[Term] = {*wanted, *holders}
        todo = list(seen)
        while todo:
            node = todo.pop()
            for triple in self._about.get(node, ()):
                if (
                    node in holders
                    and triple.predicate == _PROPERTY
                    and triple.object not in wanted
                ):
                    continue
                found.append(triple)
                # What is described here is a shape, a list or a path; no class, concept or aspect.
                if triple.object in self._about and triple.object not in seen:
                    seen.add(triple.object)
                    todo.append(triple.object)
        return found

    def themselves(self, some: Iterable[str]) -> dict[str, list[ox.Triple]]:
        """The triples about each of these shapes (IRIs)."""
        return {iri: self._about.get(ox.NamedNode(iri), []) for iri in some}

    def holders(self, some: Iterable[str]) -> list[str] | None:
        """The node shapes (IRIs) that have these property shapes (IRIs); None where one has no
        name, or has no node shape that has one.
        """
        found: set[str] = set()
        for iri in some:
            holders = self._holders.get(ox.NamedNode(iri))
            if not holders or not all(isinstance(one, ox.NamedNode) for one in holders):
                return None
            found.update(term_text(one) for one in holders)
        return sorted(found)

    @cached_property
    def _about(self) -> dict[Term, list[ox.Triple]]:
        about: dict[Term, list[ox.Triple]] = {}
        for triple in self.every:
            about.setdefault(triple.subject, []).append(triple)
        return about

    @cached_property
    def _holders(self) -> dict[Term, list[Term]]:
        """The node shapes that have a property shape."""
        holders: dict[Term, list[Term]] = {}
        for triple in self.every:
            if triple.predicate == _PROPERTY:
                holders.setdefault(triple.object, []).append(triple.subject)
        return holders


def shapes_graph(graph: ox.Store) -> rdflib.Graph:
    """All shapes, for an engine that reads rdflib's graphs."""
    return to_rdflib(Shapes(graph).every)


def data_triples(store: ox.Store) -> list[ox.Triple]:
    """What shapes look at in an entailed description.

    That is its own triples, the views, the order of classes, and that of the concepts it names:
    from the description, the paths of shapes lead to no others.
    """
    named = (subject for subject in described(store) if isinstance(subject, ox.NamedNode))
    own = dict.fromkeys(
        quad.triple
        for subject in sorted(named, key=str)
        for quad in store.quads_for_pattern(subject, None, None, None)
    )
    classes = store.quads_for_pattern(None, RDFS("subClassOf"), None, None)
    order = dict.fromkeys(quad.triple for quad in classes if isinstance(quad.subject, ox.NamedNode))
    return list(order | _order_of_concepts(store, {triple.object for triple in own}) | own)


def _order_of_concepts(store: ox.Store, named: Iterable[Term]) -> dict[ox.Triple, None]:
    """Which concept is broader than which, of all that are above, below and beside these."""
    found: dict[ox.Triple, None] = {}
    seen = {term for term in named if isinstance(term, ox.NamedNode)}
    todo = sorted(seen, key=str)
    while todo:
        concept = todo.pop()
        above = store.quads_for_pattern(concept, _BROADER, None, None)
        below = store.quads_for_pattern(None, _BROADER, concept, None)
        for quad in (*above, *below):
            found[quad.triple] = None
            for one in (quad.subject, quad.object):
                if isinstance(one, ox.NamedNode) and one not in seen:
                    seen.add(one)
                    todo.append(one)
    return found


def data_graph(store: ox.Store) -> rdflib.Graph:
    """The same for an engine that reads rdflib's graphs."""
    return to_rdflib(data_triples(store))


def to_rdflib(triples: Iterable[ox.Triple], store: str = "default") -> rdflib.Graph:
    """Triples as an rdflib graph (in a kind of store that rdflib has), each term made once."""
    import rdflib

    known: dict[object, rdflib.term.Node] = {}

    def term(one: object) -> rdflib.term.Node:
        made = known.get(one)
        if made is None:
            made = known[one] = _to_rdflib(one)
        return made

    graph = rdflib.Graph(store=store, bind_namespaces="none")
    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph


def _to_rdflib(term: object) -> rdflib.term.Node:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        datatype = (
            None
            if term.language or term.datatype == _STRING
            else rdflib.URIRef(term.datatype.value)
        )
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype)
    return rdflib.BNode(term_text(term))


def read_report(report: rdflib.Graph, shapes: dict[str, OutcomeShape]) -> list[Result]:
    """The results of outcome shapes, in a stable order."""
    from rdflib import RDF, Namespace

    sh = Namespace(SH)
    found = []
    for node in report.subjects(RDF.type, sh.ValidationResult):
        shape = shapes.get(str(report.value(node, sh.sourceShape)))
        if shape is not None:
            value = report.value(node, sh.value)
            found.append(
                Result(
                    str(report.value(node, sh.focusNode)),
                    None if value is None else str(value),
                    shape,
                )
            )
    return in_order(found)


def in_order(results: Iterable[Result]) -> list[Result]:
    """Results in an order that depends on nothing but them."""
    return sorted(results, key=lambda r: (r.focus, r.shape.iri, r.value or ""))
