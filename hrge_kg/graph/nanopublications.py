"""Norms as nanopublications: each on its own, with where its words stand and who encoded it.

A nanopublication is four small graphs: its head, what it asserts, the provenance of that, and who
published it when. It is named by a hash of its own content (a trusty URI), so nobody can change it
without changing its name. It is not signed: whoever publishes it signs it.

(Nanopublication Guidelines, nanopub.net; Kuhn and Dumontier, Trusty URIs, 2014: module RA)
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from ..namespaces import (
    BASE,
    DCTERMS,
    OWL,
    PREFIXES,
    RDF_TYPE,
    RDFS,
    XSD,
    Namespace,
    local_name,
    term_text,
)
from ..sparql import query_text, select, solutions
from .dataset import DATASET

NP = Namespace("http://www.nanopub.org/nschema#")
NPX = Namespace("http://purl.org/nanopub/x/")
PROV = Namespace(PREFIXES["prov"])
_PLACE = BASE + "np/"
_GRAPHS = ("Head", "assertion", "provenance", "pubinfo")
_UNNAMED = "~"
"""Stands for the hash, until it is known."""


@dataclass(frozen=True)
class Nanopublication:
    """A norm with all that is published of it: its key, its IRI and its quads, sorted.

    >>> Nanopublication("safe-return", "https://example.org/RA", ()).key
    'safe-return'
    """

    key: str
    iri: str
    quads: tuple[ox.Quad, ...]

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefixes for its file: those that nanopublications have by custom, and ours."""
        own = {"sub": f"{self.iri}#", "np": str(NP), "npx": str(NPX)}
        text = " ".join(map(str, self.quads))
        return {name: iri for name, iri in (PREFIXES | own).items() if f"<{iri}" in text}


def nanopublications(graph: ox.Store) -> Iterator[Nanopublication]:
    """A nanopublication of each norm, by key."""
    asserted = _by_norm(graph, "assertion")
    provenance = _by_norm(graph, "provenance")
    common = _publication(graph)
    for row in select(graph, query_text("nanopublications/norms.rq")):
        norm = ox.NamedNode(row["norm"])
        quads = [
            *_head(),
            *_quads("assertion", asserted[norm]),
            *_quads("provenance", provenance[norm]),
            *_quads("pubinfo", [*common, *_about(norm, row["label"])]),
        ]
        yield _named(local_name(norm.value), quads)


_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Part = tuple[ox.NamedNode | ox.BlankNode | None, ox.NamedNode, _Term]
_T = TypeVar("_T")


def _part(name: str = "") -> ox.NamedNode:
    return ox.NamedNode(f"{_PLACE}{_UNNAMED}{name and '#'}{name}")


def _by_norm(graph: ox.Store, name: str) -> dict[ox.NamedNode, list[_Part]]:
    found: dict[ox.NamedNode, list[_Part]] = {}
    for row in solutions(graph, query_text(f"nanopublications/{name}.rq")):
        norm, subject, predicate, value = (
            row["norm"],
            row["subject"],
            row["predicate"],
            row["object"],
        )
        assert isinstance(norm, ox.NamedNode) and isinstance(predicate, ox.NamedNode)
        assert not isinstance(subject, ox.Literal | ox.Triple)
        found.setdefault(norm, []).append((subject, predicate, value))
    return found


def _head() -> Iterator[ox.Quad]:
    head, *others = map(_part, _GRAPHS)
    yield ox.Quad(_part(), RDF_TYPE, NP("Nanopublication"), head)
    for name, other in zip(("Assertion", "Provenance", "PublicationInfo"), others, strict=True):
        yield ox.Quad(_part(), NP(f"has{name}"), other, head)


def _publication(graph: ox.Store) -> list[_Part]:
    """What is said of every nanopublication: of which graph and version it is, by whom, on what
    terms.
    """
    said: list[_Part] = []
    for row in select(graph, query_text("dataset/header.rq")):
        day = f"{row['modified']}T00:00:00Z"
        creator = ox.NamedNode(row["creator"])
        said += [
            (_part(), DCTERMS("created"), ox.Literal(day, datatype=XSD("dateTime"))),
            (_part(), DCTERMS("creator"), creator),
            (_part(), DCTERMS("license"), ox.NamedNode(row["license"])),
            (creator, RDFS("label"), ox.Literal(row["name"], language="en")),
        ]
    for row in select(graph, query_text("dataset/rights.rq")):
        said.append((_part(), DCTERMS("rights"), ox.Literal(row["rights"], language="en")))
    version = ox.Literal(importlib.metadata.version("hrge-kg"))
    return [
        *said,
        (_part(), PROV("wasDerivedFrom"), DATASET),
        (_part(), OWL("versionInfo"), version),
    ]


