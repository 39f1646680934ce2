"""The distribution works without this library: another store loads it, its rules and shapes run
there, another engine agrees.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import shifty

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.errors import InputError
from hrge_kg.form.jsonld_context import document
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.form.vocabulary import load_vocabulary
from hrge_kg.graph.build import build
from hrge_kg.graph.distribution import canonical, write
from hrge_kg.resources import root


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist") / "out"
    write(graph := build(), out, document(load_vocabulary(graph)))
    return out


def test_two_builds_agree(dist: Path, tmp_path: Path) -> None:
    first, second = build(), build()
    assert canonical(first) == canonical(second)
    write(second, tmp_path / "again", document(load_vocabulary(second)))
    for path in sorted(dist.rglob("*")):
        if path.is_file():
            assert (
                path.read_bytes() == (tmp_path / "again" / path.relative_to(dist)).read_bytes()
            ), path


def test_all_forms_hold_the_same(dist: Path) -> None:
    quads = ox.Store()
    quads.bulk_load(path=str(dist / "hrge.nq"), format=ox.RdfFormat.N_QUADS)
    trig = ox.Store()
    trig.bulk_load(path=str(dist / "hrge.trig"), format=ox.RdfFormat.TRIG)
    assert canonical(quads) == canonical(trig)
    turtle = sum(
        len(list(ox.parse(path=str(p), format=ox.RdfFormat.TURTLE)))
        for p in (dist / "graphs").rglob("*.ttl")
    )
    assert turtle == len(quads)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("keep", encoding="utf-8")
    with pytest.raises(InputError, match="not empty"):
        write(ox.Store(), tmp_path, {})
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]


def outcomes_elsewhere(
    dist: Path, description: Path, assessor: Assessor
) -> set[tuple[str, str, str]]:
    """(group, norm, outcome) of every result, from rdflib, the rules, the shapes and an engine that
    is not ours.
    """
    graph = rdflib.Graph()
    graph.parse(dist / "ontology.ttl")
    for triple in read_form(description, assessor.vocabulary).triples:
        graph.parse(data=" ".join(map(str, triple)) + " .", format="nt")
    for rule in sorted((dist / "rules").glob("*.ru")):
        graph.update(rule.read_text(encoding="utf-8"))
    shapes = rdflib.Graph().parse(dist / "shapes.ttl").parse(dist / "witness-shapes.ttl")
    report = shifty.validate(graph, shapes, graph_mode="data", infer=False)[1]
    sh, hrge = (
        rdflib.Namespace("http://www.w3.org/ns/shacl#"),
        rdflib.Namespace("https://w3id.org/hrge/ns#"),
    )
    notation = {
        concept: str(written) for concept, written in graph.subject_objects(rdflib.SKOS.notation)
    }
    found = set()
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        shape = report.value(result, sh.sourceShape)
        outcome = shapes.value(shape, hrge.outcome)
        if outcome is not None:
            found.add(
                (
                    str(report.value(result, sh.focusNode)),
                    str(shapes.value(shape, hrge.enforces)),
                    notation[outcome],
                )
            )
    return found


def ours(assessment: Assessment) -> set[tuple[str, str, str]]:
    return {
        (f.group or assessment.description.programme, f.norm.iri, e.outcome)
        for f in assessment.findings
        for e in f.evidence
    }


@pytest.mark.parametrize("name", ["closed-shelter", "community-shelter"])
def test_another_store_and_another_engine_find_the_same(
    dist: Path, name: str, reference_assessor: Assessor
) -> None:
    description = root() / "data" / "programmes" / f"{name}.yaml"
    expected = ours(
        reference_assessor.assess(read_form(description, reference_assessor.vocabulary))
    )
    assert any(outcome == "concern" for _, _, outcome in expected) or name != "closed-shelter"
    assert outcomes_elsewhere(dist, description, reference_assessor) == expected
