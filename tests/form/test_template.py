"""The template of the form follows the vocabulary, and the form reader takes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.errors import InputError
from hrge_kg.form.convert import described, to_fill_in
from hrge_kg.form.prefill import prefilled
from hrge_kg.form.readers import read_one
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.writers.template import template
from hrge_kg.resources import files, root


def test_the_empty_template_is_a_form_that_states_nothing(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(template(vocabulary), encoding="utf-8")
    description = read_form(path, vocabulary)
    assert not any(str(p).endswith(("ns#holds>", "ns#has>")) for _, p, _ in description.triples)


def test_the_template_asks_everything(vocabulary: Vocabulary) -> None:
    loaded = yaml.safe_load(template(vocabulary))
    assert set(loaded["answers"]) == set(vocabulary.aspects)
    assert set(loaded["groups"]["my-group"]) == {
        d.key for d in vocabulary.dimensions.values() if not d.of_programme and not d.asked_as
    } | {"without", "only"}
    text = " ".join(template(vocabulary).replace("#", " ").split())
    for aspect in vocabulary.aspects.values():
        assert aspect.question in text
        assert aspect.why in text
        for quote in aspect.quotes:
            assert f"“{quote}”" in text


def test_what_an_answer_says_as_well_is_asked_once_and_read_as_a_fact(
    assessor: Assessor,
) -> None:
    vocabulary = assessor.vocabulary
    twice = [dimension for dimension in vocabulary.dimensions.values() if dimension.asked_as]
    assert twice
    for dimension in twice:
        form = prefilled(["people=witnesses"], vocabulary)
        asked = assessor.asked(described(form, "--for", vocabulary))
        assert dimension.asked_as in {vocabulary.aspects[key].iri for key in asked}
        assert f"    {dimension.key}:" not in template(vocabulary)
        [concept, *_] = vocabulary.concepts_in(dimension.scheme)
        stated = template(vocabulary, prefilled([f"people={concept.key}"], vocabulary))
        assert f"    {dimension.key}: " in stated


def test_examples_name_a_reviewed_outcome_each() -> None:
    examples = {path.stem for path in (root() / "data" / "programmes").glob("*.yaml")}
    assert examples == {path.stem for path in (FIXTURES / "examples").glob("*.csv")}


@pytest.mark.parametrize("path", files("data/programmes", ".yaml"), ids=lambda path: path.stem)
def test_a_form_for_a_description_says_what_it_says_and_asks_what_it_leaves_open(
    path: Path, assessor: Assessor, example: Callable[[str], Assessment], tmp_path: Path
) -> None:
    vocabulary = assessor.vocabulary
    form = prefilled([str(path)], vocabulary)
    description = read_form(path, vocabulary)
    asked = assessor.asked(description)
    for to in ("yaml", "csv", "xlsx"):
        written = tmp_path / f"again.{to}"
        written.write_bytes(to_fill_in(to, vocabulary, form, asked))
        again = read_one(written, vocabulary)
        assert set(again.triples) == set(description.triples), to
    aspects = {aspect.iri: key for key, aspect in vocabulary.aspects.items()}
    open_questions = {
        aspects[question.about]
        for question, _ in example(path.stem).questions
        if question.about in aspects
    }
    assert open_questions
    assert open_questions <= set(asked)


def test_a_form_asks_only_what_concerns_the_groups(assessor: Assessor) -> None:
    def asked(*groups: str) -> set[str]:
        form = prefilled(groups, assessor.vocabulary)
        return set(assessor.asked(described(form, "--for", assessor.vocabulary)))

    free_adults, children, everyone = asked("adult,no-return,at-liberty"), asked("child"), asked()
    checked = {check.aspect for norm in assessor.norms for check in norm.checks}
    assert everyone >= {
        key for key, aspect in assessor.vocabulary.aspects.items() if aspect.iri in checked
    }
    assert "representative-appointed" in children - free_adults
    assert free_adults < everyone
    assert asked("adult,no-return,at-liberty", "child") >= free_adults | children


def test_a_form_for_groups_in_words(vocabulary: Vocabulary) -> None:
    form = prefilled(
        ["women=identified-victims,female,Adults", "asylum-seeker;not-seeking-asylum"], vocabulary
    )
    assert form.groups["women"] == {
        "status": ("identified-victim",),
        "sex": ("female",),
        "age": ("adult",),
    }
    assert list(form.groups.values())[1] == {"asylum-seekers": ("some",)}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["wimmin"], "is not a kind of people"),
        (["state-body"], "is not a kind of people"),
        (["women="], "does not describe a group"),
        (["Big Name=adult"], "does not describe a group"),
        (["adult", "adult"], "two groups named “adult”"),
        (["a.yaml", "b.csv"], "only one file can be given"),
        (["no-such-file.yaml"], "no-such-file.yaml"),
    ],
)
def test_groups_that_are_not_understood_are_refused(
    words: list[str], problem: str, vocabulary: Vocabulary
) -> None:
    with pytest.raises(InputError, match=problem):
        prefilled(words, vocabulary)
