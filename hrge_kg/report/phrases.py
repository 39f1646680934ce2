"""Words and parts of sentences that several parts of the report for people share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..assessment.answers import Answer
from ..assessment.enums import Outcome
from ..assessment.model import Assessment, Evidence
from ..assessment.norms import Norm
from ..assessment.wording import capital
from ..form.description import Place
from ..markup.document import plain
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


_HINT = re.compile(r"\(say [^();]*; |\s*\(say [^();]*\)")


def without_hints(text: str) -> str:
    """A question of the form without its hints for those who fill it in.

    >>> without_hints("Is a test compulsory (say which)? Is it (say by what; a curfew aside)?")
    'Is a test compulsory? Is it (a curfew aside)?'
    """
    return _HINT.sub(lambda found: "(" if found[0].endswith("; ") else "", text)


def whom(labels: Sequence[str], assessment: Assessment) -> str:
    """How a sentence about some groups of a description begins.

    Empty where it is about the programme, or where there is only one group that it can be about.
    """
    groups = assessment.groups
    if not labels or len(groups) == 1:
        return ""
    return "All groups: " if len(labels) == len(groups) else for_groups(labels)


def answer_told(message: str, answer: Answer | None, groups: Sequence[str]) -> str:
    """A message without hints, and without its list of people if `groups` is the same list."""
    for slot in answer.slots if answer else ():
        if slot.slot == "for" and set(slot.values) == set(groups):
            people = " " + plain(f"{capital(slot.label)}: {', '.join(slot.values)}.")
            message = message.replace(people, "", 1)
    return without_hints(message)


def for_groups(labels: Sequence[str]) -> str:
    """How a sentence about some groups begins; empty where it is about the programme.

    >>> for_groups(["girls", "men"])
    'Girls, men: '
    """
    return f"{capital(', '.join(map(plain, labels)))}: " if labels else ""


def place_words(place: Place | None) -> str:
    """Where something is stated: the line (or the file, if it has no lines) and the key."""
    if place is None:
        return ""
    where = f"line {place.line}" if place.line else plain(place.file)
    return f"{where}, {plain(place.key)}"


def places_of(evidence: Iterable[Evidence]) -> list[str]:
    """The places of some evidence, each once."""
    return list(dict.fromkeys(place_words(one.place) for one in evidence if one.place))


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


def issue_sentence(issue: Issue, assessment: Assessment) -> str:
    """What is of concern, for whom, and where it is stated."""
    evidence = issue.evidence
    place = f" ({place_words(evidence.place)})" if evidence.place else ""
    people = whom(issue.groups, assessment)
    # Where nobody is named before it, the answer's own words on its people stay.
    told = answer_told(evidence.message, evidence.answer, issue.groups if people else ())
    return f"{people}{told.rstrip('.')}{place}."


def reason_words(why: str) -> str:
    """Why an answer settles nothing; a question is what to say first.

    >>> reason_words("Who are they?")
    'Say first: Who are they?'
    """
    return f"Say first: {why}" if why.endswith("?") and "Say first: " not in why else why


def count_of_norms(number: int) -> str:
    """A number of norms in words that agree with it.

    >>> count_of_norms(1), count_of_norms(3)
    ('1 norm', '3 norms')
    """
    return f"{number} norm{'s' if number != 1 else ''}"


def listed(labels: Iterable[str]) -> str:
    """A list as a sentence, each label once."""
    return "; ".join(dict.fromkeys(labels)) + "."


def first_of(labels: Sequence[str], most: int) -> list[str]:
    """The first labels, and how many there are beyond them.

    >>> first_of(["a", "b", "c"], 1), first_of(["a"], 1)
    (['a', 'and 2 more'], ['a'])
    """
    more = len(labels) - most
    return [*labels[:most], *([f"and {more} more"] if more > 0 else [])]


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
