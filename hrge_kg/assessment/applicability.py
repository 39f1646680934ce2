"""Whom each norm is about, before anything is checked.

There are three results. If it is entailed that a group is in the norm's class, the norm applies. If
it is entailed that the group is in the negation of that class, the norm does not apply. Otherwise
it is not known, and there are questions that settle it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from ..form.description import Description
from ..namespaces import HRGE, RDF_TYPE, RDFS, SKOS, local_name, term_text
from ..sparql import query_text, select
from ..tables.model import SEPARATOR, Table, Term
from .enums import Checkability
from .norms import Norm, Question

APPLIES = ("yes", "exception", "exception-not-known", "not-known", "no")
"""What the column `applies` can hold.

An exception takes some or all of the people out of the norm's reach.
"""

COLUMNS = ("programme", "norm", "label", "group", "applies", "because", "settledBy")


@dataclass(frozen=True)
class Applicability:
    """Whether a norm applies to a group, why, and which questions would settle it.

    `group` is None for the programme itself, or where no group is described. `applies` is yes, no
    or not-known; `exception` is yes, not-known, or None where there is none or it is denied.
    """

    norm: Norm
    group: str | None
    applies: str
    because: str
    exception: str | None = None
    questions: tuple[Question, ...] = ()
    in_wider_reading: bool = False
    """Whether it is not known to apply, and applies in another reading of its words."""


class ClassifiedDescription:
    """An entailed description as norms see it.

    It has the labels of its groups by IRI, the classes of each, and what it leaves open.
    """

    def __init__(self, description: Description, store: ox.Store) -> None:
        self.store = store
        self.programme = description.programme
        self._kinds_by_class: dict[str, list[tuple[str, str]]] = {}
        self._values: dict[tuple[str, str], frozenset[str]] = {}
        served = store.quads_for_pattern(ox.NamedNode(self.programme), HRGE("serves"), None, None)
        groups = sorted((quad.object for quad in served), key=str)
        self.groups = {term_text(group): self._label(term_text(group)) for group in groups}

    def applicability(self, norm: Norm) -> list[Applicability]:
        """Whether the norm applies, for every group.

        There is only one result if the norm is about the programme itself, if it asks nothing of a
        programme, or if no group is described.
        """
        if norm.checkability == Checkability.NOT_A_PROGRAMME_MATTER:
            return [Applicability(norm, None, "no", f"not a programme matter: {norm.reason}")]
        if norm.of_programme:
            return [self._of(norm, self.programme, None)]
        if not self.groups:
            because = "not known: no group is described"
            return [Applicability(norm, None, "not-known", because, None, norm.dimensions)]
        return [self._of(norm, group, group) for group in self.groups]

    def classes(self, unit: str) -> frozenset[str]:
        """The classes (IRIs) of a group or programme (IRI), entailed ones as well."""
        return self.values(unit, RDF_TYPE)

    def _of(self, norm: Norm, unit: str, group: str | None) -> Applicability:
        """Whether a norm applies to a unit, which is a group or the programme."""
        classes = self.classes(unit)
        if norm.applies_to not in classes:
            if norm.negation in classes:
                because = f"does not apply: stated not to be {norm.applies_label}"
                return Applicability(norm, group, "no", because)
            because = f"not known whether it is about {norm.applies_label}"
            wider = norm.wider_reading in classes
            questions: tuple[Question, ...] = ()
            if not (wider and self._is_settled(unit, norm.applies_to)):
                questions = self._open_questions(norm.dimensions, unit, norm.applies_to)
            return Applicability(norm, group, "not-known", because, None, questions, wider)
        because = f"applies: {norm.applies_label}"
        if norm.exception is None or norm.exception_negation in classes:
            return Applicability(norm, group, "yes", because)
        if norm.exception in classes:
            because = f"{because}; exception: {norm.exception_label}"
            return Applicability(norm, group, "yes", because, "yes")
        because = f"{because}; not known: exception for {norm.exception_label}"
        questions = self._open_questions(norm.exception_questions, unit, norm.exception)
        return Applicability(norm, group, "yes", because, "not-known", questions)

    def _open_questions(
        self, questions: tuple[Question, ...], unit: str, class_: str
    ) -> tuple[Question, ...]:
        """Which of the questions settle whether a unit is of a class.

        These are the questions that have no answer, if there are any. Otherwise they are those
        whose answers leave open some kinds of people in the definition of the class; the questions
        then name these kinds.
        """
        stated = self.values(unit, HRGE("has"))
        answered = {scheme for kind in stated for scheme in self._schemes(kind)}
        silent = tuple(question for question in questions if question.about not in answered)
        if silent:
            return silent
        settled = self.values(unit, HRGE("hasKind")) | self.values(unit, HRGE("hasNot"))
        open_kinds: dict[str, list[str]] = {}
        for kind, label in self._defining_kinds(class_):
            if kind not in settled:
                for scheme in self._schemes(kind):
                    open_kinds.setdefault(scheme, []).append(label)
        precise = tuple(
            _precise(question, open_kinds[question.about])
            for question in questions
            if question.about in open_kinds
        )
        return precise or questions

    def _is_settled(self, unit: str, class_: str) -> bool:
        """Whether a unit says of every kind by which a class is defined that it has it or not."""
        settled = self.values(unit, HRGE("hasKind")) | self.values(unit, HRGE("hasNot"))
        return all(kind in settled for kind, _ in self._defining_kinds(class_))

    def _defining_kinds(self, class_: str) -> list[tuple[str, str]]:
        """The kinds (IRI, label) of people or programmes by which a class is defined."""
        if class_ not in self._kinds_by_class:
            rows = select(self.store, query_text("assessment/defining-kinds.rq"), class_)
            self._kinds_by_class[class_] = [(row["kind"], row["label"]) for row in rows]
        return self._kinds_by_class[class_]

    def _schemes(self, kind: str) -> frozenset[str]:
        """The schemes of a kind; it may be in several: that of the question, and others."""
        return self.values(kind, SKOS("inScheme"))

    def _label(self, group: str) -> str:
        labels = self.values(group, RDFS("label"))
        return min(labels) if labels else local_name(group)

    def values(self, subject: str, predicate: ox.NamedNode) -> frozenset[str]:
        """The values (IRIs or texts) of a property of anything in the graph (IRI)."""
        # Each norm asks the same of a group. What is entailed does not change any more.
        found = self._values.get((subject, predicate.value))
        if found is None:
            quads = self.store.quads_for_pattern(ox.NamedNode(subject), predicate, None, None)
            found = frozenset(term_text(quad.object) for quad in quads)
            self._values[subject, predicate.value] = found
        return found


def _precise(question: Question, kinds: list[str]) -> Question:
    """The question with the kinds that an answer leaves open."""
    return Question(
        question.about,
        f"{question.text} Not said yet: {', '.join(kinds)}. "
        "Add them, or name them under “without”.",
        tuple(kinds),
    )


def aspects_to_ask(classified: ClassifiedDescription, norms: Iterable[Norm]) -> set[str]:
    """What to ask (IRIs) about norms that apply to some group, or may.

    That is what their checks look at, and what settles whether they apply.
    """
    aspects: set[str] = set()
    for norm in norms:
        for applicability in classified.applicability(norm):
            if applicability.applies != "no":
                aspects.update(question.about for question in applicability.questions)
                aspects.update(one.aspect for one in norm.criteria)
    return aspects


def applicability_table(
    classified: Iterable[ClassifiedDescription], norms: Iterable[Norm], applies: str | None = None
) -> Table:
    """One row a programme, norm and group, or only those with this value in column `applies`.

    (docs/reference/applicable.md)
    """
    rows = list(_rows(classified, list(norms)))
    if applies is not None:
        column = COLUMNS.index("applies")
        rows = [row for row in rows if row[column] == ox.Literal(applies)]
    return Table(COLUMNS, tuple(rows), "Whom the norms are about", frozenset({"settledBy"}))


def _rows(
    classified: Iterable[ClassifiedDescription], norms: list[Norm]
) -> Iterator[tuple[Term | None, ...]]:
    for description in classified:
        for norm in norms:
            for applicability in description.applicability(norm):
                yield _row(description, applicability)


def _row(
    classified: ClassifiedDescription, applicability: Applicability
) -> tuple[Term | None, ...]:
    applies = applicability.applies
    if applicability.exception is not None:
        applies = "exception" if applicability.exception == "yes" else "exception-not-known"
    group = applicability.group
    questions = sorted({question.text for question in applicability.questions})
    return (
        ox.NamedNode(classified.programme),
        ox.NamedNode(applicability.norm.iri),
        ox.Literal(applicability.norm.label),
        ox.Literal(classified.groups[group]) if group else None,
        ox.Literal(applies),
        ox.Literal(applicability.because),
        ox.Literal(SEPARATOR.join(questions)) if questions else None,
    )
