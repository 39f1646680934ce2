"""Whom each norm is about, before anything is checked: three-valued, as the classes and their stated negations say.

Entailed to be in the class: it applies; entailed to be in its negation: it does not; neither: not known, with the questions that settle it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from ..form.description import Description
from ..namespaces import HRGE, RDF_TYPE, RDFS, SKOS, local_name, subject_node, term_text
from ..sparql import select
from ..tables.model import SEPARATOR, Table, Term
from .enums import Checkability
from .norms import Norm, Question

APPLIES = ("yes", "exception", "exception-not-known", "not-known", "no")
"""What the column `applies` can say; an exception takes some or all of those whom a norm is about out of its reach."""

COLUMNS = ("programme", "norm", "label", "group", "applies", "because", "settledBy")


@dataclass(frozen=True)
class Applicability:
    """Whether one norm applies to one group (None: the programme, or nobody is described), why, and which questions would settle it.

    `applies` is yes, no or not-known; `exception` is yes, not-known, or None where there is none or it is denied.
    """

    norm: Norm
    group: str | None
    applies: str
    because: str
    exception: str | None = None
    questions: tuple[Question, ...] = ()


class ClassifiedDescription:
    """An entailed description as norms see it: its groups by name, the classes of each, what it leaves open."""

    def __init__(self, description: Description, store: ox.Store) -> None:
        self.store = store
        self.programme = description.programme
        self._defined: dict[str, list[tuple[ox.NamedNode, str]]] = {}
        served = store.quads_for_pattern(ox.NamedNode(self.programme), HRGE("serves"), None, None)
        self.groups = {
            term_text(group): self._label(subject_node(group))
            for group in sorted((q.object for q in served), key=str)
        }

    def applicability(self, norm: Norm) -> list[Applicability]:
        """For every group; one answer for a norm about the programme, about no programme, or where no group is described."""
        if norm.checkability == Checkability.NOT_A_PROGRAMME_MATTER:
            return [Applicability(norm, None, "no", f"not a programme matter: {norm.reason}")]
        if norm.of_programme:
            return [self._of(norm, self.programme, None)]
        if not self.groups:
            return [
                Applicability(
                    norm,
                    None,
                    "not-known",
                    "not known: no group is described",
                    None,
                    norm.dimensions,
                )
            ]
        return [self._of(norm, group, group) for group in self.groups]

    def classes(self, unit: str) -> set[str]:
        """The classes of a group or programme, entailed ones as well."""
        return {
            term_text(q.object)
            for q in self.store.quads_for_pattern(ox.NamedNode(unit), RDF_TYPE, None, None)
        }

    def _of(self, norm: Norm, unit: str, group: str | None) -> Applicability:
        classes = self.classes(unit)
        if norm.applies_to not in classes:
            if norm.negation in classes:
                return Applicability(
                    norm, group, "no", f"does not apply: stated not to be {norm.applies_label}"
                )
            because = f"not known whether it is about {norm.applies_label}"
            return Applicability(
                norm,
                group,
                "not-known",
                because,
                None,
                self._open(norm.dimensions, unit, norm.applies_to),
            )
        because = f"applies: {norm.applies_label}"
        if norm.exception is None or norm.exception_negation in classes:
            return Applicability(norm, group, "yes", because)
        if norm.exception in classes:
            return Applicability(
                norm, group, "yes", f"{because}; exception: {norm.exception_label}", "yes"
            )
        because = f"{because}; not known: exception for {norm.exception_label}"
        return Applicability(
            norm,
            group,
            "yes",
            because,
            "not-known",
            self._open(norm.exception_questions, unit, norm.exception),
        )

    def _open(self, questions: tuple[Question, ...], unit: str, whom: str) -> tuple[Question, ...]:
        """The questions that settle whether a group or programme is of a class: those on which it says nothing; else those that it leaves
        open of kinds of people by which the class is defined, and of which kinds."""
        known = {
            name: {
                q.object
                for q in self.store.quads_for_pattern(ox.NamedNode(unit), HRGE(name), None, None)
            }
            for name in ("has", "hasKind", "hasNot")
        }
        stated = {scheme for kind in known["has"] for scheme in self._schemes(subject_node(kind))}
        silent = tuple(q for q in questions if q.about not in stated)
        if silent:
            return silent
        left: dict[str, list[str]] = {}
        for kind, label in self._kinds(whom):
            if kind not in known["hasKind"] | known["hasNot"]:
                for scheme in self._schemes(kind):
                    left.setdefault(scheme, []).append(label)
        precise = (
            Question(
                q.about,
                f"{q.text} Not said yet: {', '.join(left[q.about])}. Add them, or name them under “without”.",
            )
            for q in questions
            if q.about in left
        )
        return tuple(precise) or questions

    def _kinds(self, whom: str) -> list[tuple[ox.NamedNode, str]]:
        """The kinds of people or programmes by which a class is defined, with their labels."""
        if whom not in self._defined:
            query = f"""SELECT DISTINCT ?kind ?label WHERE {{
              <{whom}> owl:equivalentClass/(owl:intersectionOf|owl:unionOf|rdf:first|rdf:rest)*/owl:hasValue ?kind .
              ?kind skos:prefLabel ?label }} ORDER BY ?label"""
            self._defined[whom] = [
                (ox.NamedNode(row["kind"]), row["label"]) for row in select(self.store, query)
            ]
        return self._defined[whom]

    def _schemes(self, kind: ox.NamedNode | ox.BlankNode) -> set[str]:
        """A kind may be in several: that of the question, and others."""
        return {
            term_text(quad.object)
            for quad in self.store.quads_for_pattern(kind, SKOS("inScheme"), None, None)
        }

    def _label(self, group: ox.NamedNode | ox.BlankNode) -> str:
        for quad in self.store.quads_for_pattern(group, RDFS("label"), None, None):
            return term_text(quad.object)
        return local_name(group.value)


def asked(described: ClassifiedDescription, norms: Iterable[Norm]) -> set[str]:
    """What to ask (IRIs) of the norms that apply to some group, or may: what their checks look at, and what settles whether."""
    found = [one for norm in norms for one in described.applicability(norm) if one.applies != "no"]
    return {question.about for one in found for question in one.questions} | {
        c.aspect for one in found for c in one.norm.checks
    }


def applicability_table(
    described: Iterable[ClassifiedDescription], norms: Iterable[Norm], applies: str | None = None
) -> Table:
    """One row a programme, norm and group, or only those whose `applies` is this one. (docs/reference/applicable.md)"""
    every = list(norms)
    select = [
        _row(one, found) for one in described for norm in every for found in one.applicability(norm)
    ]
    kept = tuple(
        row
        for row in select
        if applies is None or row[COLUMNS.index("applies")] == ox.Literal(applies)
    )
    return Table(COLUMNS, kept, "Whom the norms are about", frozenset({"settledBy"}))


def _row(described: ClassifiedDescription, one: Applicability) -> tuple[Term | None, ...]:
    applies = {None: one.applies, "yes": "exception", "not-known": "exception-not-known"}[
        one.exception
    ]
    asked = sorted({question.text for question in one.questions})
    return (
        ox.NamedNode(described.programme),
        ox.NamedNode(one.norm.iri),
        ox.Literal(one.norm.label),
        ox.Literal(described.groups[one.group]) if one.group else None,
        ox.Literal(applies),
        ox.Literal(one.because),
        ox.Literal(SEPARATOR.join(asked)) if asked else None,
    )
