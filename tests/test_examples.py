"""The example descriptions, with the outcomes that a second reader agreed to (docs/readings/example-outcomes.md)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from hrge_kg.form import read_form
from hrge_kg.pipeline import Assessor
from hrge_kg.resources import root

FOLDER = root() / "data" / "programmes"
EXPECTED = Path(__file__).parent / "fixtures" / "examples"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_outcome_is_the_reviewed_one(path: Path, assessor: Assessor) -> None:
    assessment = assessor.assess(read_form(path, assessor.vocabulary))
    found = sorted(
        (f.norm.iri.rsplit("/", 1)[1], assessment.groups[f.group] if f.group else "", f.outcome, f.reason) for f in assessment.findings
    )
    with (EXPECTED / f"{path.stem}.csv").open(encoding="utf-8", newline="") as file:
        assert found == sorted(tuple(row) for row in csv.reader(file))


@pytest.mark.parametrize(("name", "quiet"), [("closed-shelter", False), ("community-shelter", False), ("new-project", False)])
def test_exit_code(name: str, quiet: bool, assessor: Assessor) -> None:
    """The community shelter holds asylum-seekers: the exception raises a review."""
    assert assessor.assess(read_form(FOLDER / f"{name}.yaml", assessor.vocabulary)).quiet is quiet


def test_the_closed_shelter_shows_the_concerns_it_should(assessor: Assessor) -> None:
    assessment = assessor.assess(read_form(FOLDER / "closed-shelter.yaml", assessor.vocabulary))
    concerns = {(f.norm.iri.rsplit("/", 1)[1], assessment.groups[f.group or ""]) for f in assessment.findings if f.outcome == "concern"}
    assert concerns == {
        ("not-kept-against-their-will", "women"),
        ("shelter-not-contingent-on-evidence", "women"),
        ("assistance-not-conditional-on-cooperation", "women"),
        ("no-mandatory-testing", "women"),
        ("principle-may-exclude-mandatory-testing", "women"),
        ("informed-of-consular-access", "women"),
        ("protection-for-all-without-discrimination", "men"),
        ("shelters-not-locked", "women"),
        ("sufficient-protection-and-assistance", "men"),
        ("men-and-boys-not-denied-assistance", "men"),
    }


def test_the_good_one_shows_no_concern(assessor: Assessor) -> None:
    assessment = assessor.assess(read_form(FOLDER / "community-shelter.yaml", assessor.vocabulary))
    assert assessment.counts["concern"] == 0
    assert assessment.counts["met"] > 30


def test_the_nearly_empty_one_meets_nothing(assessor: Assessor) -> None:
    assessment = assessor.assess(read_form(FOLDER / "new-project.yaml", assessor.vocabulary))
    assert {f.outcome for f in assessment.findings if f.reason != "human check"} == {"not-stated", "not-applicable"}
    assert assessment.questions
