"""Who is served, by ticks: the kinds of people of a group, and whether nobody else is there.

A list of kinds is closed by `without`: it names those that are neither named, nor wider or narrower
than a kind that is named.

Groups are told apart by the schemes of which the graph says so. (hrge:comparedBetweenGroups)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ..form.content import FormContent, Slots, Words
from ..form.vocabulary import Dimension, Vocabulary
from .answers import with_fact
from .model import Ask
from .questions import of_dimension
from .start import short_name

EVERYBODY = "people"
"""The name of the group where all are treated alike."""
_WITHOUT = "without"


def people_asks(vocabulary: Vocabulary, group: str) -> tuple[Ask, ...]:
    """The questions about who the people of a group are; those that can be closed come first."""
    return tuple(of_dimension(vocabulary, one, group) for one in _compared(vocabulary))


def ticked_places(content: FormContent, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The questions about people that ticks answered: they are not asked again."""
    return [
        asked.place
        for group, facts in content.groups.items()
        for asked in people_asks(vocabulary, group)
        if facts.get(asked.key)
    ]


def can_be_closed(vocabulary: Vocabulary, key: str) -> bool:
    """Whether a list of kinds can be said to be complete: naming one kind denies no other."""
    return not vocabulary.dimensions[key].exclusive


def is_closed(content: FormContent, vocabulary: Vocabulary, group: str, key: str) -> bool:
    """Whether the group, or the programme, is of no kind that the list does not name."""
    facts = content.groups.get(group, {}) if group else content.head
    unnamed = _unnamed(vocabulary, vocabulary.dimensions[key], facts.get(key, ()))
    return bool(unnamed) and set(unnamed) <= set(facts.get(_WITHOUT, ()))


def with_people(
    content: FormContent,
    vocabulary: Vocabulary,
    group: str,
    ticked: Mapping[str, Words],
    closed: Words = (),
) -> FormContent:
    """The form with the kinds of people of a group; the lists of the keys `closed` are complete."""
    keys = [one.key for one in _compared(vocabulary)]
    before = content.groups.get(group, {})
    facts = {key: ticked[key] for key in keys if ticked.get(key)}
    facts |= {key: said for key, said in before.items() if key not in keys}
    content = replace(content, groups={**content.groups, group: facts})
    for key in keys:
        if can_be_closed(vocabulary, key):
            content = with_closed(content, vocabulary, group, key, closed=key in closed)
    return content


def with_closed(
    content: FormContent, vocabulary: Vocabulary, group: str, key: str, *, closed: bool
) -> FormContent:
    """The form with a list of kinds that is complete, or open."""
    dimension = vocabulary.dimensions[key]
    facts = content.groups[group] if group else content.head
    kinds = {concept.key for concept in vocabulary.concepts_in(dimension.scheme)}
    without = [word for word in facts.get(_WITHOUT, ()) if word not in kinds]
    if closed:
        without += _unnamed(vocabulary, dimension, facts.get(key, ()))
    return with_fact(content, _WITHOUT, group, tuple(without))


def split(content: FormContent, vocabulary: Vocabulary, group: str, key: str) -> FormContent:
    """The form with a group for each kind of people (of one key) that are treated differently."""
    facts = content.groups[group]
    concepts = vocabulary.concepts_in(vocabulary.dimensions[key].scheme)
    labels = {concept.key: concept.label for concept in concepts}
    groups: dict[str, Mapping[str, Words]] = {}
    for name, said in content.groups.items():
        if name != group:
            groups[name] = said
            continue
        for word in facts.get(key, ()):
            groups[short_name(labels[word])] = {**facts, key: (word,)}
    return replace(content, groups=groups)


def of_those_there(content: FormContent, vocabulary: Vocabulary) -> FormContent:
    """The form whose answers name the groups that there are.

    An answer that names nobody is of all groups. It would say the same of a group that comes later,
    of whom nobody has said it.
    """
    everyone = tuple(content.groups)
    answers = tuple(
        (key, slots)
        if slots.get("for") or vocabulary.aspects[key].of_programme
        else (key, {**slots, "for": everyone})
        for key, slots in content.answers
    )
    return replace(content, answers=answers)


def without_group(content: FormContent, group: str) -> FormContent:
    """The form without a group, and without what is answered of it alone."""
    groups = {name: facts for name, facts in content.groups.items() if name != group}
    answers: list[tuple[str, Slots]] = []
    for key, slots in content.answers:
        people = slots.get("for", ())
        left = tuple(name for name in people if name != group)
        if left:
            answers.append((key, {**slots, "for": left}))
        elif not people:
            answers.append((key, slots))
    return replace(content, groups=groups, answers=tuple(answers))


def wider_kinds(vocabulary: Vocabulary, dimension: Dimension) -> dict[str, list[str]]:
    """By each kind of a list, the kinds of the list that are wider."""
    concepts = vocabulary.concepts_in(dimension.scheme)
    wider = _wider(vocabulary)
    return {
        one.key: [each.key for each in concepts if each != one and each.iri in wider(one.iri)]
        for one in concepts
    }


def _compared(vocabulary: Vocabulary) -> list[Dimension]:
    found = vocabulary.dimensions_of(programme=False).values()
    compared = [one for one in found if one.compared and one.asked_as is None]
    return sorted(compared, key=lambda one: one.exclusive)


def _unnamed(vocabulary: Vocabulary, dimension: Dimension, words: Words) -> list[str]:
    """The widest kinds that are neither named, nor wider or narrower than one that is named."""
    wider = _wider(vocabulary)
    concepts = vocabulary.concepts_in(dimension.scheme)
    named = {concept.iri for concept in concepts if concept.key in words}
    above = {iri for one in named for iri in wider(one)}
    left = {
        concept.iri: concept.key
        for concept in concepts
        if concept.iri not in above and named.isdisjoint(wider(concept.iri))
    }
    return [key for iri, key in left.items() if left.keys().isdisjoint(wider(iri) - {iri})]


def _wider(vocabulary: Vocabulary) -> Callable[[str], set[str]]:
    """Finds a kind (IRI) and all that are wider."""
    broader = {one.iri: one.broader for one in vocabulary.concepts.values()}

    def wider(iri: str) -> set[str]:
        return {iri}.union(*map(wider, broader.get(iri, ())))

    return wider
