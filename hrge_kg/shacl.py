"""Runs a SHACL engine over a description and reads its report: which shape fired on which statement of which group.

pyshacl is the reference engine. (W3C SHACL, 3: validation and the validation report)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from .errors import InputError
from .prefixes import PREFIXES

if TYPE_CHECKING:
    import rdflib

SH, HRGE = PREFIXES["sh"], PREFIXES["hrge"]


@dataclass(frozen=True)
class OutcomeShape:
    """A property shape that reports an outcome: its norm, check, outcome (notation), reason, severity and message."""

    iri: str
    norm: str
    check: str
    outcome: str
    reason: str
    severity: str
    message: str


@dataclass(frozen=True)
class Result:
    """One validation result: where it looked, what it fired on (None for silence), and the shape."""

    focus: str
    value: str | None
    shape: OutcomeShape


def outcome_shapes(graph: ox.Store) -> dict[str, OutcomeShape]:
    """All outcome shapes of a built graph, by IRI."""
    query = f"""PREFIX sh: <{SH}> PREFIX hrge: <{HRGE}> PREFIX skos: <{PREFIXES["skos"]}>
    SELECT ?shape ?norm ?check ?outcome ?reason ?severity ?message WHERE {{
      ?shape a sh:PropertyShape ; hrge:outcome/skos:notation ?outcome ; hrge:enforces ?norm ; hrge:generatedFrom ?check ;
             hrge:reason ?reason ; sh:severity ?severity ; sh:message ?message }} ORDER BY ?shape"""
    rows = graph.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    names = ("shape", "norm", "check", "outcome", "reason", "severity", "message")
    return {row["shape"].value: OutcomeShape(*(row[name].value for name in names)) for row in rows}


def shape_triples(graph: ox.Store) -> list[ox.Triple]:
    """The shapes of a built graph: those generated and those written by hand."""
    folders = tuple(PREFIXES["graph"] + "shapes/" + part for part in ("norms/", "witnesses/", "by-hand/"))
    return [quad.triple for quad in graph if quad.graph_name.value.startswith(folders)]


def shapes_graph(graph: ox.Store) -> rdflib.Graph:
    """The shapes for a SHACL engine."""
    return to_rdflib(shape_triples(graph))


def data_graph(store: ox.Store) -> rdflib.Graph:
    """What shapes look at in an entailed description: its own triples, the views, and the order of concepts and classes."""
    background = {PREFIXES["skos"] + "broader", PREFIXES["rdfs"] + "subClassOf"}
    # By what they are, not by their names: an author may describe a programme under a name of another namespace.
    kinds = (ox.NamedNode(HRGE + name) for name in ("Programme", "ServedGroup", "Statement", "StatementView"))
    a = ox.NamedNode(PREFIXES["rdf"] + "type")
    described = {quad.subject for kind in kinds for quad in store.quads_for_pattern(None, a, kind, None)}
    wanted = (
        quad.triple
        for quad in store
        if isinstance(quad.subject, ox.NamedNode) and (quad.predicate.value in background or quad.subject in described)
    )
    return to_rdflib(wanted)


def to_rdflib(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Triples as an rdflib graph, through N-Triples."""
    import rdflib

    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph(bind_namespaces="none").parse(data=data, format="nt")


def run(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """The W3C validation report of pyshacl, which fetches nothing and infers nothing.

    Raises InputError where the engine cannot use the shapes: one of them refers to a shape that is not there, for instance.
    """
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError

    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False, do_owl_imports=False, meta_shacl=False)
    except ReportableRuntimeError as error:
        report = error
    if not isinstance(report, rdflib.Graph):
        raise InputError("shapes", None, f"the engine cannot use them: {report}", "Nothing is assessed. Restore the shapes.")
    return report


def read_report(report: rdflib.Graph, shapes: dict[str, OutcomeShape]) -> list[Result]:
    """The results of outcome shapes, in a stable order."""
    from rdflib import RDF, Namespace

    sh = Namespace(SH)
    found = []
    for node in report.subjects(RDF.type, sh.ValidationResult):
        shape = shapes.get(str(report.value(node, sh.sourceShape)))
        if shape is not None:
            value = report.value(node, sh.value)
            found.append(Result(str(report.value(node, sh.focusNode)), None if value is None else str(value), shape))
    return sorted(found, key=lambda r: (r.focus, r.shape.iri, r.value or ""))
