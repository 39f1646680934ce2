"""The end of the report: answers that no norm looked at, and norms that do not apply."""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment.enums import Outcome, Reason
from ..assessment.model import Assessment
from ..markup.document import DocumentBlock, Heading, Items, plain
from .digest import FindingGroup, UnusedAnswers, find_unused_answers, group_findings
from .phrases import HEADINGS, for_groups, joined, listed


def compose(assessment: Assessment) -> Iterator[DocumentBlock]:
    """Both parts, each where there is something to tell."""
    yield from _unused_answers(assessment)
    yield from _norms_that_do_not_apply(assessment)


def _unused_answers(assessment: Assessment) -> Iterator[DocumentBlock]:
    """What is answered and raises nothing, and why.

    It is not known whom the norms are about; or they are about others only; or there are none.
    """
    unused = find_unused_answers(assessment)
    waiting = [answers for answers in unused if answers.waits]
    others = [answers for answers in unused if not answers.waits and answers.about]
    unread = [answers for answers in unused if not answers.about]
    if waiting:
        yield Heading(2, "Answered, but it is not known yet whether a norm is about these people")
        by_questions: dict[tuple[str, ...], list[str]] = {}
        for answers in waiting:
            keys = _lines_and_keys(answers, assessment)
            by_questions.setdefault(answers.questions, []).append(keys)
        yield Items(
            tuple(
                f"To be answered first: {' '.join(questions)} Then it counts: {'; '.join(keys)}."
                for questions, keys in by_questions.items()
            )
        )
    if others:
        yield Heading(2, "Answered, but the norms that look at it are about others")
        yield Items(tuple(_about_others(answers, assessment) for answers in others))
    if unread:
        yield Heading(2, "Answered, but no encoded norm looks at it")
        yield Items(tuple(_lines_and_keys(answers, assessment) for answers in unread))


def _about_others(answers: UnusedAnswers, assessment: Assessment) -> str:
    """Whom the norms are about, with words to take along, where the source has some."""
    words = "".join(
        f" What the source says to it: “{pair.response}” (page {pair.page})"
        for pair in answers.advocacy
    )
    return f"{_lines_and_keys(answers, assessment)}: about {joined(answers.about)}.{words}"


def _lines_and_keys(answers: UnusedAnswers, assessment: Assessment) -> str:
    """Where the answers stand: "lines 6, 7, answers.compulsory-test"."""
    found = (assessment.description.place(answer.statement) for answer in answers.answers)
    places = [place for place in found if place]
    lines = ", ".join(str(place.line) for place in places if place.line)
    keys = "; ".join(dict.fromkeys(plain(place.key) for place in places))
    return f"line{'s' if len(places) > 1 else ''} {lines}, {keys}" if lines else keys


def _norms_that_do_not_apply(assessment: Assessment) -> Iterator[DocumentBlock]:
    """Told together where the reason and the groups are the same."""
    outside = [
        finding for finding in assessment.findings if finding.outcome == Outcome.NOT_APPLICABLE
    ]
    if not outside:
        return
    labels: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for group in group_findings(outside, assessment):
        labels.setdefault((_reason(group), group.groups), []).append(group.norm.label)
    yield Heading(2, HEADINGS[Outcome.NOT_APPLICABLE])
    yield Items(
        tuple(
            f"{for_groups(groups)}{reason.rstrip('.')}: {listed(norms)}"
            for (reason, groups), norms in labels.items()
        )
    )


def _reason(group: FindingGroup) -> str:
    # The norms' own reasons would each be told alone; the cards have them.
    if group.finding.reason == Reason.NOT_A_PROGRAMME_MATTER:
        return "Not a matter of a programme."
    return group.finding.message
