"""The parts of the report with open questions, and with norms for which it asks no question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..assessment.model import Assessment
from ..assessment.wording import capital
from ..markup.document import Heading, Items, Paragraph, SimpleBlock
from . import told
from .digest import QuestionSummary, Unasked
from .phrases import count_of_norms, first_of, joined, listed, number_words, whom

MOST_FIRST = 5  # questions on the first page
MOST_THINGS = 3  # for which a question of the first page is open
MOST_NEXT = 2  # questions after the first page; the annex and the JSON report have all questions


def compose_first(
    asked: Sequence[QuestionSummary], assessment: Assessment
) -> Iterator[SimpleBlock]:
    """The questions of the first page."""
    if asked:
        yield Heading(3, "The answers that would settle most")
        first = asked[:MOST_FIRST]
        yield Items(tuple(_question(one, assessment, MOST_THINGS) for one in first), numbered=True)


def compose_next(asked: Sequence[QuestionSummary], assessment: Assessment) -> Iterator[SimpleBlock]:
    """The questions that follow on those of the first page."""
    following = asked[MOST_FIRST : MOST_FIRST + MOST_NEXT]
    if following:
        yield Heading(2, "Not stated: what to answer next", "next")
        yield Items(tuple(_question(one, assessment) for one in following))
    more = len(asked) - MOST_FIRST - MOST_NEXT
    if more > 0:
        yield Paragraph(f"And {number_words(more)} more.")


def compose_unasked(
    unasked: Sequence[Unasked], assessment: Assessment, *, annex: bool
) -> Iterator[SimpleBlock]:
    """Norms that are about certain people only; one line for each question who people are.

    Nobody said whether there are such people, or a stated fact says that there are none. The annex
    names the norms.
    """
    if unasked:
        yield Heading(2, "Norms about people whom nobody mentioned", "unasked")
        if not all(one.denied_by for one in unasked):
            yield Paragraph(
                "If there are such people, say so where the group is described; if there are none, "
                "say that."
            )
        yield Items(
            tuple(
                f"{_unasked(one, assessment)}"
                + (f" {listed(norm.label for norm in one.norms)}" if annex else "")
                for one in unasked
            )
        )


def compose_every(
    asked: Sequence[QuestionSummary], assessment: Assessment
) -> Iterator[SimpleBlock]:
    """For the annex: all questions, each with its norms by name."""
    if asked:
        yield Heading(2, "Every open question, with the norms that an answer settles", "open")
        yield Items(
            tuple(
                f"{_question(one, assessment)} {listed(norm.label for norm in one.norms)}"
                for one in asked
            ),
            numbered=True,
        )


def _question(question: QuestionSummary, assessment: Assessment, most: int | None = None) -> str:
    """A question: for which groups and things, and how many norms it helps to settle."""
    of = first_of(question.things, most) if most else question.things
    text = told.without_hints(question.text) if most else question.text
    things = f" Open for: {'; '.join(of)}." if of else ""
    return (
        f"{whom(question.groups, assessment)}{text}{things} "
        f"(settles {count_of_norms(len(question.norms))})"
    )


def _unasked(unasked: Unasked, assessment: Assessment) -> str:
    """How many norms are about certain people, and why the report does not ask about them."""
    number = len(unasked.norms)
    if unasked.denied_by:
        places = joined(dict.fromkeys(told.where(one.place, one) for one in unasked.denied_by))
        sentence = (
            f"{capital(count_of_norms(number))} {'turns' if number == 1 else 'turn'} on this: "
            f"{unasked.question} It is not asked here: a stated fact speaks against it ({places})."
        )
    else:
        kinds = " or ".join(unasked.kinds)
        sentence = (
            f"{capital(count_of_norms(number))} {'is' if number == 1 else 'are'} about {kinds}."
        )
    return f"{whom(unasked.groups, assessment)}{sentence}"
