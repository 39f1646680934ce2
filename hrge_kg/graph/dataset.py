"""Describes the distribution for catalogues and other tools: a header for each file of a graph, and
one file with what VoID and DCAT ask of a data set.

(W3C, Data Catalog Vocabulary 3, 2024; W3C, Describing Linked Datasets with the VoID Vocabulary,
2011; OWL 2 Structural Specification, 3.1 and 3.5: ontology and version IRI.)
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from ..namespaces import (
    BASE,
    DCTERMS,
    GRAPH,
    HRGE,
    OWL,
    PREFIXES,
    RDF_TYPE,
    XSD,
    Namespace,
    term_text,
)
from ..resources import files, read_utf8, root
from ..sparql import query_text, select
from .sources import AREAS, graph_name

DCAT, FOAF, SPDX, VOID = (Namespace(PREFIXES[name]) for name in ("dcat", "foaf", "spdx", "void"))
_MEDIA = Namespace("https://www.iana.org/assignments/media-types/")

DATASET = ox.NamedNode(BASE + "id/dataset/hrge")
# The files have no address before somebody publishes them: they are named relative to the file that
# describes them. No other IRI begins like this one, so none else becomes relative.
_HERE = "here://distribution/"
_BASE_LINE = re.compile(r"^@base .*\n", re.MULTILINE)

_TYPES = {
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".xml": "application/xml",
}
_TITLES = {
    "hrge.nq": "The whole graph, as N-Quads",
    "hrge.trig": "The whole graph, as TriG",
    "ontology.ttl": "The ontology: classes, properties, vocabularies, questions and matters",
    "shapes.ttl": "SHACL shapes that report a concern, a review or that something is not stated",
    "witness-shapes.ttl": "SHACL shapes that report what meets a norm, in full or in part",
    "context.jsonld": "The JSON-LD context of descriptions",
}
# The graphs that the build makes; every other is a file with a comment at its head.
_MADE = {
    "text/": "The passages of a source text: pages, headings, paragraphs, sentences, footnotes.",
    "anchors": "Where each quotation stands in its source text.",
    "entailed": "What the rules derive from the other graphs.",
}
# These are vocabularies of others, each under the licence that its description names.
_OF_OTHERS = "imports/"
_OURS = ("hrge", "modules/", "aspects/", "vocabularies/", "alignments/", "imports/", "shapes/")

Described = dict[str, list[ox.Triple]]


def describe_graphs(graph: ox.Store) -> Described:
    """The header of each named graph, by its name: title, description, version, dates, terms.

    The files of the ontology and of the shapes are ontologies (OWL 2); the others data sets (VoID).
    A graph without a header of the ontology has none.
    """
    heads = _heads()
    rights = _rights(graph)
    described: Described = {}
    for name in sorted(_names(graph)):
        about = ox.NamedNode(f"{BASE}ns#") if name == "hrge" else GRAPH(name)
        terms = rights.get(GRAPH + name, [])
        described[name] = [
            ox.Triple(about, predicate, value)
            for predicate, value in _header(graph, name, heads, terms)
        ]
    return described


def _names(graph: ox.Store) -> Iterator[str]:
    for name in graph.named_graphs():
        yield term_text(name).removeprefix(GRAPH)


def _heads() -> dict[str, str]:
    """The comment at the head of each Turtle file, by the name of its graph."""
    start = root()
    return {
        graph_name(path, start).value.removeprefix(GRAPH): head_comment(read_utf8(path))
        for area in AREAS
        for path in files(area, ".ttl", base=start)
    }


def head_comment(turtle: str) -> str:
    """The words of the comment with which a file begins.

    >>> head_comment("# One line,\\n# and another.\\n@prefix a: <b> .\\n# not this\\n")
    'One line, and another.'
    """
    words: list[str] = []
    for line in turtle.splitlines():
        if not line.startswith("#"):
            break
        words.append(line.lstrip("# "))
    return " ".join(words).strip()


_Said = tuple[ox.NamedNode, ox.NamedNode | ox.Literal]


def _header(
    graph: ox.Store, name: str, heads: Mapping[str, str], rights: Iterable[str]
) -> Iterator[_Said]:
    for whole in select(graph, query_text("dataset/header.rq"))[:1]:
        iri = f"{BASE}ns" if name == "hrge" else GRAPH + name
        yield from _version(iri)
        for words in rights:
            yield DCTERMS("rights"), ox.Literal(words, language="en")
        if name == "hrge":  # the rest stands in the file itself
            return
        yield RDF_TYPE, OWL("Ontology") if name.startswith(_OURS) else VOID("Dataset")
        yield DCTERMS("title"), ox.Literal(f"HRGE: {name}", language="en")
        yield DCTERMS("description"), ox.Literal(_description(name, heads), language="en")
        yield DCTERMS("isPartOf"), DATASET
        yield DCTERMS("created"), _date(whole["created"])
        yield DCTERMS("modified"), _date(whole["modified"])
        if not name.startswith(_OF_OTHERS):
            yield DCTERMS("creator"), ox.NamedNode(whole["creator"])
        if not name.startswith((_OF_OTHERS, "text/")):
            yield DCTERMS("license"), ox.NamedNode(whole["license"])


def _version(iri: str) -> Iterator[_Said]:
    number = _installed_version()
    yield OWL("versionIRI"), ox.NamedNode(f"{iri}/{number}")
    yield OWL("versionInfo"), ox.Literal(number)


@functools.cache
def _installed_version() -> str:
    # Each graph says it, and each time the metadata would be read anew.
    return importlib.metadata.version("hrge-kg")


def _description(name: str, heads: Mapping[str, str]) -> str:
    made = next((words for begin, words in _MADE.items() if name.startswith(begin)), None)
    return made or heads.get(name) or name


def _date(day: str) -> ox.Literal:
    return ox.Literal(day, datatype=XSD("date"))


def _rights(graph: ox.Store) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in select(graph, query_text("dataset/rights.rq")):
        found.setdefault(row["graph"], []).append(row["rights"])
    return found


def describe_dataset(graph: ox.Store, described: Described, folder: Path) -> str:
    """A description of the graph and of the files in a folder, as Turtle.

    The addresses of the files are relative, so that they hold wherever the folder is published.
    """
    triples = [
        *_whole(graph, f"{_HERE}dataset.ttl"),
        *_parts(graph, described),
        *_files(graph, folder),
    ]
    triples = sorted(set(triples), key=str)
    written = ox.serialize(
        triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES, base_iri=_HERE + "dataset.ttl"
    )
    lines = _BASE_LINE.sub("", (written or b"").decode()).splitlines(keepends=True)
    head = sorted(line for line in lines if line.startswith("@prefix "))
    return "".join([*head, *(line for line in lines if not line.startswith("@prefix "))])


def describe_content(graph: ox.Store) -> list[ox.Triple]:
    """What VoID and DCAT say of the graph itself, wherever its files are."""
    return sorted(set(_whole(graph, DATASET.value)), key=str)


def graph_sizes(graph: ox.Store) -> dict[str, int]:
    """The IRI of each named graph, with the number of its triples."""
    rows = select(graph, query_text("dataset/sizes.rq"))
    return {row["graph"]: int(row["number"]) for row in rows}


def _whole(graph: ox.Store, parts: str) -> Iterator[ox.Triple]:
    """`parts` is the IRI before the # of what is said of the members of a class."""
    for whole in select(graph, query_text("dataset/header.rq")):
        creator = ox.NamedNode(whole["creator"])
        yield ox.Triple(creator, RDF_TYPE, FOAF("Agent"))
        yield ox.Triple(creator, FOAF("name"), ox.Literal(whole["name"], language="en"))
        said: list[_Said] = [
            (RDF_TYPE, DCAT("Dataset")),
            (RDF_TYPE, VOID("Dataset")),
            (DCTERMS("title"), ox.Literal(whole["label"], language="en")),
            (DCTERMS("description"), ox.Literal(whole["description"], language="en")),
            (DCTERMS("creator"), creator),
            (DCTERMS("publisher"), creator),
            (DCTERMS("license"), ox.NamedNode(whole["license"])),
            (DCTERMS("created"), _date(whole["created"])),
            (DCTERMS("modified"), _date(whole["modified"])),
            (DCTERMS("conformsTo"), ox.NamedNode(whole["ontology"])),
            (DCAT("version"), ox.Literal(_installed_version())),
            (VOID("uriSpace"), ox.Literal(BASE)),
        ]
        yield from (ox.Triple(DATASET, *one) for one in said)
    for row in select(graph, query_text("dataset/rights.rq")):
        terms = ox.Literal(row["rights"], language="en")
        yield ox.Triple(DATASET, DCTERMS("rights"), terms)
        yield ox.Triple(DATASET, DCTERMS("source"), ox.NamedNode(row["source"]))
        if "language" in row:
            yield ox.Triple(DATASET, DCTERMS("language"), ox.NamedNode(row["language"]))
    yield from _counts(graph, parts)


