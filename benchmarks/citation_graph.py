"""Makes citation graphs of any size in the shape of real ones, as triples of the project's own
vocabulary.

A few documents draw most citations, most draw few (nine in ten new citations fall on what is cited
already); provisions are parts of parts of documents; documents supplement and interpret older ones,
and some provisions send their reader round in a circle. The same seed makes the same graph.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pyoxigraph as ox

from hrge_kg.namespaces import (
    ANCHOR,
    CITATION,
    CONCEPT,
    DOCUMENT,
    HRGE,
    NORM,
    PASSAGE,
    PROVISION,
    RDF_TYPE,
    RDFS,
    SCHEME,
    SKOS,
)

_LABEL = RDFS("label")
_PREF = SKOS("prefLabel")
_WORD = "the words that are printed at this place"
_FORCES = ("treaty", "treaty-body", "soft-law", "agency-publication", "literature")


class Generator:
    """Makes one graph. `links` is about how many links a trail could walk in it.

    >>> one, two = (sum(1 for _ in Generator(500).triples()) for _ in range(2))
    >>> one == two > 1000
    True
    """

    def __init__(self, links: int, seed: int = 14) -> None:
        self.links = links
        self.random = random.Random(seed)
        self.norms = max(links // 8, 4)
        self.documents = max(links // 100, 4)
        self.provisions = max(links // 6, 8)
        self.drawn: list[ox.NamedNode] = []

    def triples(self) -> Iterator[ox.Triple]:
        """All triples of the graph."""
        yield from self._vocabulary()
        yield from self._documents()
        yield from self._provisions()
        yield from self._norms()
        yield from self._circles()

    def store(self) -> ox.Store:
        """The graph in a store."""
        store = ox.Store()
        store.bulk_extend(ox.Quad(one.subject, one.predicate, one.object) for one in self.triples())
        return store

    def _vocabulary(self) -> Iterator[ox.Triple]:
        kind = CONCEPT("kind-publication")
        yield ox.Triple(kind, _PREF, ox.Literal("publication"))
        for rank, force in enumerate(_FORCES, 1):
            yield ox.Triple(CONCEPT(force), _PREF, ox.Literal(force))
            yield ox.Triple(CONCEPT(force), SKOS("notation"), ox.Literal(force))
            yield ox.Triple(CONCEPT(force), SKOS("inScheme"), SCHEME("force"))
            yield ox.Triple(CONCEPT(force), HRGE("rank"), ox.Literal(rank))

    def _documents(self) -> Iterator[ox.Triple]:
        for number in range(self.documents):
            one = DOCUMENT(f"d{number}")
            yield ox.Triple(one, _LABEL, ox.Literal(f"Document {number}"))
            yield ox.Triple(one, HRGE("documentKind"), CONCEPT("kind-publication"))
            yield ox.Triple(one, HRGE("force"), CONCEPT(_FORCES[number % len(_FORCES)]))
            for relation in ("supplements", "interprets", "commentsOn"):
                if number and self.random.random() < 0.5:
                    yield ox.Triple(
                        one, HRGE(relation), DOCUMENT(f"d{self.random.randrange(number)}")
                    )

    def _provisions(self) -> Iterator[ox.Triple]:
        for number in range(self.provisions):
            one = PROVISION(f"p{number}")
            document = self.random.randrange(self.documents)
            yield ox.Triple(one, RDF_TYPE, HRGE("Provision"))
            yield ox.Triple(one, _LABEL, ox.Literal(f"Document {document}, paragraph {number}"))
            yield ox.Triple(one, HRGE("ofDocument"), DOCUMENT(f"d{document}"))
            deep = number > 10 and self.random.random() < 0.4
            whole = (
                PROVISION(f"p{self.random.randrange(number)}") if deep else DOCUMENT(f"d{document}")
            )
            yield ox.Triple(one, HRGE("partOf"), whole)

    def _norms(self) -> Iterator[ox.Triple]:
        for number in range(self.norms):
            one = NORM(f"n{number}")
            yield from self._printed(one, f"n{number}", number)
            yield ox.Triple(one, RDF_TYPE, HRGE("Norm"))
            yield ox.Triple(one, _LABEL, ox.Literal(f"Norm {number}"))
            for index in range(1 + self.random.randrange(3)):
                yield from self._citation(one, f"n{number}-{index}", number)
            if number and self.random.random() < 0.3:
                yield ox.Triple(one, HRGE("restates"), NORM(f"n{self.random.randrange(number)}"))

    def _printed(self, thing: ox.NamedNode, name: str, line: int) -> Iterator[ox.Triple]:
        anchor, passage = ANCHOR(name), PASSAGE(name)
        yield ox.Triple(thing, HRGE("quote"), ox.Literal(f"{_WORD} {name}"))
        yield ox.Triple(thing, HRGE("anchor"), anchor)
        yield ox.Triple(anchor, HRGE("page"), ox.Literal(line // 40 + 1))
        yield ox.Triple(anchor, HRGE("line"), ox.Literal(line))
        yield ox.Triple(anchor, HRGE("inPassage"), passage)

    def _citation(self, norm: ox.NamedNode, name: str, line: int) -> Iterator[ox.Triple]:
        one, cited = CITATION(name), self._cited()
        yield from self._printed(one, f"c-{name}", line)
        yield ox.Triple(one, RDF_TYPE, HRGE("Citation"))
        yield ox.Triple(one, HRGE("supports"), norm)
        yield ox.Triple(one, HRGE("cited"), cited)
        yield ox.Triple(norm, HRGE("restsOn"), cited)

    def _cited(self) -> ox.NamedNode:
        if self.drawn and self.random.random() < 0.9:
            cited = self.random.choice(self.drawn)
        else:
            cited = PROVISION(f"p{self.random.randrange(self.provisions)}")
        self.drawn.append(cited)
        return cited

    def _circles(self) -> Iterator[ox.Triple]:
        for _ in range(self.links // 12):
            first, second, third = (
                PROVISION(f"p{self.random.randrange(self.provisions)}") for _ in range(3)
            )
            for one, other in ((first, second), (second, third), (third, first)):
                yield ox.Triple(one, HRGE("refersTo"), other)