def _about(norm: ox.NamedNode, label: str) -> Iterator[_Part]:
    yield _part(), RDFS("label"), ox.Literal(f"Norm: {label}", language="en")
    yield _part(), NPX("describes"), norm


def _quads(name: str, parts: Iterable[_Part]) -> Iterator[ox.Quad]:
    """The parts in their graph. A blank node gets a name within the nanopublication."""
    names: dict[object, ox.NamedNode] = {}

    def named(term: _T | ox.BlankNode) -> _T | ox.NamedNode:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term, _part(f"node-{len(names) + 1}"))
        return term

    for subject, predicate, value in sorted(parts, key=_content):
        about = _part("assertion") if subject is None else named(subject)
        yield ox.Quad(about, predicate, named(value), _part(name))


def _content(part: _Part) -> str:
    """What a part says, whatever its blank nodes are called."""
    return " ".join("_" if isinstance(term, ox.BlankNode) else str(term) for term in part)


def _named(key: str, quads: Iterable[ox.Quad]) -> Nanopublication:
    """The quads with the hash of all of them in place of what stands for it."""
    kept = sorted(set(quads), key=str)
    code = trusty_code(kept, _PLACE + _UNNAMED)
    whole = [
        ox.Quad(
            _renamed(quad.subject, code),
            _renamed(quad.predicate, code),
            _renamed(quad.object, code),
            _renamed(quad.graph_name, code),
        )
        for quad in kept
    ]
    return Nanopublication(key, _PLACE + code, tuple(sorted(whole, key=_reading_order)))


def _reading_order(quad: ox.Quad) -> tuple[int, str]:
    """The head first, and each graph in one piece."""
    return _GRAPHS.index(term_text(quad.graph_name).rpartition("#")[2]), str(quad)


def _renamed(term: _T, code: str) -> _T | ox.NamedNode:
    unnamed = _PLACE + _UNNAMED
    if isinstance(term, ox.NamedNode) and term.value.startswith(unnamed):
        return ox.NamedNode(_PLACE + code + term.value.removeprefix(unnamed))
    return term


def trusty_code(quads: Iterable[ox.Quad], iri: str) -> str:
    """The code of a trusty URI for these quads, in which `iri` is the one that the code is for.

    It is a hash of all quads, in their order, each term on a line, with a space for the code. The
    quads have no blank nodes. (Trusty URI Specification, module RA)
    """
    blank = iri[: iri.rfind("/") + 1] + " "
    lines = dict.fromkeys(sorted(_lines(quad, iri, blank) for quad in quads))
    text = "".join(f"{g}\n{s}\n{p}\n{written}\n" for g, s, p, (_, _, _, _, written) in lines)
    digest = hashlib.sha256(text.encode()).digest()
    return "RA" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


_Object = tuple[int, str, str, str, str]


def _lines(quad: ox.Quad, iri: str, blank: str) -> tuple[str, str, str, _Object]:
    def line(term: object) -> str:
        assert isinstance(term, ox.NamedNode)
        return term.value.replace(iri, blank, 1) if term.value.startswith(iri) else term.value

    value = quad.object
    if isinstance(value, ox.Literal):
        end: _Object = _literal(value)
    else:
        end = (0, line(value), "", "", line(value))
    return line(quad.graph_name), line(quad.subject), line(quad.predicate), end


def _literal(value: ox.Literal) -> _Object:
    """A literal with what it is sorted by: its words, its type (none for one with a language)."""
    words = value.value.replace("\\", "\\\\").replace("\n", "\\n")
    if value.language:
        return 1, value.value, "", value.language, f"@{value.language.lower()} {words}"
    kind = value.datatype.value
    return 1, value.value, kind, "", f"^{kind} {words}"
