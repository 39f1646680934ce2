"""Trails as RDF: each link a resource with its evidence.

The kinds of link are in terms of CiTO if it has one for them, and the origin of a link in terms of
PROV. (CiTO, the Citation Typing Ontology; W3C PROV-O)
"""

from __future__ import annotations

import hashlib

import pyoxigraph as ox
import rdflib
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS

from ...namespaces import BASE, PREFIXES
from ...tables import json_ld
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
    """The trail as a graph of rdflib.

    It has an hrge:Link for every edge, with its two ends, their labels, and the words that print
    the link.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix in _PREFIXES:
        graph.bind(prefix, PREFIXES[prefix])
    keys = (_key(link) for link in trail.edges)
    this = rdflib.URIRef(_name("trail", trail.start, trail.end or "", *keys))
    graph.add((this, RDF.type, _HRGE.Trail))
    graph.add((this, _HRGE.trailStart, rdflib.URIRef(trail.start)))
    if trail.end:
        graph.add((this, _HRGE.trailEnd, rdflib.URIRef(trail.end)))
    for note in trail.told:
        graph.add((this, RDFS.comment, rdflib.Literal(note, lang="en")))
    for node in trail.nodes.values():
        thing = rdflib.URIRef(node.id)
        graph.add((thing, RDFS.label, rdflib.Literal(node.label, lang="en")))
        graph.add((this, _HRGE.passes, thing))
        if node.quote:
            graph.add((thing, _HRGE.quote, rdflib.Literal(node.quote)))
        for key in node.discrepancies:
            graph.add((rdflib.URIRef(trail.discrepancies[key].id), _HRGE.concerns, thing))
    for discrepancy in trail.discrepancies.values():
        entry = rdflib.URIRef(discrepancy.id)
        graph.add((entry, DCTERMS.identifier, rdflib.Literal(discrepancy.key)))
        graph.add((entry, RDFS.label, rdflib.Literal(discrepancy.label, lang="en")))
        graph.add((entry, _HRGE.difference, rdflib.Literal(discrepancy.difference, lang="en")))
    for link in trail.edges:
        graph.add((this, PROV.hadMember, _link(graph, link)))
    return graph


def to_turtle(trail: Trail) -> str:
    """The graph as Turtle."""
    return to_graph(trail).serialize(format="turtle")


def to_json_ld(trail: Trail) -> str:
    """The graph as JSON-LD in expanded form, sorted; it needs no context."""
    lines = to_graph(trail).serialize(format="nt")
    quads = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    return json_ld.to_json_ld(quad.triple for quad in quads)


def _link(graph: rdflib.Graph, link: Link) -> rdflib.URIRef:
    this = rdflib.URIRef(_name("link", _key(link)))
    start, end = rdflib.URIRef(link.start), rdflib.URIRef(link.end)
    graph.add((this, RDF.type, _HRGE.Link))
    graph.add((this, RDFS.label, rdflib.Literal(link.label, lang="en")))
    graph.add((this, _HRGE.linkKind, rdflib.Literal(link.kind)))
    graph.add((this, _HRGE.linkBasis, rdflib.Literal(link.basis)))
    graph.add((this, _HRGE.linkFrom, start))
    graph.add((this, _HRGE.linkTo, end))
    if link.cito:
        graph.add((this, RDF.type, _CITO.Citation))
        graph.add((this, _CITO.hasCitingEntity, start))
        graph.add((this, _CITO.hasCitedEntity, end))
        graph.add((this, _CITO.hasCitationCharacterization, rdflib.URIRef(link.cito)))
    if link.citation:
        graph.add((this, PROV.wasDerivedFrom, rdflib.URIRef(link.citation)))
    if link.editorial:
        graph.add((this, _HRGE.editorial, rdflib.Literal(True)))
    evidence = link.evidence
    for name, value in (
        ("quote", evidence.quote),
        ("page", evidence.page),
        ("line", evidence.line),
        ("footnote", evidence.footnote),
        ("pinpoint", evidence.pinpoint),
        ("linkPinpointUnit", evidence.pinpoint_unit),
        ("linkCharacter", evidence.character),
        ("linkVerification", link.verification),
        ("note", link.remark),
    ):
        if value is not None:
            graph.add((this, _HRGE[name], rdflib.Literal(value)))
    for key in link.discrepancies:
        graph.add((this, _HRGE.linkDiscrepancy, rdflib.Literal(key)))
    return this


def _key(link: Link) -> str:
    return " ".join((link.start, link.kind, link.end, link.citation or ""))


def _name(kind: str, *parts: str) -> str:
    """An IRI that is the same for the same trail, wherever it is exported: made of its parts."""
    digest = hashlib.sha256(" ".join(parts).encode()).hexdigest()
    return f"{BASE}id/{kind}/{digest[:20]}"
