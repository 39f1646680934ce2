"""The first page of the report: what a busy person reads in a minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..assessment.answer_fates import AnswerFate
from ..assessment.enums import Outcome
from ..assessment.model import Assessment
from ..assessment.wording import capital
from ..markup.document import DocumentBlock, Facts, Heading, Items, Paragraph, plain
from .digest import group_findings
from .issues import (
    Issue,
    choose_first,
    find_issues,
    find_reviews,
    find_support,
    find_unheard,
    find_urgent_issues,
)
from .phrases import (
    answer_told,
    first_of,
    issue_sentence,
    listed,
    place_words,
    places_of,
    reason_words,
    whom,
)

SUPPORT = "For a person to judge: what speaks for it"
MOST = 5  # concerns, reviews, and names of norms in a line
MOST_LINES = 3  # of everything else


def compose(assessment: Assessment) -> Iterator[DocumentBlock]:
    """What was described, what calls for action, what is of concern, what is met."""
    yield Heading(2, "In a minute")
    yield Facts(tuple(_facts(assessment)))
    urgent = find_urgent_issues(assessment)
    if urgent:
        yield Heading(3, "Act now")
        yield Items(tuple(_act_now(urgent, assessment)))
    unheard, reviews = find_unheard(assessment), find_reviews(assessment)
    yield from _concerns(assessment, urgent, bool(unheard), bool(reviews))
    if reviews:
        yield Heading(3, f"For a person to review, because of what is stated: {len(reviews)}")
        yield from _issues(reviews, urgent, assessment)
    if unheard:
        yield from _unheard(unheard, assessment)
    yield Heading(3, "Met as stated, and for whom")
    yield from _norms_with(Outcome.MET, assessment)


def compose_favourable(assessment: Assessment) -> Iterator[DocumentBlock]:
    """What is stated in part, and what speaks for it where a person has to judge."""
    if any(finding.outcome == Outcome.IN_PART for finding in assessment.findings):
        yield Heading(3, "Stated in part only, and for whom")
        yield from _norms_with(Outcome.IN_PART, assessment)
    support = find_support(assessment)
    if support:
        yield Heading(3, SUPPORT)
        yield from _support(support, assessment)


def _facts(assessment: Assessment) -> Iterator[tuple[str, str]]:
    profile = assessment.profile
    file = plain(assessment.description.file)
    yield "What was described", f"the programme as the file {file} tells it"
    yield (
        "Who runs it",
        "; ".join(profile.runners)
        or "not stated, so this report cannot tell what you can change from what to raise with "
        "others",
    )
    yield "Groups of people", "; ".join(map(plain, assessment.groups.values())) or "none described"
    days = dict.fromkeys(day for day in (profile.first, profile.last) if day)
    said = [*profile.answered_by, *([" to ".join(days)] if days else [])]
    yield "Who says so, and when", "; ".join(said) or "not stated"
    silent = {
        finding.norm.iri for finding in assessment.findings if finding.outcome == Outcome.NOT_STATED
    }
    if silent:
        yield (
            "Not stated",
            f"{len(silent)} norms, for some group or for all; that is neither good nor bad",
        )


def _act_now(urgent: Sequence[Issue], assessment: Assessment) -> Iterator[str]:
    """One item for each reason; in it, for the same people, what shows it once."""
    by_reason: dict[str, dict[tuple[str, ...], list[Issue]]] = {}
    for issue in urgent:
        reasons = ", ".join(dict.fromkeys(reason.label for reason in issue.urgency))
        by_reason.setdefault(reasons, {}).setdefault(issue.groups, []).append(issue)
    for reasons, by_groups in by_reason.items():
        told = (_with_places(issues, assessment) for issues in by_groups.values())
        yield f"{capital(reasons)}. {' '.join(told)}"


def _with_places(issues: Sequence[Issue], assessment: Assessment) -> str:
    """The first in full, and where the others stand."""
    first = issues[0]
    others = places_of(
        issue.evidence for issue in issues if issue.evidence.place != first.evidence.place
    )
    see = f" See also {'; '.join(others)}." if others else ""
    return issue_sentence(first, assessment) + see


def _concerns(
    assessment: Assessment, urgent: Sequence[Issue], unheard: bool, reviews: bool
) -> Iterator[DocumentBlock]:
    """The gravest concerns; that there is none is said only as far as it is so."""
    issues = find_issues(assessment)
    yield Heading(3, f"Of concern: {len(issues)}" if issues else "Of concern")
    if issues:
        yield from _issues(issues, urgent, assessment)
    elif unheard:
        yield Paragraph(
            "No norm finds a concern in what is stated. That says nothing of what is not stated, "
            "and some answers are adverse: see below."
        )
    elif reviews:
        yield Paragraph(
            "No norm finds a concern in what is stated, but a person has to review some of it: "
            "see below. That says nothing of what is not stated."
        )
    else:
        yield Paragraph(
            "Nothing that is stated is of concern. That says nothing of what is not stated."
        )


def _issues(
    issues: Sequence[Issue], urgent: Sequence[Issue], assessment: Assessment
) -> Iterator[DocumentBlock]:
    chosen = choose_first(issues, urgent, MOST)
    yield Items(tuple(issue_sentence(issue, assessment) for issue in chosen))
    if len(issues) > MOST:
        yield Paragraph(f"And {len(issues) - MOST} more: see your answers below.")


def _support(support: Sequence[Issue], assessment: Assessment) -> Iterator[DocumentBlock]:
    """Favourable statements, each with the norms whose open words it bears on."""
    yield from _first_lines(
        f"{whom(issue.groups, assessment)}{_words(issue)} ({place_words(issue.evidence.place)})"
        f" For: {listed(first_of([norm.label for norm in issue.norms], 2))}"
        for issue in support
    )


def _first_lines(lines: Iterable[str], most: int = MOST_LINES) -> Iterator[DocumentBlock]:
    """The first lines of a list, and how many more there are."""
    every = tuple(lines)
    yield Items(every[:most])
    if len(every) > most:
        yield Paragraph(f"And {len(every) - most} more: see your answers below.")


def _words(issue: Issue) -> str:
    answer = issue.evidence.answer
    words = answer.words if answer else issue.evidence.message
    return answer_told(words, answer, issue.groups)


def _unheard(unheard: Sequence[AnswerFate], assessment: Assessment) -> Iterator[DocumentBlock]:
    """Adverse answers that raise neither a concern nor a review, with the reason."""
    yield Heading(3, f"Adverse answers that raise no concern: {len(unheard)}")
    yield from _first_lines(
        f"{whom(_labels(fate, assessment), assessment)}{_told(fate, assessment)} "
        f"({place_words(fate.answer.place)}). {_why(fate)}"
        for fate in unheard
    )


def _told(fate: AnswerFate, assessment: Assessment) -> str:
    words = answer_told(fate.answer.words, fate.answer, _labels(fate, assessment))
    return words.rstrip(".")


def _why(fate: AnswerFate) -> str:
    return " ".join(
        dict.fromkeys(map(reason_words, (effect.why for effect in fate.effects if effect.why)))
    )


def _labels(fate: AnswerFate, assessment: Assessment) -> list[str]:
    return [assessment.groups[group] for group in fate.answer.groups]


def _norms_with(outcome: Outcome, assessment: Assessment) -> Iterator[DocumentBlock]:
    """The norms with an outcome, by the groups that they have it for."""
    findings = [finding for finding in assessment.findings if finding.outcome == outcome]
    by_groups: dict[tuple[str, ...], list[str]] = {}
    for group in group_findings(findings, assessment):
        by_groups.setdefault(group.groups, []).append(group.norm.label)
    if by_groups:
        most = sorted(by_groups.items(), key=lambda pair: -len(pair[1]))
        more = len(most) - MOST_LINES
        yield Items(
            tuple(
                f"{_of_whom(groups, assessment)}{listed(first_of(labels, MOST))}"
                for groups, labels in most[:MOST_LINES]
            )
        )
        if more > 0:
            yield Paragraph(f"And for {more} more sets of groups: see your answers below.")
    else:
        yield Paragraph("Nothing yet: met needs a statement that shows it.")


def _of_whom(groups: Sequence[str], assessment: Assessment) -> str:
    return whom(groups, assessment) if groups else "The programme itself: "
