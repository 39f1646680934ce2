"""What a description can say: aspects, concepts, dimensions and slots, read from the graph.

Nothing of it is written in Python; a new aspect or concept is a few lines of Turtle.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from ..namespaces import kebab
from ..sparql import select
from ..suggest import plain_key

# The slots of a Statement whose value is a concept, and the scheme it comes from. (docs/reference/form.md)
CONCEPT_SLOTS: Mapping[str, str] = {
    "level": "level",
    "frequency": "frequency",
    "ground": "ground",
    "condition": "circumstance",
    "reviewer": "reviewer",
    "claims": "limit-test",
    "denies": "limit-test",
}


@dataclass(frozen=True)
class Concept:
    """A SKOS concept: its IRI, key (last part of the IRI), label, definition, schemes and the form's answer that stands for it."""

    iri: str
    key: str
    label: str
    definition: str
    schemes: tuple[str, ...]
    broader: tuple[str, ...] = ()
    answer: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aspect:
    """An aspect: a property whose values are Statements, and a key of the form."""

    iri: str
    key: str
    label: str
    question: str
    why: str
    of_scheme: str | None
    wanted: str | None
    topic: str
    of_programme: bool
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dimension:
    """A scheme by which groups or programmes are described."""

    iri: str
    key: str
    label: str
    question: str
    why: str
    of_programme: bool
    exclusive: bool


@dataclass(frozen=True)
class Vocabulary:
    """All that descriptions may use, by key."""

    aspects: Mapping[str, Aspect]
    dimensions: Mapping[str, Dimension]
    concepts: Mapping[str, Concept]
    scheme_labels: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_scheme(self) -> dict[str, list[Concept]]:
        """Concepts by the key of their scheme, in the order of their keys."""
        found: dict[str, list[Concept]] = {}
        for concept in self.concepts.values():
            for scheme in concept.schemes:
                found.setdefault(scheme, []).append(concept)
        return found

    def in_scheme(self, scheme: str, name: str) -> Concept | None:
        """The concept of a scheme that a person means by key or label; None where there is none."""
        wanted = plain_key(name)
        for concept in self.by_scheme.get(scheme, ()):
            if wanted in concept.names:
                return concept
        return None


def _last(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]


def load_vocabulary(store: ox.Store) -> Vocabulary:
    """Read the vocabulary from a built graph."""
    concepts: dict[str, dict[str, list[str]]] = {}
    for row in select(
        store,
        """SELECT ?concept ?label ?definition ?scheme ?broader ?answer ?alt WHERE {
          ?concept a skos:Concept ; skos:prefLabel ?label ; skos:definition ?definition ; skos:inScheme ?scheme
          OPTIONAL { ?concept skos:broader ?broader } OPTIONAL { ?concept hrge:answer ?answer } OPTIONAL { ?concept skos:altLabel ?alt } }
          ORDER BY ?concept ?scheme ?broader ?alt""",
    ):
        entry = concepts.setdefault(row["concept"], {})
        for name, value in row.items():
            values = entry.setdefault(name, [])
            if value not in values:
                values.append(value)
    made = {
        _last(iri): Concept(
            iri,
            _last(iri),
            e["label"][0],
            e["definition"][0],
            tuple(_last(s) for s in e["scheme"]),
            tuple(e.get("broader", ())),
            _last(e["answer"][0]) if "answer" in e else None,
            tuple({plain_key(n): None for n in [_last(iri), e["label"][0], *e.get("alt", ())]}),
        )
        for iri, e in concepts.items()
    }
    aspects: dict[str, Aspect] = {}
    for row in select(
        store,
        """SELECT ?aspect ?label ?question ?why ?scheme ?wanted ?topic ?kind (GROUP_CONCAT(?quote; separator="\\u0001") AS ?quotes) WHERE {
          VALUES ?kind { hrge:groupAspect hrge:programmeAspect }
          ?aspect rdfs:subPropertyOf ?kind ; rdfs:label ?label ; hrge:question ?question ; hrge:why ?why ; hrge:topic ?topic ;
            hrge:quote ?quote
          OPTIONAL { ?aspect hrge:ofScheme ?scheme } OPTIONAL { ?aspect hrge:wanted ?wanted } }
          GROUP BY ?aspect ?label ?question ?why ?scheme ?wanted ?topic ?kind ORDER BY ?topic ?aspect""",
    ):
        key = kebab(_last(row["aspect"]))
        aspects[key] = Aspect(
            row["aspect"],
            key,
            row["label"],
            row["question"],
            row["why"],
            _last(row["scheme"]) if "scheme" in row else None,
            _last(row["wanted"]) if "wanted" in row else None,
            _last(row["topic"]),
            row["kind"].endswith("programmeAspect"),
            tuple(sorted(row["quotes"].split("\u0001"))),
        )
    dimensions = {
        row["key"]: Dimension(
            row["scheme"],
            row["key"],
            row["label"],
            row["question"],
            row["why"],
            "programme" in row,
            row["exclusive"] == "true",
        )
        for row in select(
            store,
            """SELECT ?scheme ?key ?label ?question ?why ?exclusive ?programme WHERE {
              ?scheme hrge:formKey ?key ; rdfs:label ?label ; hrge:question ?question ; hrge:why ?why ; hrge:exclusive ?exclusive
              OPTIONAL { ?scheme hrge:programmeDimension ?programme } } ORDER BY ?key""",
        )
    }
    schemes = {
        _last(r["s"]): r["l"]
        for r in select(store, "SELECT ?s ?l WHERE { ?s a skos:ConceptScheme ; rdfs:label ?l }")
    }
    return Vocabulary(aspects, dimensions, made, schemes)
