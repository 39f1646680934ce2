"""A form as it is filled in: words by key, whatever file they stand in. What the writers of forms write.

>>> form = Filled({"programme": ("p",)}, {}, {"women": {"sex": ("female",)}}, (("turned-away", {"holds": ("no",)}),))
>>> form.head_rows()
[('programme', ('p',))]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox

from ..namespaces import HRGE, PROGRAMME, kebab, local_name
from ..parsing.files import is_short_name
from .description import Description, Triple
from .slots import BY_PROPERTY, SLOTS
from .vocabulary import Vocabulary

Words = tuple[str, ...]

HEAD: Mapping[str, str] = {
    "programme": "A short name: small letters, digits, hyphens.",
    "title": "One line. Write nothing here or elsewhere about an identifiable person.",
    "answered-on": "The day of the answers, as in 2025-03-01; for all that name no other.",
    "answered-by": "Who says so, for all answers that name nobody else.",
    "answered-level": "Whether the answers tell of a rule or of what happens; for all that do not say it.",
    "without": "What the programme is not, or of whom there is nobody in the group.",
}
"""The questions of the form that come from no vocabulary, as they are asked in a table."""

DEFAULTS: Mapping[str, str | None] = {"on": None, "by": "information-source", "level": "level"}
"""What can be said once for all answers, and the scheme of its words."""

_KEYS = {slot.property: name for name, slot in SLOTS.items()}


@dataclass(frozen=True)
class FormContent:
    """The words of a form: `head` by key (programme, title, dimensions, without), what holds for all answers, facts about groups,
    and answers in order, each with the words of its slots. No words: left blank.
    """

    head: Mapping[str, Words]
    defaults: Mapping[str, Words]
    groups: Mapping[str, Mapping[str, Words]]
    answers: tuple[tuple[str, Mapping[str, Words]], ...]

    def head_rows(self) -> list[tuple[str, Words]]:
        """The head as rows of a table: question and words."""
        return [
            *self.head.items(),
            *((f"answered-{name}", words) for name, words in self.defaults.items()),
        ]

    def with_blanks(self, vocabulary: Vocabulary, questions: Iterable[str]) -> FormContent:
        """The same with every other question of the form left blank, of those about answers only these."""
        about = {
            programme: [
                key for key, d in vocabulary.dimensions.items() if d.of_programme is programme
            ]
            for programme in (True, False)
        }
        head: dict[str, Words] = dict.fromkeys(["programme", "title", *about[True], "without"], ())
        groups = {
            name: dict.fromkeys([*about[False], "without"], ()) | dict(facts)
            for name, facts in self.groups.items()
        }
        given: dict[str, list[Mapping[str, Words]]] = {}
        for question, slots in self.answers:
            given.setdefault(question, []).append(slots)
        asked = [key for key in vocabulary.aspects if key in given or key in set(questions)]
        answers = tuple((key, slots) for key in asked for slots in given.get(key, [{}]))
        return FormContent(
            head | dict(self.head),
            dict.fromkeys(DEFAULTS, ()) | dict(self.defaults),
            groups,
            answers,
        )


EMPTY = FormContent(
    {"programme": ("my-programme",), "title": ("My programme",)},
    {"level": ("practice",)},
    {"my-group": {}},
    (),
)
"""What an empty form begins with."""


def explained(question: str, vocabulary: Vocabulary) -> dict[str, str]:
    """What is asked by a question of the form, why, and the words that answer it, by column of EXPLAINING (hrge_kg/cells.py)."""
    if question in HEAD:
        scheme = DEFAULTS.get(question.removeprefix("answered-"))
        return {"asked": HEAD[question], "choices": listed(vocabulary, scheme) if scheme else ""}
    if question in vocabulary.aspects:
        aspect = vocabulary.aspects[question]
        choices = f"of: {listed(vocabulary, aspect.of_scheme)}" if aspect.of_scheme else ""
        return {"asked": aspect.question, "why": aspect.why, "choices": choices}
    dimension = vocabulary.dimensions[question]
    return {
        "asked": dimension.question,
        "why": dimension.why,
        "choices": " · ".join(fact_words(vocabulary, question)),
    }


def listed(vocabulary: Vocabulary, scheme: str) -> str:
    """The keys of a scheme on one line."""
    return " · ".join(concept.key for concept in vocabulary.by_scheme.get(scheme, ()))


def fact_words(vocabulary: Vocabulary, dimension: str) -> list[str]:
    """The words that answer a question about groups or the programme."""
    concepts = vocabulary.by_scheme.get(local_name(vocabulary.dimensions[dimension].iri), [])
    return (
        ["yes", "no", "some"]
        if any(concept.answer for concept in concepts)
        else [concept.key for concept in concepts]
    )


def with_form_names(description: Description) -> tuple[Description, int]:
    """The description with names for programme, groups and statements as the form gives them, and how many names are others now."""
    names = _names(description)

    def named(
        term: ox.NamedNode | ox.BlankNode | ox.Literal,
    ) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        return (
            ox.NamedNode(names.get(term.value, term.value))
            if isinstance(term, ox.NamedNode)
            else term
        )

    triples: list[Triple] = []
    for subject, predicate, value in description.triples:
        about = named(subject)
        assert not isinstance(about, ox.Literal)
        triples.append((about, predicate, named(value)))
    places = {names.get(iri, iri): place for iri, place in description.places.items()}
    again = replace(
        description, programme=names[description.programme], triples=tuple(triples), places=places
    )
    return again, sum(old != new for old, new in names.items())


def content_of(description: Description, vocabulary: Vocabulary) -> FormContent:
    """The words that a description, named as in a form, stands for. What no form can say is not among them: compare what is read again."""
    said: dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]] = {}
    for subject, predicate, value in description.triples:
        assert isinstance(subject, ox.NamedNode) and not isinstance(value, ox.BlankNode)
        said.setdefault(subject.value, []).append((predicate.value, value))
    programme = said[description.programme]
    labels = {
        iri: next((v.value for p, v in said[iri] if p.endswith("#label")), local_name(iri))
        for iri in (v.value for p, v in programme if p == HRGE + "serves")
    }
    head = {"programme": (local_name(description.programme),), "title": (description.title,)}
    aspects = {aspect.iri: aspect.key for aspect in vocabulary.aspects.values()}
    order = list(vocabulary.aspects)
    found = [(aspects[p], v.value) for p, v in programme if p in aspects]
    found.sort(key=lambda one: (order.index(one[0]), int(one[1].rsplit("-", 1)[1])))
    answers = [
        (question, _slots(said[statement], labels, vocabulary)) for question, statement in found
    ]
    first = answers[0][1] if answers else {}
    defaults = {
        name: first[name]
        for name in DEFAULTS
        if name in first and all(slots.get(name) == first[name] for _, slots in answers)
    }
    without_defaults = tuple(
        (q, {name: words for name, words in slots.items() if name not in defaults})
        for q, slots in answers
    )
    return FormContent(
        head | _facts(programme, vocabulary, of_programme=True),
        defaults,
        {label: _facts(said[iri], vocabulary, of_programme=False) for iri, label in labels.items()},
        without_defaults,
    )


def _slots(
    said: list[tuple[str, ox.NamedNode | ox.Literal]],
    groups: Mapping[str, str],
    vocabulary: Vocabulary,
) -> dict[str, Words]:
    taken = set(groups.values())
    slots: dict[str, list[str]] = {}
    for predicate, value in said:
        if predicate in BY_PROPERTY:
            if isinstance(value, ox.Literal):
                word = value.value
            elif value.value in groups:
                word = groups[value.value]
            else:  # a kind of people that has the name of a group is called otherwise
                concept = vocabulary.concepts[local_name(value.value)]
                word = next((name for name in concept.names if name not in taken), concept.key)
            slots.setdefault(_KEYS[BY_PROPERTY[predicate].property], []).append(word)
    return {name: tuple(slots[name]) for name in SLOTS if name in slots}


def _facts(
    said: list[tuple[str, ox.NamedNode | ox.Literal]], vocabulary: Vocabulary, *, of_programme: bool
) -> dict[str, Words]:
    schemes = {
        local_name(d.iri): key
        for key, d in vocabulary.dimensions.items()
        if d.of_programme is of_programme
    }
    facts: dict[str, list[str]] = {}
    for name, predicate in (("", "has"), ("without", "hasNot")):
        for stated, value in said:
            if stated == HRGE + predicate:
                concept = vocabulary.concepts[local_name(value.value)]
                key = name or next(
                    schemes[scheme] for scheme in concept.schemes if scheme in schemes
                )
                facts.setdefault(key, []).append(
                    concept.key if name else concept.answer or concept.key
                )
    yes_no = {"yes", "no"}
    return {
        key: ("some",) if set(words) == yes_no else tuple(words) for key, words in facts.items()
    }


def _names(description: Description) -> dict[str, str]:
    """The names that the form gives: of the programme, of groups by their labels, of statements by question and number."""
    last = description.programme.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    programme = PROGRAMME + (last if is_short_name(last) else "programme")
    names = {description.programme: programme}
    labels = {
        s.value: o.value
        for s, p, o in description.triples
        if p.value.endswith("#label") and isinstance(o, ox.Literal)
    }
    statements: dict[str, list[str]] = {}
    for subject, predicate, value in description.triples:
        if subject.value != description.programme or not isinstance(value, ox.NamedNode):
            continue
        if predicate.value == HRGE + "serves":
            names[value.value] = f"{programme}/group/{labels[value.value]}"
        elif predicate.value.startswith(HRGE) and value.value in description.places:
            statements.setdefault(predicate.value, []).append(value.value)
    for aspect, found in statements.items():
        key = kebab(aspect.removeprefix(HRGE))
        for number, iri in enumerate(sorted(found, key=_by_number), 1):
            names[iri] = f"{programme}/statement/{key}-{number}"
    return names


def _by_number(iri: str) -> tuple[int, str]:
    number = re.search(r"-([0-9]{1,9})$", iri)
    return int(number[1]) if number else 0, iri
