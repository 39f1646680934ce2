"""Wrong checks and a wrong generator, made on purpose.

What the fixtures of a norm must tell from the right ones.

A mutant of a check is a check beside it with another name, so that all of them are generated, and
run, at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
from fixture_outcomes import expectations
from paths import FIXTURES

from hrge_kg.assessment import shacl
from hrge_kg.assessment.engines import Pyshifty
from hrge_kg.assessment.norm_loader import load_norms
from hrge_kg.assessment.norms import Check, Norm
from hrge_kg.assessment.preparation import background, entailed_together
from hrge_kg.assessment.shacl import (
    OutcomeShape,
    data_triples,
    outcome_shapes,
)
from hrge_kg.form.description import Description
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.form.vocabulary import load_vocabulary
from hrge_kg.graph.sources import flattened
from hrge_kg.namespaces import (
    CONCEPT,
    GRAPH,
    HRGE,
    HSH,
    RDF,
    RDF_TYPE,
    SH,
    SKOS,
    local_name,
    term_text,
)
from hrge_kg.resources import root

_TARGET_CLASS = ox.NamedNode(SH + "targetClass")
_PROPERTY = ox.NamedNode(SH + "property")
MARK = "--"
"""Between the name of a check and what is wrong with its mutant."""
SOFTER = {
    SH + "Violation": SH + "Warning",
    SH + "Warning": SH + "Info",
    SH + "Info": SH + "Warning",
}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Rows = frozenset[tuple[str, str | None, str, str, str, str]]
"""What a check reports: focus, statement, firing, outcome, severity, message."""


def generator() -> str:
    """The update that makes shapes of checks."""
    return (root() / "shapes" / "checks-to-shapes.ru").read_text(encoding="utf-8")


def terms(update: str) -> set[str]:
    """The IRIs of which an update speaks.

    >>> sorted(terms("PREFIX c: <urn:c/> INSERT { ?x a c:in-part } WHERE { ?x <urn:p> 1 }"))
    ['http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'urn:c/', 'urn:c/in-part', 'urn:p']
    """
    prefixes = dict(re.findall(r"PREFIX (\w+): <([^>]+)>", update))
    short = re.findall(r"\b(\w+):([\w-]+)", update)
    named = {prefixes[prefix] + name for prefix, name in short if prefix in prefixes}
    return {RDF + "type", *named, *re.findall(r"<([^>]+)>", update)}


def fixtures_of(norms: Iterable[str]) -> dict[str, list[Path]]:
    """The descriptions that say what is expected of a norm, by its key."""
    found: dict[str, list[Path]] = {norm: [] for norm in norms}
    for path in [
        *sorted(FIXTURES.glob("norms/*/*.yaml")),
        *sorted(FIXTURES.glob("limits/*/*.yaml")),
        *sorted(FIXTURES.glob("outcomes/*.yaml")),
    ]:
        for norm in {norm for norm, _ in expectations(path)} & found.keys():
            found[norm].append(path)
    return found


@dataclass
class Workshop:
    """Makes shapes from checks, right and wrong, and runs them over the fixtures of their norm."""

    graph: ox.Store
    norms: list[Norm] = field(init=False)
    _ground: list[ox.Quad] = field(init=False)
    _data: dict[str, list[ox.Triple]] = field(default_factory=dict)
    _beside: list[ox.Quad] | None = None
    """The ground without the checks."""

    def __post_init__(self) -> None:
        generated = tuple(
            GRAPH + name
            for name in (
                "shapes/norms/",
                "shapes/witnesses/",
                "shapes/graph/",
                "shapes/distribution/",
                "text/",
            )
        )
        every = [q for q in self.graph if not term_text(q.graph_name).startswith(generated)]
        notations = (q for q in every if q.predicate.value == SKOS + "notation")
        self._notations = list(flattened(notations))
        # What the generator does not speak of would only make each of many stores larger.
        spoken_of = terms(generator())
        self._ground = list(
            flattened(
                q
                for q in every
                if term_text(q.graph_name).startswith(GRAPH + "shapes/")
                or (q.predicate.value in spoken_of and q.predicate != RDF_TYPE)
                or (q.predicate == RDF_TYPE and term_text(q.object) in spoken_of)
            )
        )
        self._by_subject: dict[str, list[ox.Quad]] = defaultdict(list)
        for quad in self._ground:
            self._by_subject[term_text(quad.subject)].append(quad)
        self._background = background(self.graph)
        self.vocabulary = load_vocabulary(self.graph)
        self.norms = [norm for norm in load_norms(self.graph) if norm.checks]
        self._narrower: dict[str, list[str]] = defaultdict(list)
        for quad in self._ground:
            if quad.predicate.value == SKOS + "broader":
                self._narrower[term_text(quad.object)].append(term_text(quad.subject))
        self.files = fixtures_of(local_name(norm.iri) for norm in self.norms)

    def shapes(
        self,
        checks: Iterable[ox.Quad] = (),
        *,
        update: str | None = None,
        norms: Iterable[Norm] | None = None,
    ) -> Shapes:
        """What the generator, or another, makes of the checks, and of others beside them.

        The checks are those of all norms or of some.
        """
        chosen = self.norms if norms is None else list(norms)
        kept = [check.iri for norm in chosen for check in norm.checks]
        all_checks = {check.iri for norm in self.norms for check in norm.checks}
        if self._beside is None:
            self._beside = [q for q in self._ground if term_text(q.subject) not in all_checks]
        others = {norm.iri for norm in self.norms} - {norm.iri for norm in chosen}
        work = ox.Store()
        work.bulk_extend(
            quad
            for quad in self._beside
            # Facts that bear on the other norms alone would only make more shapes.
            if not (quad.predicate.value == HRGE + "bearsOn" and term_text(quad.object) in others)
        )
        work.extend(quad for check in kept for quad in self._by_subject[check])
        work.extend(checks)
        work.update(update or generator())
        return Shapes(
            [
                quad.triple
                for quad in work
                if isinstance(quad.subject, ox.BlankNode) or quad.subject.value.startswith(HSH)
            ],
            self._notations,
        )

    def data(self, norm: Norm) -> list[ox.Triple]:
        """The fixtures of a norm, entailed together; made once."""
        if norm.iri not in self._data:
            self._data[norm.iri] = data_triples(self._whole(norm))
        return self._data[norm.iri]

    def _whole(self, norm: Norm) -> ox.Store:
        """The fixtures of a norm, entailed together: each is a programme with a name of its own."""
        forms = [self._read(path) for path in self.files[local_name(norm.iri)]]
        return entailed_together(forms, self._background)

    def _read(self, path: Path) -> Description:
        text = re.sub(
            r"^programme: .*$",
            f"programme: {path.parent.name}-{path.stem}",
            path.read_text(encoding="utf-8"),
            flags=re.M,
        )
        return parse_form(text, str(path), self.vocabulary)

    def reported(self, norm: Norm, shapes: Shapes) -> dict[str, Rows]:
        """What each check (IRI) of a norm, and each mutant, reports of the norm's fixtures."""
        mine = {iri for iri, shape in shapes.outcomes.items() if norm.iri in shape.norms}
        if not mine:
            return {}
        engine = Pyshifty(shapes, shapes.outcomes)
        rows: dict[str, set[tuple[str, str | None, str, str, str, str]]] = defaultdict(set)
        for result in engine.validate(self.data(norm), mine).results:
            shape = result.shape
            firing = shape.iri.removeprefix(f"{HSH}{local_name(shape.check)}-")
            rows[shape.check].add(
                (result.focus, result.value, firing, shape.outcome, shape.severity, shape.message)
            )
        return {check: frozenset(found) for check, found in rows.items()}

    def mutants(self, check: Check) -> Iterator[tuple[str, list[ox.Quad]]]:
        """The wrong checks that can be made of one: what is wrong, and its triples."""
        own: dict[str, list[Term]] = defaultdict(list)
        for quad in self._by_subject[check.iri]:
            own[quad.predicate.value].append(quad.object)

        def made(
            wrong: str, slot: str, *values: ox.NamedNode | ox.Literal
        ) -> tuple[str, list[ox.Quad]]:
            node = ox.NamedNode(f"{check.iri}{MARK}{wrong}")
            slots: dict[str, list[Term]] = {**own, HRGE + slot: [*values]}
            return wrong, [
                ox.Quad(node, ox.NamedNode(p), value)
                for p, found in slots.items()
                for value in found
            ]

        scheme_of = {one.iri: one.of_scheme for one in self.vocabulary.aspects.values()}
        others = sorted(scheme_of.keys() - {check.aspect})
        alike = [iri for iri in others if scheme_of[iri] == scheme_of[check.aspect]]
        yield made(
            "direction",
            "wants",
            ox.NamedNode(CONCEPT + ("no" if check.wants == CONCEPT + "yes" else "yes")),
        )
        yield made("path", "checksAspect", ox.NamedNode((alike or others)[0]))
        yield made(
            "only-adverse", "onlyAdverse", *(() if check.only_adverse else (ox.Literal(True),))
        )
        if check.reaches:  # what it raises beyond its reach is a review already
            yield made("reach", "reaches")
        else:
            yield made(
                "raises",
                "raises",
                *(() if HRGE + "raises" in own else (ox.NamedNode(CONCEPT + "needs-review"),)),
            )
        if check.of and check.wider:
            yield made("of-anything", "checksOf")
        elif check.top and self._narrower[check.top]:
            yield made("of-part", "checksOf", ox.NamedNode(min(self._narrower[check.top])))
        if (
            check.wants == CONCEPT + "yes" and self._narrower[check.of or check.top or ""]
        ):  # of a thing without kinds, some is all
            yield made(
                "sufficient",
                "sufficient",
                *(() if HRGE + "sufficient" in own else (CONCEPT("some"),)),
            )
        for limit in check.limits:
            yield made(
                f"without-{local_name(limit)}",
                "limit",
                *(ox.NamedNode(one) for one in check.limits if one != limit),
            )
        if check.ground:
            yield made("any-ground", "checksGround")


class Shapes(shacl.Shapes):
    """Generated shapes, for an engine and by outcome."""

    def __init__(self, triples: list[ox.Triple], notations: list[ox.Quad]) -> None:
        store = ox.Store()
        store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        store.extend(notations)
        self.outcomes: dict[str, OutcomeShape] = outcome_shapes(store)
        self._said: dict[Term, list[ox.Triple]] = defaultdict(list)
        self._classes: dict[Term, list[Term]] = defaultdict(list)
        for triple in triples:
            if triple.predicate.value.startswith((SH, RDF)):
                self._said[triple.subject].append(triple)
        for said in self._said.values():
            targets = [t.object for t in said if t.predicate == _TARGET_CLASS]
            for triple in said:
                if triple.predicate == _PROPERTY:
                    self._classes[triple.object] += targets

    @cached_property
    def every(self) -> list[ox.Triple]:
        """All outcome shapes with what they use."""
        return self.of(self.outcomes)

    def of(self, some: Iterable[str]) -> list[ox.Triple]:
        """Some outcome shapes (IRIs) with what they use.

        Each has a node shape of its own: of two that are alike in one node shape, as mutants may
        be, the engine reports one.
        """
        todo: list[Term] = [ox.NamedNode(iri) for iri in some]
        found = []
        for shape in todo:
            holder = ox.NamedNode(f"{term_text(shape)}-holder")
            found += [ox.Triple(holder, _TARGET_CLASS, class_) for class_ in self._classes[shape]]
            found.append(ox.Triple(holder, _PROPERTY, shape))
        seen = set(todo)
        while todo:
            for triple in self._said.get(todo.pop(), ()):
                found.append(triple)
                if triple.object not in seen:
                    seen.add(triple.object)
                    todo.append(triple.object)
        return found