def _counts(graph: ox.Store, parts: str) -> Iterator[ox.Triple]:
    for row in select(graph, query_text("dataset/counts.rq")):
        yield ox.Triple(DATASET, VOID(row["name"]), ox.Literal(int(row["number"])))
    predicates = {row["property"] for row in select(graph, query_text("dataset/properties.rq"))}
    for namespace in PREFIXES.values():
        if any(iri.startswith(namespace) for iri in predicates):
            yield ox.Triple(DATASET, VOID("vocabulary"), ox.NamedNode(namespace))
    for row in select(graph, query_text("dataset/classes.rq")):
        part = ox.NamedNode(f"{parts}#{row['class'].removeprefix(HRGE)}")
        yield ox.Triple(DATASET, VOID("classPartition"), part)
        yield ox.Triple(part, VOID("class"), ox.NamedNode(row["class"]))
        yield ox.Triple(part, VOID("entities"), ox.Literal(int(row["number"])))
        if "example" in row:
            yield ox.Triple(DATASET, VOID("exampleResource"), ox.NamedNode(row["example"]))


def _parts(graph: ox.Store, described: Described) -> Iterator[ox.Triple]:
    """A subset for each named graph."""
    sizes = graph_sizes(graph)
    for name, header in described.items():
        part = GRAPH(name)
        yield ox.Triple(DATASET, VOID("subset"), part)
        yield ox.Triple(part, RDF_TYPE, VOID("Dataset"))
        yield ox.Triple(part, VOID("triples"), ox.Literal(sizes[part.value]))
        yield ox.Triple(part, VOID("dataDump"), ox.NamedNode(f"{_HERE}graphs/{name}.ttl"))
        if name == "hrge":
            yield ox.Triple(part, DCTERMS("title"), ox.Literal("HRGE: hrge", language="en"))
        yield from (
            triple for triple in header if triple.subject == part and triple.predicate != RDF_TYPE
        )


