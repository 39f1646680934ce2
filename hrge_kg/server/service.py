"""Describes the endpoint: what it is, what it holds, and the named queries as examples.

(W3C SPARQL 1.1 Service Description; VoID; the examples as sh:SPARQLExecutable of SHACL-AF, as
other public endpoints publish theirs.)
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from ..graph.dataset import DATASET, describe_content, graph_sizes
from ..namespaces import DCTERMS, PREFIXES, RDF_TYPE, RDFS, SH, XSD, Namespace
from ..parsing.sparql_words import query_form
from ..query.catalogue import Query, catalogue

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_SCHEMA = Namespace("https://schema.org/")
_VOID = Namespace(PREFIXES["void"])
_RESULT_FORMATS = (
    *(f"SPARQL_Results_{name}" for name in ("JSON", "XML", "CSV", "TSV")),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)
_FORMS = {
    "SELECT": ("SPARQLSelectExecutable", "select"),
    "ASK": ("SPARQLAskExecutable", "ask"),
    "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
}
DESCRIBED_PREFIXES = {
    **PREFIXES,
    "sd": SD,
    "formats": _FORMATS,
    "schema": _SCHEMA,
}

_Said = tuple[ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]


class ServiceDescription:
    """Describes an endpoint at whatever address clients call it by."""

    def __init__(self, graph: ox.Store) -> None:
        self._content = describe_content(graph)
        self._sizes = graph_sizes(graph)

    def triples(self, endpoint: str) -> list[ox.Triple]:
        """The description of the endpoint at this address."""
        return [
            *_service(endpoint),
            *self._dataset(endpoint),
            *self._content,
            *_prefixes(endpoint),
            *(triple for query in catalogue() for triple in _example(query, endpoint)),
        ]

    def _dataset(self, endpoint: str) -> Iterator[ox.Triple]:
        dataset = ox.NamedNode(f"{endpoint}#dataset")
        yield from _all(dataset, (RDF_TYPE, SD("Dataset")), (RDF_TYPE, SD("GraphCollection")))
        yield ox.Triple(dataset, SD("defaultGraph"), DATASET)
        yield ox.Triple(DATASET, RDF_TYPE, SD("Graph"))
        for name, size in sorted(self._sizes.items()):
            entry, graph = ox.BlankNode(), ox.NamedNode(name)
            yield ox.Triple(dataset, SD("namedGraph"), entry)
            yield from _all(
                entry, (RDF_TYPE, SD("NamedGraph")), (SD("name"), graph), (SD("graph"), graph)
            )
            yield from _all(graph, (RDF_TYPE, SD("Graph")), (_VOID("triples"), ox.Literal(size)))


def _all(subject: ox.NamedNode | ox.BlankNode, *said: _Said) -> Iterator[ox.Triple]:
    return (ox.Triple(subject, *one) for one in said)


def _service(endpoint: str) -> Iterator[ox.Triple]:
    dataset = ox.NamedNode(f"{endpoint}#dataset")
    yield from _all(
        ox.NamedNode(f"{endpoint}#service"),
        (RDF_TYPE, SD("Service")),
        (SD("endpoint"), ox.NamedNode(endpoint)),
        (SD("supportedLanguage"), SD("SPARQL11Query")),
        (SD("feature"), SD("UnionDefaultGraph")),
        (SD("defaultDataset"), dataset),
        (SD("availableGraphs"), dataset),
        *((SD("resultFormat"), _FORMATS(name)) for name in _RESULT_FORMATS),
    )


def _prefixes(endpoint: str) -> Iterator[ox.Triple]:
    for prefix, iri in PREFIXES.items():
        one = ox.BlankNode()
        yield ox.Triple(ox.NamedNode(f"{endpoint}#prefixes"), SH("declare"), one)
        yield from _all(
            one,
            (SH("prefix"), ox.Literal(prefix)),
            (SH("namespace"), ox.Literal(iri, datatype=XSD("anyURI"))),
        )


def _example(query: Query, endpoint: str) -> Iterator[ox.Triple]:
    kind, text = _FORMS[query_form(query.text)]
    yield from _all(
        ox.NamedNode(f"{endpoint}?example={query.name}"),
        (RDF_TYPE, SH("SPARQLExecutable")),
        (RDF_TYPE, SH(kind)),
        (SH(text), ox.Literal(query.text)),
        (SH("prefixes"), ox.NamedNode(f"{endpoint}#prefixes")),
        (RDFS("label"), ox.Literal(query.header.title, language="en")),
        (RDFS("comment"), ox.Literal(query.description, language="en")),
        (DCTERMS("identifier"), ox.Literal(query.name)),
        (_SCHEMA("target"), ox.NamedNode(endpoint)),
        *((_SCHEMA("keywords"), ox.Literal(word)) for word in query.header.keywords),
    )
