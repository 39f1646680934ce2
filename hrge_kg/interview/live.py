"""The report in short, beside an interview: what the answers so far come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..assessment.enums import Outcome
from ..assessment.model import Assessment
from ..report.digest import group_findings
from ..report.issues import Issue, find_issues, find_reviews, find_urgent_issues
from ..report.phrases import issue_words, whom


@dataclass(frozen=True)
class Live:
    """What calls for action, is of concern, is for review and is met; a sentence for each.

    What calls for action is no concern once more. `silent` counts the norms of which nothing is
    stated, for some group or for all.
    """

    act_now: tuple[str, ...]
    concerns: tuple[str, ...]
    reviews: tuple[str, ...]
    met: tuple[str, ...]
    silent: int


def live(assessment: Assessment) -> Live:
    """The report in short, in its own order."""
    met = [one for one in assessment.findings if one.outcome == Outcome.MET]
    silent = {one.norm.iri for one in assessment.findings if one.outcome == Outcome.NOT_STATED}
    act_now = _sentences(find_urgent_issues(assessment), assessment)
    concerns = _sentences(find_issues(assessment), assessment)
    return Live(
        act_now,
        tuple(one for one in concerns if one not in act_now),
        _sentences(find_reviews(assessment), assessment),
        tuple(
            f"{whom(one.groups, assessment)}{one.norm.label}"
            for one in group_findings(met, assessment)
        ),
        len(silent),
    )


def _sentences(issues: Iterable[Issue], assessment: Assessment) -> tuple[str, ...]:
    """What each issue says, once, without the line of the file that it stands in."""
    return tuple(dict.fromkeys(f"{issue_words(issue, assessment)}." for issue in issues))
