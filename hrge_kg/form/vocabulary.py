"""What a description can say: aspects, concepts and dimensions, read from the graph.

None of them is written in Python; a new aspect or concept is a few lines of Turtle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import pyoxigraph as ox

from ..namespaces import kebab, local_name
from ..prepared import prepared
from ..suggest import plain_key


@dataclass(frozen=True)
class Concept:
    """A SKOS concept; its key is the last part of its IRI.

    `schemes` are keys, `broader` are IRIs. If people choose the concept by an answer of the form,
    `answer` is this answer: yes or no. `names` are all names that people may give the concept, as
    `plain_key` writes them.
    """

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
    """A scheme by which groups or programmes are described.

    `exclusive`: a group that has one kind of the scheme has no other, unless it states that too.
    `asked_as` is the aspect (IRI) that forms ask in place of the dimension. `asked_first`: an
    interview begins with it, for instance because its kinds bear on topics. `compared`: groups are
    told apart by it. `usual` is the kind (IRI) that everyone is of whom a complete list says
    nothing else.
    """

    iri: str
    key: str
    label: str
    question: str
    why: str
    of_programme: bool
    exclusive: bool
    asked_as: str | None = None
    asked_first: bool = False
    compared: bool = False
    usual: str | None = None

    @property
    def scheme(self) -> str:
        """The key of the scheme."""
        return local_name(self.iri)


@dataclass(frozen=True)
class FormerTerm:
    """A question or a word of forms before a version, and what took its place (IRIs).

    It became several if it was split, and none if it was left out.
    """

    iri: str
    key: str
    label: str
    version: str
    replaced_by: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """All that descriptions may use, by key.

    `former` has what forms of earlier versions used, by key and by label (`plain_key`).
    """

    aspects: Mapping[str, Aspect]
    dimensions: Mapping[str, Dimension]
    concepts: Mapping[str, Concept]
    scheme_labels: Mapping[str, str] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)
    """What the slots of an answer hold, in words, by the local names of their properties."""
    former: Mapping[str, FormerTerm] = field(default_factory=dict)

    @cached_property
    def by_scheme(self) -> dict[str, list[Concept]]:
        """Concepts by the key of their scheme, in the order of their keys."""
        by_scheme: dict[str, list[Concept]] = {}
        for concept in self.concepts.values():
            for scheme in concept.schemes:
                by_scheme.setdefault(scheme, []).append(concept)
        return by_scheme

    def dimensions_of(self, *, programme: bool) -> dict[str, Dimension]:
        """The dimensions of programmes, or those of groups, by key."""
        return {
            key: dimension
            for key, dimension in self.dimensions.items()
            if dimension.of_programme is programme
        }

    def schemes_of(self, *, programme: bool) -> list[str]:
        """The keys of the schemes by which programmes, or groups, are described."""
        return [dimension.scheme for dimension in self.dimensions_of(programme=programme).values()]

    def concepts_in(self, *schemes: str) -> list[Concept]:
        """The concepts of some schemes (keys), scheme by scheme; an unknown scheme has none."""
        return [concept for scheme in schemes for concept in self.by_scheme.get(scheme, ())]

    def names_in(self, *schemes: str) -> dict[str, str]:
        """The keys of the concepts of some schemes, by every name that people may give them."""
        return {name: one.key for one in self.concepts_in(*schemes) for name in one.names}

    def in_scheme(self, scheme: str, name: str) -> Concept | None:
        """The concept of a scheme that a person means by key or label; None where there is none."""
        wanted = plain_key(name)
        for concept in self.by_scheme.get(scheme, ()):
            if wanted in concept.names:
                return concept
        return None


@lru_cache(maxsize=1)
def vocabulary_of(graph: ox.Store) -> Vocabulary:
    """The vocabulary of a graph. It is read once for each graph that is opened, because an open
    graph does not change.
    """
    return load_vocabulary(graph)


def load_vocabulary(store: ox.Store) -> Vocabulary:
    """Read the vocabulary from a built graph. (queries/prepared/)"""
    schemes = {local_name(row["scheme"]): row["label"] for row in prepared(store, "schemes")}
    slots = {local_name(row["property"]): row["definition"] for row in prepared(store, "slots")}
    return Vocabulary(
        _load_aspects(store),
        _load_dimensions(store),
        _load_concepts(store),
        schemes,
        slots,
        _load_former(store),
    )


def _load_former(store: ox.Store) -> dict[str, FormerTerm]:
    """The former terms by key and by label. The query has a row for each successor."""
    rows_by_term: dict[str, list[Mapping[str, str]]] = {}
    for row in prepared(store, "former-terms"):
        rows_by_term.setdefault(row["term"], []).append(row)
    former: dict[str, FormerTerm] = {}
    for iri, rows in rows_by_term.items():
        key = rows[0].get("key") or kebab(local_name(iri))
        successors = dict.fromkeys(row["by"] for row in rows if "by" in row)
        term = FormerTerm(iri, key, rows[0]["label"], rows[0]["version"], tuple(successors))
        former[plain_key(term.label)] = former[plain_key(key)] = term
    return former


def _load_concepts(store: ox.Store) -> dict[str, Concept]:
    """The concepts by key. The query has a row for each scheme, wider concept and other label."""
    values_by_concept: dict[str, dict[str, list[str]]] = {}
    for row in prepared(store, "concepts"):
        columns = values_by_concept.setdefault(row["concept"], {})
        for column, value in row.items():
            values = columns.setdefault(column, [])
            if value not in values:
                values.append(value)
    concepts = (_concept(iri, columns) for iri, columns in values_by_concept.items())
    return {concept.key: concept for concept in concepts}


def _concept(iri: str, columns: Mapping[str, list[str]]) -> Concept:
    key, label = local_name(iri), columns["label"][0]
    names = [plain_key(name) for name in (key, label, *columns.get("alt", ()))]
    return Concept(
        iri,
        key,
        label,
        columns["definition"][0],
        tuple(local_name(scheme) for scheme in columns["scheme"]),
        tuple(columns.get("broader", ())),
        local_name(columns["answer"][0]) if "answer" in columns else None,
        tuple(dict.fromkeys(names)),
    )


def _load_aspects(store: ox.Store) -> dict[str, Aspect]:
    """The aspects by key, in the order of their topics."""
    aspects = (_aspect(row) for row in prepared(store, "aspects"))
    return {aspect.key: aspect for aspect in aspects}


def _aspect(row: Mapping[str, str]) -> Aspect:
    return Aspect(
        row["aspect"],
        kebab(local_name(row["aspect"])),
        row["label"],
        row["question"],
        row["why"],
        local_name(row["scheme"]) if "scheme" in row else None,
        local_name(row["wanted"]) if "wanted" in row else None,
        local_name(row["topic"]),
        local_name(row["kind"]) == "programmeAspect",
        tuple(sorted(row["quotes"].split("\u0001"))),
    )


def _load_dimensions(store: ox.Store) -> dict[str, Dimension]:
    """The dimensions by their keys in the form."""
    return {
        row["key"]: Dimension(
            row["scheme"],
            row["key"],
            row["label"],
            row["question"],
            row["why"],
            "programme" in row,
            row["exclusive"] == "true",
            row.get("askedAs"),
            "first" in row,
            "compared" in row,
            row.get("usual"),
        )
        for row in prepared(store, "dimensions")
    }
