"""What to do, who can do it, and what to raise with whom in which words: to copy into a plan.

Everything in it comes from findings and data: remedies of checks, who bears a norm, the source's
own words. What only silence is about is no action: it is to be asked or stated first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..assessment.model import Assessment
from ..assessment.norms import Norm
from ..assessment.wording import capital
from ..markup.document import Document, DocumentBlock, Grid, Heading, Paragraph, plain
from ..tables.workbook import Sheet
from . import told
from .digest import find_unasked, summarise_questions
from .issues import (
    Issue,
    find_issues,
    find_reviews,
    find_unheard,
    find_urgent_issues,
)
from .phrases import (
    DISCLAIMER,
    counted,
    edition_words,
    issue_place,
    joined,
    page_words,
)
from .remedies import Remedy, remedies_of

TO_DO = (
    "when",
    "what to do",
    "who can do it",
    "raise with",
    "in which words",
    "because it is stated",
    "for whom",
    "source",
)
TO_LOOK_AT = ("when", "what is stated", "for whom", "why a person has to look", "source")
TO_STATE = ("question", "for whom", "what it settles")
_ACT_NOW = "Act now"
_Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """One table of an action list; `empty` is what is said if it has no row."""

    title: str
    columns: tuple[str, ...]
    rows: _Rows
    empty: str


def parts(assessment: Assessment) -> tuple[Part, ...]:
    """The three tables on one programme."""
    return (
        Part(
            "To do",
            TO_DO,
            tuple(_to_do(assessment)),
            "Nothing that is stated is of concern. That says nothing of what is not stated.",
        ),
        Part(
            "To look at first",
            TO_LOOK_AT,
            tuple(_to_look_at(assessment)),
            "Nothing that is stated is for a person to review.",
        ),
        Part(
            "To ask or state first",
            TO_STATE,
            tuple(_to_state(assessment)),
            "No question is open.",
        ),
    )


def compose(assessment: Assessment) -> Document:
    """The action list on one programme, as a page."""
    blocks: list[DocumentBlock] = [
        Heading(1, f"Action list: {plain(assessment.description.title)}"),
        Paragraph(DISCLAIMER),
    ]
    for part in parts(assessment):
        blocks.append(Heading(2, part.title))
        blocks.append(Grid(part.columns, part.rows) if part.rows else Paragraph(part.empty))
    return Document(tuple(blocks), edition_words(assessment))


def sheets(assessments: Sequence[Assessment]) -> tuple[list[Sheet], list[str]]:
    """The same as sheets, and the lines of the sheet About; several programmes have a column."""
    several = len(assessments) > 1
    made: dict[str, Sheet] = {}
    for assessment in assessments:
        title = plain(assessment.description.title)
        for part in parts(assessment):
            before = made.get(part.title)
            rows = tuple((title, *row) if several else row for row in part.rows)
            columns = ("programme", *part.columns) if several else part.columns
            made[part.title] = Sheet(part.title, columns, (*(before.rows if before else ()), *rows))
    titles = [plain(assessment.description.title) for assessment in assessments]
    about = [*titles, DISCLAIMER, *dict.fromkeys(map(edition_words, assessments))]
    return list(made.values()), about


def _to_do(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    """A row for each concern and each thing to do about it; what cannot wait comes first."""
    urgent = _urgent(assessment)
    issues = sorted(find_issues(assessment), key=lambda issue: not _when(issue, urgent))
    for issue in issues:
        when = _when(issue, urgent) or "Concern"
        for remedy, norms in remedies_of(issue, assessment).items():
            yield (
                when,
                remedy.text,
                _who(remedy, assessment),
                "" if remedy.yours else remedy.raise_with,
                _words(norms, assessment),
                _stated(issue),
                _for_whom(issue.groups),
                _sources(norms, assessment),
            )


def _to_look_at(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    """A row for each review that a statement raises, and for adverse answers nothing takes up."""
    urgent = _urgent(assessment)
    concerns = {issue.evidence.statement for issue in find_issues(assessment)}
    without = [
        issue
        for issue in find_urgent_issues(assessment)
        if issue.evidence.statement not in concerns
    ]
    reviews = find_reviews(assessment)
    known = {(issue.evidence.statement, issue.groups) for issue in reviews}
    every = [
        *(one for one in without if (one.evidence.statement, one.groups) not in known),
        *reviews,
    ]
    for issue in sorted(every, key=lambda issue: not _when(issue, urgent)):
        yield (
            _when(issue, urgent) or "Review",
            _stated(issue),
            _for_whom(issue.groups),
            told.without_hints(issue.evidence.telling) or issue.evidence.message,
            _sources(issue.norms, assessment),
        )
    for fate in find_unheard(assessment):
        labels = [assessment.groups[group] for group in fate.answer.groups]
        place = told.where(fate.answer.place, fate.answer)
        why = (told.reason(one.why, (fate.answer,)) for one in fate.effects if one.why)
        yield (
            "Review",
            f"{told.sentence(fate.answer, labels)} ({place}).",
            _for_whom(labels),
            " ".join(dict.fromkeys(why)),
            "",
        )


def _to_state(assessment: Assessment) -> Iterator[tuple[str, ...]]:
    """A row for each open question: what only silence is about."""
    for asked in summarise_questions(assessment):
        things = f" Open for: {'; '.join(asked.things)}." if asked.things else ""
        yield asked.text + things, _for_whom(asked.groups), _settles(asked.norms)
    for unasked in find_unasked(assessment):
        if not unasked.denied_by:
            kinds = " or ".join(unasked.kinds)
            yield f"Are there {kinds}?", _for_whom(unasked.groups), _settles(unasked.norms)


def _settles(norms: Sequence[Norm]) -> str:
    return f"{counted(len(norms), 'norm')}: {'; '.join(norm.label for norm in norms)}"


def _urgent(assessment: Assessment) -> Mapping[str | None, str]:
    """The reasons to act at once, by statement."""
    return {
        issue.evidence.statement: ", ".join(dict.fromkeys(one.label for one in issue.urgency))
        for issue in reversed(find_urgent_issues(assessment))
    }


def _when(issue: Issue, urgent: Mapping[str | None, str]) -> str:
    reason = urgent.get(issue.evidence.statement)
    return f"{_ACT_NOW}: {reason}" if reason else ""


def _who(remedy: Remedy, assessment: Assessment) -> str:
    runners = joined(assessment.profile.runners)
    if remedy.yours:
        return f"You ({runners})"
    if remedy.yours is None:
        return f"Not stated who runs the programme; the norm is for {remedy.bearers}"
    return f"{capital(remedy.bearers)}; you ({runners}) as far as it is in your own hands"


def _words(norms: Iterable[Norm], assessment: Assessment) -> str:
    """What the source answers to those who doubt; if it answers nothing, what it asks for."""
    every = list(norms)
    pairs = {pair.iri: pair for norm in every for pair in norm.advocacy}
    if pairs:
        return " ".join(f"“{one.response}” (page {one.page})" for one in pairs.values())
    return f"“{every[0].quote}” ({page_words(every[0], assessment)})"


def _stated(issue: Issue) -> str:
    """What is stated, without its people, who have a column of their own."""
    evidence = issue.evidence
    said = told.message(evidence, issue.groups).rstrip(".")
    said = said.removesuffix(evidence.telling.rstrip(".")) if evidence.telling else said
    return said.rstrip(". ") + issue_place(issue)


def _for_whom(labels: Sequence[str]) -> str:
    return ", ".join(map(plain, labels)) or "the programme itself"


def _sources(norms: Iterable[Norm], assessment: Assessment) -> str:
    return "; ".join(f"{norm.label} ({page_words(norm, assessment)})" for norm in norms)
