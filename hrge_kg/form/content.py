"""The content of a form: words by key, whatever the format of the file. Writers of forms write it.

>>> answers = (("turned-away", {"holds": ("no",)}),)
>>> form = FormContent({"programme": ("p",)}, {}, {"women": {"sex": ("female",)}}, answers)
>>> form.head_rows()
[('programme', ('p',))]
>>> form.answers_by_question()
{'turned-away': [{'holds': ('no',)}]}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from ..namespaces import HRGE, RDFS, local_name
from .description import Description
from .slots import BY_PROPERTY, SLOTS, number_problem
from .vocabulary import Vocabulary

Words = tuple[str, ...]
Slots = Mapping[str, Words]
"""The words of an answer by the names of its slots."""

HEAD: Mapping[str, str] = {
    "programme": "A short name: small letters, digits, hyphens.",
    "title": "One line. Write nothing here or elsewhere about an identifiable person.",
    "answered-on": "The day, month or year of the answers, as in 2025-03-01, 2025-03 or 2025; "
    "for all that name no other.",
    "answered-by": "Who says so, for all answers that name nobody else.",
    "answered-level": "Whether the answers tell of a rule or of what happens; "
    "for all that do not say it.",
    "without": "What the programme is not, or of whom there is nobody in the group.",
    "only": "Yes: the list of kinds is complete, and nobody in the group is of a kind that it does "
    "not name.",
}
"""The questions of the form that come from no vocabulary, as they are asked in a table."""

DEFAULTS: Mapping[str, str | None] = {"on": None, "by": "information-source", "level": "level"}
"""The slots that can be filled once for all answers, and the scheme of their words."""

_SLOT_NAMES = {slot.property: name for name, slot in SLOTS.items()}


@dataclass(frozen=True)
class FormContent:
    """The words of a form. An empty tuple of words means that the author left it blank.

    `head` has words by key (programme, title, dimensions, without). `defaults` has words by slot,
    for all answers that do not fill this slot. `groups` has facts by group and key. `answers` are
    in order, each with its question (key).
    """

    head: Mapping[str, Words]
    defaults: Slots
    groups: Mapping[str, Mapping[str, Words]]
    answers: tuple[tuple[str, Slots], ...]

    def head_rows(self) -> list[tuple[str, Words]]:
        """The head as rows of a table: question and words."""
        defaults = [(f"answered-{name}", words) for name, words in self.defaults.items()]
        return [*self.head.items(), *defaults]

    def answers_by_question(self) -> dict[str, list[Slots]]:
        """The answers to each question, in order."""
        by_question: dict[str, list[Slots]] = {}
        for question, slots in self.answers:
            by_question.setdefault(question, []).append(slots)
        return by_question

    def with_blanks(self, vocabulary: Vocabulary, questions: Iterable[str]) -> FormContent:
        """This form, and other questions of it left blank, so that somebody can fill them in.

        The blank questions under `answers` are `questions` (keys). A dimension is left out if the
        form asks an aspect in its place (`asked_as`).
        """
        of_programme, of_group = (
            [
                key
                for key, dimension in vocabulary.dimensions_of(programme=programme).items()
                if dimension.asked_as is None
            ]
            for programme in (True, False)
        )
        head: dict[str, Words] = dict.fromkeys(["programme", "title", *of_programme, "without"], ())
        blank_group: dict[str, Words] = dict.fromkeys([*of_group, "without", "only"], ())
        answered = self.answers_by_question()
        asked = answered.keys() | set(questions)
        answers = [
            (question, slots)
            for question in vocabulary.aspects
            if question in asked
            for slots in answered.get(question, [{}])
        ]
        return FormContent(
            head | dict(self.head),
            dict.fromkeys(DEFAULTS, ()) | dict(self.defaults),
            {name: blank_group | dict(facts) for name, facts in self.groups.items()},
            tuple(answers),
        )


EMPTY = FormContent(
    {"programme": ("my-programme",), "title": ("My programme",)},
    {"level": ("practice",)},
    {"my-group": {}},
    (),
)
"""What an empty form begins with."""


def explained(question: str, vocabulary: Vocabulary) -> dict[str, str]:
    """What is asked by a question (key) of the form, why, and the words that answer it.

    The keys are columns of `EXPLAINING`. (hrge_kg/form/readers/tabular.py)
    """
    if question in HEAD:
        scheme = DEFAULTS.get(question.removeprefix("answered-"))
        choices = listed(vocabulary, scheme) if scheme else ""
        return {"asked": HEAD[question], "choices": "yes" if question == "only" else choices}
    if question in vocabulary.aspects:
        aspect = vocabulary.aspects[question]
        choices = f"of: {listed(vocabulary, aspect.of_scheme)}" if aspect.of_scheme else ""
        return {"asked": aspect.question, "why": aspect.why, "choices": choices}
    dimension = vocabulary.dimensions[question]
    choices = " · ".join(fact_words(vocabulary, question))
    return {"asked": dimension.question, "why": dimension.why, "choices": choices}


def listed(vocabulary: Vocabulary, scheme: str) -> str:
    """The keys of the concepts of a scheme on one line."""
    return " · ".join(concept.key for concept in vocabulary.concepts_in(scheme))


def fact_words(vocabulary: Vocabulary, dimension: str) -> list[str]:
    """The words that answer a question (key) about groups or the programme."""
    concepts = vocabulary.concepts_in(vocabulary.dimensions[dimension].scheme)
    if any(concept.answer for concept in concepts):
        return ["yes", "no", "some"]
    return [concept.key for concept in concepts]


Stated = list[tuple[str, ox.NamedNode | ox.Literal]]
"""What a description states of one node: properties (IRIs) and values."""


def content_of(description: Description, vocabulary: Vocabulary) -> FormContent:
    """The words of a form for a description that has the names of a form (`with_form_names`).

    It leaves out what a form cannot say. To notice that, read the written form again and compare.
    """
    stated: dict[str, Stated] = {}
    for subject, predicate, value in description.triples:
        assert isinstance(subject, ox.NamedNode) and not isinstance(value, ox.BlankNode)
        stated.setdefault(subject.value, []).append((predicate.value, value))
    programme = stated[description.programme]
    groups = [value.value for name, value in programme if name == HRGE + "serves"]
    labels = {group: _label(group, stated[group]) for group in groups}
    head = {"programme": (local_name(description.programme),), "title": (description.title,)}
    answers = [
        (question, _slots(stated[statement], labels, vocabulary))
        for question, statement in _statements(programme, vocabulary)
    ]
    defaults = _common_slots([slots for _, slots in answers])
    return FormContent(
        head | _facts(programme, vocabulary, of_programme=True),
        defaults,
        {
            label: _facts(stated[group], vocabulary, of_programme=False)
            for group, label in labels.items()
        },
        tuple((question, _without(slots, defaults)) for question, slots in answers),
    )


def _label(group: str, stated: Stated) -> str:
    for name, value in stated:
        if name == RDFS + "label":
            return value.value
    return local_name(group)


def _statements(programme: Stated, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The question (key) and statement (IRI) of each answer, in the order of the form."""
    keys = {aspect.iri: aspect.key for aspect in vocabulary.aspects.values()}
    ranks = {key: rank for rank, key in enumerate(vocabulary.aspects)}

    def order(pair: tuple[str, str]) -> tuple[int, int]:
        question, statement = pair
        return ranks[question], int(statement.rsplit("-", 1)[1])

    pairs = [(keys[name], value.value) for name, value in programme if name in keys]
    return sorted(pairs, key=order)


