"""The first page of the report: what a busy person reads in a minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..assessment.answer_fates import AnswerFate
from ..assessment.enums import Outcome
from ..assessment.model import Assessment
from ..assessment.wording import capital
from ..markup.document import (
    Below,
    Facts,
    Heading,
    Items,
    Link,
    Paragraph,
    SimpleBlock,
    Span,
    Text,
    plain,
    spans,
)
from . import told
from .digest import FindingGroup, group_findings
from .issues import (
    Issue,
    choose_first,
    find_issues,
    find_reviews,
    find_support,
    find_unheard,
    find_urgent_issues,
)
from .leads import Leads
from .phrases import (
    SUPPORT,
    counted,
    first_of,
    issue_place,
    issue_words,
    listed,
    number_words,
    whom,
)
from .remedies import first_step
from .signs import ACT_NOW, SIGNS

MOST = 5  # concerns, and names of norms in a line
MOST_LINES = 3  # of everything else
BELOW = "see your answers below."


def compose(assessment: Assessment, leads: Leads) -> Iterator[SimpleBlock]:
    """What was described, what calls for action, what is of concern, what is met."""
    yield Heading(2, "In a minute")
    yield Facts(tuple(_facts(assessment)))
    urgent = find_urgent_issues(assessment)
    if urgent:
        yield Heading(3, "Act now", mark=ACT_NOW)
        yield Items(tuple(_act_now(urgent, assessment, leads)))
    unheard, reviews = find_unheard(assessment), find_reviews(assessment)
    yield from _concerns(assessment, leads, urgent, bool(unheard), bool(reviews))
    if reviews:
        title = "For a person to review, because of what is stated"
        title = _counted(title, reviews, MOST_LINES)
        yield Heading(3, title, mark=SIGNS[Outcome.NEEDS_REVIEW])
        chosen = choose_first(reviews, urgent, MOST_LINES)
        yield Items(tuple(tuple(_told(issue, assessment, leads)) for issue in chosen))
    if unheard:
        yield from _unheard(unheard, assessment, leads)
    yield Heading(3, "Met as stated, and for whom", mark=SIGNS[Outcome.MET])
    yield from _norms_with(Outcome.MET, assessment, leads)


def compose_favourable(assessment: Assessment, leads: Leads) -> Iterator[SimpleBlock]:
    """What is stated in part, and what speaks for it where a person has to judge."""
    if any(finding.outcome == Outcome.IN_PART for finding in assessment.findings):
        yield Heading(3, "Stated in part only, and for whom", mark=SIGNS[Outcome.IN_PART])
        yield from _norms_with(Outcome.IN_PART, assessment, leads)
    support = find_support(assessment)
    if support:
        yield Heading(3, SUPPORT, mark=SIGNS[Outcome.NEEDS_REVIEW])
        yield from _support(support, assessment, leads)


def _counted(title: str, things: Sequence[object], most: int = 0) -> str:
    """A title with the number of things; and how many of them are told below, if not all are."""
    number = number_words(len(things))
    if most and len(things) > most:
        return f"{title}: the gravest {number_words(most)} of {number}"
    return f"{title}: {number}"


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
            f"{counted(len(silent), 'norm')}, for some group or for all; "
            "that is neither good nor bad",
        )


def _act_now(urgent: Sequence[Issue], assessment: Assessment, leads: Leads) -> Iterator[Text]:
    """One item for each reason; in it, for the same people, what shows it once."""
    by_reason: dict[str, dict[tuple[str, ...], list[Issue]]] = {}
    for issue in urgent:
        reasons = ", ".join(dict.fromkeys(reason.label for reason in issue.urgency))
        by_reason.setdefault(reasons, {}).setdefault(issue.groups, []).append(issue)
    for reasons, by_groups in by_reason.items():
        spans: list[Span] = [f"{capital(reasons)}."]
        for issues in by_groups.values():
            spans += [" ", *_with_places(issues, assessment, leads)]
        yield tuple(spans)


def _with_places(issues: Sequence[Issue], assessment: Assessment, leads: Leads) -> Iterator[Span]:
    """The first in full, where the others stand, and what to do."""
    first = issues[0]
    yield from _told(first, assessment, leads)
    others: dict[str, Issue] = {}
    for issue in issues:
        if issue.evidence.place and issue.evidence.place != first.evidence.place:
            words = told.where(issue.evidence.place, issue.evidence.answer)
            others.setdefault(words, issue)
    for number, (words, issue) in enumerate(list(others.items())[:MOST_LINES]):
        yield "; " if number else " See also "
        yield from spans(leads.issue(issue, words))
    more = len(others) - MOST_LINES
    if others:
        yield f"; and {number_words(more)} more." if more > 0 else "."
    yield from _to_do(first, assessment)


def _to_do(issue: Issue, assessment: Assessment) -> Iterator[Span]:
    """One line: what to do first."""
    if step := first_step(issue, assessment):
        yield Below(f"What to do: {step}")


def _told(issue: Issue, assessment: Assessment, leads: Leads) -> Iterator[Span]:
    """An issue, whose words lead to its finding, and where it is stated."""
    yield from spans(leads.issue(issue, issue_words(issue, assessment)))
    yield issue_place(issue)


def _concerns(
    assessment: Assessment, leads: Leads, urgent: Sequence[Issue], unheard: bool, reviews: bool
) -> Iterator[SimpleBlock]:
    """The gravest concerns; that there is none is said only as far as it is so."""
    issues = find_issues(assessment)
    title = _counted("Of concern", issues, MOST) if issues else "Of concern"
    yield Heading(3, title, mark=SIGNS[Outcome.CONCERN])
    if issues:
        yield _with_steps(issues, urgent, assessment, leads)
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


def _with_steps(
    issues: Sequence[Issue], urgent: Sequence[Issue], assessment: Assessment, leads: Leads
) -> Items:
    """The gravest issues; what to do about one is told once, under *Act now* if it is there."""
    told = {(one.evidence.statement, one.groups) for one in urgent}
    items = []
    for issue in choose_first(issues, urgent, MOST):
        item = list(_told(issue, assessment, leads))
        if (issue.evidence.statement, issue.groups) not in told:
            item += _to_do(issue, assessment)
        items.append(tuple(item))
    return Items(tuple(items))


def _more(number: int) -> Iterator[SimpleBlock]:
    if number > 0:
        yield Paragraph(f"And {number_words(number)} more: {BELOW}")


def _support(
    support: Sequence[Issue], assessment: Assessment, leads: Leads
) -> Iterator[SimpleBlock]:
    """Favourable statements, each with the norms whose open words it bears on."""
    yield from _first_lines(
        (
            *spans(leads.evidence(issue.evidence, _said(issue, assessment))),
            f"{issue_place(issue)} For: {_first_norms(issue)}",
        )
        for issue in support
    )


def _said(issue: Issue, assessment: Assessment) -> str:
    """What is stated; that a person has to judge it, the heading above it says."""
    answer = issue.evidence.answer
    if answer is None:
        return issue_words(issue, assessment)
    return f"{whom(issue.groups, assessment)}{told.sentence(answer, issue.groups)}"


def _first_norms(issue: Issue) -> str:
    return listed(first_of([norm.label for norm in issue.norms], 2))


def _first_lines(lines: Iterable[Text], most: int = MOST_LINES) -> Iterator[SimpleBlock]:
    """The first lines of a list, and how many more there are."""
    every = tuple(lines)
    yield Items(every[:most])
    yield from _more(len(every) - most)


def _unheard(
    unheard: Sequence[AnswerFate], assessment: Assessment, leads: Leads
) -> Iterator[SimpleBlock]:
    """Adverse answers that raise neither a concern nor a review, with the reason."""
    yield Heading(3, _counted("Adverse answers that raise no concern", unheard))
    yield from _first_lines(_unheard_lines(unheard, assessment, leads))


def _unheard_lines(
    unheard: Sequence[AnswerFate], assessment: Assessment, leads: Leads
) -> Iterator[Text]:
    """What each says, where, and why it raises nothing; the same reason is told once."""
    before = ""
    for fate in unheard:
        labels = [assessment.groups[group] for group in fate.answer.groups]
        words = f"{whom(labels, assessment)}{told.sentence(fate.answer, labels)}"
        why = _why(fate)
        lead = Link(words, f"#answer-{leads.number(fate.answer)}")
        place = told.where(fate.answer.place, fate.answer)
        yield lead, f" ({place}). {why}" if why != before else f" ({place})."
        before = why


def _why(fate: AnswerFate) -> str:
    answers = (fate.answer,)
    reasons = (told.reason(effect.why, answers) for effect in fate.effects if effect.why)
    return " ".join(dict.fromkeys(reasons))


def _norms_with(outcome: Outcome, assessment: Assessment, leads: Leads) -> Iterator[SimpleBlock]:
    """The norms with an outcome, by the groups that they have it for."""
    findings = [finding for finding in assessment.findings if finding.outcome == outcome]
    by_groups: dict[tuple[str, ...], list[FindingGroup]] = {}
    for group in group_findings(findings, assessment):
        by_groups.setdefault(group.groups, []).append(group)
    if by_groups:
        most = sorted(by_groups.items(), key=lambda pair: -len(pair[1]))
        yield Items(
            tuple(
                (f"{_of_whom(labels, assessment)}", *_names(groups, leads))
                for labels, groups in most[:MOST_LINES]
            )
        )
        more = len(most) - MOST_LINES
        if more > 0:
            yield Paragraph(f"And for {counted(more, 'more set')} of groups: {BELOW}")
    else:
        yield Paragraph("Nothing yet: met needs a statement that shows it.")


def _names(groups: Sequence[FindingGroup], leads: Leads) -> Iterator[Span]:
    """The first norms by name, each leading to its finding, and how many more there are."""
    for number, group in enumerate(groups[:MOST]):
        if number:
            yield "; "
        yield leads.to_norm(group.norm, [group.finding.group or ""])
    more = len(groups) - MOST
    yield f"; and {number_words(more)} more." if more > 0 else "."


def _of_whom(groups: Sequence[str], assessment: Assessment) -> str:
    return whom(groups, assessment) if groups else "The programme itself: "
