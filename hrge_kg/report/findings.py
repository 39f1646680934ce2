"""Findings one by one, as the formats for other programs' lists need them: a sentence and a place.

SARIF, JUnit and EARL know other outcomes than ours, and none that means *not stated*. What each
writer makes of an outcome is a table in its module; silence is a pass in none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..assessment.model import Assessment, Finding
from ..form.description import Place
from ..namespaces import shrink
from .phrases import HEADINGS
from .told import without_hints


def findings_of(assessments: Iterable[Assessment]) -> Iterator[tuple[Assessment, Finding]]:
    """Every finding with its assessment, in order."""
    for assessment in assessments:
        for finding in assessment.findings:
            yield assessment, finding


def key_of(finding: Finding) -> str:
    """The CURIE of the norm of a finding."""
    return shrink(finding.norm.iri)


def label_of(finding: Finding, assessment: Assessment) -> str:
    """The label of the norm and the name of the group, as the report has them."""
    group = f" [{assessment.groups[finding.group]}]" if finding.group else ""
    return finding.norm.label + group


def sentences_of(finding: Finding, assessment: Assessment) -> str:
    """The outcome in words, whom it is about, what was found and what can be done."""
    heading = HEADINGS[finding.outcome]
    group = f" ({assessment.groups[finding.group]})" if finding.group else ""
    message = without_hints(finding.message).removeprefix(f"{heading}. ")
    parts = [f"{heading}{group}: {message}", finding.remedy]
    return " ".join(part for part in parts if part)


def place_of(finding: Finding, assessment: Assessment) -> Place | None:
    """Where the answer is on which the finding rests.

    If it rests on none: where the group is described, or the programme.
    """
    leading = finding.leading
    if leading and leading.place:
        return leading.place
    description = assessment.description
    group = description.place(finding.group) if finding.group else None
    return group or description.place(description.programme)


def other_places_of(finding: Finding, assessment: Assessment) -> list[Place]:
    """Where other answers are that are evidence for the same finding, each place once."""
    first = place_of(finding, assessment)
    places = [one.place for one in finding.evidence if one.place and one.place != first]
    return list(dict.fromkeys(places))
