"""Words and parts of sentences that several parts of the report for people share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..assessment.enums import Outcome
from ..assessment.model import Assessment, Evidence
from ..assessment.norms import Norm
from ..form.description import Place
from ..markup.document import plain
from .digest import FindingGroup, Issue

HEADINGS = {
    Outcome.CONCERN: "Of concern",
    Outcome.NEEDS_REVIEW: "For a person to review",
    Outcome.NOT_STATED: "Not stated",
    Outcome.IN_PART: "Stated in part",
    Outcome.MET: "Stated, and met as stated",
    Outcome.NOT_APPLICABLE: "Does not apply",
}


def for_groups(labels: Sequence[str]) -> str:
    """How a sentence about some groups begins; empty where it is about the programme.

    >>> for_groups(["girls", "men"])
    'Girls, men: '
    """
    return f"{capital(', '.join(map(plain, labels)))}: " if labels else ""


def place_words(place: Place | None) -> str:
    """Where something is stated: the line, or the file where lines are not known, and the key."""
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


def issue_sentence(issue: Issue) -> str:
    """What is of concern, for whom, and where it is stated."""
    place = f" (stated at {place_words(issue.evidence.place)})" if issue.evidence.place else ""
    return f"{for_groups(issue.groups)}{issue.evidence.message.rstrip('.')}{place}."


def listed(labels: Iterable[str]) -> str:
    """A list as a sentence, each label once."""
    return "; ".join(dict.fromkeys(labels)) + "."


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


def capital(text: str) -> str:
    """A text with a capital first letter; the others stay as they are."""
    return text[:1].upper() + text[1:]
