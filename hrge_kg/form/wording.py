"""The words of a form as people read them: labels in place of keys, where a reader takes both.

A label is used only if it is read as the same word again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ..parsing.characters import fold_word
from ..suggest import plain_key
from .content import DEFAULTS, HEAD, Words, fact_words
from .slots import SLOTS
from .table_layout import WORD_SEPARATOR
from .vocabulary import Aspect, Concept, Vocabulary

HEAD_QUESTIONS: Mapping[str, str] = {
    "programme": "Short name of the programme",
    "title": "Title of the programme",
    "without": "What is the programme surely not?",
    "answered-on": "When were the answers given?",
    "answered-by": "Who says so?",
    "answered-level": "Do the answers tell of a rule, or of what happens?",
}
"""The questions about the programme that come from no vocabulary, as a person is asked."""

GROUP_QUESTIONS: Mapping[str, str] = {
    "without": "Of which kinds of people is there surely nobody in the group?",
    "only": "Is that all, with nobody else in the group?",
}
"""The same for the questions about a group."""


def fact_label(vocabulary: Vocabulary, question: str, word: str, *, programme: bool) -> str:
    """A word of the head (`programme`), or of a group, as people read it."""
    if question == "without":
        return _labelled(vocabulary, word, *vocabulary.schemes_of(programme=programme))
    if question.startswith("answered-"):
        scheme = DEFAULTS.get(question.removeprefix("answered-"))
        return _labelled(vocabulary, word, scheme) if scheme else word
    dimension = vocabulary.dimensions.get(question)
    if dimension is None or word in ("yes", "no", "some"):
        return word
    return _labelled(vocabulary, word, dimension.scheme)


def slot_label(
    vocabulary: Vocabulary, slot: str, word: str, aspect: Aspect, groups: Collection[str]
) -> str:
    """A word of an answer as people read it; `groups` are the names of the form's groups."""
    kind, scheme = SLOTS[slot].kind, SLOTS[slot].scheme or aspect.of_scheme
    if kind == "people":
        label = word if word in groups else _labelled(vocabulary, word, *_people(vocabulary))
        return word if plain_key(label) in map(plain_key, groups) else label
    return _labelled(vocabulary, word, scheme) if kind == "concept" and scheme else word


def choices(
    vocabulary: Vocabulary, question: str, *, programme: bool = False
) -> list[tuple[str, str, str]]:
    """The words that answer a question of the head (`programme`) or about a group: key, label and
    meaning. None where anything can be written.
    """
    if question == "only":
        return [("yes", "yes", HEAD["only"])]
    if question == "without":
        kinds = vocabulary.concepts_in(*vocabulary.schemes_of(programme=programme))
        return concept_choices({one.key: one for one in kinds}.values())
    if question.startswith("answered-"):
        scheme = DEFAULTS.get(question.removeprefix("answered-"))
        return concept_choices(vocabulary.concepts_in(scheme)) if scheme else []
    dimension = vocabulary.dimensions.get(question)
    if dimension is None:
        return []
    concepts = vocabulary.concepts_in(dimension.scheme)
    answers = [(one.answer, one.answer, one.definition) for one in concepts if one.answer]
    if not answers:
        return concept_choices(concepts)
    words = fact_words(vocabulary, question)
    some = ("some", "some", "There are people of both kinds.")
    return [*sorted(answers, key=lambda one: words.index(one[0])), some]


def concept_choices(concepts: Iterable[Concept]) -> list[tuple[str, str, str]]:
    """Concepts as choices: key, label and meaning, in the order of their labels."""
    found = [(one.key, one.label, one.definition) for one in concepts]
    return sorted(found, key=lambda one: one[1].lower())


def question_keys(vocabulary: Vocabulary) -> dict[str, str]:
    """The keys of all questions by their keys, labels and words, as `plain_question` writes them.

    What two questions have in common means neither.
    """
    named: dict[str, set[str]] = {}
    asked = [(text, key) for key, text in (*HEAD_QUESTIONS.items(), *GROUP_QUESTIONS.items())]
    asked += [(one.question, one.key) for one in vocabulary.aspects.values()]
    asked += [(one.question, one.key) for one in vocabulary.dimensions.values()]
    for text, key in asked:
        named.setdefault(plain_question(text), set()).add(key)
    keys = [*HEAD, *vocabulary.dimensions, *vocabulary.aspects]
    found = {name: next(iter(meant)) for name, meant in named.items() if len(meant) == 1}
    return found | {plain_question(key): key for key in keys}


def plain_question(text: str) -> str:
    """The words of a question as they are compared."""
    return plain_key(fold_word(text).text).rstrip("?.:")


def joined(words: Words) -> str:
    """The words of a cell."""
    return f"{WORD_SEPARATOR} ".join(words)


def with_capital(text: str) -> str:
    """A text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def _labelled(vocabulary: Vocabulary, word: str, *schemes: str) -> str:
    concept = _find(vocabulary, word, schemes)
    if concept is None or WORD_SEPARATOR in concept.label:
        return word
    return concept.label if _find(vocabulary, concept.label, schemes) == concept else word


def _find(vocabulary: Vocabulary, word: str, schemes: Iterable[str]) -> Concept | None:
    found = (vocabulary.in_scheme(scheme, word) for scheme in schemes)
    return next((concept for concept in found if concept), None)


def _people(vocabulary: Vocabulary) -> list[str]:
    return vocabulary.schemes_of(programme=False)
