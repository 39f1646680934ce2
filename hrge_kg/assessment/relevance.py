"""Finds out which questions of the form each fact takes out.

Each fact is tried on a description that states it and nothing else, and on one that states all
else. A question that is asked of neither is taken out by this fact alone, whatever the others are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox

from ..form.content import EMPTY, FormContent, Words, fact_words
from ..form.convert import described
from ..form.description import Description
from ..form.relevance import COMPLETE, Exclusion, Relevance
from ..form.vocabulary import Dimension, Vocabulary
from ..namespaces import HRGE, local_name
from ..prepared import prepared
from .applicability import ClassifiedDescription
from .assessor import Assessor
from .preparation import entailed_together

Facts = Mapping[str, Words]
_GROUP = "group"
_AT_ONCE = 80
"""How many trials are entailed in one graph: more take longer, each, than fewer."""


@dataclass(frozen=True)
class _Trial:
    """A fact, and two descriptions: by their numbers, and those that differ only in the fact."""

    dimension: str
    word: str
    complete: bool
    of_programme: bool
    contexts: tuple[tuple[FormContent, FormContent], ...]
    """Pairs: with the fact, and with nothing or everything in its place."""


def find_relevance(assessor: Assessor) -> Relevance:
    """Which questions each fact takes out, found by trying each fact."""
    vocabulary = assessor.vocabulary
    trials = list(_trials(vocabulary))
    asked = _Asked(assessor, trials)
    by_question: dict[tuple[bool, str], dict[tuple[str, bool], set[str]]] = {}
    for trial in trials:
        out = set.intersection(
            *(asked.of(without) - asked.of(with_it) for with_it, without in trial.contexts)
        )
        for question in out:
            found = by_question.setdefault((trial.of_programme, question), {})
            found.setdefault((trial.dimension, trial.complete), set()).add(trial.word)
    of_group, of_programme = (
        {
            question: _exclusions(found)
            for (about_programme, question), found in by_question.items()
            if about_programme is programme
        }
        for programme in (False, True)
    )
    return Relevance(of_group, of_programme, _topics(assessor.graph))


def _topics(graph: ox.Store) -> dict[tuple[str, str], frozenset[str]]:
    topics: dict[tuple[str, str], set[str]] = {}
    for row in prepared(graph, "kind-topics"):
        kind = row["key"], local_name(row["kind"])
        topics.setdefault(kind, set()).add(local_name(row["topic"]))
    return {kind: frozenset(bearing) for kind, bearing in topics.items()}


def _exclusions(found: Mapping[tuple[str, bool], set[str]]) -> frozenset[Exclusion]:
    """What takes a question out. What does so on its own does so in a complete list too."""
    exclusions = set()
    for (dimension, complete), words in found.items():
        plain = found.get((dimension, False), set())
        if not complete or not words <= plain:
            exclusions.add(
                Exclusion(dimension, frozenset(words | plain if complete else words), complete)
            )
    return frozenset(exclusions)


def _trials(vocabulary: Vocabulary) -> Iterator[_Trial]:
    for of_programme in (False, True):
        dimensions = vocabulary.dimensions_of(programme=of_programme)
        every = {key: _every(vocabulary, one) for key, one in dimensions.items()}
        for key in dimensions:
            others = {name: words for name, words in every.items() if name != key}
            # Of people of several kinds, one more kind denies no other.
            for word in _words(vocabulary, key) if dimensions[key].exclusive else ():
                alone: tuple[Facts, Facts] = ({key: (word,)}, {})
                among: tuple[Facts, Facts] = ({**others, key: (word,)}, every)
                yield _trial(key, word, (alone, among), of_programme=of_programme)
            if not of_programme:
                yield from _complete(vocabulary, key, others, every)


def _complete(vocabulary: Vocabulary, key: str, others: Facts, every: Facts) -> Iterator[_Trial]:
    """The same for groups whose list is complete; a blank then says that there is nobody."""
    only = {COMPLETE: ("yes",)}
    for word in ["", *_words(vocabulary, key)]:
        fact = {key: (word,)} if word else {}
        yield _trial(key, word, (({**others, **fact, **only}, {**every, **only}),), complete=True)


def _trial(
    key: str,
    word: str,
    contexts: tuple[tuple[Facts, Facts], ...],
    *,
    complete: bool = False,
    of_programme: bool = False,
) -> _Trial:
    pairs = tuple((_form(one, of_programme), _form(other, of_programme)) for one, other in contexts)
    return _Trial(key, word, complete, of_programme, pairs)


def _form(facts: Facts, of_programme: bool) -> FormContent:
    if of_programme:
        return replace(EMPTY, head=facts, groups={_GROUP: {}})
    return replace(EMPTY, head={}, groups={_GROUP: facts})


def _words(vocabulary: Vocabulary, key: str) -> list[str]:
    return [word for word in fact_words(vocabulary, key) if word != "some"]


def _every(vocabulary: Vocabulary, dimension: Dimension) -> Words:
    """The answer that names every kind."""
    words = tuple(fact_words(vocabulary, dimension.key))
    if "some" not in words:
        return words
    return ("yes", "no") if dimension.of_programme else ("some",)


class _Asked:
    """What forms ask (keys), entailed all at once: each is a programme of one description."""

    def __init__(self, assessor: Assessor, trials: list[_Trial]) -> None:
        forms = [form for trial in trials for pair in trial.contexts for form in pair]
        by_name = {_name(form): form for form in forms}
        each = [
            described(
                replace(form, head={**form.head, "programme": (f"p{number}",)}),
                "",
                assessor.vocabulary,
            )
            for number, form in enumerate(by_name.values())
        ]
        classified = [
            one
            for start in range(0, len(each), _AT_ONCE)
            for one in _classified(each[start : start + _AT_ONCE], assessor)
        ]
        asked = [assessor.asked_of(one) for one in classified]
        unjudged = assessor.vocabulary.aspects.keys() - set[str]().union(*asked)
        self._asked = {
            name: now | {key for key in unjudged if _may_be_about(one, key, assessor.vocabulary)}
            for name, one, now in zip(by_name, classified, asked, strict=True)
        }

    def of(self, form: FormContent) -> set[str]:
        return self._asked[_name(form)]


def _classified(each: list[Description], assessor: Assessor) -> list[ClassifiedDescription]:
    store = entailed_together(each, assessor.background)
    return [ClassifiedDescription(one, store) for one in each]


def _may_be_about(classified: ClassifiedDescription, key: str, vocabulary: Vocabulary) -> bool:
    """Whether a question is about anyone in the group: it may be about certain people only."""
    about = classified.values(vocabulary.aspects[key].iri, HRGE("aboutPeople"))
    [group] = classified.groups
    return not about or not about <= classified.values(group, HRGE("hasNot"))


def _name(form: FormContent) -> str:
    return repr((sorted(form.head.items()), sorted(form.groups[_GROUP].items())))
