"""The example descriptions, with the outcomes that a second reader agreed to.

(docs/records/example-outcomes.md)
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from paths import FIXTURES

from hrge_kg.assessment.model import Assessment
from hrge_kg.namespaces import local_name
from hrge_kg.resources import root

FOLDER = root() / "data" / "programmes"
EXPECTED = FIXTURES / "examples"


Example = Callable[[str], Assessment]


def concerns(assessment: Assessment) -> set[tuple[str, str]]:
    """Norm and group of every concern; the group is empty where the norm is about the programme."""
    found = (f for f in assessment.findings if f.outcome == "concern")
    return {(local_name(f.norm.iri), assessment.groups[f.group] if f.group else "") for f in found}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_outcome_is_the_reviewed_one(path: Path, example: Example) -> None:
    assessment = example(path.stem)
    found = sorted(
        (
            local_name(f.norm.iri),
            assessment.groups[f.group] if f.group else "",
            f.outcome,
            f.reason,
        )
        for f in assessment.findings
    )
    with (EXPECTED / f"{path.stem}.csv").open(encoding="utf-8", newline="") as file:
        assert found == sorted(tuple(row) for row in csv.reader(file))


def test_the_examples_cover_the_field() -> None:
    """Adults and children, trafficking and smuggling, and programmes of a State, an NGO and an IGO.

    Each file says what it is.
    """
    said: dict[str, set[str]] = {}
    paths = sorted(FOLDER.glob("*.yaml"))
    for path in paths:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# ") and lines[0].endswith(
            "Invented; no real organisation is meant."
        )
        head = yaml.safe_load("\n".join(lines))
        for facts in (head, *head["groups"].values()):
            for key in ("run-by", "age", "status", "sex", "activity"):
                value = facts.get(key, [])
                said.setdefault(key, set()).update(value if isinstance(value, list) else [value])
    assert len(paths) >= 12
    assert {"adults", "children"} <= said["age"]
    assert {"identified-victim", "presumed-victim", "smuggled-migrant"} <= said["status"]
    assert {"State", "NGO", "IGO"} <= said["run-by"]
    assert {"women", "men"} <= said["sex"]
    assert len(said["activity"]) >= 8


@pytest.mark.parametrize(
    ("name", "quiet"),
    [("closed-shelter", False), ("community-shelter", False), ("new-project", False)],
)
def test_exit_code(name: str, quiet: bool, example: Example) -> None:
    """The community shelter holds asylum-seekers: the exception raises a review."""
    assert example(name).quiet is quiet


def test_the_closed_shelter_shows_the_concerns_it_should(example: Example) -> None:
    assert concerns(example("closed-shelter")) == {
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


@pytest.mark.parametrize(
    ("name", "norms", "group"),
    [
        (
            "immigration-detention",
            "children-not-detained-for-parents-status children-never-separated "
            "special-needs-detention-avoided",
            "families",
        ),
        (
            "immigration-detention",
            "children-never-detained not-kept-against-their-will not-held-in-detention-facilities",
            "unaccompanied-children",
        ),
        (
            "immigration-detention",
            "vulnerable-migrants-not-detained detention-subject-to-review",
            "unaccompanied-children",
        ),
        (
            "rescue-and-raid",
            "not-held-in-detention-facilities not-kept-against-their-will "
            "vulnerable-migrants-not-detained",
            "men",
        ),
        ("rescue-and-raid", "informed-consent no-public-disclosure-of-identity", "women"),
        (
            "return-scheme",
            "safe-return voluntary-return-where-possible services-for-returned-victims",
            "victims-who-returned",
        ),
        ("funder", "unodc-not-dictated-by-donors unodc-engages-with-donors", ""),
        (
            "funder",
            "no-denial-of-reproductive-health not-kept-against-their-will",
            "women-and-girls",
        ),
        (
            "mass-arrival",
            "access-to-adequate-care same-rights-in-crises not-kept-against-their-will",
            "presumed-victims",
        ),
        (
            "assistance-without-shelter",
            "protection-for-all-without-discrimination",
            "not-recognised",
        ),
        ("shelter-for-men", "access-to-adequate-care", "men"),
    ],
)
def test_key_concerns(name: str, norms: str, group: str, example: Example) -> None:
    assert {(norm, group) for norm in norms.split()} <= concerns(example(name))


@pytest.mark.parametrize(
    ("name", "group", "only"),
    [
        ("immigration-detention", "adults", {"detention-due-process"}),
        ("return-scheme", "smuggled-who-may-return", set()),
        ("return-scheme", "victims-who-may-return", set()),
        ("child-reception-centre", "smuggled-children", set()),
        ("legal-aid", "smuggled-adults", set()),
        ("mass-arrival", "unaccompanied-children", {"same-rights-in-crises"}),
        ("officials-training", "people-the-officials-meet", set()),
    ],
)
def test_no_concern_against_those_it_does_not_concern(
    name: str, group: str, only: set[str], example: Example
) -> None:
    assert {norm for norm, whom in concerns(example(name)) if whom == group} == only


def test_the_good_one_shows_no_concern(example: Example) -> None:
    assessment = example("community-shelter")
    assert assessment.counts["concern"] == 0
    assert assessment.counts["met"] > 30


def test_the_nearly_empty_one_meets_nothing(example: Example) -> None:
    assessment = example("new-project")
    assert {f.outcome for f in assessment.findings if f.reason != "human check"} == {
        "not-stated",
        "not-applicable",
    }
    assert assessment.questions
