"""The prefixes of all namespaces, and functions that turn IRIs into CURIEs and back.

A CURIE is an IRI made short by a prefix.

>>> shrink("https://w3id.org/hrge/id/norm/safe-return")
'norm:safe-return'
"""

from __future__ import annotations

import re

import pyoxigraph as ox

BASE = "https://w3id.org/hrge/"
PREFIXES: dict[str, str] = {
    "hrge": BASE + "ns#",
    "hsh": BASE + "shapes#",
    **{
        kind: f"{BASE}id/{kind}/"
        for kind in (
            "advocacy",
            "anchor",
            "bound",
            "chapeau",
            "check",
            "citation",
            "discrepancy",
            "document",
            "limit",
            "matter",
            "matter-fact",
            "norm",
            "passage",
            "practice",
            "programme",
            "provision",
            "reading",
            "scheme",
            "source",
        )
    },
    "c": BASE + "id/concept/",
    "graph": BASE + "graph/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "vann": "http://purl.org/vocab/vann/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "sh": "http://www.w3.org/ns/shacl#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "cito": "http://purl.org/spar/cito/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "dpv": "https://w3id.org/dpv#",
}


class Namespace(str):
    """A namespace: a string that, called with a local name, gives the node of the whole IRI.

    >>> NORM("safe-return")
    <NamedNode value=https://w3id.org/hrge/id/norm/safe-return>
    >>> NORM + "safe-return"
    'https://w3id.org/hrge/id/norm/safe-return'
    """

    __slots__ = ()

    def __call__(self, name: str) -> ox.NamedNode:
        """The node of a local name in this namespace."""
        return ox.NamedNode(self + name)


HRGE, HSH, GRAPH = (Namespace(PREFIXES[prefix]) for prefix in ("hrge", "hsh", "graph"))
RDF, RDFS, OWL, XSD = (Namespace(PREFIXES[prefix]) for prefix in ("rdf", "rdfs", "owl", "xsd"))
DCTERMS, OA, SH, SKOS = (Namespace(PREFIXES[prefix]) for prefix in ("dcterms", "oa", "sh", "skos"))
ANCHOR, CITATION, CONCEPT, DOCUMENT, NORM, PASSAGE, PROGRAMME, PROVISION, SCHEME, SOURCE = (
    Namespace(PREFIXES[prefix])
    for prefix in (
        "anchor",
        "citation",
        "c",
        "document",
        "norm",
        "passage",
        "programme",
        "provision",
        "scheme",
        "source",
    )
)
RDF_TYPE = RDF("type")

_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*(/[A-Za-z0-9_.\-]+)*")


def shrink(iri: str) -> str:
    """The CURIE of an IRI, with the longest namespace that fits; the IRI itself where none does."""
    best = ""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(namespace) > len(PREFIXES.get(best, "")):
            best = prefix
    local = iri[len(PREFIXES[best]) :] if best else ""
    return f"{best}:{local}" if best and _LOCAL.fullmatch(local) else iri


def local_name(iri: str) -> str:
    """The part of an IRI after its last slash or hash; a text without either as it is.

    >>> local_name(NORM + "safe-return"), local_name(HRGE + "quote")
    ('safe-return', 'quote')
    """
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]


def expand(name: str) -> str | None:
    """The IRI of a CURIE, of `<iri>` or of a bare http(s) IRI; None where the prefix is unknown."""
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    if name.startswith(("http://", "https://")):
        return name
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else None


def sparql_prologue() -> str:
    """PREFIX lines for all prefixes."""
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def kebab(name: str) -> str:
    """camelCase to kebab-case: how a term's local name is written as a key of the form.

    >>> kebab("leavingRestricted")
    'leaving-restricted'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def term_text(term: object) -> str:
    """The IRI, lexical form or blank-node name of a term.

    Raises TypeError for a quoted triple or the default graph.
    """
    if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode):
        return term.value
    raise TypeError(f"{term} has no text")


def subject_node(term: object) -> ox.NamedNode | ox.BlankNode:
    """A term that can be the subject of a triple. Raises TypeError for any other."""
    if isinstance(term, ox.NamedNode | ox.BlankNode):
        return term
    raise TypeError(f"{term} is not a node")
