"""The questions of an interview: the words, the choices and the reason of each, as the graph says.

>>> apart("Are people tested (say for what; not on arrival)?")
('Are people tested?', 'Say for what; not on arrival.')
>>> apart("Do they seek asylum (yes: all of them; no: nobody)?")
('Do they seek asylum?', '')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..assessment.wording import capital
from ..form.content import HEAD, FormContent, Words
from ..form.vocabulary import Aspect, Concept, Dimension, Vocabulary
from ..namespaces import local_name
from ..suggest import plain_key
from .model import Ask, Choice

COMPLETE = "only"
"""The key under which a group says that its list of kinds is complete."""
_ANSWERS = ("yes", "in-part", "no", "dont-know", "does-not-apply")
"""The order in which the answers of the form are offered."""
_SOME = Choice("some", "some of them", "Both kinds are there.")
_HINT = re.compile(r"\s*\(((?:say|give|yes:) [^()]*)\)(?=[?,])")


def apart(question: str) -> tuple[str, str]:
    """A question of the form without its hint, and the hint as a sentence.

    A hint that explains the words of the form has no sentence: an interview has labels.
    """
    hints = _HINT.findall(question)
    told = [f"{capital(hint)}." for hint in hints if not hint.startswith("yes:")]
    return _HINT.sub("", question), " ".join(told)


def of_dimension(vocabulary: Vocabulary, dimension: Dimension, group: str, norms: int = 0) -> Ask:
    """The question what the people of a group, or the programme, are."""
    concepts = vocabulary.concepts_in(dimension.scheme)
    answers = [one for one in concepts if one.answer]
    choices = tuple(map(choice, answers or concepts))
    if answers and not dimension.of_programme:
        choices = (*choices, _SOME)
    text, hint = apart(dimension.question)
    return Ask(
        dimension.key,
        text,
        dimension.why,
        choices,
        group,
        several=not answers,
        norms=norms,
        hint=hint,
    )


def of_people(
    vocabulary: Vocabulary, dimension: Dimension, groups: Sequence[str], norms: int = 0
) -> Ask:
    """The question what people are, for some groups at once."""
    if len(groups) == 1:
        return of_dimension(vocabulary, dimension, groups[0], norms)
    return replace(of_dimension(vocabulary, dimension, "", norms), groups=tuple(groups))


def of_aspect(vocabulary: Vocabulary, aspect: Aspect, groups: Sequence[str], norms: int = 0) -> Ask:
    """The question of an aspect, for some groups at once."""
    things = vocabulary.concepts_in(aspect.of_scheme) if aspect.of_scheme else ()
    text, hint = apart(aspect.question)
    return Ask(
        aspect.key,
        text,
        aspect.why,
        answer_choices(vocabulary),
        groups=tuple(groups),
        things=tuple(map(choice, things)),
        quotes=aspect.quotes,
        norms=norms,
        hint=hint,
    )


def answer_choices(vocabulary: Vocabulary) -> tuple[Choice, ...]:
    """What can be answered to every aspect."""
    concepts = sorted(vocabulary.concepts_in("answer"), key=_place_of_answer)
    return tuple(map(choice, concepts))


def of_completeness(
    vocabulary: Vocabulary, facts: Mapping[str, Words], group: str, norms: int = 0
) -> Ask:
    """The question whether all is said of who the people of a group are."""
    closed = "; ".join(_closed(vocabulary, facts))
    yes = Choice("yes", "yes, that is all", "Nobody is there of a kind that is not named.")
    text = f"{', '.join(kinds(vocabulary, facts))}: is that all, with nobody else?"
    hint = f"A yes says for everyone: {closed}."
    return Ask(COMPLETE, capital(text), HEAD[COMPLETE], (yes,), group, norms=norms, hint=hint)


def question_at(vocabulary: Vocabulary, content: FormContent, key: str, whom: str) -> Ask | None:
    """The question with a key, about a group or groups; None where there is no such question."""
    groups = tuple(name for name in whom.split(", ") if name in content.groups)
    if aspect := vocabulary.aspects.get(key):
        everyone = () if aspect.of_programme else tuple(content.groups)
        return of_aspect(vocabulary, aspect, groups or everyone)
    if (dimension := vocabulary.dimensions.get(key)) and dimension.of_programme:
        return of_dimension(vocabulary, dimension, "")
    if dimension:
        return of_people(vocabulary, dimension, groups or tuple(content.groups))
    if whom not in content.groups:
        return None
    if key == COMPLETE:
        return of_completeness(vocabulary, content.groups[whom], whom)
    return None


def choice(concept: Concept) -> Choice:
    """A concept as it can be chosen; a meaning that only repeats the label is left out."""
    repeats = plain_key(concept.definition.rstrip(".")) == plain_key(concept.label)
    meaning = "" if repeats else concept.definition
    return Choice(concept.answer or concept.key, concept.label, meaning)


def kinds(vocabulary: Vocabulary, facts: Mapping[str, Words]) -> Iterator[str]:
    """The labels of what a group or a programme is said to be."""
    for key, words in facts.items():
        if dimension := vocabulary.dimensions.get(key):
            for word in words:
                concept = vocabulary.in_scheme(dimension.scheme, word) or _by_answer(
                    vocabulary, dimension, word
                )
                yield concept.label if concept else f"{dimension.label}: {word}"


def _by_answer(vocabulary: Vocabulary, dimension: Dimension, word: str) -> Concept | None:
    for concept in vocabulary.concepts_in(dimension.scheme):
        if concept.answer == word:
            return concept
    return None


def _closed(vocabulary: Vocabulary, facts: Mapping[str, Words]) -> Iterator[str]:
    """What a complete list says besides what it names. (ontology/rules/20-groups.ru)"""
    for key, dimension in vocabulary.dimensions_of(programme=False).items():
        if not dimension.exclusive:
            yield f"{dimension.label}: {'no other' if facts.get(key) else 'none'}"
        elif dimension.usual and not facts.get(key):
            usual = vocabulary.concepts[local_name(dimension.usual)]
            yield f"{dimension.label}: {usual.label}"


def _place_of_answer(concept: Concept) -> int:
    return _ANSWERS.index(concept.key) if concept.key in _ANSWERS else len(_ANSWERS)
