"""Who is served, by ticks: the kinds of people of a group, and whether nobody else is there.

Groups are told apart by the schemes of which the graph says so. (hrge:comparedBetweenGroups)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..form.content import FormContent, Slots, Words
from ..form.vocabulary import Dimension, Vocabulary
from .model import Ask
from .questions import of_dimension
from .start import short_name

EVERYBODY = "people"
"""The name of the group where all are treated alike."""
_WITHOUT = "without"


def people_asks(vocabulary: Vocabulary, group: str) -> tuple[Ask, ...]:
    """The questions about who the people of a group are; those that can be closed come first."""
    return tuple(of_dimension(vocabulary, one, group) for one in _compared(vocabulary))


def can_be_closed(vocabulary: Vocabulary, key: str) -> bool:
    """Whether a list of kinds can be said to be complete: naming one kind denies no other."""
    return not vocabulary.dimensions[key].exclusive


def is_closed(content: FormContent, vocabulary: Vocabulary, group: str, key: str) -> bool:
    """Whether nobody of the group is of a kind that the list does not name."""
    facts = content.groups.get(group, {})
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
    dimensions = {one.key: one for one in _compared(vocabulary)}
    listed = vocabulary.concepts_in(*(one.scheme for one in dimensions.values()))
    keys = {concept.key for concept in listed}
    before = content.groups.get(group, {})
    without = [word for word in before.get(_WITHOUT, ()) if word not in keys]
    for key in closed:
        if key in dimensions and ticked.get(key):
            without += _unnamed(vocabulary, dimensions[key], ticked[key])
    facts = {key: ticked[key] for key in dimensions if ticked.get(key)}
    facts |= {key: said for key, said in before.items() if key not in {*dimensions, _WITHOUT}}
    if without:
        facts[_WITHOUT] = tuple(without)
    return replace(content, groups={**content.groups, group: facts})


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


def others(vocabulary: Vocabulary, dimension: Dimension) -> dict[str, list[str]]:
    """By each kind of a list, the kinds that are neither wider nor narrower."""
    concepts = vocabulary.concepts_in(dimension.scheme)
    return {one.key: _unnamed(vocabulary, dimension, (one.key,)) for one in concepts}


def _compared(vocabulary: Vocabulary) -> list[Dimension]:
    found = vocabulary.dimensions_of(programme=False).values()
    compared = [one for one in found if one.compared and one.asked_as is None]
    return sorted(compared, key=lambda one: one.exclusive)


def _unnamed(vocabulary: Vocabulary, dimension: Dimension, words: Words) -> list[str]:
    """The kinds that are neither named, nor wider or narrower than a kind that is named."""
    concepts = {one.iri: one for one in vocabulary.concepts.values()}
    by_key = {one.key: one for one in concepts.values()}

    def wider(iri: str) -> Iterator[str]:
        yield iri
        for broader in concepts[iri].broader if iri in concepts else ():
            yield from wider(broader)

    named = {by_key[word].iri for word in words if word in by_key}
    above = {iri for one in named for iri in wider(one)}
    return [
        concept.key
        for concept in vocabulary.concepts_in(dimension.scheme)
        if concept.iri not in above and named.isdisjoint(wider(concept.iri))
    ]
