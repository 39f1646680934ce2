"""Words and parts of sentences that several parts of the report for people share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..assessment.enums import Outcome
from ..assessment.model import Assessment
from ..assessment.norms import Norm
from ..assessment.wording import PHRASES, capital
from ..markup.document import plain
from . import told
from .digest import FindingGroup
from .issues import Issue

DISCLAIMER = (
    "This is a reading of what the description states beside what the source says. "
    "It is not a legal finding, and no legal advice; a person judges."
)

HEADINGS = {
    Outcome.CONCERN: "Of concern",
    Outcome.NEEDS_REVIEW: "For a person to review",
    Outcome.NOT_STATED: "Not stated",
    Outcome.IN_PART: "Stated in part",
    Outcome.MET: "Stated, and met as stated",
    Outcome.NOT_APPLICABLE: "Does not apply",
}
SUPPORT = "For a person to judge: what speaks for it"
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def edition_words(assessment: Assessment) -> str:
    """What a report is about, and by which state of the graph it was made."""
    from importlib.metadata import version

    day = f" of {assessment.edition}" if assessment.edition else ""
    title = plain(assessment.description.title)
    return f"{title} · assessed by hrge, graph version {version('hrge-kg')}{day}"


def whom(labels: Sequence[str], assessment: Assessment) -> str:
    """How a sentence about some groups of a description begins.

    Empty where it is about the programme, or where there is only one group that it can be about.
    """
    groups = assessment.groups
    if not labels or len(groups) == 1:
        return ""
    return "All groups: " if len(labels) == len(groups) else for_groups(labels)


def for_groups(labels: Sequence[str]) -> str:
    """How a sentence about some groups begins; empty where it is about the programme.

    >>> for_groups(["girls", "men"])
    'Girls, men: '
    """
    return f"{capital(', '.join(map(plain, labels)))}: " if labels else ""


def page_words(norm: Norm, assessment: Assessment) -> str:
    """The page of a norm, with the source where there are several."""
    if len(source_labels(assessment)) > 1:
        return f"{norm.source_label}, page {norm.page}"
    return f"page {norm.page}"


def source_labels(assessment: Assessment) -> list[str]:
    """The labels of the sources whose norms were looked at, sorted."""
    return sorted({finding.norm.source_label for finding in assessment.findings})


def title_of(group: FindingGroup) -> str:
    """The label of a norm, with the groups of its findings."""
    labels = f" [{', '.join(map(plain, group.groups))}]" if group.groups else ""
    return group.norm.label + labels


def issue_words(issue: Issue, assessment: Assessment) -> str:
    """What is of concern, and for whom, without its full stop."""
    evidence = issue.evidence
    people = whom(issue.groups, assessment)
    # Where nobody is named before it, the answer's own words on its people stay.
    said = told.message(evidence, issue.groups if people else ())
    # That a person has to look, the heading above it says.
    said = said.removesuffix(PHRASES["adverse fact"]).rstrip(". ")
    return f"{people}{said}"


def issue_place(issue: Issue) -> str:
    """By what right it is so, and where it is stated; in brackets, with a full stop."""
    place = told.where(issue.evidence.place, issue.evidence.answer)
    return f" ({place})." if place else "."


def number_words(number: int) -> str:
    """A number in words, if it is small.

    >>> number_words(0), number_words(3), number_words(98)
    ('no', 'three', '98')
    """
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def counted(number: int, one: str, more: str = "") -> str:
    """A number of things in words that agree with it.

    >>> counted(1, "norm"), counted(3, "norm"), counted(2, "answer is", "answers are")
    ('one norm', 'three norms', 'two answers are')
    """
    return f"{number_words(number)} {one if number == 1 else more or one + 's'}"


def count_of_norms(number: int) -> str:
    """A number of norms in words that agree with it."""
    return counted(number, "norm")


def listed(labels: Iterable[str]) -> str:
    """A list as a sentence, each label once."""
    return "; ".join(dict.fromkeys(labels)) + "."


def first_of(labels: Sequence[str], most: int) -> list[str]:
    """The first labels, and how many there are beyond them.

    >>> first_of(["a", "b", "c"], 1), first_of(["a"], 1)
    (['a', 'and two more'], ['a'])
    """
    more = len(labels) - most
    return [*labels[:most], *([f"and {number_words(more)} more"] if more > 0 else [])]


def joined(words: Iterable[str]) -> str:
    """Words with commas and a last "and".

    >>> joined(["States", "donors", "services"])
    'States, donors and services'
    """
    every = list(words)
    return f"{', '.join(every[:-1])} and {every[-1]}" if len(every) > 1 else "".join(every)


def curly(text: str) -> str:
    """A text with the quotation marks that the rest of the report has.

    >>> curly('Printed as "6. 5."')
    'Printed as “6. 5.”'
    """
    return re.sub(r'"([^"]*)"', r"“\1”", text)
