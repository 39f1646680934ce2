"""The light rules sort norms, groups and programmes as HermiT does, and who applies to what."""

from __future__ import annotations

import itertools
from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest
from owl import needs_java, reasoned_graph
from owl import reasoned as with_hermit

from hrge_kg.assessment.preparation import background
from hrge_kg.graph.entailment import entail
from hrge_kg.namespaces import CONCEPT, HRGE, RDF_TYPE, subject_node, term_text

GROUPS: list[dict[str, tuple[str, ...]]] = [
    dict(zip(("has", "hasNot"), facts, strict=True))
    for facts in itertools.product(
        [(), ("identified-victim",), ("smuggled-migrant",), ("identified-victim", "child"),
         ("presumed-victim", "non-national", "male"),
         ("trafficked-person", "asylum-seeker"), ("trafficked-person", "asylum-seeker",
         "not-seeking-asylum"),
         ("trafficked-person", "returned"), ("trafficked-person", "known-risk",
         "movement-restricted"),
         ("smuggled-migrant", "detained", "child"), ("other-migrant", "non-national", "disability"),
         ("non-national", "survivor-of-torture", "female"), ("identified-victim", "witness",
         "facing-return")],
        [(), ("trafficked-person",), ("asylum-seeker",)],
    )
    if not (
        {"identified-victim", "presumed-victim", "trafficked-person"} & set(facts[0])
        and "trafficked-person" in facts[1]
    )
    and not ("asylum-seeker" in facts[0] and "asylum-seeker" in facts[1])
]  # fmt: skip
PROGRAMMES: list[dict[str, tuple[str, ...]]] = [
    {"has": ("embassy-or-consulate",)},
    {"has": ("ngo-body",)},
    {"has": ("unodc-supported",)},
    {"has": ("not-unodc-supported",)},
    {},
]


def things(graph: ox.Store) -> list[ox.Triple]:
    """Groups, programmes and all norms, as stated: nothing of their classes but the base."""
    made: list[ox.Triple] = []

    def add(subject: str, predicate: str, value: str) -> None:
        made.append(ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value)))

    for base, described in (("ServedGroup", GROUPS), ("Programme", PROGRAMMES)):
        for number, facts in enumerate(described):
            name = f"https://example.org/{base}/{number}"
            add(name, RDF_TYPE.value, HRGE + base)
            for predicate, concepts in facts.items():
                for concept in concepts:
                    add(name, HRGE + predicate, CONCEPT + concept)
    for norm in graph.quads_for_pattern(None, RDF_TYPE, HRGE("Norm"), None):
        for name in ("operator", "wording"):
            for value in graph.quads_for_pattern(
                subject_node(norm.subject), HRGE(name), None, None
            ):
                add(term_text(norm.subject), HRGE + name, term_text(value.object))
        add(term_text(norm.subject), RDF_TYPE.value, HRGE + "Norm")
    return made


def closed(triples: list[ox.Triple], graph: ox.Store) -> tuple[ox.Store, list[ox.Triple]]:
    """The rules' result, and the facts that a reasoner needs: what an exclusive dimension denies is
    a rule of reading, not of OWL.
    """
    store = ox.Store()
    store.bulk_extend([*background(graph), *(ox.Quad(*triple) for triple in triples)])
    entail(store)
    denied = [
        q.triple
        for q in store.quads_for_pattern(None, HRGE("hasNot"), None, None)
        if term_text(q.subject).startswith("https://example.org/")
    ]
    return store, [*triples, *denied]


def test_light_rules_and_hermit_agree(graph: ox.Store, tmp_path: Path) -> None:
    needs_java()
    triples = things(graph)
    store, facts = closed(triples, graph)
    extra = tmp_path / "things.ttl"
    extra.write_bytes(ox.serialize(facts, format=ox.RdfFormat.TURTLE) or b"")
    written = reasoned_graph(tmp_path / "reasoned.nt", [extra])
    subjects = sorted({term_text(t.subject) for t in triples})
    light = {
        s: {
            term_text(q.object)
            for q in store.quads_for_pattern(ox.NamedNode(s), RDF_TYPE, None, None)
        }
        for s in subjects
    }
    with with_hermit(written) as world:
        heavy = {
            s: {
                c.iri
                for c in world[s].INDIRECT_is_a
                if isinstance(c, owlready2.ThingClass) and c.iri.startswith(HRGE)
            }
            for s in subjects
        }
    assert sum(map(len, light.values())) > 2 * len(subjects)
    for subject in subjects:
        assert light[subject] == heavy[subject], subject


def test_every_norm_is_of_a_kind(graph: ox.Store) -> None:
    kinds = (
        "Obligation",
        "Prohibition",
        "Recommendation",
        "Right",
        "Principle",
        "Exemption",
        "LawfulnessCondition",
        "HedgedNorm",
        "TermLimit",
    )
    norms = {q.subject for q in graph.quads_for_pattern(None, RDF_TYPE, HRGE("Norm"), None)}
    sorted_out = {
        q.subject
        for kind in kinds
        for q in graph.quads_for_pattern(None, RDF_TYPE, HRGE(kind), None)
    }
    assert norms
    assert norms <= sorted_out


@pytest.mark.parametrize(
    ("facts", "applies", "denied"),
    [
        ({"has": ("identified-victim",)}, True, False),
        ({"has": ("smuggled-migrant",)}, False, False),
        ({"has": ("smuggled-migrant",), "hasNot": ("trafficked-person",)}, False, True),
        ({}, False, False),
    ],
)
def test_applicability_has_three_values(
    facts: dict[str, tuple[str, ...]], applies: bool, denied: bool, graph: ox.Store
) -> None:
    group = ox.NamedNode("https://example.org/g")
    triples = [ox.Triple(group, RDF_TYPE, HRGE("ServedGroup"))]
    triples += [
        ox.Triple(group, HRGE(p), CONCEPT(c)) for p, concepts in facts.items() for c in concepts
    ]
    store, _ = closed(triples, graph)
    types = {term_text(q.object) for q in store.quads_for_pattern(group, RDF_TYPE, None, None)}
    assert (HRGE + "TraffickedPersonsGroup" in types) is applies
    assert (HRGE + "NotTraffickedPersonsGroup" in types) is denied
