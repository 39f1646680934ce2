"""Trails as RDF: each link a resource, in CiTO where CiTO has the words, with PROV for where it comes from."""

from __future__ import annotations

import hashlib
import json

import pyoxigraph as ox
import rdflib
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS

from ...namespaces import HRGE, PREFIXES
from ..model import Link, Trail

_HRGE, _CITO = (rdflib.Namespace(PREFIXES[prefix]) for prefix in ("hrge", "cito"))
_PREFIXES = (
    "hrge",
    "cito",
    "prov",
    "rdfs",
    "dcterms",
    "discrepancy",
    "norm",
    "provision",
    "document",
    "citation",
    "passage",
    "limit",
    "c",
)


def to_graph(trail: Trail) -> rdflib.Graph:
    """The trail as a graph of rdflib: a hrge:Link for every edge, its two ends with their labels, the words that print it."""
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix in _PREFIXES:
        graph.bind(prefix, PREFIXES[prefix])
    this = rdflib.URIRef(
        _name("trail", trail.start, trail.end or "", *(_key(link) for link in trail.edges))
    )
    graph.add((this, RDF.type, _HRGE.Trail))
    graph.add((this, _HRGE.trailStart, rdflib.URIRef(trail.start)))
    if trail.end:
        graph.add((this, _HRGE.trailEnd, rdflib.URIRef(trail.end)))
    for note in trail.notes:
        graph.add((this, RDFS.comment, rdflib.Literal(note, lang="en")))
    for node in trail.nodes.values():
        one = rdflib.URIRef(node.id)
        graph.add((one, RDFS.label, rdflib.Literal(node.label, lang="en")))
        graph.add((this, _HRGE.passes, one))
        if node.quote:
            graph.add((one, _HRGE.quote, rdflib.Literal(node.quote)))
        for key in node.discrepancies:
            graph.add((rdflib.URIRef(trail.discrepancies[key].id), _HRGE.concerns, one))
    for found in trail.discrepancies.values():
        one = rdflib.URIRef(found.id)
        graph.add((one, DCTERMS.identifier, rdflib.Literal(found.key)))
        graph.add((one, RDFS.label, rdflib.Literal(found.label, lang="en")))
        graph.add((one, _HRGE.difference, rdflib.Literal(found.difference, lang="en")))
    for link in trail.edges:
        graph.add((this, PROV.hadMember, _link(graph, link)))
    return graph


def to_turtle(trail: Trail) -> str:
    """The graph as Turtle."""
    return to_graph(trail).serialize(format="turtle")


def to_json_ld(trail: Trail) -> str:
    """The graph as JSON-LD in expanded form, sorted; it needs no context."""
    triples = ox.parse(to_graph(trail).serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
    found = json.loads(
        ox.serialize((quad.triple for quad in triples), format=ox.RdfFormat.JSON_LD) or b"[]"
    )
    return (
        json.dumps(
            sorted(found, key=lambda one: one["@id"]), ensure_ascii=False, indent=2, sort_keys=True
        )
        + "\n"
    )


def _link(graph: rdflib.Graph, link: Link) -> rdflib.URIRef:
    one = rdflib.URIRef(_name("link", _key(link)))
    start, end = rdflib.URIRef(link.start), rdflib.URIRef(link.end)
    graph.add((one, RDF.type, _HRGE.Link))
    graph.add((one, RDFS.label, rdflib.Literal(link.label, lang="en")))
    graph.add((one, _HRGE.linkKind, rdflib.Literal(link.kind)))
    graph.add((one, _HRGE.linkBasis, rdflib.Literal(link.basis)))
    graph.add((one, _HRGE.linkFrom, start))
    graph.add((one, _HRGE.linkTo, end))
    if link.cito:
        graph.add((one, RDF.type, _CITO.Citation))
        graph.add((one, _CITO.hasCitingEntity, start))
        graph.add((one, _CITO.hasCitedEntity, end))
        graph.add((one, _CITO.hasCitationCharacterization, rdflib.URIRef(link.cito)))
    if link.citation:
        graph.add((one, PROV.wasDerivedFrom, rdflib.URIRef(link.citation)))
    if link.editorial:
        graph.add((one, _HRGE.editorial, rdflib.Literal(True)))
    said = link.evidence
    for name, value in (
        ("quote", said.quote),
        ("page", said.page),
        ("line", said.line),
        ("footnote", said.footnote),
        ("pinpoint", said.pinpoint),
        ("linkPinpointUnit", said.pinpoint_unit),
        ("linkCharacter", said.character),
        ("linkVerification", link.verification),
        ("note", link.remark),
    ):
        if value is not None:
            graph.add((one, _HRGE[name], rdflib.Literal(value)))
    for key in link.discrepancies:
        graph.add((one, _HRGE.linkDiscrepancy, rdflib.Literal(key)))
    return one


def _key(link: Link) -> str:
    return " ".join((link.start, link.kind, link.end, link.citation or ""))


def _name(kind: str, *parts: str) -> str:
    """The same for the same trail, wherever it is exported."""
    return f"{HRGE.rsplit('/', 1)[0]}/id/{kind}/{hashlib.sha256(' '.join(parts).encode()).hexdigest()[:20]}"
