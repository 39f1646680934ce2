"""A further favourable answer makes nothing worse, and a further adverse one makes nothing better.

Descriptions are drawn from a seed, and to each an answer is added: as it is wanted or not, plain,
or narrowed by what it is of, for whom, its ground, its level, a number, a date or a frequency.
HRGE_MONOTONY takes another seed and number of descriptions.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import pyoxigraph as ox
import pytest
from generated import Drawn, drawn

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.engines import Pyshifty
from hrge_kg.assessment.enums import Outcome, Reason
from hrge_kg.assessment.model import Assessment, Finding
from hrge_kg.assessment.norm_loader import load_limits
from hrge_kg.assessment.norms import Norm
from hrge_kg.assessment.outcomes import derive
from hrge_kg.assessment.preparation import Workbench
from hrge_kg.assessment.shacl import Shapes, data_triples, outcome_shapes
from hrge_kg.form.description import Description, Triple
from hrge_kg.form.vocabulary import Aspect, Vocabulary
from hrge_kg.namespaces import CONCEPT, HRGE, RDF_TYPE, XSD, local_name, term_text

SEED, COUNT = (int(word) for word in os.environ.get("HRGE_MONOTONY", "16 24").split())
ADDED = 4
"""How many answers are added, one at a time, to each description."""
TELLING = (HRGE + "yesShows", HRGE + "noDenies")
SLOTS = ("plain", "of", "for", "ground", "level", "quantity", "since", "frequency")


class Score(NamedTuple):
    """How good an outcome is: what is held against it, then what it shows."""

    nothing_against: int
    shown: int


def score(finding: Finding) -> Score:
    """A review of which it is only open whether the words reach so far is as bad as a concern: that
    they do is no answer for or against. That a part is said not to apply is held against nothing:
    the rest is shown.
    """
    if finding.outcome == Outcome.CONCERN or finding.reason == Reason.REACH_NOT_STATED:
        return Score(0, 0)
    if finding.reason == Reason.PART_DOES_NOT_APPLY:
        return Score(2, 1)
    if finding.outcome == Outcome.NEEDS_REVIEW and finding.reason.raised_by_statement:
        return Score(1, 0)
    shown = {Outcome.MET: 3, Outcome.IN_PART: 2, Outcome.NEEDS_REVIEW: 1}
    return Score(2, shown.get(finding.outcome, 0))


@dataclass(frozen=True)
class Added:
    """An answer to one question, wanted or not, with its slots."""

    aspect: Aspect
    wanted: bool
    slots: tuple[tuple[str, ox.NamedNode | ox.Literal], ...]

    def to(self, description: Description) -> Description:
        """A description with this answer as well."""
        programme = ox.NamedNode(description.programme)
        one = ox.NamedNode(f"{description.programme}/statement/added")
        more: list[Triple] = [
            (programme, ox.NamedNode(self.aspect.iri), one),
            (one, RDF_TYPE, HRGE("Statement")),
            *((one, HRGE(slot), value) for slot, value in self.slots),
        ]
        return replace(description, triples=(*description.triples, *more))

    def __str__(self) -> str:
        slots = ", ".join(f"{slot} {local_name(term_text(value))}" for slot, value in self.slots)
        return f"{self.aspect.key} ({slots})"


class Monotony:
    """Adds answers to descriptions, and keeps what came out against the rule."""

    def __init__(self, graph: ox.Store, assessor: Assessor) -> None:
        self.assessor = assessor
        self.workbench = Workbench(assessor.background)
        self.engine = Pyshifty(Shapes(graph), outcome_shapes(graph))
        self.tried = 0
        self.broken: list[str] = []
        telling = {
            term_text(one.subject) for one in assessor.background if one.predicate.value in TELLING
        }
        settling = {
            question.about
            for norm in assessor.norms
            for question in (*norm.dimensions, *norm.exception_questions)
        }
        wanted = directions(assessor.norms)
        self.free = [
            one
            for one in assessor.vocabulary.aspects.values()
            if one.iri not in telling | settling and len(wanted.get(one.iri, ())) == 1
        ]
        """Questions to which one answer is wanted by all norms that hear it."""
        self.wanted = {iri: next(iter(both)) for iri, both in wanted.items()}

    def run(self, one: Drawn, draw: random.Random) -> None:
        """Add answers to a description, about questions of the norms that it was drawn for."""
        before = self.scores(one.description)
        heard = {sign.aspect for norm in one.norms for sign in norm.criteria}
        near = [aspect for aspect in self.free if aspect.iri in heard]
        for _ in range(ADDED if near else 0):
            wanted = draw.random() < 0.6
            added = self.answer(draw, draw.choice(near), one.description, wanted=wanted)
            after = self.scores(added.to(one.description))
            self.tried += 1
            for key, was in before.items():
                now = after[key]
                if (now < was) if wanted else (now > was):
                    self.broken.append(f"{one.description.programme}: {added}: {key} {was} {now}")

    def scores(self, description: Description) -> dict[tuple[str, str | None], Score]:
        """The score of each norm and group, but not of what compares groups with each other."""
        derived = {sign.iri for norm in self.assessor.norms for sign in norm.signs} - {
            sign.iri
            for norm in self.assessor.norms
            for sign in norm.signs
            if sign.aspect in {aspect.iri for aspect in self.assessor.vocabulary.aspects.values()}
        }
        with self.workbench.entailed(description) as store:
            results = self.engine.validate(data_triples(store)).results
            kept = [result for result in results if result.shape.check not in derived]
            found: Assessment = derive(description, store, self.assessor.norms, kept)
        return {(local_name(f.norm.iri), f.group): score(f) for f in found.findings}

    def answer(
        self, draw: random.Random, aspect: Aspect, description: Description, *, wanted: bool
    ) -> Added:
        """An answer as it is wanted, or not, with at most one slot that narrows it."""
        vocabulary = self.assessor.vocabulary
        opposite = {"yes": "no", "no": "yes"}
        holds = self.wanted[aspect.iri] if wanted else opposite[self.wanted[aspect.iri]]
        slots: dict[str, ox.NamedNode | ox.Literal] = {
            "holds": CONCEPT(holds),
            "level": CONCEPT("practice"),
            "statedOn": ox.Literal("2025-03-01", datatype=XSD("date")),
        }
        slot = draw.choice(SLOTS)
        if slot == "of" and aspect.of_scheme:
            slots["of"] = ox.NamedNode(draw.choice(vocabulary.concepts_in(aspect.of_scheme)).iri)
        elif slot == "for":
            slots["for"] = draw.choice([*groups(description), *kinds(vocabulary)])
        elif slot == "ground":
            slots["ground"] = ox.NamedNode(draw.choice(vocabulary.concepts_in("ground")).iri)
        elif slot == "level":
            slots["level"] = CONCEPT(draw.choice(("law", "policy")))
        elif slot == "quantity":
            # a share of the people, or a day to come, is as much against it as for it
            unit = draw.choice(("persons", "percent"))
            number = "100" if wanted and unit == "percent" else "60" if wanted else "40"
            slots["quantity"] = ox.Literal(number, datatype=XSD("decimal"))
            slots["quantityUnit"] = CONCEPT(unit)
        elif slot == "since":
            day = draw.choice(("2019-05-01", "2024-05-01" if wanted else "2031-01-01"))
            slots["since"] = ox.Literal(day, datatype=XSD("date"))
        elif slot == "frequency":
            slots["frequency"] = CONCEPT("mostly")
        return Added(aspect, wanted, tuple(slots.items()))


def directions(norms: Iterable[Norm]) -> dict[str, set[str]]:
    """The answers (yes, no) that are wanted by checks and by facts of matters, by aspect (IRI)."""
    found: dict[str, set[str]] = {}
    for norm in norms:
        for one in norm.criteria:
            found.setdefault(one.aspect, set()).add(local_name(one.wants))
    return found


def groups(description: Description) -> list[ox.NamedNode]:
    """The groups of a description."""
    return [
        value
        for _, predicate, value in description.triples
        if predicate == HRGE("serves") and isinstance(value, ox.NamedNode)
    ]


def kinds(vocabulary: Vocabulary) -> list[ox.NamedNode]:
    """Kinds of people whom an answer can be for."""
    return [ox.NamedNode(one.iri) for one in vocabulary.concepts_in("sex", "age", "nationality")]


@pytest.fixture(scope="module")
def monotony(assessor: Assessor, graph: ox.Store) -> Monotony:
    """What came of all descriptions."""
    found = Monotony(graph, assessor)
    draw = random.Random(SEED)
    for one in drawn(SEED, COUNT, assessor, load_limits(graph)):
        found.run(one, draw)
    return found


def test_no_answer_turns_an_outcome_the_wrong_way(monotony: Monotony) -> None:
    assert monotony.broken == []


def test_answers_were_added(monotony: Monotony) -> None:
    assert monotony.tried > 3 * COUNT
