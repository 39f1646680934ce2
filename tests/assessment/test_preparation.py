"""What a description is entailed beside is enough: all that is left out changes no assessment. And
descriptions that stand in one store are entailed each as if it stood there alone.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.engines import Pyshifty
from hrge_kg.assessment.preparation import Workbench, entailed, entailed_together
from hrge_kg.assessment.shacl import Shapes, data_triples
from hrge_kg.form.description import Description
from hrge_kg.form.readers.yaml_reader import parse_form, read_form
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.namespaces import GRAPH, SH, SKOS, term_text
from hrge_kg.resources import root

EXAMPLES = sorted((root() / "data" / "programmes").glob("*.yaml"))
SOURCES = ("hrge", "modules/", "vocabularies/", "aspects/", "shapes/matters/")


@pytest.fixture(scope="module")
def beside_all(graph: ox.Store, assessor: Assessor) -> Assessor:
    """One that entails beside every statement of the ontology, its vocabularies and matters."""
    whole = Assessor(graph, Pyshifty)
    whole.background = [
        ox.Quad(*quad.triple)
        for quad in graph
        if term_text(quad.graph_name).removeprefix(GRAPH).startswith(SOURCES)
    ]
    whole._workbench = Workbench(whole.background)
    whole.__dict__["_tested_engine"] = assessor._tested_engine
    return whole


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_that_is_left_out_changes_an_assessment(
    path: Path, assessor: Assessor, beside_all: Assessor
) -> None:
    description = read_form(path, assessor.vocabulary)
    assert len(assessor.background) < len(beside_all.background)
    found, whole = assessor.assess(description), beside_all.assess(description)
    assert found.findings == whole.findings and found.answers == whole.answers
    assert found.profile == whole.profile
    assert assessor.asked(description) == beside_all.asked(description)


def described(number: int, path: Path, vocabulary: Vocabulary) -> Description:
    """A description by the name of p-NUMBER."""
    text = path.read_text(encoding="utf-8")
    named = re.sub(r"^programme: .*$", f"programme: p-{number}", text, flags=re.M)
    return parse_form(named, str(path), vocabulary)


def test_descriptions_in_one_store_do_not_mix(assessor: Assessor) -> None:
    """Whoever loads several into a store of their own gets of each what it gives alone."""
    some = sorted((FIXTURES / "outcomes").glob("*.yaml"))[::30]
    assert len(some) > 8
    read = [described(n, path, assessor.vocabulary) for n, path in enumerate([*EXAMPLES, *some])]

    def triples(*descriptions: Description) -> set[ox.Triple]:
        store = entailed_together(descriptions, assessor.background)
        return {quad.triple for quad in store}

    assert triples(*read) == set().union(*map(triples, read))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_concepts_that_a_description_does_not_lead_to_change_no_result(
    path: Path, assessor: Assessor
) -> None:
    store = entailed(read_form(path, assessor.vocabulary), assessor.background)
    data = data_triples(store)
    order = {quad.triple for quad in store.quads_for_pattern(None, SKOS("broader"), None, None)}
    more = sorted(order - set(data), key=str)
    assert more
    engine = assessor._tested_engine
    assert engine.validate([*data, *more]).results == engine.validate(data).results


def test_a_shape_in_a_node_shape_without_a_name_has_every_shape_run() -> None:
    named, other = ox.NamedNode("urn:named"), ox.NamedNode("urn:other")
    shapes = Shapes(ox.Store())
    shapes.__dict__["every"] = [
        ox.Triple(ox.NamedNode("urn:holder"), SH("property"), named),
        ox.Triple(ox.BlankNode(), SH("property"), other),
    ]
    assert shapes.holders([named.value]) == ["urn:holder"]
    assert shapes.holders([named.value, other.value]) is None
    assert shapes.holders([named.value, "urn:alone"]) is None
