"""What a description is entailed beside is enough: all that is left out changes no assessment."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.engines import Pyshifty
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.namespaces import GRAPH, term_text
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
