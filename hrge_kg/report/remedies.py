"""What can be done about a finding, who can do it, and whom to raise it with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..assessment.model import Assessment, Finding
from ..assessment.norms import Norm, Party
from .issues import Issue
from .phrases import joined


@dataclass(frozen=True)
class Remedy:
    """What to do about findings on one norm.

    `yours` says whether whoever runs the programme bears the norm; None if that is not known.
    """

    text: str
    yours: bool | None
    parties: tuple[Party, ...]

    @property
    def bearers(self) -> str:
        """Whom the norm is for, in words."""
        return joined(party.label for party in self.parties)

    @property
    def raise_with(self) -> str:
        """With whom to raise what others have to do, in words."""
        return joined(dict.fromkeys(party.raise_with for party in self.parties))


def remedies_of(issue: Issue, assessment: Assessment) -> dict[Remedy, list[Norm]]:
    """What to do about an issue, with the norms that ask for it; the gravest first."""
    found: dict[Remedy, list[Norm]] = {}
    for step in issue.steps:
        if step.norm:
            found.setdefault(_remedy(step.norm, step.text, assessment), []).append(step.norm)
    return found


def first_step(issue: Issue, assessment: Assessment) -> str:
    """What to do first about an issue, as sentences; empty where no check says it."""
    if not issue.steps:
        return ""
    step = issue.steps[0]
    remedy = _remedy(step.norm, step.text, assessment) if step.norm else None
    if remedy is None or remedy.yours is not False:
        return step.text
    return f"{step.text} What is beyond you, raise with {remedy.raise_with}."


def _remedy(norm: Norm, text: str, assessment: Assessment) -> Remedy:
    """What to do about a norm. The runner counts as the parties whose duties it has."""
    bearers, profile = norm.bearers, assessment.profile
    if not profile.acts_as or not bearers:
        return Remedy(text, None, bearers)
    return Remedy(text, any(party.iri in profile.acts_as for party in bearers), bearers)


def remedy_facts(
    norm: Norm, findings: Iterable[Finding], assessment: Assessment
) -> Iterator[tuple[str, str]]:
    """What to do; and whom to raise it with, if the norm is for others than who runs it."""
    text = " ".join(dict.fromkeys(finding.remedy for finding in findings if finding.remedy))
    if not text:
        return
    remedy = _remedy(norm, text, assessment)
    if remedy.yours is None:
        yield "What can be done", remedy.text
    elif remedy.yours:
        yield "What you can do", remedy.text
    else:
        yield "What you can do", f"As far as it is in your own hands: {remedy.text}"
        yield (
            "What to raise",
            f"The norm is for {remedy.bearers}; this programme is run by: "
            f"{joined(assessment.profile.runners)}. What is beyond you, raise with "
            f"{remedy.raise_with}, or with a donor who can help.",
        )
