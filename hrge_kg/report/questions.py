"""The parts of the report with open questions, and with norms for which it asks no question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..assessment.model import Assessment
from ..markup.document import DocumentBlock, Heading, Items, Paragraph
from .digest import QuestionSummary, Unasked
from .phrases import count_of_norms, joined, listed, place_words, whom

MOST_FIRST = 4  # questions on the first page
MOST_NEXT = 2  # questions after the first page; the annex and the JSON report have all questions


def compose_first(
    asked: Sequence[QuestionSummary], assessment: Assessment
) -> Iterator[DocumentBlock]:
    """The questions of the first page."""
    if asked:
        yield Heading(3, "The answers that would settle most")
        first = asked[:MOST_FIRST]
        yield Items(tuple(_question(one, assessment) for one in first), numbered=True)


def compose_next(
    asked: Sequence[QuestionSummary], assessment: Assessment
) -> Iterator[DocumentBlock]:
    """The questions that follow on those of the first page."""
    following = asked[MOST_FIRST : MOST_FIRST + MOST_NEXT]
    if following:
        yield Heading(2, "Not stated: what to answer next")
        yield Items(tuple(_question(one, assessment) for one in following))
    more = len(asked) - MOST_FIRST - MOST_NEXT
    if more > 0:
        yield Paragraph(f"And {more} more; the annex (--annex) and --format json have them all.")


def compose_unasked(unasked: Sequence[Unasked], assessment: Assessment) -> Iterator[DocumentBlock]:
    """Norms that are about certain people only; one line for each question who people are.

    Nobody said whether there are such people, or a stated fact says that there are none.
    """
    if unasked:
        yield Heading(2, "Norms about people whom nobody mentioned")
        if not all(one.denied_by for one in unasked):
            yield Paragraph(
                "If there are such people, add them at the place in brackets; if there are none, "
                "name them there under “without”."
            )
        yield Items(tuple(_unasked(one, assessment) for one in unasked))


def compose_every(
    asked: Sequence[QuestionSummary], unasked: Sequence[Unasked], assessment: Assessment
) -> Iterator[DocumentBlock]:
    """For the annex: all questions and all of `unasked`, each with its norms by name."""
    if asked:
        yield Heading(2, "Every open question, with the norms that an answer settles")
        yield Items(
            tuple(
                f"{_question(one, assessment)} {listed(norm.label for norm in one.norms)}"
                for one in asked
            ),
            numbered=True,
        )
    if unasked:
        yield Heading(2, "The norms about people whom nobody mentioned")
        yield Items(
            tuple(
                f"{whom(one.groups, assessment)}{' or '.join(one.kinds) or one.question}: "
                f"{listed(norm.label for norm in one.norms)}"
                for one in unasked
            )
        )


def _question(question: QuestionSummary, assessment: Assessment) -> str:
    """A question: for which groups, where its answer goes, how many norms it helps to settle."""
    things = f" As to: {'; '.join(question.things)}." if question.things else ""
    return (
        f"{whom(question.groups, assessment)}{question.text}{things} "
        f"({question.place}; settles {count_of_norms(len(question.norms))})"
    )


def _unasked(unasked: Unasked, assessment: Assessment) -> str:
    """How many norms are about certain people, and why the report does not ask about them."""
    number = len(unasked.norms)
    if unasked.denied_by:
        places = joined(dict.fromkeys(place_words(one.place) for one in unasked.denied_by))
        sentence = (
            f"{count_of_norms(number)} {'turns' if number == 1 else 'turn'} on this: "
            f"{unasked.question} It is not asked here: a stated fact speaks against it ({places})."
        )
    else:
        kinds = " or ".join(unasked.kinds)
        sentence = (
            f"{count_of_norms(number)} {'is' if number == 1 else 'are'} about {kinds} "
            f"({unasked.place})."
        )
    return f"{whom(unasked.groups, assessment)}{sentence}"
