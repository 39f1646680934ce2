"""What fixtures of descriptions say of themselves: `# expect: norm group outcome` lines (group - for the programme) above the form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hrge_kg.assess import Finding
    from hrge_kg.pipeline import Assessor

FIXTURES = Path(__file__).parent / "fixtures"

Outcomes = dict[tuple[str, str], str]


def expectations(path: Path) -> Outcomes:
    """What is expected of norm and group."""
    lines = path.read_text(encoding="utf-8").splitlines()
    words = [line.removeprefix("# expect: ").split() for line in lines if line.startswith("# expect: ")]
    return {(norm, group): outcome for norm, group, outcome in words}


def findings(path: Path, assessor: Assessor) -> dict[tuple[str, str], Finding]:
    """What is found of norm and group."""
    from hrge_kg.form import read_form

    assessment = assessor.assess(read_form(path, assessor.vocabulary))
    return {(key_of(f.norm.iri), assessment.groups[f.group] if f.group else "-"): f for f in assessment.findings}


def agrees(path: Path, assessor: Assessor) -> None:
    """Fails where something else is found than is expected, or nothing is expected."""
    expected = expectations(path)
    assert expected, "the fixture says nothing"
    found = findings(path, assessor)
    assert {key: found[key].outcome for key in expected} == expected


def key_of(iri: str) -> str:
    """The last part of the IRI of a norm, limit, …"""
    return iri.rsplit("/", 1)[1]
