"""Puts together the report for people: a first page, then what the source says, questions, answers.

An annex, on request, has every finding in full. Prose of ours says concern, stated, not stated, for
review; it passes no judgement. Quotations keep their words. Each part has a module of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..assessment.model import Assessment
from ..markup.document import Document, DocumentBlock, Heading, Paragraph, plain
from . import concerns, first_page, questions, rest, topics
from .digest import find_unasked, group_by_topic, summarise_questions
from .phrases import DISCLAIMER


def compose(assessment: Assessment, *, annex: bool = False) -> Document:
    """The report on one programme, with the annex on request."""
    asked, unasked = summarise_questions(assessment), find_unasked(assessment)
    parts: list[Iterable[DocumentBlock]] = [
        [Heading(1, plain(assessment.description.title)), Paragraph(DISCLAIMER)],
        first_page.compose(assessment),
        questions.compose_first(asked, assessment),
        first_page.compose_favourable(assessment),
        concerns.compose(assessment),
        questions.compose_next(asked, assessment),
        questions.compose_unasked(unasked, assessment),
        rest.compose_outside(assessment),
        rest.compose_how_to_read(assessment, annex=annex),
        rest.compose_answers(assessment),
    ]
    if annex:
        found = group_by_topic(assessment)
        parts += [
            [Heading(1, f"Annex to the report on {plain(assessment.description.title)}")],
            topics.compose(found, assessment),
            topics.compose_whatever_is_stated(found, assessment),
            questions.compose_every(asked, unasked, assessment),
            topics.compose_discrepancies(found),
            topics.compose_status(found),
            rest.compose_norms_that_do_not_apply(assessment),
        ]
    return Document(tuple(block for part in parts for block in part))