def _files(graph: ox.Store, folder: Path) -> Iterator[ox.Triple]:
    """A distribution (DCAT) for each file that holds the whole or a great part of it."""
    rights = {term for terms in _rights(graph).values() for term in terms}
    licenses = {row["license"] for row in select(graph, query_text("dataset/header.rq"))}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        title = _TITLES.get(name)
        if name.startswith("text/"):
            title = f"The source text {path.stem} with its anchors, as Akoma Ntoso 3.0"
        if title is None or not path.is_file():
            continue
        part = ox.NamedNode(f"{_HERE}dataset.ttl#{name}")
        checksum = ox.NamedNode(f"{_HERE}dataset.ttl#{name}-checksum")
        content = path.read_bytes()
        place = ox.NamedNode(_HERE + name)
        if path.suffix in (".nq", ".trig"):
            yield ox.Triple(DATASET, VOID("dataDump"), place)
        yield ox.Triple(DATASET, DCAT("distribution"), part)
        said: list[_Said] = [
            (RDF_TYPE, DCAT("Distribution")),
            (DCTERMS("title"), ox.Literal(title, language="en")),
            (DCAT("downloadURL"), place),
            (DCAT("mediaType"), _MEDIA(_TYPES[path.suffix])),
            (DCAT("byteSize"), ox.Literal(str(len(content)), datatype=XSD("nonNegativeInteger"))),
            (SPDX("checksum"), checksum),
        ]
        said += [(DCTERMS("rights"), ox.Literal(one, language="en")) for one in sorted(rights)]
        if not name.startswith("text/"):
            said += [(DCTERMS("license"), ox.NamedNode(one)) for one in sorted(licenses)]
        yield from (ox.Triple(part, *one) for one in said)
        sha256 = ox.Literal(hashlib.sha256(content).hexdigest(), datatype=XSD("hexBinary"))
        yield ox.Triple(checksum, RDF_TYPE, SPDX("Checksum"))
        yield ox.Triple(checksum, SPDX("algorithm"), SPDX("checksumAlgorithm_sha256"))
        yield ox.Triple(checksum, SPDX("checksumValue"), sha256)
