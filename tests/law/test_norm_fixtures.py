"""Every norm that can be checked, and every limit, has descriptions of its own.

Each has the outcome that a reader of the source expects: fixtures/norms/<norm>/<case>.yaml and
fixtures/limits/<limit>/<case>.yaml. What a case must show is in its name (concern, concern-2, …).
What cannot be tested in this way stands with its reason in not-tested.csv beside them.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from fixture_outcomes import agrees, assessed, expectations, findings
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.norm_loader import load_limits
from hrge_kg.assessment.norms import Norm
from hrge_kg.assessment.shacl import outcome_shapes
from hrge_kg.namespaces import CONCEPT, SKOS, local_name, term_text
from hrge_kg.resources import root

NORMS = sorted((FIXTURES / "norms").glob("*/*.yaml"))
LIMITS = sorted((FIXTURES / "limits").glob("*/*.yaml"))
CASES = {"meet-or-flag": ("concern", "met", "silence"), "flag-only": ("concern", "silence")}
LIMIT_CASES = ("all-claimed", "one-denied", "one-unanswered", "other-ground")
SHOWS = {
    "concern": "concern",
    "met": "met",
    "silence": "not-stated",
    "in-part": "in-part",
    "review": "needs-review",
    "each-check": "concern",
    "conclusion-alone": "not-stated",
    "all-claimed": "needs-review",
    "one-denied": "concern",
    "one-unanswered": "not-stated",
    "other-ground": "concern",
    "other-scope": "concern",
    "another-norm": "concern",
}


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def case(path: Path) -> str:
    """The case without its number."""
    return re.sub(r"-\d+$", "", path.stem)


def not_tested(folder: str) -> set[tuple[str, str]]:
    with (FIXTURES / folder / "not-tested.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert all(reason.strip() for _, _, reason in rows)
    return {(key, what) for key, what, _ in rows}


def checkable(assessor: Assessor) -> dict[str, Norm]:
    return {local_name(norm.iri): norm for norm in assessor.norms if norm.checkability in CASES}


def verify_complete(folder: str, wanted: set[tuple[str, str]], files: list[Path]) -> None:
    """What is wanted has a fixture or a reason why not, and never both."""
    there = {(path.parent.name, path.stem) for path in files}
    excused = not_tested(folder)
    assert sorted(wanted - there - excused) == []
    assert sorted(excused & there) == []
    assert sorted(excused - wanted) == []


@pytest.mark.parametrize("path", NORMS + LIMITS, ids=name)
def test_outcome(path: Path, assessor: Assessor) -> None:
    agrees(path, assessor)


@pytest.mark.parametrize("path", NORMS, ids=name)
def test_a_fixture_of_a_norm_shows_what_its_name_says(path: Path) -> None:
    assert SHOWS[case(path)] in {
        outcome for (norm, _), outcome in expectations(path).items() if norm == path.parent.name
    }


@pytest.mark.parametrize("path", LIMITS, ids=name)
def test_a_fixture_of_a_limit_shows_what_its_name_says(path: Path) -> None:
    assert set(expectations(path).values()) == {SHOWS[case(path)]}


@pytest.mark.parametrize("path", NORMS + LIMITS, ids=name)
def test_a_fixture_quotes_the_source(path: Path) -> None:
    """Its first line; … stands for words left out."""
    found = re.match(r'# Lines? [\d–, ]+: "(.+)"', path.read_text(encoding="utf-8"))
    assert found, "the first line quotes no lines of the source"
    texts = [
        " ".join(one.read_text(encoding="utf-8").split())
        for one in (root() / "data" / "sources").glob("*/text.txt")
    ]
    said = [" ".join(part.split()) for part in found[1].split("…")]
    assert any(
        all(part in one.translate(str.maketrans("“”’", '""\'')) for part in said) for one in texts
    ), found[1]


def test_every_norm_that_can_be_checked_has_its_fixtures(assessor: Assessor) -> None:
    wanted = {
        (key, what)
        for key, norm in checkable(assessor).items()
        for what in CASES[norm.checkability]
    }
    verify_complete("norms", wanted, NORMS)
    assert len(not_tested("norms")) * 10 <= len(wanted)


def test_every_folder_is_a_norm_that_can_be_checked(assessor: Assessor) -> None:
    assert {path.name for path in (FIXTURES / "norms").iterdir() if path.is_dir()} == checkable(
        assessor
    ).keys()


def test_every_norm_that_can_be_checked_has_a_shape_and_every_shape_a_norm(
    graph: ox.Store, assessor: Assessor
) -> None:
    assert {
        local_name(norm) for shape in outcome_shapes(graph).values() for norm in shape.norms
    } == checkable(assessor).keys()


def test_no_fixture_shows_a_norm_met_that_can_only_be_flagged(assessor: Assessor) -> None:
    never = {key for key, norm in checkable(assessor).items() if norm.checkability == "flag-only"}
    for path in NORMS:
        found = {outcome for (norm, _), outcome in expectations(path).items() if norm in never}
        assert not found & {"met", "in-part"}, path


def test_every_limit_has_its_fixtures(graph: ox.Store) -> None:
    keys = {local_name(iri) for iri in load_limits(graph)}
    verify_complete("limits", {(key, what) for key in keys for what in LIMIT_CASES}, LIMITS)
    assert {path.name for path in (FIXTURES / "limits").iterdir() if path.is_dir()} == keys


def test_only_limits_without_tests_are_left_out(graph: ox.Store) -> None:
    without = {local_name(iri) for iri, limit in load_limits(graph).items() if not limit.tests}
    assert not_tested("limits") == {
        (key, what) for key in without for what in ("one-denied", "one-unanswered")
    }


@pytest.mark.parametrize(
    "path", [path for path in LIMITS if path.stem in ("one-denied", "one-unanswered")], ids=name
)
def test_the_test_of_a_limit_is_named(path: Path, graph: ox.Store, assessor: Assessor) -> None:
    """A concern names the test that is denied, a question the one that is not answered."""
    answers = yaml.safe_load(path.read_text(encoding="utf-8"))["answers"].values()
    said = {
        what: {word for one in answers for word in _words(one.get(what))}
        for what in ("claims", "denies")
    }
    tests = {
        local_name(test)
        for iri, limit in load_limits(graph).items()
        if local_name(iri) == path.parent.name
        for test in limit.tests
    }
    left = said["denies"] if path.stem == "one-denied" else tests - said["claims"]
    assert left
    found = findings(assessed(path, assessor))
    for key in expectations(path):
        told = (
            found[key].message
            if path.stem == "one-denied"
            else " ".join(question.text for question in found[key].questions)
        )
        assert all(_label(graph, test) in told for test in left)


def _words(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def _label(graph: ox.Store, concept: str) -> str:
    label = SKOS("prefLabel")
    return next(
        term_text(quad.object) for quad in graph.quads_for_pattern(CONCEPT(concept), label, None)
    )
