"""Puts together the report for people: a first page, a picture, findings, questions, answers.

The short report has what the source says to each concern; the annex has every finding in full.
Prose of ours says concern, stated, not stated, for review; it passes no judgement. Quotations keep
their words. Each part has a module of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..assessment.model import Assessment
from ..markup.document import (
    Choices,
    Contents,
    Document,
    DocumentBlock,
    Heading,
    Link,
    Paragraph,
    Section,
    SimpleBlock,
    plain,
)
from . import concerns, first_page, picture, questions, rest, topics
from .digest import find_unasked, summarise_questions
from .filters import Filters
from .leads import Leads
from .phrases import DISCLAIMER, edition_words

UNFOLD = "Open all findings with the part for a lawyer, also in print"


def compose(assessment: Assessment, *, annex: bool = False) -> Document:
    """The report on one programme, with the annex on request."""
    leads = Leads(assessment, annex=annex)
    parts = _full(assessment, leads) if annex else _short(assessment, leads)
    blocks = tuple(block for part in parts for block in part)
    return Document((*_head(assessment), *blocks), edition_words(assessment))


def _head(assessment: Assessment) -> Iterator[DocumentBlock]:
    yield Heading(1, plain(assessment.description.title))
    yield Paragraph(DISCLAIMER)


def _short(assessment: Assessment, leads: Leads) -> list[Iterable[DocumentBlock]]:
    asked, unasked = summarise_questions(assessment), find_unasked(assessment)
    return [
        first_page.compose(assessment, leads),
        questions.compose_first(asked, assessment),
        first_page.compose_favourable(assessment, leads),
        picture.compose(assessment, leads),
        concerns.compose(assessment, leads),
        questions.compose_next(asked, assessment),
        questions.compose_unasked(unasked, assessment, annex=False),
        rest.compose_outside(assessment),
        rest.compose_how_to_read(assessment),
        rest.compose_answers(assessment, leads, annex=False),
    ]


def _full(assessment: Assessment, leads: Leads) -> list[Iterable[DocumentBlock]]:
    asked, unasked = summarise_questions(assessment), find_unasked(assessment)
    filters = Filters(leads, assessment)
    first: list[SimpleBlock] = [
        *first_page.compose(assessment, leads),
        *questions.compose_first(asked, assessment),
    ]
    found = tuple(topics.compose(leads, filters, assessment))
    after: list[SimpleBlock] = [
        block
        for part in (
            topics.compose_whatever_is_stated(leads.topics, assessment),
            questions.compose_every(asked, assessment),
            questions.compose_unasked(unasked, assessment, annex=True),
            rest.compose_answers(assessment, leads, annex=True),
            topics.compose_discrepancies(leads.topics),
            topics.compose_status(leads.topics),
            rest.compose_norms_that_do_not_apply(assessment),
            rest.compose_how_to_read(assessment),
        )
        for block in part
    ]
    seen = list(picture.compose(assessment, leads))
    return [
        [Section(tuple(first), ends_sheet=True)],
        [_contents([*seen, *_headings(found), *after])],
        seen,
        [Choices("Which findings to show", filters.choices, UNFOLD, "Findings shown:", found)]
        if found
        else [],
        after,
    ]


def _headings(sections: Iterable[Section]) -> Iterator[SimpleBlock]:
    for section in sections:
        yield from (block for block in section.blocks if isinstance(block, Heading))


def _contents(blocks: Iterable[SimpleBlock]) -> Contents:
    """The parts after the first page, by their headings."""
    headings = [
        block
        for block in blocks
        if isinstance(block, Heading) and block.level == 2 and block.anchor
    ]
    return Contents("Contents", tuple(Link(one.text, f"#{one.anchor}") for one in headings))
