"""Which questions a fact takes out: never one that a form for these groups would ask."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.relevance import find_relevance
from hrge_kg.form.content import EMPTY, FormContent, Words, fact_words
from hrge_kg.form.convert import described
from hrge_kg.form.relevance import Relevance

DRAWN = 40


@pytest.fixture(scope="module")
def relevance(assessor: Assessor) -> Relevance:
    return find_relevance(assessor)


def drawn(assessor: Assessor, seed: int) -> FormContent:
    """A programme and two groups, with some facts about each."""
    draw = random.Random(seed)

    def facts(*, programme: bool) -> dict[str, Words]:
        found: dict[str, Words] = {}
        for key, dimension in assessor.vocabulary.dimensions_of(programme=programme).items():
            words = fact_words(assessor.vocabulary, key)
            most = 1 if "yes" in words or dimension.exclusive else 3
            if draw.random() < 0.4:
                found[key] = tuple(draw.sample(words, draw.randint(1, most)))
        return found

    groups = {
        name: facts(programme=False) | ({"only": ("yes",)} if draw.random() < 0.5 else {})
        for name in ("one", "two")
    }
    return replace(EMPTY, head={**EMPTY.head, **facts(programme=True)}, groups=groups)


@pytest.mark.parametrize("seed", range(DRAWN))
def test_what_is_asked_of_groups_is_never_taken_out(
    seed: int, assessor: Assessor, relevance: Relevance
) -> None:
    form = drawn(assessor, seed)
    asked = assessor.asked(described(form, "drawn", assessor.vocabulary))
    assert [
        question
        for question in asked
        if not any(relevance.concerns(question, form.head, facts) for facts in form.groups.values())
    ] == []


def test_a_fact_takes_questions_out(assessor: Assessor, relevance: Relevance) -> None:
    """Of adults no question about children is asked; of a mixed group, and in silence, all are."""

    def out(**facts: str) -> int:
        group = {key: tuple(words.split()) for key, words in facts.items()}
        return sum(
            not relevance.concerns(question, {}, group) for question in assessor.vocabulary.aspects
        )

    assert out() == out(age="adult child") == out(status="witness") == 0
    assert out(age="adult") > 5
    assert out(status="witness", only="yes") > 20
    assert out(status="witness trafficked-person", only="yes") < 20
    programme: dict[str, Words] = {"unodc-supported": ("no",)}
    assert any(not relevance.concerns(one, programme, {}) for one in assessor.vocabulary.aspects)


def test_what_the_programme_does_bears_on_topics(assessor: Assessor, relevance: Relevance) -> None:
    topics = {aspect.topic for aspect in assessor.vocabulary.aspects.values()}
    assert relevance.topics
    assert set().union(*relevance.topics.values()) <= topics
