"""Puts together the report for people: a first page, then topics, questions and the rest.

Prose of ours says concern, stated, not stated, for review; it passes no judgement. Quotations keep
their words. Each part of the page has a module of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..assessment.model import Assessment
from ..markup.document import Document, DocumentBlock, Heading, Items, Paragraph, plain
from . import first_page, rest, topics
from .digest import QuestionSummary, Topic, group_by_topic, summarise_questions
from .phrases import curly, for_groups, source_labels

MOST_QUESTIONS = 20  # that are printed; the JSON report has all
MOST_NORMS = 3  # that are named with a question

DISCLAIMER = (
    "This is a reading of what the description states beside what the source says. "
    "It is not a legal finding, and no legal advice; a person judges."
)


def compose(assessment: Assessment) -> Document:
    """The report on one programme."""
    found = group_by_topic(assessment)
    questions = summarise_questions(assessment)
    parts: tuple[Iterable[DocumentBlock], ...] = (
        [Heading(1, plain(assessment.description.title)), Paragraph(DISCLAIMER)],
        first_page.compose(assessment),
        _first_questions(questions),
        topics.compose(found, assessment),
        _all_questions(questions),
        _open_discrepancies(found),
        rest.compose(assessment),
        _how_to_read(assessment),
    )
    return Document(tuple(block for part in parts for block in part))


def _first_questions(questions: list[QuestionSummary]) -> Iterator[DocumentBlock]:
    if questions:
        first = questions[: first_page.MOST]
        yield Heading(3, "The answers that would settle most")
        yield Items(tuple(_question(question, 1) for question in first), numbered=True)


def _all_questions(questions: list[QuestionSummary]) -> Iterator[DocumentBlock]:
    if not questions:
        return
    printed = questions[:MOST_QUESTIONS]
    yield Heading(2, "Not stated: the questions, weightiest first")
    yield Items(tuple(_question(question, MOST_NORMS) for question in printed), numbered=True)
    if len(questions) > MOST_QUESTIONS:
        more = len(questions) - MOST_QUESTIONS
        yield Paragraph(f"And {more} more; --format json has them all.")


def _question(question: QuestionSummary, most: int) -> str:
    """A question for its groups, and the norms that an answer settles: at most so many."""
    labels = list(dict.fromkeys(norm.label for norm in question.norms))
    more = f"; and {len(labels) - most} more" if len(labels) > most else ""
    settles = "; ".join(labels[:most])
    return f"{for_groups(question.groups)}{question.text} Settles: {settles}{more}."


def _open_discrepancies(found: Iterable[Topic]) -> Iterator[DocumentBlock]:
    """The open questions on the text that the findings name, each once in full."""
    named = {
        discrepancy.key: discrepancy
        for topic in found
        for group in topic.findings
        if group.told_in_full
        for discrepancy in group.norm.open_questions
    }
    if named:
        yield Heading(2, "Open questions on the text")
        yield Paragraph(
            "Where the source and what it cites, or two places of it, differ: questions for a "
            "lawyer, as the editors see them."
        )
        yield Items(
            tuple(
                f"{key} {curly(one.label)} ({one.kind}). {curly(one.difference)}"
                for key, one in sorted(named.items())
            )
        )


def _how_to_read(assessment: Assessment) -> Iterator[DocumentBlock]:
    sources = source_labels(assessment)
    yield Heading(2, "How to read this")
    yield Paragraph(
        "Topics with a concern come first, by what is at stake: life and liberty before services; "
        "that order is the editors'. “Not stated” is neither good nor bad: the description does "
        f"not say. The source{'s are' if len(sources) > 1 else ' is'} {'; '.join(sources)}. "
        "`hrge explain NORM` shows all that is known of a norm."
    )
    yield Paragraph(DISCLAIMER)