def _common_slots(answers: list[dict[str, Words]]) -> dict[str, Words]:
    """The slots that can be filled once for all answers, because all have the same words."""
    if not answers:
        return {}
    first = answers[0]
    return {
        name: first[name]
        for name in DEFAULTS
        if name in first and all(slots.get(name) == first[name] for slots in answers)
    }


def _without(slots: Slots, defaults: Slots) -> dict[str, Words]:
    return {name: words for name, words in slots.items() if name not in defaults}


def _slots(stated: Stated, labels: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, Words]:
    """The words of a statement by slot, in the order of the form; groups (IRIs) by their labels."""
    words: dict[str, list[str]] = {}
    for predicate, value in stated:
        if predicate in BY_PROPERTY:
            name = _SLOT_NAMES[BY_PROPERTY[predicate].property]
            words.setdefault(name, []).append(_word(value, labels, vocabulary))
    return {name: tuple(words[name]) for name in SLOTS if name in words}


def _word(
    value: ox.NamedNode | ox.Literal, labels: Mapping[str, str], vocabulary: Vocabulary
) -> str:
    if isinstance(value, ox.Literal):
        return f"{value.value}0" if number_problem(value.value) else value.value
    if value.value in labels:
        return labels[value.value]
    # Where a group has the name of a kind of people, another name of that kind is used.
    concept = vocabulary.concepts[local_name(value.value)]
    taken = set(labels.values())
    return next((name for name in concept.names if name not in taken), concept.key)


def _facts(stated: Stated, vocabulary: Vocabulary, *, of_programme: bool) -> dict[str, Words]:
    """What a group or programme is stated to be, and not to be, by the keys of the form."""
    dimensions = vocabulary.dimensions_of(programme=of_programme)
    keys = {dimension.scheme: key for key, dimension in dimensions.items()}
    facts: dict[str, list[str]] = {}
    without: list[str] = []
    for name, value in stated:
        if name == HRGE + "has":
            concept = vocabulary.concepts[local_name(value.value)]
            key = next(keys[scheme] for scheme in concept.schemes if scheme in keys)
            facts.setdefault(key, []).append(concept.answer or concept.key)
        elif name == HRGE + "hasNot":
            without.append(vocabulary.concepts[local_name(value.value)].key)
    words = {key: _yes_no_some(tuple(answers)) for key, answers in facts.items()}
    if without:
        words["without"] = tuple(without)
    return words | ({"only": ("yes",)} if (HRGE + "only", ox.Literal(True)) in stated else {})


def _yes_no_some(words: Words) -> Words:
    """`some` for both yes and no: some people of the group are so and some are not."""
    return ("some",) if set(words) == {"yes", "no"} else words
