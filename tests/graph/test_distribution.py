"""The distribution works without this library: another store loads it, its rules and shapes run
there, another engine agrees.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
import shifty
from fixture_outcomes import fixture_paths
from jena import ask_jena, needs_jena

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.assessment.preparation import background, entailed_together
from hrge_kg.assessment.self_test_data import self_test_files
from hrge_kg.assessment.shacl import data_triples, to_rdflib
from hrge_kg.edition import read_edition, source_keys, to_akoma_ntoso
from hrge_kg.errors import InputError
from hrge_kg.form.description import Description
from hrge_kg.form.jsonld_context import document
from hrge_kg.form.readers.yaml_reader import parse_form, read_form
from hrge_kg.form.vocabulary import load_vocabulary
from hrge_kg.graph.build import build
from hrge_kg.graph.dataset import describe_graphs
from hrge_kg.graph.distribution import canonical, with_shared_nodes_named, write
from hrge_kg.namespaces import CONCEPT, GRAPH, HRGE, HSH, term_text
from hrge_kg.query.catalogue import find_query
from hrge_kg.query.run import answer_query
from hrge_kg.report.shacl_writer import to_turtle
from hrge_kg.resources import files, root
from hrge_kg.tables.model import Table

NEEDED = {
    "party": "unodc",
    "words": "women",
    "topic": "return",
    "force": "treaty",
    "group": "child",
}
"""A value for each parameter that a query of the catalogue cannot do without."""


@pytest.fixture(scope="module")
def built() -> ox.Store:
    """The graph as a build makes it, in memory."""
    return build()


@pytest.fixture(scope="module")
def dist(built: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist") / "out"
    written(built, out)
    return out


def written(graph: ox.Store, out: Path) -> None:
    write(
        graph,
        out,
        document(load_vocabulary(graph)),
        self_test_files(graph),
        {key: to_akoma_ntoso(read_edition(graph, key)) for key in source_keys(graph)},
    )


def test_two_builds_agree(dist: Path, tmp_path: Path) -> None:
    """One of the files, hrge.nq, holds the whole graph."""
    written(build(), tmp_path / "again")
    for path in sorted(dist.rglob("*")):
        if path.is_file():
            assert (
                path.read_bytes() == (tmp_path / "again" / path.relative_to(dist)).read_bytes()
            ), path


def test_all_forms_hold_the_same(dist: Path) -> None:
    """The headers apart, which only the Turtle files have: each describes its own."""
    quads = ox.Store()
    quads.bulk_load(path=str(dist / "hrge.nq"), format=ox.RdfFormat.N_QUADS)
    trig = ox.Store()
    trig.bulk_load(path=str(dist / "hrge.trig"), format=ox.RdfFormat.TRIG)
    assert canonical(quads) == canonical(trig)
    turtle = sum(
        len(list(ox.parse(path=str(p), format=ox.RdfFormat.TURTLE)))
        for p in (dist / "graphs").rglob("*.ttl")
    )
    headers = describe_graphs(quads)
    assert len(headers) > 200 and all(headers.values())
    assert turtle == len(quads) + sum(map(len, headers.values()))


@pytest.fixture(scope="module")
def loaded(dist: Path) -> ox.Store:
    """Another store, into which the Turtle files were loaded one by one."""
    store = ox.Store()
    folder = dist / "graphs"
    for path in sorted(folder.rglob("*.ttl")):
        name = GRAPH(path.relative_to(folder).with_suffix("").as_posix())
        store.load(path=path, format=ox.RdfFormat.TURTLE, to_graph=name)
    return store


@pytest.mark.works_with(
    "pyoxigraph",
    tried="`graphs/` of the distribution loaded file by file; every named query",
    result="the same rows in the same order",
)
@pytest.mark.parametrize(
    "name", [path.stem for path in files("queries/catalogue", ".rq")], ids=lambda name: name
)
def test_a_store_that_loads_file_by_file_answers_as_the_built_graph_does(
    name: str, loaded: ox.Store, graph: ox.Store
) -> None:
    query = find_query(name)
    needed = {one.name: NEEDED[one.name] for one in query.header.params if one.required}
    expected = answer_query(graph, name, needed)
    assert isinstance(expected, Table) and expected.rows
    assert answer_query(loaded, name, needed) == expected


def test_no_blank_node_is_in_two_files(dist: Path) -> None:
    files_of: dict[str, set[str]] = {}
    for quad in ox.parse(path=dist / "hrge.nq", format=ox.RdfFormat.N_QUADS):
        for term in (quad.subject, quad.object):
            if isinstance(term, ox.BlankNode):
                files_of.setdefault(term.value, set()).add(str(quad.graph_name))
    assert files_of
    assert [node for node, found in files_of.items() if len(found) > 1] == []


def test_nodes_of_which_the_same_is_said_get_names_of_their_own() -> None:
    one, other = ox.BlankNode("a"), ox.BlankNode("b")
    quads = [
        ox.Quad(node, HRGE("quote"), ox.Literal("as printed"), graph)
        for node in (one, other)
        for graph in (GRAPH("first"), GRAPH("second"))
    ]
    named = with_shared_nodes_named(quads)
    assert len({quad.subject for quad in named}) == 2
    assert len(named) == 4
    assert not any(isinstance(quad.subject, ox.BlankNode) for quad in named)


def test_the_ontology_holds_all_that_the_rules_need(built: ox.Store, dist: Path) -> None:
    held = {str(t.triple) for t in ox.parse(path=str(dist / "ontology.ttl"))}
    needed = {str(quad.triple) for quad in background(built) if "_:" not in str(quad)}
    assert needed
    assert needed <= held


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("keep", encoding="utf-8")
    with pytest.raises(InputError, match="not empty"):
        write(ox.Store(), tmp_path, {}, {}, {})
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]


@pytest.fixture(scope="module")
def shapes(dist: Path) -> rdflib.Graph:
    """The shapes that are shipped, read by rdflib once; whoever adds to them adds to a copy."""
    return rdflib.Graph().parse(dist / "shapes.ttl").parse(dist / "witness-shapes.ttl")


def outcomes_elsewhere(
    dist: Path, descriptions: list[Description], shapes: rdflib.Graph
) -> set[tuple[str, str, str]]:
    """(group, norm, outcome) of every result, from rdflib, the rules, the shapes and an engine that
    is not ours. The descriptions stand in one graph.
    """
    graph = rdflib.Graph()
    graph.parse(dist / "ontology.ttl")
    graph += to_rdflib(ox.Triple(*triple) for one in descriptions for triple in one.triples)
    for rule in sorted((dist / "rules").glob("*.ru")):
        graph.update(rule.read_text(encoding="utf-8"))
    norms = ox.Store()
    norms.bulk_load(path=str(dist / "hrge.nq"), format=ox.RdfFormat.N_QUADS)
    applies_to = {
        (term_text(quad.subject), term_text(quad.object))
        for quad in norms.quads_for_pattern(None, HRGE("appliesTo"), None)
    }
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
        if outcome is None:
            continue
        focus = report.value(result, sh.focusNode)
        # A sign's shape bears on several norms, and looks at whomever one of them applies to.
        kinds = [str(kind) for kind in graph.objects(focus, rdflib.RDF.type)]
        for norm in map(str, shapes.objects(shape, hrge.enforces)):
            if any((norm, kind) in applies_to for kind in kinds):
                found.add((str(focus), norm, notation[outcome]))
    return found


def ours(assessment: Assessment) -> set[tuple[str, str, str]]:
    return {
        (f.group or assessment.description.programme, f.norm.iri, e.outcome)
        for f in assessment.findings
        for e in f.evidence
    }


def test_another_store_and_another_engine_find_the_same(
    dist: Path, reference_assessor: Assessor, shapes: rdflib.Graph
) -> None:
    """A harmful description and a good one."""
    folder = root() / "data" / "programmes"
    descriptions = [
        read_form(folder / f"{name}.yaml", reference_assessor.vocabulary)
        for name in ("closed-shelter", "community-shelter")
    ]
    harmful, good = (ours(reference_assessor.assess(one)) for one in descriptions)
    assert {"concern", "met"} <= {outcome for *_, outcome in harmful | good}
    assert outcomes_elsewhere(dist, descriptions, shapes) == harmful | good


# What the README of the distribution says, done with the distribution alone.

SHELL = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)


@pytest.fixture
def elsewhere(dist: Path, tmp_path: Path, assessor: Assessor) -> Path:
    """A copy of the distribution with a harmful description and the scripts of its README."""
    folder = tmp_path / "elsewhere"
    shutil.copytree(dist, folder)
    form = read_form(root() / "data" / "programmes" / "closed-shelter.yaml", assessor.vocabulary)
    turtle = (
        ox.serialize((ox.Triple(*triple) for triple in form.triples), format=ox.RdfFormat.TURTLE)
        or b""
    )
    (folder / "my-shelter.ttl").write_bytes(turtle)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for name, code in zip(("validate.py", "self_test.py"), PYTHON.findall(readme), strict=True):
        (folder / name).write_text(code, encoding="utf-8")
    return folder


def done(folder: Path, *words: str) -> str:
    """What a command prints that can see no module of ours."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{own['PATH']}"
    run = subprocess.run(
        words, cwd=folder, env={**own, "PATH": path}, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def concerns(report: rdflib.Graph, shapes: rdflib.Graph) -> set[tuple[str, str, str]]:
    """Focus, shape and value of each result of a shape that reports a concern."""
    concern = rdflib.URIRef(CONCEPT + "concern")
    return {
        (
            str(report.value(result, rdflib.SH.focusNode)),
            str(shape),
            str(report.value(result, rdflib.SH.value)),
        )
        for result, shape in report.subject_objects(rdflib.SH.sourceShape)
        if (shape, rdflib.URIRef(HRGE + "outcome"), concern) in shapes
    }


def our_concerns(shapes: rdflib.Graph, assessor: Assessor) -> set[tuple[str, str, str]]:
    """The concerns that hrge reports of the description."""
    form = read_form(root() / "data" / "programmes" / "closed-shelter.yaml", assessor.vocabulary)
    found = concerns(rdflib.Graph().parse(data=to_turtle([assessor.assess(form)])), shapes)
    assert found
    return found


@pytest.mark.works_with(
    "Apache Jena",
    tried="the README of the distribution, with it alone: merges, applies the rules, validates",
    result="the concerns that `hrge validate` reports",
)
def test_jena_finds_the_concerns_that_hrge_reports(
    elsewhere: Path, assessor: Assessor, shapes: rdflib.Graph
) -> None:
    needs_jena()
    ask_jena("validate", elsewhere, elsewhere / "my-shelter.ttl", elsewhere / "report-3.nt")
    found = concerns(rdflib.Graph().parse(elsewhere / "report-3.nt"), shapes)
    assert found == our_concerns(shapes, assessor)


@pytest.mark.works_with(
    "Oxigraph",
    tried="the README of the distribution, with it alone: merges, applies the rules, lists results",
    result="the concerns that `hrge validate` reports",
)
@pytest.mark.works_with(
    "pySHACL",
    tried="the README of the distribution, with it alone: validates",
    result="the concerns that `hrge validate` reports",
)
@pytest.mark.works_with(
    "pyshifty",
    tried="the README of the distribution, with it alone: validates",
    result="the concerns that `hrge validate` reports",
)
@pytest.mark.works_with(
    "rdflib",
    tried="`results.rq` of the distribution",
    result="the same rows in the same order as on Oxigraph",
)
def test_the_readme_finds_the_concerns_that_hrge_reports(
    elsewhere: Path, assessor: Assessor
) -> None:
    readme = (elsewhere / "README.md").read_text(encoding="utf-8")
    (commands,) = SHELL.findall(readme)
    done(elsewhere, "sh", "-euc", commands)
    done(elsewhere, "python", "validate.py", "my-shelter.ttl", "report-2.nt")
    shapes = rdflib.Graph().parse(elsewhere / "all-shapes.ttl")
    expected = our_concerns(shapes, assessor)
    for name in ("report.nt", "report-2.nt"):
        assert concerns(rdflib.Graph().parse(elsewhere / name), shapes) == expected
    rows = list(csv.DictReader(io.StringIO((elsewhere / "results.csv").read_text("utf-8"))))
    told = {(row["group"], row["answer"]) for row in rows if row["outcome"] == "concern"}
    assert told == {(group, answer) for group, _, answer in expected}
    assert "!" not in {row["outcome"] for row in rows}
    # rdflib gives the same rows in the same order
    whole = shapes + rdflib.Graph()
    for path in (elsewhere / "report.nt", elsewhere / "ready.nt"):
        whole.parse(path)
    for path in (elsewhere / "graphs" / "norms").glob("*.ttl"):
        whole.parse(path)
    theirs = whole.query((elsewhere / "results.rq").read_text(encoding="utf-8"))
    assert theirs.vars is not None
    named = [{str(name): str(row.get(name, "")) for name in theirs.vars} for row in theirs.bindings]
    assert named == rows


@pytest.mark.works_with(
    "pySHACL",
    tried="the shapes on a description to which the rules were not applied",
    result="a Violation says so",
)
@pytest.mark.works_with(
    "pyshifty",
    tried="the shapes on a description to which the rules were not applied",
    result="a Violation says so",
)
@pytest.mark.parametrize("engine", ["pyshacl", "pyshifty"])
def test_without_the_rules_a_violation_says_so(
    elsewhere: Path, engine: str, shapes: rdflib.Graph
) -> None:
    """With and without the ontology, and where only the rules came without it."""
    if engine == "pyshacl":
        shapes = shapes + rdflib.Graph()  # a copy: it adds what it knows of classes
    bare = rdflib.Graph().parse(elsewhere / "my-shelter.ttl")
    merged = rdflib.Graph().parse(elsewhere / "my-shelter.ttl").parse(elsewhere / "ontology.ttl")
    ruled = ox.Store()
    ruled.load(path=elsewhere / "my-shelter.ttl")
    for rule in sorted((elsewhere / "rules").glob("*.ru")):
        ruled.update(rule.read_text(encoding="utf-8"))
    for data in (bare, merged, to_rdflib(quad.triple for quad in ruled)):
        if engine == "pyshacl":
            report = pyshacl.validate(data, shacl_graph=shapes)[1]
        else:
            report = shifty.validate(data, shapes, graph_mode="data", infer=False)[1]
        assert isinstance(report, rdflib.Graph)
        focus = {
            report.value(result, rdflib.SH.focusNode)
            for result in report.subjects(rdflib.SH.resultSeverity, rdflib.SH.Violation)
            if "apply the rules first" in str(report.value(result, rdflib.SH.resultMessage))
        }
        described = {
            one
            for kind in ("Programme", "ServedGroup")
            for one in bare.subjects(rdflib.RDF.type, rdflib.URIRef(HRGE + kind))
        }
        assert described and described <= focus


def test_a_group_or_an_answer_added_after_the_rules_is_reported(sentinels: rdflib.Graph) -> None:
    data = rdflib.Graph().parse(
        data="""@prefix hrge: <https://w3id.org/hrge/ns#> .
        @prefix c: <https://w3id.org/hrge/id/concept/> .
        <p> a hrge:Programme ; hrge:entailed true ; hrge:serves <g> ; hrge:compulsoryTest <s> .
        <g> a hrge:ServedGroup .
        <s> a hrge:Statement ; hrge:holds c:yes .""",
        publicID="http://example.org/",
    )
    report = shifty.validate(data, sentinels, graph_mode="data", infer=False)[1]
    assert {str(one) for one in report.objects(None, rdflib.SH.focusNode)} == {
        "http://example.org/g",
        "http://example.org/s",
    }


@pytest.fixture(scope="module")
def sentinels(shapes: rdflib.Graph) -> rdflib.Graph:
    """The shapes that report what the rules were not applied to."""
    found = rdflib.Graph()
    for triple in shapes:
        if str(triple[0]).startswith(HSH + "RulesApplied"):
            found.add(triple)
    assert len(set(found.subjects())) == 4
    return found


def test_no_violation_says_so_of_any_fixture_after_the_rules(
    sentinels: rdflib.Graph, assessor: Assessor
) -> None:
    """Many fixtures are entailed together: each is a programme with a name of its own."""
    forms = [*fixture_paths(), *sorted((root() / "data" / "programmes").glob("*.yaml"))]
    assert len(forms) > 700
    asked = shifty.PreparedValidator(sentinels.serialize(format="nt").encode())

    def complaints(triples: Iterable[ox.Triple]) -> list[object]:
        data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        found = asked.validate_algebra(data, graph_mode="data", infer=False)
        return list(found.violations)

    for start in range(0, len(forms), 20):
        read = []
        for number, path in enumerate(forms[start : start + 20]):
            text = path.read_text(encoding="utf-8")
            named = re.sub(r"^programme: .*$", f"programme: p-{number}", text, flags=re.M)
            read.append(parse_form(named, str(path), assessor.vocabulary))
        ready = entailed_together(read, assessor.background)
        assert complaints(data_triples(ready)) == []
        assert complaints(ox.Triple(*triple) for form in read for triple in form.triples)


def test_the_self_test_shipped_as_data_finds_no_difference(elsewhere: Path) -> None:
    """One round here; tests/properties/test_engines.py runs the same descriptions, all of them."""
    printed = done(elsewhere, "python", "self_test.py", "self-test/18")
    assert printed == "0 differences\n"


def test_the_self_test_shipped_as_data_finds_what_is_wrong(elsewhere: Path) -> None:
    """Without the rules nothing of what is expected is there."""
    for rule in (elsewhere / "rules").glob("*.ru"):
        rule.unlink()
    with pytest.raises(AssertionError, match=r"[1-9]\d* differences"):
        done(elsewhere, "python", "self_test.py", "self-test/18")
    for path in (elsewhere / "self-test").iterdir():
        assert sorted(one.name for one in path.iterdir()) == ["description.ttl", "expected.ttl"]
