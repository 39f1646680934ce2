"""What an assessment needs to know of each norm: the types alone (they are read in norm_loader.py).

>>> Question("c:sex", "Which sex?").text
'Which sex?'
"""

from __future__ import annotations

from dataclasses import dataclass

from .enums import Checkability, Outcome


@dataclass(frozen=True)
class Question:
    """A question whose answer would settle something: the aspect or dimension, and its words."""

    about: str
    text: str


@dataclass(frozen=True)
class Urgency:
    """Why to act before reading on.

    `among` is the kind of people (IRI) that a group must be stated to be; None: it counts for all.
    `whoever`: it counts also where no norm is known to be about these people, save where the group
    is stated to have nobody of the kind `unless`.
    """

    label: str
    rank: int
    among: str | None
    whoever: bool = False
    unless: str | None = None


@dataclass(frozen=True)
class Check:
    """A declared check: its norm, aspect, what it wants, of what, and what to do about a concern.

    `question` is the aspect's; `asked` is that question about the thing that the check is of.
    """

    iri: str
    norm: str
    aspect: str
    question: str
    asked: str
    remedy: str
    wants: str
    of: str | None
    top: str | None
    wider: bool
    limits: tuple[str, ...]
    raises: Outcome = Outcome.CONCERN
    only_adverse: bool = False
    ground: str | None = None
    urgency: tuple[Urgency, ...] = ()
    """Why to act at once where a statement that the check looks at is of concern or for review."""


@dataclass(frozen=True)
class Illustration:
    """Something that the source describes and that bears on a norm.

    `kind` says whether it is done, may happen or is so.
    """

    iri: str
    label: str
    kind: str
    quote: str
    page: int


@dataclass(frozen=True)
class Advocacy:
    """A concern, and the response that the source offers to it."""

    iri: str
    label: str
    concern: str
    response: str
    page: int


@dataclass(frozen=True)
class Party:
    """Who bears a norm, and with whom a programme raises what this party bears, in plain words."""

    iri: str
    label: str
    raise_with: str


@dataclass(frozen=True)
class LimitTerms:
    """A limit on a norm in the source's words, with the labels of its tests: all must be met."""

    label: str
    quote: str
    page: int
    tests: tuple[str, ...]


@dataclass(frozen=True)
class OpenDiscrepancy:
    """An entry of the register of discrepancies that concerns a norm; `key` is its number."""

    key: str
    label: str
    difference: str
    kind: str


@dataclass(frozen=True)
class Authority:
    """A provision that a norm rests on: IRI, label, and the kind of authority that it has."""

    iri: str
    label: str
    force: str


@dataclass(frozen=True)
class Norm:
    """A norm with its source, whom it is about, and how it can be checked.

    `harm` counts from 1, the gravest.
    """

    iri: str
    label: str
    quote: str
    page: int
    line: int
    source: str
    source_label: str
    force: tuple[str, ...]
    """The kinds of authority that it rests on; several where it cites several."""
    wording: str
    authority: tuple[Authority, ...]
    """What it rests on."""
    addressees: tuple[str, ...]
    where_applicable: tuple[str, ...]
    checkability: Checkability
    reason: str
    sets_condition: bool
    harm: int
    topics: tuple[str, ...]
    """Labels; the first is the one under which a report tells of it."""
    applies_to: str
    applies_label: str
    negation: str
    of_programme: bool
    dimensions: tuple[Question, ...]
    exception: str | None = None
    exception_label: str = ""
    exception_negation: str | None = None
    exception_wholly: str | None = None
    exception_questions: tuple[Question, ...] = ()
    checks: tuple[Check, ...] = ()
    illustrations: tuple[Illustration, ...] = ()
    """The most telling first. (queries/assessment/norm-illustrations.rq)"""
    advocacy: tuple[Advocacy, ...] = ()
    topic_rank: int = 0
    """The place of its first topic among topics."""
    bearers: tuple[Party, ...] = ()
    terms: tuple[LimitTerms, ...] = ()
    open_questions: tuple[OpenDiscrepancy, ...] = ()


@dataclass(frozen=True)
class Limit:
    """A limit: its ground, what alone it covers, and its tests (IRIs of concepts)."""

    iri: str
    label: str
    ground: str
    only_of: str | None
    tests: tuple[str, ...]
