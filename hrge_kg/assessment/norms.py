"""What an assessment needs to know of each norm: the types alone (they are read in norm_loader.py).

>>> Question("c:sex", "Which sex?").text
'Which sex?'
"""

from __future__ import annotations

from dataclasses import dataclass

from .enums import AspectKind, Checkability, Outcome


@dataclass(frozen=True)
class Question:
    """A question whose answer would settle something: the aspect or dimension, and its words."""

    about: str
    text: str
    kinds: tuple[str, ...] = ()
    """The labels of the kinds of people that an answer to it leaves open, where one is given."""


@dataclass(frozen=True)
class Urgency:
    """Why to act before reading on.

    It counts only for groups that are stated to be of the kind `among` (IRI); None: for all. If it
    is `whoever`, it counts even if no norm is known to be about these people, unless the group is
    stated to have nobody of the kind `unless`.
    """

    label: str
    rank: int
    among: str | None
    whoever: bool = False
    unless: str | None = None


@dataclass(frozen=True)
class Reach:
    """How far the words of a sentence reach, and what shows it, for the self-test.

    It is shown by `slots` of the answer itself, by another answer about the group (`aspect` and its
    slots `about`), or by a `kind` of people in the group. (shapes/by-hand/reach.ttl)
    """

    iri: str
    slots: tuple[tuple[str, str], ...] = ()
    aspect: str | None = None
    about: tuple[tuple[str, str], ...] = ()
    kind: str | None = None
    remedy: str = ""
    """What a person can answer so that it is stated."""
    denied_by: tuple[tuple[str, str], ...] = ()
    """Slots of the answer that show that it does not reach so far, if nothing has to show it."""


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What makes a norm look at the answers to an aspect: a check of its own, or a sign.

    `question` is the aspect's; `asked` is that question about the thing (`of`) that is looked for.
    """

    iri: str
    aspect: str
    question: str
    asked: str
    remedy: str
    wants: str
    of: str | None
    top: str | None
    """The top concept of the aspect's words, if it has words to choose from."""


@dataclass(frozen=True, kw_only=True)
class Check(Criterion):
    """A declared check: its norm, and how it reads the answers to its aspect."""

    norm: str
    wider: bool
    limits: tuple[str, ...]
    raises: Outcome = Outcome.CONCERN
    only_adverse: bool = False
    ground: str | None = None
    kind: AspectKind = AspectKind.FACT
    """Whether its question asks for a fact, a quality or a conclusion."""
    counted: bool = False
    """Whether its question asks for a number."""
    heard_by_twin: bool = False
    """Whether another check of its norm asks the same, and looks at what is not adverse."""
    yes_is_asked: bool = False
    """Whether some check of its norm wants a yes to the same question."""
    reaches: tuple[Reach, ...] = ()
    """An adverse answer is a concern only if all of these hold."""
    urgency: tuple[Urgency, ...] = ()
    """Why to act at once where a statement that the check looks at is of concern or for review."""
    harm: int | None = None
    """What is at stake, where that is not what is at stake in its norm."""


@dataclass(frozen=True, kw_only=True)
class Sign(Criterion):
    """What makes a person look under each norm that it bears on: a matter's fact, or a bound.

    A fact is adverse where its answer is not the one wanted; a bound where a number is beyond it.
    """

    key: bool = False
    """Whether it can carry a conclusion about its matter."""
    needs_reviewer: bool = False
    adverse_reviewer: str | None = None
    most_days: str | None = None
    least_days: str | None = None
    ground: str | None = None

    @property
    def is_bound(self) -> bool:
        """Whether it looks at a number and not at the answer."""
        return self.most_days is not None or self.least_days is not None


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
class Reading:
    """One way to read a norm, or the words `of` it, and whether the graph follows it."""

    text: str
    adopted: bool
    of: str = ""


@dataclass(frozen=True)
class StatusPage:
    """Where the depositary of a treaty says which States it binds.

    `seen` says how well the address is known, and of which day the copy is in which it was seen.
    """

    treaty: str
    address: str
    seen: str


@dataclass(frozen=True)
class Authority:
    """A provision that a norm rests on: IRI, label, and the kind of authority that it has.

    `status` is there for a treaty of whose depositary the graph has the page.
    """

    iri: str
    label: str
    force: str
    status: StatusPage | None = None


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
    """Labels; a report has the norm under the first."""
    applies_to: str
    applies_label: str
    negation: str
    of_programme: bool
    dimensions: tuple[Question, ...]
    exception: str | None = None
    exception_label: str = ""
    wider_reading: str | None = None
    """The class of those whom it reaches as well in another reading of its words."""
    exception_negation: str | None = None
    exception_wholly: str | None = None
    exception_questions: tuple[Question, ...] = ()
    checks: tuple[Check, ...] = ()
    signs: tuple[Sign, ...] = ()
    """The facts and bounds that bear on it."""
    illustrations: tuple[Illustration, ...] = ()
    """Practices, then risks, then findings. (queries/prepared/norm-illustrations.rq)"""
    advocacy: tuple[Advocacy, ...] = ()
    topic_rank: int = 0
    """The place of its first topic among topics."""
    bearers: tuple[Party, ...] = ()
    terms: tuple[LimitTerms, ...] = ()
    open_questions: tuple[OpenDiscrepancy, ...] = ()
    readings: tuple[Reading, ...] = ()

    def criterion(self, iri: str) -> Criterion:
        """The check or sign of this norm that a shape was generated from (IRI)."""
        return next(source for source in self.criteria if source.iri == iri)

    def harm_in(self, iri: str) -> int:
        """What is at stake where a check, or a sign, of this norm (IRI) looks: from 1."""
        check = next((check for check in self.checks if check.iri == iri), None)
        return self.harm if check is None or check.harm is None else check.harm

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All that looks at answers for this norm: its checks, and the signs that bear on it."""
        return (*self.checks, *self.signs)


@dataclass(frozen=True)
class Limit:
    """A limit: its ground, what alone it covers, and its tests (IRIs of concepts)."""

    iri: str
    label: str
    ground: str
    only_of: str | None
    tests: tuple[str, ...]
