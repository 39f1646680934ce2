"""Which shapes are run, and what is concluded where they are not."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.engines import Pyshacl, Pyshifty
from hrge_kg.assessment.enums import Outcome, Reason
from hrge_kg.assessment.selection import ShapeForm, ShapeSelector, shape_forms
from hrge_kg.assessment.self_test import verify_selection
from hrge_kg.assessment.shacl import OutcomeShape, Result, Shapes, outcome_shapes
from hrge_kg.errors import InputError
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.namespaces import GRAPH, RDF_TYPE, RDFS, SH
from hrge_kg.resources import root

EX = "https://example.org/"
EXAMPLES = sorted((root() / "data" / "programmes").glob("*.yaml"))


def iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


def shape(name: str) -> OutcomeShape:
    return OutcomeShape(
        EX + name, (), EX + "check", Outcome.NOT_STATED, Reason.SILENCE, SH + "Info", ""
    )


SHAPES = {one.iri: one for one in map(shape, ("silence", "values", "other"))}
FORMS = {
    EX + "silence": ShapeForm(EX + "path", frozenset({EX + "Wide"}), on_silence=True),
    EX + "values": ShapeForm(EX + "path", frozenset({EX + "Wide"}), on_silence=False),
}
NARROW = ox.Triple(iri("Narrow"), RDFS("subClassOf"), iri("Wide"))
A_GROUP = ox.Triple(iri("group"), RDF_TYPE, iri("Narrow"))
STATED = ox.Triple(iri("group"), iri("path"), iri("view"))


def selected(*data: ox.Triple) -> tuple[set[str], list[Result]]:
    to_run, silences = ShapeSelector(SHAPES, FORMS).select(data)
    return set(to_run), silences


def test_silence_is_concluded_of_people_of_the_class_or_of_a_narrower_one() -> None:
    to_run, silences = selected(NARROW, A_GROUP)
    assert to_run == {EX + "other"}  # nothing is known of it, so it is run
    assert silences == [Result(EX + "group", None, SHAPES[EX + "silence"])]


def test_nothing_is_concluded_of_people_of_another_class() -> None:
    assert selected(A_GROUP) == ({EX + "other"}, [])


def test_shapes_are_run_where_something_is_stated() -> None:
    assert selected(NARROW, A_GROUP, STATED) == (set(SHAPES), [])


def test_what_is_stated_of_others_does_not_count() -> None:
    of_another = ox.Triple(iri("another"), iri("path"), iri("view"))
    to_run, silences = selected(NARROW, A_GROUP, of_another)
    assert to_run == {EX + "other"}
    assert len(silences) == 1


def test_all_our_shapes_are_of_a_form_that_is_known(graph: ox.Store) -> None:
    outcomes, forms = outcome_shapes(graph), shape_forms(graph)
    assert forms.keys() == outcomes.keys()
    assert {iri for iri, form in forms.items() if form.on_silence} == {
        iri for iri, one in outcomes.items() if one.reason == Reason.SILENCE
    }


@pytest.mark.parametrize(
    "extra",
    [
        "<shape> sh:deactivated true .",
        "<shape> sh:hasValue <x> .",
        "<shape> sh:qualifiedMinCount 1 ; sh:qualifiedValueShape <x> .",
        "<node> sh:targetNode <x> .",
        "<node> sh:deactivated true .",
        "<node> a rdfs:Class .",
        "<another> sh:property <shape> .",
    ],
)
def test_a_shape_of_another_form_is_always_run(extra: str) -> None:
    plain = """
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix hrge: <https://w3id.org/hrge/ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @base <https://example.org/> .
        <node> a sh:NodeShape ; sh:targetClass <Class> ; sh:property <shape> .
        <shape> sh:path <path> ; sh:not <matcher> ; hrge:outcome <outcome> .
    """
    store = ox.Store()
    store.load(plain, format=ox.RdfFormat.TURTLE)
    assert shape_forms(store).keys() == {EX + "shape"}
    store.load(plain + extra, format=ox.RdfFormat.TURTLE)
    assert shape_forms(store) == {}


def test_the_self_test_notices_a_wrong_conclusion(graph: ox.Store) -> None:
    one = Result(EX + "group", None, SHAPES[EX + "silence"])
    verify_selection([one], SHAPES.keys(), set(), [one])
    with pytest.raises(InputError, match="silence would be left out, and what it reports"):
        verify_selection([], SHAPES.keys(), set(), [one])
    with pytest.raises(InputError, match="would be left out"):
        verify_selection([one], SHAPES.keys(), set(), [])


def test_some_shapes_are_read_with_all_that_they_refer_to(graph: ox.Store) -> None:
    """Each alone: nothing is missing of it, and nothing of others is there."""
    shapes, outcomes = Shapes(graph), outcome_shapes(graph)
    every = set(shapes.every)
    about = {triple.subject for triple in every}
    for name in sorted(outcomes)[::40]:
        part = shapes.of([name])
        assert len(part) == len(set(part))
        assert set(part) <= every
        there = {triple.subject for triple in part}
        assert {triple.object for triple in part} & about <= there
        assert {
            term.value for term in there if isinstance(term, ox.NamedNode)
        } & outcomes.keys() == {name}


def test_what_a_target_refers_to_is_read_as_well() -> None:
    store = ox.Store()
    store.load(
        """
        @prefix sh: <http://www.w3.org/ns/shacl#> . @base <https://example.org/> .
        <node> a sh:NodeShape ; sh:targetClass <Class> ; sh:property <one> , <other> ; sh:node <m> .
        <one> a sh:PropertyShape ; sh:path <p> ; sh:not <n> .
        <other> a sh:PropertyShape ; sh:path <q> ; sh:not <o> .
        <m> a sh:NodeShape ; sh:or ( <n> <o> ) .
        <n> a sh:NodeShape . <o> a sh:NodeShape ; sh:nodeKind sh:IRI .
        """,
        format=ox.RdfFormat.TURTLE,
        to_graph=GRAPH("shapes/by-hand/a"),
    )
    shapes = Shapes(store)
    left_out = {t for t in shapes.every if iri("other") in (t.subject, t.object)}
    assert len(left_out) == 4
    assert set(shapes.of([EX + "one"])) == set(shapes.every) - left_out


@pytest.fixture(scope="module")
def selecting(graph: ox.Store, reference_rounds: object) -> Assessor:
    """The reference engine, with the shapes that a description needs."""
    return Assessor(graph, Pyshacl)


@pytest.mark.parametrize("path", EXAMPLES[::4], ids=lambda path: path.stem)
def test_the_reference_concludes_the_same_with_all_shapes_and_with_some(
    path: Path, selecting: Assessor, reference_assessor: Assessor
) -> None:
    description = read_form(path, reference_assessor.vocabulary)
    some, every = selecting.assess(description), reference_assessor.assess(description)
    assert some == every
    assert some.report is not None and every.report is not None
    assert len(some.report) == len(every.report)


def test_a_second_description_that_needs_other_shapes_gets_them(
    graph: ox.Store, assessor: Assessor, reference_rounds: object
) -> None:
    forms = [FIXTURES / "outcomes" / f"{name}.yaml" for name in ("care-for-all", "until-a-day")]
    both = Assessor(graph, Pyshacl)
    for form in [*forms, forms[0]]:
        description = read_form(form, assessor.vocabulary)
        assert both.assess(description) == assessor.assess(description)


def test_where_no_shape_has_to_be_run_silence_is_the_whole_report(
    graph: ox.Store, tmp_path: Path, reference_assessor: Assessor
) -> None:
    form = tmp_path / "silent.yaml"
    form.write_text("programme: silent\n", encoding="utf-8")
    description = read_form(form, reference_assessor.vocabulary)
    for engine in (Pyshacl, Pyshifty):
        some = Assessor(graph, engine).assess(description)
        every = reference_assessor.assess(description)
        assert some == every
        assert some.report is not None and every.report is not None
        assert len(some.report) == len(every.report)
